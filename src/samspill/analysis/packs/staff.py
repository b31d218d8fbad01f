"""Staff in a data pack: FTE of hospitals by profession, and nurses' FTE in municipalities by year.

A cell that is empty or hidden is nan, never 0. The columns and their sources are `HOSPITAL` and `CARE` here.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from samspill.analysis.packs.reading import connect, find_file, load
from samspill.analysis.source import SourceFile, sha256_of
from samspill.refusal import Refused

HOSPITAL_STEM, CARE_STEM = "hf_capacity_", "care_users_"
HOSPITAL_SOURCE = "Statistisk sentralbyrå (SSB), tabell 13953"
CARE_SOURCE = "Statistisk sentralbyrå (SSB), tabell 14534"
LICENCE = "CC BY 4.0"
# What the file calls them: all, physicians who are specialists, nurses without and with further education.
GROUPS = {
    "all": "arsverk_totalt",
    "specialist_physician": "arsverk_legespesialister",
    "nurse": "arsverk_sykepleiere",
    "specialist_nurse": "arsverk_spesialsykepleiere",
}


@dataclass(frozen=True, eq=False)
class HospitalStaff:
    """`fte` (years, trusts, groups): agreed FTE; nan where nothing is published. `groups` as in `GROUPS`.

    `communities` has the id of each trust's helsefellesskap, "" for one that serves several.
    """

    years: tuple[int, ...]
    trusts: tuple[str, ...]
    communities: tuple[str, ...]
    groups: tuple[str, ...]
    fte: NDArray[np.float64]
    source: SourceFile

    def of_community(self, community: str, year: int) -> dict[str, float]:
        """FTE by group of the trust of a helsefellesskap. Refuses what the file does not hold."""
        if community not in self.communities or not community:
            raise Refused(
                "unknown_community", f"{self.source.name} holds no trust of {community or 'nobody'}."
            )
        if year not in self.years:
            held = ", ".join(map(str, self.years))
            raise Refused("missing_year", f"{self.source.name} holds {held}, not {year}.", field="year")
        row = self.fte[self.years.index(year), self.communities.index(community)]
        return dict(zip(self.groups, row.tolist(), strict=True))


@dataclass(frozen=True, eq=False)
class MunicipalNurses:
    """`fte` (years, municipalities) of nurses in municipal care; nan where nothing is published."""

    years: tuple[int, ...]
    municipalities: tuple[str, ...]
    fte: NDArray[np.float64]
    source: SourceFile


def read_hospital_staff(folder: Path) -> HospitalStaff:
    """The FTE of all trusts. Refuses (code): `missing_file`, `two_files`, `unreadable_file`,
    `missing_column`, `bad_value`, `negative_count`, `duplicate_cell`, `missing_year`."""
    path = find_file(Path(folder), HOSPITAL_STEM)
    keys = ("helseforetak", "helsefellesskap_id", "metric", "year", "value")
    names = {metric: group for group, metric in GROUPS.items()}
    with connect() as connection:
        load(connection, path, keys, "staff")
        rows = [row for row in _rows(connection, keys) if row[2] in names]
    cells: dict[tuple[int, str, str], float] = {}
    community = {}
    for trust, group, metric, year, value in rows:
        _put(cells, path, (_year(path, year), str(trust), names[str(metric)]), value)
        community[str(trust)] = str(group or "")
    years, trusts = _axes(path, cells)
    return HospitalStaff(
        years,
        trusts,
        tuple(community[one] for one in trusts),
        tuple(GROUPS),
        np.array([[[cells.get((y, t, g), np.nan) for g in GROUPS] for t in trusts] for y in years]),
        SourceFile(path.name, sha256_of(path), HOSPITAL_SOURCE, LICENCE),
    )


def read_municipal_nurses(folder: Path) -> MunicipalNurses:
    """Nurses' FTE by municipality and year. Refuses as `read_hospital_staff`."""
    path = find_file(Path(folder), CARE_STEM)
    keys = ("kommune_nr", "year", "nurse_fte")
    with connect() as connection:
        load(connection, path, keys, "staff")
        rows = _rows(connection, keys)
    cells: dict[tuple[int, str, str], float] = {}
    for code, year, value in rows:
        if not (len(str(code)) == 4 and str(code).isdigit()):
            raise Refused("bad_value", f"{path.name}: «{code}» is not a municipality's four digits.")
        _put(cells, path, (_year(path, year), str(code), "nurse"), value)
    years, codes = _axes(path, cells)
    return MunicipalNurses(
        years,
        codes,
        np.array([[cells.get((year, code, "nurse"), np.nan) for code in codes] for year in years]),
        SourceFile(path.name, sha256_of(path), CARE_SOURCE, LICENCE),
    )


def _rows(connection: duckdb.DuckDBPyConnection, columns: tuple[str, ...]) -> list[tuple[object, ...]]:
    listed = ", ".join(f"CAST({column} AS VARCHAR)" for column in columns)
    return connection.execute(f"SELECT {listed} FROM staff").fetchall()  # noqa: S608


def _year(path: Path, written: object) -> int:
    if not str(written).isdigit():
        raise Refused("bad_value", f"{path.name}: «{written}» is not a year. Mend that row.")
    return int(str(written))


def _put(
    cells: dict[tuple[int, str, str], float], path: Path, key: tuple[int, str, str], written: object
) -> None:
    where = f"{path.name}, {key[0]}, {key[1]}, {key[2]}"
    if key in cells:
        raise Refused("duplicate_cell", f"{where} comes twice. Take one away.")
    if written in (None, ""):
        cells[key] = np.nan
        return
    try:
        value = float(str(written))
    except ValueError:
        raise Refused("bad_value", f"{where} is «{written}», which is not a number. Mend it.") from None
    if not np.isfinite(value) or value < 0:
        raise Refused("negative_count", f"{where} is {written}; FTE are 0 or more. Mend it.")
    cells[key] = value


def _axes(path: Path, cells: dict[tuple[int, str, str], float]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    years = tuple(sorted({year for year, _, _ in cells}))
    if not years or len(years) != years[-1] - years[0] + 1:
        held = ", ".join(map(str, years)) or "none"
        raise Refused("missing_year", f"{path.name} must hold every year between its first and last: {held}.")
    return years, tuple(sorted({unit for _, unit, _ in cells}))
