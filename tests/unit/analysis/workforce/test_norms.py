"""Staffing norms against published worked examples, and the formulas of WHO's manual."""

import numpy as np
import pytest

from samspill.analysis.appraisal import draw_all, example, with_overrides
from samspill.analysis.workforce import (
    Activity,
    Additional,
    CareElement,
    Support,
    WorkingTime,
    midwife_fte,
    shift_fte,
    wisn,
    working_times,
)
from samspill.refusal import Refused


def test_the_hiv_clinic_in_kisumu_needs_17_46_clinicians_before_allowances() -> None:
    """Burmen, Owuor & Mitei 2017, Human Resources for Health 15:9 (doi 10.1186/s12960-017-0186-3), table 3:
    4.5 days a week, 10 public holidays, 30 days of leave and 15 sick leave 179 days; 100 000 visits of a
    quarter of an hour take 3 125 days of 8 hours.
    """
    time = WorkingTime(36, days_per_week=4.5, leave=30, holidays=10, sick=15)
    assert time.days == 179
    need = wisn(time, [Activity("consultation", 100_000, 0.25)])
    assert 100_000 * 0.25 / 8 == 3125
    assert round(need.basic, 2) == 17.46
    allowed = wisn(time, [Activity("consultation", 100_000, 0.25)], [Support("training", 10 / 179)])
    assert allowed.category_factor == pytest.approx(1 / (1 - 10 / 179), rel=1e-15)
    assert allowed.total == pytest.approx(17.46 * 179 / 169, rel=1e-3)


def test_a_dutch_nurse_has_1521_9_hours_a_year_for_patients() -> None:
    """Capacity management of nursing staff, BMC Health Services Research 2007, 7:196, table 1: 1 872 agreed
    hours less 9 and 0.2 per cent holidays, 3.5 official holidays, 2 development and 4 sick leave.
    """
    share = {"leave": 0.09 + 0.002, "holidays": 0.035, "training": 0.02, "sick": 0.04}
    time = WorkingTime(36, **{name: value * 260 for name, value in share.items()})
    assert time.hours == pytest.approx(1521.9, abs=0.1)


def test_a_ward_of_fifteen_beds_needs_14_8_nurses_round_the_clock() -> None:
    """Hurst 2002, Selecting and applying methods for estimating the size and mix of nursing teams, the
    professional judgement method: three nurses 7.5 hours early and late, two 10 hours at night, 22 per cent
    time out, 37.5 hours a week.
    """
    available = 37.5 / 1.22 * 365 / 7
    early_late = shift_fte(3, 7.5, available) * 2
    assert early_late + shift_fte(2, 10, available) == pytest.approx(14.8, abs=0.005)


def test_the_steps_of_the_manual_follow_each_other() -> None:
    """WHO 2010: standard workload = AWT/unit time; CAF = 1/(1 - support); IAF = hours/AWT; sum·CAF + IAF."""
    time = WorkingTime(40, leave=25, holidays=10, sick=10, training=15)
    assert (time.days, time.hours) == (200, 1600)
    visit, birth = Activity("visit", 6400, 0.5), Activity("birth", 400, 8)
    assert visit.standard_workload(1600) == 3200
    need = wisn(
        time,
        [visit, birth],
        [Support("records", 0.15), Support("meetings", 0.05)],
        [Additional("lead", 2, 80)],
    )
    assert (need.basic, need.category_factor, need.individual_factor) == (4.0, 1.25, 0.1)
    assert need.total == pytest.approx(5.1, rel=1e-15)
    assert need.ratio(2.55) == pytest.approx(0.5)


def test_midwives_are_births_times_hours_per_element_of_care() -> None:
    births = np.array([[1000.0, 1200.0], [900.0, 1100.0]])
    model = [
        CareElement("antenatal", "municipality", 6),
        CareElement("birth", "hospital", np.array([20.0, 24.0])),
        CareElement("postnatal", "hospital", 8),
    ]
    fte = midwife_fte(births, model, 1400)
    assert fte[0, 1].tolist() == pytest.approx([1000 * 6 / 1400, 1200 * 6 / 1400])
    assert fte[1, 0].tolist() == pytest.approx([900 * 28 / 1400, 1100 * 32 / 1400])
    assert not fte[:, 2].any()


def _side_of(element: str) -> str:
    return "hospital" if element.endswith("hospital") else "municipality"


@pytest.mark.parametrize("model", ["today", "stronger_municipality", "combined_posts", "known_midwife_team"])
def test_the_three_models_of_maternity_care_need_the_same_midwives_here_as_in_their_comparison(
    model: str,
) -> None:
    """The worked example of the appraisal package says FTE on each side; so does the norm, draw by draw."""
    example_of = example("midwifery")
    (scenario,) = [one for one in example_of.scenarios if one.name == model]
    numbers = draw_all(with_overrides(example_of.baseline, scenario), draws=40, seed=1)
    elements = [
        CareElement(name, _side_of(name), numbers[name] * numbers.get(f"{name}_ratio", 1.0))
        for name in (
            "antenatal_hospital",
            "birth_hospital",
            "postnatal_hospital",
            "home_visits_hospital",
            "antenatal_municipality",
            "home_visits_municipality",
        )
    ]
    fte = midwife_fte(numbers["births"][None], elements, numbers["net_hours"])[0]
    found = example_of.formulas(numbers)
    assert np.allclose(fte[0], found["hospital_midwives"], rtol=1e-12)
    assert np.allclose(fte[1], found["municipal_midwives"], rtol=1e-12)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: WorkingTime(37.5, leave=300),
        lambda: WorkingTime(-1),
        lambda: wisn(WorkingTime(37.5), [Activity("a", 1, 0)]),
        lambda: wisn(WorkingTime(37.5), [Activity("a", float("nan"), 1)]),
        lambda: wisn(WorkingTime(37.5), [Activity("a", 1, 1)], [Support("all", 1.0)]),
        lambda: wisn(WorkingTime(37.5), [Activity("a", 1, 1), Activity("a", 1, 1)]),
        lambda: shift_fte(1, 25, 1600),
        lambda: shift_fte(1, 24, 0),
        lambda: midwife_fte(np.array([[np.nan]]), [CareElement("a", "hospital", 1)], 1400),
        lambda: midwife_fte(np.ones((1, 1)), [], 1400),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(wrong: object) -> None:
    assert callable(wrong)
    with pytest.raises(Refused) as refused:
        wrong()
    assert refused.value.sentence.endswith(".")


def test_every_customary_year_has_a_date_and_a_source() -> None:
    for norm in working_times().values():
        assert norm.source and norm.licence and norm.applies_from
        assert 1300 < norm.time.hours < 1700
