"""A file becomes a table: figures, codes, borders, what lacks. One fault, and nothing is written."""

from datetime import datetime
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from samspill.analysis.indicators.calculation import check_data, open_data
from samspill.analysis.intake import bring, guess, parse_mapping
from samspill.analysis.intake.borders import share_within
from unit.analysis.intake.made_files import (
    AREAS,
    BIRTHS,
    GOOD,
    HEADER,
    MAPPING,
    TODAY,
    brought,
    codes,
    rows_of,
)


def test_a_good_file_becomes_the_table(tmp_path: Path) -> None:
    found = brought(tmp_path, GOOD)
    assert rows_of(found, "year", "area", "kind", "days_open", "refused") == [
        (2024, "3101", "kad", 1460, 12),
        (2024, "3103", "kad", 2190, 40),
        (2025, "3101", "kad", 1460, 15),
        (2025, "3103", "kad", 2190, 44),
    ]
    assert (found.rows_read, found.rows, found.years) == (4, 4, (2024, 2025))
    data = open_data(tmp_path / "out")
    check_data(data)


def test_the_same_rows_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    first, second = (brought(tmp_path / name, rows) for name, rows in (("a", GOOD), ("b", GOOD[::-1])))
    assert first.sha256 == second.sha256 != ""
    assert first.source_sha256 != second.source_sha256


def test_nothing_is_written_when_one_row_is_wrong(tmp_path: Path) -> None:
    found = brought(tmp_path, [*GOOD, "2025;3103;Sykehjem;-6;0;0;0;0"])
    assert codes(found) == ["too_low"]
    assert list((tmp_path / "out").rglob("*")) == []


def test_every_fault_is_told_with_row_and_column(tmp_path: Path) -> None:
    rows = [
        *GOOD,
        "2025;31X1;KAD;4;10;5;5;1",
        "2025;9999;KAD;4;10;5;5;1",
        "2035;3101;KAD;4;10;5;5;1",
        "2023;3101;Hotell;4;10;5;5;1",
        "2023;3101;KAD;4,5;10;5;5;1",
        "2023;3103;KAD;4;10;11;5;6",
        "2025;3101;KAD;4;10;5;5;1",
        "i fjor;3101;KAD;4;10;5;5;1",
        "2022;3101;KAD;mange;10;5;5;1",
    ]
    found = brought(tmp_path, rows)
    told = {
        one.code: (one.column, [(place.row, place.value) for place in one.places]) for one in found.faults
    }
    assert told == {
        "not_area": ("Kommunenr", [(6, "31X1")]),
        "unknown_area": ("Kommunenr", [(7, "9999")]),
        "years": ("År", [(8, "2035")]),
        "unknown_code": ("Plasstype", [(9, "Hotell")]),
        "decimal_comma": ("Plasser", [(10, "4,5")]),
        "above": ("Avvist", [(11, "6")]),
        "key_twice": ("year and area and kind", [(12, "2025, 3101, kad")]),
        "not_year": ("År", [(13, "i fjor")]),
        "not_whole": ("Plasser", [(14, "mange")]),
    }
    above = [one for one in found.faults if one.code == "above"]
    assert [one.column for one in above] == ["Brukte døgn", "Avvist"]


def test_places_are_capped_and_the_number_is_not(tmp_path: Path) -> None:
    rows = [f"2024;3101;slag {number};1;1;1;1;1" for number in range(500)]
    found = brought(tmp_path, rows)
    assert [(one.code, one.rows, len(one.places)) for one in found.faults] == [("unknown_code", 500, 20)]


def test_a_figure_that_lacks_takes_its_municipalitys_year_with_it_and_is_never_0(tmp_path: Path) -> None:
    rows = [
        GOOD[0],
        "2024;3101;Sykehjem;..;1;1;1;1",
        GOOD[1],
        "2025;3101;KAD;4;1;:;1;1",
        "2025;3103;KAD;-;1;1;;.",
    ]
    found = brought(tmp_path, rows)
    assert rows_of(found, "year", "area", "kind", "places") == [(2024, "3103", "kad", 6)]
    assert found.lacking_by_kind() == {"missing": 3, "hidden": 1, "not_possible": 1}
    assert (found.lacking[0].row, found.lacking[0].column, found.lacking[0].symbol) == (3, "places", "..")


def test_a_mapping_may_leave_out_the_row_alone(tmp_path: Path) -> None:
    rows = [GOOD[0], "2024;3101;Sykehjem;..;1;1;1;1"]
    found = brought(tmp_path, rows, MAPPING + "lacking: row\n")
    assert rows_of(found, "area", "kind") == [("3101", "kad")]


def test_merged_municipalities_are_the_sum_of_their_predecessors(tmp_path: Path) -> None:
    rows = ["2018,0101,10,1", "2018,0104,20,2", "2018,0136,5,3", "2025,3101,11,1"]
    found = brought(tmp_path, rows, BIRTHS, header="year,area,births,preterm")
    assert rows_of(found, "year", "area", "births", "preterm") == [
        (2018, "3101", 10, 1),
        (2018, "3103", 25, 5),
        (2025, "3101", 11, 1),
    ]
    assert found.moved == ("0101", "0104", "0136")


