"""Words on paper: none is divided that a line has room for, and what must be divided is read as one word."""

import io
import re
from datetime import datetime

import pdfplumber
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from samspill.documents.blocks import BlockKind, Document
from samspill.documents.reading import read_bytes
from samspill.documents.writing import Bullets, Heading, Paper, Row, Table, Text, Title, to_docx, to_pdf

WRITERS = {"pdf": to_pdf, "docx": to_docx}
HEAD, SHARES = ("Tiltak", "Ansvarlig", "Frist"), (0.5, 0.3, 0.2)
ODD = (
    "a|b", "og/eller", "tjeneste_liste", "2025–2027", "uke—måned", "kl.08:00–15:30", "post@fjord.example.no",
    "https://www.eksempel.no/tema/lovens-rammer?x=1&y=2#del", "www.eksempel.no/a_b/c", "10,5%", "§6-1",
    "helse-og-omsorg", "A/B/C/D", "{y}", "[x]y", "(ny)tt", "a=b", "«så»da", "90+/95+", "#merke@sted",
    "kommune\u00adhelse\u00adtjenesten", "null\u200bbredde", "ord\u2060lim", "x^2~y", "a\\b", "1/2",
    "e-helse",
)  # fmt: skip
LONG = ("Overkommunehelsetjenestesamarbeidsutvalgsmedlemsliste", "a|" * 40 + "b", "x-" * 60 + "y", "W" * 90)


def paper(text: str) -> Paper:
    rows = (Row((text, "SSU", "2027")), Row(("Vi møtes", text, "2027")), Row(("Vi møtes", "SSU", text)))
    blocks = (
        Title(),
        Heading("Innsatsområde: Barn"),
        Text(f"Vi vil {text} i dag."),
        Table("Tiltak", HEAD, rows, SHARES),
        Bullets((f"Vi vil {text} nå",)),
    )
    return Paper(
        title="En plan", language="nb", author="Helsefellesskapet", header="Over", footer="Under",
        page_of="Side %(page)s av %(pages)s", made_at=datetime(2026, 11, 22), blocks=blocks,
    )  # fmt: skip


def read(text: str, ending: str) -> Document:
    return read_bytes(WRITERS[ending](paper(text)), f"plan.{ending}")


def seen(text: str) -> str:
    """Without the marks that only say where a line may end."""
    return re.sub("[\u00ad\u200b\u2060]", "", text)


def check_read_back(text: str, ending: str) -> None:
    document = read(text, ending)
    said = [block.text for block in document.blocks if block.kind is not BlockKind.TABLE_ROW]
    cells = [cell.text for block in document.blocks for cell in block.cells]
    assert f"Vi vil {seen(text)} i dag." in said
    assert f"Vi vil {seen(text)} nå" in said
    assert cells.count(seen(text)) == 3


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("word", (*ODD, *LONG))
def test_a_word_with_any_sign_reads_back_as_one_word(word: str, ending: str) -> None:
    check_read_back(f"prøve {word} sammen med {word} her", ending)


def test_a_word_that_a_page_divides_is_one_word() -> None:
    longest = " ".join(["a=b", "x-" * 60 + "y", "90+/95+", "W" * 90, "a|" * 40 + "b", "sykehuset"])
    check_read_back(f"prøve {longest} sammen", "pdf")


@pytest.mark.parametrize("before", range(0, 40, 3))
def test_a_space_that_a_dash_carries_to_the_next_line_stays(before: int) -> None:
    check_read_back(f"prøve {'a' * before} alt [x] – kl. 08 og slikt sammen".replace("  ", " "), "pdf")


# Few, and each once: a row of a table that goes over three pages is not what is tried here, and the same word
# alone at the top of page after page is rightly taken for the page's header.
@pytest.mark.slow
@settings(max_examples=12, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(
    words=st.lists(
        st.sampled_from((*ODD, *LONG, "og", "barn", "sykehuset", "hjemme")),
        min_size=1,
        max_size=25,
        unique=True,
    )
)
def test_any_row_of_words_reads_back_as_itself_from_a_pdf(words: list[str]) -> None:
    check_read_back(" ".join(["prøve", *words, "sammen"]), "pdf")


@settings(max_examples=12, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(
    words=st.lists(
        st.text(
            st.sampled_from("abcdefghijklmnopqrstuvwxyzæøåABC019|/_–@.:?&=%+#~"), min_size=2, max_size=70
        ).map(lambda word: f"x{word}x"),
        min_size=1,
        max_size=12,
    )
)
def test_words_of_any_signs_read_back_as_themselves_from_a_pdf(words: list[str]) -> None:
    check_read_back(" ".join(["prøve", *words, "sammen"]), "pdf")


@pytest.mark.slow
@pytest.mark.parametrize("word", [word for word in ODD if len(word) < 30])
def test_a_word_that_a_line_has_room_for_stands_whole_on_it(word: str) -> None:
    text = " ".join(["og", word] * 30)
    with pdfplumber.open(io.BytesIO(to_pdf(paper(text)))) as pdf:
        words = [one["text"] for page in pdf.pages for one in page.extract_words()]
    assert words.count(seen(word)) >= 5 * 30


def test_no_word_reaches_into_the_next_column() -> None:
    with pdfplumber.open(io.BytesIO(to_pdf(paper(" ".join(LONG))))) as pdf:
        for page in pdf.pages:
            for table in page.find_tables():
                for row in table.rows:
                    edges = [cell[2] for cell in row.cells if cell]
                    for word in page.crop(row.bbox).extract_words():
                        assert not any(word["x0"] < edge - 1 and word["x1"] > edge + 0.5 for edge in edges)
