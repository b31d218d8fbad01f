"""How what was measured would have been coloured by other limits: to be looked at, never kept."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from samspill.care.drawings.graph import SHEETS, InForce, Point, Series, draw
from samspill.care.known_signs import PARTS, name_of, value_said
from samspill.care.plain_values import to_numbers
from samspill.care.queries.measured import Measured, Watched, rule_of
from samspill.care.shown.graphs import (
    COLOURS,
    MARKS,
    Part,
    beside_of,
    day_named,
    limits_of,
    moment_said,
    number_named,
    series_of,
    zones_said,
)
from samspill.care.shown.rises import rise_by
from samspill.care.shown.rises import series as series_before
from samspill.care.states import IndicatorKind
from samspill.rulebook.triage import Limits, LimitsWithChange, outcome


@dataclass(frozen=True)
class Count:
    """How many have a colour now, and would have had it."""

    g: str
    colour: str
    now: int
    then: int


@dataclass(frozen=True)
class Other:
    """A value that would have had another colour."""

    day: str
    said: str
    now: str
    then: str


@dataclass(frozen=True)
class Tried:
    counts: Sequence[Count]
    others: Sequence[Other]
    parts: Sequence[Part]


def tried_of(one: Watched, rule: Any, *, start: datetime, end: datetime) -> Tried:
    """With `rule` (as it is kept) over all that counts in the period."""
    counting = [each for each in one.measured if each.counts]
    then = [_colour(one, counting[: place + 1], rule) for place in range(len(counting))]
    now, would = Counter(each.colour for each in counting), Counter(then)
    others = [
        Other(
            moment_said(each.row.effective), value_said(each.row.value, each.row.unit),
            str(COLOURS[each.colour]), str(COLOURS[colour]),
        )
        for each, colour in zip(counting, then, strict=True)
        if colour != each.colour
    ]  # fmt: skip
    counts = [Count(MARKS[key], str(said), now[key], would[key]) for key, said in COLOURS.items()]
    is_number = one.indicator.kind == IndicatorKind.MEASURED
    return Tried(
        [each for each in counts if each.now or each.then],
        others,
        _parts(one, rule, start, end) if is_number and counting else [],
    )


def _colour(one: Watched, until: Sequence[Measured], rule: Any) -> str:
    """Of the last; what was measured before it counts where the rule says how fast it may change."""
    each = until[-1]
    if one.indicator.kind != IndicatorKind.MEASURED:
        return str(outcome(to_numbers(rule), each.row.value).colour)
    is_over_time = isinstance(rule_of(rule), LimitsWithChange)
    value = series_before(until) if is_over_time else to_numbers(each.row.value)
    return str(outcome(to_numbers(rule), value).colour)


def _parts(one: Watched, rule: Any, start: datetime, end: datetime) -> list[Part]:
    return [_part(one, code, rule, start, end) for code in PARTS.get(one.indicator.code, ("",))]


def _part(one: Watched, code: str, rule: Any, start: datetime, end: datetime) -> Part:
    series = series_of(one, code, start=start, end=end)
    limits = limits_of(rule, code)
    held = [InForce(start, limits)]
    points = _points(series, limits)
    change = limits.change if isinstance(limits, LimitsWithChange) else None
    tried = replace(series, points=points, versions=held, rise=rise_by(one, change) if change else None)
    drawings = {shape: draw(tried, shape, number=number_named, day=day_named) for shape in SHEETS}
    known = code or one.indicator.code
    return Part(
        name=name_of(known) if code else "",
        wide=drawings["wide"],
        narrow=drawings["narrow"],
        beside=beside_of(drawings["wide"], tried, limits, known),
        words=zones_said(limits, known),
    )


def _points(series: Series, limits: Limits | None) -> list[Point]:
    """What does not count is nobody's past."""
    if not isinstance(limits, LimitsWithChange):
        return [replace(one, colour=str(outcome(limits, one.value).colour)) for one in series.points]
    found: list[Point] = []
    for one in series.points:
        before = [(each.at, each.value) for each in found if not each.is_struck]
        found.append(replace(one, colour=str(outcome(limits, [*before, (one.at, one.value)]).colour)))
    return found
