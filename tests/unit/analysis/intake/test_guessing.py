"""What a file is, guessed from its names and first rows; how the first rows would be understood."""

from pathlib import Path

from samspill.analysis.intake import bring, guess, look, parse_mapping, write_mapping
from unit.analysis.intake.made_files import AREAS, GOOD, TODAY, rows_of, written


def test_norwegian_names_and_codes_are_known(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    found = guess(path, today=TODAY)
    assert found.table == "places"
    assert found.columns["kind"].codes == {"KAD": "kad"}
    assert bring(path, found, tmp_path, today=TODAY, areas=AREAS).rows == 4


def test_a_population_as_ssb_saves_it_is_understood_whole(tmp_path: Path) -> None:
    rows = [
        f'"{area}";"{sex}";"{age} år{" eller eldre" if age == 105 else ""}";"2025";{age}'
        for area in ("3101 Halden", "3103 Moss")
        for sex in ("Menn", "Kvinner")
        for age in range(106)
    ]
    path = written(tmp_path, rows, header='"region";"kjønn";"alder";"år";"Personer"')
    path.write_text(
        "07459: Befolkning\n\n" + path.read_text("utf-8") + "\nKilde: Statistisk sentralbyrå\n", "utf-8"
    )
    found = guess(path, today=TODAY)
    assert (found.table, found.header) == ("population", 3)
    brought = bring(path, parse_mapping(write_mapping(found)), tmp_path, today=TODAY, areas=AREAS)
    assert (brought.rows, brought.footers) == (424, 1)
    assert rows_of(brought, "area", "sex", "age", "persons")[105] == ("3101", "K", 105, 105)


def test_figures_below_each_other_are_spread(tmp_path: Path) -> None:
    rows = [f"2025;3101;{name};5;" for name in ("Fødsler", "Premature", "Keisersnitt")]
    path = written(tmp_path, rows, header="Tid;Region;ContentsCode;value;status")
    found = guess(path, today=TODAY, table="births")
    assert found.spread == ("ContentsCode", "value")
    assert found.status == "status"
    assert found.columns["births"].source == "Fødsler"
    assert found.columns["midwife_home_visit"].source == "?"


def test_decimal_commas_and_times_are_seen(tmp_path: Path) -> None:
    path = written(tmp_path, ["01.02.2024;1,5"], header="Inn;Liggedøgn")
    found = guess(path, today=TODAY, table="contacts")
    assert found.decimal == ","
    assert found.columns["admitted_at"].formats == ("%d.%m.%Y",)


def test_the_first_rows_are_shown_as_they_would_be_understood(tmp_path: Path) -> None:
    path = written(tmp_path, [*GOOD, "2025;3101;Hotell;4;1;1;1;1"])
    found = look(path, guess(path, today=TODAY), today=TODAY)
    assert found.rows[0][0] == 2
    assert found.rows[0][1][2] == ("kad", "kad")
    assert found.rows[0][1][4] == ("1 460", "1460")
    assert [one.code for one in found.faults] == ["unknown_code"]
    lost = look(path, guess(path, today=TODAY, table="births"), today=TODAY)
    assert {one.code for one in lost.faults} == {"missing_column"}
