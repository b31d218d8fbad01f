"""How fast scenarios are appraised: acceptability, cohort models, and a comparison of the example."""

import numpy as np

from benchmarks import Case
from samspill.analysis.appraisal import (
    Counting,
    Outcomes,
    acceptability,
    evaluate,
    example,
    flat,
    trace,
    with_staying,
)

DRAWS, STRATEGIES, LEVELS = 10_000, 5, 21
COHORTS, CYCLES, STATES = 1_000, 40, 4
COMPARED = 2_000


def cases() -> list[Case]:
    return [_acceptability(), _cohorts(), _comparison()]


def _acceptability() -> Case:
    chance = np.random.default_rng(1)
    cost = chance.gamma(20, 500, (DRAWS, STRATEGIES))
    outcomes = Outcomes(tuple("abcde"), cost, chance.normal(1, 0.1, (DRAWS, STRATEGIES)))
    levels = np.linspace(0, 1e6, LEVELS)

    def run() -> None:
        acceptability(outcomes, levels)

    def one_draw_at_a_time() -> None:
        costs, effects = outcomes.cost.tolist(), outcomes.effect.tolist()
        for level in levels.tolist():
            wins, sums, best = [0] * STRATEGIES, [0.0] * STRATEGIES, 0.0
            for cost_row, effect_row in zip(costs, effects, strict=True):
                benefit = [level * e - c for c, e in zip(cost_row, effect_row, strict=True)]
                most = max(benefit)
                wins[benefit.index(most)] += 1
                best += most
                sums = [total + one for total, one in zip(sums, benefit, strict=True)]

    return {
        "name": "appraisal: acceptability and EVPI",
        "run": run,
        "baseline": one_draw_at_a_time,
        "work": f"{DRAWS} draws, {STRATEGIES} strategies, {LEVELS} thresholds; baseline: a loop over draws",
        "runs": 5,
    }


def _cohorts() -> Case:
    moves = with_staying(np.random.default_rng(2).random((COHORTS, CYCLES, STATES, STATES)) / STATES)
    start = np.eye(STATES)[0]
    cost, quality = np.arange(STATES) * 1000.0, np.linspace(1, 0, STATES)

    def run() -> None:
        occupied = trace(start, moves, CYCLES)
        evaluate(
            occupied,
            cost=cost,
            quality=quality,
            cost_rates=flat(4),
            effect_rates=flat(4),
            counting=Counting.SIMPSON,
        )

    def one_cohort_at_a_time() -> None:
        for draw in moves:
            people, spent = start, 0.0
            for cycle in range(CYCLES):
                people = people @ draw[cycle]
                spent += float(people @ cost) / 1.04 ** (cycle + 1)

    return {
        "name": "appraisal: cohort model",
        "run": run,
        "baseline": one_cohort_at_a_time,
        "work": f"{COHORTS} draws, {CYCLES} cycles, {STATES} states; baseline: one cohort at a time",
        "runs": 5,
    }


def _comparison() -> Case:
    model = example("midwifery")

    def run() -> None:
        model.compare(draws=COMPARED)

    def each_by_itself() -> None:
        for scenario in model.scenarios:
            model.having((scenario,)).compare(draws=COMPARED)

    return {
        "name": "appraisal: four midwifery models",
        "run": run,
        "baseline": each_by_itself,
        "work": f"{COMPARED} draws of 18 figures; baseline: each model drawn by itself",
        "runs": 5,
        "most_seconds": 1.0,
    }
