"""One measure across its parties, one party of it, and what is told there."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from samspill.directory.public import Actor, AuditEvent, Party, PartyKind, back_to
from samspill.plans.actions.implementing import set_concerned, tell, tell_row
from samspill.plans.forms_carrying import ConcernForm, TellForm, TellManyForm
from samspill.plans.models import Measure, Plan
from samspill.plans.permissions_carrying import check_may_implement
from samspill.plans.queries.carrying import Carried, carried_out, history_of, parties_in
from samspill.plans.queries.plans import find_measure
from samspill.plans.queries.rows import is_keeper
from samspill.plans.rules.carrying_out import next_states
from samspill.plans.states import ImplementationState
from samspill.plans.views.matrix import line, undo_told_address
from samspill.plans.views.ways import ways
from samspill.plans.wording_carrying import cell_heading, progress_in_words, row_heading, told_in_words
from samspill.refusal import Refused, reason


@require_safe
def row_view(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    plan, found = find_measure(pk, measure, request.actor)  # type: ignore[attr-defined]
    return _row_page(request, plan, found)


def _row_page(request: HttpRequest, plan: Plan, measure: Measure, **bound: forms.Form) -> HttpResponse:
    """`bound` are forms that were sent with errors: `many` or `concern`."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    register = parties_in(plan.community, actor.today)
    row = _carried(plan, measure, register, actor)
    keeper = is_keeper(plan, actor)
    choices = [(one.pk, str(one)) for one in register]
    context: dict[str, Any] = {
        "plan": plan,
        "measure": measure,
        "row": row,
        "heading": row_heading(row),
        "progress": progress_in_words(row.progress),
        "pips": [one.shown.glyph for one in row.standings.values()],
        "lines": [line(one, plan) for one in row.standings.values()],
        "is_keeper": keeper,
        "words": ImplementationState.choices,
        "ways": ways(plan, actor, "plans:matrix"),
        "status": 422 if bound else 200,
        "form": bound.get("many", TellManyForm()),
        "concern": bound.get("concern", ConcernForm(choices=choices, initial={"parties": [*row.standings]})),
        "municipalities": [one.pk for one in register if one.kind == PartyKind.MUNICIPALITY],
        "everybody": [one.pk for one in register],
    }
    return render(request, "plans/matrix/row.html", context, status=context["status"])


def _carried(plan: Plan, measure: Measure, register: list[Party], actor: Actor) -> Carried:
    found = next((one for one in carried_out([plan], actor, register) if one.measure.pk == measure.pk), None)
    if found is None:
        raise Http404
    return found


@require_safe
def cell_view(request: HttpRequest, pk: int, measure: int, party: int) -> HttpResponse:
    plan, found = find_measure(pk, measure, request.actor)  # type: ignore[attr-defined]
    return _cell_page(request, plan, found, party)


def _cell_page(
    request: HttpRequest, plan: Plan, measure: Measure, number: int, form: TellForm | None = None
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    register = parties_in(plan.community, actor.today)
    party = next((one for one in register if one.pk == number), None)
    row = _carried(plan, measure, register, actor)
    if party is None or party.pk not in row.standings:
        raise Http404
    standing = row.standings[party.pk]
    may_tell = not reason(check_may_implement, actor, plan, party.pk)
    context = {
        "plan": plan,
        "measure": row.measure,
        "party": party,
        "standing": standing,
        "heading": cell_heading(standing),
        "history": history_of(standing.told, actor),
        "may_tell": may_tell,
        "why_not": reason(check_may_implement, actor, plan, party.pk)
        if actor.community_id == plan.community_id
        else "",
        "steps": [(one.value, one.label) for one in next_states(standing.state)] if may_tell else [],
        "same": ImplementationState(standing.state) if standing.state and standing.waits else None,
        "form": form or TellForm(),
        "ways": ways(plan, actor, "plans:matrix"),
    }
    return render(request, "plans/matrix/cell.html", context, status=422 if form else 200)


@require_POST
def tell_cell(request: HttpRequest, pk: int, measure: int, party: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    plan, found = find_measure(pk, measure, actor)
    who = next((one for one in parties_in(plan.community, actor.today) if one.pk == party), None)
    if who is None:
        raise Http404
    form = TellForm(request.POST)
    if form.is_valid():
        try:
            event = tell(found, party=who, by=actor, **form.cleaned_data)
        except Refused as refused:
            if refused.forbidden or refused.code == "implementation.not_concerned":
                raise
            form.add_error(refused.field if refused.field in {"note", "day"} else None, refused.sentence)
        else:
            return _done(request, plan, event, reverse("plans:matrix-cell", args=[pk, measure, party]))
    return _cell_page(request, plan, found, party, form)


@require_POST
def tell_measure_row(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    plan, found = find_measure(pk, measure, request.actor)  # type: ignore[attr-defined]
    form = TellManyForm(request.POST)
    if form.is_valid():
        try:
            event = tell_row(found, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
        except Refused as refused:
            if refused.forbidden:
                raise
            form.add_error(refused.field if refused.field == "note" else None, refused.sentence)
        else:
            return _done(request, plan, event, reverse("plans:matrix-row", args=[pk, measure]))
    return _row_page(request, plan, found, many=form)


@require_POST
def concern(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    """Whom the measure concerns; `side` stands for all the municipalities, or for all parties."""
    actor = request.actor  # type: ignore[attr-defined]
    plan, found = find_measure(pk, measure, actor)
    register = parties_in(plan.community, actor.today)
    side = {
        "kommunene": [one.pk for one in register if one.kind == PartyKind.MUNICIPALITY],
        "alle": [one.pk for one in register],
    }
    form = ConcernForm(request.POST, choices=[(one.pk, str(one)) for one in register])
    if not form.is_valid():
        return _row_page(request, plan, found, concern=form)
    wanted = side.get(request.POST.get("side", ""), form.cleaned_data["parties"])
    event = set_concerned(found, parties=wanted, by=actor)
    return _done(request, plan, event, reverse("plans:matrix-row", args=[pk, measure]))


def _done(request: HttpRequest, plan: Plan, event: AuditEvent, otherwise: str) -> HttpResponse:
    here = back_to(request, otherwise)
    messages.success(request, told_in_words(event), extra_tags=undo_told_address(plan, event.pk, here))
    return HttpResponseRedirect(here, status=303)
