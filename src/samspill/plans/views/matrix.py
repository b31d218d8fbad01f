"""The implementation matrix of a plan: the grid, one municipality of it, and a column set at once."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.directory.public import Actor, Party, address, back_to
from samspill.plans.actions.implementing import tell_column, undo_told
from samspill.plans.forms_carrying import TellManyForm
from samspill.plans.models import Plan
from samspill.plans.queries.carrying import Carried, Standing
from samspill.plans.queries.matrix import (
    STATE_IN_ADDRESS,
    Column,
    Matrix,
    MatrixArea,
    MatrixChoice,
    matrix,
)
from samspill.plans.queries.plans import find_plan
from samspill.plans.states import ImplementationState, ShownCarrying
from samspill.plans.views.plan_page import over_heading
from samspill.plans.views.ways import ways
from samspill.plans.wording_carrying import (
    matrix_heading,
    milestones_in_words,
    progress_in_words,
    told_in_words,
)
from samspill.refusal import Refused


@require_safe
def matrix_view(request: HttpRequest, pk: int) -> HttpResponse:
    plan = find_plan(pk, request.actor)  # type: ignore[attr-defined]
    return matrix_page(request, plan)


def matrix_page(
    request: HttpRequest, plan: Plan, *, form: TellManyForm | None = None, part: str = ""
) -> HttpResponse:
    """`form` is one that was sent with errors, for the party with the number `part`."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    kept = {key: value for key in ("part", "tilstand", "lukket") if (value := request.GET.get(key, ""))}
    if part:
        kept["part"] = part
    found = matrix(plan, MatrixChoice.read(kept), actor)
    drawn = _Drawn(found, kept)
    context = {
        "plan": plan,
        "matrix": found,
        "party": found.party,
        "heading": matrix_heading(found),
        "over": over_heading(plan),
        "ways": ways(plan, actor, "plans:matrix"),
        "here": drawn.here,
        "kept": kept,
        "legend": drawn.legend(),
        "columns": [drawn.column(one) for one in found.columns],
        "areas": [drawn.area(one) for one in found.areas],
        "list": drawn.list_of_party() if found.party else [],
        "fold_all": drawn.fold_all(),
        "unfolded": drawn.with_kept(lukket=""),
        "words": ImplementationState.choices,
        "form": form or TellManyForm(),
    }
    return render(request, "plans/matrix/matrix.html", context, status=422 if form else 200)


@require_POST
def tell_party_column(request: HttpRequest, pk: int) -> HttpResponse:
    """Every measure of one party at once, by a keeper."""
    actor = request.actor  # type: ignore[attr-defined]
    plan = find_plan(pk, actor)
    typed = request.POST.get("part", "")
    number = int(typed) if typed.isdecimal() and len(typed) < 18 else None
    party = get_object_or_404(Party, pk=number, community=plan.community_id)
    form = TellManyForm(request.POST)
    if form.is_valid():
        try:
            event = tell_column(plan, party=party, by=actor, **form.cleaned_data)
        except Refused as refused:
            if refused.forbidden:
                raise
            form.add_error(refused.field if refused.field == "note" else None, refused.sentence)
        else:
            here = back_to(request, address(reverse("plans:matrix", args=[pk]), {"part": str(party.pk)}))
            messages.success(
                request, told_in_words(event), extra_tags=undo_told_address(plan, event.pk, here)
            )
            return HttpResponseRedirect(here, status=303)
    return matrix_page(request, plan, form=form, part=str(party.pk))


@require_POST
def undo(request: HttpRequest, pk: int, event: int) -> HttpResponse:
    plan = find_plan(pk, request.actor)  # type: ignore[attr-defined]
    here = back_to(request, reverse("plans:matrix", args=[plan.pk]))
    try:
        undo_told(event, by=request.actor)  # type: ignore[attr-defined]
    except Refused as refused:
        if refused.code != "undo.changed":
            raise
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("It is as it was."))
    return HttpResponseRedirect(here, status=303)


def undo_told_address(plan: Plan, event: int, here: str) -> str:
    return address(reverse("plans:undo-told", args=[plan.pk, event]), {"neste": here})


