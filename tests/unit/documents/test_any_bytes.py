"""Whatever the bytes are, the answer is a document whose anchors hold, or a refusal; never anything else."""

import document_files as files
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.documents.blocks import BlockKind
from samspill.documents.reading import read_bytes
from samspill.documents.refusals import SENTENCES, Unreadable

BEGINNINGS = [
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
]
# What the text reader looks for, in any order
SIGNS = [
    "# ", "- ", "* ", "1. ", "2.1 ", "a) ", "o ", "•", "\t", "|", "|---|", "\n", "\n\n", "\r\n", "\f", " ",
    "    ",
    "---", "===", "**", "__", "<b>", "</b>", "[t](#)", "[^1]", "[^1]: ", "¹", "....3", "\ts. 4",
    "Innhold", "Figur 1 ",
    "Barn og unge", "og så", "Tiltak", "SEKR", ".", ":", "-", "https://x.no", "\u00a0",
    "\u200b", "_____", "2017-",
]  # fmt: skip
TAGS = [
    "p",
    "r",
    "t",
    "tbl",
    "tr",
    "tc",
    "pPr",
    "numPr",
    "sdt",
    "sdtContent",
    "br",
    "tcPr",
    "gridSpan",
    "vMerge",
    "body",
]

WORD, PDF = files.as_word(), files.as_pdf()


def check(data: bytes, name: str = "fil") -> None:
    try:
        document = read_bytes(data, name)
    except Unreadable as refused:
        assert refused.code in SENTENCES
        return
    assert document.blocks
    for block in document.blocks:
        assert 1 <= block.line <= block.last_line <= len(document.lines)
        assert block.verbatim == "\n".join(document.lines[block.line - 1 : block.last_line])
        assert (block.kind is BlockKind.TABLE_ROW) == bool(block.cells) == bool(block.table)
        assert (block.kind is BlockKind.HEADING) <= (1 <= block.level <= 6)
        assert (block.kind is BlockKind.LIST_ITEM) <= (1 <= block.level <= 9)
        assert bool(block.text) == (block.kind is not BlockKind.PAGE_BREAK)


@settings(deadline=None)  # the first PDF opens the library that reads it
@given(st.sampled_from(BEGINNINGS), st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(beginning: bytes, rest: bytes) -> None:
    check(beginning + rest)


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    check(text.encode("utf-8", "surrogatepass"))


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(SIGNS), max_size=60))
def test_any_mixture_of_signs_is_read_with_anchors_that_hold(signs: list[str]) -> None:
    check("".join(signs).encode())


xml = st.recursive(
    st.text(alphabet="abc æ1.)\t-", max_size=8),
    lambda inner: st.builds(
        lambda tag, value, parts: f'<w:{tag} w:val="{value}">{"".join(parts)}</w:{tag}>',
        st.sampled_from(TAGS),
        st.sampled_from(["", "0", "1", "-3", "99999999999", "continue", "x"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=30,
)


@pytest.mark.slow
@given(xml)
def test_any_order_of_words_elements_is_read_or_refused(body: str) -> None:
    check(files.word_of(body), "fil.docx")


@given(st.integers(0, len(WORD) - 1), st.binary(min_size=1, max_size=6))
def test_a_word_document_with_damage_anywhere_is_read_or_refused(place: int, damage: bytes) -> None:
    check(WORD[:place] + damage + WORD[place + len(damage) :])


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.integers(10, len(PDF) - 1), st.binary(min_size=1, max_size=6))
def test_a_pdf_with_damage_anywhere_is_read_or_refused(place: int, damage: bytes) -> None:
    check(PDF[:place] + damage + PDF[place + len(damage) :])


operators = st.sampled_from(
    [b"BT", b"ET", b"(Plan) Tj", b"/F1 9 Tf", b"1 0 0 1 50 700 Tm", b"1e9 0 0 1e9 0 0 cm", b"0 0 0 0 0 0 cm",
     b"q", b"Q", b"10 10 50 50 re S",
     b"0 0 m 99 99 l S", b"[(a) -500 (b)] TJ", b"/F9 0 Tf", b"0 -14 Td", b"99999 Tc", b"<< >>",
     b")"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(operators, max_size=40))
def test_any_order_of_pdf_operators_is_read_or_refused(content: list[bytes]) -> None:
    check(files.pdf_with_content(b"\n".join(content)), "fil.pdf")
