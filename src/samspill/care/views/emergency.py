"""Emergency access: where it is opened with a reason, its end, and the line on top while it lasts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samspill.care.access_forms import EmergencyForm
from samspill.care.actions.emergency import begin_emergency, check_may_use, end_emergency
from samspill.care.actions.opening import emergency_here
from samspill.care.actions.refused_looks import patient_in
from samspill.care.views.private import actor_of, private
from samspill.directory.public import Actor, Brief
from samspill.directory.trust.purposes import access_rules
from samspill.refusal import Refused


@login_required
@private
@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: HttpRequest, pk: int) -> HttpResponse:
    """The page tells nothing of the patient: it is the same for a number that is nobody's."""
    actor = actor_of(request)
    check_may_use(by=actor)
    form = EmergencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            begin_emergency(pk, by=actor, **form.cleaned_data)
        except Refused as refused:
            if refused.code != "access.reason":
                raise
            form.add_error("reason", refused.sentence)
        else:
            return HttpResponseRedirect(page_of(pk), status=303)
    minutes = int(access_rules().break_glass.total_seconds() // 60)
    context = {"pk": pk, "form": form, "minutes": minutes, "days": access_rules().review_within.days}
    return render(request, "care/access/emergency.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    end_emergency(pk, by=actor_of(request))
    messages.success(request, _("Emergency access is ended."))
    return HttpResponseRedirect("/", status=303)


def page_of(pk: int) -> str:
    """The page of the patient, or, where there is none, the log of one's looks."""
    try:
        return reverse("care:patient", args=[pk])
    except NoReverseMatch:
        return reverse("care:looked", args=[pk])


def emergency_notice(path: str, actor: Actor) -> Brief | None:
    """For `PAGE_NOTICES`: on every page that rests on it, how long it lasts and how it is ended. No query."""
    patient = patient_in(path)
    held = emergency_here(patient) if patient is not None and actor.is_known else ()
    if not held:
        return None
    whole = access_rules().break_glass
    left = min(getattr(one, "left", whole) for one in held)
    minutes = max(1, round(left.total_seconds() / 60))
    return Brief("care/access/emergency_notice.html", {"pk": patient, "minutes": minutes})
