"""Acute stays as one would reckon them by hand: SQL on DuckDB, then the standardised rate with its limits.

The same figures as the indicator `acute-stays`: by person first, since the same persons come again; the
European standard population of 2013; limits by Dobson from Byar's. Nothing is hidden and nothing is logged.
"""

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

COUNTS = """
WITH each AS (
    SELECT area, year, least(age - age % 5, 90) AS stratum, person, count(*) AS n
    FROM read_parquet('{folder}/contacts/**/*.parquet')
    WHERE kind = 'stay' AND urgency = 'acute' AND service = 'somatic'
    GROUP BY ALL
), above AS (
    SELECT area, year, stratum, sum(n) AS events, sum(n * n) AS squares FROM each GROUP BY ALL
), below AS (
    SELECT area, year, least(age - age % 5, 90) AS stratum, sum(persons) AS persons
    FROM read_parquet('{folder}/population/**/*.parquet') GROUP BY ALL
)
SELECT area, year::INTEGER AS year, (stratum // 5)::INTEGER AS stratum, coalesce(events, 0)::DOUBLE AS events,
    coalesce(squares, 0)::DOUBLE AS squares, coalesce(persons, 0)::DOUBLE AS persons
FROM below FULL JOIN above USING (area, year, stratum)
"""
WEIGHTS = np.array([50, 55, 55, 55, 60, 60, 65, 70, 70, 70, 70, 65, 60, 55, 50, 40, 25, 15, 10]) / 1000
PER, Z, FEWEST = 1000, 1.959963984540054, 10
MEMORY = "1GB"


def acute_stays(folder: Path) -> pa.Table:
    """Area, year, value, lower, upper; NaN below ten stays, and where an age has nobody."""
    with duckdb.connect(config={"memory_limit": MEMORY}) as connection:
        rows = connection.execute(COUNTS.format(folder=folder)).to_arrow_table()
    areas = rows["area"].combine_chunks().dictionary_encode()
    years, year = np.unique(rows["year"].to_numpy(), return_inverse=True)
    cell = areas.indices.to_numpy() * len(years) + year, rows["stratum"].to_numpy()
    shape = (len(areas.dictionary) * len(years), len(WEIGHTS))
    events, squares, persons = (np.zeros(shape) for _ in range(3))
    for name, into in (("events", events), ("squares", squares), ("persons", persons)):
        into[cell] = rows[name].to_numpy()
    names = np.repeat(areas.dictionary.to_numpy(zero_copy_only=False), len(years))
    figures = dict(zip(("value", "lower", "upper"), standardised(events, squares, persons), strict=True))
    return pa.table({"area": names, "year": np.tile(years, len(areas.dictionary)), **figures})


def standardised(
    events: np.ndarray, squares: np.ndarray, persons: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    share = WEIGHTS / np.where(persons > 0, persons, np.nan)
    value, variance = (share * events).sum(axis=1), (share**2 * squares).sum(axis=1)
    total = np.where(events.sum(axis=1) >= FEWEST, events.sum(axis=1), np.nan)
    lower = total * (1 - 1 / (9 * total) - Z / (3 * np.sqrt(total))) ** 3
    upper = (total + 1) * (1 - 1 / (9 * (total + 1)) + Z / (3 * np.sqrt(total + 1))) ** 3
    width = np.sqrt(variance / total)
    return (
        PER * value + 0 * total,
        PER * (value + width * (lower - total)),
        PER * (value + width * (upper - total)),
    )
