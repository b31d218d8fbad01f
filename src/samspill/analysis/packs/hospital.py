"""Hospitals and municipal beds in a data pack: stays, beds, occupancy, KAD, discharge-ready patients.

    open_hospital(Path("data")) -> HospitalPack

Each table is a file of rows with one figure each. A figure that the source left empty is not there, and
asking for it is refused: it is never 0. Years and codes are those of the source.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from samspill.analysis.packs.reading import connect, find_file, load
from samspill.analysis.packs.tables import CC_BY
from samspill.analysis.source import Source, SourceFile, sha256_of
from samspill.refusal import Refused

Key = tuple[str, ...]
WHOLE_COUNTRY = "H00"
NORWAY = "Norge"
NO_FEE = "Fakta fra publisert nettside; oppgi kilden"


@dataclass(frozen=True)
class FigureTable:
    """One table: `keys` name a row, `values` are its figures, none below 0."""

    stem: str
    what: str
    keys: tuple[str, ...]
    values: tuple[str, ...]
    source: str
    licence: str


USE = FigureTable(
    stem="somatic_hospital_use_by_age_icd_norway_",
    what="hospital use by age and chapter",
    keys=("year", "age_group", "icd10_chapter"),
    values=("patients", "inpatients", "stays", "bed_days"),
    source="Statistisk sentralbyrå (SSB), tabell 14824",
    licence=CC_BY,
)
ACTIVITY = FigureTable(
    stem="hf_activity_",
    what="activity of health trusts",
    keys=("hf_orgnr", "service_area", "metric", "year"),
    values=("value",),
    source="Statistisk sentralbyrå (SSB), tabell 13942",
    licence=CC_BY,
)
CAPACITY = FigureTable(
    stem="hf_capacity_",
    what="beds and staff of health trusts",
    keys=("helseforetak", "metric", "year"),
    values=("value",),
    source="Statistisk sentralbyrå (SSB), tabell 13942 og 13953",
    licence=CC_BY,
)
PLACES = FigureTable(
    stem="care_institution_places_municipality",
    what="places in institutions",
    keys=("kommune_nr", "metric", "year"),
    values=("value",),
    source="Statistisk sentralbyrå (SSB), KOSTRA-tabell 11875",
    licence=CC_BY,
)
COORDINATION = FigureTable(
    stem="national_coordination_indicators",
    what="KAD and discharge-ready patients",
    keys=("indicator", "region", "year"),
    values=("value",),
    source="Helsedirektoratet",
    licence=NO_FEE,
)
HOSPITAL_TABLES = (USE, ACTIVITY, CAPACITY, PLACES, COORDINATION)


@dataclass(frozen=True)
class StayCount:
    """Somatic stays in a year of an age group and chapter (`_T`: all); residents of Norway, all hospitals."""

    year: int
    age_group: str
    chapter: str
    patients: float
    stays: float
    bed_days: float

    @property
    def mean_stay_days(self) -> float:
        return self.bed_days / self.stays


@dataclass(frozen=True)
class TrustYear:
    """Somatic beds of a health trust in a year: `occupancy` is bed-days over available bed-days."""

    org_number: str
    year: int
    beds: float
    discharges: float
    bed_days: float
    available_bed_days: float

    @property
    def occupancy(self) -> float:
        return self.bed_days / self.available_bed_days

    @property
    def mean_stay_days(self) -> float:
        return self.bed_days / self.discharges


@dataclass(frozen=True)
class KadYear:
    """Municipal acute beds (KAD) in a year: places and admissions."""

    region: str
    year: int
    places: float
    admissions: float

    def mean_stay_days(self, occupancy: float) -> float:
        """The stay that goes with an occupancy (0..1): bed-days in use over admissions."""
        return 365 * self.places * occupancy / self.admissions


@dataclass(frozen=True, eq=False)
class HospitalPack:
    """The five tables of `HOSPITAL_TABLES`, read and checked. `source.version` is their fingerprint."""

    source: Source
    _figures: dict[FigureTable, dict[Key, tuple[float | None, ...]]] = field(repr=False)

    def years(self, table: FigureTable) -> tuple[int, ...]:
        """The years a table holds."""
        place = table.keys.index("year")
        return tuple(sorted({int(key[place]) for key in self._figures[table]}))

    def figure(self, table: FigureTable, *key: str | int, value: str = "value") -> float:
        """One figure by its keys, in the order of `table.keys`. Refuses what is not held (`missing_cell`)."""
        row = self._figures[table].get(tuple(str(part) for part in key))
        found = row[table.values.index(value)] if row is not None else None
        if found is None:
            told = ", ".join(f"{name} {part}" for name, part in zip(table.keys, key, strict=True))
            raise Refused(
                "missing_cell",
                f"The data pack has no {value} for {told} in {table.what}. Choose another, or add it.",
            )
        return found

    def stay_counts(
        self, year: int, *, age_groups: Sequence[str] | None = None, chapters: Sequence[str] | None = None
    ) -> tuple[StayCount, ...]:
        """One for each age group and chapter (all but the totals when None). Refuses a cell that lacks."""
        held = [key for key in self._figures[USE] if key[0] == str(year)]
        ages = (
            tuple(dict.fromkeys(key[1] for key in held if key[1] != "alle"))
            if age_groups is None
            else age_groups
        )
        codes = (
            tuple(dict.fromkeys(key[2] for key in held if key[2] != "_T")) if chapters is None else chapters
        )
        if not ages or not codes:
            raise Refused(
                "missing_year",
                f"The data pack has no hospital use by age in {year}. It holds {_told(self.years(USE))}.",
                field="year",
            )
        return tuple(self._count(year, age, code) for age in ages for code in codes)

    def trust(self, org_number: str, year: int) -> TrustYear:
        """Somatic beds and bed-days of a health trust (its organisation number; `WHOLE_COUNTRY` for all)."""
        metrics = ("dognplasser", "utskrivninger", "liggedager", "sengedogn")
        return TrustYear(
            org_number, year, *(self.figure(ACTIVITY, org_number, "SOM", metric, year) for metric in metrics)
        )

    def places(self, municipality: str, year: int, kind: str = "institution_places") -> float:
        """Places in institutions of a municipality."""
        return self.figure(PLACES, municipality, kind, year)

    def kad(self, year: int, region: str = NORWAY) -> KadYear:
        """Municipal acute beds of a health region, or of the nation."""
        return KadYear(
            region,
            year,
            self.figure(COORDINATION, "kad_places", region, year),
            self.figure(COORDINATION, "kad_admissions", region, year),
        )

    def _count(self, year: int, age_group: str, chapter: str) -> StayCount:
        patients, stays, bed_days = (
            self.figure(USE, year, age_group, chapter, value=name)
            for name in ("patients", "stays", "bed_days")
        )
        return StayCount(year, age_group, chapter, patients, stays, bed_days)


def open_hospital(folder: Path) -> HospitalPack:
    """Read and check the tables in `folder`; nothing is kept of a pack that is refused.

    Refuses (code): `pack_not_found`, `missing_file`, `two_files`, `pack_path`, `unreadable_file`,
    `missing_column`, `missing_cell` (a key), `bad_value`, `negative_count`, `duplicate_cell`.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise Refused("pack_not_found", f"There is no folder {folder}. Check the path of the data pack.")
    paths = {table: find_file(folder, table.stem) for table in HOSPITAL_TABLES}
    with connect() as connection:
        figures = {table: _read(connection, path, table) for table, path in paths.items()}
    files = tuple(
        SourceFile(path.name, sha256_of(path), table.source, table.licence) for table, path in paths.items()
    )
    return HospitalPack(Source(folder.resolve().name, files), figures)


