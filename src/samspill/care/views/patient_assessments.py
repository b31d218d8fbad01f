"""Assessments of a patient: the profile over time, and a form made from the table of an instrument."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspill.care.actions.assessing import assess
from samspill.care.actions.deciding import Wish
from samspill.care.actions.opening import opening
from samspill.care.actions.working import episodes_of
from samspill.care.chart_forms import AssessmentForm
from samspill.care.known_signs import language
from samspill.care.queries.chart import assessments_of
from samspill.care.shown.profile import rows_of
from samspill.care.views.patient_pages import about_patient, check_at_work
from samspill.care.views.safety_net import actor_of
from samspill.refusal import Refused
from samspill.rulebook.instruments import Score, definition, instruments, version_on

WHAT = "care.assessments"
LOOK = Wish(part="assessments")


@about_patient
@require_safe
def assessments(request: HttpRequest, pk: int) -> HttpResponse:
    """A row for each instrument, never converted into each other; and what can be used."""
    with opening(pk, by=actor_of(request), what=WHAT, wish=LOOK) as opened:
        check_at_work(opened)
        context = {
            "patient": opened.patient,
            "rows": rows_of(assessments_of(pk)),
            "instruments": [(code, one.title[language()]) for code, one in instruments().items()],
            "may_write": bool(episodes_of(opened)),
        }
        return render(request, "care/chart/assessments.html", context)


@about_patient
@require_http_methods(["GET", "POST"])
def assessment(request: HttpRequest, pk: int, instrument: str) -> HttpResponse:
    """The questions; posted, what they come to is kept and said."""
    actor, known = actor_of(request), definition(instrument)
    version = version_on(known.code, actor.today)
    form = AssessmentForm(request.POST or None, version=version, initial={"on": actor.today})
    if request.method == "POST" and form.is_valid():
        try:
            _kept, found = assess(pk, known.code, form.answers, on=form.cleaned_data["on"], by=actor)
        except Refused as refused:
            if refused.forbidden:
                raise
            form.refuse(refused)
        else:
            (messages.warning if found.safety_flag else messages.success)(request, _said(found))
            return HttpResponseRedirect(reverse("care:assessments", args=[pk]), status=303)
    with opening(pk, by=actor, what=WHAT, wish=LOOK) as opened:
        check_at_work(opened)
        context = {
            "patient": opened.patient,
            "instrument": known,
            "title": known.title[language()],
            "form": form,
        }
        return render(request, "care/chart/assessment.html", context, status=422 if form.errors else 200)


def _said(found: Score) -> str:
    """The total and what it is called, or what is missing; and who must look now."""
    parts = [_("The assessment is kept.")]
    if found.total is not None:
        parts.append(_("Total: %(total)s.") % {"total": found.total})
    if label := found.band_label.get(language(), ""):
        parts.append(f"{label}.")
    if found.missing:
        parts.append(_("Some answers are missing, so there is no total."))
    parts += [f"{one.label[language()]}." for one in found.safety if one.label.get(language())]
    if found.safety_flag:
        parts.append(_("The team has got an alert."))
    return " ".join(parts)
