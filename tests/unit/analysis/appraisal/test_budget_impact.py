"""Budget impact: by hand, exact sums, and who gains and pays."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.analysis.appraisal import Bearing, BudgetImpact, Payer, budget_impact
from samspill.refusal import Refused

YEARS = (2027, 2028, 2029)
HOSPITAL, MUNICIPALITY, STATE = Payer.HOSPITAL, Payer.MUNICIPALITY, Payer.STATE


def team(draws: int = 1, *, seed: int = 1) -> BudgetImpact:
    chance = np.random.default_rng(seed)
    saved = chance.normal(9000, 2000, (draws, 1)) if draws > 1 else 9000
    return budget_impact(
        YEARS,
        eligible=[200, 210, 220],
        uptake=[0.25, 0.5, 0.5],
        old={HOSPITAL: 60_000, MUNICIPALITY: 150_000},
        new={HOSPITAL: 60_000 - np.asarray(saved), MUNICIPALITY: 156_000.5},
        one_off={MUNICIPALITY: [80_000, 0, 0], STATE: [-50_000, 0, 0]},
    )


def test_by_hand() -> None:
    """50, 105 and 110 persons; 9 000 less at the hospital and 6 000.50 more in the municipality for each."""
    ours = team()
    assert ours.payers == (HOSPITAL, MUNICIPALITY, STATE)
    assert (ours.running[0, 0] / 100).tolist() == [-450_000, -945_000, -990_000]
    assert (ours.running[0, 1] / 100).tolist() == [300_025, 630_052.5, 660_055]
    assert (ours.one_off[0] / 100).tolist() == [[0, 0, 0], [80_000, 0, 0], [-50_000, 0, 0]]
    assert ours.total()[0] / 100 == -2_385_000 + 1_590_132.5 + 80_000 - 50_000


@given(st.integers(0, 10_000), st.integers(2, 30))
def test_the_sum_over_payers_is_the_total_exactly_in_whatever_order(seed: int, draws: int) -> None:
    amounts = team(draws, seed=seed).amounts
    for order in permutations(range(3)):
        by_payer_first = [sum(sum(int(cell) for cell in draw[payer]) for payer in order) for draw in amounts]
        assert by_payer_first == team(draws, seed=seed).total().tolist()


def test_percentiles_of_all_payers_are_of_sums() -> None:
    ours = team(500)
    band = ours.band()
    assert band.shape == (3, 4, 3)
    sums = ours.amounts.sum(axis=1) / 100
    assert np.allclose(band[:, -1], np.percentile(sums, (10, 50, 90), axis=0))


def test_who_gains_and_who_pays() -> None:
    found = {side.payer: side for side in team(500).sides()}
    assert found[HOSPITAL].bearing is Bearing.GAINS
    assert found[MUNICIPALITY].bearing is Bearing.PAYS
    assert found[HOSPITAL].mean == pytest.approx(-265 * 9000, rel=0.02)
    assert found[HOSPITAL].low < found[HOSPITAL].mean < found[HOSPITAL].high < 0


def test_not_knowing_is_told() -> None:
    draws = np.linspace(-100, 100, 101)[:, None]
    ours = budget_impact([2027], eligible=10, uptake=1, old={}, new={HOSPITAL: draws, STATE: 0})
    assert [side.bearing for side in ours.sides()] == [Bearing.UNSURE, Bearing.UNTOUCHED]


def test_a_measure_that_changes_no_cost_has_no_budget_impact() -> None:
    draws = np.random.default_rng(2).gamma(9, 1000, (200, 1))
    ours = budget_impact([2027], eligible=123, uptake=0.3, old={HOSPITAL: draws}, new={HOSPITAL: draws})
    assert not ours.amounts.any()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"uptake": 1.2}, "share"),
        ({"eligible": -1}, "negative"),
        ({"eligible": [1, 2]}, "years_differ"),
        ({"new": {HOSPITAL: np.nan}}, "not_a_number"),
        ({"old": {}, "new": {}}, "no_payer"),
        ({"years": [2027, 2029]}, "years"),
        ({"new": {HOSPITAL: np.ones((4, 1))}, "old": {STATE: np.ones((5, 1))}}, "draws_differ"),
        ({"new": {HOSPITAL: 1e16}}, "too_large"),
    ],
)
def test_budgets_that_cannot_be_are_refused(change: dict, code: str) -> None:
    given_ = {"years": [2027], "eligible": 10, "uptake": 0.5, "old": {HOSPITAL: 1}, "new": {HOSPITAL: 2}}
    given_.update(change)
    with pytest.raises(Refused) as refused:
        budget_impact(given_.pop("years"), **given_)
    assert refused.value.code == code
