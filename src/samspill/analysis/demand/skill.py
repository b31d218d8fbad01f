"""How wrong the curves would have been: every curve stands beside its back-test against «no change».

The true population is handed in, so that the error is that of the use alone. Error is weighted: the sum of
absolute errors over the sum of what came, in per cent; bias the same without the absolute value.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import NDArray

from samspill.analysis.demand.change import NO_CHANGE, TESTED, Recipe, forecast
from samspill.analysis.demand.use import Floats, Need, Use
from samspill.refusal import Refused

METHODS = {
    "no_change": NO_CHANGE,
    "per_resident": Recipe(("per_resident",), "last"),
    "constant_use": Recipe(("constant_use",), "last"),
    "change_in_use": Recipe(("change_in_use",), "last"),
}
OURS = "ours"
BETTER, NONE, UNTESTED = "better", "none", "untested"


@dataclass(frozen=True)
class Score:
    """Error and bias in per cent of one method, `ahead` years from the `jump_offs`; `units` were compared."""

    method: str
    error: float
    bias: float


@dataclass(frozen=True)
class Skill:
    """What a back-test says of one service.

    `verdict`: «better» than no change; «none», and then the flat line is what is drawn; «untested», where
    there is no history to test on. `spread_region` and `spread_area` are standard deviations of the log error
    at `ahead` years: what all areas had in common, and what each had for itself, to which comes the variance
    `spread_size` over the use, as small areas err more.
    """

    service: str
    verdict: str
    ahead: int = TESTED
    jump_offs: tuple[int, ...] = ()
    units: int = 0
    scores: tuple[Score, ...] = ()
    spread_region: float = 0.0
    spread_area: float = 0.0
    spread_size: float = 0.0

    def of(self, method: str) -> Score:
        """The score of a method. Refuses one that was not tested (`unknown_method`)."""
        for score in self.scores:
            if score.method == method:
                return score
        raise Refused("unknown_method", f"{self.service} has no back-test of {method}.", field="method")

    @property
    def gain(self) -> float:
        """How much smaller the error is than that of no change, in per cent of it."""
        return 100 * (1 - self.of(OURS).error / self.of("no_change").error) if self.scores else 0.0


def untested(service: str) -> Skill:
    """There is no history to test `service` on."""
    return Skill(service, UNTESTED)


def backtest(use: Use, need: Need, recipe: Recipe, *, jump_offs: Sequence[int], ahead: int = TESTED) -> Skill:
    """Carry `use` forward from each of `jump_offs` with nothing later, and compare `ahead` years on.

    Areas that are not published at the jump-off or in the end are left out. Refuses when a year lacks
    (`year_missing`) and when nothing can be compared (`nothing_to_compare`).
    """
    methods = {OURS: recipe, **METHODS}
    found: dict[str, list[Floats]] = {name: [] for name in methods}
    actual: list[Floats] = []
    starts: list[int] = []
    for start in sorted(set(jump_offs)):
        true, keep = _true(use, start, start + ahead)
        known = use.until(start)
        future = need.of(tuple(range(start, start + ahead + 1)))
        for name, one in methods.items():
            found[name].append(forecast(known, need, future, one).count[-1, keep])
        actual.append(true[keep])
        starts += [start] * int(keep.sum())
    true = np.concatenate(actual) if actual else np.zeros(0)
    if not true.sum() > 0:
        raise Refused("nothing_to_compare", f"No area has {use.service} both at the jump-off and later.")
    scores = tuple(_score(name, np.concatenate(values), true) for name, values in found.items())
    verdict = BETTER if scores[0].error < scores[1].error else NONE
    drawn = np.concatenate(found[OURS if verdict == BETTER else "no_change"])
    spread = _spread(np.log(drawn / np.maximum(true, 1)), np.asarray(starts), true)
    return Skill(use.service, verdict, ahead, tuple(sorted(set(jump_offs))), len(true), scores, *spread)


def _true(use: Use, start: int, end: int) -> tuple[Floats, np.ndarray]:
    for year in (start, end):
        if year not in use.years:
            raise Refused(
                "year_missing",
                f"There is no use of {use.service} for {year}; the figures hold {use.years[0]} to "
                f"{use.years[-1]}. Choose another jump-off.",
                field="jump_off",
            )
    first, last = (use.values[use.years.index(year)] for year in (start, end))
    return last, np.isfinite(first) & np.isfinite(last) & (first > 0)


def _score(method: str, found: Floats, true: Floats) -> Score:
    wrong = found - true
    total = true.sum() / 100
    return Score(method, float(np.abs(wrong).sum() / total), float(wrong.sum() / total))


def _spread(logs: Floats, starts: NDArray[np.intp], true: Floats) -> tuple[float, float, float]:
    """What the areas of a jump-off had in common, and what each had: squared, a constant and one by size.

    Small areas err more: the squared error around the common one is fitted by a + b / use, neither negative
    (Lawson & Hanson 1974, non-negative least squares).
    """
    common = {start: np.average(logs[starts == start], weights=true[starts == start]) for start in starts}
    around = logs - np.array([common[start] for start in starts])
    together = float(np.sqrt(np.mean(np.square(list(common.values())))))
    weight = np.sqrt(np.maximum(true, 1))
    sides = np.column_stack([np.ones_like(true), 1 / np.maximum(true, 1)])
    (level, by_size), _ = scipy.optimize.nnls(sides * weight[:, None], around**2 * weight)
    return together, float(np.sqrt(level)), float(by_size)
