"""Damaged and hostile tables, Excel and CSV: read or refused in one sentence, soon, nothing worked out."""

import csv
import io
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from samspill.plans.actions.bringing_in.spreadsheets import read_sheet
from samspill.plans.rules.tables.refusals import SENTENCES, Unfit

HEAD = ("Innsatsområde", "Tiltak", "Ansvarlig", "Frist")
ROWS = (HEAD, ("Barn", "Lage kurs", "SSU", "2027"), ("Barn", "Møtes hver høst", "Halden", "30.06.2027"))
TURNED = set(
    map(chr, (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0x7F, 0xA0)))
)


def as_csv() -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(ROWS)
    return text.getvalue().encode()


def as_excel() -> bytes:
    book, content = Workbook(), io.BytesIO()
    for row in ROWS:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(content)
    return content.getvalue()


WHOLE = {"tiltak.csv": as_csv(), "tiltak.xlsx": as_excel()}


def outcome(content: bytes, name: str) -> str:
    """The code of the refusal, or "" when it was read."""
    try:
        sheet = read_sheet(content, name)
    except Unfit as refused:
        assert refused.code in SENTENCES
        assert name in str(refused.sentence)
        return refused.code
    cells = [cell for line in sheet.lines for cell in line.cells]
    assert not TURNED & set("".join(cells))
    return ""


def repacked(**changed: bytes) -> bytes:
    """The Excel file with members exchanged: `sheet1=…` is xl/worksheets/sheet1.xml."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(WHOLE["tiltak.xlsx"])) as old,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            stem = name.rpartition("/")[2].partition(".")[0]
            new.writestr(name, changed.get(stem, old.read(name)))
    return content.getvalue()


def locked() -> bytes:
    data = bytearray(WHOLE["tiltak.xlsx"])
    for mark, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + flag] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


def with_far_cell() -> bytes:
    """Somebody has coloured a cell in the very last row; the table is as it was."""
    with zipfile.ZipFile(io.BytesIO(WHOLE["tiltak.xlsx"])) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
    far = b'<row r="1048576"><c r="XFD1048576" s="0"/><c r="B1048576" s="0"/></row></sheetData>'
    return repacked(sheet1=sheet.replace(b"</sheetData>", far))


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</worksheet>'


@pytest.mark.parametrize(
    ("name", "content", "codes"),
    [
        ("tiltak.csv", b"", {"table.empty"}),
        ("tiltak.xlsx", b" \n", {"table.empty"}),
        ("tiltak.csv", "\ufeff".encode(), {"table.empty", "table.no_header"}),
        ("tiltak.xlsx", locked(), {"table.password"}),
        ("tiltak.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), {"table.password"}),
        ("tiltak.xlsx", repacked(sheet1=b" " * 90_000_000), {"table.unpacks_too_large"}),
        ("tiltak.xlsx", repacked(sheet1=SHEET % (b"<a>" * 200_000)), {"table.broken"}),
        (
            "tiltak.xlsx",
            repacked(sheet1=b"<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet/>"),
            {"table.xml_entities"},
        ),
        ("tiltak.xlsx", repacked(sheet1=SHEET % b'<dimension ref="A1:XFD1048576"/>'), {"table.no_header"}),
        (
            "tiltak.xlsx",
            repacked(
                sheet1=SHEET % b'<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
            ),
            {"table.no_header", "table.too_many_rows"},
        ),
        (
            "tiltak.xlsx",
            repacked(sheet1=SHEET % b'<sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
            {"table.unpacks_too_large"},
        ),
        ("tiltak.xlsx", with_far_cell(), {""}),
        (
            "tiltak.xlsx",
            repacked(styles=b'<mergeCell ref="&#65;1:XFD1048576"/>'),
            {"table.unpacks_too_large"},
        ),
        ("tiltak.csv", b";" * 1_000_000, {"table.no_header", "table.quotes"}),
        ("tiltak.csv", b"Tiltak\n" + b"\n" * 1_000_000 + b"Lage kurs", {""}),
        ("tiltak.csv", b'Tiltak\n"' + b"a" * 1_000_000, {"table.quotes"}),
        ("tiltak.csv", b"Tiltak\n" + b"a\n" * 20_000, {"table.too_many_rows"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_is_refused_in_its_own_words_and_soon(name: str, content: bytes, codes: set[str]) -> None:
    started = time.monotonic()
    assert outcome(content, name) in codes
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("name", WHOLE)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(share=st.floats(0, 1))
def test_a_table_cut_off_anywhere_is_read_or_refused(name: str, share: float) -> None:
    outcome(WHOLE[name][: int(share * len(WHOLE[name]))], name)


@pytest.mark.parametrize("name", WHOLE)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(data=st.data())
def test_a_table_with_bytes_changed_anywhere_is_read_or_refused(name: str, data: st.DataObject) -> None:
    content = bytearray(WHOLE[name])
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=6)):
        content[place] = data.draw(st.integers(0, 255))
    outcome(bytes(content), name)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    sheet=st.lists(
        st.sampled_from(
            [
                "<row>",
                "</row>",
                '<c r="B2">',
                "</c>",
                "<v>",
                "9",
                "</v>",
                '<c t="s">',
                '<c t="e">',
                '<c t="d">',
                "<f>1+1</f>",
                "<is><t>Tiltak</t></is>",
                '<row r="-1">',
                '<c r="ZZZZ0">',
                "x",
            ]
        )
    )
)
def test_any_order_of_excel_elements_is_read_or_refused(sheet: list[str]) -> None:
    outcome(repacked(sheet1=SHEET % f"<sheetData>{''.join(sheet)}</sheetData>".encode()), "tiltak.xlsx")


@settings(max_examples=40, deadline=None, derandomize=True)
@given(text=st.text("abcæ;,\t\"'\n=@\u202e\u2066\u200f\x07\x85\x00\u05d0", max_size=200))
def test_signs_that_turn_or_hide_the_text_are_left_out_of_a_table(text: str) -> None:
    outcome(f"Tiltak;Frist\nLage kurs;2027\n{text}".encode(), "tiltak.csv")
