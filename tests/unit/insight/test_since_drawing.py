"""The chart with the day a measure began: limits of before, what was expected, points that break a rule."""

from collections.abc import Iterator
from typing import Any

from samspill.insight.drawings.since import Names, Since, since

NAMES = Names("told", "of a hundred", "begins", "expected 12", "before", "Period")


def drawn(**more: object) -> Any:
    one = {
        "times": [2020.0, 2021, 2022, 2023],
        "values": [15.0, None, 14.0, 12.0],
        "labels": ["2020", "2021", "2022", "2023"],
        "special": [False, False, False, True],
        "centre": 15.0,
        "lower": 13.0,
        "upper": 17.0,
        "expected": [(2021.0, 15.0), (2027.0, 12.0)],
        "began": 2022.2,
    }
    return since(Since(**{**one, **more}), NAMES)  # type: ignore[arg-type]


def texts(spec: Any) -> Iterator[str]:
    for layer in spec["layer"]:
        if layer["mark"]["type"] == "text":
            yield layer["mark"]["text"]


def test_what_is_missing_is_not_drawn_as_nought() -> None:
    line = next(layer for layer in drawn()["wide"]["layer"] if layer["mark"].get("color") == "#16222b")
    assert [row["y"] for row in line["data"]["values"]] == [15, 14, 12]


def test_the_axis_reaches_what_is_expected() -> None:
    for shape in ("wide", "narrow"):
        low, high = drawn()[shape]["encoding"]["x"]["scale"]["domain"]
        assert (low, high >= 2027) == (2020, True)


def test_names_stand_only_for_what_is_there() -> None:
    assert list(texts(drawn()["wide"])) == ["begins", "expected 12", "before"]
    assert list(texts(drawn(expected=[], centre=None, lower=None, upper=None)["narrow"])) == ["begins"]


def test_points_that_break_a_rule_have_a_shape_of_their_own() -> None:
    diamonds = [layer for layer in drawn()["wide"]["layer"] if layer["mark"].get("shape") == "diamond"]
    assert [row["label"] for row in diamonds[0]["data"]["values"]] == ["2023"]
