"""The series alone: limits from before, its own trend, and a beginning from a high."""

from datetime import date

import numpy as np
import pytest

from samspill.analysis.effects import (
    Area,
    Asked,
    Expected,
    OwnWay,
    months_on,
    own_series,
    split_months,
    split_years,
    together,
)
from samspill.refusal import Refused
from unit.analysis.effects.worlds import series, world

YEARS = tuple(range(2013, 2024))
RATES = [17.2, 17.6, 16.9, 17.4, 17.1, 16.8, 17.0, 16.9, 15.4, 15.1, 15.3]
MONTHLY = [
    50.0, 50.4, 49.5, 48.5, 49.1, 48.3, 49.8, 51.7, 48.9, 48.6, 50.2, 50.0, 49.6, 48.0, 49.3, 50.3,
    47.2, 48.5, 46.2, 47.1, 46.2, 48.6, 47.0, 49.3, 45.0, 44.5, 40.9, 43.8, 44.5, 44.7, 42.2, 43.7,
    42.9, 43.1, 45.9, 43.0, 44.2, 45.5, 43.2, 43.9, 44.2, 44.0, 42.1, 44.0, 45.8, 41.4, 45.0, 43.8,
]  # fmt: skip


def asked(values: list[float], before: int, after: int, **more: object) -> Asked:
    periods = tuple(range(2013, 2013 + len(values)))
    return Asked(periods, [series(values)], before, after, better="decrease", **more)  # type: ignore[arg-type]


def test_limits_are_those_of_before_and_stand_still_after() -> None:
    own = own_series(asked(RATES, 8, 8))
    assert own.chart is not None
    moving = np.abs(np.diff(RATES[:8])).mean()
    assert own.baseline == pytest.approx(np.mean(RATES[:8]))
    assert own.chart.lower == pytest.approx(np.full(11, own.baseline - 2.66 * moving))
    assert [(period, rule) for period, rule, _kind in own.since] == [(2021, 1), (2022, 1), (2023, 1)]
    assert {kind for _period, _rule, kind in own.since} == {"improvement"}


def test_a_short_series_gets_a_step_over_its_own_trend() -> None:
    """statsmodels 0.15.0, OLS of the logarithm; the interval is of 99 per cent."""
    own = own_series(asked(RATES, 8, 8))
    assert own.way is OwnWay.LEVEL and own.ratio is not None
    assert np.log(own.ratio.estimate) == pytest.approx(-0.0925072285, abs=1e-9)
    assert own.ratio.error == pytest.approx(0.013717695, abs=1e-9)
    assert own.ratio.confidence == 0.99


def test_a_long_series_may_change_its_slope_too() -> None:
    own = own_series(asked(MONTHLY, 24, 24))
    assert own.way is OwnWay.LEVEL_AND_SLOPE and own.interrupted is not None and own.ratio is not None
    assert np.log(own.ratio.estimate) == pytest.approx(own.interrupted.average.estimate)
    assert own.ratio.is_told_apart


def test_with_counts_the_step_is_that_of_a_poisson_regression() -> None:
    own = own_series(Asked(YEARS, [series(RATES, people=4000)], 8, 8, better="decrease"))
    assert own.ratio is not None
    assert np.log(own.ratio.estimate) == pytest.approx(-0.0925, abs=0.002)


@pytest.mark.parametrize(("before", "after"), [(4, 4), (10, 10)])
def test_too_few_periods_give_no_step(before: int, after: int) -> None:
    own = own_series(asked(RATES[: before + 1] if before > 4 else RATES, before, after))
    assert own.ratio is None


def test_a_hidden_period_is_left_out_and_never_nought() -> None:
    values = [*RATES]
    values[3] = float("nan")
    own = own_series(asked(values, 8, 8))
    assert 2016 not in own.periods
    assert own.baseline == pytest.approx(np.nanmean(values[:8]))


def test_what_was_counted_otherwise_is_not_set_beside() -> None:
    own = own_series(asked(RATES, 8, 8, breaks=(2015,)))
    assert own.periods[0] == 2015 and own.before == 6


def test_a_last_year_that_was_the_worst_is_told() -> None:
    assert own_series(asked([17.2, 17.6, 16.9, 17.4, 19.5, 16.8, 17.0], 5, 5)).began_bad
    assert not own_series(asked([17.2, 17.6, 16.9, 17.4, 17.0, 16.8, 17.0], 5, 5)).began_bad


def test_a_measure_picked_in_a_bad_year_looks_good_without_doing_anything() -> None:
    """Regression to the mean: of series without any effect, those that begin from their worst year fall."""
    chance = np.random.default_rng(2)
    fell = {True: [], False: []}
    for _round in range(400):
        own = own_series(world(chance, reached=1, others=1))
        fell[own.began_bad].append(own.values[own.before] < own.values[own.before - 1])
    assert np.mean(fell[True]) > 2 / 3 > np.mean(fell[False])


def test_a_short_series_alone_is_seldom_wrong_even_when_it_remembers() -> None:
    chance = np.random.default_rng(5)
    found = [own_series(world(chance, reached=1, others=1)).ratio for _round in range(400)]
    assert np.mean([one.is_told_apart for one in found if one]) < 0.06


@pytest.mark.parametrize(
    ("started", "split"),
    [
        (date(2020, 3, 1), (4, 5)),
        (date(2020, 1, 1), (4, 4)),
        (date(2020, 2, 1), (4, 5)),
        (date(2030, 1, 1), (8, 8)),
    ],
)
def test_the_year_it_began_in_is_neither_before_nor_after(started: date, split: tuple[int, int]) -> None:
    assert split_years(range(2016, 2024), started) == split


def test_months_are_split_on_the_first_day_or_after_it() -> None:
    months = [202311, 202312, 202401, 202402]
    assert split_months(months, date(2024, 1, 1)) == (2, 2)
    assert split_months(months, date(2023, 12, 15)) == (1, 2)
    assert np.diff(months_on(months)).tolist() == [1, 1, 1]


def test_areas_together_weigh_by_their_people() -> None:
    one, other = series([10, 20], people=100), series([40, 40], people=300)
    assert together([one, other]) == pytest.approx([32.5, 35])
    assert np.isnan(together([one, Area("x", np.array([1.0, np.nan]), one.counts, one.populations)])[1])


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: Asked((2020,), [], 0, 0), "nobody_reached"),
        (lambda: Asked((2020, 2022), [series([1, 2])], 1, 1), "periods"),
        (lambda: Asked((2020, 2021), [series([1, 2])], 2, 1), "periods"),
        (lambda: Asked((2020, 2021), [series([1, 2, 3])], 1, 1), "shape"),
        (lambda: Asked((2020, 2021), [series([1, 2])], 1, 1, others=[series([1, 2])]), "area_in_both"),
        (lambda: Expected(2028), "expected"),
        (lambda: Expected(2028, value=float("nan")), "expected"),
    ],
)
def test_what_does_not_fit_together_is_refused(make: object, code: str) -> None:
    with pytest.raises(Refused) as refused:
        make()  # type: ignore[operator]
    assert refused.value.code == code
