"""What was expected of measures, and whether the stored figures show it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from samspill.analysis import effects
from samspill.analysis.rates import Direction as Better
from samspill.directory.public import Actor, Ref
from samspill.insight.area_names import levels, municipalities_in
from samspill.insight.models import Expectation
from samspill.insight.queries.measured import Area, Measured, measured
from samspill.insight.states import Direction, Period
from samspill.insight.states.expectations import ComparedAs, GoalIs

BETTER = {
    Direction.HIGH: Better.INCREASE,
    Direction.LOW: Better.DECREASE,
    Direction.NONE: Better.NEUTRAL,
}
COUNTED = {"rate", "share"}  # kinds whose events are events: of others a count says nothing about chance
MOST_ALIKE = 30  # of about the same size
ALIKE = 0.3  # of the size, more or less
Codes = Sequence[str]


@dataclass(frozen=True)
class Happened:
    """What became of an expectation: the figures it rests on, and the assessment of them.

    `missing` are codes of areas it reaches that have no figures. `assessed` is None without any.
    """

    expectation: Expectation
    measured: Measured
    missing: tuple[str, ...]
    assessed: effects.Assessed | None


def expectations_about(about: Ref, actor: Actor) -> list[Expectation]:
    """Every one of a measure, with its indicator. 1 query."""
    rows = Expectation.objects.visible_to(actor).filter(about_kind=about.kind, about_id=about.id)
    return list(rows.select_related("indicator"))


def what_happened(expectation: Expectation) -> Happened | None:
    """By month where there are such figures, else by year; None before the first. 3 queries."""
    wanted = {*expectation.areas, *expectation.compared}
    code = expectation.indicator.code
    found = measured(code, period=Period.MONTH, areas=wanted) or measured(code, areas=wanted)
    if found is None:
        return None
    there = {code for code in expectation.areas if code in found.areas and _has_figures(found.areas[code])}
    reached = [found.areas[code] for code in expectation.areas if code in there]
    missing = tuple(code for code in expectation.areas if code not in there)
    assessed = effects.assess(asked_of(expectation, found, reached)) if reached else None
    return Happened(expectation, found, missing, assessed)


def _has_figures(area: Area) -> bool:
    return any(one.value is not None for one in area.points)


def asked_of(expectation: Expectation, found: Measured, reached: Iterable[Area]) -> effects.Asked:
    by_month = found.answer.period == Period.MONTH
    periods = effects.months_on(found.periods) if by_month else tuple(found.periods)
    split = effects.split_months if by_month else effects.split_years
    before, after = split(found.periods, expectation.starts)
    kind = found.definition["kind"]
    others = [found.areas[code] for code in expectation.compared if code in found.areas]
    last = expectation.by_year * 12 + 11 if by_month else expectation.by_year
    return effects.Asked(
        periods,
        [_as_numbers(area, kind) for area in reached],
        before,
        after,
        better=BETTER[Direction(expectation.indicator.direction)],
        others=[_as_numbers(area, kind) for area in others],
        expected=_expected(expectation, last),
        a_year=12 if by_month else 1,
        breaks=[int(year) * (12 if by_month else 1) for year in found.definition.get("breaks", {})],
    )


def _expected(expectation: Expectation, by: int) -> effects.Expected:
    match expectation.goal_is:
        case GoalIs.DOWN:
            return effects.Expected(by, ratio=1 - expectation.goal / 100)
        case GoalIs.UP:
            return effects.Expected(by, ratio=1 + expectation.goal / 100)
        case _:
            return effects.Expected(by, value=expectation.goal)


def _as_numbers(area: Area, kind: str) -> effects.Area:
    people = _column(one.population for one in area.points)
    return effects.Area(
        area.code,
        _column(one.value for one in area.points),
        _column(one.count for one in area.points) if kind in COUNTED else None,
        None if np.isnan(people).all() else people,
    )


def _column(values: Iterable[float | None]) -> effects.Floats:
    return np.array([np.nan if one is None else one for one in values], dtype=np.float64)


def compared_with(areas: Codes, home: str, how: str, found: Measured | None) -> tuple[str, ...]:
    """Codes to compare `areas` of the helsefellesskap `home` with; of those that have figures, if any do.

    A whole helsefellesskap is compared with whole ones: its municipalities share a hospital.
    """
    is_whole = home in areas
    among = set(levels()["community"] if is_whole else _municipalities())
    if found is not None:
        among &= set(found.areas)
    among -= set(areas)
    match how:
        case ComparedAs.OWN:
            among = set() if is_whole else among & set(municipalities_in(home))
        case ComparedAs.OTHERS:
            among -= {home, *municipalities_in(home)}
        case ComparedAs.SAME_SIZE:
            among = _alike(areas, among - {home, *municipalities_in(home)}, found)
        case _:
            among = set()
    return tuple(sorted(among))


def _municipalities() -> list[str]:
    return [code for held in levels()["community"].values() for code in held]


def _alike(areas: Codes, among: Collection[str], found: Measured | None) -> set[str]:
    """Those whose population in the latest period is within three tenths of the mean of `areas`."""
    if found is None:
        return set()
    sizes = {code: _size(found.areas[code]) for code in {*among, *areas} if code in found.areas}
    own = [sizes[code] for code in areas if sizes.get(code)]
    if not own:
        return set()
    middle = sum(own) / len(own)
    near = [code for code in among if abs(sizes[code] - middle) <= ALIKE * middle]
    return set(sorted(near, key=lambda code: (abs(sizes[code] - middle), code))[:MOST_ALIKE])


def _size(area: Area) -> float:
    return next((float(one.population) for one in reversed(area.points) if one.population), 0.0)
