"""Every file that cannot be read is refused with its code and a sentence, and without delay."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import document_files as files
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from samspill.documents.limits import Limits
from samspill.documents.public import read
from samspill.documents.reading import read_bytes
from samspill.documents.refusals import SENTENCES, Unreadable

BOUNDED = 5.0  # seconds; most are refused in a tenth of one

LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><w:document>&b;</w:document>'
)
WIDE_LAUGHS = LAUGHS.decode().encode("utf-16")


def locked_pdf(user_password: str) -> bytes:
    path = Path(os.devnull)
    canvas = Canvas(str(path), encrypt=StandardEncryption(user_password, ownerPassword="eier", strength=128))
    canvas.drawString(60, 700, "Hemmelig")
    return canvas.getpdfdata()


def scanned_pdf() -> bytes:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas = Canvas(os.devnull)
    canvas.drawImage(ImageReader(Image.new("L", (40, 40), 128)), 60, 400, 400, 300)
    return canvas.getpdfdata()


def empty_pdf() -> bytes:
    canvas = Canvas(os.devnull)
    canvas.showPage()
    return canvas.getpdfdata()


def macros() -> bytes:
    types = files.members_of(files.as_word())["[Content_Types].xml"]
    enabled = types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main",
        b"application/vnd.ms-word.document.macroEnabled.main",
    )
    return files.packed(files.members_of(files.as_word()) | {"[Content_Types].xml": enabled})


def locked_member() -> bytes:
    """A packed file whose members say that they are encrypted."""
    data = bytearray(files.as_word())
    for mark, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + flag] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


def with_member(name: str, content: bytes) -> bytes:
    return files.packed(files.members_of(files.as_word()) | {name: content})


def packed(name: str, content: bytes) -> bytes:
    return files.packed({"[Content_Types].xml": b"<Types/>", name: content})


DOCX, PDF = files.as_word(), files.as_pdf()
PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.text"

REFUSED: list[tuple[str, str, Callable[[], bytes]]] = [
    ("document.empty", "plan.txt", lambda: b""),
    ("document.empty", "plan.txt", lambda: b" \n\t\r\n "),
    ("document.empty", "plan.txt", lambda: "\ufeff\u00a0\n\u200b".encode()),
    ("document.empty", "plan.docx", lambda: files.as_word(())),
    ("document.empty", "plan.pdf", empty_pdf),
    ("document.scanned", "plan.pdf", scanned_pdf),
    ("document.unknown_type", "bilde.png", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100)),
    ("document.unknown_type", "side.html", lambda: b"<!DOCTYPE html><html><p>Plan</p></html>"),
    ("document.unknown_type", "data.xml", lambda: b"<?xml version='1.0'?><plan/>"),
    ("document.unknown_type", "arkiv.zip", lambda: files.packed({"a.txt": b"hei"})),
    ("document.unknown_type", "ark.xlsx", lambda: packed("xl/workbook.xml", b"")),
    ("document.unknown_type", "gammel.xls", lambda: files.compound_file("Workbook")),
    ("document.old_format", "gammel.doc", lambda: files.compound_file("WordDocument")),
    ("document.old_format", "plan.odt", lambda: files.packed({"mimetype": OPEN_DOCUMENT})),
    ("document.old_format", "plan.rtf", lambda: b"{\\rtf1\\ansi Plan}"),
    ("document.wrong_extension", "plan.docx", lambda: PDF),
    ("document.wrong_extension", "plan.pdf", lambda: DOCX),
    ("document.wrong_extension", "plan.pdf", lambda: b"Helt vanlig tekst."),
    ("document.wrong_extension", "plan.exe", lambda: b"Helt vanlig tekst."),
    ("document.wrong_extension", "plan.doc", lambda: DOCX),
    ("document.encrypted", "plan.pdf", lambda: locked_pdf("hemmelig")),
    ("document.encrypted", "plan.docx", lambda: files.compound_file("EncryptedPackage")),
    ("document.encrypted", "plan.docx", locked_member),
    ("document.macros", "plan.docm", macros),
    ("document.macros", "plan.docx", lambda: with_member("word/vbaProject.bin", b"Sub AutoOpen()")),
    ("document.xml_entities", "plan.docx", lambda: files.word_with(document=LAUGHS)),
    ("document.xml_entities", "plan.docx", lambda: files.word_with(document=WIDE_LAUGHS)),
    ("document.xml_entities", "plan.docx", lambda: files.word_with(styles=LAUGHS)),
    ("document.xml_entities", "plan.docx", lambda: with_member("[Content_Types].xml", LAUGHS)),
    ("document.unpacks_too_large", "plan.docx", lambda: files.word_with(document=b" " * 100_000_000)),
    ("document.unpacks_too_large", "plan.docx", lambda: with_member("word/media/a.png", bytes(300_000_000))),
    ("document.too_many_pages", "plan.pdf", lambda: files.pdf_with_pages(10_000)),
    ("document.too_many_pages", "plan.pdf", lambda: files.pdf_with_pages(10_000, stated=1)),
    ("document.too_many_pages", "plan.pdf", lambda: files.pdf_with_pages(1, stated=10_000)),
    ("document.too_many_pages", "plan.txt", lambda: b"Tekst.\n\f\n" * 10_000),
    ("document.too_many_pages", "plan.docx", lambda: files.word_of(PAGE_BREAK * 10_000)),
    ("document.too_long", "plan.txt", lambda: b"Dette er en lang tekst. " * 250_000),
    ("document.broken", "plan.docx", lambda: DOCX[: len(DOCX) // 2]),
    ("document.broken", "plan.docx", lambda: files.word_with(document=b"<w:document><w:body>")),
    ("document.broken", "plan.docx", lambda: files.word_with(document=b"<a>" * 100_000)),
    ("document.broken", "plan.docx", lambda: DOCX.replace(b"word/document.xml", b"word/document.xmm", 1)),
    ("document.broken", "plan.pdf", lambda: b"%PDF-1.7\n" + b"x" * 2000),
    ("document.broken", "plan.pdf", lambda: PDF[:300]),
    ("document.not_text", "plan.txt", lambda: b"Plan \x81\x8d\x8f\x90\x9d"),
    ("document.not_text", "plan.txt", lambda: b"\xff\xfea\x00\x00\xd8"),
    ("document.not_text", "plan.txt", lambda: b"\x01\x02\x03\x04tekst\x05\x06" * 20),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "name", "make"), REFUSED, ids=[f"{code[9:]} {name}" for code, name, _ in REFUSED]
)
def test_a_file_we_cannot_read_is_refused_with_its_code(
    code: str, name: str, make: Callable[[], bytes], tmp_path: Path
) -> None:
    path = files.saved(tmp_path, name, make())
    started = time.monotonic()
    with pytest.raises(Unreadable) as refused:
        read(path)
    assert refused.value.code == code
    assert time.monotonic() - started < BOUNDED
    assert name in refused.value.sentence
    assert refused.value.sentence == SENTENCES[code] % refused.value.values


def test_every_code_has_a_file_that_gets_it_or_a_test_of_its_own() -> None:
    on_their_own = {"document.missing", "document.too_large", "document.too_slow", "document.too_much_memory"}
    assert {code for code, _, _ in REFUSED} | on_their_own == set(SENTENCES)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "borte.pdf", tmp_path, tmp_path / ("x" * 5000), Path("nul\0tegn.txt")):
        with pytest.raises(Unreadable) as refused:
            read(path)
        assert refused.value.code == "document.missing"


def test_a_file_above_fifty_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "stor.pdf"
    with path.open("wb") as stream:
        stream.truncate(51_000_000)
    with pytest.raises(Unreadable) as refused:
        read(path)
    assert refused.value.code == "document.too_large"
    assert "51 MB" in refused.value.sentence


def test_a_file_that_takes_too_long_is_stopped_and_its_process_is_gone(tmp_path: Path) -> None:
    endless = files.pdf_with_content(b"BT /F1 9 Tf (Plan) Tj ET " * 400_000)
    path = files.saved(tmp_path, "treg.pdf", endless)
    before = _children()  # other tests may have left Python's own keeper of shared memory
    started = time.monotonic()
    with pytest.raises(Unreadable) as refused:
        read(path, limits=Limits(seconds=1.0))
    assert refused.value.code == "document.too_slow"
    assert "1 seconds" in refused.value.sentence
    assert time.monotonic() - started < 4
    assert _children() == before


def test_a_file_that_wants_too_much_memory_is_stopped(tmp_path: Path) -> None:
    path = files.saved(tmp_path, "bombe.pdf", files.pdf_bomb(800))
    assert path.stat().st_size < 5_000_000
    with pytest.raises(Unreadable) as refused:
        read(path, limits=Limits(memory_bytes=500_000_000))
    assert refused.value.code == "document.too_much_memory"


def test_a_pdf_that_only_forbids_printing_can_be_read() -> None:
    document = read_bytes(locked_pdf(""), "plan.pdf")
    assert [block.text for block in document.blocks] == ["Hemmelig"]


def test_a_date_in_a_name_is_no_ending() -> None:
    assert read_bytes(PDF, "Plan vedtatt 12.05").format == "pdf"
    assert read_bytes(PDF, "Plan").format == "pdf"
    assert read_bytes(DOCX, "PLAN.DOCX").format == "docx"


def _children() -> list[int]:
    """Processes this one has started that are still there (Linux)."""
    listed = Path(f"/proc/self/task/{os.getpid()}/children")
    return [int(number) for number in listed.read_text().split()] if listed.exists() else []