def _read(
    connection: duckdb.DuckDBPyConnection, path: Path, table: FigureTable
) -> dict[Key, tuple[float | None, ...]]:
    view = f"raw_{table.stem.rstrip('_')}"
    load(connection, path, (*table.keys, *table.values), view)
    columns = ", ".join(f"CAST({column} AS VARCHAR)" for column in (*table.keys, *table.values))
    found: dict[Key, tuple[float | None, ...]] = {}
    for row in connection.execute(f"SELECT {columns} FROM {view}").fetchall():  # noqa: S608
        key, written = row[: len(table.keys)], row[len(table.keys) :]
        where = ", ".join(f"{name} {part}" for name, part in zip(table.keys, key, strict=True))
        if not all(key):
            raise Refused(
                "missing_cell", f"{path.name}: a row lacks {table.keys[key.index(None)]} ({where})."
            )
        if key in found:
            raise Refused("duplicate_cell", f"{path.name}, {where}: there are two rows. Keep one of them.")
        found[key] = tuple(_value(text, path, where) for text in written)
    return found


def _value(text: str | None, path: Path, where: str) -> float | None:
    if text is None or not text.strip():
        return None
    try:
        value = float(text)
    except ValueError as problem:
        raise Refused(
            "bad_value", f"{path.name}, {where}: {text} is not a number. Mend that row."
        ) from problem
    if not 0 <= value < float("inf"):
        raise Refused("negative_count", f"{path.name}, {where}: {text} must be 0 or more. Mend that row.")
    return value


def _told(years: Sequence[int]) -> str:
    return ", ".join(map(str, years)) or "no year"
