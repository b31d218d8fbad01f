"""«Tidslinje»: every measure as a bar from the plan's beginning to its deadline, drawn on the server."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from samspill.plans.models import Milestone, Plan
from samspill.plans.queries.carrying import milestone_state, milestones_of
from samspill.plans.queries.plans import find_plan
from samspill.plans.queries.timeline import Bar, Mark, Quarter, Scale, Timeline, quarter_of, timeline
from samspill.plans.states import CLOSED, MilestoneState, ShownStatus
from samspill.plans.views.plan_page import over_heading
from samspill.plans.views.ways import ways
from samspill.plans.wording import deadline_in_words, late_in_words, measures_in_words

SOON_DAYS = 92
LEAST_WIDTH = 0.004  # of the scale: a bar of a day can still be seen
FEW_QUARTERS = 14  # with more of them there is room for the years only


@require_safe
def timeline_page(request: HttpRequest, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    plan = find_plan(pk, actor)
    marks = milestone_marks(milestones_of(plan, actor), actor.today)
    shown = timeline(plan, actor, marks)
    context = {
        "plan": plan,
        "over": over_heading(plan),
        "heading": heading(shown),
        "ways": ways(plan, actor, "plans:timeline"),
        "quarters": _quarters(shown.scale),
        "years": _years(shown.scale),
        "today": percent(shown.scale.at(shown.today)),
        "areas": [(area, [_line(bar, shown, plan) for bar in bars]) for area, bars in shown.areas],
        "has_milestones": bool(marks),
        "by_quarter": [_quarter(one, shown, plan) for one in shown.quarters],
    }
    return render(request, "plans/timeline/timeline.html", context)


def heading(shown: Timeline) -> str:
    """«Two measures are late. Three measures are to be done within three months.»"""
    late = sum(bar.row.shown.status == ShownStatus.LATE for bar in shown.bars)
    soon = sum(_is_soon(bar, shown.today) for bar in shown.bars)
    if not soon:
        return late_in_words(late)
    text = ngettext(
        "%(measures)s is to be done within three months.",
        "%(measures)s are to be done within three months.",
        soon,
    )
    return f"{late_in_words(late)} {capfirst(text % {'measures': measures_in_words(soon)})}"


def _is_soon(bar: Bar, today: date) -> bool:
    is_open = bar.row.measure.state not in CLOSED
    return is_open and bar.end is not None and 0 <= (bar.end - today).days <= SOON_DAYS


def milestone_marks(milestones: Mapping[int, Sequence[Milestone]], today: date) -> dict[int, list[Mark]]:
    """Each milestone on the day it was reached, or is to be."""
    return {pk: [_milestone(one, today) for one in found] for pk, found in milestones.items()}


def _milestone(one: Milestone, today: date) -> Mark:
    state = milestone_state(one, today)
    day = one.done_on or one.due
    label = _("%(title)s: %(state)s, %(day)s") % {
        "title": one.title,
        "state": str(state.label).lower(),
        "day": date_format(day, "j.\xa0F Y"),
    }
    return Mark(day, label, state.value, one.title)


def _quarter(one: Quarter, shown: Timeline, plan: Plan) -> dict[str, Any]:
    return {
        "heading": quarter_in_words(one.start),
        "is_now": one.start == quarter_of(shown.today),
        "lines": [_line(bar, shown, plan) for bar in one.bars],
        "milestones": [
            {
                "mark": mark,
                "g": "none" if mark.glyph == MilestoneState.COMING else mark.glyph,
                "state": MilestoneState(mark.glyph).label,
                "measure": bar.row.measure,
                "url": _address(bar, plan),
            }
            for mark, bar in one.milestones
        ],
    }


def _address(bar: Bar, plan: Plan) -> str:
    return reverse("plans:measure", args=[plan.pk, bar.row.id])


def percent(share: float) -> str:
    """As SVG wants it."""
    return f"{share * 100:.2f}%"


def _line(bar: Bar, shown: Timeline, plan: Plan) -> dict[str, Any]:
    row, scale = bar.row, shown.scale
    start = scale.at(bar.start)
    end = scale.at(bar.end) if bar.end else 1.0
    soft = scale.at(bar.soft) if bar.soft else (end if bar.end else start)
    return {
        "row": row,
        "measure": row.measure,
        "url": _address(bar, plan),
        "glyph": row.shown.status.glyph,
        "status": row.shown.status.label,
        "deadline": deadline_in_words(row, shown.today) or _("No deadline"),
        "kind": "ongoing" if bar.is_ongoing else "open" if not bar.has_deadline else "bar",
        "x": percent(start),
        "firm": percent(max(soft - start, 0.0)),
        "soft_x": percent(soft),
        "soft": percent(max(end - soft, LEAST_WIDTH)) if bar.has_deadline else "",
        "whole": percent(max(end - start, LEAST_WIDTH)),
        "is_soft": bar.has_deadline and end - soft > LEAST_WIDTH,
        "end": percent(end),
        "marks": [(percent(scale.at(mark.day)), mark) for mark in _marks(bar)],
        "milestones": bar.marks,
        "next": next((mark for mark in bar.marks if mark.glyph != MilestoneState.DONE), None),
    }


def _marks(bar: Bar) -> list[Mark]:
    """The day it was said to be done, among the days it was given."""
    done = bar.row.done_on
    return [*bar.marks, Mark(done, _("Finished"), ShownStatus.DONE.glyph)] if done else list(bar.marks)


def _quarters(scale: Scale) -> list[dict[str, Any]]:
    """Lines of the grid, with the quarter's number where there is room."""
    quarters = scale.quarters()
    has_room = len(quarters) <= FEW_QUARTERS
    return [
        {
            "x": percent(at),
            "middle": percent(at + width / 2),
            "label": _("Q%(number)s") % {"number": (day.month + 2) // 3} if has_room else "",
            "is_year": day.month == 1,
        }
        for day, at, width in quarters
    ]


def _years(scale: Scale) -> list[dict[str, str]]:
    firsts = [(day, at) for day, at, _width in scale.quarters() if day.month == 1 or day == scale.start]
    return [{"x": percent(at), "label": str(day.year)} for day, at in firsts]


def quarter_in_words(day: date | None) -> str:
    """«1. kvartal 2027»."""
    if day is None:
        return pgettext("measures", "Without a deadline")
    return _("Quarter %(number)s %(year)s") % {
        "number": (day.month + 2) // 3,
        "year": date_format(day, "Y"),
    }
