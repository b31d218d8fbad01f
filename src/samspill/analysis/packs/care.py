"""Read the use of services from a data pack: municipal care, and hospitals.

The same checks as of population: a file, its columns, years without a gap, a cell once, no negative count. A
cell that is blank is suppressed (small counts): it becomes «not a number», never 0. Traps of the sources:

- home-care users aged 67-79 are not published after 2016 (they are the rest of the total): not read here
- mean hours of merged municipalities are means weighted elsewhere: never averaged over areas here
- discharges and day treatments break in 2025 (registration): `until` says which year is the last to compare
- places in institutions break in 2010 and lack 2019-2023: read as they stand, year by year
"""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.packs.reading import FOUR_DIGITS, connect, find_file, load
from samspill.analysis.packs.tables import CC_BY
from samspill.analysis.source import SourceFile, sha256_of
from samspill.refusal import Refused


@dataclass(frozen=True)
class Series:
    """Which cells of a file are one series: `value` by `area` and year, of the rows where `where` holds."""

    stem: str
    area: str
    value: str
    source: str
    where: str = "true"
    pattern: str = FOUR_DIGITS
    until: int = 9999  # the last year that can be compared with those before


CARE = "Statistisk sentralbyrå (SSB), tabell 12292, 11645, 04686, 11924"
HOSPITALS = "Statistisk sentralbyrå (SSB), tabell 13942"
PLACES = "Statistisk sentralbyrå (SSB), KOSTRA tabell 11875"


def _hospital(metric: str, until: int = 9999) -> Series:
    where = f"metric = '{metric}' AND service_area = 'SOM' AND helsefellesskap_id IS NOT NULL"
    return Series("hf_activity_", "helsefellesskap_id", "value", HOSPITALS, where, "HF[0-9]{2}", until)


SERIES = {
    "home_care_users": Series("care_users_", "kommune_nr", "home_care_users", CARE),
    "housing_24h_users": Series("care_users_", "kommune_nr", "housing_24h_users", CARE),
    "institution_long_stay": Series("care_users_", "kommune_nr", "institution_long_stay", CARE),
    "nurse_fte": Series("care_users_", "kommune_nr", "nurse_fte", CARE),
    "institution_places": Series(
        "care_institution_places_", "kommune_nr", "value", PLACES, "metric = 'institution_places'"
    ),
    "hospital_stays": _hospital("utskrivninger", until=2024),
    "hospital_bed_days": _hospital("liggedager"),
    "outpatient": _hospital("polikliniske_konsultasjoner"),
}


@dataclass(frozen=True, eq=False)
class Observed:
    """A series as it was published: `values` (years, areas); what is not published is not a number."""

    name: str
    years: tuple[int, ...]
    areas: tuple[str, ...]
    values: NDArray[np.float64]
    file: SourceFile


def read_series(folder: Path, name: str) -> Observed:
    """One series of the pack in `folder`, all its years and areas.

    Refuses (code): `unknown_series`, `missing_file`, `two_files`, `unreadable_file`, `missing_column`,
    `bad_value`, `negative_count`, `duplicate_cell`, `missing_year`.
    """
    if name not in SERIES:
        raise Refused("unknown_series", f"There is no series {name}. There are {', '.join(SERIES)}.")
    if not Path(folder).is_dir():
        raise Refused("pack_not_found", f"There is no folder {folder}. Check the path of the data pack.")
    series = SERIES[name]
    path = find_file(Path(folder), series.stem)
    rows = _rows(path, series)
    _check_rows(path, series, rows)
    years, areas = sorted({int(row[1]) for row in rows}), sorted({str(row[0]) for row in rows})
    lacking = sorted(set(range(years[0], years[-1] + 1)) - set(years)) if years else [0]
    if lacking and name != "institution_places":
        raise Refused(
            "missing_year",
            f"{path.name} lacks the year {', '.join(map(str, lacking))} of {series.value}. Add it.",
        )
    values = np.full((len(years), len(areas)), np.nan)
    for area, year, value, _ in rows:
        if value is not None:
            values[years.index(int(year)), areas.index(str(area))] = value
    return Observed(
        name,
        tuple(years),
        tuple(areas),
        values,
        SourceFile(path.name, sha256_of(path), series.source, CC_BY),
    )


def _rows(path: Path, series: Series) -> list[tuple]:
    """(area, year, value or None, as it was written), by area and year."""
    wanted = [series.area, "year", series.value]
    with connect() as connection:
        load(connection, path, wanted, "raw")
        return connection.execute(
            f"SELECT {series.area}, TRY_CAST(year AS INTEGER), TRY_CAST({series.value} AS DOUBLE), "  # noqa: S608
            f"CAST({series.value} AS VARCHAR) FROM raw "
            f"WHERE {series.where} AND coalesce(TRY_CAST(year AS INTEGER), 0) <= {series.until} ORDER BY 1, 2"
        ).fetchall()


def _check_rows(path: Path, series: Series, rows: list[tuple]) -> None:
    seen: set[tuple[object, object]] = set()
    for area, year, value, written in rows:
        place = f"{path.name}, {series.area} {area or 'empty'}, year {year or 'empty'}"
        if area is None or not re.fullmatch(series.pattern, str(area)) or year is None:
            raise Refused("bad_value", f"{place}: the area or the year cannot be read. Mend that row.")
        if value is None and written not in (None, ""):
            raise Refused(
                "bad_value",
                f"{place}: {series.value} is {written}, but must be a number, or blank when it is not "
                "published. Mend that row.",
            )
        if value is not None and not 0 <= value < np.inf:
            raise Refused("negative_count", f"{place}: {series.value} is {written}. Mend that row.")
        if (area, year) in seen:
            raise Refused("duplicate_cell", f"{place}: there are two rows. Keep one.")
        seen.add((area, year))
