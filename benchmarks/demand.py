"""How fast demand is told for a helsefellesskap, from scratch and as an answer to what if."""

from benchmarks import Case
from samspill.analysis.demand import (
    Assumptions,
    catalogue,
    embedded_use,
    freeze,
    measured,
    mitigators,
    what_if,
)
from samspill.analysis.figures import embedded
from samspill.analysis.population import project

JUMP_OFF, TO, DRAWS = 2026, 2050, 256
WORK = f"13 municipalities, {TO - JUMP_OFF} years, {DRAWS} draws"


def cases() -> list[Case]:
    """From scratch (with the population), against one service at a time; and a what-if on the frozen one."""
    history, rates, _ = embedded()
    people = project(history, rates, jump_off=JUMP_OFF, to=TO, draws=DRAWS)
    baseline = freeze(people, history, actual=embedded_use(), skills=measured())
    tried = Assumptions(dict.fromkeys(mitigators(), 1.0))

    def from_scratch() -> None:
        futures = project(history, rates, jump_off=JUMP_OFF, to=TO, draws=DRAWS)
        what_if(freeze(futures, history, actual=embedded_use(), skills=measured()), tried)

    def one_at_a_time() -> None:
        for code in catalogue():
            futures = project(history, rates, jump_off=JUMP_OFF, to=TO, draws=DRAWS)
            freeze(futures, history, actual=embedded_use(), skills=measured(), services=(code,))

    def answer() -> None:
        outcome = what_if(baseline, tried)
        outcome.sides(TO)
        outcome.waterfall("hospital_bed_days", TO)

    def frozen_again() -> None:
        what_if(freeze(people, history, actual=embedded_use(), skills=measured()), tried).sides(TO)

    return [
        {
            "name": "demand: Østfold to 2050, from scratch",
            "run": from_scratch,
            "baseline": one_at_a_time,
            "work": f"{WORK}; baseline: one service at a time",
            "runs": 3,
            "most_seconds": 5.0,
        },
        {
            "name": "demand: a what-if answer",
            "run": answer,
            "baseline": frozen_again,
            "work": f"{WORK}, {len(tried.sizes)} mitigators; baseline: freezing again each time",
            "runs": 5,
            "most_seconds": 1.0,
        },
    ]
