"""How use per need is carried forward: what stays, what is phased out, and what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.analysis.demand import LINES, NO_CHANGE, Need, Recipe, Use, by_age, forecast, need_of
from samspill.analysis.population import PopulationHistory
from samspill.refusal import Refused

YEARS = tuple(range(2015, 2021))
AREAS = ("3101", "3103", "3105")


def grown(yearly: float, *, ages: float = 1.02, years: tuple[int, ...] = YEARS) -> tuple[Use, Need]:
    """Use per need that changes by `yearly` (log) in all areas, while need grows by `ages` a year."""
    every = tuple(range(years[0], years[-1] + 21))
    time = np.arange(len(every))[:, None]
    size = np.array([100.0, 1000.0, 5000.0])
    need = Need(every, AREAS, size * ages**time, size * 10 * 1.005**time)
    use = need.expected[: len(years)] * np.exp(yearly * time[: len(years)])
    return Use("home_care_users", years, AREAS, use), need


def ahead(need: Need, years: int, start: int = YEARS[-1]) -> Need:
    return need.of(tuple(range(start, start + years + 1)))


def test_no_change_is_the_last_figure_in_every_year() -> None:
    use, need = grown(-0.02)
    found = forecast(use, need, ahead(need, 15), NO_CHANGE)
    assert found.count == pytest.approx(np.tile(use.values[-1], (16, 1)), rel=1e-12)


def test_constant_use_follows_the_population_alone() -> None:
    use, need = grown(-0.02)
    future = ahead(need, 5)
    found = forecast(use, need, future, Recipe(("constant_use",), "last"))
    assert found.count == pytest.approx(use.values[-1] * future.expected / future.expected[0], rel=1e-12)


def test_the_change_in_use_is_the_published_formula() -> None:
    """rate(t + h) = rate(t) exp(β Σ φ^k), with β = −0.02 and φ = 0.9, by hand for h = 3."""
    use, need = grown(-0.02)
    future = ahead(need, 3)
    found = forecast(use, need, future, Recipe(("change_in_use",), "last"))
    assert found.trend == pytest.approx(-0.02, abs=1e-12)
    by_hand = use.values[-1] * 1.02**3 * np.exp(-0.02 * (0.9 + 0.9**2 + 0.9**3))
    assert found.count[-1] == pytest.approx(by_hand, rel=1e-12)


def test_a_trend_of_zero_is_constant_use_exactly() -> None:
    """Trap: two models behind one switch gave a jump at an effect of size zero."""
    use, need = grown(0.0, ages=1.0)
    future = ahead(need, 10)
    one, other = (
        forecast(use, need, future, Recipe((line,), "last")).count
        for line in ("change_in_use", "constant_use")
    )
    assert np.array_equal(one, other)


def test_after_the_tested_years_age_counts_again() -> None:
    use, need = grown(0.0)
    recipe = Recipe(("no_change",), "last")
    steps = np.diff(np.log(forecast(use, need, ahead(need, 20), recipe).growth[:, 0]))
    assert steps[:5] == pytest.approx(0, abs=1e-12)
    assert np.all(np.diff(steps[5:]) > 0)
    assert steps[-1] < np.log(1.02)


def test_the_mean_of_three_years_is_the_anchor() -> None:
    use, need = grown(0.0, ages=1.0)
    rising = use.values.copy()
    rising[-3:, 0] = [90.0, 100.0, 111.0]
    found = forecast(Use("x", YEARS, AREAS, rising), need, ahead(need, 1), Recipe(anchor="mean"))
    per_resident = np.log(rising[-3:, 0] / need.residents[3:6, 0]).mean()
    assert found.level[0] == pytest.approx(np.exp(per_resident) * need.residents[5, 0], rel=1e-12)
    assert found.noise[0] > found.noise[2] > 0


def test_an_area_that_is_not_published_is_not_zero() -> None:
    use, need = grown(-0.01)
    hidden = use.values.copy()
    hidden[-3:, 1] = np.nan
    found = forecast(Use("x", YEARS, AREAS, hidden), need, ahead(need, 5), Recipe(("per_resident",), "mean"))
    assert np.isnan(found.count[:, 1]).all()
    assert np.isfinite(found.count[:, [0, 2]]).all()
    assert np.isfinite(found.growth).all()


@given(scale=st.floats(0.1, 1000), line=st.sampled_from(LINES), momentum=st.floats(0, 1))
def test_use_in_another_unit_gives_the_same_way(scale: float, line: str, momentum: float) -> None:
    use, need = grown(-0.015)
    recipe = Recipe((line,), "line", momentum=momentum, reversion=0.1)
    other = Use("x", use.years, use.areas, use.values * scale)
    future = ahead(need, 8)
    one = forecast(use, need, future, recipe)
    two = forecast(other, need, future, recipe)
    assert two.count == pytest.approx(one.count * scale, rel=1e-9)


@given(order=st.permutations(range(3)))
def test_the_order_of_areas_is_irrelevant(order: list[int]) -> None:
    use, need = grown(-0.015)
    moved = Use("x", use.years, tuple(AREAS[i] for i in order), use.values[:, order] * 1.0)
    shuffled = Need(need.years, moved.areas, need.expected[:, order], need.residents[:, order])
    recipe = Recipe(("change_in_use", "no_change"), "line", momentum=0.3, reversion=0.2)
    one = forecast(use, need, ahead(need, 6), recipe).count[:, order]
    assert forecast(moved, shuffled, ahead(shuffled, 6), recipe).count == pytest.approx(one, rel=1e-9)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"lines": ("straight",)}, "unknown_line"),
        ({"lines": ()}, "unknown_line"),
        ({"anchor": "first"}, "unknown_anchor"),
        ({"momentum": 1.5}, "not_a_share"),
    ],
)
def test_a_recipe_that_is_none_is_refused(wrong: dict, code: str) -> None:
    with pytest.raises(Refused) as refused:
        Recipe(**wrong)
    assert refused.value.code == code


def test_a_year_that_lacks_is_refused() -> None:
    with pytest.raises(Refused, match="Add the year") as refused:
        Use("x", (2015, 2017), ("3101",), np.ones((2, 1)))
    assert refused.value.code == "year_missing"


def test_negative_use_is_refused_with_its_place() -> None:
    with pytest.raises(Refused, match="3101 in 2015 is negative"):
        Use("x", (2015,), ("3101",), np.array([[-1.0]]))


def test_a_year_without_population_is_refused() -> None:
    _, need = grown(0.0)
    with pytest.raises(Refused, match="1999") as refused:
        need.of((1999,))
    assert refused.value.code == "year_missing"


@pytest.mark.parametrize("starts", [{}, {18: 1.0}, {0: 1.0, 106: 2.0}])
def test_ages_with_a_gap_are_refused(starts: dict[int, float]) -> None:
    with pytest.raises(Refused) as refused:
        by_age(starts, "a table")
    assert refused.value.code == "ages_gap"


def test_rates_hold_from_the_age_they_are_written_at() -> None:
    assert by_age({0: 1.0, 67: 2.0, 80: 3.0}, "a table")[[0, 66, 67, 79, 80, 105]].tolist() == [
        1,
        1,
        2,
        2,
        3,
        3,
    ]


def test_years_between_two_known_ones_lie_on_the_line() -> None:
    persons = np.zeros((2, 1, 2, 106), dtype=np.int64)
    persons[0, 0, 0, 80], persons[1, 0, 0, 80] = 100, 200
    need = need_of(PopulationHistory((2020, 2025), ("3101",), persons), np.full((2, 106), 0.5))
    assert need.years == tuple(range(2020, 2026))
    assert need.expected[:, 0].tolist() == [50, 60, 70, 80, 90, 100]
