"""Demand as rows and files (CSV, Parquet): year, area, service, unit, p10, p50, p90, and the difference.

Percentiles of single rows must never be added up; the rows of the area `all` are those of the sum.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from samspill.analysis.demand.trying import Outcome
from samspill.analysis.population import FORMATS
from samspill.refusal import Refused

ALL = "all"
COLUMNS = (
    *("year", "area", "service", "side", "unit", "p10", "p50", "p90"),
    *("difference_p10", "difference_p50", "difference_p90", "verdict", "assumption"),
)


def demand_rows(outcome: Outcome) -> Iterator[tuple[object, ...]]:
    """The rows in the order of `COLUMNS`: every service, all areas together first, then each."""
    baseline = outcome.baseline
    for service in baseline.services:
        verdict = baseline.skills[service.code].verdict
        for area in (None, *baseline.areas):
            areas = None if area is None else (area,)
            bands = outcome.band(service.code, areas).tolist()
            changes = outcome.difference_band(service.code, areas).tolist()
            names = (area or ALL, service.code, service.side, service.unit)
            for year, band, change in zip(baseline.years, bands, changes, strict=True):
                yield (year, *names, *band, *change, verdict, service.assumption)


def write_demand(outcome: Outcome, path: Path) -> int:
    """Write the rows to a .csv or .parquet file, replaced when all is written; returns how many."""
    if path.suffix not in FORMATS:
        raise Refused("file_kind", f"{path.name} must end in .csv or .parquet.", field="out")
    unfinished = path.with_name(f".{path.name}.unfinished")
    rows = list(demand_rows(outcome))
    kinds = [*("INTEGER",), *("VARCHAR",) * 4, *("DOUBLE",) * 6, *("VARCHAR",) * 2]
    fields = ", ".join(f"{name} {kind}" for name, kind in zip(COLUMNS, kinds, strict=True))
    columns = dict(zip(COLUMNS, map(list, zip(*rows, strict=True)), strict=True))
    try:
        with duckdb.connect(":memory:") as connection:
            connection.execute(f"CREATE TABLE demand ({fields})")
            names = ", ".join(f"unnest(${name})" for name in COLUMNS)
            connection.execute(f"INSERT INTO demand SELECT {names}", columns)
            target = str(unfinished).replace("'", "''")
            connection.execute(f"COPY demand TO '{target}' ({FORMATS[path.suffix]})")
        unfinished.replace(path)
    except (OSError, duckdb.IOException) as problem:
        raise Refused(
            "cannot_write", f"{path} cannot be written: {problem}. Choose a folder that exists and has room."
        ) from problem
    finally:
        unfinished.unlink(missing_ok=True)
    return len(rows)
