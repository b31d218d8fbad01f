"""Files of tables: every way people save them, and every way they can be wrong."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from integration.plans.tables_at_hand import Rows, bytes_of, csv_file, excel_file
from samspill.documents.armour import bared, disarmed, plain, same_text, would_run
from samspill.plans.actions.bringing_in import spreadsheets
from samspill.plans.actions.bringing_in.spreadsheets import read_sheet
from samspill.plans.rules.tables.columns import Column, column_of
from samspill.plans.rules.tables.refusals import Unfit
from samspill.plans.views.exports import csv_of, xlsx_of

HEAD = ("Tiltak", "Ansvarlig", "Frist")
ROW = ("Få på plass møteplass for pårørende", "SSU", "30.06.2027")


def refused(content: bytes, name: str = "x.xlsx") -> str:
    with pytest.raises(Unfit) as error:
        read_sheet(content, name)
    assert str(error.value), "it says so in a sentence"
    return error.value.code


# -- CSV


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_csv_is_read_however_it_was_saved(encoding: str, delimiter: str) -> None:
    sheet = read_sheet(csv_file(HEAD, ROW, delimiter=delimiter, encoding=encoding), "x.csv")
    assert sheet.lines[0].cells == ROW
    assert list(sheet.header.columns) == [Column.TEXT, Column.RESPONSIBLE, Column.DEADLINE]


def test_a_line_that_tells_excel_the_separator_is_no_row() -> None:
    sheet = read_sheet(b"sep=;\r\n" + csv_file(HEAD, ROW), "x.csv")
    assert [line.cells for line in sheet.lines] == [ROW]


def test_text_above_the_header_empty_rows_and_line_breaks_in_cells_are_no_hindrance() -> None:
    content = csv_file(
        ("Tiltak for barn og unge 2025",), (), HEAD, (), ("To\nlinjer", "SSU"), ("", "", ""), ROW
    )
    sheet = read_sheet(content, "x.csv")
    assert [(line.number, line.text(0)) for line in sheet.lines] == [(5, "To\nlinjer"), (7, ROW[0])]


def test_quotation_marks_that_do_not_match_are_told_with_the_line() -> None:
    assert refused(b'Tiltak;Frist\nHeisann;2027\n"uten slutt;2027\n', "x.csv") == "table.quotes"


def test_bytes_that_are_no_text_are_told() -> None:
    assert refused(b"Tiltak;Frist\n\x81\x8d\x8f;2027", "x.csv") == "table.not_text"
    assert refused(b"Tiltak;Frist\nab\0c;2027", "x.csv") == "table.not_text"


# -- headers


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Nøkkel", Column.KEY), ("Key", Column.KEY), ("Tiltak", Column.TEXT), ("TILTAK:", Column.TEXT),
        ("Measure", Column.TEXT), ("Hva skal vi gjøre?", Column.TEXT), ("Ansvarleg", Column.RESPONSIBLE),
        ("Hvem", Column.RESPONSIBLE), ("Owner", Column.RESPONSIBLE), ("Bidreg", Column.HELPERS),
        ("Samarbeidsparter", Column.HELPERS), ("Tidsfrist", Column.DEADLINE), ("Når", Column.DEADLINE),
        ("Due date", Column.DEADLINE), ("Frist i planen", Column.DEADLINE_RAW), ("Status", Column.STATUS),
        ("Fremdrift", Column.STATUS), ("Siste melding", Column.SENTENCE), ("Mål", Column.GOAL),
        ("Innsatsområde", Column.AREA), ("Tema", Column.AREA), ("Måles på", Column.INDICATORS),
        ("Nr.", Column.LABEL), ("Kort namn", Column.TITLE), ("Hva som må rettes", Column.PROBLEM),
        ("Budsjett", None), ("Merknad", None), ("", None), ("x" * 500, None),
    ],
)  # fmt: skip
def test_a_header_is_known_in_both_written_forms_in_english_and_by_everyday_words(
    header: str, column: Column | None
) -> None:
    assert column_of(header) == column


def test_of_two_columns_for_the_same_the_first_one_counts_and_the_other_is_named() -> None:
    sheet = read_sheet(csv_file(("Tiltak", "Frist", "Frist"), ("a", "2026", "2027")), "x.csv")
    assert (sheet.header.columns[Column.DEADLINE], sheet.header.unknown) == (1, ("Frist",))


def test_a_list_under_one_header_is_a_table() -> None:
    sheet = read_sheet(csv_file(("Tiltak",), ("Møtes",), ("Lære",)), "x.csv")
    assert [line.text(0) for line in sheet.lines] == ["Møtes", "Lære"]


def test_a_table_without_a_column_for_measures_is_refused() -> None:
    assert refused(csv_file(("Ansvarlig", "Frist"), ("SSU", "2027")), "x.csv") == "table.no_header"
    assert refused(excel_file(("Dato", "Sum"), (1, 2))) == "table.no_header"


# -- Excel


def test_the_first_visible_sheet_with_a_header_is_read_and_the_others_are_named() -> None:
    book = Workbook()
    front = book.active
    assert front is not None
    front.title = "Forside"
    front["A1"] = "Handlingsplan"
    hidden = book.create_sheet("Skjult")
    hidden.sheet_state = "hidden"
    for row in (HEAD, ("Hemmelig", "", "")):
        hidden.append(row)
    shown = book.create_sheet("Plan")
    for row in (HEAD, ROW):
        shown.append(row)
    sheet = read_sheet(bytes_of(book), "x.xlsx")
    assert (sheet.name, sheet.left_out) == ("Plan", ("Forside", "Skjult"))
    assert [line.cells for line in sheet.lines] == [ROW]


def test_a_merged_cell_speaks_for_every_row_it_covers_but_makes_no_measure_twice() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Innsatsområde", *HEAD), ("Eldre", "Ett", "SSU"), (None, "To", None), (None, None, "Moss")):
        sheet.append(list(row))
    sheet.merge_cells("A2:A4")
    sheet.merge_cells("B3:B4")
    read = read_sheet(bytes_of(book), "x.xlsx")
    assert [line.cells[:2] for line in read.lines] == [("Eldre", "Ett"), ("Eldre", "To"), ("Eldre", "")]


def test_ten_thousand_rows_are_read_and_more_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 20)
    rows: Rows = [(f"Tiltak {number}", "", "") for number in range(21)]
    assert len(read_sheet(csv_file(HEAD, *rows[:20]), "x.csv").lines) == 20
    assert refused(csv_file(HEAD, *rows), "x.csv") == "table.too_many_rows"
    assert refused(excel_file(HEAD, *rows)) == "table.too_many_rows"


def with_member(name: str, content: bytes, of: bytes | None = None) -> bytes:
    saved = io.BytesIO(of or excel_file(HEAD, ROW))
    with zipfile.ZipFile(saved, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return saved.getvalue()


def test_macros_bombs_entities_and_other_files_are_refused_without_being_opened() -> None:
    assert refused(with_member("xl/vbaProject.bin", b"x")) == "table.macros"
    assert refused(with_member("xl/media/big.bin", bytes(30_000_000))) == "table.unpacks_too_large"
    entity = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert refused(with_member("xl/evil.xml", entity)) == "table.xml_entities"
    assert refused(with_member("xl/evil.xml", entity.decode().encode("utf-16"))) == "table.xml_entities"
    assert refused(excel_file(HEAD, ROW)[:2000]) == "table.broken"
    assert refused(b"PK\x03\x04" + bytes(100)) == "table.broken"
    assert refused(b"Tiltak;Frist", "x.xlsx") == "table.broken"
    assert refused(with_member("a.txt", b"x", of=_empty_zip())) == "table.kind"
    assert refused(bytes(spreadsheets.FILE_BYTES + 1) + b"x") == "table.too_large"


def _empty_zip() -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as package:
        package.writestr("word/document.xml", "<a/>")
    return saved.getvalue()


def test_a_broken_part_inside_is_told_and_not_a_fault() -> None:
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(excel_file(HEAD, ROW))) as old, zipfile.ZipFile(saved, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<broken" if "sheet1" in name else old.read(name))
    assert refused(saved.getvalue()) == "table.broken"


def test_an_open_document_table_is_told_how_to_be_saved() -> None:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert refused(saved.getvalue(), "x.ods") == "table.open_document"


# -- injection, and the round trip

# Half of the texts are made of what files of tables trip over.
HARD = st.text(st.sampled_from("'\"=+-@;,\t\r\n \x00\x0b\x85\xa0\u2028\u200b\ufeffab1_xA0041sep"), max_size=9)
CELLS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40) | HARD
ODD = st.sampled_from(
    ["=1+1", "'=1+1", "''@A", "\t=x", "-", "_x0041_", "P1T2", "2027-06-30", "1e5", "\ufeffa", "a\r\nb"]
)


@given(CELLS | ODD)
def test_what_is_disarmed_is_bared_again(text: str) -> None:
    assert bared(disarmed(text)) == text
    assert not disarmed(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(CELLS | ODD, min_size=1, max_size=5))
def test_every_text_comes_back_from_both_kinds_of_file(texts: list[str]) -> None:
    rows = [["Tiltak", "Frist"], *([text, "2027-06-30"] for text in texts)]
    for content, name in ((csv_of(rows), "x.csv"), (xlsx_of(rows), "x.xlsx")):
        sheet = read_sheet(content, name)
        assert all(line.formulas == frozenset() for line in sheet.lines)
        back = [line.text(0) for line in sheet.lines]
        assert len(back) == len(texts)
        assert all(same_text(text, other) for text, other in zip(texts, back, strict=True)), (texts, back)


@pytest.mark.parametrize(
    "text", ["=A1", "=cmd|' /C calc'!A0", "+1+2", "-2+3+cmd|x", "@SUM(A1)", " =1", "+SUM(1)"]
)
def test_what_a_spreadsheet_would_run_is_found(text: str) -> None:
    assert would_run(text)


@pytest.mark.parametrize("text", ["- Lage kurs", "+47 69 00 00 00", "-5", "@ukjent", "a=b", "", "–", "5+5"])
def test_what_it_would_not_run_is_left_alone(text: str) -> None:
    assert not would_run(text)


def test_a_text_is_compared_as_files_give_it_back() -> None:
    assert plain("a\r\nb\x0b ") == "a\nb"
    assert same_text("=1+1", "'=1+1")
    assert not same_text("en", "to")
