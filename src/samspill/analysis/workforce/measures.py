"""What can be done about a gap: named levers, each a function of the rates of a year and one number.

Ranges, units and what they rest on are data in `levers.yaml`. A lever at 0 gives back the very same rates,
and so the identical figures. Here are the functions; which year and whom, too.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import yaml

from samspill.analysis.workforce.baseline import Baseline, Rates
from samspill.analysis.workforce.terms import SECTORS, WORKING, Floats, Profession, Sector, place_of
from samspill.refusal import Refused

FILE = Path(__file__).with_name("levers.yaml")
ELSEWHERE = SECTORS.index(Sector.ELSEWHERE)


@dataclass(frozen=True)
class Reach:
    """Whom a lever concerns: (P,) and (K,) of true and false, and the place of the other profession."""

    professions: np.ndarray
    sectors: np.ndarray
    other: int | None = None

    @property
    def cells(self) -> Floats:
        """(P, K) 1 where it reaches."""
        return np.outer(self.professions, self.sectors).astype(np.float64)


Change = Callable[[Rates, float, Reach], Rates]


@dataclass(frozen=True)
class Lever:
    """A lever as people see it. `low` to `high` is the range that anybody has reason to believe in."""

    code: str
    nb: str
    nn: str
    unit: str
    low: float
    high: float
    evidence: str
    source: str
    licence: str
    applies_from: date
    assumption: bool
    change: Change


@dataclass(frozen=True)
class Measure:
    """A lever pulled: `value` in the lever's unit, for a profession and sector (None: all), from a year.

    It takes `years_to_full` years to work in full, in equal steps; 1 is at once. `other` is the profession
    that takes over (task shift).
    """

    lever: str
    value: float
    profession: str | None = None
    sector: str | None = None
    start: int | None = None
    years_to_full: int = 1
    other: str | None = None

    def value_in(self, year: int, first: int) -> float:
        """What is in force in `year`, when the baseline is of the year `first`."""
        begun = year - (first if self.start is None else self.start) + 1
        if begun <= 0:
            return 0.0
        return self.value if begun >= self.years_to_full else self.value * begun / self.years_to_full


def rates_in(baseline: Baseline, measures: Sequence[Measure], year: int) -> Rates:
    """The baseline's rates with what is in force in `year`, one measure after another.

    Refuses an unknown lever, profession or sector, and a value that its lever cannot have.
    """
    rates = baseline.rates
    for one in measures:
        lever = lever_of(one.lever)
        reach = _reach(baseline, one, lever)
        _check_value(one, lever)
        value = one.value_in(year, baseline.year)
        if value:
            rates = lever.change(rates, value, reach)
    if rates is not baseline.rates:
        rates.check(len(baseline.professions))
    return rates


def lever_of(code: str) -> Lever:
    known = levers()
    if code not in known:
        raise Refused(
            "unknown_lever", f"There is no lever «{code}». There are {', '.join(known)}.", field="lever"
        )
    return known[code]


def _reach(baseline: Baseline, measure: Measure, lever: Lever) -> Reach:
    professions = np.ones(len(baseline.professions), dtype=bool)
    if measure.profession is not None:
        professions[:] = False
        professions[place_of(measure.profession, baseline.professions, "profession")] = True
    sectors = np.array([one in WORKING for one in SECTORS])
    if measure.sector is not None:
        sectors[:] = False
        sectors[place_of(measure.sector, SECTORS, "sector")] = True
    if measure.years_to_full < 1:
        raise Refused("years_to_full", "A measure needs one year or more to work.", field="years_to_full")
    if lever.code != "task_shift":
        return Reach(professions, sectors)
    if measure.profession is None or measure.other is None or measure.other == measure.profession:
        raise Refused(
            "profession", "Say whose tasks are shifted, and to which other profession.", field="other"
        )
    if measure.other in baseline.professions:
        return Reach(professions, sectors, baseline.professions.index(measure.other))
    place_of(measure.other, list(Profession), "profession")
    return Reach(professions, sectors)  # who takes over is not counted here: their gap is not seen


def _check_value(measure: Measure, lever: Lever) -> None:
    share = lever.unit.startswith("share")
    if not np.isfinite(measure.value) or measure.value < 0 or (share and measure.value > 1):
        upper = " and at most 1" if share else ""
        raise Refused(
            "lever_value",
            f"«{lever.code}» is {measure.value:g}; it must be 0 or more{upper} ({lever.unit}).",
            field=lever.code,
        )


def training_places(rates: Rates, value: float, reach: Reach) -> Rates:
    """`value` more places a year; they work when the training's years have passed."""
    return replace(rates, places=rates.places + value * reach.professions)


def completion(rates: Rates, value: float, reach: Reach) -> Rates:
    """Of those who would not complete or not take work here, the share `value` does."""
    return replace(rates, completion=rates.completion + value * (1 - rates.completion) * reach.professions)


