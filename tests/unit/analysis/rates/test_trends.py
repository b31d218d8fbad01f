"""Trends with breaks: the 2025 break in hospital discharges must not look like growth."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from samspill.analysis.rates import trend
from samspill.refusal import Refused

YEARS = list(range(2016, 2027))
PEOPLE = [300_000.0 + 2_000 * number for number in range(11)]
# Discharges that fall two per cent a year, and two fifths more of them counted from 2025.
COUNTED = [
    round(people * 0.18 * 0.98**number * (1.4 if number >= 9 else 1)) for number, people in enumerate(PEOPLE)
]


def test_the_break_of_2025_is_not_told_as_growth() -> None:
    found = trend(COUNTED, PEOPLE, times=YEARS, breaks=[2025])
    assert found.change.value == pytest.approx(-2, abs=0.01)
    assert found.change.upper < 0
    assert found.steps[0].value == pytest.approx(1.4, abs=0.001)
    assert found.naive.value > 0  # a line through it all would have told of growth
    assert trend(COUNTED, PEOPLE, times=YEARS).change.value == pytest.approx(found.naive.value)


def test_rates_before_the_break_are_made_comparable_with_those_after() -> None:
    found = trend(COUNTED, PEOPLE, times=YEARS, breaks=[2025])
    whole = np.array(COUNTED) / np.array(PEOPLE) * 100_000
    assert found.comparable[9:] == pytest.approx(whole[9:])
    assert found.comparable[:9] == pytest.approx(whole[:9] * found.steps[0].value)
    assert np.diff(np.log(found.comparable)) == pytest.approx(np.log(0.98), abs=0.001)


def test_a_break_in_the_last_year_takes_that_year_whole() -> None:
    jump = trend([*COUNTED[:9], 90_000], PEOPLE[:10], breaks=[9])
    still = trend(COUNTED[:9], PEOPLE[:9])
    assert jump.change.value == pytest.approx(still.change.value, rel=1e-6)
    assert jump.fitted[-1] == pytest.approx(90_000 / PEOPLE[9] * 100_000, rel=1e-9)


def test_the_trend_may_change_with_the_break() -> None:
    rates = [0.1 * 1.03**year for year in range(6)] + [0.2 * 0.95**year for year in range(6)]
    found = trend(np.array(rates) * 1e6, [1e6] * 12, breaks=[6], slope_changes=True)
    assert found.change.value == pytest.approx(3, abs=1e-3)
    assert found.after.value == pytest.approx(-5, abs=1e-3)
    assert found.steps[0].value == pytest.approx(0.2 / (0.1 * 1.03**6), rel=1e-4)


def test_trend_step_and_limits_agree_with_statsmodels() -> None:
    """statsmodels 0.15.0: Poisson GLM with an offset and scale="X2"; limits by Student's t with 7 degrees."""
    counts = [31, 55, 30, 72, 40, 64, 91, 46, 110, 84]
    people = [900, 950, 1010, 1060, 1120, 1175, 1230, 1290, 1340, 1400]
    found = trend(counts, people, breaks=[6])
    assert found.dispersion == pytest.approx(7.295323548232287, rel=1e-10)
    change, step = found.change, found.steps[0]
    assert (change.value, change.lower, change.upper) == pytest.approx(
        (3.1925433256672298, -13.860902765473625, 23.622156951878083), rel=1e-9
    )
    assert (step.value, step.lower, step.upper) == pytest.approx(
        (1.149236121775241, 0.41669945485309406, 3.169535376662827), rel=1e-9
    )


def slow_fit(
    counts: np.ndarray, people: np.ndarray, design: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float]:
    """(coefficients, errors, dispersion) by minimising the Poisson deviance outright."""

    def unlikely(coefficients: np.ndarray) -> float:
        expected = np.exp(design @ coefficients) * people
        return float((expected - counts * np.log(expected)).sum())

    start = np.zeros(design.shape[1])
    start[0] = np.log(counts.sum() / people.sum())
    found = optimize.minimize(unlikely, start, method="BFGS", options={"gtol": 1e-9}).x
    expected = np.exp(design @ found) * people
    dispersion = max(1.0, float(((counts - expected) ** 2 / expected).sum()) / (len(counts) - len(found)))
    covariance = np.linalg.inv((design.T * expected) @ design) * dispersion
    return found, np.sqrt(np.diag(covariance)), dispersion


