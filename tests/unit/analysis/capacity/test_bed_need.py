"""Beds from bed-days and from risk; what a high utilisation costs in queue."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from samspill.analysis.capacity import (
    Rule,
    beds_for_risk,
    beds_from_bed_days,
    erlang_b,
    erlang_c,
    norms,
    price_of_utilisation,
    risk_of_too_few,
)
from samspill.refusal import Refused


def test_bed_days_become_beds_as_the_national_model_does() -> None:
    need = beds_from_bed_days(103_660, 0.85)
    assert need.mean_in_use == pytest.approx(284.0)
    assert need.exact == pytest.approx(334.12, abs=0.01)
    assert need.beds == 335


def test_a_whole_number_of_beds_is_not_rounded_up_by_the_last_bit() -> None:
    assert beds_from_bed_days(365 * 0.85 * 100, 0.85).beds == 100


def test_the_customary_utilisations_are_dated_and_sourced() -> None:
    assert norms()["somatic"].utilisation == 0.85
    assert norms()["tight"].utilisation == 0.90
    for norm in norms().values():
        assert norm.source and norm.licence and norm.applies_from.year > 2000


def test_ninety_per_cent_costs_far_more_queue_than_eighty_five() -> None:
    cheap, dear = price_of_utilisation(10.0, 4.0, (0.85, 0.90))
    assert (cheap.beds, dear.beds) == (48, 45)
    assert dear.waiting.waits == erlang_c(40.0, 45)
    assert dear.waiting.mean_wait_days > 2 * cheap.waiting.mean_wait_days
    assert dear.turned_away == erlang_b(40.0, 45)


def test_small_units_pay_more_for_the_same_utilisation() -> None:
    (small,), (large,) = (price_of_utilisation(rate, 4.0, (0.85,)) for rate in (2.5, 50.0))
    assert small.waiting.waits > 3 * large.waiting.waits


@given(st.floats(0.1, 300), st.floats(0.001, 0.5), st.sampled_from(Rule))
def test_the_beds_for_a_risk_are_the_fewest(load: float, risk: float, rule: Rule) -> None:
    found = beds_for_risk(load, risk, rule=rule)
    assert found.risk <= risk * (1 + 1e-9)
    if found.beds > 1 and (rule is not Rule.DELAY or found.beds - 1 > load):
        assert risk_of_too_few(load, found.beds - 1, rule=rule) > risk * (1 - 1e-9)


def test_wider_than_poisson_needs_more_beds() -> None:
    plain, wide = beds_for_risk(40.0, 0.05), beds_for_risk(40.0, 0.05, dispersion=2.5)
    assert plain.beds == stats.poisson.ppf(0.95, 40)
    assert wide.beds > plain.beds
    assert risk_of_too_few(40.0, 50, dispersion=1 + 1e-9) == pytest.approx(
        risk_of_too_few(40.0, 50), rel=1e-6
    )


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(Refused, match="utilisation is 85; it must be above 0 and at most 1"):
        beds_from_bed_days(1000, 85)
    with pytest.raises(Refused, match="rule overflow"):
        beds_for_risk(10.0, 0.05, rule=Rule.LOSS, dispersion=2.0)
    with pytest.raises(Refused, match="without end"):
        price_of_utilisation(10.0, 4.0, (1.0,))
