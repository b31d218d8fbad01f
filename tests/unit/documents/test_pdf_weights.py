"""PDF: bold and regular lines as close as the lines of a paragraph are told apart, or kept whole."""

import document_files as files
import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from samspill.documents.blocks import Block, BlockKind
from samspill.documents.reading import read_bytes

CLOSE = ParagraphStyle("close", fontName="Helvetica", fontSize=11, leading=14)
SENTENCE = "Partene i helsefellesskapet skal gjøre dette sammen, og de skal gjøre det i god tid før fristen."


def blocks(*texts: str) -> list[Block]:
    data = files.pdf_bytes([Paragraph(text, CLOSE) for text in texts])
    return list(read_bytes(data, "plan.pdf").blocks)


def texts_of(found: list[Block]) -> list[str]:
    return [block.text for block in found]


def test_a_bold_heading_right_below_a_short_line_and_above_a_lettered_item_is_a_heading() -> None:
    found = blocks(
        SENTENCE * 2,
        "Fra Helsefellesskapet Nordre Skjærgård",
        "<b>1 Om oss</b>",
        "a) Hvor mange kommuner er med?",
        SENTENCE * 2,
        "<b>2 Behov</b>",
        "• Forutsigbare rammer",
        SENTENCE * 2,
    )
    headings = [(one.label, one.text) for one in found if one.kind is BlockKind.HEADING]
    assert headings == [("1", "Om oss"), ("2", "Behov")]
    assert "Fra Helsefellesskapet Nordre Skjærgård" in texts_of(found)


MOST_IS_BOLD = tuple(f"<b>{name}</b>" for name in ("Barn og unge", "Eldre", "Psykisk helse og rus", "Akutt"))


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Kommunene i regionen", "<b>Ansvar og oppfølging</b>"),
        ("<b>Ansvar og oppfølging</b>", "Kommunene i regionen møtes."),
        ("Kommunene i regionen", "<b>3 Behov</b>"),
    ],
)
def test_where_bold_makes_no_headings_a_line_of_another_weight_is_no_end_of_a_short_one(
    above: str, below: str
) -> None:
    found = texts_of(blocks(*MOST_IS_BOLD, SENTENCE * 2, above, below, SENTENCE, *MOST_IS_BOLD))
    plain = [one.replace("<b>", "").replace("</b>", "").removeprefix("3 ") for one in (above, below)]
    assert [text.removeprefix("3 ") for text in found if text.removeprefix("3 ") in plain] == plain


def test_bold_that_fills_a_line_in_the_middle_of_a_sentence_stays_in_it() -> None:
    stressed = (
        "Partene skal i denne perioden arbeide for at alle innbyggere får hjelp der de bor, og det gjelder "
        "<b>Helsefellesskapet Nordre Skjærgård og alle kommunene ved kysten som har pasienter med store</b> "
        "behov i dag og i årene som kommer."
    )
    found = blocks(SENTENCE * 3, stressed, SENTENCE * 3)
    whole = stressed.replace("<b>", "").replace("</b>", "")
    assert any(whole in text for text in texts_of(found))
