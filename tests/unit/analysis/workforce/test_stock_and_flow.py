"""Persons are conserved: every one who is there next year was there, or came, and nobody goes twice."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.analysis.workforce import (
    SECTORS,
    Baseline,
    Convention,
    Measure,
    draw_shocks,
    from_fte,
    levers,
    ostfold,
    project_staff,
    step,
    uncertainty,
)
from samspill.refusal import Refused
from unit.analysis.workforce.slow_staff import slow_year


@pytest.fixture(scope="module")
def baseline() -> Baseline:
    return ostfold()


def alone(**changes: object) -> Baseline:
    """Nurses by themselves, of whom nobody becomes anything else."""
    flows = {"nurse": {"places": 90, "recruits_hospital": 7, "recruits_municipality": 9, "international": 4}}
    made = from_fte({("nurse", "hospital"): 500, ("nurse", "municipality"): 900}, flows, year=2026)
    return replace(made, rates=replace(made.rates, **changes)) if changes else made


@pytest.mark.parametrize("convention", list(Convention))
def test_in_every_cell_and_draw_the_end_is_the_start_less_those_who_went_plus_those_who_came(
    baseline: Baseline, convention: Convention
) -> None:
    """W1, to 1e-9."""
    shocks = draw_shocks(uncertainty(), baseline.professions, years=1, draws=16, seed=3)
    persons = np.repeat(baseline.persons[..., None], 16, axis=-1)
    year = step(baseline, persons, baseline.rates, baseline.begun[:, -1], shocks, 0, convention)
    gone = year.died + year.retired + year.left + year.moved_out + year.qualified
    assert np.abs(year.end - (year.aged + year.entered - gone + year.moved_in)).max() < 1e-9
    assert np.abs(year.aged.sum() + year.outgrown.sum() - persons.sum()) < 1e-6
    assert year.end.min() >= 0
    assert year.qualified.sum() > 0


def test_over_all_years_the_stock_is_the_first_plus_the_flows(baseline: Baseline) -> None:
    run = project_staff(baseline, uncertainty(), to=2036, draws=8, seed=1)
    lost = ("died", "retired", "left", "moved_out", "qualified", "outgrown")
    gone = sum(run.flows[name] for name in lost)
    change = run.flows["entered"] + run.flows["moved_in"] - gone
    assert np.abs(run.persons[1:] - run.persons[:-1] - change).max() < 1e-9


def test_who_moves_out_of_a_sector_moves_into_another(baseline: Baseline) -> None:
    run = project_staff(baseline, uncertainty(), to=2031, draws=8, seed=1)
    assert np.abs((run.flows["moved_out"] - run.flows["moved_in"]).sum(axis=2)).max() < 1e-9
    assert run.flows["moved_out"].min() >= 0


def test_with_mobility_alone_nobody_is_lost_or_won() -> None:
    names = ("deaths", "retiring", "leaving", "places", "recruits", "international")
    none = {name: np.zeros_like(getattr(alone().rates, name)) for name in names}
    none["mobility"] = np.array([[[0.9, 0.08, 0.02], [0.05, 0.9, 0.05], [0.0, 0.1, 0.9]]])
    still = alone(**none)
    still = replace(
        still, begun=np.zeros_like(still.begun), persons=still.persons * (np.arange(57) < 40)[:, None]
    )
    run = project_staff(still, uncertainty(), to=2036, draws=4, seed=1)
    whole = run.persons.sum(axis=2)
    assert np.allclose(whole, whole[0], rtol=1e-12)
    assert not np.allclose(run.persons[-1], run.persons[0], rtol=1e-3)


@given(seed=st.integers(0, 50), harder=st.floats(0, 1))
@settings(max_examples=15, deadline=None)
def test_when_nobody_comes_the_head_count_never_rises(seed: int, harder: float) -> None:
    """W2, for the region as a whole."""
    nobody = alone(
        places=np.zeros(1),
        recruits=np.zeros((1, 3)),
        international=np.zeros(1),
        leaving=alone().rates.leaving * harder,
    )
    nobody = replace(nobody, begun=np.zeros_like(nobody.begun))
    heads = project_staff(nobody, uncertainty(), to=2034, draws=5, seed=seed).persons.sum(axis=(1, 2))
    assert (np.diff(heads, axis=0) <= 1e-9).all()


@pytest.mark.parametrize("code", ["none", *levers()])
def test_fte_never_exceed_heads_times_a_full_post(baseline: Baseline, code: str) -> None:
    """W3; combined posts and rotation are worked at the other level, so that it holds for both together."""
    measures = (
        [Measure(code, levers()[code].high, "nurse", other="health_care_worker")] if code != "none" else []
    )
    run = project_staff(baseline, uncertainty(), to=2032, draws=12, seed=5, measures=measures)
    assert (run.agreed <= run.persons * baseline.rates.participation.max() + 1e-9).all()
    if code != "sickness":
        assert (run.supply.sum(axis=2) <= run.persons.sum(axis=2) + 1e-9).all()


@pytest.mark.parametrize("even", [True, False])
def test_a_year_is_what_it_is_on_paper(even: bool) -> None:
    made = alone()
    shocks = draw_shocks(uncertainty(), made.professions, years=1, draws=0, seed=0)
    convention = Convention.EVEN if even else Convention.END
    quick = step(made, made.persons[..., None], made.rates, made.begun[:, -3], shocks, 0, convention)
    assert np.abs(quick.end[..., 0] - slow_year(made, even=even)).max() < 1e-9


def test_entrants_who_come_at_the_end_are_all_there_and_half_of_the_others_meet_the_years_losses() -> None:
    shocks = draw_shocks(uncertainty(), ("nurse",), years=1, draws=0, seed=0)
    nobody = replace(alone(), persons=np.zeros_like(alone().persons))
    ends = {
        way: step(nobody, nobody.persons[..., None], nobody.rates, nobody.begun[:, 0], shocks, 0, way)
        for way in Convention
    }
    entered = ends[Convention.END].entered.sum()
    assert ends[Convention.END].end.sum() == pytest.approx(entered, rel=1e-12)
    lost = entered - ends[Convention.EVEN].end.sum()
    assert 0 < lost < 0.05 * entered


def test_a_training_place_gives_no_hands_before_the_training_is_over(baseline: Baseline) -> None:
    plain = project_staff(baseline, uncertainty(), to=2033)
    more = project_staff(
        baseline, uncertainty(), to=2033, measures=[Measure("training_places", 50, "nurse", start=2027)]
    )
    heads = (more.persons - plain.persons)[:, 1].sum(axis=(1, 2))
    assert baseline.professions[1] == "nurse" and baseline.delay[1] == 3
    assert not heads[: 2030 - 2026 + 1].any()
    assert heads[2031 - 2026] == pytest.approx(50 * 0.62, rel=0.03)


def test_a_nurse_who_becomes_a_midwife_is_a_nurse_less(baseline: Baseline) -> None:
    plain = project_staff(baseline, uncertainty(), to=2032)
    more = project_staff(
        baseline, uncertainty(), to=2032, measures=[Measure("training_places", 10, "midwife")]
    )
    change = (more.persons - plain.persons).sum(axis=(2, 3))[-1]
    midwives, nurses = change[0], change[1]
    assert midwives > 30
    assert nurses == pytest.approx(-midwives, rel=0.1)


def test_more_students_than_there_are_nurses_of_their_age_is_refused(baseline: Baseline) -> None:
    with pytest.raises(Refused) as refused:
        project_staff(
            baseline, uncertainty(), to=2030, measures=[Measure("training_places", 5000, "midwife")]
        )
    assert refused.value.code == "too_many_students"


def test_the_first_day_has_exactly_the_fte_that_were_given(baseline: Baseline) -> None:
    run = project_staff(baseline, uncertainty(), to=2027, draws=3)
    assert np.allclose(run.of("nurse", "hospital")[0], 1051, rtol=1e-12)
    assert np.allclose(run.of("nurse", "municipality")[0], 1940, rtol=1e-12)


def test_the_same_seed_gives_the_same_draws_whoever_else_is_counted(baseline: Baseline) -> None:
    """The draws of nurses are the same with their kin alone as among all professions."""
    assert baseline.only("midwife").professions == ("midwife", "nurse", "specialist_nurse")
    everyone = project_staff(baseline, uncertainty(), to=2032, draws=6, seed=9)
    few = project_staff(baseline.only("nurse"), uncertainty(), to=2032, draws=6, seed=9)
    assert np.array_equal(everyone.of("nurse"), few.of("nurse"))
    assert not np.array_equal(
        everyone.of("nurse"), project_staff(baseline, uncertainty(), to=2032, draws=6, seed=8).of("nurse")
    )


def test_a_longer_horizon_begins_with_the_same_years(baseline: Baseline) -> None:
    short = project_staff(baseline, uncertainty(), to=2028, draws=6, seed=9)
    long = project_staff(baseline, uncertainty(), to=2033, draws=6, seed=9)
    assert np.array_equal(short.supply, long.supply[:3])


def test_zero_years_give_the_stock_back(baseline: Baseline) -> None:
    run = project_staff(baseline, uncertainty(), to=2026, draws=4)
    assert np.allclose(run.persons[0], baseline.persons.sum(axis=(1, 2))[..., None])
    assert run.years == (2026,)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"completion": np.array([1.2])}, "number_out_of_range"),
        ({"leaving": np.full((1, 57, 3), np.nan)}, "missing_cell"),
        ({"mobility": np.full((1, 3, 3), 0.5)}, "shares_sum"),
        ({"places": np.array([-1.0])}, "number_out_of_range"),
        ({"hours": np.ones((1, 2, 56, 3))}, "staff_shape"),
    ],
)
def test_rates_that_cannot_be_are_refused(change: dict[str, np.ndarray], code: str) -> None:
    with pytest.raises(Refused) as refused:
        alone(**change)
    assert refused.value.code == code


def test_a_horizon_before_the_stock_and_too_many_draws_are_refused(baseline: Baseline) -> None:
    for arguments, code in (({"to": 2020}, "horizon"), ({"to": 2030, "draws": 10**6}, "too_many_draws")):
        with pytest.raises(Refused) as refused:
            project_staff(baseline, uncertainty(), **arguments)
        assert refused.value.code == code


def test_sectors_are_the_two_levels_and_elsewhere() -> None:
    assert [str(one) for one in SECTORS] == ["hospital", "municipality", "elsewhere"]
