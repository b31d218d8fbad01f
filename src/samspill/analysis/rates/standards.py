"""The populations rates are standardised to, as dated and sourced in `standards.yaml`."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import yaml

from samspill.analysis.rates.checks import Floats
from samspill.refusal import Refused

STANDARDS = Path(__file__).with_name("standards.yaml")


@dataclass(frozen=True)
class Standard:
    """Persons of 100,000 in each age group: `ages` are the first years of the groups, the last is open."""

    code: str
    ages: tuple[int, ...]
    weights: tuple[float, ...]
    applies_from: date
    source: str
    licence: str
    note: str

    def as_array(self) -> Floats:
        return np.array(self.weights, dtype=np.float64)


@cache
def standards() -> dict[str, Standard]:
    """The standard populations by code."""
    rows = yaml.safe_load(STANDARDS.read_text("utf-8"))
    return {
        code: Standard(
            code,
            tuple(row["ages"]),
            tuple(map(float, row["weights"])),
            row["from"],
            row["source"],
            row["licence"],
            row["note"],
        )
        for code, row in rows.items()
    }


def standard_population(code: str = "european_2013") -> Standard:
    """One of them. Refuses a code that is not there (`unknown_standard`)."""
    try:
        return standards()[code]
    except KeyError:
        raise Refused(
            "unknown_standard",
            f"There is no standard population {code}; there are {', '.join(standards())}.",
            field="standard",
            facts={"where": code},
        ) from None
