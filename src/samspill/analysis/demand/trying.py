"""What if: mitigators and their sizes on a frozen baseline, both sides, and what contributes how much.

Common random numbers: the draws of the baseline and of each mitigator are the same whatever else is asked,
so differences are taken within the draw, percentiles last. A size of 0 changes nothing, to the last bit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import factorial

import numpy as np

from samspill.analysis.demand.baseline import BANDS, PERCENTILES, Baseline, Draws, stream, total_of
from samspill.analysis.demand.mitigation import Mitigator, mitigators
from samspill.analysis.demand.use import Floats
from samspill.refusal import Refused

MATTERS = 0.05  # of the total: from here on the order of the steps is a choice that people must not make
POPULATION, CHANGE = "population", "change_in_use"


@dataclass(frozen=True)
class Assumptions:
    """What is tried: `sizes` by mitigator, 0 = not at all, 1 = as its range says, at most 2.

    `ranges` replaces the 80 % interval of a factor; `years` the years until it works in full.
    """

    sizes: Mapping[str, float] = field(default_factory=dict)
    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    years: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Waterfall:
    """Steps from the use of the jump-off to that of `year`, (draws,) each; they sum to the total exactly.

    `steps` are the population, the change in use, and each mitigator. `shapley` tells that the order of the
    mitigators mattered, so that each has its mean over all orders instead of one place.
    """

    service: str
    year: int
    start: Floats
    steps: Mapping[str, Floats]
    end: Floats
    shapley: bool

    def band(self, step: str) -> Floats:
        """The 10th, 50th and 90th percentile of a step."""
        return np.asarray(np.percentile(self.steps[step], PERCENTILES))


@dataclass(frozen=True, eq=False)
class Moved:
    """Where the units that a mitigator takes away have gone, per year and draw (years, draws).

    `avoided` in units of `counts`; `found` by service, in its own units; `saved` of `avoided`, `because`.
    The shares of `avoided` that come back and are saved sum to it.
    """

    mitigator: str
    counts: str
    avoided: Floats
    share: Mapping[str, Floats]
    found: Mapping[str, Floats]
    saved: Floats
    because: str


@dataclass(frozen=True, eq=False)
class Outcome:
    """The answer: `draws` as the baseline's, with the mitigators at work. See `Baseline` for the shapes."""

    baseline: Baseline
    assumptions: Assumptions
    draws: Draws
    moved: tuple[Moved, ...]

    def band(self, service: str, areas: Sequence[str] | None = None) -> Floats:
        """The 10th, 50th and 90th percentile of a service's use in `areas` together, (years, 3)."""
        return np.asarray(np.percentile(self.total(service, areas), PERCENTILES, axis=-1).T)

    def total(self, service: str, areas: Sequence[str] | None = None) -> Floats:
        """The same within each draw, (years, draws)."""
        return total_of(self.baseline, self.draws, service, areas)

    def difference(self, service: str, areas: Sequence[str] | None = None) -> Floats:
        """What-if minus baseline within each draw, (years, draws): exactly 0 where nothing is changed."""
        return self.total(service, areas) - self.baseline.total(service, areas)

    def difference_band(self, service: str, areas: Sequence[str] | None = None) -> Floats:
        """The 10th, 50th and 90th percentile of the difference, (years, 3)."""
        return np.asarray(np.percentile(self.difference(service, areas), PERCENTILES, axis=-1).T)

    def sides(self, year: int) -> dict[str, dict[str, Floats]]:
        """By side (hospital, municipality) and service: the band of the difference in `year`."""
        place = _year(self.baseline, year)
        found: dict[str, dict[str, Floats]] = {}
        for service in self.baseline.services:
            found.setdefault(service.side, {})[service.code] = self.difference_band(service.code)[place]
        return found

    def waterfall(self, service: str, year: int) -> Waterfall:
        """What contributes how much to a service's use in `year`. Refuses a year outside (`year_missing`)."""
        return _waterfall(self, service, _year(self.baseline, year))


