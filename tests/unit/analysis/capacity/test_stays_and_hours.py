"""Distributions of stays agree with themselves, and beds by the clock with the closed form."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate

from samspill.analysis.capacity import (
    Exponential,
    Fixed,
    Gamma,
    LogNormal,
    Mixture,
    Observed,
    Rule,
    Stay,
    beds_by_hour,
    from_stays,
    mean_in_bed,
    sinusoid,
)
from samspill.refusal import Refused

STAYS = [
    Exponential(4.0),
    Fixed(3.0),
    LogNormal(5.0, 1.3),
    Gamma(2.0, 0.5),
    Gamma(2.0, 1.6),
    Mixture((Exponential(2.0), LogNormal(20.0, 0.8)), (0.7, 0.3)),
    Observed(np.array([1.0, 7.0, 3.0]), np.array([0.5, 0.2, 0.3])),
]


@pytest.mark.parametrize("stay", STAYS, ids=lambda stay: type(stay).__name__)
def test_survival_mean_and_quantile_tell_the_same(stay: Stay) -> None:
    far = 3000.0
    assert float(stay.mean_within(far)) == pytest.approx(stay.mean, rel=1e-6)
    for day in (0.5, 2.0, 6.5):
        spent, _ = integrate.quad(stay.survival, 0, day, points=[p for p in (1.0, 3.0) if p < day], limit=200)
        assert float(stay.mean_within(day)) == pytest.approx(spent, rel=1e-7)
    shares = (np.arange(200_000) + 0.5) / 200_000
    drawn = stay.quantile(shares)
    assert drawn.mean() == pytest.approx(stay.mean, rel=2e-3)
    assert drawn.var() / drawn.mean() ** 2 == pytest.approx(stay.scv, rel=0.03, abs=1e-12)
    assert (np.diff(drawn) >= 0).all()


def test_who_is_still_there_counts_as_longer() -> None:
    """Kaplan-Meier by hand: 1 of 4 leaves at day 1, one is still there at 2, 1 of 2 leaves at 3."""
    curve = from_stays([1, 2, 3, 5], ended=[True, False, True, True])
    assert curve.survival([0, 1, 2.5, 3, 5]) == pytest.approx([1, 0.75, 0.75, 0.375, 0])
    with pytest.raises(Refused, match="at least one that has ended"):
        from_stays([2.0], ended=[False])


def test_the_week_in_small_steps_is_the_closed_form_of_a_sinusoid() -> None:
    """Eick, Massey & Whitt 1993 (Management Science 39): amplitude falls and the peak comes later."""
    steps, period, stay = 4000, 7.0, 2.5
    edges = np.arange(steps + 1) * period / steps
    turn = 2 * math.pi / period
    within = np.diff(edges - np.cos(turn * edges) * 0.6 / turn) / (period / steps)
    mean = mean_in_bed(12 * within, Exponential(stay), step_days=period / steps)
    expected = sinusoid(edges[1:], mean_rate_per_day=12, swing=0.6, period_days=period, mean_stay_days=stay)
    assert mean == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("stay", STAYS, ids=lambda stay: type(stay).__name__)
def test_even_arrivals_fill_load_beds(stay: Stay) -> None:
    assert mean_in_bed(np.full(168, 6.0), stay, step_days=1 / 24) == pytest.approx(6 * stay.mean, rel=1e-9)


@given(st.lists(st.floats(0, 50), min_size=7, max_size=7), st.floats(0.2, 30))
def test_the_mean_over_a_period_is_arrivals_times_stay(rates: list[float], stay: float) -> None:
    mean = mean_in_bed(rates, LogNormal(stay, 0.9), step_days=1.0)
    assert mean.mean() == pytest.approx(np.mean(rates) * stay, rel=1e-9, abs=1e-9)


def test_from_an_empty_start_the_beds_fill_as_the_sum_says() -> None:
    rates, stay = np.array([3.0, 0.0, 8.0, 1.0]), Gamma(2.0, 0.7)
    slow = [
        sum(rates[j] * (stay.mean_within(k + 1 - j) - stay.mean_within(k - j)) for j in range(k + 1))
        for k in range(4)
    ]
    assert mean_in_bed(rates, stay, step_days=1.0, periodic=False) == pytest.approx(
        np.array(slow, dtype=float)
    )


def test_beds_follow_the_clock() -> None:
    beds = beds_by_hour([10.0, 20.0], risk=0.05, rule=Rule.LOSS)
    assert beds.tolist() == [15, 26]  # Erlang B: B(10, 15) = 3.65 %, B(20, 26) = 4.0 %, one bed fewer > 5 %


def test_rates_below_nothing_are_refused() -> None:
    with pytest.raises(Refused, match="0 or more per day"):
        mean_in_bed([1.0, -1.0], Exponential(1.0), step_days=1.0)
