"""Indicators over invented contacts: against hand-written SQL, and all of them at once.

`SAMSPILL_CONTACTS` says how many contacts (default a million) and `SAMSPILL_EXTRACT` names an extract that is
there already, say one of 100 million for all of Norway made by `samspill data synth`.
"""

import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from benchmarks import Case

ONE = "acute-stays"
MOST_RATIO, MOST_SECONDS = 1.3, 60.0
AT = datetime(2026, 11, 23)
# The same counts as one would write them by hand: by person, then by age.
BY_HAND = """
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
SELECT area, year, stratum, coalesce(events, 0), coalesce(squares, 0), coalesce(persons, 0)
FROM below FULL JOIN above USING (area, year, stratum)
"""


def cases() -> Iterator[Case]:
    with tempfile.TemporaryDirectory(prefix="samspill-") as spare:
        named = os.environ.get("SAMSPILL_EXTRACT")
        folder = Path(named) if named else _invented(Path(spare) / "extract")
        log = Path(spare) / "questions.jsonl"
        yield {
            "name": "one standardised indicator",
            "run": partial(_run, folder, log, (ONE,)),
            "baseline": partial(_by_hand, folder),
            "work": f"{ONE}, with limits, on DuckDB in 1 GB; baseline: the counts in SQL, no limits",
            "most_ratio": MOST_RATIO,
        }
        yield {
            "name": "all indicators",
            "run": partial(_run, folder, log, ()),
            "baseline": None,
            "work": "every definition, all areas and years",
            "most_seconds": MOST_SECONDS,
            "runs": 1,
        }


def _invented(folder: Path) -> Path:
    from samspill.analysis.figures import embedded
    from samspill.analysis.indicators.synthetic import synthesise, world_of

    contacts = int(os.environ.get("SAMSPILL_CONTACTS", "1000000"))
    synthesise(world_of(embedded()[0], range(2016, 2026), 2026), folder, contacts)
    return folder


def _run(folder: Path, log: Path, ids: tuple[str, ...]) -> Any:
    from samspill.analysis.indicators import all_definitions
    from samspill.analysis.indicators.calculation import Asked, engine_of, open_data, run

    wanted = [all_definitions()[one] for one in ids or all_definitions()]
    with engine_of("duckdb", open_data(folder)) as engine:
        return run(engine, wanted, Asked("bench", AT, log))


def _by_hand(folder: Path) -> Any:
    with duckdb.connect(config={"memory_limit": "1GB"}) as connection:
        return connection.execute(BY_HAND.format(folder=folder)).fetch_arrow_table()
