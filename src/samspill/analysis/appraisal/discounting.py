"""What later costs and effects are worth now. The rates are dated data with a source:
`discount_rates.yaml`.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import ArrayLike

from samspill.analysis.appraisal.outcomes import Floats
from samspill.refusal import Refused

FILE = Path(__file__).parent / "discount_rates.yaml"


@dataclass(frozen=True)
class DiscountRates:
    """`percent[i]` per year holds from `years[i]` after the start until `years[i + 1]`."""

    years: tuple[float, ...]
    percent: tuple[float, ...]
    source: str = ""
    valid_from: date | None = None

    def __post_init__(self) -> None:
        rising = all(one < other for one, other in pairwise(self.years))
        if not self.years or self.years[0] != 0 or not rising or len(self.years) != len(self.percent):
            raise Refused("discount", "Discount rates start in year 0, and their years rise.")
        if any(rate <= -100 for rate in self.percent):
            raise Refused("discount", "A discount rate must be above -100 per cent.")

    def factors(self, times: ArrayLike) -> Floats:
        """What 1 is worth at `times` years after the start (any shape): at 0 exactly 1.

        At a constant rate r this is 1/(1 + r)^t; a later rate applies to the years it covers only.
        """
        moments = np.asarray(times, dtype=np.float64)
        if not np.all(np.isfinite(moments)) or np.any(moments < 0):
            raise Refused("discount", "Times are years after the start, 0 or more.")
        ends = (*self.years[1:], np.inf)
        found = np.ones_like(moments)
        for start, end, percent in zip(self.years, ends, self.percent, strict=True):
            found *= (1 + percent / 100) ** -np.clip(moments - start, 0, end - start)
        return found


def flat(percent: float) -> DiscountRates:
    """The same rate in all years."""
    return DiscountRates((0,), (percent,))


def norwegian_rates(day: date) -> DiscountRates:
    """The rates that the Ministry of Finance has laid down and that hold on `day`.

    Refuses a day before the first that is known (`no_rates`).
    """
    holding = [one for one in _known() if one.valid_from is not None and one.valid_from <= day]
    if not holding:
        raise Refused(
            "no_rates",
            f"No discount rates are known for {day:%d.%m.%Y}. Give a later day.",
        )
    return holding[-1]


@cache
def _known() -> tuple[DiscountRates, ...]:
    rows = yaml.safe_load(FILE.read_text("utf-8"))
    known = [
        DiscountRates(
            tuple(step["years"] for step in row["rates"]),
            tuple(step["percent"] for step in row["rates"]),
            row["source"],
            row["from"],
        )
        for row in rows
    ]
    return tuple(sorted(known, key=lambda one: one.valid_from or date.min))
