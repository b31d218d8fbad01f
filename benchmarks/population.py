"""How fast the population is projected: the demonstration's municipalities, and all of the nation's."""

import warnings
from pathlib import Path

from benchmarks import Case
from samspill.analysis.figures import embedded
from samspill.analysis.packs import open_pack
from samspill.analysis.population import project

PACK = Path(__file__).resolve().parents[2] / "shared" / "data"
JUMP_OFF, TO, DRAWS = 2026, 2040, 300


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

    def run() -> None:
        project(history, rates, jump_off=JUMP_OFF, to=TO)

    def one_by_one() -> None:
        for area in history.areas:
            project(history.only((area,)), rates, jump_off=JUMP_OFF, to=TO)

    return [
        {
            "name": "population: all municipalities to 2040",
            "run": run,
            "baseline": one_by_one,
            "work": f"{len(history.areas)} municipalities, {TO - JUMP_OFF} years; baseline: one at a time",
            "runs": 5,
        }
    ]
