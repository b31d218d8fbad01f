"""A gap is demand minus supply in each draw; a lever at zero changes nothing at all."""

import numpy as np
import pytest

from samspill.analysis.workforce import (
    Demand,
    Frozen,
    Measure,
    close,
    demand_fte,
    demand_like_now,
    draw_shocks,
    follow,
    freeze,
    from_fte,
    lever_of,
    levers,
    ostfold,
    rates_in,
    steady_growth,
    uncertainty,
)
from samspill.refusal import Refused

DRAWS, SEED = 24, 4


@pytest.fixture(scope="module")
def frozen() -> Frozen:
    baseline = ostfold()
    shocks = draw_shocks(uncertainty(), baseline.professions, years=10, draws=DRAWS, seed=SEED)
    growth = steady_growth(shocks, percent=1.5, low=0.5, high=2.5, seed=SEED)
    demand = demand_like_now(baseline, follow(baseline, shocks), growth, vacancy=0.04)
    return freeze(baseline, uncertainty(), demand, draws=DRAWS, seed=SEED)


def pulled(code: str, value: float | None = None) -> Measure:
    return Measure(code, lever_of(code).high if value is None else value, "nurse", other="health_care_worker")


@pytest.mark.parametrize("code", levers())
def test_a_lever_at_zero_gives_the_identical_number_in_every_draw(frozen: Frozen, code: str) -> None:
    answer = frozen.what_if([pulled(code, 0.0)])
    assert np.array_equal(answer.gap.fte, frozen.gap.fte, equal_nan=True)
    assert np.array_equal(answer.staffing.supply, frozen.staffing.supply)


@pytest.mark.parametrize("code", [code for code in levers() if code != "rotation"])
def test_a_lever_in_full_closes_some_of_the_gap_in_every_draw(frozen: Frozen, code: str) -> None:
    closed = frozen.what_if([pulled(code)]).closed.of("nurse")
    assert (closed[-1] > 0).all()
    assert not closed[0].any(), "the first day is what it is"


def test_rotation_moves_hours_between_the_levels_and_wins_none(frozen: Frozen) -> None:
    closed = frozen.what_if([pulled("rotation")]).closed
    assert np.abs(closed.of("nurse")).max() < 1e-9
    assert np.abs(closed.of("nurse", "hospital")[-1]).min() > 1


def test_a_measure_works_from_its_year_and_in_full_after_its_years(frozen: Frozen) -> None:
    late = Measure("full_time", 0.3, "nurse", start=2029, years_to_full=3)
    at_once = frozen.what_if([Measure("full_time", 0.3, "nurse")]).closed.of("nurse")
    closed = frozen.what_if([late]).closed.of("nurse")
    assert not closed[:4].any()
    assert (closed[4] > 0).all() and (closed[4] < at_once[4]).all()
    assert np.allclose(closed[6:], at_once[6:], rtol=1e-12)


def test_tasks_that_are_shifted_are_somebody_elses(frozen: Frozen) -> None:
    closed = frozen.what_if([pulled("task_shift", 0.1)]).closed
    assert np.allclose(closed.of("nurse") + closed.of("health_care_worker"), 0, atol=1e-9)
    assert not closed.of("midwife").any()


def test_vacancy_is_less_demand_and_not_one_hand_more(frozen: Frozen) -> None:
    answer = frozen.what_if([pulled("vacancy", 0.04)])
    assert np.array_equal(answer.staffing.supply, frozen.staffing.supply)
    assert (answer.closed.of("nurse")[-1] > 0).all()


def test_sickness_changes_neither_heads_nor_agreed_fte(frozen: Frozen) -> None:
    answer = frozen.what_if([pulled("sickness")])
    assert np.array_equal(answer.staffing.agreed, frozen.staffing.agreed)
    expected = 0.25 * 0.08 / (1 - 0.08)
    won = answer.closed.of("nurse", "hospital")[-1] / frozen.staffing.of("nurse", "hospital")[-1]
    assert won.mean() == pytest.approx(expected, rel=0.1)


def test_the_gap_of_both_levels_is_summed_within_the_draw(frozen: Frozen) -> None:
    both = frozen.gap.of("nurse", "hospital") + frozen.gap.of("nurse", "municipality")
    assert np.allclose(frozen.gap.of("nurse"), both)
    summed = frozen.gap.band("nurse", "hospital") + frozen.gap.band("nurse", "municipality")
    assert not np.allclose(frozen.gap.band("nurse")[0], summed[0])


def test_nobody_plans_for_elsewhere_so_there_is_no_gap_there(frozen: Frozen) -> None:
    assert np.isnan(frozen.gap.of("nurse", "elsewhere")).all()
    assert 0 < frozen.gap.likely("nurse")[-1] <= 1


def test_the_lever_that_closes_the_gap_is_found_and_does_close_it(frozen: Frozen) -> None:
    found = close(frozen, Measure("recruitment", 0, "nurse"), profession="nurse", year=2030)
    assert found.value is not None and 0 < found.value < found.high
    after = frozen.what_if([Measure("recruitment", found.value, "nurse")]).gap.of("nurse")[4]
    assert abs(np.percentile(after, 50)) < 0.5
    assert found.before > 10


