"""Services and mitigators are sourced, dated and accounted for; what is written wrongly is refused."""

import numpy as np
import pytest

from samspill.analysis.demand import (
    assumptions_from,
    catalogue,
    mitigators,
    read_mitigators,
    read_services,
)
from samspill.analysis.figures import embedded
from samspill.refusal import Refused

WANTED = {
    *("hospital_stays", "hospital_bed_days", "outpatient", "emergency_admissions", "births", "kad_days"),
    *("kad_admissions", "discharge_ready_days", "institution_long_stay", "housing_24h_users", "nurse_fte"),
    *("home_care_users", "home_care_hours", "dho_candidates", "iht_candidates"),
}
ROW = "{code: x, name: X, side: hospital, unit: stays, from: 2025, source: S, licence: L, %s}"


def test_all_services_that_planners_ask_for_are_there() -> None:
    assert set(catalogue()) >= WANTED


@pytest.mark.parametrize("code", catalogue())
def test_every_service_has_source_year_unit_and_whole_rates(code: str) -> None:
    service = catalogue()[code]
    assert service.source and service.licence and service.unit and 2000 < service.since < 2030
    assert service.profile.shape == (2, 106)
    assert np.isfinite(service.profile).all() and service.profile.sum() > 0
    if "judgement" in service.source.lower() or service.level != (1.0, 1.0):
        assert service.assumption, "what is not known is marked as assumed"


@pytest.mark.parametrize("code", mitigators())
def test_every_mitigator_has_evidence_and_says_where_units_go(code: str) -> None:
    one = mitigators()[code]
    assert one.source and one.because.endswith(".") and one.assumption
    assert one.factor[0] < one.factor[1]
    assert one.saved + sum(back.share for back in one.returns) == pytest.approx(1)


def test_the_rates_give_back_the_published_national_figures() -> None:
    """SSB 14824, 2025: the published totals summed over ages; chapters lack up to 0.8 per cent of them."""
    nation = embedded()[1].population
    assert nation is not None
    persons = nation.on(2026)[0]
    stays = (catalogue()["hospital_stays"].profile * persons).sum()
    assert stays == pytest.approx(114888 + 68094 + 157704 + 181530 + 217494 + 129384 + 32760, rel=0.03)
    days = (catalogue()["hospital_bed_days"].profile * persons).sum()
    total = 353676 + 198858 + 557700 + 810174 + 960918 + 556578 + 131244
    assert days == pytest.approx(total, rel=0.03)
    births = (catalogue()["births"].profile * persons).sum()
    assert births == pytest.approx(51_480, rel=0.06)  # live births in Norway 2022


def test_women_have_more_municipal_acute_admissions() -> None:
    women, men = catalogue()["kad_admissions"].profile
    assert (women[67:] > men[67:]).all()


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        ("rates: {18: 1}", "ages_gap"),
        ("rates: {0: 1}, colour: red", "unknown_key"),
        ("rates: {0: 1}, level: [2, 1]", "interval"),
        ("rates: {0: -1}", "profile"),
    ],
)
def test_a_service_that_is_written_wrongly_is_refused(rest: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_services(f"[{ROW % rest}]")
    assert refused.value.code == code


def test_a_share_above_one_is_refused() -> None:
    rows = f"[{ROW % 'rates: {0: 1}'}, {(ROW % 'of: x, share: {0: 1.2}').replace('code: x', 'code: y')}]"
    with pytest.raises(Refused, match="above one") as refused:
        read_services(rows)
    assert refused.value.code == "not_a_share"


def test_a_rate_without_a_source_does_not_load() -> None:
    with pytest.raises(Refused, match="source") as refused:
        read_services("[{code: x, name: X, side: hospital, unit: stays, from: 2025, licence: L}]")
    assert refused.value.code == "missing"


def test_bed_days_that_go_nowhere_are_refused() -> None:
    text = """
- {code: x, name: X, services: [hospital_stays], factor: [0.9, 1], years: 1, counts: hospital_bed_days,
   returns: [{service: kad_days, share: 0.5, amount: 1}], saved: {share: 0.2, because: no}, source: S}
"""
    with pytest.raises(Refused, match=r"sum to 0\.7") as refused:
        read_mitigators(text)
    assert refused.value.code == "unaccounted"


def test_assumptions_are_read_with_size_range_and_years() -> None:
    found = assumptions_from("length_of_stay: 1\nday_surgery: {size: 0.5, factor: [0.9, 1], years: 3}", "a")
    assert found.sizes == {"length_of_stay": 1, "day_surgery": 0.5}
    assert found.ranges == {"day_surgery": (0.9, 1.0)}
    assert found.years == {"day_surgery": 3}


@pytest.mark.parametrize("text", ["- a", "a: b", "a: {much: 1}", "a: {factor: [1]}", "a: [", "a: {size: }"])
def test_assumptions_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(Refused):
        assumptions_from(text, "a.yaml")
