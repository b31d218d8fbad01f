"""Files that are broken, cut short, or of another form than the mapping reads."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from samspill.analysis.intake import bring, parse_mapping, read_mapping, write_mapping
from samspill.refusal import Refused
from unit.analysis.intake.made_files import GOOD, HEADER, MAPPING, TODAY, brought, codes, written


def test_a_row_cut_short_is_half_a_file(tmp_path: Path) -> None:
    found = brought(tmp_path, [*GOOD, "2025;31"])
    assert [(one.code, one.places[0].row, one.facts["found"]) for one in found.faults] == [("cells", 6, 2)]


def test_a_quote_that_never_ends_is_half_a_file(tmp_path: Path) -> None:
    found = brought(tmp_path, [*GOOD, '2025;"3101'])
    assert codes(found) == ["half_file"]


@pytest.mark.parametrize("suffix", ["xlsx", "parquet"])
def test_half_of_a_packed_file_is_told(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"file.{suffix}"
    path.write_bytes(b"PK\x03\x04" + b"half of it" * 100)
    found = bring(path, parse_mapping(MAPPING), tmp_path, today=TODAY)
    assert codes(found) == ["unreadable"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_parquet_file_that_is_broken_in_the_middle_is_told(tmp_path: Path) -> None:
    path = tmp_path / "file.parquet"
    names = HEADER.split(";")
    columns = {name: [str(number) for number in range(5000)] for name in names}
    pq.write_table(pa.table(columns), path, use_dictionary=False, compression="zstd")
    content = bytearray(path.read_bytes())
    content[500:2500] = b"\x00" * 2000
    path.write_bytes(content)
    found = bring(path, parse_mapping(MAPPING), tmp_path, today=TODAY)
    assert codes(found) == ["unreadable"]


def test_a_kind_of_file_we_do_not_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(b"%PDF")
    with pytest.raises(Refused) as refused:
        bring(path, parse_mapping(MAPPING), tmp_path, today=TODAY)
    assert refused.value.code == "suffix"


def test_an_empty_file_and_one_with_names_alone_have_no_rows(tmp_path: Path) -> None:
    assert codes(brought(tmp_path / "a", [])) == ["no_rows"]
    assert codes(brought(tmp_path / "b", [], header="")) == ["no_rows"]


def test_a_column_that_is_gone_or_stands_twice_is_told_by_name(tmp_path: Path) -> None:
    found = brought(tmp_path / "a", GOOD, header=HEADER.replace("Avvist", "Nektet"))
    assert [(one.code, one.column) for one in found.faults] == [("missing_column", "Avvist")]
    found = brought(tmp_path / "b", GOOD, header=HEADER.replace("Avvist", "Plasser"))
    assert [(one.code, one.column) for one in found.faults] == [("header_twice", "Plasser")]


def test_text_below_the_table_is_no_row_and_in_the_middle_it_is_a_fault(tmp_path: Path) -> None:
    found = brought(
        tmp_path / "a", [*GOOD, "", "Kilde: kommunene selv", "Tall for 2025 er foreløpige;;;;;;;"]
    )
    assert (found.rows, found.footers) == (4, 2)
    found = brought(tmp_path / "b", [GOOD[0], "Kilde: kommunene selv", GOOD[1]])
    assert [(one.code, one.places[0].row) for one in found.faults] == [("cells", 3)]


def test_what_windows_writes_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    path.write_bytes(path.read_text("utf-8").encode("cp1252"))
    assert bring(path, parse_mapping(MAPPING), tmp_path, today=TODAY).rows == 4
    other = tmp_path / "other"
    other.mkdir()
    marked = written(other, GOOD)
    marked.write_bytes(b"\xef\xbb\xbf" + marked.read_bytes())
    assert bring(marked, parse_mapping(MAPPING), other, today=TODAY).rows == 4


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("table: places", "table: beds"), "table must be one of"),
        (("table: places", "table: discharges"), "table must be one of"),
        (("columns:", "comma: yes\ncolumns:"), "«comma» is no key"),
        (("  year: År\n", ""), "columns lacks year"),
        (("year: År", "year: {form: År}"), "year must say «from»"),
        (("year: År", "year: {from: År, form: x}"), "«form» is no key"),
        (("written: 2026-11-23\n", ""), "written must be the day"),
        (("columns:", "decimal: ';'\ncolumns:"), "decimal is «;»"),
        (("columns:", "missing: {x: gone}\ncolumns:"), "missing must be symbols"),
        (("columns:", "header: 0\ncolumns:"), "header must be"),
    ],
)
def test_a_mapping_that_cannot_be_understood_is_refused_by_name(change: tuple[str, str], told: str) -> None:
    with pytest.raises(Refused, match=told):
        parse_mapping(MAPPING.replace(*change))


def test_a_mapping_is_written_as_it_is_read(tmp_path: Path) -> None:
    whole = MAPPING.replace(
        "columns:",
        "note: Prøve\nsheet: A\nheader: 3\ndecimal: ','\nthousands: .\nmissing: {x: hidden}\nstatus: s\n"
        "lacking: row\nonly: {a: [b]}\nwithout: {c: [d]}\nspread: {from: e, value: f}\ncolumns:",
    ).replace("places: Plasser", "places: {from: Plasser, times: 2}")
    path = tmp_path / "mapping.yaml"
    path.write_text(write_mapping(parse_mapping(whole)), "utf-8")
    assert read_mapping(path) == parse_mapping(whole)
