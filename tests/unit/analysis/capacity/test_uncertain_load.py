"""Beds for a load that is itself not known, against the slow sum over futures and numbers in bed."""

import math

import numpy as np
import pytest

from samspill.analysis.capacity import Rule, beds_for_risk, beds_over, load_for_risk, risk_over
from samspill.refusal import Refused


def slow_risk(loads: list[float], beds: int) -> float:
    """One minus the Poisson probabilities of 0 to `beds`, one by one, over all futures."""
    total = 0.0
    for load in loads:
        total += 1 - sum(
            math.exp(-load) * load**number / math.factorial(number) for number in range(beds + 1)
        )
    return total / len(loads)


def test_the_risk_is_the_mean_over_the_futures() -> None:
    loads = [4.0, 6.5, 9.0]
    found = risk_over(loads, range(20))
    assert found == pytest.approx([slow_risk(loads, beds) for beds in range(20)], abs=1e-12)


@pytest.mark.parametrize("risk", [0.01, 0.05, 0.3])
def test_the_beds_are_the_fewest_that_hold_the_risk(risk: float) -> None:
    loads = [4.0, 6.5, 9.0]
    beds = beds_over(loads, risk)
    assert slow_risk(loads, beds) <= risk < slow_risk(loads, beds - 1)


def test_one_known_load_is_the_closed_form() -> None:
    assert beds_over(12.0, 0.05) == beds_for_risk(12.0, 0.05, rule=Rule.OVERFLOW).beds


def test_not_knowing_the_load_asks_for_more_beds() -> None:
    spread = np.linspace(60, 140, 41)
    assert beds_over(spread, 0.05) > beds_over(spread.mean(), 0.05)


def test_the_load_of_a_risk_gives_that_risk() -> None:
    assert slow_risk([load_for_risk(24, 0.05)], 24) == pytest.approx(0.05, abs=1e-12)


def test_nobody_needs_no_bed() -> None:
    assert beds_over(0.0, 0.05) == 0
    assert risk_over(0.0, 0)[0] == 0


@pytest.mark.parametrize("loads", [[], [math.nan], [-1.0]])
def test_a_load_that_is_no_number_is_refused(loads: list[float]) -> None:
    with pytest.raises(Refused) as refusal:
        risk_over(loads, 3)
    assert refusal.value.code == "number_out_of_range"
