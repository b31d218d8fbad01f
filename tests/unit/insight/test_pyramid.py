"""The pyramid: who is in which bar, and that the line is that of the chosen year."""

import json
import re

import pytest

from samspill.documents import drawing
from samspill.insight.drawings import Pyramid, pyramid
from samspill.insight.drawings.pyramid import label_of

PEOPLE = Pyramid(
    2026,
    {2026: [10.0] * 106, 2033: [20.0] * 106},
    {2026: [12.0] * 106, 2033: [6.0] * 106},
)


def drawn(year: int, step: int = 5) -> str:
    spec = pyramid(PEOPLE, year=year, told="Flere eldre", step=step)["wide"]
    return drawing.svg({"width": 400, **spec}, "nb")


@pytest.mark.parametrize("step", [1, 5])
def test_everybody_is_in_one_bar(step: int) -> None:
    groups = PEOPLE.grouped(2026, step)
    assert sum(men for _low, men, _women in groups) == pytest.approx(1060)
    assert sum(women for _low, _men, women in groups) == pytest.approx(106 * 12)


def test_the_last_group_is_open_and_named_so() -> None:
    assert [label_of(low, 5) for low, *_sides in PEOPLE.grouped(2026, 5)][-2:] == ["85–89", "90+"]
    assert label_of(100, 1) == "100+"
    assert label_of(7, 1) == "7"


def test_the_line_is_drawn_for_the_chosen_year_and_moves_with_it() -> None:
    # one line to each side; the bars are those of today whatever the year
    assert lines(drawn(2026)) != lines(drawn(2033))
    assert len(lines(drawn(2033))) == 2
    assert len(bars(drawn(2026))) == 2 * 19
    assert bars(drawn(2026)) == bars(drawn(2033))
    assert ">2033<" in drawn(2033)


def test_the_picture_has_its_words_and_no_minus_before_men() -> None:
    picture = drawn(2033)
    assert 'aria-label="Flere eldre"' in picture
    assert "−" not in "".join(re.findall(r">([^<]+)<", picture))


def test_single_ages_take_no_more_than_a_hundred_kilobytes() -> None:
    people = {year: [float(1000 + year % 7)] * 106 for year in range(2026, 2041)}
    spec = pyramid(Pyramid(2026, people, people), year=2040, told="", step=1)
    assert len(json.dumps(spec)) < 110_000


def lines(svg: str) -> list[str]:
    return [path for path in re.findall(r"<path[^>]+>", svg) if 'stroke="#16222b"' in path]


def bars(svg: str) -> list[str]:
    return [path for path in re.findall(r"<path[^>]+>", svg) if "#bfd0d8" in path or "#5f93a8" in path]
