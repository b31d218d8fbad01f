"""Read the nation's use of somatic hospitals by age group and ICD-10 chapter from a data pack.

Statistics Norway, table 14824: cells are rounded to multiples of three, so sums over ages differ a little
from the published totals; a sum that is further off is refused, for then a cell is wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.packs.reading import connect, find_file, load
from samspill.analysis.packs.tables import CC_BY
from samspill.analysis.source import SourceFile, sha256_of
from samspill.refusal import Refused

STEM = "somatic_hospital_use_"
SOURCE = "Statistisk sentralbyrå (SSB), tabell 14824 (Norsk pasientregister)"
MEASURES = ("patients", "inpatients", "stays", "bed_days")
AGES = {"0-17": 0, "18-29": 18, "30-49": 30, "50-66": 50, "67-79": 67, "80-89": 80, "90+": 90}
ALL_AGES, ALL_CHAPTERS = "alle", "_T"
ROUNDED = 30  # how far a sum of seven cells rounded to threes may lie from its total
SHARE = 0.002


@dataclass(frozen=True, eq=False)
class HospitalUse:
    """`values` by chapter, age group and measure (chapters, 7, 4), in one year; `ages` are first ages."""

    year: int
    chapters: tuple[str, ...]
    ages: tuple[int, ...]
    values: NDArray[np.float64]
    file: SourceFile

    def of(self, measure: str) -> NDArray[np.float64]:
        """(chapters, ages) of a measure; `_T`, all chapters, is not among them."""
        return np.asarray(self.values[..., MEASURES.index(measure)])


def read_hospital_use(folder: Path) -> HospitalUse:
    """The newest year that is published by age.

    Refuses (code): `missing_file`, `two_files`, `unreadable_file`, `missing_column`, `missing_year`,
    `missing_cell` (an age group or a figure lacks), `duplicate_cell`, `negative_count`, `sum_mismatch`.
    """
    path = find_file(Path(folder), STEM)
    columns = ("year", "age_group", "icd10_chapter", *MEASURES)
    with connect() as connection:
        load(connection, path, columns, "raw")
        values = ", ".join(f"TRY_CAST({one} AS DOUBLE)" for one in MEASURES)
        rows = connection.execute(
            f"SELECT TRY_CAST(year AS INTEGER), age_group, icd10_chapter, {values} FROM raw"  # noqa: S608
        ).fetchall()
    years = sorted({row[0] for row in rows if row[1] in AGES and row[0] is not None})
    if not years:
        raise Refused("missing_year", f"{path.name} holds no year by age group. Fetch it again.")
    cells = _cells(path, [row for row in rows if row[0] == years[-1]])
    chapters = tuple(dict.fromkeys(chapter for _, chapter in cells if chapter != ALL_CHAPTERS))
    found = np.array([[_cell(path, cells, age, chapter) for age in AGES] for chapter in chapters])
    _check_sums(path, cells, chapters, found)
    file = SourceFile(path.name, sha256_of(path), SOURCE, CC_BY)
    return HospitalUse(years[-1], chapters, tuple(AGES.values()), found, file)


def _cells(path: Path, rows: Sequence[tuple]) -> dict[tuple[str, str], tuple]:
    found: dict[tuple[str, str], tuple] = {}
    for _, age, chapter, *values in rows:
        if (age, chapter) in found:
            raise Refused("duplicate_cell", f"{path.name}, {age}, chapter {chapter}: two rows. Keep one.")
        if any(value is not None and value < 0 for value in values):
            raise Refused("negative_count", f"{path.name}, {age}, chapter {chapter}: a figure is negative.")
        found[age, chapter] = tuple(values)
    return found


def _cell(path: Path, cells: dict[tuple[str, str], tuple], age: str, chapter: str) -> tuple:
    values = cells.get((age, chapter), (None,))
    if None in values:
        raise Refused(
            "missing_cell",
            f"{path.name} lacks a figure of age {age}, chapter {chapter}. Add it; a missing one is not 0.",
        )
    return values


def _check_sums(
    path: Path,
    cells: dict[tuple[str, str], tuple],
    chapters: tuple[str, ...],
    found: NDArray[np.float64],
) -> None:
    for chapter, values in zip(chapters, found, strict=True):
        for measure, total in zip(MEASURES, cells.get((ALL_AGES, chapter), ()), strict=False):
            summed = values[:, MEASURES.index(measure)].sum()
            if total is not None and abs(summed - total) > max(ROUNDED, SHARE * total):
                raise Refused(
                    "sum_mismatch",
                    f"{path.name}, chapter {chapter}: {measure} of the ages sum to {summed:.0f}, but all "
                    f"ages have {total:.0f}. Mend the cell that is wrong.",
                )