class _Drawn:
    """A matrix as the template prints it."""

    def __init__(self, found: Matrix, kept: Mapping[str, str]) -> None:
        self.found, self.kept = found, kept
        self.here = reverse("plans:matrix", args=[found.plan.pk])

    def with_kept(self, **changed: str) -> str:
        query = {key: value for key, value in {**self.kept, **changed}.items() if value}
        return address(self.here, query)

    def column(self, column: Column) -> dict[str, Any]:
        party, rows = column.party, self.found.rows
        standings = [row.standings[party.pk] for row in rows if party.pk in row.standings]
        area = MatrixArea(None, list(rows))
        return {
            "party": party,
            "url": address(self.here, {"part": str(party.pk)}),
            "progress": progress_in_words(area.progress_at(party)),
            "late": sum(one.shown == ShownCarrying.LATE for one in standings),
            "is_first": self._is_first_of_region(column),
            "is_chosen": party == self.found.party,
        }

    def _is_first_of_region(self, column: Column) -> bool:
        at = self.found.columns.index(column)
        return at > 0 and self.found.columns[at - 1].region != column.region

    def area(self, area: MatrixArea) -> dict[str, Any]:
        folded = self.found.choice.folded ^ {area.number}
        return {
            "area": area.area,
            "id": f"a{area.number}",
            "is_folded": area.is_folded,
            "toggle": self.with_kept(lukket=",".join(str(one) for one in sorted(folded))),
            "progress": progress_in_words(area.progress),
            "cells": [area.progress_at(one.party) for one in self.found.columns] if area.is_folded else [],
            "rows": [] if area.is_folded else [self.row(one) for one in area.rows],
        }

    def row(self, row: Carried) -> dict[str, Any]:
        url = reverse("plans:matrix-row", args=[self.found.plan.pk, row.measure.pk])
        wanted = self.found.choice.shown
        return {
            "measure": row.measure,
            "url": url,
            # «0 of 1» says nothing that the mark does not say
            "progress": progress_in_words(row.progress) if len(row.standings) > 1 else "",
            "milestones": milestones_line(row),
            "cells": [
                (column, row.standings.get(column.party.pk), f"{url}{column.party.pk}/")
                for column in self.found.columns
            ]
            if row.standings
            else [],
            "wanted": wanted,
            "may_ask": self.found.is_keeper and not row.standings,
            "concern": reverse("plans:concern", args=[self.found.plan.pk, row.measure.pk]),
        }

    def list_of_party(self) -> list[dict[str, Any]]:
        party = self.found.party
        assert party is not None  # noqa: S101  asked after the choice was found
        return [
            {
                "area": area.area,
                "rows": [
                    line(one.standings[party.pk], self.found.plan)
                    for one in area.rows
                    if party.pk in one.standings
                    and self.found.choice.shown in (None, one.standings[party.pk].shown)
                ],
            }
            for area in self.found.areas
        ]

    def fold_all(self) -> str:
        return self.with_kept(lukket=",".join(str(one.number) for one in self.found.areas))

    def legend(self) -> list[dict[str, Any]]:
        """Counts per state, each leading to the measures it counts; the current one leads back to all."""
        shown, current = self.found.shown, self.found.choice.shown
        return [
            {
                "g": one.glyph,
                "count": shown[one],
                "label": str(one.label).lower(),
                "current": current == one,
                "href": self.with_kept(tilstand="" if current == one else word),
            }
            for word, one in STATE_IN_ADDRESS.items()
            if shown[one]
        ]


def line(standing: Standing, plan: Plan) -> dict[str, Any]:
    """A party's standing on its own line."""
    return {
        "standing": standing,
        "measure": standing.measure,
        "url": reverse("plans:matrix-cell", args=[plan.pk, standing.measure.pk, standing.party.pk]),
    }


def milestones_line(row: Carried) -> str:
    """«2 av 4 milepæler nådd»; "" for a measure without."""
    if not row.milestones:
        return ""
    reached = sum(one.done_on is not None for one in row.milestones)
    return milestones_in_words(reached, len(row.milestones))
