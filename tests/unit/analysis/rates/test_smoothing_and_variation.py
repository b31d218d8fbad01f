"""Smoothing of small areas and how much areas differ, against slow obvious versions."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from samspill.analysis.rates import smooth, variation
from samspill.refusal import Refused

# Lip cancer among men in the 56 districts of Scotland, 1975–80: observed and expected (Clayton & Kaldor 1987,
# Biometrics 43:671, as printed in Breslow & Clayton 1993).
OBSERVED = [
    9, 39, 11, 9, 15, 8, 26, 7, 6, 20, 13, 5, 3, 8, 17, 9, 2, 7, 9, 7, 16, 31, 11, 7, 19, 15, 7, 10, 16,
    11, 5, 3, 7, 8, 11, 9, 11, 8, 6, 4, 10, 8, 2, 6, 19, 3, 2, 3, 28, 6, 1, 1, 1, 1, 0, 0,
]  # fmt: skip
EXPECTED = [
    1.4, 8.7, 3.0, 2.5, 4.3, 2.4, 8.1, 2.3, 2.0, 6.6, 4.4, 1.8, 1.1, 3.3, 7.8, 4.6, 1.1, 4.2, 5.5, 4.4,
    10.5, 22.7, 8.8, 5.6, 15.5, 12.5, 6.0, 9.0, 14.4, 10.2, 4.8, 2.9, 7.0, 8.5, 12.3, 10.1, 12.7, 9.4,
    7.2, 5.3, 18.8, 15.8, 4.3, 14.6, 50.7, 8.2, 5.6, 9.3, 88.7, 19.6, 3.4, 3.6, 5.7, 7.0, 4.2, 1.8,
]  # fmt: skip

districts = st.lists(st.tuples(st.integers(0, 40), st.floats(1, 60)), min_size=4, max_size=15).filter(
    lambda rows: sum(count for count, _base in rows) > 0
)


def unlikely(logs: np.ndarray) -> float:
    """Minus the log likelihood of the negative binomial counts, by scipy's own distribution."""
    shape, rate = np.exp(logs)
    share = rate / (np.array(EXPECTED) + rate)
    return -float(stats.nbinom.logpmf(OBSERVED, shape, share).sum())


def test_the_gamma_prior_makes_the_counts_most_likely() -> None:
    found = smooth(OBSERVED, EXPECTED)
    shape = found.prior_mean[0] ** 2 / found.prior_variance[0]
    rate = found.prior_mean[0] / found.prior_variance[0]
    sought = optimize.minimize(
        unlikely, [0, 0], method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-13, "maxiter": 5000}
    )
    assert (shape, rate) == pytest.approx(np.exp(sought.x), rel=1e-6)
    posterior = [(o + shape) / (e + rate) for o, e in zip(OBSERVED, EXPECTED, strict=True)]
    assert found.value == pytest.approx(posterior, rel=1e-10)
    assert found.upper[0] == pytest.approx(stats.gamma.ppf(0.975, 9 + shape, scale=1 / (1.4 + rate)))


def obvious_marshall(observed: list[float], base: list[float]) -> list[float]:
    middle = sum(observed) / sum(base)
    rates = [o / n for o, n in zip(observed, base, strict=True)]
    spread = sum(n * (rate - middle) ** 2 for rate, n in zip(rates, base, strict=True)) / sum(base)
    between = max(0.0, spread - middle / (sum(base) / len(base)))
    return [
        middle + (rate - middle) * between / (between + middle / n)
        for rate, n in zip(rates, base, strict=True)
    ]


@given(districts)
def test_marshalls_shrinkage_equals_the_slow_version(rows: list[tuple[int, float]]) -> None:
    observed, base = [float(count) for count, _base in rows], [size for _count, size in rows]
    assert smooth(observed, base, method="marshall").value == pytest.approx(obvious_marshall(observed, base))


@given(districts)
def test_smoothed_figures_lie_between_their_own_and_the_common(rows: list[tuple[int, float]]) -> None:
    observed, base = [count for count, _base in rows], [size for _count, size in rows]
    for method in ("poisson_gamma", "marshall"):
        found = smooth(observed, base, method=method)
        least = np.minimum(found.raw, found.prior_mean) - 1e-9
        most = np.maximum(found.raw, found.prior_mean) + 1e-9
        assert np.all((least <= found.value) & (found.value <= most))
        assert np.all((found.weight >= 0) & (found.weight < 1))


