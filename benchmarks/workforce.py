"""How fast a what-if about staff is answered, and a work force projected: six professions, 256 draws."""

from benchmarks import Case
from samspill.analysis.workforce import (
    Frozen,
    Measure,
    close,
    demand_like_now,
    draw_shocks,
    follow,
    freeze,
    ostfold,
    project_staff,
    steady_growth,
    uncertainty,
)

TO, DRAWS, SEED = 2040, 256, 2026
MEASURES = (Measure("retention", 0.2, "nurse"), Measure("training_places", 20, "midwife", start=2028))


def cases() -> list[Case]:
    """A projection against one future at a time, a what-if, and a search for a lever's value."""
    frozen = _frozen()
    return [_projection(), _what_if(frozen), _closing(frozen)]


def _frozen() -> Frozen:
    baseline = ostfold()
    shocks = draw_shocks(
        uncertainty(), baseline.professions, years=TO - baseline.year, draws=DRAWS, seed=SEED
    )
    growth = steady_growth(shocks, percent=1, low=0, high=2, seed=SEED)
    demand = demand_like_now(baseline, follow(baseline, shocks), growth, vacancy=0.04)
    return freeze(baseline, uncertainty(), demand, draws=DRAWS, seed=SEED)


def _projection() -> Case:
    def run() -> None:
        project_staff(ostfold(), uncertainty(), to=TO, draws=DRAWS, seed=SEED)

    def one_at_a_time() -> None:
        for seed in range(DRAWS):
            project_staff(ostfold(), uncertainty(), to=TO, draws=1, seed=seed)

    return {
        "name": "workforce: projection to 2040",
        "run": run,
        "baseline": one_at_a_time,
        "work": f"6 professions, 3 sectors, 57 ages, {DRAWS} draws; baseline: one future at a time",
        "runs": 5,
        "most_seconds": 1.0,
    }


def _what_if(frozen: Frozen) -> Case:
    def run() -> None:
        frozen.what_if(MEASURES)

    def anew() -> None:
        _frozen().what_if(MEASURES)

    return {
        "name": "workforce: what-if",
        "run": run,
        "baseline": anew,
        "work": f"two measures to {TO}, {DRAWS} draws; baseline: the draws and the baseline made anew",
        "runs": 7,
        "most_seconds": 0.5,
    }


def _closing(frozen: Frozen) -> Case:
    def run() -> None:
        close(frozen, Measure("recruitment", 0, "nurse"), profession="nurse", year=2035)

    return {
        "name": "workforce: what it would take",
        "run": run,
        "baseline": None,
        "work": f"the value of a lever that closes the gap of nurses in 2035, {DRAWS} draws",
        "runs": 5,
        "most_seconds": 2.0,
    }
