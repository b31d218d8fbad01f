"""The plan along time: a bar per measure on one scale, and the same measures quarter by quarter.

A deadline is as exact as the plan words it. «Våren 2027» is drawn as an end that is soft from 1 March to
31 May, and «løpende» as a bar without an end. Days become shares of the scale here; drawing is the page's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from samspill.directory.public import Actor
from samspill.plans.models import FocusArea, Plan
from samspill.plans.queries.rows import Row, rows_without_holes
from samspill.plans.rules.dates import months_before
from samspill.plans.states import Precision

# Months that a phrase of each precision covers; its stored day is the last of them.
_MONTHS_OF = {
    Precision.MONTH: 1,
    Precision.QUARTER: 3,
    Precision.SEASON: 3,
    Precision.TERTIAL: 4,
    Precision.HALF: 6,
    Precision.YEAR: 12,
}
LONGEST_YEARS = 8
"""A scale longer than this says nothing; a deadline beyond it is drawn at the edge."""


@dataclass(frozen=True)
class Scale:
    """Whole quarters from `start` to `end`, both included."""

    start: date
    end: date

    def at(self, day: date) -> float:
        """Where a day begins, as a share of the scale (0–1); days outside stand at the edge."""
        length = (self.end - self.start).days + 1
        return min(max((day - self.start).days / length, 0.0), 1.0)

    def quarters(self) -> list[tuple[date, float, float]]:
        """(first day, share where it begins, share it takes) of each quarter."""
        found = []
        day = self.start
        while day <= self.end:
            after = next_quarter(day)
            found.append((day, self.at(day), self.at(after) - self.at(day)))
            day = after
        return found


@dataclass(frozen=True)
class Mark:
    """A day on a measure's line: `glyph` is its shape, `label` what it says, day and state included.

    A milestone has its `title` as well; without one it is the day of the measure itself.
    """

    day: date
    label: str
    glyph: str
    title: str = ""


@dataclass(frozen=True)
class Bar:
    """A measure on the scale. `soft` is where its end begins to be uncertain, `end` None when it goes on."""

    row: Row
    start: date
    soft: date | None
    end: date | None
    marks: Sequence[Mark] = ()

    @property
    def has_deadline(self) -> bool:
        return self.end is not None

    @property
    def is_ongoing(self) -> bool:
        return self.row.measure.deadline_precision == Precision.ONGOING and self.end is None


class Quarter(NamedTuple):
    """What is to be done from `start` on, for three months; None holds measures without a deadline."""

    start: date | None
    bars: list[Bar]
    milestones: list[tuple[Mark, Bar]]


@dataclass
class Timeline:
    """All measures as bars, in areas; `quarters` holds the same by the quarter of their deadline, each with
    the milestones of that quarter and whose they are."""

    scale: Scale
    today: date
    areas: list[tuple[FocusArea | None, list[Bar]]] = field(default_factory=list)
    quarters: list[Quarter] = field(default_factory=list)

    @property
    def bars(self) -> list[Bar]:
        return [bar for _area, bars in self.areas for bar in bars]


def timeline(plan: Plan, actor: Actor, marks: Mapping[int, Sequence[Mark]] | None = None) -> Timeline:
    """The plan on `actor.today`; `marks` are days to show, by number of the measure. 3 queries."""
    rows = rows_without_holes([plan], actor)
    start = plan.period_start or min((since(row) for row in rows), default=actor.today)
    bars = [bar_of(row, start, (marks or {}).get(row.id, ())) for row in rows]
    return Timeline(
        scale=scale_of(start, plan.period_end, bars, actor.today),
        today=actor.today,
        areas=_in_areas(bars),
        quarters=_in_quarters(bars),
    )


def since(row: Row) -> date:
    """The day the measure came here."""
    return row.measure.document.read_at.date()


def bar_of(row: Row, start: date, marks: Sequence[Mark] = ()) -> Bar:
    end = row.measure.deadline
    soft = soft_from(end, row.measure.deadline_precision, start) if end else None
    return Bar(row, min(start, end) if end else start, soft, end, marks)


def soft_from(deadline: date, precision: str, start: date) -> date:
    """The first day a deadline may mean: itself, when it is written as a day."""
    if precision == Precision.WEEK:
        return deadline - timedelta(days=6)
    if precision == Precision.PERIOD:
        return min(start, deadline)
    months = _MONTHS_OF.get(Precision(precision)) if precision in Precision.values else None
    if months is None:
        return deadline
    return max(months_before(deadline + timedelta(days=1), months), min(start, deadline))


def scale_of(start: date, end: date | None, bars: Iterable[Bar], today: date) -> Scale:
    """Whole quarters around the plan's period, every deadline, every mark and today."""
    bars = list(bars)
    ends = [*(bar.end for bar in bars if bar.end), *(mark.day for bar in bars for mark in bar.marks)]
    first = min([start, today, *ends])
    first = max(first, months_before(max(start, today), LONGEST_YEARS * 12))
    last = max([start, today, *ends, *([end] if end else [])])
    last = min(last, months_before(first, -LONGEST_YEARS * 12))
    return Scale(quarter_of(first), next_quarter(last) - timedelta(days=1))


def quarter_of(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def next_quarter(day: date) -> date:
    first = quarter_of(day)
    return date(first.year + first.month // 10, (first.month + 2) % 12 + 1, 1)


def _in_areas(bars: Iterable[Bar]) -> list[tuple[FocusArea | None, list[Bar]]]:
    by_area: dict[int | None, tuple[FocusArea | None, list[Bar]]] = {}
    for bar in bars:
        measure = bar.row.measure
        by_area.setdefault(measure.area_id, (measure.area, []))[1].append(bar)
    return sorted(by_area.values(), key=lambda one: (one[0] is None, one[0].order if one[0] else 0))


def _in_quarters(bars: Iterable[Bar]) -> list[Quarter]:
    """By the quarter of the deadline, and of the day of a milestone; measures without a deadline last."""
    found: dict[date | None, Quarter] = {}

    def at(day: date | None) -> Quarter:
        start = quarter_of(day) if day else None
        return found.setdefault(start, Quarter(start, [], []))

    for bar in sorted(bars, key=lambda one: one.end or date.max):
        at(bar.end).bars.append(bar)
        for mark in bar.marks:
            if mark.title:
                at(mark.day).milestones.append((mark, bar))
    for quarter in found.values():
        quarter.milestones.sort(key=lambda one: one[0].day)
    return sorted(found.values(), key=lambda one: one.start or date.max)