@given(st.lists(st.integers(3, 60), min_size=7, max_size=12), st.integers(2, 5))
def test_the_fit_is_that_of_the_slow_version(counts: list[int], cut: int) -> None:
    size = len(counts)
    people = np.linspace(900, 1300, size)
    design = np.stack([np.ones(size), np.arange(size), np.arange(size) >= cut], axis=1).astype(float)
    coefficients, errors, dispersion = slow_fit(np.array(counts, float), people, design)
    found = trend(counts, people, breaks=[cut])
    assert found.dispersion == pytest.approx(dispersion, rel=1e-4)
    assert np.log1p(found.change.value / 100) == pytest.approx(coefficients[1], abs=1e-5)
    half = stats.t.ppf(0.975, size - 3) * errors
    assert np.log1p(found.change.upper / 100) == pytest.approx(coefficients[1] + half[1], abs=1e-4)
    assert np.log(found.steps[0].lower) == pytest.approx(coefficients[2] - half[2], abs=1e-4)


def test_many_series_are_as_one_by_one() -> None:
    chance = np.random.default_rng(2)
    people = chance.uniform(1e3, 1e6, (50, 10))
    counts = chance.poisson(people * 0.004)
    counts[7] = 0
    many = trend(counts, people, breaks=[8])
    for row in range(50):
        one = trend(counts[row], people[row], breaks=[8])
        assert many.change.value[row] == pytest.approx(one.change.value, rel=1e-8, nan_ok=True)
        assert many.steps[0].upper[row] == pytest.approx(one.steps[0].upper, rel=1e-8, nan_ok=True)
        assert many.note[row] == one.note
    assert many.note[7] == "few_events"


def test_fewer_than_ten_events_have_no_trend() -> None:
    found = trend([1, 0, 2, 1, 1], [100] * 5)
    assert np.isnan([found.change.value, found.change.lower]).all()
    assert np.isnan(found.fitted).all()
    assert found.note == found.change.note == "few_events"


def test_counts_with_empty_years_settle() -> None:
    found = trend([0, 0, 5, 9, 0, 20], [1000] * 6)
    assert found.note == ""
    assert found.change.lower < found.change.value < found.change.upper
    assert found.dispersion > 1


def test_a_level_that_falls_to_nothing_has_no_ratio() -> None:
    both = trend([[20, 20, 20, 0, 0, 0], [20, 21, 22, 30, 31, 32]], [100] * 6, breaks=[3])
    assert list(both.note) == ["not_converged", ""]
    assert np.isnan(both.steps[0].value).tolist() == [True, False]


@given(st.integers(2, 1000))
def test_r1_more_of_everything_leaves_the_trend(times: int) -> None:
    one = trend(COUNTED, PEOPLE, breaks=[9])
    many = trend(np.array(COUNTED) * times, np.array(PEOPLE) * times, breaks=[9])
    assert many.change.value == pytest.approx(one.change.value, rel=1e-7)


REFUSED = [
    (lambda: trend([1, 2, 30], [10, 20], breaks=[1]), "different_lengths"),
    (lambda: trend([1, 2, 30], [10, 20, 0]), "nothing_to_divide_by"),
    (lambda: trend([10, 20], [10, 20]), "too_short"),
    (lambda: trend([10, 20, 30], [10, 20, 30], breaks=[1]), "too_short"),
    (lambda: trend([10] * 6, [10] * 6, breaks=[5], slope_changes=True), "too_short"),
    (lambda: trend([10] * 6, [10] * 6, breaks=[0]), "step_outside"),
    (lambda: trend([10] * 6, [10] * 6, breaks=[7]), "step_outside"),
    (lambda: trend([10] * 3, [10] * 3, times=[1, 1, 2]), "times"),
    (lambda: trend([10, -1, 3], [10] * 3), "negative"),
]


@pytest.mark.parametrize(("wrong", "code"), REFUSED)
def test_wrong_numbers_are_refused_with_a_reason(wrong: Callable[[], object], code: str) -> None:
    with pytest.raises(Refused) as caught:
        wrong()
    assert caught.value.code == code
