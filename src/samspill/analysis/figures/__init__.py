"""The figures that come with the code: Østfold's 13 municipalities and what a projection borrows from Norway.

A few years only, laid out for reading: one row per place, sex and year, ages across. Sources and licences
in `README.md` here. For all municipalities and years, see `samspill.analysis.packs`.
"""

import csv
from functools import cache
from pathlib import Path

import numpy as np

from samspill.analysis.population.history import AGES, SEXES, Floats, NationalRates, PopulationHistory, Rates
from samspill.analysis.source import Source, SourceFile, sha256_of

HERE = Path(__file__).parent
SSB = "Statistisk sentralbyrå (SSB), tabell 07459"
FILES = {
    "ostfold_population.csv": SSB,
    "norway_population.csv": SSB,
    "norway_mortality.csv": "Human Mortality Database, Norway 1x1 (1 August 2024)",
    "norway_fertility.csv": "Human Fertility Database, Norway (19 April 2023)",
}
LICENCE = "CC BY 4.0"
NATION = "0"  # the code of the whole country in Statistics Norway's tables
COMMUNITY = "HF01"  # Østfold in the register of helsefellesskap

Table = list[dict[str, str]]


@cache
def embedded() -> tuple[PopulationHistory, NationalRates, Source]:
    """Østfold on 1 January 2016, 2021 and 2026, the nation's rates, and where it is all from.

    Persons by municipality (13, borders of 2024), sex and age 0..105+; the last row of deaths per
    person-year is 2021-2023, of births per woman-year 2022.
    """
    people = _read("ostfold_population.csv")
    areas = tuple(dict.fromkeys(row["municipality"] for row in people))
    history = PopulationHistory(*_persons(people, areas, "municipality"), groups=(COMMUNITY,) * len(areas))
    nation = [{**row, "municipality": NATION} for row in _read("norway_population.csv")]
    rates = NationalRates(
        mortality=_mortality(_read("norway_mortality.csv")),
        fertility=_fertility(_read("norway_fertility.csv")),
        population=PopulationHistory(*_persons(nation, (NATION,), "municipality")),
    )
    files = tuple(SourceFile(name, sha256_of(HERE / name), source, LICENCE) for name, source in FILES.items())
    return history, rates, Source("Østfold 2016, 2021, 2026", files)


@cache
def names() -> dict[str, str]:
    """The name of each embedded municipality by its code."""
    return {row["municipality"]: row["name"] for row in _read("ostfold_population.csv")}


def _read(name: str) -> Table:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _across(row: dict[str, str], ages: range) -> list[float]:
    return [float(row[f"a{age}"]) for age in ages]


def _persons(
    rows: Table, areas: tuple[str, ...], area: str
) -> tuple[tuple[int, ...], tuple[str, ...], Floats]:
    years = tuple(sorted({int(row["year"]) for row in rows}))
    persons = np.full((len(years), len(areas), len(SEXES), AGES), np.nan)
    for row in rows:
        place = years.index(int(row["year"])), areas.index(row[area]), SEXES.index(row["sex"])
        persons[place] = _across(row, range(AGES))
    return years, areas, persons


def _mortality(rows: Table) -> Rates:
    periods = sorted({(int(row["from"]), int(row["to"])) for row in rows})
    values = np.full((len(periods), len(SEXES), 100), np.nan)
    for row in rows:
        place = periods.index((int(row["from"]), int(row["to"]))), SEXES.index(row["sex"])
        values[place] = _across(row, range(100))
    return Rates(tuple(first for first, _ in periods), tuple(last for _, last in periods), values)


def _fertility(rows: Table) -> Rates:
    years = tuple(int(row["year"]) for row in rows)
    values = np.zeros((len(years), AGES))
    for place, row in enumerate(rows):
        values[place, 15:50] = _across(row, range(15, 50))
    return Rates(years, years, values)
