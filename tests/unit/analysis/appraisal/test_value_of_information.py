"""EVPPI by regression against closed forms and a nested simulation."""

import numpy as np
import pytest
from scipy.stats import norm

from samspill.analysis.appraisal import Outcomes, acceptability, evppi
from samspill.refusal import Refused

DRAWS = 20_000


def two(gain: np.ndarray) -> Outcomes:
    """Strategy B gives `gain` more net benefit than A, in every draw."""
    nothing = np.zeros_like(gain)
    return Outcomes(("A", "B"), np.column_stack([nothing, -gain]), np.zeros((len(gain), 2)))


def loss(mean: float, sd: float) -> float:
    """Unit normal loss: E[max(0, X)] - max(0, E[X]) for X normal (Raiffa & Schlaifer 1961)."""
    z = abs(mean) / sd
    return sd * float(norm.pdf(z) - z * norm.sf(z))


def test_a_linear_gain_has_the_value_of_the_closed_form() -> None:
    chance = np.random.default_rng(5)
    x, y = chance.normal(1, 2, DRAWS), chance.normal(0, 3, DRAWS)
    found = {one.parameters: one for one in evppi(two(x + y), {"x": x, "y": y}, 0, groups=["x", "y", "xy"])}
    assert found["x",].value == pytest.approx(loss(1, 2), rel=0.05)
    assert found["y",].value == pytest.approx(loss(1, 3), rel=0.05)
    assert found["x", "y"].value == pytest.approx(loss(1, np.hypot(2, 3)), rel=0.05)
    assert found["x", "y"].share == pytest.approx(1, abs=1e-6)
    assert found["x",].explained == pytest.approx(4 / 13, abs=0.02)


def test_a_curved_gain_has_the_value_of_the_nested_simulation() -> None:
    """Outer loop over x, inner mean over y, the slow obvious way, where the gain is exp(x)·y - 1.2."""
    chance = np.random.default_rng(6)
    x, y = chance.normal(0, 0.5, DRAWS), chance.gamma(4, 0.25, DRAWS)
    gain = np.exp(x) * y - 1.2
    inner = np.array([np.mean(np.exp(one) * y - 1.2) for one in x[:4000]])
    nested = np.maximum(inner, 0).mean() - max(inner.mean(), 0)
    (ours,) = evppi(two(gain), {"x": x}, 0)
    assert ours.value == pytest.approx(nested, rel=0.08)


def test_a_product_of_two_is_seen_by_the_group() -> None:
    chance = np.random.default_rng(7)
    x, y = chance.normal(size=DRAWS), chance.normal(size=DRAWS)
    alone, both = evppi(two(x * y), {"x": x, "y": y}, 0, groups=[["x"], ["x", "y"]])[::-1]
    evpi = acceptability(two(x * y), [0]).evpi[0]
    assert alone.value < 0.1 * evpi
    assert both.value == pytest.approx(evpi, rel=0.01)


def test_knowing_what_is_known_or_does_not_matter_is_worth_nothing() -> None:
    chance = np.random.default_rng(8)
    x, other = chance.normal(3, 1, DRAWS), chance.integers(0, 3, DRAWS).astype(float)
    outcomes = two(x)
    found = {
        one.parameters[0]: one for one in evppi(outcomes, {"sure": np.full(DRAWS, 2.0), "other": other}, 0)
    }
    assert found["sure"].value == 0
    assert found["other"].value == pytest.approx(0, abs=1e-9)


def test_the_order_is_by_value() -> None:
    chance = np.random.default_rng(9)
    x, y = chance.normal(0, 1, DRAWS), chance.normal(0, 5, DRAWS)
    assert [one.parameters[0] for one in evppi(two(x + y), {"x": x, "y": y}, 0)] == ["y", "x"]


def test_groups_that_cannot_be_learned_are_refused() -> None:
    x = np.arange(50.0)
    outcomes = two(x - 20)
    for groups, code in [([["z"]], "unknown_parameter"), ([["x"]], "too_few_draws")]:
        with pytest.raises(Refused) as refused:
            evppi(outcomes, {"x": x}, 0, groups=groups)
        assert refused.value.code == code
    many = {f"p{place}": x for place in range(7)}
    with pytest.raises(Refused, match="at most 6"):
        evppi(outcomes, many, 0, groups=[list(many)])
