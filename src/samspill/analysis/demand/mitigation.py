"""What may change demand beside the population: ranges with their evidence, read from `mitigators.yaml`.

A factor given as an 80 % interval [lo, hi] is drawn N((lo + hi)/2, (hi − lo)/2.563) (NHP model, The Strategy
Unit), the same in every year of a draw. It works on expected use: Poisson thinning is closed, so that
thinning what is expected gives the same distribution as thinning single stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from samspill.analysis.demand.services import catalogue, interval
from samspill.analysis.demand.use import Floats
from samspill.refusal import Refused

HERE = Path(__file__).parent
EIGHTY = 2.563  # standard deviations across an 80 % interval of the normal distribution
NEEDED = ("code", "name", "services", "factor", "years", "counts", "returns", "saved", "source")
KEYS = {*NEEDED, "parts", "ages", "assumption"}


@dataclass(frozen=True)
class Return:
    """`share` of the units that are taken away comes back as `amount` units each of `service`.

    Each unit of `service` needs `nurses` FTE; they are counted with the nurses in municipal care.
    """

    service: str
    share: float
    amount: float
    nurses: float = 0.0


@dataclass(frozen=True)
class Mitigator:
    """One way that demand may change, in full after `years`.

    It works on the `parts` (all when empty) of `services`, for persons from the age `ages`. `counts` is the
    service whose avoided units are accounted for: by `returns`, and by `saved`, with the reason `because`.
    """

    code: str
    name: str
    services: tuple[str, ...]
    factor: tuple[float, float]
    years: int
    counts: str
    returns: tuple[Return, ...]
    saved: float
    because: str
    source: str
    parts: tuple[str, ...] = ()
    ages: int = 0
    assumption: str = ""

    def draw(self, chance: np.random.Generator, draws: int) -> Floats:
        """The factor in full effect, (draws,); never negative."""
        low, high = self.factor
        drawn = (low + high) / 2 + (high - low) / EIGHTY * chance.standard_normal(draws)
        return np.maximum(drawn, 0.0)


@cache
def mitigators() -> dict[str, Mitigator]:
    """All mitigators by code, in the order they work."""
    return read_mitigators((HERE / "mitigators.yaml").read_text("utf-8"))


def read_mitigators(text: str) -> dict[str, Mitigator]:
    """Mitigators as written in YAML.

    Refuses a key nobody reads or that lacks, a service there is not (`unknown_service`), and bed-days that
    are neither found again nor saved (`unaccounted`).
    """
    found = {}
    for row in yaml.safe_load(text):
        place = f"mitigators.yaml, {row.get('code', 'one without a code')}"
        wrong = [*(set(row) - KEYS), *(key for key in NEEDED if key not in row)]
        if wrong:
            raise Refused("unknown_key", f"{place}: {', '.join(sorted(wrong))} is missing or not known.")
        found[row["code"]] = _mitigator(row, place)
    return found


def _mitigator(row: Mapping[str, Any], place: str) -> Mitigator:
    nested = [
        (row["saved"], {"share", "because"}),
        *((one, {"service", "share", "amount", "nurses"}) for one in row["returns"]),
    ]
    for one, keys in nested:
        if set(one) | {"nurses"} != keys | {"nurses"}:
            raise Refused("unknown_key", f"{place}: {one} must have {', '.join(sorted(keys))}, and no more.")
    returns = tuple(Return(**one) for one in row["returns"])
    named = (*row["services"], row["counts"], *(one.service for one in returns))
    unknown = sorted(set(named) - set(catalogue()))
    if unknown:
        raise Refused("unknown_service", f"{place}: there is no service {', '.join(unknown)}.")
    shares = [one.share for one in returns] + [row["saved"]["share"]]
    if min(shares) < 0 or abs(sum(shares) - 1) > 1e-9:
        raise Refused(
            "unaccounted",
            f"{place}: the shares that come back and are saved sum to {sum(shares):g}, and must sum to 1. "
            "Say where every unit goes.",
        )
    return Mitigator(
        code=row["code"],
        name=row["name"],
        services=tuple(row["services"]),
        factor=interval(row["factor"], place),
        years=row["years"],
        counts=row["counts"],
        returns=returns,
        saved=row["saved"]["share"],
        because=row["saved"]["because"],
        source=row["source"],
        parts=tuple(row.get("parts", ())),
        ages=row.get("ages", 0),
        assumption=row.get("assumption", ""),
    )
