"""Distributions meet the moments or the interval they were made from; the impossible is refused."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.analysis.appraisal import (
    Beta,
    Dirichlet,
    Distribution,
    Fixed,
    Gamma,
    LogNormal,
    Parameter,
    cost,
    cost_between,
    draw_all,
    normal,
    normal_between,
    ratio,
    ratio_between,
    share,
    share_between,
    split,
)
from samspill.refusal import Refused

EVEN = (np.arange(200_000) + 0.5) / 200_000


def moments(distribution: Distribution) -> tuple[float, float]:
    values = distribution.quantile(EVEN)
    return float(values.mean()), float(values.std())


@pytest.mark.parametrize(
    ("made", "mean", "se"),
    [
        (share(0.3, 0.05), 0.3, 0.05),
        (cost(2756, 500), 2756, 500),
        (ratio(0.8, 0.1), 0.8, 0.1),
        (normal(-4, 2), -4, 2),
    ],
)
def test_moments_are_kept(made: Distribution, mean: float, se: float) -> None:
    assert made.mean == pytest.approx(mean, rel=1e-12)
    assert moments(made) == pytest.approx((mean, se), rel=2e-3)


def test_method_of_moments_by_hand() -> None:
    """Beta: n = 0.3·0.7/0.05² - 1 = 83. Gamma of mean and standard error equal: exponential."""
    assert share(0.3, 0.05) == Beta(pytest.approx(24.9), pytest.approx(58.1))
    assert cost(1701, 1701) == Gamma(pytest.approx(1), pytest.approx(1701))


def test_a_published_relative_risk_with_its_interval() -> None:
    """Briggs, Claxton & Sculpher 2006, box 4.2: 0.509, 95 % 0.365 to 0.710; ln gives sd 0.170."""
    found = ratio_between(0.365, 0.710, 95)
    assert isinstance(found, LogNormal)
    assert np.exp(found.mu) == pytest.approx(0.509, abs=5e-4)
    assert found.sigma == pytest.approx(0.170, abs=5e-4)


@settings(deadline=None, max_examples=60)
@given(
    low=st.floats(0.02, 0.9),
    width=st.floats(0.02, 0.95),
    percent=st.sampled_from([50.0, 80.0, 95.0]),
    make=st.sampled_from([share_between, cost_between, ratio_between, normal_between]),
)
def test_an_interval_is_met_at_both_ends(
    low: float, width: float, percent: float, make: Callable[..., Distribution]
) -> None:
    high = low + width * (0.98 - low)
    if high - low < 0.01:
        return
    tail = (1 - percent / 100) / 2
    ends = make(low, high, percent).quantile(np.array([tail, 1 - tail]))
    assert ends == pytest.approx([low, high], rel=1e-5)


def test_eighty_per_cent_is_two_and_a_half_standard_deviations_wide() -> None:
    assert normal_between(0, 2.563).quantile(np.array([0.8413447])) == pytest.approx([2.2815], abs=1e-3)


@pytest.mark.parametrize(
    "made",
    [
        share(0.2, 0),
        share_between(0.2, 0.2),
        cost(0.2, 0),
        cost_between(0.2, 0.2),
        ratio(0.2, 0),
        ratio_between(0.2, 0.2),
        normal(0.2, 0),
        normal_between(0.2, 0.2),
    ],
)
def test_no_spread_is_the_number_itself(made: Distribution) -> None:
    assert made == Fixed(0.2)
    assert np.all(made.quantile(EVEN[:5]) == 0.2)


def test_a_split_sums_to_one_and_keeps_its_means() -> None:
    """Transitions from state A in Chancellor et al. 1997 (1251, 350, 116, 17 of 1734)."""
    counts = {"a": 1251 / 1734, "b": 350 / 1734, "c": 116 / 1734, "dead": 17 / 1734}
    drawn = Parameter("from_a", split(counts, 1734)).draw(20_000, seed=1)
    assert list(drawn) == ["from_a_a", "from_a_b", "from_a_c", "from_a_dead"]
    whole = sum(drawn.values())
    assert whole == pytest.approx(np.ones(20_000), abs=1e-12)
    for part, mean in counts.items():
        assert drawn[f"from_a_{part}"].mean() == pytest.approx(mean, rel=0.01)
        deviation = np.sqrt(mean * (1 - mean) / 1735)
        assert drawn[f"from_a_{part}"].std() == pytest.approx(deviation, rel=0.03)


def test_a_parameter_has_the_same_draws_whichever_others_there_are() -> None:
    one, other = Parameter("births", cost(3000, 100)), Parameter("wage", cost(600, 50))
    alone = draw_all([one], draws=50, seed=3)["births"]
    assert np.array_equal(draw_all([other, one], draws=50, seed=3)["births"], alone)
    assert np.array_equal(draw_all([one], draws=500, seed=3)["births"][:50], alone)
    assert not np.array_equal(draw_all([one], draws=50, seed=4)["births"], alone)
    renamed = Parameter("stays", one.distribution)
    assert not np.array_equal(draw_all([renamed], draws=50, seed=3)["stays"], alone)


def test_draws_stay_paired_when_the_numbers_change() -> None:
    low = Parameter("births", cost(3000, 100)).draw(1000, 1)["births"]
    high = Parameter("births", cost(3300, 110)).draw(1000, 1)["births"]
    assert np.corrcoef(low, high)[0, 1] > 0.999999


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: share(1.2, 0.1), "share"),
        (lambda: share(0.5, 0.5), "share"),
        (lambda: share(1, 0.1), "share"),
        (lambda: share_between(0.5, 1.5), "share"),
        (lambda: share_between(0, 0.5), "share"),
        (lambda: cost(-1, 1), "cost"),
        (lambda: cost(0, 1), "cost"),
        (lambda: cost_between(0, 1), "cost"),
        (lambda: cost_between(-2, -1), "cost"),
        (lambda: ratio(0, 0.1), "ratio"),
        (lambda: ratio_between(0, 2), "ratio"),
        (lambda: normal(1, -1), "not_a_number"),
        (lambda: normal(float("nan"), 1), "not_a_number"),
        (lambda: normal_between(2, 1), "interval"),
        (lambda: normal_between(1, 2, 100), "interval"),
        (lambda: split({"a": 0.5, "b": 0.4}, 10), "split"),
        (lambda: split({"a": 1.0, "b": 0.0}, 10), "split"),
        (lambda: split({"a": 0.5, "b": 0.5}, 0), "split"),
        (lambda: Dirichlet(("a", "b"), (1.0,)), "split"),
        (lambda: Dirichlet(("a", "a"), (1.0, 1.0)), "split"),
        (lambda: Parameter("Births", Fixed(1)), "parameter_name"),
        (lambda: draw_all([], draws=0, seed=1), "draws"),
        (lambda: draw_all([Parameter("a", Fixed(1))] * 2, draws=1, seed=1), "parameter_twice"),
        (lambda: draw_all([Parameter("a", Fixed(1))], draws=10**9, seed=1), "too_many_draws"),
    ],
)
def test_the_impossible_is_refused(make: Callable[[], object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        make()
    assert refused.value.code == code