def test_a_sum_lacks_where_one_of_its_parts_does(tmp_path: Path) -> None:
    rows = ["2018,0101,10,1", "2018,0104,20,2", "2025,3103,11,1"]
    found = brought(tmp_path, rows, BIRTHS, header="year,area,births,preterm")
    assert rows_of(found, "year", "area") == [(2018, "3101"), (2025, "3103")]
    assert [(one.area, one.year, one.column) for one in found.lacking] == [("3103", 2018, "0136")]


def test_a_zero_of_a_code_that_was_not_in_use_is_no_figure(tmp_path: Path) -> None:
    rows = ["2018,0101,10,1", "2018,3101,0,0", "2025,3101,11,1", "2025,0101,0,0", "2025,3103,0,0"]
    found = brought(tmp_path, rows, BIRTHS, header="year,area,births,preterm")
    assert rows_of(found, "year", "area", "births") == [
        (2018, "3101", 10),
        (2025, "3101", 11),
        (2025, "3103", 0),
    ]
    assert found.zeros_left_out == 2


def test_a_file_in_the_borders_of_today_is_left_as_it_is(tmp_path: Path) -> None:
    found = brought(tmp_path, ["2018,3101,10,1"], BIRTHS, header="year,area,births,preterm")
    assert rows_of(found, "area", "births") == [("3101", 10)]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (["2018,0101,10,1", "2018,3101,10,0"], "counted_twice"),
        (["2025,0101,10,1"], "not_in_use"),
        (["2025,0,10,1"], "not_area"),
        (["2025,4601,10,1"], "unknown_area"),
    ],
)
def test_what_would_be_counted_wrongly_is_refused(tmp_path: Path, rows: list[str], code: str) -> None:
    assert codes(brought(tmp_path, rows, BIRTHS, header="year,area,births,preterm")) == [code]


def test_a_split_municipality_is_shared_out_in_whole_numbers_that_add_up(tmp_path: Path) -> None:
    rows = ["2021,1507,10,3", "2022,1507,1,1", "2023,1507,7,7"]
    found = brought(tmp_path, rows, BIRTHS, header="year,area,births,preterm")
    shared = rows_of(found, "year", "area", "births", "preterm")
    for year, births, preterm in ((2021, 10, 3), (2022, 1, 1), (2023, 7, 7)):
        own = [row for row in shared if row[0] == year]
        assert (sum(row[2] for row in own), sum(row[3] for row in own)) == (births, preterm)
        assert all(row[3] <= row[2] for row in own)
    assert {row[1] for row in shared} == {"1508", "1580"}


def test_sharing_out_keeps_a_part_below_its_whole() -> None:
    parts = {"births": [7, 3], "preterm": [6, 4]}
    share_within(parts, {"preterm": "births"})
    assert parts == {"births": [7, 3], "preterm": [7, 3]}


def test_a_mean_becomes_a_total_by_its_own_denominator(tmp_path: Path) -> None:
    mapping = BIRTHS.replace("preterm: preterm", "preterm: {from: preterm, times: births}")
    rows = ["2018,0104,200,0.10", "2018,0136,100,0.40"]
    found = brought(tmp_path, rows, mapping, header="year,area,births,preterm")
    assert rows_of(found, "births", "preterm") == [(300, 60)]


def test_decimal_commas_and_thousands_are_read_when_the_mapping_says_so(tmp_path: Path) -> None:
    mapping = MAPPING.replace("columns:", "decimal: ','\nthousands: .\ncolumns:").replace(
        "places: Plasser", "places: {from: Plasser, times: 10}"
    )
    found = brought(tmp_path, ["2024;3101;KAD;1,5;1.460;1\u00a0200,0;3;1"], mapping)
    assert rows_of(found, "places", "days_open", "days_used") == [(15, 1460, 1200)]


