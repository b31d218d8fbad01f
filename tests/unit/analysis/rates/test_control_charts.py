"""XmR charts, against published charts, the rules point by point, and what must hold of any series."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.analysis.rates import spc_xmr
from samspill.refusal import Refused

# NHSRplotthedots, tests/testthat/_snaps/ptd_spc.md: twenty draws of R's rnorm from seed 123; mean, lower and
# upper limit of them all, of the first ten and of the last ten, printed with three digits.
NORMAL = [
    -0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621, -1.26506123,
    -0.68685285, -0.44566197, 1.22408180, 0.35981383, 0.40077145, 0.11068272, -0.55584113, 1.78691314,
    0.49785048, -1.96661716, 0.70135590, -0.47279141,
]  # fmt: skip
SNAPSHOTS = [
    (slice(None), 0.142, -3.01, 3.29),
    (slice(0, 10), 0.0746, -2.60, 2.75),
    (slice(10, None), 0.209, -3.28, 3.70),
]
# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: ten flow rates; limits at 3 / 1.128 mean ranges.
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]

values = st.lists(st.integers(-30, 30), min_size=12, max_size=40)
better = st.sampled_from(["increase", "decrease", "neutral"])
MIRROR = {
    "improvement": "concern",
    "concern": "improvement",
    "high": "low",
    "low": "high",
    "common": "common",
}


@pytest.mark.parametrize(("part", "mean", "lower", "upper"), SNAPSHOTS)
def test_limits_are_those_of_plot_the_dots(part: slice, mean: float, lower: float, upper: float) -> None:
    found = spc_xmr(NORMAL[part], minimum_points=10)
    assert found.centre[0] == pytest.approx(mean, rel=0.004)
    assert (found.lower[0], found.upper[0]) == pytest.approx((lower, upper), abs=0.005)


def test_limits_are_those_of_the_nist_handbook() -> None:
    found = spc_xmr(FLOW, minimum_points=10, factor=3 / 1.128, screen=False)
    assert found.centre[0] == pytest.approx(50.81)
    assert found.moving_range[0] == pytest.approx(1.8778, abs=0.00005)
    assert (found.lower[0], found.upper[0]) == pytest.approx((45.8159, 55.8041), abs=0.00005)


def test_two_near_points_on_either_side_are_no_signal() -> None:
    """NHSRplotthedots, tests/testthat/test-ptd_spc_standard.R."""
    series = [*([1.0, -1.0] * 7), 5.5, -5.5]
    assert spc_xmr(series).kind[-2:].tolist() == ["common", "common"]


def slow_limits(part: Sequence[float], screen: bool) -> tuple[float, float]:
    """(mean, half the width) of one segment."""
    moving = [abs(after - before) for before, after in pairwise(part)]
    middle = sum(moving) / len(moving)
    if screen:
        kept = [one for one in moving if one <= 3.267 * middle]
        middle = sum(kept) / len(kept)
    return sum(part) / len(part), 2.66 * middle


def slow_rules(part: Sequence[float], mean: float, half: float) -> list[int]:
    """The first rule each point breaks, looked for point by point."""

    def side(value: float, line: float) -> int:
        return 0 if abs(value - line) < 1e-9 else (1 if value > line else -1)

    sides = [side(value, mean) for value in part]
    outside = [side(one, mean + half) > 0 or side(one, mean - half) < 0 for one in part]
    near = [
        not out and (side(one, mean + 2 * half / 3) > 0 or side(one, mean - 2 * half / 3) < 0)
        for one, out in zip(part, outside, strict=True)
    ]
    size, found = len(part), [0] * len(part)

    def mark(places: Sequence[int], rule: int) -> None:
        for place in places:
            found[place] = min(found[place] or rule, rule)

    mark([place for place in range(size) if outside[place]], 1)
    for start in range(size - 6):
        seven = range(start, start + 7)
        steps = [part[place + 1] - part[place] for place in seven[:-1]]
        if all(step > 0 for step in steps) or all(step < 0 for step in steps):
            mark(seven, 2)
        if abs(sum(sides[place] for place in seven)) == 7:
            mark(seven, 4)
    for start in range(size - 2):
        three = range(start, start + 3)
        if sum(near[place] for place in three) >= 2 and abs(sum(sides[place] for place in three)) == 3:
            mark([place for place in three if near[place]], 3)
    return found


@given(values, st.booleans())
def test_every_point_is_judged_as_by_the_slow_rules(series: list[int], screen: bool) -> None:
    found = spc_xmr(series, screen=screen)
    mean, half = slow_limits(series, screen)
    assert (found.centre[0], found.upper[0]) == pytest.approx((mean, mean + half), abs=1e-9)
    assert found.near_lower[0] == pytest.approx(mean - 2 * half / 3, abs=1e-9)
    assert found.rule.tolist() == slow_rules(series, mean, half)


@given(values, st.integers(2, 10))
def test_a_step_makes_two_charts_of_one(series: list[int], step: int) -> None:
    found = spc_xmr(series, rebase=step)
    parts = [series[:step], series[step:]]
    limits = [slow_limits(part, True) for part in parts]
    assert found.centre[[0, -1]] == pytest.approx([mean for mean, _half in limits], abs=1e-9)
    assert found.upper[[0, -1]] == pytest.approx([mean + half for mean, half in limits], abs=1e-9)
    rules = [slow_rules(part, *limit) for part, limit in zip(parts, limits, strict=True)]
    assert found.rule.tolist() == rules[0] + rules[1]
    assert found.segment.tolist() == [0] * step + [1] * (len(series) - step)


@given(values, st.integers(-1000, 1000), better)
def test_r6_a_constant_shifts_the_chart_and_leaves_its_signals(
    series: list[int], constant: int, way: str
) -> None:
    one = spc_xmr(series, improvement=way)
    other = spc_xmr(np.array(series) + constant, improvement=way)
    assert other.upper == pytest.approx(one.upper + constant)
    assert other.rule.tolist() == one.rule.tolist()
    assert other.kind.tolist() == one.kind.tolist()


@given(values, st.sampled_from([0.001, 0.1, 3.0, 7.7, 100_000.0]), better)
def test_r6_a_factor_scales_the_chart_and_leaves_its_signals(
    series: list[int], factor: float, way: str
) -> None:
    one = spc_xmr(series, improvement=way)
    other = spc_xmr(np.array(series) * factor, improvement=way)
    assert other.lower == pytest.approx(one.lower * factor, rel=1e-9, abs=1e-9)
    assert other.rule.tolist() == one.rule.tolist()
    assert other.kind.tolist() == one.kind.tolist()


@given(values, better)
def test_r6_the_mirror_image_has_the_opposite_meaning(series: list[int], way: str) -> None:
    one = spc_xmr(series, improvement=way)
    other = spc_xmr(-np.array(series), improvement=way)
    assert other.upper == pytest.approx(-one.lower)
    assert other.kind.tolist() == [MIRROR[kind] for kind in one.kind]


@given(values)
def test_r6_the_other_direction_turns_better_into_worse(series: list[int]) -> None:
    up, down = spc_xmr(series, improvement="increase"), spc_xmr(series, improvement="decrease")
    assert down.kind.tolist() == [MIRROR[kind] for kind in up.kind]


SHIFT = [
    10.0,
    12,
    11,
    9,
    10,
    12,
    11,
    10,
    9,
    11,
    10,
    12,
    11,
    10,
    21.0,
    20,
    19,
    22,
    21,
    20,
    19,
    21,
    22,
    20,
    21,
    19,
    20,
]


def test_trap_10_assurance_after_a_step_is_by_the_last_segment() -> None:
    whole = spc_xmr(SHIFT, improvement="increase", target=16)
    found = spc_xmr(SHIFT, improvement="increase", target=16, rebase=14)
    assert found.lower[0] < found.upper[0] < 16 < found.lower[-1]
    assert found.assurance == "consistent_pass"
    assert found.variation == "common"
    assert spc_xmr(SHIFT, improvement="decrease", target=16, rebase=14).assurance == "consistent_fail"
    assert whole.assurance == "inconsistent"
    assert spc_xmr(SHIFT[::-1], improvement="increase", target=16, rebase=[13]).assurance == "consistent_fail"


# (improvement, target, assurance) for limits about 5 to 15: a limit itself is not beyond it.
TARGETS = [
    ("increase", 30, "consistent_fail"), ("increase", 0, "consistent_pass"), ("increase", 10, "inconsistent"),
    ("decrease", 30, "consistent_pass"), ("decrease", 0, "consistent_fail"), ("neutral", 30, ""),
    ("increase", None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("way", "target", "assurance"), TARGETS)
def test_a_target_is_met_always_never_or_now_and_then(way: str, target: float | None, assurance: str) -> None:
    assert spc_xmr(SHIFT[:14], improvement=way, target=target).assurance == assurance


def test_limits_of_a_baseline_stay_while_the_rules_see_all() -> None:
    found = spc_xmr(SHIFT, baseline=14, improvement="increase")
    assert found.upper == pytest.approx(np.full(27, sum(slow_limits(SHIFT[:14], True))))
    assert found.rule[14:].tolist() == [1] * 13
    assert set(found.kind[14:]) == {"improvement"}


def test_a_baseline_counts_from_each_step() -> None:
    found = spc_xmr(SHIFT, baseline=5, rebase=14)
    assert found.centre[[0, 14]] == pytest.approx([np.mean(SHIFT[:5]), np.mean(SHIFT[14:19])])
    assert found.note == "provisional_limits"


def test_fewer_than_twelve_points_are_a_run_chart() -> None:
    found = spc_xmr([3.0, 1, 2, 5, 4, 9, 7, 8, 6, 10, 30], improvement="increase", target=100)
    assert np.isnan(found.lower).all()
    assert found.centre[0] == 6
    assert (found.note, found.assurance) == ("few_points", "")
    assert found.rule[-1] == 0
    assert spc_xmr(list(range(12))).note == ""


def test_a_run_chart_still_sees_seven_in_a_row() -> None:
    assert spc_xmr([5, 4, 1, 2, 3, 4, 5, 6, 7]).rule.tolist() == [0, 0, 2, 2, 2, 2, 2, 2, 2]


def test_a_large_jump_is_left_out_of_the_range_when_screened() -> None:
    series = [10.0, 11, 10, 9, 10, 11, 10, 9, 10, 60, 61, 60, 59, 60]
    screened, plain = spc_xmr(series), spc_xmr(series, screen=False)
    assert screened.moving_range[0] < 1.01 < plain.moving_range[0]


def test_a_series_that_never_changes_has_no_signal() -> None:
    found = spc_xmr([0.1] * 20)
    assert found.upper == pytest.approx(found.lower)
    assert not found.is_special.any()


def test_many_charts_are_as_one_by_one() -> None:
    chance = np.random.default_rng(11)
    series = chance.normal(50, 5, (40, 30)).cumsum(axis=1) * chance.integers(0, 2, (40, 1)) + chance.normal(
        0, 1, (40, 30)
    )
    many = spc_xmr(series, rebase=[12], target=100, improvement="decrease")
    for row in range(40):
        one = spc_xmr(series[row], rebase=[12], target=100, improvement="decrease")
        assert many.upper[row] == pytest.approx(one.upper, rel=1e-12)
        assert many.kind[row].tolist() == one.kind.tolist()
        assert many.variation[row] == one.variation
        assert many.assurance[row] == one.assurance


REFUSED = [
    (lambda: spc_xmr([1.0]), "too_short"),
    (lambda: spc_xmr([1.0, float("nan"), 3]), "not_a_number"),
    (lambda: spc_xmr([]), "nothing_to_count"),
    (lambda: spc_xmr(SHIFT, rebase=0), "step_outside"),
    (lambda: spc_xmr(SHIFT, rebase=[5, 27]), "step_outside"),
    (lambda: spc_xmr(SHIFT, improvement="better"), "unknown_word"),
    (lambda: spc_xmr(SHIFT, baseline=1), "number_out_of_range"),
    (lambda: spc_xmr(SHIFT, target=float("nan")), "not_a_number"),
]


@pytest.mark.parametrize(("wrong", "code"), REFUSED)
def test_wrong_numbers_are_refused_with_a_reason(wrong: Callable[[], object], code: str) -> None:
    with pytest.raises(Refused) as caught:
        wrong()
    assert caught.value.code == code
