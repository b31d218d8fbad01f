"""A data set on disk: a folder per table, in it `year=2024/*.parquet`; columns are checked when opened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pyarrow.types as kinds

from samspill.analysis.indicators.tables import Column, tables
from samspill.refusal import Refused

FITS = {
    "year": kinds.is_integer,
    "whole": kinds.is_integer,
    "area": lambda kind: kinds.is_string(kind) or kinds.is_large_string(kind) or kinds.is_dictionary(kind),
    "text": lambda kind: kinds.is_string(kind) or kinds.is_large_string(kind) or kinds.is_dictionary(kind),
    "moment": kinds.is_timestamp,
}


@dataclass(frozen=True)
class DataSet:
    """The files of each table that is there, by name of the table, in the order of their paths."""

    folder: Path
    files: Mapping[str, tuple[Path, ...]]

    def schema(self, table: str) -> dict[str, str]:
        return tables()[table].schema


def open_data(folder: Path) -> DataSet:
    """The data set in a folder. Refuses one without tables (`no_tables`) or with other columns (`schema`)."""
    found = {
        name: tuple(sorted((folder / name).glob("**/*.parquet")))
        for name, table in tables().items()
        if not table.made_from and (folder / name).is_dir()
    }
    found = {name: files for name, files in found.items() if files}
    if not found:
        raise Refused(
            "no_tables",
            f"{folder} has no tables. It must hold folders as {', '.join(list(tables())[:3])} with Parquet"
            " files; `samspill data synth` makes some.",
            field="data",
        )
    wrong = [
        fault for name, files in found.items() for path in files for fault in _faults(folder, name, path)
    ]
    if wrong:
        raise Refused(
            "schema",
            f"{len(wrong)} columns are not as they must be, and nothing is used: {'; '.join(wrong[:5])}.",
            field="data",
            facts={"faults": wrong},
        )
    return DataSet(folder, found)


def _faults(folder: Path, table: str, path: Path) -> Iterable[str]:
    where = path.relative_to(folder)
    try:
        schema = pq.read_schema(path)
    except (OSError, ValueError) as error:
        yield f"{where} cannot be read as Parquet ({str(error).splitlines()[0]})"
        return
    for column in tables()[table].columns.values():
        yield from _fault(str(where), column, schema)


def _fault(where: str, column: Column, schema: object) -> Iterable[str]:
    names = schema.names  # type: ignore[attr-defined]
    if column.name not in names:
        yield f"{where} has no column {column.name}"
    elif not FITS[column.type](schema.field(column.name).type):  # type: ignore[attr-defined]
        kind = schema.field(column.name).type  # type: ignore[attr-defined]
        yield f"{where}: column {column.name} is {kind}, and must be {column.type}"
