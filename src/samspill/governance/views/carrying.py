"""The implementation matrix of decisions: points down, parties across; and the same for one party."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from samspill.directory.public import Actor, Body, Party, address, saved_file
from samspill.documents.sheets import CSV, XLSX, csv_of, xlsx_of
from samspill.governance.forms_follow_ups import NoteForm
from samspill.governance.models import Decision
from samspill.governance.queries.carrying import (
    PARTY_IN_ADDRESS,
    DecisionMatrix,
    MatrixChoice,
    PartyStanding,
    PointRow,
    decision_matrix,
    decisions_in,
)
from samspill.governance.queries.carrying_columns import Column
from samspill.governance.queries.waiting import WAITS
from samspill.governance.states import CarryingState
from samspill.governance.states.follow_ups import CARRYING_STEPS, ShownParty
from samspill.governance.views.paging import page_of
from samspill.governance.views.ways import ways
from samspill.governance.wording_follow_ups import matrix_heading, progress_in_words

KEPT = ("part", "tilstand", "organ", "ar")
ON_PAGE = 15  # decisions of all of them


def find_decision(request: HttpRequest, pk: int) -> Decision:
    rows = Decision.objects.visible_to(request.actor).select_related("body", "item", "case", "community")  # type: ignore[attr-defined]
    return get_object_or_404(rows, pk=pk)


@require_safe
def of_decision(request: HttpRequest, pk: int) -> HttpResponse:
    return matrix_page(request, find_decision(request, pk))


@login_required
@require_safe
def of_all(request: HttpRequest) -> HttpResponse:
    """Every decision of the helsefellesskap that stands; of a body and a year when the address says so."""
    return matrix_page(request, None)


def matrix_page(
    request: HttpRequest, decision: Decision | None, *, form: NoteForm | None = None, part: str = ""
) -> HttpResponse:
    """`form` is one that was sent with errors, for the party with the number `part`."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    kept = {key: value for key in KEPT if (value := request.GET.get(key, "") or request.POST.get(key, ""))}
    if part:
        kept["part"] = part
    choice = MatrixChoice.read(kept)
    shown: dict[str, Any] = {}
    if decision is None:
        shown = page_of(request, decisions_in(choice, actor), ON_PAGE)
    found = decision_matrix(choice, actor, decision=decision, page=list(shown["page"]) if shown else None)
    drawn = Drawn(found, kept, decision, side=request.GET.get("side", ""))
    context = {
        **shown,
        "decision": decision,
        "matrix": found,
        "party": found.party,
        "heading": matrix_heading(found.binding, found.shown, found.party),
        "ways": ways(actor, "governance:decision-list"),
        "here": drawn.here,
        "kept": kept,
        "legend": drawn.legend(),
        "columns": [drawn.column(one) for one in found.columns],
        "groups": [] if found.party else drawn.groups(),
        "list": drawn.list_of_party() if found.party else [],
        "bodies": _bodies(actor) if decision is None else [],
        "years": _years(actor) if decision is None else [],
        "words": [(one.value, one.label) for one in (*CARRYING_STEPS[:-1], CarryingState.NOT_RELEVANT)],
        "form": form or NoteForm(),
        "is_bound": form is not None,
        "may_set_column": found.party is not None and found.party.pk in found.may_tell_for,
        "export": {ending: address(drawn.export(ending), _narrowed(kept)) for ending in ("csv", "xlsx")},
    }
    return render(request, "governance/follow_ups/matrix.html", context, status=422 if form else 200)


def _narrowed(kept: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in kept.items() if key in ("organ", "ar")}


def _bodies(actor: Actor) -> list[tuple[str, str]]:
    bodies = Body.objects.filter(
        pk__in=Decision.objects.visible_to(actor).filter(community_id=actor.community_id or 0).values("body")
    )
    return [(str(one.pk), str(one)) for one in bodies]


def _years(actor: Actor) -> list[int]:
    decided = Decision.objects.visible_to(actor).filter(community_id=actor.community_id or 0)
    return [one.year for one in decided.dates("decided_on", "year", order="DESC")]


class Cell(NamedTuple):
    """Where a party stands with a point; nothing where it does not bind the party."""

    said: str = ""
    glyph: str = ""
    url: str = ""
    is_dim: bool = False


