"""Data packs: a small whole one is read as it is; what is wrong is refused by name and place."""

import csv
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import population_worlds as worlds
import pytest

from samspill.analysis.packs import open_pack
from samspill.analysis.population import AGES, SEXES, project
from samspill.refusal import Refused

YEARS = range(2014, 2017)
PEOPLE = "population_municipality_2014_2016.csv"
NATION = "population_national_2014_2016.csv"
DEATHS = "mortality_national_2004_2015.csv"
BIRTHS = "fertility_national_2015.csv"
PLACES = "geography_municipality_2024.csv"
Rows = list[dict[str, str]]


def save(path: Path, rows: Rows, columns: list[str] | None = None) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns or list(rows[0]), extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def load(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Two municipalities in two communities, three years, all that a projection needs."""
    history = worlds.history(YEARS, ("9001", "9002"))
    people, nation = [], []
    for year in YEARS:
        for sex, code in enumerate(SEXES):
            for age in range(AGES):
                counts = history.on(year)[:, sex, age]
                keys = {"year": str(year), "sex": code, "age": str(age)}
                nation.append(keys | {"population": str(counts.sum())})
                for area, count in zip(history.areas, counts, strict=True):
                    people.append(keys | {"kommune_nr": area, "population": str(count)})
    save(tmp_path / PEOPLE, people)
    save(tmp_path / NATION, nation)
    deaths = [
        {"year": str(year), "sex": code, "age": str(age), "mx": str(rate)}
        for year in range(2004, 2016)
        for code, rates in zip(SEXES, worlds.death_rates(year), strict=True)
        for age, rate in enumerate(rates)
    ]
    save(tmp_path / DEATHS, deaths)
    births = [
        {"year": "2015", "age": str(age), "asfr": str(worlds.birth_rates()[age])} for age in range(12, 56)
    ]
    save(tmp_path / BIRTHS, births)
    names = (("9001", "Lillevik", "A"), ("9002", "Storevik", "B"))
    places = [
        {
            "kommune_nr": code,
            "kommune_navn": name,
            "fylke_navn": "Viken",
            "helsefellesskap_id": community,
            "helsefellesskap": f"Helsefellesskap {community}",
        }
        for code, name, community in names
    ]
    save(tmp_path / PLACES, places)
    return tmp_path


def change(name: str, edit: Callable[[Rows], Rows | None]) -> Callable[[Path], None]:
    """Edit the rows of one file: return new rows, or change the ones given."""

    def spoil(folder: Path) -> None:
        rows = load(folder / name)
        columns = list(rows[0])
        save(folder / name, edit(rows) or rows, columns)

    return spoil


def cell(name: str, column: str, value: str, **where: str) -> Callable[[Path], None]:
    def edit(rows: Rows) -> None:
        found = [row for row in rows if all(row[key] == wanted for key, wanted in where.items())]
        assert found, where
        found[0][column] = value

    return change(name, edit)


def without_column(name: str, column: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        rows = load(folder / name)
        save(folder / name, rows, [key for key in rows[0] if key != column])

    return spoil


def without(name: str, **where: str) -> Callable[[Path], None]:
    return change(
        name, lambda rows: [row for row in rows if not all(row[key] == value for key, value in where.items())]
    )


def test_a_whole_pack_is_read_as_it_is(pack: Path) -> None:
    opened = open_pack(pack)
    expected = worlds.history(YEARS, ("9001", "9002"))
    assert np.array_equal(opened.history().persons, expected.persons)
    assert opened.history().groups == ("A", "B")
    assert opened.years == (2014, 2015, 2016)
    assert [one.name for one in opened.municipalities] == ["Lillevik", "Storevik"]
    assert opened.of_community("B") == ("9002",)
    assert np.array_equal(opened.rates().population.persons[:, 0], expected.persons.sum(axis=1))
    assert opened.rates().mortality.values[3, 1, 50] == pytest.approx(worlds.death_rates(2007)[1, 50])
    assert opened.rates().fertility.values[0, 31] == pytest.approx(0.09)
    assert {file.name for file in opened.source.files} == {PEOPLE, NATION, DEATHS, BIRTHS, PLACES}


def test_what_was_read_can_be_projected(pack: Path) -> None:
    opened = open_pack(pack)
    run = project(opened.history(["9002"]), opened.rates(), jump_off=2016, to=2030, draws=5)
    assert run.areas == ("9002",)
    assert run.total()[0] == opened.history().on(2016)[1].sum()


def test_a_parquet_file_is_read_like_the_same_csv(pack: Path) -> None:
    before = open_pack(pack).history()
    connection = duckdb.connect()
    typed = "year::SMALLINT AS year, kommune_nr, sex, age::TINYINT AS age, population::INT AS population"
    source, target = pack / PEOPLE, pack / "population_municipality_.parquet"
    connection.execute(
        f"COPY (SELECT {typed} FROM read_csv('{source}', all_varchar = true)) TO '{target}'"  # noqa: S608
    )
    (pack / PEOPLE).unlink()
    assert np.array_equal(open_pack(pack).history().persons, before.persons)


def test_the_order_of_the_rows_does_not_matter(pack: Path) -> None:
    before = open_pack(pack).history()
    change(PEOPLE, lambda rows: rows[::-1])(pack)
    assert np.array_equal(open_pack(pack).history().persons, before.persons)


def test_the_version_changes_when_a_file_does(pack: Path) -> None:
    before = open_pack(pack).source.version
    assert open_pack(pack).source.version == before
    cell(PLACES, "kommune_navn", "Storvik", kommune_nr="9002")(pack)
    assert open_pack(pack).source.version != before


BROKEN = {
    "a file that is missing": (
        lambda pack: (pack / DEATHS).unlink(),
        "missing_file",
        ["mortality_national_"],
    ),
    "two files for one table": (
        lambda pack: (pack / "population_national_new.csv").write_text("year\n"),
        "two_files",
        [NATION, "population_national_new.csv"],
    ),
    "a file that is not what it says": (
        lambda pack: (
            (pack / PEOPLE).unlink(),
            (pack / "population_municipality_x.parquet").write_bytes(b"x" * 99),
        ),
        "unreadable_file",
        ["population_municipality_x.parquet"],
    ),
    "a column that is missing": (
        without_column(PEOPLE, "sex"),
        "missing_column",
        [PEOPLE, "sex", "kommune_nr"],
    ),
    "a column missing from the register": (
        without_column(PLACES, "helsefellesskap_id"),
        "missing_column",
        [PLACES, "helsefellesskap_id"],
    ),
    "a year that is missing": (without(PEOPLE, year="2015"), "missing_year", [PEOPLE, "2015"]),
    "a nation without a year": (without(NATION, year="2014"), "missing_year", [NATION, "2014"]),
    "too few years of deaths": (
        change(DEATHS, lambda rows: [row for row in rows if row["year"] > "2012"]),
        "missing_year",
        [DEATHS, "3 years", "10"],
    ),
    "a row that is missing": (
        without(PEOPLE, year="2015", kommune_nr="9002", sex="M", age="80"),
        "missing_cell",
        [PEOPLE, "2015", "9002", "sex M", "age 80"],
    ),
    "an age nobody has rows for": (without(PEOPLE, age="105"), "missing_cell", [PEOPLE, "age 105"]),
    "a cell that is empty": (
        cell(PEOPLE, "population", "", year="2014", kommune_nr="9001", sex="K", age="7"),
        "missing_cell",
        [PEOPLE, "2014", "9001", "sex K", "age 7", "empty"],
    ),
    "a suppressed cell": (
        cell(PEOPLE, "population", ":", year="2014", kommune_nr="9001", sex="K", age="7"),
        "missing_cell",
        ["is :", "not 0"],
    ),
    "a death rate that is missing": (
        cell(DEATHS, "mx", "", year="2010", age="40"),
        "missing_cell",
        [DEATHS, "2010"],
    ),
    "a negative count": (
        cell(PEOPLE, "population", "-3", year="2016", kommune_nr="9002", sex="K", age="90"),
        "negative_count",
        [PEOPLE, "2016", "9002", "age 90", "-3"],
    ),
    "half a person": (
        cell(PEOPLE, "population", "2.5", year="2016", kommune_nr="9002", sex="K", age="90"),
        "fractional_count",
        [PEOPLE, "2.5"],
    ),
    "a rate above one": (
        cell(DEATHS, "mx", "1.2", year="2010", age="40"),
        "rate_out_of_range",
        [DEATHS, "1.2"],
    ),
    "a third sex code": (cell(PEOPLE, "sex", "F", year="2014", age="1"), "bad_value", [PEOPLE, "K or M"]),
    "half an age": (cell(PEOPLE, "age", "3.5", year="2014", age="3"), "bad_value", [PEOPLE, "whole age"]),
    "an age above the open one": (cell(PEOPLE, "age", "106", year="2014", age="3"), "bad_value", ["age 106"]),
    "a code that lost its zero": (
        cell(PEOPLE, "kommune_nr", "301", year="2014", age="1"),
        "bad_value",
        [PEOPLE, "301", "four digits"],
    ),
    "a row that comes twice": (
        change(PEOPLE, lambda rows: [*rows, rows[5]]),
        "duplicate_cell",
        [PEOPLE, "2 rows"],
    ),
    "two municipalities with one code": (
        cell(PLACES, "kommune_nr", "9001", kommune_nr="9002"),
        "duplicate_municipality",
        [PLACES, "9001", "Lillevik", "Storevik"],
    ),
    "a municipality the register does not know": (
        without(PLACES, kommune_nr="9002"),
        "unknown_municipality",
        [PEOPLE, "9002", PLACES],
    ),
    "a municipality without people": (without(PEOPLE, kommune_nr="9002"), "missing_cell", ["9002"]),
    "a municipality without a name": (
        cell(PLACES, "kommune_navn", "", kommune_nr="9002"),
        "bad_value",
        ["9002"],
    ),
    "sums that do not agree": (
        cell(NATION, "population", "99999", year="2015", sex="K", age="30"),
        "sum_mismatch",
        ["2015", PEOPLE, NATION],
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_pack_is_refused_with_what_and_where(pack: Path, what: str) -> None:
    spoil, code, parts = BROKEN[what]
    spoil(pack)
    with pytest.raises(Refused) as refused:
        open_pack(pack)
    assert refused.value.code == code
    for part in parts:
        assert part in refused.value.sentence
    assert refused.value.sentence.endswith(".")


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        open_pack(tmp_path / "nowhere")
    assert refused.value.code == "pack_not_found"


def test_a_path_that_would_be_read_as_a_pattern_is_refused(pack: Path, tmp_path: Path) -> None:
    odd = tmp_path / "data [1]"
    odd.mkdir()
    for path in list(pack.iterdir()):
        if path.is_file():
            path.rename(odd / path.name)
    with pytest.raises(Refused) as refused:
        open_pack(odd)
    assert refused.value.code == "pack_path"


def test_a_code_or_community_the_pack_does_not_hold_is_refused(pack: Path) -> None:
    opened = open_pack(pack)
    for ask, code in (
        (lambda: opened.history(["1111"]), "unknown_area"),
        (lambda: opened.history(["9001", "9001"]), "duplicate_area"),
        (lambda: opened.of_community("HF99"), "unknown_community"),
    ):
        with pytest.raises(Refused) as refused:
            ask()
        assert refused.value.code == code
