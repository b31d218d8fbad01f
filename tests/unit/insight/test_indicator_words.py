"""From statistics to sentences: who differs, whether it is chance, and whether it is good."""

import pytest
from django.utils import translation

from samspill.insight.queries.measured import Point
from samspill.insight.telling.indicators import (
    Standing,
    Verdict,
    by_chance,
    headline,
    in_words,
    judged,
    standing,
)


def point(
    value: float | None = 15.0,
    lower: float | None = 13.0,
    upper: float | None = 17.0,
    *,
    flag: int = 0,
    note: str = "",
) -> Point:
    return Point(2024, value, lower, upper, 30, 200, flag, note)


NOTHING = {"value": None, "lower": None, "upper": None}


@pytest.mark.parametrize(
    ("area", "found"),
    [
        (point(20, 18, 22), Standing.HIGHER),
        (point(10, 8, 12), Standing.LOWER),
        (point(16, 14, 18), Standing.ALIKE),
        (point(15, 15, 17), Standing.ALIKE),
        (point(16, None, None), Standing.UNTESTED),
        (point(**NOTHING, flag=3), Standing.HIDDEN),
        (point(**NOTHING, flag=1, note="few_events"), Standing.TOO_FEW),
        (point(**NOTHING, flag=1), Standing.MISSING),
        (None, Standing.MISSING),
    ],
)
def test_where_an_area_stands_against_all_together(area: Point | None, found: Standing) -> None:
    assert standing(area, point()) == found


def test_without_a_figure_of_all_together_nothing_is_said_of_chance() -> None:
    assert standing(point(20, 18, 22), None) == Standing.UNTESTED


@pytest.mark.parametrize(
    ("found", "direction", "verdict"),
    [
        (Standing.HIGHER, "high", Verdict.BETTER),
        (Standing.HIGHER, "low", Verdict.WORSE),
        (Standing.LOWER, "low", Verdict.BETTER),
        (Standing.LOWER, "high", Verdict.WORSE),
        (Standing.HIGHER, "none", Verdict.NONE),
        (Standing.ALIKE, "low", Verdict.NONE),
        (Standing.HIDDEN, "low", Verdict.NONE),
    ],
)
def test_good_or_bad_is_said_only_where_one_way_is_good(
    found: Standing, direction: str, verdict: Verdict
) -> None:
    assert judged(found, direction) == verdict


def of(**counts: int) -> dict[str, Standing]:
    """So many areas of each standing, by invented names."""
    names = iter(("Halden", "Moss", "Våler", "Råde", *(f"Sted {number}" for number in range(400))))
    return {next(names): Standing(key) for key, many in counts.items() for _one in range(many)}


@pytest.mark.parametrize(
    ("standings", "level", "told"),
    [
        (
            of(higher=1, alike=12),
            "municipality",
            "Halden ligger høyere enn landet, trolig ikke tilfeldig. "
            "For de andre tolv kan forskjellen være tilfeldig.",
        ),
        (
            of(higher=1, lower=2, alike=10),
            "municipality",
            "Halden ligger høyere enn landet og Moss og Våler lavere, trolig ikke tilfeldig. "
            "For de andre ti kan forskjellen være tilfeldig.",
        ),
        (
            of(lower=4, alike=1),
            "municipality",
            "Fire kommuner ligger lavere enn landet, trolig ikke tilfeldig. "
            "For den siste kan forskjellen være tilfeldig.",
        ),
        (of(higher=5), "community", "Fem helsefellesskap ligger høyere enn landet, trolig ikke tilfeldig."),
        (
            of(alike=13),
            "municipality",
            "Ingen av de 13 skiller seg tydelig fra landet; forskjellene kan være tilfeldige.",
        ),
        (of(hidden=3, missing=2), "municipality", "Her er det for lite å sammenligne."),
    ],
)
def test_the_headline_says_who_differs(standings: dict[str, Standing], level: str, told: str) -> None:
    with translation.override("nb"):
        assert headline(standings, level=level) == told


def test_nynorsk_is_nynorsk() -> None:
    with translation.override("nn"):
        told = headline(of(higher=1, alike=12), level="municipality")
    assert told.startswith("Halden ligg høgare enn landet, truleg ikkje tilfeldig. For dei andre tolv")


def test_all_in_the_figures_are_not_called_the_country() -> None:
    with translation.override("nb"):
        assert in_words(Standing.HIGHER, "ALL") == "høyere enn alle i tallene, trolig ikke tilfeldig"


@pytest.mark.parametrize(("tested", "told"), [(9, ""), (13, "omtrent én"), (357, "omtrent 18")])
def test_how_many_fall_outside_by_chance(tested: int, told: str) -> None:
    with translation.override("nb"):
        assert told in by_chance(tested)
        assert bool(by_chance(tested)) == bool(told)
