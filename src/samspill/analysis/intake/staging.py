"""A file of any kind as rows of text with their numbers; of CSV and XLSX they are laid in a Parquet file.

Everything after this is asked of that by DuckDB, so that a file of any size needs little memory.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from samspill.analysis.intake.faults import MOST_PLACES, Fault, Place
from samspill.analysis.intake.mapping import FileMapping
from samspill.analysis.intake.quoting import literal, quoted
from samspill.analysis.intake.sheets import Broken, Row, csv_rows, xlsx_rows
from samspill.refusal import Refused

BATCH = 50_000
NUMBER = "row "
"""The name of the number's column: no column of a file has it, since blanks at the end are taken off."""
READERS = {".csv": csv_rows, ".txt": csv_rows, ".tsv": csv_rows, ".xlsx": xlsx_rows}
PARQUET = ".parquet"
SUFFIXES = (*READERS, PARQUET)


@dataclass(frozen=True)
class Staged:
    """`relation` is SQL of the rows as text; `names` as in the file, `faults` of its form, `footers` lines of
    text below the table."""

    relation: str
    names: tuple[str, ...]
    rows: int
    faults: tuple[Fault, ...]
    footers: int = 0


def stage(path: Path, mapping: FileMapping, folder: Path, *, most: int | None = None) -> Staged:
    """Lays the file out in `folder`, or its first `most` rows. Faults are told.

    A folder is one table in several Parquet files; its rows are counted through them, by their names.
    Refuses a kind of file we do not read (`suffix`), and a folder without any.
    """
    suffix, out = path.suffix.lower(), folder / "staged.parquet"
    if files := parts_of(path):
        return _of_parquet(files, most)
    if suffix not in READERS:
        raise Refused(
            "suffix",
            f"{path.name} is no file we can read. It must end with {', '.join(SUFFIXES)}.",
            field="file",
            facts={"name": path.name, "suffixes": ", ".join(SUFFIXES)},
        )
    rows = islice(READERS[suffix](path, mapping), None if most is None else most + mapping.header)
    return _lay(rows, mapping.header, out, pads=suffix == ".xlsx")


def parts_of(path: Path) -> tuple[Path, ...]:
    """The Parquet files that a path stands for, in order; none when it is another kind of file."""
    if path.is_dir():
        return tuple(sorted(path.glob(f"**/*{PARQUET}")))
    return (path,) if path.suffix.lower() == PARQUET else ()


def _of_parquet(files: Sequence[Path], most: int | None) -> Staged:
    try:
        names = tuple(pq.read_schema(files[0]).names)
        cells = ", ".join(f"CAST({quoted(name)} AS VARCHAR) AS {quoted(name)}" for name in names)
        before, each = 1, []
        for path in files:
            told = literal(str(path))
            each.append(
                f'SELECT file_row_number + {before} AS "{NUMBER}", {cells} '
                f"FROM read_parquet({told}, file_row_number = true, hive_partitioning = false)"
            )
            before += pq.read_metadata(path).num_rows
    except (OSError, ValueError) as error:
        return Staged("", (), 0, (unreadable(error),))
    limit = "" if most is None else f" LIMIT {most}"
    count = before - 1
    relation = f"(FROM ({' UNION ALL '.join(each)}){limit})"
    return Staged(relation, names, count, () if count else (Fault("no_rows", rows=0),))


def unreadable(error: Exception) -> Fault:
    """A Parquet file that is broken: at its end, or found so when its rows are read."""
    why = str(error).splitlines()[0][:200]
    return Fault("unreadable", facts={"kind": "Parquet", "why": why})


def _lay(rows: Iterator[Row], header: int, out: Path, *, pads: bool) -> Staged:
    """`pads`: a row may end at its last cell that is not empty."""
    try:
        names = _names(rows, header)
        with _Laying(out, names, pads=pads) as laying:
            for number, cells in rows:
                laying.add(number, cells)
    except Broken as broken:
        return Staged("", (), 0, (broken.fault,))
    relation = f"read_parquet({literal(str(out))})"
    return Staged(relation, names, laying.rows, laying.faults(), len(laying.texts))


def _names(rows: Iterator[Row], header: int) -> tuple[str, ...]:
    cells = next((cells for number, cells in rows if number >= header), [])
    names = [cell.strip() or f"column {place}" for place, cell in enumerate(cells, 1)]
    if not names:
        raise Broken(Fault("no_rows", rows=0))
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise Broken(Fault("header_twice", twice, facts={"name": twice}))
    return tuple(names)


class _Laying:
    """Rows of text into the file, in batches; what has not as many cells as the header is told of."""

    def __init__(self, out: Path, names: Sequence[str], *, pads: bool) -> None:
        self.schema = pa.schema([(NUMBER, pa.int64()), *((name, pa.string()) for name in names)])
        self.writer = pq.ParquetWriter(out, self.schema)
        self.width, self.pads, self.rows = len(names), pads, 0
        self.waiting: list[Row] = []
        self.texts: list[Place] = []
        self.odd: list[tuple[Place, int]] = []
        self.odd_rows = 0

    def __enter__(self) -> "_Laying":
        return self

    def __exit__(self, *_: object) -> None:
        self._write()
        self.writer.close()

    def add(self, number: int, cells: Sequence[str]) -> None:
        if self.width > 1 and _is_text(cells):
            self.texts.append(Place(number, cells[0][:80]))
            return
        for place in self.texts:  # a line of text with rows below it is no footer
            self._tell(place, 1)
        self.texts.clear()
        if len(cells) == self.width or (self.pads and len(cells) < self.width):
            self.waiting.append((number, cells))
        else:
            self._tell(Place(number, "; ".join(cells)[:80]), len(cells))
        if len(self.waiting) == BATCH:
            self._write()

    def faults(self) -> tuple[Fault, ...]:
        if self.odd_rows:
            facts = {"found": self.odd[0][1], "wanted": self.width}
            return (Fault("cells", "", self.odd_rows, facts, tuple(place for place, _ in self.odd)),)
        return () if self.rows else (Fault("no_rows", rows=0),)

    def _tell(self, place: Place, found: int) -> None:
        self.odd_rows += 1
        if len(self.odd) < MOST_PLACES:
            self.odd.append((place, found))

    def _write(self) -> None:
        padded = [[*cells, *[""] * (self.width - len(cells))] for _, cells in self.waiting]
        columns = [pa.array([number for number, _ in self.waiting], pa.int64())]
        columns += [pa.array(column, pa.string()) for column in zip(*padded, strict=True)]
        if padded:
            self.writer.write_table(pa.table(columns, schema=self.schema))
        self.rows += len(padded)
        self.waiting.clear()


def _is_text(cells: Sequence[str]) -> bool:
    """A sentence alone in its row: a source, a note. A row that was cut short is one word, or figures."""
    words = cells[0].split() if cells else []
    return len(words) > 1 and not any(cells[1:]) and not words[0].isdigit()
