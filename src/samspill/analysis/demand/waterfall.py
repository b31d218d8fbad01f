"""What contributes how much: steps from the jump-off to a year, within each draw, that sum to the total.

In a fixed order; when the order matters by more than 5 per cent of the total, each mitigator has its Shapley
value (Shapley 1953), the mean of what it adds over all orders.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np

from samspill.analysis.demand.baseline import PERCENTILES, Baseline, Draws
from samspill.analysis.demand.thinning import Assumptions, Working, apply, working
from samspill.analysis.demand.use import Floats

MATTERS = 0.05  # of the total: from here on the order of the steps is a choice that people must not make
POPULATION, CHANGE = "population", "change_in_use"


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


def fall(baseline: Baseline, draws: Draws, assumptions: Assumptions, service: str, place: int) -> Waterfall:
    """The waterfall of `service` in the year at `place`; `draws` are those with mitigators at work."""
    rows = baseline.rows(service)
    before = _total(baseline.draws[:1], rows)
    untouched = baseline.draws[place : place + 1]
    by_people = untouched / (baseline.change[place] / baseline.change[0])[None, ..., None]
    after_people, after_change = _total(by_people, rows), _total(untouched, rows)
    steps = {POPULATION: after_people - before, CHANGE: after_change - after_people}
    ones = working(baseline, assumptions)
    added = _in_order(baseline, ones, rows, place)
    other = _in_order(baseline, ones[::-1], rows, place)
    total = sum(values.mean() for values in added.values())
    apart = max((abs(added[code].mean() - other[code].mean()) for code in added), default=0.0)
    shapley = bool(apart > MATTERS * abs(total))
    if shapley:
        added = _shapley(baseline, ones, rows, place)
    end = _total(draws[place : place + 1], rows)
    return Waterfall(service, baseline.years[place], before, steps | added, end, shapley)


def _in_order(baseline: Baseline, ones: Sequence[Working], rows: list[int], place: int) -> dict[str, Floats]:
    """What each adds to the total of `rows` in one year when they work one after another."""
    year = slice(place, place + 1)
    draws = baseline.draws[year].copy()
    reached = _total(draws, rows)
    steps = {}
    for one in ones:
        apply(baseline, draws, one, year)
        now = _total(draws, rows)
        steps[one.one.code] = now - reached
        reached = now
    return steps


def _shapley(baseline: Baseline, ones: Sequence[Working], rows: list[int], place: int) -> dict[str, Floats]:
    """The mean of what each adds over all orders (Shapley 1953): 2^n totals, each set in the fixed order."""
    totals: dict[frozenset[str], Floats] = {}

    def visit(draws: Draws, ahead: Sequence[Working], here: frozenset[str]) -> None:
        if not ahead:
            totals[here] = _total(draws, rows)
            return
        visit(draws, ahead[1:], here)
        with_it = draws.copy()
        apply(baseline, with_it, ahead[0], slice(place, place + 1))
        visit(with_it, ahead[1:], here | {ahead[0].one.code})

    visit(baseline.draws[place : place + 1], ones, frozenset())
    number = len(ones)
    added = {}
    for code in (one.one.code for one in ones):
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
