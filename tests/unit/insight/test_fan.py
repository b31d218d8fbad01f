"""The specification of a fan: what it holds, and what is drawn of it."""

import re

import pytest

from samspill.documents import drawing
from samspill.insight.drawings import Curve, fan


def series(first: int) -> Curve:
    years = [*range(first, 2041)]
    persons = [1000.0 + 10 * (year - first) for year in years]
    bands = [[one * share for share in (0.9, 0.94, 0.97, 1.03, 1.06, 1.1)] for one in persons[-14:]]
    return Curve(years, persons, bands)


def drawn(first: int, shape: str) -> str:
    spec = fan(
        series(first), now=2026, today=2026, told="Flere eldre", counts="Personer", stated=[(2040, 1200)]
    )[shape]
    return drawing.svg({"width": 520, **spec}, "nb")


@pytest.mark.parametrize("first", [2000, 2006, 2016])
def test_every_year_that_is_named_is_drawn(first: int) -> None:
    spec = fan(series(first), now=2026, today=2026, told="Flere eldre", counts="Personer")["wide"]
    named = spec["encoding"]["x"]["axis"]["values"]
    assert {2026, 2040} <= set(named)
    assert re.findall(r">(20\d\d)<", drawn(first, "wide")) == [str(year) for year in named]


def test_the_picture_says_in_words_what_it_shows() -> None:
    assert 'aria-label="Flere eldre"' in drawn(2006, "wide")


def test_a_phone_gets_fewer_words() -> None:
    assert "ventet i 2040" in drawn(2006, "wide")
    assert "ventet i 2040" not in drawn(2006, "narrow")


def test_bands_lie_within_each_other() -> None:
    rows = fan(series(2006), now=2026, today=2026, told="", counts="Personer")["wide"]["data"]["values"]
    for row in rows[-14:]:
        ends = [row[key] for key in ("b95l", "b80l", "b50l", "expected", "b50h", "b80h", "b95h")]
        assert ends == sorted(ends)
    assert "expected" not in rows[0]
    assert "counted" not in rows[-1]
