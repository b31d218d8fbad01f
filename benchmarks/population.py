"""How fast the population is projected: the demonstration's municipalities, and all of the nation's."""

import subprocess
import sys
import warnings
from pathlib import Path

from benchmarks import Case
from samspill.analysis.figures import embedded
from samspill.analysis.packs import open_pack
from samspill.analysis.population import project, simulate

PACK = Path(__file__).resolve().parents[2] / "shared" / "data"
JUMP_OFF, TO, DRAWS = 2026, 2040, 300
FAR, MANY = 2050, 1000
MEASURE = """
import resource, sys
from pathlib import Path
from samspill.analysis.packs import open_pack
from samspill.analysis.population import simulate
if __name__ == "__main__":
    pack = open_pack(Path(sys.argv[1]))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    simulate(pack.history(), pack.rates(), jump_off=2026, to=2050, draws=1000)
    each = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(each[0], each[1])
"""


def cases() -> list[Case]:
    """Two cases; the second needs the open data and says so when it is not there."""
    return [_ostfold(), *_nation()]


def _ostfold() -> Case:
    history, rates, _ = embedded()

    def run() -> None:
        project(history, rates, jump_off=JUMP_OFF, to=TO, draws=DRAWS)

    def one_at_a_time() -> None:
        for seed in range(DRAWS):
            project(history, rates, jump_off=JUMP_OFF, to=TO, draws=1, seed=seed)

    return {
        "name": "population: Østfold to 2040",
        "run": run,
        "baseline": one_at_a_time,
        "work": f"13 municipalities, {TO - JUMP_OFF} years, {DRAWS} draws; baseline: one future at a time",
        "runs": 5,
    }


def _nation() -> list[Case]:
    if not PACK.is_dir():
        warnings.warn(f"NOT MEASURED: all municipalities; there is no data pack at {PACK}", stacklevel=2)
        return []
    pack = open_pack(PACK)
    history, rates = pack.history(), pack.rates()

    def one_by_one() -> None:
        for area in history.areas:
            project(history.only((area,)), rates, jump_off=JUMP_OFF, to=TO)

    def many() -> None:
        simulate(history, rates, jump_off=JUMP_OFF, to=FAR, draws=MANY)

    def many_alone() -> None:
        simulate(history, rates, jump_off=JUMP_OFF, to=FAR, draws=MANY, processes=1)

    areas = len(history.areas)
    return [
        {
            "name": "population: all municipalities to 2050",
            "run": lambda: project(history, rates, jump_off=JUMP_OFF, to=FAR),
            "baseline": one_by_one,
            "work": f"{areas} municipalities, {FAR - JUMP_OFF} years; baseline: one at a time to {TO}",
            "runs": 5,
            "most_seconds": 1.0,
        },
        {
            "name": "population: 1,000 draws of all municipalities to 2050",
            "run": many,
            "baseline": many_alone,
            "work": f"{areas} municipalities, {FAR - JUMP_OFF} years, {MANY} draws, {_memory()}; "
            "baseline: one process",
            "runs": 1,
            "most_seconds": 30.0,
        },
    ]


def _memory() -> str:
    """The most memory that the many draws hold, in a program of their own."""
    told = subprocess.run(
        [sys.executable, "-c", MEASURE, str(PACK)], capture_output=True, text=True, check=True
    )
    main, each = (int(part) / 1e6 for part in told.stdout.split())
    return f"at most {main:.2f} GB and {each:.2f} GB in each process"
