"""One point across its parties, one party of it, and what is told there."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.directory.public import Actor, AuditEvent, Party, PartyKind, address, back_to
from samspill.governance.actions.carrying import (
    set_bound,
    tell_carrying,
    tell_column,
    tell_row,
    undo_carrying,
)
from samspill.governance.forms_follow_ups import BoundForm, NoteForm
from samspill.governance.models import DecisionPoint
from samspill.governance.permissions import is_secretariat
from samspill.governance.permissions_follow_ups import check_may_tell
from samspill.governance.queries.carrying import MatrixChoice, PointRow, decision_matrix, points_in
from samspill.governance.queries.carrying_columns import parties_in
from samspill.governance.queries.carrying_history import history_of
from samspill.governance.queries.follow_ups import number_in
from samspill.governance.states import CarryingState
from samspill.governance.states.follow_ups import CARRYING_STEPS
from samspill.governance.views.carrying import find_decision, line, matrix_page
from samspill.governance.views.refusing import put_on
from samspill.governance.views.ways import ways
from samspill.governance.wording_follow_ups import point_heading, progress_in_words, told_in_words
from samspill.refusal import Refused, reason


def _row(request: HttpRequest, pk: int, point: int) -> PointRow:
    """The point of a decision that stands, as the actor may see it."""
    rows = points_in(request.actor, Q(pk=point, decision_id=pk))  # type: ignore[attr-defined]
    if not rows:
        raise Http404
    return rows[0]


def _register(row: PointRow, actor: Actor) -> list[Party]:
    return parties_in(row.point.decision.community, actor.today)


@require_safe
def point_view(request: HttpRequest, pk: int, point: int) -> HttpResponse:
    return _point_page(request, _row(request, pk, point))


def _point_page(request: HttpRequest, row: PointRow, **bound: forms.Form) -> HttpResponse:
    """`bound` are forms that were sent with errors: `many` or `binds`."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    decision = row.point.decision
    keeps = is_secretariat(actor) and actor.community_id == decision.community_id
    may_tell_for = frozenset(row.standings) if keeps else actor.party_ids
    here = reverse("governance:carrying-point", args=[decision.pk, row.point.pk])
    register = _register(row, actor) if keeps else []
    context: dict[str, Any] = {
        "decision": decision,
        "point": row.point,
        "row": row,
        "heading": point_heading(row.progress, sum(one.waits for one in row.standings.values())),
        "progress": progress_in_words(row.progress),
        "pips": [one.shown.glyph for one in row.standings.values()],
        "lines": [line(one, may_tell_for, here) for one in row.standings.values()],
        "keeps": keeps,
        "words": [(one.value, one.label) for one in (*CARRYING_STEPS[:-1], CarryingState.NOT_RELEVANT)],
        "ways": ways(actor, "governance:decision-list"),
        "form": bound.get("many", NoteForm()),
        "binds": bound.get("binds", _binding_form(register, row)),
        "is_bound": bool(bound),
    }
    return render(request, "governance/follow_ups/point.html", context, status=422 if bound else 200)


def _binding_form(register: list[Party], row: PointRow) -> BoundForm:
    choices = [(str(one.pk), str(one)) for one in register]
    return BoundForm(choices=choices, initial={"parties": [str(one) for one in row.standings]})


@require_safe
def cell_view(request: HttpRequest, pk: int, point: int, party: int) -> HttpResponse:
    return _cell_page(request, _row(request, pk, point), party)


def _cell_page(request: HttpRequest, row: PointRow, party: int, form: NoteForm | None = None) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    standing = row.standings.get(party)
    if standing is None:
        raise Http404
    is_here = actor.community_id == row.point.community_id
    why_not = reason(check_may_tell, actor, row.point, party)
    state = CarryingState(standing.row.state)
    context = {
        "decision": row.point.decision,
        "point": row.point,
        "party": standing.party,
        "standing": standing,
        "history": history_of(standing.row, actor),
        "may_tell": not why_not,
        "why_not": why_not if is_here else "",
        "steps": [(one.value, one.label) for one in standing.steps] if not why_not else [],
        "same": state if standing.is_told and standing.waits else None,
        "form": form or NoteForm(),
        "ways": ways(actor, "governance:decision-list"),
    }
    return render(request, "governance/follow_ups/cell.html", context, status=422 if form else 200)