@dataclass(frozen=True, eq=False)
class _Working:
    """A mitigator at work: what it leaves in full (draws,), and how far it has come by year (years,)."""

    one: Mitigator
    left: Floats
    ramp: Floats


def what_if(baseline: Baseline, assumptions: Assumptions) -> Outcome:
    """Answer `assumptions` on the frozen `baseline`; a fraction of a second for a helsefellesskap.

    Refuses a mitigator there is not (`unknown_mitigator`), a size outside 0 to 2 (`size`), a range that is
    none (`interval`). Memory: once more the draws of the baseline.
    """
    working = _working(baseline, assumptions)
    draws = baseline.draws.copy() if working else baseline.draws
    moved = tuple(_apply(baseline, draws, one, slice(None)) for one in working)
    return Outcome(baseline, assumptions, draws, moved)


def _working(baseline: Baseline, assumptions: Assumptions) -> list[_Working]:
    known = mitigators()
    for code in {*assumptions.sizes, *assumptions.ranges, *assumptions.years}:
        if code not in known:
            raise Refused(
                "unknown_mitigator",
                f"There is no mitigator {code}. There are {', '.join(known)}.",
                field="assumptions",
            )
    found = []
    for code, one in known.items():
        size = assumptions.sizes.get(code, 0.0)
        if not 0 <= size <= 2:
            raise Refused("size", f"The size of {code} is {size}; give 0 (nothing) to 2 (twice).", field=code)
        if size:
            found.append(_one_working(baseline, one, size, assumptions))
    return found


def _one_working(baseline: Baseline, one: Mitigator, size: float, assumptions: Assumptions) -> _Working:
    low, high = assumptions.ranges.get(one.code, one.factor)
    years = assumptions.years.get(one.code, one.years)
    if not 0 <= low <= high or years < 0:
        raise Refused(
            "interval",
            f"{one.code}: a range is two factors, not negative, the lower first; years are 0 or more.",
            field=one.code,
        )
    draws = baseline.draws.shape[-1]
    width = stream(baseline.seed, "mitigator", one.code).standard_normal(draws) / 2.563
    left = np.maximum((low + high) / 2 + (high - low) * width, 0)
    ahead = np.arange(len(baseline.years))
    ramp = np.minimum(ahead / years, 1.0) if years else (ahead > 0).astype(np.float64)
    return _Working(one, np.maximum(1 + size * (left - 1), 0), ramp)


def _places(baseline: Baseline, one: Mitigator) -> list[int]:
    parts = set(one.parts)
    return [
        place
        for place, (service, part) in enumerate(baseline.items)
        if service in one.services and (not parts or not part or part in parts)
    ]


def _apply(baseline: Baseline, draws: Draws, at_work: _Working, years: slice) -> Moved:
    """Take away and give back in `draws` (years, areas, items, draws), in place."""
    one = at_work.one
    counted = [place for place, (service, _) in enumerate(baseline.items) if service == one.counts]
    band = BANDS.index(max(start for start in BANDS if start <= one.ages))
    change = (at_work.ramp[years, None] * (at_work.left - 1)).astype(np.float32)
    taken = np.zeros((*draws.shape[:2], draws.shape[-1]))
    for place in _places(baseline, one):
        share = baseline.ages[years, :, place, band:].sum(axis=-1).astype(np.float32)
        if not baseline.items[place][1] and one.parts:
            share = share * _part_share(baseline, place, one, years)
        delta = draws[:, :, place] * (share[..., None] * change[:, None])
        draws[:, :, place] += delta
        if place in counted:
            taken -= delta
    avoided = taken.sum(axis=1)
    found = {}
    for back in one.returns:
        given = taken * (back.share * back.amount)
        for place in _receiving(baseline, back.service):
            draws[:, :, place] += given.astype(np.float32)
        found[back.service] = given.sum(axis=1)
    shares = {back.service: avoided * back.share for back in one.returns}
    return Moved(one.code, one.counts, avoided, shares, found, avoided * one.saved, one.because)


