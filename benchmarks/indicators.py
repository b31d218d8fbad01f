"""Indicators over invented contacts: one against SQL and numpy by hand, and all of them at once.

`SAMSPILL_CONTACTS` says how many contacts (default ten million; with few, most of the time is the tenth of a
second it takes to put the question) and `SAMSPILL_EXTRACT` names an extract that is there already, say one of
100 million for all of Norway made by `samspill data synth`. Memory is the most that a program of its own
held, with Python and its libraries (0.2 GB).
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks import Case
from benchmarks.indicators_by_hand import MEMORY, acute_stays

ONE = "acute-stays"
MOST_RATIO, MOST_SECONDS = 1.3, 60.0
AT = datetime(2026, 11, 23)
SAME = 1e-9  # of a figure
MEASURE = """
import resource, sys
from pathlib import Path
from benchmarks.indicators import refreshed, reckoned
if __name__ == "__main__":
    folder, log, *ids = sys.argv[1:]
    reckoned(Path(folder), Path(log), tuple(ids)) if ids else refreshed(Path(folder), Path(log))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def cases() -> Iterator[Case]:
    with tempfile.TemporaryDirectory(prefix="samspill-") as spare:
        named = os.environ.get("SAMSPILL_EXTRACT")
        folder = Path(named) if named else _invented(Path(spare) / "extract")
        log = Path(spare) / "questions.jsonl"
        yield {
            "name": "one standardised indicator",
            "run": partial(reckoned, folder, log, (ONE,)),
            "baseline": partial(acute_stays, folder),
            "work": f"{ONE} with limits, {_contacts(folder)}; {_memory(folder, log, ONE)}; baseline: SQL on"
            f" DuckDB in {MEMORY} and numpy by hand, {_same(folder, log)}",
            "most_ratio": MOST_RATIO,
        }
        yield {
            "name": "all indicators",
            "run": partial(refreshed, folder, log),
            "baseline": None,
            "work": f"every definition, all areas and years, with the checks; {_memory(folder, log)}",
            "most_seconds": MOST_SECONDS,
            "runs": 1,
        }


def _invented(folder: Path) -> Path:
    from samspill.analysis.figures import embedded
    from samspill.analysis.indicators.synthetic import synthesise, world_of

    contacts = int(os.environ.get("SAMSPILL_CONTACTS", "10000000"))
    synthesise(world_of(embedded()[0], range(2016, 2026), 2026), folder, contacts)
    return folder


def reckoned(folder: Path, log: Path, ids: tuple[str, ...]) -> pa.Table:
    """The answer of some indicators; of all when none is named."""
    from samspill.analysis.indicators import all_definitions
    from samspill.analysis.indicators.calculation import Asked, engine_of, open_data, run

    wanted = [all_definitions()[one] for one in ids or all_definitions()]
    with engine_of("duckdb", open_data(folder)) as engine:
        return run(engine, wanted, Asked("bench", AT, log))


def refreshed(folder: Path, log: Path) -> pa.Table:
    """All of them, from rows that were checked."""
    from samspill.analysis.indicators.calculation import check_data, open_data

    check_data(open_data(folder))
    return reckoned(folder, log, ())


def _contacts(folder: Path) -> str:
    import pyarrow.dataset as ds

    return f"{ds.dataset(folder / 'contacts').count_rows() / 1e6:g} million contacts"


def _memory(folder: Path, log: Path, *ids: str) -> str:
    told = subprocess.run(
        [sys.executable, "-c", MEASURE, str(folder), str(log), *ids],
        capture_output=True,
        text=True,
        check=True,
    )
    return f"at most {int(told.stdout.split()[-1]) / 1e6:.2f} GB"


def _same(folder: Path, log: Path) -> str:
    """Whether both come to the same figures, where they are shown."""
    ours, by_hand = reckoned(folder, log, (ONE,)), _ordered(acute_stays(folder))
    shown = ours["flag"].to_numpy() == 0
    pairs = [
        (ours[name].to_numpy()[shown], by_hand[name].to_numpy()[shown])
        for name in ("value", "lower", "upper")
    ]
    same = all(np.allclose(one, other, rtol=SAME, atol=0) for one, other in pairs)
    return "the same figures" if same else "OTHER FIGURES"


def _ordered(rows: pa.Table) -> pa.Table:
    return rows.sort_by([("area", "ascending"), ("year", "ascending")])
