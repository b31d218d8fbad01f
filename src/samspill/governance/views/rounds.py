"""An appointment round: begun by the secretariat, answered by those who appoint, put in with one press."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspill.directory.public import Actor
from samspill.governance.actions.rounds import (
    Named,
    RoundWords,
    begin_round,
    close_round,
    nominate,
    remind_round,
)
from samspill.governance.forms_bodies import NominateForm, RoundForm
from samspill.governance.models import AppointmentRound, Nomination
from samspill.governance.permissions import check_may_act, may_act
from samspill.governance.queries.body_page import find_body
from samspill.governance.queries.rounds import Asked, Line, asked_in, may_name, voices_on
from samspill.governance.states import Role, RoundState
from samspill.governance.views.body_forms import attempt, to_body
from samspill.governance.wording_bodies import last_day, places_in_words
from samspill.refusal import Refused


def find_round(pk: int, actor: Actor) -> AppointmentRound:
    rows = AppointmentRound.objects.visible_to(actor).select_related("body__community", "body__parent")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def new_round(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    body = find_body(pk, actor)
    check_may_act(actor, "bodies.manage", body)
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made: list[AppointmentRound] = []
        if attempt(form, lambda: made.append(begin_round(body, RoundWords(**form.cleaned_data), by=actor))):
            messages.success(request, _("Those who appoint are asked by mail."))
            return _to_round(made[0].pk)
    context = {"form": form, "body": body}
    return render(request, "governance/bodies/new_round.html", context, status=422 if form.errors else 200)


def _to_round(pk: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("governance:round", args=[pk]), status=303)


@login_required
@require_safe
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, find_round(pk, request.actor))  # type: ignore[attr-defined]


def _page(
    request: HttpRequest, found: AppointmentRound, *, wrong: NominateForm | None = None, at: int = 0
) -> HttpResponse:
    """The round with who has answered; each sees the forms of the seats they may name somebody for."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    may_manage = may_act(actor, "bodies.manage", found)
    asked = asked_in(found)
    voices = voices_on(found.body, actor)
    is_open = found.state == RoundState.OPEN
    missing = sum(one.missing for one in asked)
    named = sum(len(one.lines) - one.missing for one in asked)
    context = {
        "round": found,
        "body": found.body,
        "heading": _heading(found, missing),
        "until": last_day(found.to_day) if found.to_day else None,
        "is_open": is_open,
        "may_manage": may_manage and is_open,
        "named": named,
        "missing": missing,
        "asked": [
            {
                "asked": one,
                "lines": [
                    _line(line, is_open and (may_manage or may_name(actor, line.on_day, voices)), wrong, at)
                    for line in one.lines
                ],
            }
            for one in _order(asked)
        ],
        "errors": wrong,
    }
    return render(request, "governance/bodies/round.html", context, status=422 if wrong else 200)


def _order(asked: list[Asked]) -> list[Asked]:
    return sorted(asked, key=lambda one: one.has_answered)


def _heading(found: AppointmentRound, missing: int) -> str:
    if found.state == RoundState.CLOSED:
        return _("The round is finished, and those who were named are in.")
    if not missing:
        return _("Everybody has answered. Now they can be put in.")
    text = ngettext("%(count)s name is missing.", "%(count)s names are missing.", missing)
    return capfirst(text % {"count": places_in_words(missing)})


def _line(line: Line, may: bool, wrong: NominateForm | None, at: int) -> dict[str, Any]:
    form = wrong if wrong is not None and line.seat.pk == at else NominateForm(
        initial=_initial(line), auto_id=f"id_{line.seat.pk}_%s"
    )  # fmt: skip
    return {"line": line, "seat": line.seat, "form": form if may else None, "is_wrong": form is wrong}


def _initial(line: Line) -> dict[str, Any]:
    """What was named before; else who sits there now."""
    named, holder, beside = line.named, line.on_day.holder, line.substitute
    role = Role.MEMBER if line.seat.may_vote else Role.OBSERVER
    told: dict[str, Any] = {"role": named.role if named else role}
    if named:
        told |= {"name": named.name, "email": named.email, "title": named.title}
    elif holder:
        told |= {"name": holder.name}
    if beside:
        told |= {"substitute_name": beside.name, "substitute_email": beside.email}
    return told


@require_POST
def name(request: HttpRequest, pk: int, seat: int) -> HttpResponse:
    """A name for a seat, typed by one who speaks for who appoints to it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_round(pk, actor)
    asked = next((line for one in asked_in(found) for line in one.lines if line.seat.pk == seat), None)
    if asked is None:
        messages.error(request, _("The round does not ask for that seat. Go back to the list."))
        return _to_round(pk)
    form = NominateForm(request.POST, auto_id=f"id_{seat}_%s")
    if form.is_valid():
        done: list[Nomination] = []
        if attempt(form, lambda: done.append(_nominate(found, asked, form.cleaned_data, actor))):
            messages.success(
                request,
                _("%(name)s is named for %(seat)s.") % {"name": done[0].name, "seat": asked.seat},
            )
            return _to_round(pk)
    return _page(request, found, wrong=form, at=seat)


def _nominate(found: AppointmentRound, line: Line, typed: dict[str, Any], actor: Actor) -> Nomination:
    beside = Named(typed["substitute_name"], typed["substitute_email"], role=Role.SUBSTITUTE)
    who = Named(typed["name"], typed["email"], typed["title"], typed["role"])
    return nominate(found, line.seat, who, by=actor, substitute=beside)


@require_POST
def put_in(request: HttpRequest, pk: int) -> HttpResponse:
    """«Sett inn alle»: the names become tenures."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_round(pk, actor)
    try:
        count = close_round(found, by=actor, let_in_at=timezone.now())
    except Refused as refused:
        if refused.forbidden:
            raise
        messages.error(request, refused.sentence)
        return _to_round(pk)
    text = ngettext("%(count)s person is put in.", "%(count)s people are put in.", count)
    messages.success(request, capfirst(text % {"count": places_in_words(count)}))
    return to_body(found.body_id)


@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_round(pk, actor)
    try:
        told = remind_round(found, by=actor)
    except Refused as refused:
        if refused.forbidden:
            raise
        messages.error(request, refused.sentence)
        return _to_round(pk)
    text = ngettext("%(count)s person is reminded.", "%(count)s people are reminded.", told)
    said = (
        capfirst(text % {"count": places_in_words(told)}) if told else _("Everybody has been reminded today.")
    )
    messages.success(request, said)
    return _to_round(pk)