def _receiving(baseline: Baseline, code: str) -> list[int]:
    """The items that grow when `code` does: its first, and those of services that are sums with it."""
    sums = {one.code for one in baseline.services if len(one.series) > 1 and code in one.series}
    first = {service: place for place, (service, _) in reversed(list(enumerate(baseline.items)))}
    return [first[service] for service in first if service == code or service in sums]


def _part_share(baseline: Baseline, place: int, one: Mitigator, years: slice) -> np.ndarray:
    """Of a service without chapters (emergency admissions): the share of the stays that the parts make."""
    every = [row for row, (service, _) in enumerate(baseline.items) if service == "hospital_stays"]
    chosen = [row for row in every if baseline.items[row][1] in one.parts]
    if not every:
        return np.ones(1, dtype=np.float32)
    stays = baseline.draws[years].mean(axis=-1, dtype=np.float64)
    whole = stays[:, :, every].sum(axis=-1)
    part = stays[:, :, chosen].sum(axis=-1)
    return np.asarray(part / np.maximum(whole, 1e-9), dtype=np.float32)


def _year(baseline: Baseline, year: int) -> int:
    if year not in baseline.years:
        raise Refused(
            "year_missing",
            f"The baseline runs from {baseline.years[0]} to {baseline.years[-1]}, and {year} is outside.",
            field="year",
        )
    return baseline.years.index(year)


def _waterfall(outcome: Outcome, service: str, place: int) -> Waterfall:
    baseline = outcome.baseline
    rows = baseline.rows(service)
    before = _total(baseline.draws[:1], rows)
    untouched = baseline.draws[place : place + 1]
    by_people = untouched / (baseline.change[place] / baseline.change[0])[None, ..., None]
    after_people, after_change = _total(by_people, rows), _total(untouched, rows)
    steps = {POPULATION: after_people - before, CHANGE: after_change - after_people}
    working = _working(baseline, outcome.assumptions)
    added = _in_order(baseline, working, rows, place)
    other = _in_order(baseline, working[::-1], rows, place)
    total = sum(values.mean() for values in added.values())
    apart = max((abs(added[code].mean() - other[code].mean()) for code in added), default=0.0)
    shapley = bool(apart > MATTERS * abs(total))
    if shapley:
        added = _shapley(baseline, working, rows, place)
    end = _total(outcome.draws[place : place + 1], rows)
    return Waterfall(service, baseline.years[place], before, steps | added, end, shapley)


def _in_order(
    baseline: Baseline, working: Sequence[_Working], rows: list[int], place: int
) -> dict[str, Floats]:
    """What each adds to the total of `rows` in one year when they work one after another."""
    year = slice(place, place + 1)
    draws = baseline.draws[year].copy()
    reached = _total(draws, rows)
    steps = {}
    for one in working:
        _apply(baseline, draws, one, year)
        now = _total(draws, rows)
        steps[one.one.code] = now - reached
        reached = now
    return steps


def _shapley(
    baseline: Baseline, working: Sequence[_Working], rows: list[int], place: int
) -> dict[str, Floats]:
    """The mean of what each adds over all orders (Shapley 1953): 2^n totals, each set in the fixed order."""
    totals: dict[frozenset[str], Floats] = {}

    def visit(draws: Draws, ahead: Sequence[_Working], here: frozenset[str]) -> None:
        if not ahead:
            totals[here] = _total(draws, rows)
            return
        visit(draws, ahead[1:], here)
        with_it = draws.copy()
        _apply(baseline, with_it, ahead[0], slice(place, place + 1))
        visit(with_it, ahead[1:], here | {ahead[0].one.code})

    visit(baseline.draws[place : place + 1], working, frozenset())
    number = len(working)
    added = {}
    for code in (one.one.code for one in working):
        added[code] = np.asarray(
            sum(
                factorial(len(before))
                * factorial(number - len(before) - 1)
                / factorial(number)
                * (totals[before | {code}] - value)
                for before, value in totals.items()
                if code not in before
            )
        )
    return added


def _total(draws: Draws, rows: list[int]) -> Floats:
    return np.asarray(draws[0][:, rows].sum(axis=(0, 1), dtype=np.float64))