def test_neighbours_are_what_local_smoothing_shrinks_towards() -> None:
    ring = [[(area - 1) % 56, (area + 1) % 56] for area in range(56)]
    found = smooth(OBSERVED, EXPECTED, method="local", neighbours=ring)
    for area in (0, 7, 48):
        near = sorted({area, *ring[area]})
        slow = obvious_marshall(
            [float(OBSERVED[place]) for place in near], [EXPECTED[place] for place in near]
        )
        assert found.value[area] == pytest.approx(slow[near.index(area)])
    everyone = [list(range(56))] * 56
    of_all = smooth(OBSERVED, EXPECTED, method="local", neighbours=everyone)
    assert of_all.value == pytest.approx(smooth(OBSERVED, EXPECTED, method="marshall").value)


def test_areas_that_differ_by_chance_alone_are_all_the_same() -> None:
    found = smooth([10, 11, 9, 10, 10, 11], [100.0] * 6, multiplier=1000)
    assert found.note == "no_more_than_chance"
    assert found.value == pytest.approx([1000 * 61 / 600] * 6)
    assert found.weight.tolist() == [0.0] * 6


def test_small_areas_are_drawn_closer_than_large() -> None:
    found = smooth([3, 300, 0, 40, 90, 10], [1, 100, 2, 50, 60, 12])
    assert found.weight[0] < found.weight[3] < found.weight[1]
    assert found.value[2] > 0


def test_an_area_of_nobody_has_the_common_figure() -> None:
    found = smooth([30, 5, 9, 0], [10, 8, 9, 0])
    assert found.value[3] == pytest.approx(found.prior_mean[3])
    assert math.isnan(found.raw[3])


def test_variation_is_the_formula_of_mcpherson() -> None:
    found = variation(OBSERVED, EXPECTED)
    parts = [((o - e) ** 2 / e**2 - 1 / e) for o, e in zip(OBSERVED, EXPECTED, strict=True)]
    assert found.systematic == pytest.approx(100 * sum(parts) / 56)
    assert (math.isnan(found.quotient), found.note) == (True, "zero_lowest")
    assert math.isnan(variation(OBSERVED, EXPECTED, left_out=1).quotient_trimmed)
    ratios = sorted(o / e for o, e in zip(OBSERVED, EXPECTED, strict=True))
    assert variation(OBSERVED, EXPECTED, left_out=2).quotient_trimmed == pytest.approx(ratios[-3] / ratios[2])


def test_highest_against_lowest_with_and_without_the_most_extreme() -> None:
    found = variation([5, 20, 11, 9, 40], [10, 10, 10, 10, 10])
    assert (found.quotient, found.quotient_trimmed) == pytest.approx((8, 20 / 9))
    assert found.coefficient == pytest.approx(np.std([0.5, 2, 1.1, 0.9, 4]) / 1.7)


def test_areas_that_differ_no_more_than_by_chance_are_said_to() -> None:
    found = variation([10, 11, 9, 10], [10, 10, 10, 10])
    assert found.systematic < 0
    assert found.note == "no_more_than_chance"


@given(districts, st.randoms())
def test_r5_the_order_of_areas_is_of_no_matter(rows: list[tuple[int, float]], chance: object) -> None:
    turned = rows.copy()
    chance.shuffle(turned)  # type: ignore[attr-defined]
    one, other = (variation(*zip(*some, strict=True)) for some in (rows, turned))
    assert other.systematic == pytest.approx(one.systematic, rel=1e-9, abs=1e-9)
    assert other.quotient == pytest.approx(one.quotient, nan_ok=True)


REFUSED = [
    (lambda: smooth([1, 2], [3, 4]), "too_short"),
    (lambda: smooth([0, 0, 0], [3, 4, 5]), "nothing_to_count"),
    (lambda: smooth([1, 2, 3], [3, 4, 0]), "events_without_population"),
    (lambda: smooth([1, 2, 3], [3, 4, 5], method="magic"), "unknown_word"),
    (lambda: smooth([1, 2, 3], [3, 4, 5], method="local"), "neighbours"),
    (lambda: smooth([1, 2, 3], [3, 4, 5], method="local", neighbours=[[1], [0], [3]]), "neighbours"),
    (lambda: variation([1, 2, 3], [3, 4, 5]), "too_short"),
    (lambda: variation([1, 2, 3, 4], [3, 4, 5, 0]), "events_without_population"),
    (lambda: variation([1, -2, 3, 4], [3, 4, 5, 6]), "negative"),
]


@pytest.mark.parametrize(("wrong", "code"), REFUSED)
def test_wrong_numbers_are_refused_with_a_reason(wrong: Callable[[], object], code: str) -> None:
    with pytest.raises(Refused) as caught:
        wrong()
    assert caught.value.code == code
