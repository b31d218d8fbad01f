"""Open a data pack: read its tables, check that they agree, and hand out what a projection needs."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np

from samspill.analysis.packs.code_changes import SOURCE as CHANGES_SOURCE
from samspill.analysis.packs.code_changes import STEM, CodeChange, read_changes, to_newest_borders
from samspill.analysis.packs.reading import FOUR_DIGITS, Cells, connect, find_file, load, read_table
from samspill.analysis.packs.tables import (
    CC_BY,
    FERTILITY,
    GEOGRAPHY_COLUMNS,
    GEOGRAPHY_SOURCE,
    GEOGRAPHY_STEM,
    HOSPITAL_AREA,
    MORTALITY,
    MUNICIPAL,
    NATIONAL,
    SUFFIXES,
    TABLES,
)
from samspill.analysis.population import AGES, NationalRates, PopulationHistory, Rates, Region
from samspill.analysis.source import Source, SourceFile, sha256_of
from samspill.refusal import Refused

NATION = "0"  # the code of the whole country in Statistics Norway's tables
SUM_TOLERANCE = 0.001  # re-mapped municipalities are rounded, so sums are a few persons off


@dataclass(frozen=True)
class Municipality:
    """A municipality as the pack names it. `community` is the id of its helsefellesskap.

    `hospital_area` is the name of its local hospital's area; empty when the pack does not say.
    """

    code: str
    name: str
    county: str
    community: str
    community_name: str
    hospital_area: str = ""


@dataclass(frozen=True, eq=False)
class Pack:
    """A folder of open statistics that was read and found whole.

    `source.version` is the fingerprint of the files' contents: it changes when any of them does.
    `code_changes` are the mergers and splits that were needed to count all years in the newest borders.
    """

    name: str
    municipalities: tuple[Municipality, ...]
    source: Source
    _history: PopulationHistory = field(repr=False)
    _rates: NationalRates = field(repr=False)
    code_changes: tuple[CodeChange, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """The years with population by municipality."""
        return self._history.years

    def of_community(self, community: str) -> tuple[str, ...]:
        """The codes of the municipalities of a helsefellesskap. Refuses an id the pack does not hold."""
        codes = tuple(one.code for one in self.municipalities if one.community == community)
        if not codes:
            raise Refused(
                "unknown_community", f"The data pack {self.name} holds no helsefellesskap {community}."
            )
        return codes

    def regions(self) -> tuple[Region, ...]:
        """Every helsefellesskap, county and local-hospital area of the pack as a set of municipalities."""
        kinds = (
            ("helsefellesskap", "community_name"),
            ("county", "county"),
            ("hospital area", "hospital_area"),
        )
        members: dict[tuple[str, str], list[str]] = {}
        for kind, field_name in kinds:
            for one in self.municipalities:
                if name := str(getattr(one, field_name)):
                    members.setdefault((kind, name), []).append(one.code)
        return tuple(Region(name, tuple(codes), kind) for (kind, name), codes in members.items())

    def history(self, municipalities: Sequence[str] | None = None) -> PopulationHistory:
        """Population of `municipalities` (codes; all when None), grouped by helsefellesskap.

        Persons on 1 January by year, municipality, sex and age. Refuses a code it does not hold
        (`unknown_area`) and one that is asked for twice (`duplicate_area`).
        """
        return self._history if municipalities is None else self._history.only(tuple(municipalities))

    def rates(self) -> NationalRates:
        """The nation's deaths and births per person-year, and its population."""
        return self._rates


