"""What is needed of each profession follows a service, within each drawn future."""

import numpy as np
import pytest

from samspill.analysis.workforce import (
    FOLLOWS,
    PEOPLE,
    WORKING,
    Baseline,
    Demand,
    Profession,
    Sector,
    demand_following,
    draw_shocks,
    follow,
    ostfold,
    services_followed,
    uncertainty,
)
from samspill.refusal import Refused

YEARS, DRAWS = 4, 8


def needed(use: dict[str, np.ndarray], vacancy: float = 0.0) -> tuple[Baseline, Demand]:
    baseline = ostfold()
    shocks = draw_shocks(uncertainty(), baseline.professions, years=YEARS, draws=DRAWS, seed=1)
    return baseline, demand_following(baseline, follow(baseline, shocks), use, vacancy=vacancy)


def steady(**growth: float) -> dict[str, np.ndarray]:
    """Use of each service that grows by the share given a year, from different levels in each draw."""
    level = np.linspace(90, 110, DRAWS)
    return {
        code: level * (1 + growth.get(code, 0.0)) ** np.arange(YEARS + 1)[:, None]
        for code in (*services_followed(), PEOPLE)
    }


def test_every_profession_has_something_to_follow_at_both_levels() -> None:
    assert set(FOLLOWS) == {(one, sector) for one in Profession for sector in WORKING}


def test_use_that_stays_needs_as_many_as_there_are() -> None:
    baseline, demand = needed(steady())
    place = baseline.professions.index(Profession.NURSE)
    assert demand.fte[:, place, 0] == pytest.approx(1051)
    assert demand.fte[:, place, 1] == pytest.approx(1940)


def test_empty_posts_are_needed_too() -> None:
    _, without = needed(steady())
    _, beside = needed(steady(), vacancy=0.04)
    assert beside.fte[:, :, :2] == pytest.approx(without.fte[:, :, :2] / 0.96)


def test_the_need_grows_as_the_service_and_nothing_else() -> None:
    baseline, demand = needed(steady(births=0.1))
    first, last = demand.fte[0, :, :2], demand.fte[-1, :, :2]
    midwives = baseline.professions.index(Profession.MIDWIFE)
    assert last[midwives] == pytest.approx(first[midwives] * 1.1**YEARS)
    others = [place for place in range(len(baseline.professions)) if place != midwives]
    assert last[others] == pytest.approx(first[others])


def test_what_is_not_known_of_todays_level_is_in_no_curve() -> None:
    """The draws start at different levels of use; the need starts at what is staffed, in all of them."""
    _, demand = needed(steady(births=0.02))
    first = demand.fte[0, :, :2]
    assert np.ptp(first, axis=-1) == pytest.approx(0)


def test_a_service_that_lacks_is_refused() -> None:
    use = steady()
    del use["births"]
    with pytest.raises(Refused) as refusal:
        needed(use)
    assert refusal.value.code == "missing_use"


@pytest.mark.parametrize(
    ("births", "code"),
    [(np.ones((YEARS, DRAWS)), "use_years"), (np.zeros((YEARS + 1, DRAWS)), "use")],
)
def test_use_of_other_years_or_by_nobody_is_refused(births: np.ndarray, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        needed({**steady(), "births": births})
    assert refusal.value.code == code


def test_gps_follow_the_people() -> None:
    assert FOLLOWS[Profession.GENERAL_PRACTITIONER, Sector.MUNICIPALITY] == PEOPLE
