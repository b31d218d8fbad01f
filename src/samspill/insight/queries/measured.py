"""Indicators as they came out, laid out for pages: areas by level, points by period. Stored; nothing counted.

The newest run that was not withdrawn speaks for an indicator; runs may hold some indicators only.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from samspill.analysis.disclosure import Flag
from samspill.directory.public import alphabetical
from samspill.insight.area_names import ALL, COUNTRY, name_of
from samspill.insight.models import Indicator, IndicatorAnswer, IndicatorRun, IndicatorSeries
from samspill.insight.states import Level, Period


@dataclass(frozen=True)
class Point:
    """An area in a period. `value` is None where there is none; `flag` and `note` tell why."""

    period: int
    value: float | None
    lower: float | None
    upper: float | None
    count: int | None
    population: int | None
    flag: int
    note: str

    @property
    def is_hidden(self) -> bool:
        return self.flag == Flag.HIDDEN


@dataclass(frozen=True)
class Area:
    """An area of an answer, with a point for each of its periods, oldest first."""

    code: str
    level: str
    points: Sequence[Point] = field(repr=False)

    @cached_property
    def name(self) -> str:
        return name_of(self.code)

    @cached_property
    def _by_period(self) -> Mapping[int, Point]:
        return {one.period: one for one in self.points}

    def at(self, period: int) -> Point | None:
        return self._by_period.get(period)


@dataclass(frozen=True)
class Measured:
    """An indicator as it came out last: areas by code, in the order of levels and names."""

    indicator: Indicator
    answer: IndicatorAnswer
    areas: Mapping[str, Area] = field(repr=False)

    @property
    def run(self) -> IndicatorRun:
        return self.answer.run

    @property
    def definition(self) -> Mapping[str, Any]:
        """The text that held when it was worked out."""
        return self.answer.definition

    @property
    def periods(self) -> Sequence[int]:
        return self.answer.periods

    @property
    def latest(self) -> int:
        return self.periods[-1]

    @property
    def whole(self) -> Area | None:
        """The country, or all that the tables hold."""
        return self.areas.get(COUNTRY) or self.areas.get(ALL)

    def of_level(self, level: str) -> list[Area]:
        return [one for one in self.areas.values() if one.level == level]

    def spread(self, level: str, period: int) -> Sequence[float] | None:
        """Lowest, first quarter, middle, third quarter, highest, number; None where no area has a value."""
        found: Mapping[str, Sequence[float]] = self.answer.spread.get(level, {})
        return found.get(str(period)) or None


def measured(
    code: str, *, period: str = Period.YEAR, areas: Collection[str] | None = None
) -> Measured | None:
    """The indicator with that code (with `areas` alone, when given); None before the first run. 2 queries."""
    answer = newest(period).filter(indicator__code=code).first()
    return measured_in([answer], areas)[0] if answer else None


def latest_of(areas: Collection[str], *, period: str = Period.YEAR) -> list[Measured]:
    """Every indicator in use that has figures, by code, with `areas` alone. 2 queries."""
    found = newest(period).filter(indicator__is_in_use=True).order_by("indicator__code")
    return measured_in(list(found), areas)


def newest(period: str) -> QuerySet[IndicatorAnswer]:
    """The newest answer that stands of each indicator, with run and indicator."""
    standing = IndicatorAnswer.objects.filter(
        indicator=OuterRef("indicator"), period=period, run__withdrawn_at__isnull=True
    )
    first = standing.order_by("-run__made_at", "-run_id").values("pk")[:1]
    found = IndicatorAnswer.objects.filter(period=period, pk=Subquery(first))
    return found.select_related("run", "indicator")


def measured_in(answers: Sequence[IndicatorAnswer], areas: Collection[str] | None) -> list[Measured]:
    """Answers with their areas; 1 query."""
    rows = IndicatorSeries.objects.filter(answer__in=[one.pk for one in answers])
    if areas is not None:
        rows = rows.filter(area__in=list(areas))
    by_answer: dict[int, list[tuple[Any, ...]]] = {one.pk: [] for one in answers}
    for row in rows.values_list(*ROW):
        by_answer[row[0]].append(row[1:])
    return [Measured(one.indicator, one, areas_of(one.periods, by_answer[one.pk])) for one in answers]


ROW = (
    "answer_id",
    "area",
    "level",
    "values",
    "lower",
    "upper",
    "counts",
    "populations",
    "flags",
    "notes",
)


def areas_of(periods: Sequence[int], rows: Iterable[tuple[Any, ...]]) -> dict[str, Area]:
    found = [
        Area(code, level, [_point(*one) for one in zip(periods, *columns, strict=True)])
        for code, level, *columns in rows
    ]
    wide = {str(level): place for place, level in enumerate(reversed(Level.values))}
    found.sort(key=lambda one: (wide[one.level], alphabetical(one.name)))
    return {one.code: one for one in found}


def _point(
    period: int,
    value: float | None,
    lower: float | None,
    upper: float | None,
    count: int | None,
    population: int | None,
    flag: int,
    note: str,
) -> Point:
    """What is hidden is empty here, whatever was stored."""
    if flag == Flag.HIDDEN:
        return Point(period, None, None, None, None, population, flag, note)
    return Point(period, value, lower, upper, count, population, flag, note)
