"""GP lists: the published means, and people without a GP when doctors come and go."""

from dataclasses import replace

import numpy as np
import pytest

from samspill.analysis.workforce import (
    Lists,
    lists_like_the_nation,
    national_lists,
    ostfold,
    project_lists,
    project_staff,
    uncertainty,
)
from samspill.refusal import Refused

# Helsedirektoratet, Allmennlegetjenesten årsrapport 2023, kap. 8: mean length, per cent of lists without.
PUBLISHED = {
    "2019Q4": (1088, 2.5),
    "2020Q4": (1069, 3.5),
    "2021Q4": (1059, 4.2),
    "2022Q4": (1034, 5.7),
    "2023Q4": (1005, 5.7),
    "2024-05-01": (991, 4.9),
}


@pytest.mark.parametrize("lists", national_lists(), ids=lambda one: one.when)
def test_lists_give_the_means_that_helsedirektoratet_publishes(lists: Lists) -> None:
    length, share = PUBLISHED[lists.when]
    assert round(lists.mean_length) == pytest.approx(length, abs=1)
    assert round(100 * lists.share_of_lists_without, 1) == pytest.approx(share, abs=0.1)


def test_capacity_open_places_and_people_without_a_gp() -> None:
    one = Lists("2026", 10, 10, 2, 9000, 1500, 1000, gp_fte=9)
    assert (one.capacity, one.open_places) == (10_000, 1000)
    assert one.share_without == 1500 / 10_500
    assert one.patients_per_fte == 1000
    assert replace(one, gp_fte=None).patients_per_fte is None


def test_nothing_changes_when_neither_doctors_nor_people_do() -> None:
    now = national_lists()[-1]
    people = np.full((4, 1), now.people_with + now.people_without)
    run = project_lists(now, np.full((4, 3), now.gps), people, first_year=2024)
    assert np.allclose(run.people_without, now.people_without, rtol=1e-9)


def test_a_doctor_more_is_a_list_more_and_nobody_is_served_twice() -> None:
    now = Lists("2026", 10, 10, 1, 9000, 900, 950)
    people = np.full((2, 1), 9900.0)
    run = project_lists(now, np.array([[10.0, 10.0], [10.5, 30.0]]), people, first_year=2026)
    assert run.people_without.tolist() == [[900, 900], [450, 0]]
    assert (run.people_with + run.people_without == 9900).all()


def test_shorter_lists_leave_people_without_even_if_no_doctor_goes() -> None:
    """What happened from 2019 to 2022: 199 more doctors, and 136 747 more people without."""
    first, last = national_lists()[0], national_lists()[3]
    people = np.array([[one.people_with + one.people_without] for one in national_lists()[:4]])
    gps = np.array([[one.gps] for one in national_lists()[:4]])
    yearly = (last.mean_length / first.mean_length) ** (1 / 3) - 1
    run = project_lists(first, gps, people, first_year=2019, length_change=yearly)
    assert run.people_without[-1, 0] == pytest.approx(last.people_without, rel=0.05)
    still = project_lists(first, gps, people, first_year=2019)
    assert still.people_without[-1, 0] < 0.1 * last.people_without


def test_the_flow_of_doctors_gives_people_without_a_gp_with_an_interval() -> None:
    run = project_staff(ostfold(), uncertainty(), to=2036, draws=32, seed=2)
    gps = run.persons[:, run.professions.index("general_practitioner"), 1]
    now = lists_like_the_nation(336_615, gps=float(gps[0, 0]))
    future = project_lists(now, gps, np.full((11, 1), 336_615.0), first_year=2026, length_change=-0.01)
    low, high = np.percentile(future.people_without[3], (10, 90))
    assert 0 <= low < high < 336_615


def test_an_area_like_the_nation_has_the_nations_shares() -> None:
    nation, area = national_lists()[-1], lists_like_the_nation(100_000)
    assert area.share_without == pytest.approx(nation.share_without)
    assert area.share_of_lists_without == pytest.approx(nation.share_of_lists_without)
    assert area.people_with + area.people_without == pytest.approx(100_000)


def test_figures_that_lack_are_refused() -> None:
    now = national_lists()[-1]
    for gps in (np.array([[np.nan]]), np.array([[-1.0]]), np.ones((2, 1))):
        with pytest.raises(Refused):
            project_lists(now, gps, np.ones((1, 1)), first_year=2024)
    with pytest.raises(Refused):
        replace(now, lists_with=0)