def open_pack(folder: Path) -> Pack:
    """Read and check the pack in `folder`; nothing is kept of one that is refused.

    Refuses (code): `pack_not_found`, `pack_path`, `missing_file`, `two_files`, `unreadable_file`,
    `missing_column`, `missing_year`, `missing_cell`, `duplicate_cell`, `negative_count`, `fractional_count`,
    `rate_out_of_range`, `bad_value`, `duplicate_municipality`, `unknown_municipality`, `sum_mismatch`.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise Refused("pack_not_found", f"There is no folder {folder}. Check the path of the data pack.")
    paths = {table: find_file(folder, table.stem) for table in TABLES}
    geography = find_file(folder, GEOGRAPHY_STEM)
    with connect() as connection:
        municipalities = _municipalities(connection, geography)
        mapping = _Mapping(folder, paths[MUNICIPAL], [one.code for one in municipalities])
        cells = {
            table: read_table(connection, path, table, adapt=mapping if table is MUNICIPAL else None)
            for table, path in paths.items()
        }
    _check_codes(paths[MUNICIPAL], cells[MUNICIPAL], geography, municipalities)
    _check_sums(paths[MUNICIPAL], cells[MUNICIPAL], paths[NATIONAL], cells[NATIONAL])
    files = [
        SourceFile(path.name, sha256_of(path), table.source, table.licence) for table, path in paths.items()
    ]
    files.append(SourceFile(geography.name, sha256_of(geography), GEOGRAPHY_SOURCE, CC_BY))
    if mapping.used and mapping.path is not None:
        files.append(SourceFile(mapping.path.name, sha256_of(mapping.path), CHANGES_SOURCE, CC_BY))
    community = {one.code: one.community for one in municipalities}
    codes = cells[MUNICIPAL].codes
    return Pack(
        name=folder.resolve().name,
        municipalities=municipalities,
        source=Source(folder.resolve().name, tuple(files)),
        _history=PopulationHistory(
            cells[MUNICIPAL].years, codes, cells[MUNICIPAL].values, tuple(community[code] for code in codes)
        ),
        _rates=_rates(cells[MORTALITY], cells[FERTILITY], cells[NATIONAL]),
        code_changes=mapping.used,
    )


class _Mapping:
    """Former codes to those of today while the table is read; `used` tells which changes were needed."""

    def __init__(self, folder: Path, figures: Path, newest: Sequence[str]) -> None:
        held = [path for path in folder.glob(f"{STEM}*") if path.name.endswith(SUFFIXES)]
        self.path = find_file(folder, STEM) if held else None
        self.figures, self.newest = figures, newest
        self.used: tuple[CodeChange, ...] = ()

    def __call__(self, connection: duckdb.DuckDBPyConnection, table: str) -> None:
        if self.path is not None:
            changes = read_changes(self.path)
            self.used = to_newest_borders(connection, table, self.figures, changes, self.newest)


def _municipalities(connection: duckdb.DuckDBPyConnection, path: Path) -> tuple[Municipality, ...]:
    load(connection, path, GEOGRAPHY_COLUMNS, "geography")
    held = {row[0] for row in connection.execute("DESCRIBE geography").fetchall()}
    columns = ", ".join((*GEOGRAPHY_COLUMNS, *(one for one in (HOSPITAL_AREA,) if one in held)))
    rows = connection.execute(f"SELECT {columns} FROM geography ORDER BY kommune_nr, kommune_navn").fetchall()  # noqa: S608
    for row in rows:
        if not all(row[: len(GEOGRAPHY_COLUMNS)]) or not re.fullmatch(FOUR_DIGITS, str(row[0])):
            raise Refused(
                "bad_value",
                f"{path.name}: the row of {row[1] or row[0] or 'an unnamed municipality'} must have a code "
                f"of four digits and fill {', '.join(GEOGRAPHY_COLUMNS)}. Mend that row.",
            )
    for code, count in Counter(row[0] for row in rows).items():
        if count > 1:
            named = " and ".join(row[1] for row in rows if row[0] == code)
            raise Refused(
                "duplicate_municipality",
                f"{path.name} gives the code {code} to {named}. Give each municipality its own code.",
            )
    return tuple(Municipality(*(value or "" for value in row)) for row in rows)


def _check_codes(
    figures_path: Path, figures: Cells, path: Path, municipalities: tuple[Municipality, ...]
) -> None:
    known, counted = {one.code for one in municipalities}, set(figures.codes)
    if counted - known:
        code = min(counted - known)
        raise Refused(
            "unknown_municipality",
            f"{figures_path.name} counts people in {code}, which {path.name} does not hold. "
            "Use the same borders in both, or add the municipality.",
        )
    if known - counted:
        code = min(known - counted)
        raise Refused(
            "missing_cell",
            f"{figures_path.name} has no people for {code}, which {path.name} holds. Add its figures.",
        )


def _check_sums(path: Path, figures: Cells, national_path: Path, national: Cells) -> None:
    """The municipalities of every year add up to the nation, or the pack is not what it says."""
    lacking = sorted(set(figures.years) - set(national.years))
    if lacking:
        raise Refused(
            "missing_year",
            f"{national_path.name} lacks the year {', '.join(map(str, lacking))}, which {path.name} holds. "
            "Add it.",
        )
    for place, year in enumerate(figures.years):
        parts = figures.values[place].sum()
        whole = national.values[national.years.index(year)].sum()
        if abs(parts - whole) > SUM_TOLERANCE * whole:
            raise Refused(
                "sum_mismatch",
                f"On 1 January {year} the municipalities of {path.name} sum to {parts:.0f}, but "
                f"{national_path.name} has {whole:.0f}. A municipality lacks or is counted twice.",
            )


def _rates(mortality: Cells, fertility: Cells, national: Cells) -> NationalRates:
    births = np.zeros((len(fertility.years), AGES))
    low, high = FERTILITY.ages
    births[:, low : high + 1] = fertility.values
    population = PopulationHistory(national.years, (NATION,), national.values[:, None])
    return NationalRates(
        mortality=Rates(mortality.years, mortality.years, mortality.values),
        fertility=Rates(fertility.years, fertility.years, births),
        population=population,
    )
