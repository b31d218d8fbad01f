"""One PDF out of many: every page there, bookmarks and numbers, and what cannot be put in is known before."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from samspill.documents.writing import (
    Heading,
    Paper,
    Part,
    Text,
    Title,
    assemble,
    page_count,
    to_pdf,
)

AT = datetime(2026, 11, 22, tzinfo=UTC)


def paper(title: str, paragraphs: int = 3) -> bytes:
    blocks = [Title(), *(Text(f"Avsnitt {number} om {title}. " * 12) for number in range(paragraphs))]
    return to_pdf(Paper(title, "nb", "Samspill", "", "", "", AT, (*blocks, Heading("Slutt"))))


def sheet(width: float = 595, height: float = 842, rotation: int = 0, pages: int = 1) -> bytes:
    made = PdfWriter()
    for _number in range(pages):
        made.add_blank_page(width, height).rotate(rotation)
    return written(made)


def written(made: PdfWriter) -> bytes:
    file = BytesIO()
    made.write(file)
    return file.getvalue()


def whole(*parts: Part) -> PdfReader:
    made = assemble(parts, title="Hele", author="SSU", language="nb", page_of="Side %(page)s av %(pages)s")
    return PdfReader(BytesIO(made))


def test_every_page_is_there_in_order_with_its_number() -> None:
    one, two = paper("første", 30), paper("andre")
    found = whole(Part("Første", one), Part("Andre", two))
    count = page_count(one) + page_count(two)
    texts = [page.extract_text() for page in found.pages]
    assert len(texts) == count
    assert "første" in texts[0]
    assert "andre" in texts[-1]
    for number, text in enumerate(texts, 1):
        assert f"Side {number} av {count}" in text


def test_bookmarks_lead_to_the_parts_and_attachments_stand_below_their_case() -> None:
    found = whole(Part("Sak 1", paper("sak")), Part("Vedlegg", sheet(), 2), Part("Sak 2", sheet()))
    first, below, second = found.outline
    assert (first["/Title"], below[0]["/Title"], second["/Title"]) == ("Sak 1", "Vedlegg", "Sak 2")  # type: ignore[index,call-overload]
    places = [found.get_destination_page_number(one) for one in (first, below[0], second)]  # type: ignore[arg-type,index]
    assert places == [0, len(found.pages) - 2, len(found.pages) - 1]
    assert found.metadata is not None
    assert found.metadata.title == "Hele"


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_number_stands_at_the_lower_edge_however_the_page_is_turned(rotation: int) -> None:
    found = whole(Part("Turnert", sheet(600, 800, rotation)))
    places: list[tuple[float, float]] = []

    def visit(text: str, cm: list[float], tm: list[float], *_rest: object) -> None:
        if "Side" in text:
            x, y = tm[4], tm[5]
            places.append((cm[0] * x + cm[2] * y + cm[4], cm[1] * x + cm[3] * y + cm[5]))

    found.pages[0].extract_text(visitor_text=visit)
    x, y = places[0]
    near = {0: y, 90: 600 - x, 180: 800 - y, 270: x}[rotation]
    assert near == pytest.approx(15, abs=1)


def test_pages_that_share_what_they_draw_with_keep_it() -> None:
    found = whole(Part("En", paper("felles", 60)))
    assert len(found.pages) > 1
    assert all("felles" in page.extract_text() for page in found.pages)


def test_what_a_page_does_by_itself_is_left_out() -> None:
    made = PdfWriter()
    page = made.add_blank_page(595, 842)
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): TextStringObject("app.alert(1)")})
    acts = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")}
    )
    made.root_object[NameObject("/OpenAction")] = acts
    found = whole(Part("Farlig", written(made)))
    assert "/AA" not in found.pages[0]
    assert "/OpenAction" not in found.root_object


@pytest.mark.parametrize(
    "content",
    [b"", b"tull", b"%PDF-1.7\n%%EOF", paper("halv")[:900], b"PK\x03\x04" + b"\0" * 200, sheet(pages=2_001)],
    ids=["nothing", "words", "no body", "half", "a zip", "too long"],
)
def test_what_cannot_be_put_in_has_no_pages(content: bytes) -> None:
    assert page_count(content) == 0


def test_a_locked_pdf_has_no_pages_and_one_that_only_forbids_changes_has() -> None:
    for password, count in (("hemmelig", 0), ("", 1)):
        made = PdfWriter()
        made.add_blank_page(595, 842)
        made.encrypt(password, "eier", algorithm="RC4-128")
        assert page_count(written(made)) == count
