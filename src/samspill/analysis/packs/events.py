"""Births, deaths and moves by municipality, for the packs that have them; checked against the population.

By sex and age reached (a table for each kind of event), or as totals of a municipality (one table, as
Statistics Norway 06913). From totals births are split by sex, and deaths by sex and age as the nation's
rates have them; moves are then net migration, worked out from the population, and their totals only checked.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.components import ComponentEvents, expected_events
from samspill.analysis.packs.opening import Pack
from samspill.analysis.packs.reading import Cells, connect, find_file, has_file, read_table
from samspill.analysis.packs.tables import (
    BIRTHS,
    DEATHS,
    EVENT_TABLES,
    TOTAL_TABLES,
    TOTALS_STEM,
    PackTable,
)
from samspill.analysis.population import PopulationHistory
from samspill.analysis.source import Source, SourceFile, sha256_of
from samspill.refusal import Refused

SIGNS = {"births": 1, "deaths": -1, "out": -1, "into": 1, "emigration": -1, "immigration": 1}
NAMES = tuple(SIGNS)
ODD_SHARE, ODD_PERSONS = 0.02, 50  # of a municipality; registers correct a few persons afterwards
Floats = NDArray[np.float64]


def open_events(folder: Path, pack: Pack) -> tuple[ComponentEvents, Source] | None:
    """The events of the pack in `folder` and where they are from; None when it has none.

    Refuses what is wrong with a table as `open_pack` does, and besides (code): `missing_file` (births
    without deaths, some kinds of moves without the others), `unknown_municipality`, `missing_year` (tables
    of different years), `sum_mismatch` (a municipality whose population changed by something else).
    """
    folder = Path(folder)
    by_age = [has_file(folder, table.stem) for table in EVENT_TABLES]
    tables: tuple[PackTable, ...]
    if any(by_age):
        tables = EVENT_TABLES if any(by_age[2:]) else (BIRTHS, DEATHS)
    elif has_file(folder, TOTALS_STEM):
        tables = TOTAL_TABLES
    else:
        return None
    paths = {table: find_file(folder, table.stem) for table in tables}
    with connect() as connection:
        cells = dict(
            zip(NAMES, (read_table(connection, paths[table], table) for table in tables), strict=False)
        )
    years, codes = _agreed(paths, cells, pack)
    values = {name: table.values for name, table in cells.items()}
    _check_change(paths[tables[0]], values, years, pack.history())
    source = Source(folder.resolve().name, _files(paths))
    if tables == TOTAL_TABLES:
        return _worked_out(values, years, pack), source
    events = ComponentEvents(
        years,
        codes,
        values["births"],
        values["deaths"],
        out=values.get("out"),
        into=values.get("into"),
        emigration=values.get("emigration"),
        immigration=values.get("immigration"),
    )
    return events, source


def _agreed(
    paths: Mapping[PackTable, Path], cells: Mapping[str, Cells], pack: Pack
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The years and municipalities that all tables have, which are those of the pack."""
    first = cells["births"]
    people = pack.history()
    for path, table in zip(paths.values(), cells.values(), strict=True):
        odd = sorted(set(table.codes) ^ set(people.areas))
        if odd:
            raise Refused(
                "unknown_municipality",
                f"{path.name} and the population do not have the same municipalities: {odd[0]} is in one of "
                "them only. Use the same borders in both.",
            )
        apart = sorted(set(table.years) ^ set(first.years))
        if apart:
            raise Refused(
                "missing_year",
                f"The tables of births, deaths and moves are not of the same years: {path.name} differs by "
                f"{apart[0]}. Fetch the same years of all.",
            )
    return first.years, people.areas


def _check_change(
    path: Path, values: Mapping[str, Floats], years: tuple[int, ...], history: PopulationHistory
) -> None:
    """With all six kinds of events, they are why the population of each municipality changed."""
    if len(values) < len(NAMES):
        return
    for place, year in enumerate(years):
        if year not in history.years or year + 1 not in history.years:
            continue
        before, after = (history.on(day).sum(axis=(1, 2)) for day in (year, year + 1))
        told = np.zeros(len(before))
        told += sum(sign * _by_area(values[name][place]) for name, sign in SIGNS.items())
        off = np.abs(after - before - told)
        wrong = off > np.maximum(ODD_SHARE * before, ODD_PERSONS)
        if wrong.any():
            area = int(np.argmax(wrong))
            raise Refused(
                "sum_mismatch",
                f"The population of {history.areas[area]} changed by {after[area] - before[area]:.0f} in "
                f"{year}, but its births, deaths and moves ({path.name} and those beside it) make "
                f"{told[area]:.0f}. Its borders may differ, or a table is of another year.",
            )


def _by_area(flow: Floats) -> Floats:
    return np.asarray(flow.reshape(len(flow), -1).sum(axis=1))


def _worked_out(values: Mapping[str, Floats], years: tuple[int, ...], pack: Pack) -> ComponentEvents:
    """Totals spread over sex and age as they are expected there."""
    history = pack.history()
    lacking = sorted({*years, years[-1] + 1} - set(history.years))
    if lacking:
        raise Refused(
            "missing_year",
            f"There are births and deaths around 1 January {lacking[0]}, but no people that day. "
            "Add the population of that year.",
        )
    expected = expected_events(history, pack.rates())
    kept = [expected.years.index(year) for year in years]
    births = _spread(values["births"], expected.births[kept])
    return ComponentEvents(
        years, history.areas, births, _spread(values["deaths"], expected.deaths[kept]), counted=False
    )


def _spread(totals: Floats, expected: Floats) -> Floats:
    """`totals` (years, areas) over the other axes of `expected`, in its proportions, evenly if none."""
    flat = expected.reshape(*totals.shape, -1) + 1e-9
    share = flat / flat.sum(axis=-1, keepdims=True)
    return np.asarray((share * totals[..., None]).reshape(expected.shape))


def _files(paths: Mapping[PackTable, Path]) -> tuple[SourceFile, ...]:
    named = {path: table for table, path in paths.items()}
    return tuple(
        SourceFile(path.name, sha256_of(path), table.source, table.licence) for path, table in named.items()
    )
