"""The use that comes with the code: four series of Østfold's 13 municipalities, 2021-2025.

Statistics Norway, tables 12292, 11645, 04686 and 11924, CC BY 4.0. A blank cell is suppressed, never 0.
"""

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np

from samspill.analysis.demand.use import Use
from samspill.refusal import Refused

FILE = Path(__file__).parent / "ostfold_use.csv"
KEYS = ("service", "municipality")


@cache
def embedded_use() -> dict[str, Use]:
    """Published use by series."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return read_use(csv.DictReader(file))


def read_use(rows: Iterable[dict[str, str]]) -> dict[str, Use]:
    """Rows of service, municipality and a column per year. Refuses what is no number (`bad_value`)."""
    found: dict[str, dict[str, list[float]]] = {}
    years: tuple[int, ...] = ()
    for row in rows:
        years = tuple(int(key) for key in row if key not in KEYS)
        cells = [_number(row[str(year)], row, year) for year in years]
        found.setdefault(row["service"], {})[row["municipality"]] = cells
    return {
        service: Use(service, years, tuple(areas), np.array(list(areas.values())).T)
        for service, areas in found.items()
    }


def _number(cell: str, row: dict[str, str], year: int) -> float:
    if not cell:
        return float("nan")
    try:
        return float(cell)
    except ValueError as problem:
        raise Refused(
            "bad_value", f"{row['service']} of {row['municipality']} in {year} is {cell}, not a number."
        ) from problem
