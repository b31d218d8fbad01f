"""Life expectancy, against the published example of PHEindicatormethods and a life table row by row."""

import math
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from samspill.analysis.rates import ABRIDGED_AGES, life_expectancy
from samspill.refusal import Refused

# UKHSA, PHEindicatormethods, tests/testthat/testLifeExpectancy.R: the figures of OHID's life expectancy tool,
# whose limits are at 1.96 rather than 1.959964 standard errors.
PEOPLE = [
    7060, 35059, 46974, 48489, 43219, 38561, 46009, 57208, 61435, 55601, 50209, 56416, 46411, 39820,
    37978, 37039, 33288, 23306, 11936, 11936,
]  # fmt: skip
DEATHS = [17, 9, 4, 8, 20, 15, 24, 33, 50, 71, 100, 163, 263, 304, 536, 872, 1390, 1605, 1936, 1937]
YEARS = [
    80.16960813, 79.36245674, 75.44193645, 70.47299936, 65.52909542, 60.67510088, 55.78835987, 50.92752727,
    46.06740425, 41.24505636, 36.49322717, 31.83343842, 27.26027992, 22.9719144, 18.76856852, 14.95858336,
    11.51684445, 8.618849241, 6.163942934, 6.16210635,
]  # fmt: skip
LOWER = [
    79.88268548, 79.0898816, 75.17407307, 70.20675732, 65.26548673, 60.41876577, 55.53801579, 50.68279939,
    45.82666794, 41.00842831, 36.26223216, 31.60996318, 27.04337271, 22.76653134, 18.57570352, 14.77985004,
    11.34831778, 8.451134045, 5.978358351, 5.887683386,
]  # fmt: skip
PRINTED_Z = 1.96


def test_the_published_example_is_met_at_every_age() -> None:
    found = life_expectancy(DEATHS, PEOPLE, at=None)
    assert found.value == pytest.approx(YEARS, abs=5e-9)
    half = (found.value - found.lower) * PRINTED_Z / stats.norm.ppf(0.975)
    assert found.value - half == pytest.approx(LOWER, abs=5e-9)
    assert found.upper - found.value == pytest.approx(found.value - found.lower)
    assert found.count[0] == sum(DEATHS)
    assert found.population[-1] == PEOPLE[-1]


def test_one_age_is_told_alone() -> None:
    at_birth, at_65 = life_expectancy(DEATHS, PEOPLE), life_expectancy(DEATHS, PEOPLE, at=65)
    assert at_birth.value == pytest.approx(YEARS[0], abs=5e-9)
    assert at_65.value == pytest.approx(YEARS[14], abs=5e-9)
    assert at_65.count == sum(DEATHS[14:])
    assert at_65.method == "chiang_silcocks"


def obvious_table(
    deaths: Sequence[float], people: Sequence[float], ages: Sequence[int]
) -> list[tuple[float, float]]:
    """(years left, standard error) at each age, one row of the life table at a time."""
    size = len(ages)
    alive, dying, widths, shares = [1.0], [], [], []
    for row in range(size):
        mortality = deaths[row] / people[row]
        width = ages[row + 1] - ages[row] if row + 1 < size else 2 / mortality
        share = 0.1 if ages[row] == 0 else 0.5
        chance = width * mortality / (1 + width * mortality * (1 - share))
        if deaths[row] > people[row] / width / share or row + 1 == size:
            chance = 1.0
        alive.append(alive[-1] * (1 - chance))
        dying.append(chance)
        widths.append(width)
        shares.append(share)
    lived = [
        widths[row] * (alive[row + 1] + shares[row] * (alive[row] - alive[row + 1]))
        for row in range(size - 1)
    ]
    lived.append(alive[size - 1] * people[-1] / deaths[-1])
    left = [sum(lived[row:]) / alive[row] for row in range(size)]
    found = []
    for start in range(size):
        variance = (alive[-2] / 2) ** 2 * 4 / (deaths[-1] * (deaths[-1] / people[-1]) ** 2)
        for row in range(start, size - 1):
            spread = dying[row] ** 2 * (1 - dying[row]) / deaths[row] if deaths[row] else 0.0
            variance += alive[row] ** 2 * ((1 - shares[row]) * widths[row] + left[row + 1]) ** 2 * spread
        found.append((left[start], math.sqrt(variance) / alive[start]))
    return found


