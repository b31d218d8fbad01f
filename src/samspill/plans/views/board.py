"""«Tavle»: measures in columns by how they go. A measure is moved by saying how it goes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from samspill.directory.public import Actor, address
from samspill.plans.models import Plan
from samspill.plans.permissions import check_may_report
from samspill.plans.queries.board import NOBODY, Board, board
from samspill.plans.queries.plans import find_plan
from samspill.plans.queries.rows import Row
from samspill.plans.rules.status import state_after
from samspill.plans.states import ShownStatus, StatusWord
from samspill.plans.views.plan_page import over_heading
from samspill.plans.views.ways import ways
from samspill.plans.wording import deadline_in_words, late_in_words, measures_in_words
from samspill.refusal import Refused, reason


@require_safe
def board_page(request: HttpRequest, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    plan = find_plan(pk, actor)
    shown = board(plan, request.GET, actor)
    base = reverse("plans:board", args=[plan.pk])
    kept = {"omrade": shown.area, "ansvarlig": shown.who}
    here = address(base, {name: value for name, value in kept.items() if value})
    context = {
        "plan": plan,
        "over": over_heading(plan),
        "heading": heading(shown),
        "ways": ways(plan, actor, "plans:board"),
        "board": shown,
        "nobody": NOBODY,
        "here": here,
        "base": base,
        "columns": [
            {
                "status": status,
                "glyph": status.glyph,
                "label": status.label,
                "lines": [_line(plan, row, actor) for row in rows],
            }
            for status, rows in shown.columns
        ],
    }
    return render(request, "plans/board/board.html", context)


def heading(shown: Board) -> str:
    """«Two measures are late. Nobody has said how it goes with three measures lately.»"""
    counts = {status: len(rows) for status, rows in shown.columns}
    said = late_in_words(counts[ShownStatus.LATE])
    unknown = counts[ShownStatus.UNKNOWN]
    if not unknown:
        return said
    text = ngettext(
        "Nobody has said how it goes with %(measures)s for half a year.",
        "Nobody has said how it goes with %(measures)s for half a year.",
        unknown,
    )
    return f"{said} {capfirst(text % {'measures': measures_in_words(unknown)})}"


def _line(plan: Plan, row: Row, actor: Actor) -> dict[str, Any]:
    may_report = not reason(check_may_report, actor, row.measure, row.responsibles)
    return {
        "row": row,
        "measure": row.measure,
        "url": reverse("plans:measure", args=[plan.pk, row.id]),
        "post": reverse("plans:report", args=[plan.pk, row.id]),
        "deadline": deadline_in_words(row, actor.today),
        "words": _words(row) if may_report else [],
    }


def _words(row: Row) -> list[tuple[str, str]]:
    """Where it may be moved to: (word, label), without where it stands."""
    return [
        (word.value, str(word.label))
        for word in StatusWord
        if word.value != row.shown.status.value and _can_become(row.measure.state, word.value)
    ]


def _can_become(state: str, word: str) -> bool:
    try:
        state_after(state, word)
    except Refused:
        return False
    return True
