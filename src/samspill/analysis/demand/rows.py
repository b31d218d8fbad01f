"""Demand as rows and files (CSV, Parquet): year, area, service, unit, p10, p50, p90, and the difference.

Percentiles of single rows must never be added up; the rows of the area `all` are those of the sum.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import numpy as np

from samspill.analysis.demand.baseline import PERCENTILES
from samspill.analysis.demand.trying import Outcome
from samspill.analysis.demand.use import Floats
from samspill.analysis.population import write_columns

ALL = "all"
COLUMNS = (
    *("year", "area", "service", "side", "unit", "p10", "p50", "p90"),
    *("difference_p10", "difference_p50", "difference_p90", "verdict", "assumption"),
)


def demand_rows(outcome: Outcome) -> Iterator[tuple[object, ...]]:
    """The rows in the order of `COLUMNS`: every service, all areas together first, then each."""
    baseline = outcome.baseline
    for service in baseline.services:
        told = (baseline.skills[service.code].verdict, service.assumption)
        rows = baseline.rows(service.code)
        tried, untouched = (
            one[:, :, rows].sum(axis=2, dtype=np.float64) for one in (outcome.draws, baseline.draws)
        )
        bands, changes = (_bands(values) for values in (tried, tried - untouched))
        for place, area in enumerate((ALL, *baseline.areas)):
            names = (area, service.code, service.side, service.unit)
            for row, year in enumerate(baseline.years):
                yield (year, *names, *bands[row][place], *changes[row][place], *told)


def _bands(values: Floats) -> list[list[list[float]]]:
    """Percentiles by year of all areas together, then of each; from (years, areas, draws)."""
    whole = np.concatenate([values.sum(axis=1, keepdims=True), values], axis=1)
    bands = np.moveaxis(np.percentile(whole, PERCENTILES, axis=-1), 0, -1)
    return cast(list[list[list[float]]], bands.tolist())


def write_demand(outcome: Outcome, path: Path) -> int:
    """Write the rows to a .csv or .parquet file, replaced when all is written; returns how many."""
    rows = list(demand_rows(outcome))
    columns = {name: np.asarray(cells) for name, cells in zip(COLUMNS, zip(*rows, strict=True), strict=True)}
    write_columns(columns, path)
    return len(rows)
