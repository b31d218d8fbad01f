"""A small invented data pack, and ways to damage one. For tests of the commands that read packs."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np

from samspill.analysis.population import AGES, SEXES

YEARS = range(2011, 2019)
PEOPLE = "population_municipality_2011_2018.csv"
NATION = "population_national_2011_2018.csv"
DEATHS = "mortality_national_2000_2017.csv"
BIRTHS = "fertility_national_2010_2017.csv"
PLACES = "geography_municipality_2024.csv"
# Real places, so that the register knows them, with invented numbers of people.
MUNICIPALITIES = (
    ("3101", "Halden", "Østfold", "HF01", "Helsefellesskapet Østfold", 90.0),
    ("3103", "Moss", "Østfold", "HF01", "Helsefellesskapet Østfold", 300.0),
    ("3905", "Tønsberg", "Vestfold", "HF17", "Helsefellesskapet Vestfold", 400.0),
)
Rows = list[dict[str, str]]
Damage = Callable[[Path], None]


def small_pack(folder: Path) -> Path:
    """Write three municipalities in two communities, eight years, and all that a projection needs."""
    folder.mkdir(parents=True)
    people, nation = counts()
    save(folder / PEOPLE, people)
    save(folder / NATION, nation)
    save(folder / DEATHS, deaths())
    save(folder / BIRTHS, births())
    keys = ("kommune_nr", "kommune_navn", "fylke_navn", "helsefellesskap_id", "helsefellesskap")
    save(folder / PLACES, [dict(zip(keys, row[:5], strict=True)) for row in MUNICIPALITIES])
    return folder


def counts() -> tuple[Rows, Rows]:
    chance = np.random.default_rng(7)
    shape = np.exp(-((np.maximum(np.arange(AGES) - 55, 0) / 22) ** 2))
    people, nation = [], []
    for year in YEARS:
        for sex in SEXES:
            for age in range(AGES):
                found = [int(chance.poisson(row[5] * shape[age])) for row in MUNICIPALITIES]
                keys = {"year": str(year), "sex": sex, "age": str(age)}
                nation.append(keys | {"population": str(sum(found))})
                people += [
                    keys | {"kommune_nr": row[0], "population": str(persons)}
                    for row, persons in zip(MUNICIPALITIES, found, strict=True)
                ]
    return people, nation


def deaths() -> Rows:
    """Gompertz, men above women, falling 1.5 % a year."""
    return [
        {"year": str(year), "sex": sex, "age": str(age), "mx": f"{min(level * np.exp(0.095 * age), 0.8):.6f}"}
        for year in range(2000, 2018)
        for sex, level in zip(SEXES, (2e-5, 3e-5), strict=True)
        for age in range(100)
    ]


def births() -> Rows:
    return [
        {"year": str(year), "age": str(age), "asfr": f"{0.09 * np.exp(-(((age - 31) / 6) ** 2)):.5f}"}
        for year in range(2010, 2018)
        for age in range(15, 50)
    ]


def save(path: Path, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def load(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def one_file(folder: Path, stem: str) -> Path:
    (found,) = folder.glob(f"{stem}*")
    return found


def rewritten(stem: str, query: str) -> Damage:
    """Replace the file of `stem`, whatever its format, by what `query` selects from it as `t`."""

    def damage(folder: Path) -> None:
        path = one_file(folder, stem)
        kind = "parquet" if path.suffix == ".parquet" else "csv"
        reader = "read_parquet(?)" if kind == "parquet" else "read_csv(?, all_varchar = true)"
        new = folder / f"{stem}damaged.{kind}"
        with duckdb.connect(":memory:") as connection:
            connection.execute(f"CREATE TABLE t AS SELECT * FROM {reader}", [str(path)])  # noqa: S608
            path.unlink()
            connection.execute(f"COPY ({query}) TO '{new}' (FORMAT {kind})")

    return damage


def without_file(stem: str) -> Damage:
    return lambda folder: one_file(folder, stem).unlink()


def until(year: int) -> Damage:
    """Take away every row that was not known on 1 January `year`."""

    def damage(folder: Path) -> None:
        for stem in ("population_municipality_", "population_national_"):
            rewritten(stem, f"SELECT * FROM t WHERE year::INT <= {year}")(folder)  # noqa: S608
        for stem in ("mortality_national_", "fertility_national_"):
            rewritten(stem, f"SELECT * FROM t WHERE year::INT < {year}")(folder)  # noqa: S608

    return damage


def copied(pack: Path, folder: Path) -> Path:
    """A copy of the files that a pack is made of; what else lies there is left behind."""
    folder.mkdir(parents=True)
    for stem in ("population_municipality_", "population_national_", "mortality_national_"):
        shutil.copy(one_file(pack, stem), folder)
    for stem in ("fertility_national_", "geography_municipality_"):
        shutil.copy(one_file(pack, stem), folder)
    for file in folder.iterdir():
        file.chmod(0o600)
    return folder


MOSS_AS_HALDEN = (
    "SELECT * REPLACE (CASE kommune_nr WHEN '3103' THEN '3101' ELSE kommune_nr END AS kommune_nr) FROM t"
)
# What is wrong -> (how it is done, the code it is refused with, what the sentence must name).
DAMAGES: dict[str, tuple[Damage, str, tuple[str, ...]]] = {
    "a missing file": (
        without_file("mortality_national_"),
        "missing_file",
        ("mortality_national_", "Put it there"),
    ),
    "a missing column": (
        rewritten("population_municipality_", "SELECT * EXCLUDE (sex) FROM t"),
        "missing_column",
        ("population_municipality_", "lacks the column sex", "Rename"),
    ),
    "a missing column among the places": (
        rewritten("geography_municipality_", "SELECT * EXCLUDE (helsefellesskap_id) FROM t"),
        "missing_column",
        ("geography_municipality_", "helsefellesskap_id"),
    ),
    "a missing year": (
        rewritten("population_municipality_", "SELECT * FROM t WHERE year::INT != 2015"),
        "missing_year",
        ("population_municipality_", "lacks the year 2015", "Add it"),
    ),
    "a missing year of the nation": (
        rewritten("population_national_", "SELECT * FROM t WHERE year::INT != 2016"),
        "missing_year",
        ("population_national_", "2016"),
    ),
    "two municipalities with one code": (
        rewritten(
            "geography_municipality_",
            MOSS_AS_HALDEN,
        ),
        "duplicate_municipality",
        ("geography_municipality_", "the code 3101 to Halden and Moss", "its own code"),
    ),
    "people counted twice under one code": (
        rewritten(
            "population_municipality_",
            MOSS_AS_HALDEN,
        ),
        "duplicate_cell",
        ("population_municipality_", "kommune_nr 3101", "2 rows", "keep one row"),
    ),
    "a count that is not a number": (
        rewritten(
            "population_national_",
            "SELECT * REPLACE (CASE WHEN year::INT = 2017 AND age::INT = 80 THEN ':'"
            " ELSE population::VARCHAR END AS population) FROM t",
        ),
        "missing_cell",
        ("population_national_", "year 2017", "age 80", "a missing figure is not 0"),
    ),
}
