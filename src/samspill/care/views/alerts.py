"""Steps with one alert: a page for what a step asks, and the step."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from samspill.care.actions.alert_steps import ANSWER, WHAT, Written, do_step, find_alert
from samspill.care.actions.alerting import teams_for
from samspill.care.actions.opening import Opened, opening
from samspill.care.alert_steps import BY_SLUG, TEAM, Step
from samspill.care.models import Alert
from samspill.care.queries.alert_cards import card_of, with_what_it_says
from samspill.care.queries.board import teams_of
from samspill.care.states import Act
from samspill.directory.public import Actor, address, back_to
from samspill.refusal import Refused

UNPROCESSABLE = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
def alert_step(request: HttpRequest, pk: int, alert: int, act: str) -> HttpResponse:
    """GET asks what the step needs, POST takes it and leads back to where one was."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    step = BY_SLUG.get(act)
    if step is None:
        raise Http404
    if request.method == "POST":
        return _taken(request, pk, alert, step, actor)
    with opening(pk, by=actor, what=WHAT, wish=ANSWER) as opened:
        return render(
            request, "care/alert_step.html", _asked(request, opened, find_alert(alert, opened), step)
        )


def _taken(request: HttpRequest, pk: int, alert_id: int, step: Step, actor: Actor) -> HttpResponse:
    written = _written(request)
    with opening(pk, by=actor, what=WHAT, act=Act.WRITE, wish=ANSWER) as opened:
        alert = find_alert(alert_id, opened)
        try:
            do_step(step, alert, written, by=actor)
        except Refused as refused:
            if not refused.field:
                raise
            asked = _asked(request, opened, alert, step)
            told = {"error": refused.sentence, "field": refused.field, "written": written}
            return render(request, "care/alert_step.html", asked | told, status=UNPROCESSABLE)
    back = back_to(request, patient_address(pk))
    messages.success(request, str(step.done), extra_tags=_undo(pk, alert_id, step, back))
    return HttpResponseRedirect(back, status=303)


def _written(request: HttpRequest) -> Written:
    team = request.POST.get("team", "")
    return Written(
        note=request.POST.get("note", ""),
        message=request.POST.get("message", ""),
        team=int(team) if team.isdecimal() else None,
    )


def _undo(pk: int, alert_id: int, step: Step, back: str) -> str:
    if not step.undo:
        return ""
    return address(reverse("care:alert-step", args=[pk, alert_id, step.undo]), {"neste": back})


def patient_address(pk: int) -> str:
    """The page of the patient, or the list when there is none."""
    try:
        return reverse("care:patient", args=[pk])
    except NoReverseMatch:
        return reverse("care:board")


def _asked(request: HttpRequest, opened: Opened, alert: Alert, step: Step) -> dict[str, Any]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    mine = {one.pk for one in teams_of(actor)}
    full = with_what_it_says(Alert.objects.filter(pk=alert.pk)).get()
    return {
        "patient": opened.patient,
        "step": step,
        "card": card_of(full, account=actor.account_id, mine=mine, now=timezone.now()),
        "teams": [(str(one.team_id), one.team.name) for one in teams_for(alert)] if TEAM in step.asks else [],
        "back": back_to(request, patient_address(opened.patient.pk)),
    }
