"""Find a patient, and take in a new one. No number stands in an address, a title or a log."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samspill.care.access_forms import EmergencyForm, FindForm, NewPatientForm
from samspill.care.actions.emergency import begin_emergency, check_may_use
from samspill.care.actions.finding import find_by_name, find_by_number, read_number
from samspill.care.actions.registering import NewPatient, places_of, take_in_patient
from samspill.care.queries.by_number import patient_by_number
from samspill.care.views.emergency import page_of
from samspill.care.views.private import actor_of, private
from samspill.directory.public import Actor, parties_of
from samspill.refusal import Refused


@login_required
@private
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Sent: by number to the patient's page, by name to a list. Nobody found by number looks the same
    whether there is such a patient or not, and emergency access is offered."""
    actor = actor_of(request)
    check_may_use(by=actor)
    if request.POST.get("act") == "emergency":
        return _by_emergency(request, actor)
    form = FindForm(request.POST or None)
    words = form.cleaned_data["words"].strip() if form.is_bound and form.is_valid() else ""
    context: dict[str, object] = {"form": form}
    if any(sign.isdigit() for sign in words):
        try:
            found = find_by_number(words, by=actor)
        except Refused as refused:
            form.add_error("words", refused.sentence)
            return render(request, "care/access/find.html", context, status=422)
        if found is not None:
            return HttpResponseRedirect(page_of(found), status=303)
        context |= {"is_nobody": True, "typed": words, "emergency": EmergencyForm()}
    else:
        context |= {"names": find_by_name(words, by=actor), "is_searched": form.is_bound}
    return render(request, "care/access/find.html", context)


def _by_emergency(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The number comes with the reason, so that it needs to stand in no address."""
    form, number = EmergencyForm(request.POST), request.POST.get("number", "")[:20]
    context = {"form": FindForm(), "is_nobody": True, "typed": number, "emergency": form}
    if form.is_valid():
        try:
            patient = patient_by_number(read_number(number).digits)
            if patient is None:
                raise Refused("find.nobody", _("There is no patient with this number here."))
            begin_emergency(patient, by=actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error("reason", refused.sentence)
        else:
            return HttpResponseRedirect(page_of(patient), status=303)
    return render(request, "care/access/find.html", context, status=422)


@login_required
@private
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """A ward nurse takes in a patient: who, which team, why."""
    actor = actor_of(request)
    check_may_use(by=actor)
    form = _form(request, actor)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        place, reason = given.pop("place"), given.pop("reason")
        try:
            patient, _episode = take_in_patient(
                NewPatient(**given), place=place, reason=reason, by=actor, production=not settings.DEMO
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            messages.success(request, _("The patient is taken in."))
            return HttpResponseRedirect(page_of(patient.pk), status=303)
    return render(request, "care/access/register.html", {"form": form}, status=422 if form.errors else 200)


def _form(request: HttpRequest, actor: Actor) -> NewPatientForm:
    here = parties_of(actor.community_id or 0, actor.today).filter(kind="municipality")
    return NewPatientForm(
        request.POST or None,
        places=[(one.key, one.name) for one in places_of(actor)],
        municipalities=[(one.pk, str(one)) for one in here],
        initial={"language": actor.community.written_form if actor.community else "nb"},
    )
