"""What if: mitigators and their sizes on a frozen baseline, both sides, and what contributes how much.

Common random numbers: the draws of the baseline and of each mitigator are the same whatever else is asked,
so differences are taken within the draw, percentiles last. A size of 0 changes nothing, to the last bit.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from samspill.analysis.demand.baseline import PERCENTILES, Baseline, Draws, total_of
from samspill.analysis.demand.thinning import Assumptions, Moved, apply, working
from samspill.analysis.demand.use import Floats
from samspill.analysis.demand.waterfall import Waterfall, fall
from samspill.refusal import Refused


@dataclass(frozen=True, eq=False)
class Outcome:
    """The answer: `draws` as the baseline's, with the mitigators at work. See `Baseline` for the shapes."""

    baseline: Baseline
    assumptions: Assumptions
    draws: Draws
    moved: tuple[Moved, ...]

    @property
    def fingerprint(self) -> str:
        """sha256 over the baseline's fingerprint and the assumptions."""
        tried = [sorted(one.items()) for one in vars(self.assumptions).values()]
        return hashlib.sha256(repr((self.baseline.fingerprint, tried)).encode()).hexdigest()

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
        place = _year(self.baseline, year)
        return fall(self.baseline, self.draws, self.assumptions, service, place)


def what_if(baseline: Baseline, assumptions: Assumptions) -> Outcome:
    """Answer `assumptions` on the frozen `baseline`; a fraction of a second for a helsefellesskap.

    Refuses a mitigator there is not (`unknown_mitigator`), a size outside 0 to 2 (`size`), a range that is
    none (`interval`). Memory: once more the draws of the baseline.
    """
    ones = working(baseline, assumptions)
    draws = baseline.draws.copy() if ones else baseline.draws
    moved = tuple(apply(baseline, draws, one, slice(None)) for one in ones)
    return Outcome(baseline, assumptions, draws, moved)


def _year(baseline: Baseline, year: int) -> int:
    if year not in baseline.years:
        raise Refused(
            "year_missing",
            f"The baseline runs from {baseline.years[0]} to {baseline.years[-1]}, and {year} is outside.",
            field="year",
        )
    return baseline.years.index(year)
