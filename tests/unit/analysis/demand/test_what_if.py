"""Trying measures on a frozen baseline: nothing changes nothing, everything is found again, steps sum."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.analysis.demand import (
    CHANGE,
    LINES,
    NO_CHANGE,
    POPULATION,
    Assumptions,
    Baseline,
    Recipe,
    Use,
    embedded_use,
    freeze,
    lines_beside,
    measured,
    mitigators,
    what_if,
)
from samspill.analysis.figures import embedded
from samspill.analysis.population import Projection, project
from samspill.refusal import Refused

ALL = tuple(mitigators())


@pytest.fixture(scope="module")
def people() -> Projection:
    history, rates, _ = embedded()
    return project(history, rates, jump_off=2026, to=2036, draws=40, seed=7)


@pytest.fixture(scope="module")
def baseline(people: Projection) -> Baseline:
    return freeze(people, embedded()[0], actual=embedded_use(), skills=measured())


def test_size_zero_gives_the_identical_numbers(baseline: Baseline) -> None:
    answer = what_if(baseline, Assumptions(dict.fromkeys(ALL, 0.0)))
    assert np.array_equal(answer.draws, baseline.draws)
    assert not answer.difference("hospital_bed_days").any()


def test_factor_one_is_no_change_exactly(baseline: Baseline) -> None:
    same = Assumptions(dict.fromkeys(ALL, 1.0), ranges=dict.fromkeys(ALL, (1.0, 1.0)))
    assert np.array_equal(what_if(baseline, same).draws, baseline.draws)


def test_the_first_year_is_never_changed(baseline: Baseline) -> None:
    answer = what_if(baseline, Assumptions(dict.fromkeys(ALL, 1.0), years=dict.fromkeys(ALL, 0)))
    assert np.array_equal(answer.draws[0], baseline.draws[0])
    assert answer.difference("hospital_bed_days")[1:].any()


@pytest.mark.parametrize("code", ALL)
def test_what_leaves_is_found_again_or_saved_with_a_reason(baseline: Baseline, code: str) -> None:
    answer = what_if(baseline, Assumptions({code: 1.0}))
    (moved,) = answer.moved
    accounted = moved.saved + sum(moved.share.values())
    assert accounted == pytest.approx(moved.avoided, rel=1e-9, abs=1e-9)
    assert moved.because
    assert moved.avoided[-1].any()
    lost = -answer.difference(moved.counts)
    assert lost == pytest.approx(moved.avoided, rel=1e-3, abs=0.5)
    if code != "healthier_ageing":
        for service, found in moved.found.items():
            assert answer.difference(service) == pytest.approx(found, rel=1e-2, abs=0.5)


def test_a_bed_day_to_a_municipal_bed_is_a_municipal_bed_day(baseline: Baseline) -> None:
    answer = what_if(baseline, Assumptions({"municipal_acute_beds": 1.0}))
    (moved,) = answer.moved
    assert moved.found["kad_days"] == pytest.approx(0.9 * moved.avoided, rel=1e-9)
    sides = answer.sides(2036)
    assert sides["hospital"]["hospital_bed_days"][1] < 0 < sides["municipality"]["kad_days"][1]


def test_a_place_that_is_taken_counts_in_the_sum_of_places_too(baseline: Baseline) -> None:
    answer = what_if(baseline, Assumptions({"ready_for_discharge": 1.0}))
    one, both = (answer.difference(code) for code in ("institution_long_stay", "housing_and_long_stay"))
    assert one == pytest.approx(both, abs=1e-2)


@settings(max_examples=15)
@given(sizes=st.dictionaries(st.sampled_from(ALL), st.floats(0.1, 2), min_size=1, max_size=4))
def test_the_waterfall_sums_to_the_total(sizes: dict[str, float]) -> None:
    history, rates, _ = embedded()
    few = project(history.only(history.areas[:2]), rates, jump_off=2026, to=2030, draws=8, seed=3)
    small = freeze(few, history, actual=embedded_use(), skills=measured())
    answer = what_if(small, Assumptions(sizes))
    for service in ("hospital_bed_days", "home_care_hours", "emergency_admissions"):
        fall = answer.waterfall(service, 2030)
        assert set(fall.steps) == {POPULATION, CHANGE, *sizes}
        assert fall.start + sum(fall.steps.values()) == pytest.approx(fall.end, rel=1e-9)
        assert fall.end == pytest.approx(answer.total(service)[-1], rel=1e-9)


def test_when_the_order_matters_each_has_its_mean_over_all_orders(baseline: Baseline) -> None:
    """Two measures that each take 60 per cent of the same stays: whoever comes first takes more."""
    pair = ("length_of_stay", "healthier_ageing")
    deep = Assumptions(
        dict.fromkeys(pair, 1.0), ranges=dict.fromkeys(pair, (0.4, 0.4)), years=dict.fromkeys(pair, 1)
    )
    fall = what_if(baseline, deep).waterfall("hospital_bed_days", 2036)
    assert fall.shapley
    assert fall.steps[pair[0]] == pytest.approx(fall.steps[pair[1]], rel=1e-3)
    assert fall.start + sum(fall.steps.values()) == pytest.approx(fall.end, rel=1e-9)


def test_a_draw_of_a_mitigator_does_not_depend_on_the_others(baseline: Baseline) -> None:
    alone = what_if(baseline, Assumptions({"ready_for_discharge": 1.0}))
    together = what_if(baseline, Assumptions({"ready_for_discharge": 1.0, "day_surgery": 1.0}))
    days = "discharge_ready_days"
    assert np.array_equal(alone.total(days), together.total(days))


def test_the_range_is_drawn_as_an_80_per_cent_interval() -> None:
    one = mitigators()["length_of_stay"]
    drawn = one.draw(np.random.default_rng(1), 20_000)
    assert np.percentile(drawn, [10, 90]) == pytest.approx(one.factor, abs=0.002)


def test_the_same_seed_gives_the_same_whatever_services_run_with_it(
    people: Projection, baseline: Baseline
) -> None:
    alone = freeze(people, embedded()[0], services=("kad_days", "births"))
    for service in ("kad_days", "births"):
        assert alone.total(service) == pytest.approx(baseline.total(service), rel=1e-6)


def test_an_area_does_not_depend_on_which_others_are_asked_for(
    people: Projection, baseline: Baseline
) -> None:
    """Level, change in use and noise; the population borrows a little from all, so not to the last bit."""
    history, rates, _ = embedded()
    few = history.only(tuple(reversed(history.areas[:3])))
    again = project(few, rates, jump_off=2026, to=2036, draws=40, seed=7)
    services = ("kad_days", "home_care_users", "nurse_fte")
    alone = freeze(again, history, actual=embedded_use(), skills=measured(), services=services)
    for area in few.areas:
        for service in services:
            one, other = (found.total(service, (area,)) for found in (alone, baseline))
            assert one == pytest.approx(other, rel=2e-3)


def test_the_band_of_a_sum_is_computed_from_the_sum(baseline: Baseline) -> None:
    parts = np.sum([baseline.band("home_care_users", (area,)) for area in baseline.areas], axis=0)
    whole = baseline.band("home_care_users")
    assert (whole[:, 2] - whole[:, 0] < parts[:, 2] - parts[:, 0]).all()


def test_the_local_level_is_shown_with_its_noise(baseline: Baseline) -> None:
    levels = {one.area: one for one in baseline.levels if one.service == "home_care_users"}
    assert levels["3101"].local
    assert 0.6 < levels["3101"].ratio < 0.9  # Halden uses less than the region's rates say
    assert 0 < levels["3107"].noise < levels["3124"].noise < 0.5  # Fredrikstad is large, Aremark small
    at_start = baseline.band("home_care_users", ("3107",))[0, 1]
    assert at_start == pytest.approx(embedded_use()["home_care_users"].only(("3107",)).values[-1, 0], rel=0.1)


def test_a_municipality_that_is_not_published_has_the_region_s_level(people: Projection) -> None:
    whole = embedded_use()["housing_24h_users"]
    values = whole.values.copy()
    values[:, whole.areas.index("3124")] = np.nan
    found = freeze(
        people,
        embedded()[0],
        actual={"housing_24h_users": Use(whole.service, whole.years, whole.areas, values)},
        services=("housing_24h_users",),
    )
    levels = {one.area: one for one in found.levels}
    assert not levels["3124"].local
    assert levels["3124"].ratio == 1
    assert levels["3124"].noise > levels["3107"].noise
    assert found.total("housing_24h_users", ("3124",)).min() > 0


def test_without_skill_the_flat_line_is_drawn(people: Projection, baseline: Baseline) -> None:
    """Nursing homes: the population grows, and the count stays (in the middle of the draws)."""
    flat = freeze(
        people,
        embedded()[0],
        actual=embedded_use(),
        services=("institution_long_stay",),
        recipes={"institution_long_stay": NO_CHANGE},
    )
    place = [one for one, _ in baseline.items].index("institution_long_stay")
    assert baseline.change[:, :, place] == pytest.approx(flat.change[:, :, 0], rel=1e-9)
    assert baseline.change[-1, :, place].mean() < 0.9


def test_another_line_can_be_drawn_beside(people: Projection) -> None:
    service = ("home_care_users",)
    ages = {"home_care_users": Recipe(("constant_use",), "last")}
    one = freeze(people, embedded()[0], actual=embedded_use(), services=service)
    other = freeze(people, embedded()[0], actual=embedded_use(), services=service, recipes=ages)
    assert other.band("home_care_users")[-1, 1] > 1.1 * one.band("home_care_users")[-1, 1]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (Assumptions({"magic": 1.0}), "unknown_mitigator"),
        (Assumptions({"length_of_stay": -1.0}), "size"),
        (Assumptions({"length_of_stay": 1.0}, ranges={"length_of_stay": (1.2, 0.8)}), "interval"),
    ],
)
def test_assumptions_that_are_none_are_refused(baseline: Baseline, wrong: Assumptions, code: str) -> None:
    with pytest.raises(Refused) as refused:
        what_if(baseline, wrong)
    assert refused.value.code == code


def test_a_service_and_an_area_there_are_not_are_refused(people: Projection, baseline: Baseline) -> None:
    with pytest.raises(Refused, match="spa"):
        freeze(people, embedded()[0], services=("spa",))
    with pytest.raises(Refused, match="0301"):
        baseline.band("births", ("0301",))
    with pytest.raises(Refused, match="draws"):
        freeze(replace(people, draws=None), embedded()[0])


def test_a_year_outside_has_no_waterfall(baseline: Baseline) -> None:
    with pytest.raises(Refused, match="2050"):
        what_if(baseline, Assumptions()).waterfall("births", 2050)


def test_the_same_run_has_the_same_fingerprint_and_another_has_another(people: Projection) -> None:
    history, service = embedded()[0], ("births",)
    one, again = (freeze(people, history, services=service) for _ in range(2))
    assert one.fingerprint == again.fingerprint
    used = freeze(people, history, services=service, actual=embedded_use())
    assert used.fingerprint != one.fingerprint
    tried = what_if(one, Assumptions({"length_of_stay": 1.0}))
    assert tried.fingerprint != what_if(one, Assumptions()).fingerprint


def test_the_named_lines_stand_beside_the_curve(people: Projection) -> None:
    """Constant use lies above use per resident, and that above no change, where people grow older."""
    lines = lines_beside(people, embedded()[0], "home_care_users", actual=embedded_use())
    assert set(lines) == set(LINES)
    last = {name: values[-1] for name, values in lines.items()}
    assert last["no_change"] < last["per_resident"] < last["constant_use"]
    assert lines["no_change"] == pytest.approx(lines["no_change"][0], rel=0.05)