def test_a_spreadsheet_is_read_with_its_titles_its_footers_and_its_lost_zeros(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Tall"
    for row in (
        ["Plasser i kommunene"],
        [],
        HEADER.split(";"),
        [2024, 301, "KAD", 4, 10.0, 5, 5, 1],
        [],
        ["Kilde: egne tall"],
    ):
        sheet.append(row)
    path = tmp_path / "file.xlsx"
    book.save(path)
    out = tmp_path / "out"
    out.mkdir()
    mapping = parse_mapping(MAPPING.replace("columns:", "sheet: Tall\nheader: 3\ncolumns:"))
    found = bring(path, mapping, out, today=TODAY)
    assert rows_of(found, "area", "days_open") == [("0301", 10)]
    assert found.footers == 1


def test_a_long_file_is_spread_and_its_symbols_stand_in_a_column_of_their_own(tmp_path: Path) -> None:
    mapping = (
        BIRTHS.replace("caesarean: {is: 0}", "caesarean: sectio")
        + "spread: {from: what, value: value}\nstatus: status\nwithout: {area: ['0', '??']}\n"
    )
    rows = [
        "2024,3101,births,10,", "2024,3101,preterm,1,", "2024,3101,sectio,2,", "2024,31,births,99,",
        "2024,0,births,99,",
        "2025,3101,births,10,", "2025,3101,preterm,,:", "2025,3101,sectio,2,",
    ]  # fmt: skip
    found = brought(tmp_path, rows, mapping, header="year,area,what,value,status")
    assert rows_of(found, "year", "births", "preterm", "caesarean") == [(2024, 10, 1, 2)]
    assert [(one.year, one.column, one.kind) for one in found.lacking] == [(2025, "preterm", "hidden")]
    twice = brought(tmp_path / "twice", [*rows, rows[0]], mapping, header="year,area,what,value,status")
    assert codes(twice) == ["spread_twice"]


def test_rows_about_persons_are_kept_one_by_one_in_the_borders_of_today(tmp_path: Path) -> None:
    columns = {
        "year": [2018, 2025], "area": ["0101", "3101"], "sex": ["K", "M"], "age": [80, 81],
        "person": [1, 3772141308482218497],
        "service": ["kad", "gp"], "contacts": [1, 2], "days": [3, 0],
    }  # fmt: skip
    path = tmp_path / "file.parquet"
    pq.write_table(pa.table(columns), path)
    mapping = "table: services\nwritten: 2026-11-23\ncolumns:\n" + "".join(
        f"  {one}: {one}\n" for one in columns
    )
    (tmp_path / "out").mkdir()
    found = bring(path, parse_mapping(mapping), tmp_path / "out", today=TODAY, areas=AREAS)
    assert rows_of(found, "area", "person") == [("3101", 1), ("3101", 3772141308482218497)]


def test_a_folder_is_one_table_in_several_files(tmp_path: Path) -> None:
    columns = ("year", "area", "sex", "age", "person", "service", "contacts", "days")
    for year in (2024, 2025):
        part = tmp_path / "extract" / f"year={year}" / "part-0.parquet"
        part.parent.mkdir(parents=True)
        days = 3 if year == 2024 else 400
        row = (year, "3101", "K", 80, 1, "kad", 1, days)
        pq.write_table(pa.table({name: [value] for name, value in zip(columns, row, strict=True)}), part)
    (tmp_path / "out").mkdir()
    mapping = guess(tmp_path / "extract", today=TODAY)
    assert mapping.table == "services"
    found = bring(tmp_path / "extract", mapping, tmp_path / "out", today=TODAY, areas=AREAS)
    assert [(one.code, one.places[0].row, one.places[0].value) for one in found.faults] == [
        ("too_high", 2, "400")
    ]


def test_times_are_read_as_they_are_written_and_must_agree(tmp_path: Path) -> None:
    names = "year,area,sex,age,contact,person,unit,kind,service,urgency,inn,ut,bed_days,days_ready,diagnosis,"
    names += "secondary,hfrs_tenths,died"
    mapping = "table: contacts\nwritten: 2026-11-23\ncolumns:\n" + "".join(
        f"  {one}: {one}\n" for one in names.split(",") if one not in ("inn", "ut", "secondary")
    )
    mapping += "  admitted_at: {from: inn, format: '%d.%m.%Y %H:%M'}\n"
    mapping += "  discharged_at: {from: ut, format: '%d.%m.%Y %H:%M'}\n"
    mapping += "  secondary: {from: secondary, may_be_empty: true}\n"
    row = "2024,3101,K,80,{},7,Kalnes,stay,somatic,acute,{},{},2,0,I21,,0,0"
    good = [row.format(1, "01.02.2024 10:00", "03.02.2024 11:00")]
    found = brought(tmp_path / "a", good, mapping, header=names)
    assert rows_of(found, "admitted_at") == [(datetime(2024, 2, 1, 10),)]
    bad = [
        *good,
        row.format(2, "2024-02-01", "03.02.2024 11:00"),
        row.format(3, "04.02.2024 10:00", "03.02.2024 11:00"),
        row.format(4, "04.02.2023 10:00", "05.02.2023 11:00"),
    ]
    faults = brought(tmp_path / "b", bad, mapping, header=names).faults
    assert [(one.code, one.column, one.places[0].row) for one in faults] == [
        ("not_moment", "inn", 3),
        ("other_year", "inn", 5),
        ("before", "ut", 4),
    ]


def test_a_population_lacks_no_age(tmp_path: Path) -> None:
    mapping = (
        "table: population\nwritten: 2026-11-23\ncolumns: {year: y, area: a, sex: s, age: g, persons: n}"
    )
    rows = [f"2025,3101,{sex},{age},{age}" for sex in "KM" for age in range(106)]
    assert brought(tmp_path / "a", rows, mapping, header="y,a,s,g,n").rows == 212
    found = brought(tmp_path / "b", rows[:-1], mapping, header="y,a,s,g,n")
    assert [(one.code, one.facts["found"], one.facts["wanted"]) for one in found.faults] == [
        ("holes", 211, 212)
    ]
    assert not list((tmp_path / "b" / "out").rglob("*"))
