"""The limits of a difference: Newcombe's published examples, and what must hold of any two figures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.analysis.rates import difference, proportion

# Newcombe 1998 (Statistics in Medicine 17:873), table II, method 10: Wilson's limits, squared and added.
PUBLISHED = [
    ((56, 70), (48, 80), (0.0524, 0.3339)),
    ((9, 10), (3, 10), (0.1705, 0.8090)),
    ((6, 7), (2, 7), (0.0582, 0.8062)),
    ((5, 56), (0, 29), (-0.0381, 0.1926)),
    ((0, 10), (0, 20), (-0.1611, 0.2775)),
    ((0, 10), (0, 10), (-0.2775, 0.2775)),
    ((10, 10), (0, 20), (0.6791, 1.0000)),
    ((10, 10), (0, 10), (0.6075, 1.0000)),
]


def limits(share: tuple[int, int]) -> tuple[float, float, float]:
    found = proportion(*share)
    return found.value, found.lower, found.upper


@pytest.mark.parametrize(("one", "two", "published"), PUBLISHED)
def test_it_agrees_with_the_published_examples(
    one: tuple[int, int], two: tuple[int, int], published: tuple[float, float]
) -> None:
    found = difference(limits(one), limits(two))
    assert (found.lower[0], found.upper[0]) == pytest.approx(published, abs=5e-5)
    assert found.value[0] == pytest.approx(one[0] / one[1] - two[0] / two[1])


shares = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(shares, shares)
def test_turned_round_it_is_the_same_with_the_other_sign(one: tuple[int, int], two: tuple[int, int]) -> None:
    here, there = difference(limits(one), limits(two)), difference(limits(two), limits(one))
    assert np.allclose(
        [here.value, here.lower, here.upper], [-there.value, -there.upper, -there.lower], equal_nan=True
    )
    assert here.lower[0] <= here.value[0] + 1e-12
    assert here.value[0] <= here.upper[0] + 1e-12
    assert bool(here.is_clear[0]) == bool(there.is_clear[0])


def test_what_has_no_limits_has_no_difference_that_is_clear() -> None:
    found = difference((1.0, np.nan, np.nan), (0.0, 0.0, 0.1))
    assert np.isnan(found.lower[0])
    assert not found.is_clear[0]
