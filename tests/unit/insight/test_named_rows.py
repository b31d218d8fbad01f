"""Drawings with a row per thing: every one is drawn on the server, with its words and told in words."""

from collections.abc import Mapping
from typing import Any

import pytest

from samspill.documents.drawing import svg
from samspill.insight.drawings.ceac import ceac
from samspill.insight.drawings.compared import Dot, dots
from samspill.insight.drawings.contributions import Step, contributions
from samspill.insight.drawings.plane import Point, plane
from samspill.insight.drawings.sides import Bar, bars
from samspill.insight.drawings.tornado import Span, tornado

DRAWN: Mapping[str, Mapping[str, Any]] = {
    "dots": dots(
        [Dot("Som i dag", 40, 46, 52, "46", True), Dot("Felles team", 38, 43, 50, "43")],
        told="Sagt",
        unit="kr",
    ),
    "bars": bars(
        [
            Bar("Felles team", "Sykehuset", -3, "−3", -5, -1),
            Bar("Felles team", "Kommunene", 2, "2", 1, 4),
        ],
        told="Sagt",
        unit="kr",
    ),
    "tornado": tornado([Span("Liggedøgn", -3, -1)], base=-2, told="Sagt", unit="kr", low="lavt", high="høyt"),
    "contributions": contributions(
        Step("Som i dag", 46, "46"),
        [Step("Liggedøgn", -3, "−3"), Step("Reise", 1, "+1")],
        Step("Felles team", 44, "44"),
        told="Sagt",
        unit="kr",
        less="billigere",
        more="dyrere",
    ),
    "ceac": ceac(
        [0, 10], {"A": [1, 0.2], "B": [0, 0.8]}, ["A", "B"], chosen=5, told="Sagt", unit="kr", often="ofte"
    ),
    "plane": plane(
        [Point("Som i dag", 0.1, 46, True), Point("Felles team", 0.3, 44, True)],
        told="Sagt",
        effect="virkning",
        cost="kr",
        form=",.2f",
    ),
}
SAID = {
    "dots": ("Som i dag", "43"),
    "bars": ("Sykehuset", "−3"),
    "tornado": ("Liggedøgn", "lavt"),
    "contributions": ("Reise", "+1", "dyrere"),
    "ceac": ("A", "ofte"),
    "plane": ("Felles team", "virkning"),
}


@pytest.mark.parametrize("shape", ["wide", "narrow"])
@pytest.mark.parametrize("name", DRAWN)
def test_it_is_drawn_with_its_words(name: str, shape: str) -> None:
    drawn = svg(DRAWN[name][shape], "nb")
    assert 'aria-label="Sagt"' in drawn
    for text in SAID[name]:
        assert f">{text}<" in drawn


def test_rows_stand_in_the_order_they_are_given_in() -> None:
    drawn = svg(DRAWN["contributions"], "nb")
    places = [drawn.index(f">{name}<") for name in ("Som i dag", "Liggedøgn", "Reise", "Felles team")]
    assert places == sorted(places)
