"""What is known before a forecast: times by the clock, a number of people, an invented ward."""

from datetime import datetime

import numpy as np
import pytest

from samspill.analysis.capacity import (
    Exponential,
    LogNormal,
    Patients,
    Twice,
    ages_now,
    example_stays,
    forecast,
    forecast_from_stays,
    known_at,
    to_utc,
)
from samspill.refusal import Refused

AT = datetime(2026, 11, 23, 8)


@pytest.mark.parametrize("stay", [Exponential(4.0), LogNormal(5.0, 1.2)])
def test_those_who_are_there_leave_as_the_curve_of_a_usual_ward_says(stay: Exponential | LogNormal) -> None:
    number, days = 400, np.arange(1, 8)
    found = forecast([Patients("all", stay, ages_now(stay, number), np.zeros(7))], days=7)
    expected = number * (1 - np.asarray(stay.mean_within(days)) / stay.mean)
    assert found.present == pytest.approx(expected, rel=0.02)


def test_nobody_there_is_nobody() -> None:
    assert ages_now(Exponential(3.0), 0).shape == (0,)


def test_a_usual_ward_stays_as_full_as_it_is() -> None:
    stay = LogNormal(4.0, 1.0)
    found = forecast([Patients("all", stay, ages_now(stay, 40), np.full(14, 10.0))], days=14)
    assert found.mean == pytest.approx(np.full(14, 40.0), rel=0.02)


def test_the_invented_ward_is_the_same_each_time_and_knows_nothing_later() -> None:
    came, left, group, groups = example_stays(AT, weeks=20, seed=1)
    again = example_stays(AT, weeks=20, seed=1)
    assert (came == again[0]).all()
    assert came.max() < np.datetime64(AT)
    assert np.nanmax(left) <= np.datetime64(AT)
    assert set(group) == set(range(len(groups)))
    assert (left[~np.isnat(left)] > came[~np.isnat(left)]).all()


def test_the_invented_ward_can_be_forecast_whatever_the_day() -> None:
    for at in (AT, datetime(2026, 3, 29, 8), datetime(2026, 10, 25, 8)):
        came, left, group, groups = example_stays(at, weeks=20, seed=1)
        stays, moment = known_at(came, left, group, groups, at=at)
        found = forecast_from_stays(stays, moment, days=14)
        assert 20 < found.mean.min() < found.mean.max() < 120


def test_the_hour_that_came_twice_is_refused_unless_one_says_which() -> None:
    double = np.array(["2026-10-25T02:30"], dtype="datetime64[s]")
    left = np.array(["NaT"], dtype="datetime64[s]")
    with pytest.raises(Refused) as refusal:
        known_at(double, left, np.zeros(1, int), ("a",), at=datetime(2026, 10, 26, 8))
    assert (refusal.value.code, refusal.value.facts["row"]) == ("clock_twice", 1)
    stays, _ = known_at(
        double, left, np.zeros(1, int), ("a",), at=datetime(2026, 10, 26, 8), twice=Twice.SECOND
    )
    midnight = to_utc(np.array(["2026-10-26"], dtype="datetime64[s]"))[0]
    assert stays.came[0] == pytest.approx(
        (np.datetime64("2026-10-25T01:30") - midnight) / np.timedelta64(1, "D")
    )
