"""The forecast of beds: exact where it can be known, and as sure as it says on processes that are known."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from samspill.analysis.capacity import (
    Exponential,
    Fixed,
    LogNormal,
    Observed,
    Patients,
    Stays,
    expected_arrivals,
    forecast,
    forecast_backtest,
    forecast_from_stays,
    weekly_origins,
)
from samspill.refusal import Refused


def test_without_memory_the_forecast_is_binomial_and_poisson() -> None:
    """M/M/oo: of n present Binomial(n, e^-t/m) stay, and Poisson(l m (1 - e^-t/m)) come and stay."""
    group = Patients("all", Exponential(4.0), np.array([0.1, 3.0, 9.0, 2.0, 5.5]), np.full(6, 2.5))
    found = forecast([group], days=6)
    for day in range(6):
        stay = np.exp(-(day + 1) / 4)
        present = stats.binom.pmf(np.arange(6), 5, stay)
        coming = stats.poisson.pmf(np.arange(80), 10 * (1 - stay))
        exact = np.convolve(present, coming)
        most = min(len(exact), found.shares.shape[1])
        assert found.shares[day, :most] == pytest.approx(exact[:most], abs=1e-11)
    assert found.over(10)[-1] == pytest.approx(exact[11:].sum(), abs=1e-10)


@given(st.lists(st.floats(0, 40), max_size=30), st.floats(0, 8), st.integers(1, 14))
def test_shares_sum_to_one_and_the_mean_is_theirs(elapsed: list[float], rate: float, days: int) -> None:
    groups = [
        Patients("a", LogNormal(5.0, 1.2), np.array(elapsed), np.full(days, rate)),
        Patients("b", Fixed(3.5), np.array([0.2, 3.0]), np.zeros(days)),
    ]
    found = forecast(groups, days=days)
    number = np.arange(found.shares.shape[1])
    assert found.shares.sum(axis=1) == pytest.approx(np.ones(days))
    assert found.shares @ number == pytest.approx(found.mean, rel=1e-8, abs=1e-8)
    low, middle, high = found.percentiles().T
    assert (low <= middle).all() and (middle <= high).all()


def test_many_different_patients_are_convolved_as_all_outcomes_say() -> None:
    stay, elapsed = LogNormal(3.0, 1.0), np.array([0.5, 1.0, 4.0, 8.0])
    chances = (stay.survival(elapsed + 2) / stay.survival(elapsed)).tolist()
    exact = np.zeros(5)
    for outcome in range(16):
        here = [outcome >> patient & 1 for patient in range(4)]
        exact[sum(here)] += np.prod([c if h else 1 - c for c, h in zip(chances, here, strict=True)])
    found = forecast([Patients("a", stay, elapsed, np.zeros(2))], days=2)
    assert found.shares[1, :5] == pytest.approx(exact, abs=1e-12)


def test_leaving_as_usual_in_small_parts_is_the_exact_integral() -> None:
    group = Patients("a", LogNormal(3.0, 1.0), np.array([1.0]), np.array([4.0, 5.0, 6.0, 2.0, 1.0]))
    exact = forecast([group], days=5)
    parts = forecast([group], days=5, leaving=np.r_[1 + 1e-13, np.ones(4)])
    assert parts.coming == pytest.approx(exact.coming, rel=2e-3)


def test_when_nobody_leaves_everybody_stays() -> None:
    group = Patients("a", Exponential(2.0), np.array([1.0, 5.0]), np.full(3, 2.0))
    found = forecast([group], days=3, leaving=[0, 0, 0])
    assert found.mean == pytest.approx([4, 6, 8])


def test_who_has_been_there_longer_than_anybody_before_is_counted_and_not_thrown_out() -> None:
    curve = Observed(np.array([1.0, 2.0]), np.array([0.5, 0.5]))
    found = forecast([Patients("a", curve, np.array([30.0]), np.zeros(1))], days=1)
    assert found.beyond == 1
    assert found.present[0] == pytest.approx(np.exp(-1 / 1.5))


def test_an_uncertain_level_of_arrivals_widens_the_band() -> None:
    group = Patients("a", Exponential(5.0), np.empty(0), np.full(7, 30.0))
    sure, unsure = forecast([group], days=7), forecast([group], days=7, rate_cv=0.2)
    assert unsure.mean == pytest.approx(sure.mean)
    assert np.diff(unsure.percentiles((0.1, 0.9)))[-1] > 1.8 * np.diff(sure.percentiles((0.1, 0.9)))[-1]


def test_arrivals_follow_weekday_and_month() -> None:
    rates = expected_arrivals(
        10, date(2026, 6, 29), 4, weekday=(2, 1, 1, 1, 1, 0.5, 0.5), month=(1,) * 6 + (0.5,) + (1,) * 5
    )
    assert rates == pytest.approx(np.array([20, 10, 5, 5]) / (11.5 / 12))


def known_process(seed: int, days: int = 600) -> Stays:
    """Two groups whose arrivals follow the week, and long and short stays; no limit on beds."""
    chance = np.random.default_rng(seed)
    week = np.array([1.3, 1.1, 1.1, 1.0, 1.0, 0.8, 0.7])
    came, left, group = [], [], []
    for place, (rate, stay) in enumerate([(12.0, LogNormal(3.0, 1.0)), (4.0, LogNormal(9.0, 0.8))]):
        number = chance.poisson(rate * week[np.arange(days) % 7])
        start = np.repeat(np.arange(days), number) + chance.random(number.sum())
        came.append(start)
        left.append(start + stay.quantile(chance.random(len(start))))
        group.append(np.full(len(start), place))
    return Stays(np.concatenate(came), np.concatenate(left), np.concatenate(group), ("acute", "old"))


def test_eight_of_ten_true_figures_lie_in_the_band_and_the_forecast_beats_no_change() -> None:
    """C7. Whole beds make the band a little wider than 80 %."""
    scores = [
        forecast_backtest(known_process(seed), np.arange(250.0, 580.0, 11), days=14) for seed in range(3)
    ]
    assert 0.78 < np.mean([one.covered for run in scores for one in run]) < 0.92
    for ahead in (3, 7, 14):
        same = [run[ahead - 1] for run in scores]
        assert np.mean([one.error for one in same]) < np.mean([one.no_change for one in same])
    assert abs(np.mean([one.bias for run in scores for one in run])) < 2.0


def test_a_forecast_reads_nothing_that_happens_later() -> None:
    stays = known_process(5)
    before = stays.came < 300
    later = np.where(stays.left > 300, np.nan, stays.left)
    cut = Stays(stays.came[before], later[before], stays.group[before], stays.groups)
    whole, seen = (forecast_from_stays(one, 300.0, days=14) for one in (stays, cut))
    assert np.array_equal(whole.shares, seen.shares)


def test_a_forecast_is_tried_only_on_days_that_are_over() -> None:
    stays = known_process(2, days=100)
    assert weekly_origins(stays, 90.0, weeks=3, days=10) == (62.0, 69.0, 76.0)
    assert weekly_origins(stays, 90.0, weeks=3, days=14) == (62.0, 69.0, 76.0)
    assert weekly_origins(stays, 90.0, weeks=12, days=1)[0] == 34.0  # earlier ones have too little before


def test_what_cannot_be_is_refused() -> None:
    group = Patients("acute", Exponential(2.0), np.array([1.0]), np.full(3, 2.0))
    with pytest.raises(Refused, match="acute has expected arrivals for 3 of 5 days"):
        forecast([group], days=5)
    with pytest.raises(Refused, match="at most 28"):
        forecast([group], days=40)
    with pytest.raises(Refused, match="elapsed_days of acute"):
        Patients("acute", Exponential(2.0), np.array([-1.0]), np.full(3, 2.0))
    with pytest.raises(Refused, match="days of stays before; 28 are needed"):
        forecast_from_stays(known_process(1, days=20), 15.0, days=3)