@given(st.lists(st.integers(0, 90), min_size=19, max_size=19), st.integers(1, 400))
def test_many_ages_equal_the_life_table_row_by_row(died: list[int], last: int) -> None:
    deaths = [*died, last]
    people = [5_000 + 37 * row for row in range(20)]
    found = life_expectancy(deaths, people, at=None)
    expected = obvious_table(deaths, people, ABRIDGED_AGES)
    half = (found.upper - found.lower) / 2 / stats.norm.ppf(0.975)
    shown = ~np.isnan(found.value)
    assert found.value[shown] == pytest.approx(
        np.array([years for years, _error in expected])[shown], rel=1e-10
    )
    assert half == pytest.approx([error for _years, error in expected], rel=1e-8)


def test_many_areas_are_as_one_by_one() -> None:
    chance = np.random.default_rng(4)
    people = np.array(PEOPLE) * chance.uniform(0.2, 2, (40, 1))
    deaths = chance.poisson(np.array(DEATHS) * chance.uniform(0.1, 1, (40, 1)))
    many = life_expectancy(deaths, people)
    for area in range(40):
        one = life_expectancy(deaths[area], people[area])
        assert (many.value[area], many.lower[area]) == pytest.approx((one.value, one.lower), rel=1e-13)
    every_age = life_expectancy(deaths, people, at=None)
    assert every_age.value.shape == (40, 20)


CHANGES = [
    ({"people": {5: 0}, "deaths": {5: 0}}, "no_population"),
    ({"deaths": {18: 20_000}}, "more_deaths_than_people"),
    ({"deaths": {19: 0}}, "no_deaths_among_oldest"),
]


@pytest.mark.parametrize(("change", "note"), CHANGES)
def test_there_is_none_where_it_cannot_be_known(change: dict[str, dict[int, int]], note: str) -> None:
    deaths, people = DEATHS.copy(), PEOPLE.copy()
    for place, value in change.get("deaths", {}).items():
        deaths[place] = value
    for place, value in change.get("people", {}).items():
        people[place] = value
    both = life_expectancy([deaths, DEATHS], [people, PEOPLE])
    assert list(both.note) == [note, ""]
    assert np.isnan(both.value).tolist() == [True, False]
    assert math.isnan(both.lower[0])


def test_five_thousand_persons_are_too_few() -> None:
    assert life_expectancy([1] * 20, [250] * 20).note == "small_population"
    assert life_expectancy([1] * 20, [251] * 20).note != "small_population"


def test_the_figure_but_not_its_limits_is_held_back_when_they_are_wide() -> None:
    found = life_expectancy([0] * 19 + [1], [300] * 20)
    assert (math.isnan(found.value), found.note) == (True, "wide_limits")
    assert found.upper - found.lower > 20


def test_an_age_nobody_reaches_has_no_years_left() -> None:
    found = life_expectancy([0] * 18 + [300, 1], [300] * 20, at=None)
    assert found.value[0] == pytest.approx(87.5)
    assert (math.isnan(found.value[-1]), found.note[-1]) == (True, "nobody_lives_so_long")


REFUSED = [
    (lambda: life_expectancy(DEATHS[:-1], PEOPLE), "different_lengths"),
    (lambda: life_expectancy([-1, *DEATHS[1:]], PEOPLE), "negative"),
    (lambda: life_expectancy(DEATHS, PEOPLE, ages=range(1, 21)), "ages"),
    (lambda: life_expectancy(DEATHS, PEOPLE, at=4), "ages"),
    (lambda: life_expectancy(DEATHS, [math.nan, *PEOPLE[1:]]), "not_a_number"),
]


@pytest.mark.parametrize(("wrong", "code"), REFUSED)
def test_wrong_numbers_are_refused_with_a_reason(wrong: Callable[[], object], code: str) -> None:
    with pytest.raises(Refused) as caught:
        wrong()
    assert caught.value.code == code