@login_required
@require_POST
def tell(request: HttpRequest, pk: int, point: int, party: int) -> HttpResponse:
    """One party, one point, one press."""
    row = _row(request, pk, point)
    who = next((one.party for one in row.standings.values() if one.party.pk == party), None)
    if who is None:
        raise Http404
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            event = tell_carrying(
                row.point,
                party=who,
                state=request.POST.get("state", ""),
                note=form.cleaned_data["note"],
                by=request.actor,  # type: ignore[attr-defined]
            )
        except Refused as refused:
            put_on(form, refused)
        else:
            return _done(request, event, reverse("governance:carrying-cell", args=[pk, point, party]))
    return _cell_page(request, row, party, form)


@login_required
@require_POST
def tell_all(request: HttpRequest, pk: int, point: int) -> HttpResponse:
    """Every party the point binds, by the secretariat."""
    row = _row(request, pk, point)
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            event = tell_row(
                row.point,
                state=request.POST.get("state", ""),
                note=form.cleaned_data["note"],
                by=request.actor,  # type: ignore[attr-defined]
            )
        except Refused as refused:
            put_on(form, refused)
        else:
            return _done(request, event, reverse("governance:carrying-point", args=[pk, point]))
    return _point_page(request, row, many=form)


@login_required
@require_POST
def tell_party(request: HttpRequest) -> HttpResponse:
    """Every point that binds one party, of the decisions the address asks for."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    number = number_in(request.POST.get("part", ""))
    party = get_object_or_404(Party, pk=number, community=actor.community_id)
    decision_id = number_in(request.POST.get("vedtak", ""))
    decision = find_decision(request, decision_id) if decision_id else None
    found = decision_matrix(MatrixChoice.read(request.POST.dict()), actor, decision=decision)
    form = NoteForm(request.POST)
    if form.is_valid():
        points: list[DecisionPoint] = [row.point for row in found.rows if party.pk in row.standings]
        try:
            event = tell_column(
                points,
                party=party,
                state=request.POST.get("state", ""),
                note=form.cleaned_data["note"],
                by=actor,
            )
        except Refused as refused:
            put_on(form, refused)
        else:
            here = (
                reverse("governance:carrying", args=[decision.pk])
                if decision
                else reverse("governance:carrying-all")
            )
            return _done(request, event, address(here, {"part": str(party.pk)}))
    return matrix_page(request, decision, form=form, part=str(party.pk))


@login_required
@require_POST
def bind(request: HttpRequest, pk: int, point: int) -> HttpResponse:
    """Whom the point binds; `side` stands for all the municipalities, or for all parties."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = _row(request, pk, point)
    register = _register(row, actor)
    side = {
        "kommunene": [one for one in register if one.kind == PartyKind.MUNICIPALITY],
        "alle": register,
    }
    form = BoundForm(request.POST, choices=[(str(one.pk), str(one)) for one in register])
    if not form.is_valid():
        return _point_page(request, row, binds=form)
    chosen = [one for one in register if str(one.pk) in form.cleaned_data["parties"]]
    event = set_bound(row.point, parties=side.get(request.POST.get("side", ""), chosen), by=actor)
    return _done(request, event, reverse("governance:carrying-point", args=[pk, point]))


def _done(request: HttpRequest, event: AuditEvent, otherwise: str) -> HttpResponse:
    here = back_to(request, otherwise)
    undo_at = address(reverse("governance:undo-carrying", args=[event.pk]), {"neste": here})
    messages.success(request, told_in_words(event), extra_tags=undo_at)
    return HttpResponseRedirect(here, status=303)


@login_required
@require_POST
def undo(request: HttpRequest, event: int) -> HttpResponse:
    here = back_to(request, reverse("governance:carrying-all"))
    try:
        undo_carrying(event, by=request.actor)  # type: ignore[attr-defined]
    except Refused as refused:
        if refused.code != "undo.changed":
            raise
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("It is as it was."))
    return HttpResponseRedirect(here, status=303)