def retention(rates: Rates, value: float, reach: Reach) -> Rates:
    """The share `value` fewer leave the profession or the region in a year."""
    return replace(rates, leaving=rates.leaving * (1 - value * reach.cells[:, None]))


def later_retirement(rates: Rates, value: float, reach: Reach) -> Rates:
    """The share `value` fewer retire in a year, at every age. All sectors alike."""
    return replace(rates, retiring=rates.retiring * (1 - value * reach.professions[:, None]))


def return_to_service(rates: Rates, value: float, reach: Reach) -> Rates:
    """A further share `value` of those elsewhere come back each year, to where others come back to."""
    mobility = rates.mobility.copy()
    back = reach.sectors & (np.arange(len(SECTORS)) != ELSEWHERE)
    for place in np.flatnonzero(reach.professions):
        mobility[place, ELSEWHERE] = _with_more_back(mobility[place, ELSEWHERE], value, back)
    return replace(rates, mobility=mobility)


def _with_more_back(row: Floats, value: float, back: np.ndarray) -> Floats:
    """The row of those elsewhere with `value` more of them going `back`, no more than there are."""
    weights = np.where(back, row, 0.0) if row[back].any() else back.astype(np.float64)
    if not weights.sum():
        return row
    changed = row + min(value, row[ELSEWHERE]) * weights / weights.sum()
    changed[ELSEWHERE] = 1 - np.delete(changed, ELSEWHERE).sum()
    return np.asarray(changed)


def international(rates: Rates, value: float, reach: Reach) -> Rates:
    """`value` more persons a year from abroad."""
    return replace(rates, international=rates.international + value * reach.professions)


def recruitment(rates: Rates, value: float, reach: Reach) -> Rates:
    """`value` more persons a year from other regions, to each sector that is reached."""
    return replace(rates, recruits=rates.recruits + value * reach.cells)


def full_time(rates: Rates, value: float, reach: Reach) -> Rates:
    """The share `value` of the hours that part-timers lack to full posts is worked."""
    more = value * (1 - rates.hours) * reach.cells[:, None, None]
    return replace(rates, hours=np.minimum(1.0, rates.hours + more))


def sickness(rates: Rates, value: float, reach: Reach) -> Rates:
    """Sick leave falls by the share `value` of what it is."""
    return replace(rates, sickness=rates.sickness * (1 - value * reach.cells))


def combined_posts(rates: Rates, value: float, reach: Reach) -> Rates:
    """Part-timers of one level fill their posts at the other: the share `value` of the hours they lack.

    Without a sector: from the hospital to the municipalities.
    """
    combined = rates.combined.copy()
    both = [SECTORS.index(one) for one in WORKING]
    one_way = reach.sectors[both].all()
    for origin, target in zip(both, reversed(both), strict=True):
        if reach.sectors[origin] and (not one_way or origin == both[0]):
            combined[reach.professions, origin, target] += value
    return replace(rates, combined=combined)


def rotation(rates: Rates, value: float, reach: Reach) -> Rates:
    """The share `value` of the hours of each level's staff is worked at the other. No FTE is won or lost."""
    swap = np.eye(len(SECTORS))
    first, second = (SECTORS.index(one) for one in WORKING)
    swap[[first, second], [first, second]] = 1 - value
    swap[first, second] = swap[second, first] = value
    exchange = rates.exchange.copy()
    exchange[reach.professions] = exchange[reach.professions] @ swap
    return replace(rates, exchange=exchange)


def task_shift(rates: Rates, value: float, reach: Reach) -> Rates:
    """The share `value` of the demand for a profession is done by another, hour for hour unless the
    baseline's `shift_effort` says otherwise. Both working sectors alike."""
    place = int(np.flatnonzero(reach.professions)[0])
    shifted = rates.shifted.copy()
    # the diagonal holds what another does who is not counted here
    shifted[place, place if reach.other is None else reach.other] += value
    return replace(rates, shifted=shifted)


def vacancy(rates: Rates, value: float, reach: Reach) -> Rates:
    """One is content to let the share `value` of posts stand empty: less demand, not more staff."""
    return replace(rates, vacancy=rates.vacancy + (1 - rates.vacancy) * value * reach.cells)


CHANGES: Mapping[str, Change] = {
    one.__name__: one
    for one in (
        training_places,
        completion,
        retention,
        later_retirement,
        return_to_service,
        international,
        recruitment,
        full_time,
        sickness,
        combined_posts,
        rotation,
        task_shift,
        vacancy,
    )
}


@cache
def levers() -> dict[str, Lever]:
    """All levers by code, as dated and sourced in `levers.yaml`."""
    rows = yaml.safe_load(FILE.read_text("utf-8"))
    names = ("nb", "nn", "unit", "low", "high", "evidence", "source", "licence", "assumption")
    return {
        code: Lever(
            code=code,
            applies_from=row["from"],
            change=CHANGES[code],
            **{name: row[name] for name in names},
        )
        for code, row in rows.items()
    }
