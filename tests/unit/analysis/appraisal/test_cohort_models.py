"""Cohort models against a re-analysed published model, a slow loop and closed forms."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.analysis.appraisal import (
    Counting,
    Totals,
    counting_weights,
    evaluate,
    flat,
    for_cycle,
    norwegian_rates,
    probability_from_rate,
    trace,
    with_hazard_ratio,
    with_staying,
)
from samspill.refusal import Refused

# Chancellor et al. 1997 (PharmacoEconomics 12), as laid out in Briggs, Claxton & Sculpher 2006, ch. 2:
# yearly counts of transitions; pounds per year; relative risk of any worsening with two drugs.
COUNTS = np.array([[1251, 350, 116, 17], [0, 731, 512, 15], [0, 0, 1312, 437], [0, 0, 0, 1]])
CARE = np.array([1701 + 1055, 1774 + 1278, 6948 + 2059, 0.0])
ZIDOVUDINE, LAMIVUDINE, RELATIVE_RISK = 2278, 2086.5, 0.509
ALIVE = np.array([1, 1, 1, 0.0])
CYCLES, TREATED = 20, 2


def hiv() -> tuple[Totals, Totals]:
    """One drug for 20 years; a second one beside it the first two. Counted at the end of each year."""
    mono = COUNTS / COUNTS.sum(axis=1, keepdims=True)
    both = with_staying(mono * RELATIVE_RISK * (1 - np.eye(4)))
    rates = {"cost_rates": flat(6), "effect_rates": flat(0), "counting": Counting.END}
    care = CARE + ZIDOVUDINE * ALIVE
    second = np.tile(care, (CYCLES + 1, 1))
    second[: TREATED + 1] += LAMIVUDINE * ALIVE
    changing = np.stack([both] * TREATED + [mono] * (CYCLES - TREATED))
    return (
        evaluate(trace([1, 0, 0, 0], mono, CYCLES), cost=care, quality=ALIVE, **rates),
        evaluate(trace([1, 0, 0, 0], changing, CYCLES), cost=second, quality=ALIVE, **rates),
    )


def test_the_hiv_model_gives_the_published_ratio() -> None:
    """Briggs, Claxton & Sculpher 2006, exercise 2.5: £6,276 (rounded) per life-year gained.

    With the counts as fractions, relative risk on probabilities, people counted at the end of each year,
    6 % on costs and 0 % on life-years; the cost of one drug is £44,663.
    """
    mono, both = hiv()
    ratio = (both.cost - mono.cost) / (both.effect - mono.effect)
    assert float(ratio) == pytest.approx(6276, abs=1)
    assert float(mono.cost) == pytest.approx(44663, abs=1)


def test_the_hiv_model_is_that_of_a_slow_loop() -> None:
    moves = [[value / sum(row) for value in row] for row in COUNTS.tolist()]
    people, cost, years = [1.0, 0, 0, 0], 0.0, 0.0
    for year in range(1, CYCLES + 1):
        people = [sum(people[i] * moves[i][j] for i in range(4)) for j in range(4)]
        paid = [care + (ZIDOVUDINE if state < 3 else 0) for state, care in enumerate(CARE.tolist())]
        cost += sum(p * c for p, c in zip(people, paid, strict=True)) / 1.06**year
        years += sum(people[:3])
    mono, _ = hiv()
    assert (float(mono.cost), float(mono.effect)) == pytest.approx((cost, years), rel=1e-12)


def test_no_effect_changes_no_figure() -> None:
    """Trap: an effect of size zero must give the identical number."""
    values = np.random.default_rng(1).random(1000)
    assert np.array_equal(with_hazard_ratio(values, 1), values)
    assert np.array_equal(with_hazard_ratio(values, np.ones(1000)), values)


def test_the_ratio_works_on_the_rate() -> None:
    """Rate 0.2 halved: 1 - e^(-0.1); never above 1 even when the rate is multiplied by 50."""
    assert with_hazard_ratio(probability_from_rate(0.2), 0.5) == pytest.approx(1 - np.exp(-0.1))
    assert with_hazard_ratio([0, 0.5, 1], 50) == pytest.approx([0, 1 - 0.5**50, 1])
    assert with_hazard_ratio([0, 0.5, 1], 0) == pytest.approx([0, 0, 0])
    assert for_cycle(0.36, 2, 1) == pytest.approx(0.2)


@given(st.integers(1, 12), st.integers(0, 500))
def test_everybody_is_somewhere(cycles: int, seed: int) -> None:
    moves = with_staying(np.random.default_rng(seed).random((5, cycles, 3, 3)) / 3)
    assert trace([10, 0, 0], moves, cycles).sum(axis=-1) == pytest.approx(np.full((5, cycles + 1), 10.0))


def test_draws_are_independent_runs() -> None:
    moves = with_staying(np.random.default_rng(2).random((4, 6, 3, 3)) / 3)
    together = trace([1, 0, 0], moves, 6)
    for draw in range(4):
        assert together[draw] == pytest.approx(trace([1, 0, 0], moves[draw], 6), abs=1e-15)


@pytest.mark.parametrize(("counting", "error"), [(Counting.HALF, 2e-3), (Counting.SIMPSON, 4e-6)])
def test_correction_within_the_cycle_comes_close_to_the_integral(counting: Counting, error: float) -> None:
    """Life-years at a constant rate of 0.15 over 20 years: (1 - e^-3)/0.15; both ends miss by 7 %."""
    exact = (1 - np.exp(-3)) / 0.15
    moves = with_staying([[0, probability_from_rate(0.15)], [0, 0]])
    rates = {"cost": [0, 0], "quality": [1, 0], "cost_rates": flat(0), "effect_rates": flat(0)}
    lived = trace([1, 0], moves, 20)
    found = float(evaluate(lived, counting=counting, **rates).effect)
    assert found == pytest.approx(exact, rel=error)
    assert float(evaluate(lived, counting=Counting.END, **rates).effect) < 0.94 * exact
    assert counting_weights(20, counting).sum() == pytest.approx(20)


def test_half_years_are_half_as_long() -> None:
    lived = trace([1, 0], np.eye(2), 4)
    totals = evaluate(
        lived, cost=[10, 0], quality=[1, 0], cost_rates=flat(0), effect_rates=flat(0), years_per_cycle=0.5
    )
    assert (float(totals.cost), float(totals.effect)) == (40, 2)


def test_norwegian_rates_fall_and_later_is_never_worth_more() -> None:
    """R-109/21: 4 per cent in years 0-39, 3 in 40-74, then 2."""
    rates = norwegian_rates(date(2026, 1, 1))
    assert "R-109/21" in rates.source
    assert rates.factors([0, 1, 40]) == pytest.approx([1, 1 / 1.04, 1.04**-40], rel=1e-12)
    assert rates.factors(41) == pytest.approx(1.04**-40 / 1.03, rel=1e-12)
    assert rates.factors(80) == pytest.approx(1.04**-40 * 1.03**-35 * 1.02**-5, rel=1e-12)
    assert np.all(np.diff(rates.factors(np.arange(120))) < 0)


@pytest.mark.parametrize(
    ("do", "code"),
    [
        (lambda: trace([1, 0], [[0.5, 0.4], [0, 1]], 3), "transitions"),
        (lambda: trace([1, 0], [[1.5, -0.5], [0, 1]], 3), "probability"),
        (lambda: trace([1, 0], np.full((2, 2, 2), 0.5), 3), "transitions"),
        (lambda: trace([-1, 0], np.eye(2), 3), "start"),
        (lambda: trace([1, 0], np.eye(2), 0), "cycles"),
        (lambda: with_staying([[0, 0.7, 0.7], [0, 0, 0], [0, 0, 0]]), "transitions"),
        (lambda: with_hazard_ratio(0.5, -1), "rate"),
        (lambda: probability_from_rate(-1), "rate"),
        (lambda: counting_weights(3, Counting.SIMPSON), "cycles"),
        (lambda: norwegian_rates(date(1990, 1, 1)), "no_rates"),
        (lambda: flat(4).factors(-1), "discount"),
        (lambda: flat(-100), "discount"),
    ],
)
def test_models_that_cannot_be_are_refused(do: object, code: str) -> None:
    assert callable(do)
    with pytest.raises(Refused) as refused:
        do()
    assert refused.value.code == code
