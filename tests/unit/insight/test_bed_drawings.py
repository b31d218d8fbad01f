"""Lines and bars: drawn without a browser, told in words, names readable at both widths."""

import pytest

from samspill.documents import drawing
from samspill.insight.drawings.lengths import Length, lengths
from samspill.insight.drawings.lines import Line, lines

SHAPES = ("wide", "narrow")


def two_lines() -> object:
    return lines(
        [
            Line("akutt syke", [(0, 0.3), (1, 0.2), (2, 0.1)]),
            Line("klare", [(0, 0.3), (2, 0.9)], "second", 1),
        ],
        told="Flere venter",
        across="Senger",
        counts="uten seng",
        here=(1, "dette prøver du"),
        names={0: "ingen", 2: "alle"},
        percent=True,
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_each_line_has_its_name_beside_it_and_the_axis_its_words(shape: str) -> None:
    drawn = drawing.svg({"width": 400, **two_lines()[shape]}, "nb")  # type: ignore[index]
    for word in ("akutt syke", "klare", "dette prøver du", ">ingen<", ">alle<", "Senger"):
        assert word in drawn, word
    assert 'aria-label="Flere venter"' in drawn


@pytest.mark.parametrize("shape", SHAPES)
def test_bars_stand_in_the_order_given_with_their_words(shape: str) -> None:
    shown = lengths([Length("b først", 2, "to", True), Length("a så", 1, "en")], told="To stolper")
    drawn = drawing.svg({"width": 400, **shown[shape]}, "nb")
    assert drawn.index("b først") < drawn.index("a så")
    assert ">to<" in drawn
    assert ">en<" in drawn


def test_no_bar_at_all_is_an_empty_drawing_and_no_failure() -> None:
    assert drawing.svg({"width": 400, **lengths([Length("ingen", 0, "0")], told="Ingen")["wide"]}, "nb")
