"""Whom to compare with, and how many persons it takes: by hand, and a published table."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.analysis.appraisal import Plan, balance, design_effect, match, persons_per_arm, power_with
from samspill.refusal import Refused


def test_matching_takes_the_nearest_and_nobody_twice() -> None:
    treated = np.array([1, 1, 1, 0, 0, 0, 0], dtype=bool)
    risk = np.array([0.50, 0.51, 0.9, 0.505, 0.49, 0.1, 0.895])
    found = match(treated, risk, caliper=0.5)
    assert dict(zip(found.treated.tolist(), found.controls.tolist(), strict=True)) == {2: 6, 1: 3, 0: 4}
    towns = ["a", "b", "a", "b", "b", "a", "b"]
    apart = match(treated, risk, exact=towns, caliper=0.5)
    assert apart.unmatched.tolist() == [0, 2]
    assert apart.controls.tolist() == [3]


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000))
def test_matched_groups_are_more_alike(seed: int) -> None:
    chance = np.random.default_rng(seed)
    age = np.concatenate([chance.normal(83, 4, 60), chance.normal(78, 6, 600)])
    risk = 1 / (1 + np.exp(-(age - 82) / 5))
    treated = np.arange(660) < 60
    found = match(treated, risk)
    everybody = balance({"age": age}, np.flatnonzero(treated), np.flatnonzero(~treated))[0]
    (matched,) = balance({"age": age}, found.treated, found.controls)
    assert abs(matched.difference) < abs(everybody.difference)
    assert len(set(found.controls.tolist())) == len(found.controls)
    assert not treated[found.controls].any() and treated[found.treated].all()


def test_persons_per_arm_as_published() -> None:
    """Zhu & Lakkis 2014, table I: rate 0.8, ratio 0.85, k 0.4, 0.75 years, power 80 %: 1 316 by this
    variance.
    """
    plan = Plan(rate=0.8, ratio=0.85, dispersion=0.4, years=0.75)
    assert persons_per_arm(plan) == 1316
    assert power_with(plan, 1316) == pytest.approx(0.8, abs=1e-3)


@given(st.floats(0.2, 5), st.floats(0.3, 0.95), st.floats(0, 3), st.floats(0.5, 0.95))
def test_power_is_the_inverse_of_persons(rate: float, ratio: float, k: float, power: float) -> None:
    plan = Plan(rate, ratio, k)
    persons = persons_per_arm(plan, power=power)
    assert power_with(plan, persons) >= power > power_with(plan, persons - 1) - 1e-9 or persons == 1
    assert persons_per_arm(replace(plan, dispersion=k + 1), power=power) >= persons


def test_whole_municipalities_take_more_persons() -> None:
    plan = Plan(2.0, 0.8, 0.8)
    assert design_effect(51, 0.02) == pytest.approx(2)
    assert persons_per_arm(plan, design_effect=2) == pytest.approx(2 * persons_per_arm(plan), abs=1)
    assert power_with(plan, 400, design_effect=2) == pytest.approx(power_with(plan, 200))


@pytest.mark.parametrize(
    ("do", "code"),
    [
        (lambda: match([True, False], [0.5, 1.0]), "share"),
        (lambda: match([True, True], [0.5, 0.4]), "no_rows"),
        (lambda: Plan(1, 1, 0), "plan"),
        (lambda: Plan(0, 0.5, 0), "plan"),
        (lambda: persons_per_arm(Plan(1, 0.5, 0), power=1), "plan"),
        (lambda: design_effect(0, 0.1), "plan"),
    ],
)
def test_what_cannot_be_told_is_refused(do: object, code: str) -> None:
    assert callable(do)
    with pytest.raises(Refused) as refused:
        do()
    assert refused.value.code == code
