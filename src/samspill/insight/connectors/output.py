"""Write what was pulled: CSV, Parquet or JSON-stat, and beside it where it came from. All or nothing.

A row per cell: the code of each dimension, `value`, `status`. A figure that lacks is an empty cell with its
symbol in `status`. The same figures give the same file, byte for byte.
"""

import csv
import json
from datetime import datetime
from pathlib import Path

import duckdb

from samspill.analysis.source import sha256_of
from samspill.insight.connectors.pulling import Pulled
from samspill.insight.connectors.table import Source
from samspill.insight.jsonstat import Dataset
from samspill.refusal import Refused

SUFFIXES = (".csv", ".parquet", ".json")


def check_output(path: Path) -> None:
    """Refuses, before anything is fetched, a file that could not be written afterwards."""
    if path.suffix not in SUFFIXES:
        raise Refused("output.suffix", f"{path.name} must end with {', '.join(SUFFIXES[:-1])} or .json.")
    if not path.parent.is_dir():
        raise Refused("output.folder", f"There is no folder {path.parent}. Make it first.")


def provenance_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.source.json")


def write_output(path: Path, pulled: Pulled, source: Source, *, fetched_at: datetime, absent: int) -> None:
    """The file and its provenance take the place of the former ones at the end."""
    beside = path.with_name(f"{path.name}.new")
    try:
        write_dataset(beside, pulled.dataset, path.suffix)
        about = _about(beside, path.name, pulled, source, fetched_at, absent)
        provenance = provenance_of(path)
        provenance.with_name(f"{provenance.name}.new").write_text(about, "utf-8")
        beside.replace(path)
        provenance.with_name(f"{provenance.name}.new").replace(provenance)
    finally:
        beside.unlink(missing_ok=True)


def write_dataset(path: Path, dataset: Dataset, suffix: str) -> None:
    if suffix == ".json":
        path.write_text(dataset.to_json(), "utf-8")
    elif suffix == ".csv":
        _write_csv(path, dataset)
    else:
        _write_parquet(path, dataset)


def columns_of(dataset: Dataset) -> tuple[str, ...]:
    """The dimensions, then `value` and `status`, with a stroke behind where a dimension has that name."""
    names: list[str] = []
    for name in (*dataset.id, "value", "status"):
        free = name
        while free.lower() in {one.lower() for one in names}:
            free += "_"
        names.append(free)
    return tuple(names)


def _write_csv(path: Path, dataset: Dataset) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns_of(dataset))
        # None is written as an empty cell.
        writer.writerows((*codes, value, status) for codes, value, status in dataset.rows())


def _write_parquet(path: Path, dataset: Dataset) -> None:
    """Codes and statuses as text, figures as doubles, or as text where a source has texts for figures."""
    names = columns_of(dataset)
    kind = "VARCHAR" if any(isinstance(value, str) for value, _ in dataset.cells()) else "DOUBLE"
    beside = path.with_name(f"{path.name}.csv")
    try:
        _write_csv(beside, dataset)
        with duckdb.connect(":memory:") as connection:
            types = {name: kind if name == names[-2] else "VARCHAR" for name in names}
            connection.execute(
                "COPY (SELECT * FROM read_csv(?, header = true, columns = "  # noqa: S608
                f"{_struct(types)}, parallel = false)) TO {_text(str(path))} (FORMAT parquet)",
                [str(beside)],
            )
    finally:
        beside.unlink(missing_ok=True)


def _struct(types: dict[str, str]) -> str:
    return "{" + ", ".join(f"{_text(name)}: {_text(kind)}" for name, kind in types.items()) + "}"


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _about(file: Path, name: str, pulled: Pulled, source: Source, fetched_at: datetime, absent: int) -> str:
    about: dict[str, object] = {
        "file": name,
        "sha256": sha256_of(file),
        "producer": source.producer,
        "licence": source.licence,
        "address": source.address,
        "table": pulled.table.id,
        "label": pulled.dataset.label or pulled.table.label,
        "updated": pulled.dataset.updated,
        "fetched_at": fetched_at.isoformat(timespec="seconds"),
        "choice": dict(pulled.choice),
        "figures": len(pulled.dataset),
        "missing": sum(value is None for value, _ in pulled.dataset.cells()),
        "zeros_of_codes_not_in_use": absent,
        "notes": pulled.dataset.notes,
    }
    return json.dumps(about, ensure_ascii=False, indent=2) + "\n"