class Drawn:
    """A matrix as the template prints it. `side` is the page one is on, which a new choice does not keep."""

    def __init__(
        self, found: DecisionMatrix, kept: Mapping[str, str], decision: Decision | None, *, side: str = ""
    ) -> None:
        self.found, self.kept, self.decision, self.side = found, kept, decision, side
        self.here = (
            reverse("governance:carrying", args=[decision.pk])
            if decision
            else reverse("governance:carrying-all")
        )

    def export(self, ending: str) -> str:
        if self.decision:
            return reverse(f"governance:carrying-{ending}", args=[self.decision.pk])
        return reverse(f"governance:carrying-all-{ending}")

    def with_kept(self, **changed: str) -> str:
        query = {key: value for key, value in {**self.kept, **changed}.items() if value}
        return address(self.here, query)

    def legend(self) -> list[dict[str, Any]]:
        """Counts per state, each leading to the points it counts; the current one leads back to all."""
        shown, current = self.found.shown, self.found.choice.shown
        return [
            {
                "g": one.glyph,
                "count": shown[one],
                "label": str(one.label).lower(),
                "current": current == one,
                "href": self.with_kept(tilstand="" if current == one else word),
            }
            for word, one in PARTY_IN_ADDRESS.items()
            if shown[one]
        ]

    def column(self, column: Column) -> dict[str, Any]:
        here = self.found.by_party.get(column.party.pk, Counter())
        return {
            "party": column.party,
            "url": self.with_kept(part=str(column.party.pk)),
            "points": here.total(),
            "silent": sum(here[one] for one in WAITS),
            "late": here[ShownParty.LATE],
            "is_first": self._is_first_of_region(column),
            "is_chosen": column.party == self.found.party,
        }

    def _is_first_of_region(self, column: Column) -> bool:
        at = self.found.columns.index(column)
        return at > 0 and self.found.columns[at - 1].region != column.region

    def groups(self) -> list[dict[str, Any]]:
        return [
            {"decision": decision, "rows": [self.row(row) for row in rows]}
            for decision, rows in self.found.by_decision
        ]

    def row(self, row: PointRow) -> dict[str, Any]:
        url = reverse("governance:carrying-point", args=[row.point.decision_id, row.point.pk])
        return {
            "point": row.point,
            "url": url,
            "progress": progress_in_words(row.progress) if len(row.standings) > 1 else "",
            "due": row.due,
            "cells": [self.cell(column.party, row, url) for column in self.found.columns]
            if row.standings
            else [],
            "may_ask": self.found.is_keeper and not row.standings,
            "bind": reverse("governance:bind", args=[row.point.decision_id, row.point.pk]),
        }

    def cell(self, party: Party, row: PointRow, url: str) -> Cell:
        one, wanted = row.standings.get(party.pk), self.found.choice.shown
        if one is None:
            return Cell(is_dim=wanted is not None)
        return Cell(
            f"{party}: {one.words}", one.shown.glyph, f"{url}{party.pk}/", wanted not in (None, one.shown)
        )

    def list_of_party(self) -> list[dict[str, Any]]:
        party, choice = self.found.party, self.found.choice
        assert party is not None  # noqa: S101  asked after the choice was found
        return [
            {
                "decision": decision,
                "lines": [
                    line(row.standings[party.pk], self.found.may_tell_for, self.with_kept(side=self.side))
                    for row in rows
                    if party.pk in row.standings and choice.shown in (None, row.standings[party.pk].shown)
                ],
            }
            for decision, rows in self.found.by_decision
        ]


def line(one: PartyStanding, may_tell_for: frozenset[int], here: str) -> dict[str, Any]:
    """A party and a point on a line of its own, with the steps one may take in it."""
    numbers = [one.point.decision_id, one.point.pk, one.party.pk]
    back = f"{here}#p{one.point.pk}-{one.party.pk}"
    return {
        "standing": one,
        "point": one.point,
        "decision": one.point.decision,
        "party": one.party,
        "url": reverse("governance:carrying-cell", args=numbers),
        "tell": address(reverse("governance:tell-carrying", args=numbers), {"neste": back}),
        "acts": steps_of(one) if one.party.pk in may_tell_for else [],
    }


def steps_of(one: PartyStanding) -> list[tuple[str, object, bool]]:
    """(state, word, is the same again): onward on the way, and the same again when that is long ago."""
    state = CarryingState(one.row.state)
    if state == CarryingState.NOT_RELEVANT:
        return []
    onward = [step for step in one.steps if step in CARRYING_STEPS]
    if one.is_told:
        here = CARRYING_STEPS.index(state)
        onward = [step for step in onward if CARRYING_STEPS.index(step) > here]
    acts: list[tuple[str, object, bool]] = [(step.value, step.label, False) for step in onward]
    if one.is_told and one.waits:
        acts.insert(0, (state.value, state.label, True))
    return acts


@require_safe
def decision_csv(request: HttpRequest, pk: int) -> HttpResponse:
    return _csv(request, find_decision(request, pk))


@require_safe
def decision_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    return _xlsx(request, find_decision(request, pk))


@login_required
@require_safe
def all_csv(request: HttpRequest) -> HttpResponse:
    return _csv(request, None)


@login_required
@require_safe
def all_xlsx(request: HttpRequest) -> HttpResponse:
    return _xlsx(request, None)


def _csv(request: HttpRequest, decision: Decision | None) -> HttpResponse:
    return saved_file(csv_of(table(_whole(request, decision))), CSV, _file_name(request, "csv"))


def _xlsx(request: HttpRequest, decision: Decision | None) -> HttpResponse:
    content = xlsx_of(table(_whole(request, decision)), name=_("Implementation"), widths=(24, 60, 14, 12, 12))
    return saved_file(content, XLSX, _file_name(request, "xlsx"))


def _whole(request: HttpRequest, decision: Decision | None) -> DecisionMatrix:
    choice = MatrixChoice.read(_narrowed(request.GET.dict()))
    return decision_matrix(choice, request.actor, decision=decision)  # type: ignore[attr-defined]


def _file_name(request: HttpRequest, ending: str) -> str:
    about = pgettext("file name", "implementation-of-decisions")
    return f"{about}-{request.actor.today}.{ending}"  # type: ignore[attr-defined]


def table(found: DecisionMatrix) -> list[list[str | int]]:
    """A header with the parties, then a row per point: a word where it binds the party, else empty."""
    parties = [one.party for one in found.columns]
    head: list[str | int] = [
        pgettext("column", "Item"),
        _("What was decided"),
        _("To be done by"),
        _("In place"),
        _("Binds"),
        *(str(one) for one in parties),
    ]
    rows = [head]
    for row in found.rows:
        cells = (row.standings.get(party.pk) for party in parties)
        decision = row.point.decision
        rows.append(
            [
                f"{decision.body} {decision.item.reference}".strip(),
                str(row.point),
                row.due.isoformat() if row.due else "",
                row.progress.in_place,
                row.progress.of,
                *(one.words if one else "" for one in cells),
            ]
        )
    return rows
