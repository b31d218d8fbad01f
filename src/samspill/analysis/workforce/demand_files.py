"""Demand that was reckoned elsewhere, from a CSV file: year, profession, sector, and FTE or its draws."""

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from samspill.analysis.workforce.demand import Demand
from samspill.analysis.workforce.terms import SECTORS, WORKING, place_of
from samspill.refusal import Refused

KEYS = ("year", "profession", "sector")


def read_demand(path: Path, *, years: Sequence[int], professions: Sequence[str]) -> Demand:
    """The demand of a file with the columns year, profession, sector and fte, or draw_1, draw_2 … for fte.

    What the file does not hold is nan: nobody has said what is needed. A row's profession and sector must be
    among those counted; other years are left unread. Refuses what cannot be read, a year that lacks for a
    profession and sector that is there in others (`missing_year`), a cell twice, and cells without a number.
    """
    rows, columns = _rows(path)
    fte = np.full((len(years), len(professions), len(SECTORS), len(columns)), np.nan)
    for line, row in enumerate(rows, start=2):
        where = f"{path.name}, line {line}"
        profession = place_of(row["profession"], professions, "profession")
        sector = SECTORS.index(WORKING[place_of(row["sector"], WORKING, "sector")])
        year = _number(row["year"], where)
        if year not in years:
            continue
        cell = fte[list(years).index(int(year)), profession, sector]
        if not np.isnan(cell).all():
            raise Refused("duplicate_cell", f"{where}: the year, profession and sector come twice.")
        cell[:] = [_number(row[column], where) for column in columns]
    _check_years(path, fte, years, professions)
    return Demand(tuple(years), tuple(professions), fte)


def _rows(path: Path) -> tuple[list[dict[str, str]], list[str]]:
    if not path.is_file():
        raise Refused("missing_file", f"There is no file {path}. Check its path.", field="demand")
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows, held = list(reader), list(reader.fieldnames or ())
    except (UnicodeDecodeError, csv.Error) as problem:
        raise Refused("unreadable_file", f"{path.name} is not a CSV file in UTF-8: {problem}.") from problem
    columns = [name for name in held if name.startswith("draw_")] or ["fte"]
    lacking = [name for name in (*KEYS, *columns) if name not in held]
    if lacking or not rows:
        what = f"the column {', '.join(lacking)}" if lacking else "rows"
        raise Refused("missing_column", f"{path.name} lacks {what}. Write {', '.join(KEYS)}, fte.")
    return rows, columns


def _number(written: str | None, where: str) -> float:
    try:
        value = float(written or "")
    except ValueError:
        value = np.nan
    if not np.isfinite(value) or value < 0:
        raise Refused("missing_cell", f"{where}: «{written or ''}» must be a number, 0 or more. Mend it.")
    return value


def _check_years(path: Path, fte: np.ndarray, years: Sequence[int], professions: Sequence[str]) -> None:
    known = ~np.isnan(fte[..., 0])
    some = known.any(axis=0) & ~known.all(axis=0)
    if some.any():
        profession, sector = np.argwhere(some)[0]
        lacks = [year for year, held in zip(years, known[:, profession, sector], strict=True) if not held]
        raise Refused(
            "missing_year",
            f"{path.name} lacks {', '.join(map(str, lacks))} for {professions[profession]}, "
            f"{SECTORS[sector]}. Add them, or ask for fewer years.",
            field="demand",
        )
    if not known.any():
        raise Refused("missing_year", f"{path.name} holds no year from {years[0]} to {years[-1]}.")