def test_a_lever_that_cannot_do_it_by_itself_says_so(frozen: Frozen) -> None:
    found = close(frozen, Measure("later_retirement", 0, "nurse"), profession="nurse", year=2036)
    assert found.value is None
    assert 0 < found.left < found.before


def test_the_search_goes_no_further_than_there_are_nurses_to_train(frozen: Frozen) -> None:
    few = from_fte(
        {("nurse", "hospital"): 60, ("midwife", "hospital"): 90}, {"nurse": {"places": 5}}, year=2026
    )
    shocks = draw_shocks(uncertainty(), few.professions, years=8, draws=DRAWS, seed=SEED)
    demand = demand_like_now(few, follow(few, shocks), np.ones((9, 1)), vacancy=0.3)
    small = freeze(few, uncertainty(), demand, draws=DRAWS, seed=SEED)
    found = close(small, Measure("training_places", 0, "midwife"), profession="midwife", year=2034)
    assert 0 < found.high < lever_of("training_places").high


def test_of_those_elsewhere_no_more_come_back_than_there_are(frozen: Frozen) -> None:
    everyone = rates_in(frozen.baseline, [Measure("return_to_service", 1.0, "nurse")], 2026)
    row = everyone.mobility[1, 2]
    assert row[2] == 0 and row.sum() == pytest.approx(1, abs=1e-12)
    one_level = rates_in(frozen.baseline, [Measure("return_to_service", 0.05, "nurse", "hospital")], 2026)
    change = one_level.mobility[1, 2] - frozen.baseline.rates.mobility[1, 2]
    assert change == pytest.approx([0.05, 0, -0.05], abs=1e-12)


def test_no_gap_needs_no_lever() -> None:
    baseline = ostfold()
    shocks = draw_shocks(uncertainty(), baseline.professions, years=5, draws=DRAWS, seed=SEED)
    demand = demand_like_now(baseline, follow(baseline, shocks), np.full((6, 1), 0.5))
    easy = freeze(baseline, uncertainty(), demand, draws=DRAWS, seed=SEED)
    assert close(easy, Measure("retention", 0, "nurse"), profession="nurse", year=2030).value == 0


def test_demand_is_use_times_fte_per_use_with_growth_and_productivity() -> None:
    """SSB Rapporter 2023/2 as written in the formula: 200·0.5·(1.01·0.995)^h."""
    use = np.full((3, 2), 200.0)
    made = demand_fte(use, 0.5, growth=0.01, productivity=0.005)
    assert np.allclose(made[:, 0], [100, 100 * 1.01 * 0.995, 100 * (1.01 * 0.995) ** 2])
    assert np.array_equal(demand_fte(use, 0.5), use * 0.5)


def test_demand_for_other_years_or_with_other_draws_is_refused(frozen: Frozen) -> None:
    short = Demand(frozen.demand.years[1:], frozen.demand.professions, frozen.demand.fte[1:])
    with pytest.raises(Refused, match="starts in 2027"):
        freeze(frozen.baseline, uncertainty(), short, draws=4, seed=1)
    with pytest.raises(Refused) as refused:
        freeze(frozen.baseline, uncertainty(), frozen.demand, draws=7, seed=1)
    assert refused.value.code == "demand_draws"


@pytest.mark.parametrize(
    ("measure", "code"),
    [
        (Measure("nothing", 1), "unknown_lever"),
        (Measure("retention", 1.2), "lever_value"),
        (Measure("retention", -0.1), "lever_value"),
        (Measure("retention", 0.1, "baker"), "unknown_profession"),
        (Measure("retention", 0.1, "nurse", "school"), "unknown_sector"),
        (Measure("task_shift", 0.1, other="nurse"), "profession"),
        (Measure("task_shift", 0.1, "nurse"), "profession"),
        (Measure("task_shift", 0.1, "nurse", other="nurse"), "profession"),
        (Measure("task_shift", 0.1, "nurse", other="baker"), "unknown_profession"),
        (Measure("full_time", 0.1, "midwife", "elsewhere", years_to_full=-1), "years_to_full"),
        (Measure("full_time", 0.1, years_to_full=0), "years_to_full"),
    ],
)
def test_measures_that_cannot_be_are_refused(frozen: Frozen, measure: Measure, code: str) -> None:
    with pytest.raises(Refused) as refused:
        frozen.what_if([measure])
    assert refused.value.code == code


def test_every_lever_has_a_range_evidence_and_a_source() -> None:
    for lever in levers().values():
        assert lever.low == 0 < lever.high
        assert lever.evidence and lever.source and lever.licence and lever.nb and lever.nn
        assert lever.change.__doc__


def test_nothing_closes_the_gap_of_the_first_day_and_a_year_outside_is_refused(frozen: Frozen) -> None:
    found = close(frozen, Measure("recruitment", 0, "nurse"), profession="nurse", year=2026)
    assert found.value is None and found.left == found.before > 0
    with pytest.raises(Refused) as refused:
        close(frozen, Measure("recruitment", 0, "nurse"), profession="nurse", year=2040)
    assert refused.value.code == "year"


def test_the_search_sees_what_the_whole_projection_sees(frozen: Frozen) -> None:
    """Fewer professions and years are a matter of speed: the gap that is searched is the very same."""
    small = frozen.only("nurse").until(2031)
    assert np.array_equal(small.gap.of("nurse"), frozen.gap.of("nurse")[:6])
