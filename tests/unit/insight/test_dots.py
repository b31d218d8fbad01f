"""Rows of dots: every row is named, in the order it came, with the interval behind its dots."""

import re

from samspill.documents import drawing
from samspill.insight.drawings.dots import Dots, Mark, dots

ROWS = [Dots("Vest", {"us": 3.0, "them": 9.0}, (2.0, 5.0)), Dots("Aust", {"us": 4.0})]
MARKS = {"us": Mark("Vi", "#0f4c64"), "them": Mark("Dei", "#6b7780", "square", 90)}


def drawn(zero: bool = True) -> str:
    spec = dots(ROWS, MARKS, told="Vi traff best", unit="prosent", zero=zero)["wide"]
    return drawing.svg({"width": 400, **spec}, "nb")


def test_rows_stand_in_the_order_they_come() -> None:
    assert re.findall(r">(Vest|Aust)<", drawn()) == ["Vest", "Aust"]


def test_a_value_that_is_missing_has_no_dot() -> None:
    assert drawn().count('fill="#0f4c64"') == 2
    assert drawn().count('fill="#6b7780"') == 1
    assert drawn().count('fill="#bfd9e3"') == 1


def test_the_axis_says_what_it_counts_and_begins_at_nothing_unless_told_otherwise() -> None:
    assert ">prosent<" in drawn()
    assert ">0<" in drawn()
    assert ">0<" not in drawn(zero=False)


def test_rows_without_intervals_are_drawn_too() -> None:
    spec = dots([Dots("Aust", {"us": 4.0})], MARKS, told="", unit="")["wide"]
    assert "Aust" in drawing.svg({"width": 400, **spec}, "nb")
