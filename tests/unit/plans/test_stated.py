"""What a plan says about its population: one sentence, one age group, one number, one year."""

import pytest

from samspill.documents.blocks import Block, BlockKind
from samspill.plans.reading.stated import find_stated

SAID = [
    (
        "Aldersgruppen 80 år og eldre vil gå fra 16 179 til 29 994 personer frem mot 2040.",
        (80, 105, 2040, 29994),
    ),
    ("I 2035 ventes det å bo 4310 innbyggere over 80 år i regionen.", (80, 105, 2035, 4310)),
    ("Talet på innbyggjarar som har fylt 67 år, veks til 21.450 innan 2040.", (67, 105, 2040, 21450)),
    ("Gruppen 67–79 åringer ventes å være 12 400 i 2030.", (67, 79, 2030, 12400)),
    ("Mellom 2024 og 2040 stiger tallet på 80+ til 9 120.", (80, 105, 2040, 9120)),
]
NOT_SAID = [
    "I 2040 vil 25 prosent av innbyggerne være over 80 år.",
    "Planen gjelder fra 2025 til 2027 og skal revideres.",
    "Tilbudet gjelder 120 personer over 80 år.",
    "I 2030 trengs 450 årsverk for personer over 80 år.",
    "Både de over 67 år og de over 80 år blir flere: 12 000 i 2040.",
    "Målet for 2030 er 150 millioner kroner til eldre over 80 år.",
]


def read(text: str) -> list[tuple[int, int, int, int]]:
    block = Block(BlockKind.PARAGRAPH, text, text, line=7, last_line=7)
    return [(one.low, one.high, one.year, one.persons) for one in find_stated([block])]


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_a_stated_population_is_read(text: str, expected: tuple[int, int, int, int]) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize("text", NOT_SAID)
def test_what_is_not_a_population_is_left_alone(text: str) -> None:
    assert read(text) == []


def test_the_sentence_and_its_line_are_kept() -> None:
    text = "Vi blir flere. I 2040 er vi 30 120 over 80 år."
    block = Block(BlockKind.PARAGRAPH, text, text, line=12, last_line=13)
    (one,) = find_stated([block])
    assert (one.sentence, one.line) == ("I 2040 er vi 30 120 over 80 år.", 12)
