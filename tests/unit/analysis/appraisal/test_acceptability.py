"""Acceptability, frontier, loss and EVPI against a slow loop, hand calculation and what must always hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.analysis.appraisal import (
    Outcomes,
    acceptability,
    compare_strategies,
    enough_draws,
    population_value,
)
from samspill.refusal import Refused

NAMES = ("today", "team", "home")


def outcomes(draws: int = 500, *, seed: int = 1) -> Outcomes:
    chance = np.random.default_rng(seed)
    cost = chance.gamma(20, (500, 600, 650), (draws, 3))
    effect = chance.normal((1, 1.1, 1.12), 0.1, (draws, 3))
    return Outcomes(NAMES, cost, effect)


def slow(found: Outcomes, threshold: float) -> tuple[list[float], float]:
    """Probability of each and EVPI, one draw at a time."""
    wins, best_sum, sums = [0, 0, 0], 0.0, [0.0, 0.0, 0.0]
    for cost, effect in zip(found.cost, found.effect, strict=True):
        benefit = [threshold * e - c for c, e in zip(cost, effect, strict=True)]
        wins[benefit.index(max(benefit))] += 1
        best_sum += max(benefit)
        sums = [a + b for a, b in zip(sums, benefit, strict=True)]
    return [win / found.draws for win in wins], (best_sum - max(sums)) / found.draws


@pytest.mark.parametrize("threshold", [0, 10_000, 50_000])
def test_fast_is_slow(threshold: float) -> None:
    found = outcomes()
    ours = acceptability(found, [threshold])
    probability, evpi = slow(found, threshold)
    assert ours.probability[0] == pytest.approx(probability, abs=1e-12)
    assert ours.evpi[0] == pytest.approx(evpi, rel=1e-9)


def test_five_draws_by_hand() -> None:
    """Made by hand in the manner of Briggs, Claxton & Sculpher 2006, table 6.1: net benefit of A and B.

    A 9, 12, 14, 11, 14: mean 12; B 12, 10, 20, 10, 13: mean 13; best of each 12, 12, 20, 11, 14: mean 13.8.
    """
    benefit = np.array([[9, 12], [12, 10], [14, 20], [11, 10], [14, 13]], dtype=float)
    ours = acceptability(Outcomes(("A", "B"), -benefit, np.zeros((5, 2))), [0])
    assert ours.mean[0] == pytest.approx([12, 13], abs=1e-12)
    assert ours.best == (1,)
    assert ours.probability[0] == pytest.approx([0.6, 0.4], abs=1e-12)
    assert ours.frontier[0] == pytest.approx(0.4, abs=1e-12)
    assert ours.expected_loss[0] == pytest.approx([1.8, 0.8], abs=1e-12)
    assert ours.evpi[0] == pytest.approx(0.8, abs=1e-12)


def test_means_are_compared_as_strategies() -> None:
    found = outcomes()
    first = found.means()[0]
    assert (first.name, first.cost) == ("today", pytest.approx(found.cost[:, 0].mean()))
    assert len(compare_strategies(found.means())) == 3


def test_ties_go_to_the_strategy_named_first() -> None:
    same = Outcomes(("A", "B"), np.ones((4, 2)), np.ones((4, 2)))
    ours = acceptability(same, [0, 100])
    assert ours.probability.tolist() == [[1, 0], [1, 0]]
    assert ours.best == (0, 0)


@given(st.integers(0, 1000), st.integers(1, 40))
def test_probabilities_sum_to_one_and_information_is_never_worth_less_than_nothing(
    seed: int, draws: int
) -> None:
    ours = acceptability(outcomes(draws, seed=seed), [0, 1e4, 1e5, 1e6])
    assert ours.probability.sum(axis=1) == pytest.approx(np.ones(4), abs=1e-12)
    assert np.all(ours.evpi >= 0)
    assert np.all(ours.expected_loss >= ours.evpi[:, None] - 1e-9 * abs(ours.mean).max())


def test_one_draw_leaves_nothing_to_learn() -> None:
    assert acceptability(outcomes(1), [0, 1e4, 1e5]).evpi.tolist() == [0, 0, 0]


def test_another_currency_scales_values_and_leaves_probabilities() -> None:
    found = outcomes()
    twice = Outcomes(NAMES, 2 * found.cost, found.effect)
    ours, theirs = acceptability(found, [3e4]), acceptability(twice, [6e4])
    assert np.array_equal(ours.probability, theirs.probability)
    assert theirs.evpi == pytest.approx(2 * ours.evpi)


def test_the_value_to_all_who_are_affected_is_discounted() -> None:
    assert population_value([2.0], [100, 100], [1, 0.5]) == pytest.approx([300])
    with pytest.raises(Refused, match="same years"):
        population_value([2.0], [100], [1, 0.5])


def test_a_normal_outcome_needs_fifteen_hundred_draws() -> None:
    """(1 / (0.01 · 2 · 1.2816))² = 1 522.2."""
    chance = np.random.default_rng(3)
    few, many = enough_draws(chance.normal(size=400)), enough_draws(chance.normal(size=40_000))
    assert not few.enough and many.enough
    assert many.needed == pytest.approx(1523, rel=0.03)
    assert many.error == pytest.approx(1 / 200, rel=0.05)


def test_precision_of_draws_without_spread() -> None:
    sure = enough_draws([4.0, 4.0, 4.0])
    assert (sure.enough, sure.needed, sure.error) == (True, 1, 0)
    with pytest.raises(Refused, match="no width"):
        enough_draws([0.0] * 99 + [1.0])
    with pytest.raises(Refused, match="two draws"):
        enough_draws([1.0])


@pytest.mark.parametrize(
    ("cost", "effect", "code"),
    [
        (np.ones((3, 2)), np.ones((3, 3)), "outcome_shape"),
        (np.ones((4, 3)), np.ones((3, 3)), "outcome_shape"),
        (np.ones((0, 3)), np.ones((0, 3)), "outcome_shape"),
        (np.full((3, 3), np.nan), np.ones((3, 3)), "not_a_number"),
    ],
)
def test_draws_that_do_not_fit_are_refused(cost: np.ndarray, effect: np.ndarray, code: str) -> None:
    with pytest.raises(Refused) as refused:
        Outcomes(NAMES, cost, effect)
    assert refused.value.code == code


@pytest.mark.parametrize("thresholds", [[], [-1], [2, 1], [1, 1], [float("nan")]])
def test_thresholds_that_do_not_rise_are_refused(thresholds: list[float]) -> None:
    with pytest.raises(Refused) as refused:
        acceptability(outcomes(3), thresholds)
    assert refused.value.code == "thresholds"
