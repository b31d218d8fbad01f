"""How wrong the method would have been: measured once, shown with every figure, held by a test.

The table beside this file is written by `python -m scripts.population_scores` with the data pack of all
municipalities: from each past year the method saw only what was known then. Errors and bias in per cent.
"""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from samspill.analysis.population import Score

TABLE = Path(__file__).with_name("population_scores.csv")
OSTFOLD, NORWAY = "ostfold", "norway"
"""Which figures were judged: those that come with Samspill, or all municipalities."""
OURS, NO_CHANGE, CONSTANT_RATIOS = "samspill", "no change", "constant ratios"
JUMP_OFF, HORIZON = 2016, 10
"""The trial that is told beside every figure."""
TOLD = ("80+", "67-79")


class Accuracy(NamedTuple):
    community: float
    municipality: float


@cache
def published() -> Mapping[str, tuple[Score, ...]]:
    """Every score of the table, by the figures that were judged, in the order they were written."""
    found: dict[str, list[Score]] = {OSTFOLD: [], NORWAY: []}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["figures"]].append(
                Score(
                    method=row["method"],
                    jump_off=int(row["jump_off"]),
                    horizon=int(row["horizon"]),
                    level=row["level"],
                    ages=row["ages"],
                    units=int(row["units"]),
                    error=float(row["error"]),
                    bias=float(row["bias"]),
                    covered=float(row["covered"]) if row["covered"] else None,
                )
            )
    return {figures: tuple(scores) for figures, scores in found.items()}


@cache
def errors() -> Mapping[str, Accuracy]:
    """Mean absolute error in per cent from JUMP_OFF over HORIZON years, for the ages of TOLD."""
    found = {
        (one.ages, one.level): one.error
        for one in published()[NORWAY]
        if (one.method, one.jump_off, one.horizon) == (OURS, JUMP_OFF, HORIZON)
    }
    return {ages: Accuracy(found[ages, "community"], found[ages, "municipality"]) for ages in TOLD}
