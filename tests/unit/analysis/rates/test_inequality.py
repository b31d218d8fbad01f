"""Slope and relative index of inequality, against a regression written out and what must hold."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from samspill.analysis.rates import inequality
from samspill.refusal import Refused

# The example of `phe_sii` (UKHSA, PHEindicatormethods): life expectancy of deciles, worst off first.
PEOPLE = [7291, 7997, 6105, 7666, 5790, 6934, 5918, 5974, 7147, 7534]
VALUES = [75.9, 78.3, 83.8, 83.6, 80.5, 81.1, 81.7, 84.2, 80.6, 86.3]
ERRORS = [1.64, 1.58, 1.51, 1.78, 1.7, 1.56, 1.37, 1.4, 2.43, 1.57]


def obvious_line(values: list[float], people: list[int]) -> tuple[float, float]:
    """(at the worst off, at the best off) of the regression of y√a on √a and b√a, without a constant."""
    whole, before, rank = sum(people), 0.0, []
    for many in people:
        rank.append((before + many / 2) / whole)
        before += many
    root = np.sqrt(np.array(people) / whole)
    design = np.stack([root, root * np.array(rank)], axis=1)
    start, slope = np.linalg.lstsq(design, root * np.array(values), rcond=None)[0]
    return start, start + slope


def test_the_slope_is_that_of_the_weighted_regression() -> None:
    found = inequality(VALUES, PEOPLE, se=ERRORS)
    worst, best = obvious_line(VALUES, PEOPLE)
    assert (found.at_worst, found.at_best) == pytest.approx((worst, best), rel=1e-12)
    assert found.slope.value == pytest.approx(best - worst, rel=1e-12)
    assert found.relative.value == pytest.approx(best / worst, rel=1e-12)


def test_the_slope_agrees_with_statsmodels() -> None:
    """statsmodels 0.15.0, WLS with the populations as weights."""
    found = inequality(VALUES, PEOPLE, se=ERRORS)
    assert found.slope.value == pytest.approx(7.000234760079849, rel=1e-11)
    assert found.relative.value == pytest.approx(1.0897097049119406, rel=1e-12)


@given(st.lists(st.tuples(st.floats(1, 100), st.integers(1, 1000)), min_size=5, max_size=12))
def test_any_groups_give_the_line_of_the_slow_version(groups: list[tuple[float, int]]) -> None:
    values, people = [value for value, _many in groups], [many for _value, many in groups]
    found = inequality(values, people, se=[0.1] * len(groups), repetitions=1000)
    assert (found.at_worst, found.at_best) == pytest.approx(obvious_line(values, people), rel=1e-7, abs=1e-7)


def test_simulated_limits_are_near_the_exact_ones_of_a_straight_line() -> None:
    """The slope is a weighted sum of the values, so its error is known in closed form."""
    found = inequality(VALUES, PEOPLE, se=ERRORS)
    unit = [obvious_line(list(np.eye(10)[group]), PEOPLE) for group in range(10)]
    error = math.sqrt(sum(((best - worst) * se) ** 2 for (worst, best), se in zip(unit, ERRORS, strict=True)))
    half = stats.norm.ppf(0.975) * error
    assert found.slope.lower == pytest.approx(found.slope.value - half, abs=0.03)
    assert found.slope.upper == pytest.approx(found.slope.value + half, abs=0.03)


def test_limits_of_the_groups_serve_as_well_as_their_errors() -> None:
    z = stats.norm.ppf(0.975)
    lower = [value - z * error for value, error in zip(VALUES, ERRORS, strict=True)]
    upper = [value + z * error for value, error in zip(VALUES, ERRORS, strict=True)]
    by_limits = inequality(VALUES, PEOPLE, lower=lower, upper=upper)
    by_errors = inequality(VALUES, PEOPLE, se=ERRORS)
    assert by_limits.slope.lower == pytest.approx(by_errors.slope.lower, rel=1e-9)


def test_the_same_seed_gives_the_same_limits_and_rows_in_any_order() -> None:
    one, again = (inequality(VALUES, PEOPLE, se=ERRORS, seed=3) for _time in range(2))
    assert one.slope == again.slope
    order = [3, 1, 4, 0, 5, 9, 2, 6, 8, 7]
    turned = inequality(
        [VALUES[place] for place in order],
        [PEOPLE[place] for place in order],
        se=[ERRORS[place] for place in order],
        order=order,
        seed=3,
    )
    assert turned.slope == one.slope
    assert turned.rank == pytest.approx(one.rank[order])


def test_no_difference_is_no_inequality() -> None:
    found = inequality([5.0] * 6, [10, 20, 30, 20, 10, 5], se=[0.1] * 6)
    assert found.slope.value == pytest.approx(0, abs=1e-12)
    assert found.relative.value == pytest.approx(1)
    assert found.slope.lower < 0 < found.slope.upper


def test_a_negative_multiplier_turns_both_round() -> None:
    plain = inequality(VALUES, PEOPLE, se=ERRORS)
    turned = inequality(VALUES, PEOPLE, se=ERRORS, multiplier=-100)
    assert turned.slope.value == pytest.approx(-100 * plain.slope.value)
    assert turned.relative.value == pytest.approx(1 / plain.relative.value)
    assert turned.slope.lower <= turned.slope.value <= turned.slope.upper
    assert turned.relative.lower <= turned.relative.value <= turned.relative.upper


def test_rates_and_proportions_are_simulated_on_their_own_scale() -> None:
    shares = [0.4, 0.3, 0.25, 0.2, 0.12]
    lower, upper = [0.3, 0.2, 0.2, 0.15, 0.08], [0.5, 0.4, 0.3, 0.25, 0.16]
    for kind in ("rate", "proportion"):
        found = inequality(shares, [10, 20, 30, 20, 10], lower=lower, upper=upper, kind=kind)
        assert found.slope.value == pytest.approx(
            obvious_line(shares, [10, 20, 30, 20, 10])[1] - found.at_worst
        )
        assert found.slope.lower < found.slope.value < found.slope.upper < 0


def test_a_line_through_logarithms_keeps_both_ends_above_zero() -> None:
    rates = [900.0, 500, 260, 130, 60]
    found = inequality(rates, [20] * 5, se=[0.05] * 5, kind="rate", log_line=True)
    worst, best = obvious_line(list(np.log(rates)), [20] * 5)
    assert (found.at_worst, found.at_best) == pytest.approx((math.exp(worst), math.exp(best)))
    assert found.at_best > 0 > inequality(rates, [20] * 5, se=[0.05] * 5, kind="rate").at_best


def test_weights_of_precision_are_those_of_the_errors() -> None:
    found = inequality(VALUES, [100] * 10, se=[1 / math.sqrt(many) for many in PEOPLE], weights="precision")
    rank = (np.arange(10) + 0.5) / 10
    slope, start = np.polyfit(rank, VALUES, 1, w=np.sqrt(PEOPLE))
    assert (found.at_worst, found.slope.value) == pytest.approx((start, slope))


REFUSED = [
    (lambda: inequality(VALUES, PEOPLE), "no_uncertainty"),
    (lambda: inequality(VALUES[:2], PEOPLE[:2], se=[1, 1]), "too_short"),
    (lambda: inequality(VALUES, PEOPLE[:-1], se=ERRORS), "different_lengths"),
    (lambda: inequality(VALUES, [0, *PEOPLE[1:]], se=ERRORS), "nothing_to_divide_by"),
    (lambda: inequality(VALUES, PEOPLE, se=ERRORS, kind="proportion"), "value_out_of_range"),
    (lambda: inequality([0, 1, 2], [1, 1, 1], se=[1, 1, 1], kind="rate"), "value_out_of_range"),
    (
        lambda: inequality([1, 2, 3], [1, 1, 1], lower=[0, 1, 2], upper=[2, 3, 4], kind="rate"),
        "value_out_of_range",
    ),
    (lambda: inequality(VALUES, PEOPLE, se=ERRORS, kind="odds"), "unknown_word"),
    (lambda: inequality(VALUES, PEOPLE, se=ERRORS, order=[1] * 10), "order"),
    (lambda: inequality(VALUES, PEOPLE, se=ERRORS, repetitions=10), "number_out_of_range"),
]


@pytest.mark.parametrize(("wrong", "code"), REFUSED)
def test_wrong_numbers_are_refused_with_a_reason(wrong: Callable[[], object], code: str) -> None:
    with pytest.raises(Refused) as caught:
        wrong()
    assert caught.value.code == code
