"""The ledger of what was published from a data set: a folder of the tables themselves, read at the next run.

A table belongs to one version of the data. Two that are alike are one.
"""

import hashlib
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from samspill.analysis.indicators.data_sets import DataSet
from samspill.analysis.indicators.releases import read_told
from samspill.refusal import Refused

FOLDER = "published"
VERSION = "data"
KEPT = ("indicator", "area", "year", "count", "population")
FOOTER_LENGTH = 8  # the last bytes of a Parquet file: how long its footer is, and PAR1


def data_version(data: DataSet) -> str:
    """A name for what is in the files, from their paths, sizes and Parquet footers; no row is read."""
    digest = hashlib.sha256()
    for paths in data.files.values():
        for path in paths:
            size = path.stat().st_size
            digest.update(f"{path.relative_to(data.folder).as_posix()}\0{size}\0".encode())
            with path.open("rb") as file:
                file.seek(max(size - FOOTER_LENGTH, 0))
                length = int.from_bytes(file.read(4), "little")
                file.seek(max(size - FOOTER_LENGTH - length, 0))
                digest.update(file.read())
    return digest.hexdigest()


def read_ledger(folder: Path, version: str) -> list[pa.Table]:
    """What was published from this version of the data. Refuses (`ledger`) a file that cannot be read."""
    found = []
    for path in sorted(folder.glob("*.parquet")):
        try:
            table = pq.read_table(path, partitioning=None)
            told = read_told(table)
        except (OSError, ValueError, Refused) as error:
            raise Refused(
                "ledger",
                f"{path} is no ledger of what was published. What was hidden can then not be kept hidden; put"
                " the file back as it was.",
                field="log",
            ) from error
        if told.get(VERSION) == version:
            found.append(table)
    return found


def keep(folder: Path, table: pa.Table) -> None:
    """Add a published table. Refuses (`cannot_log`) rather than let out what is not remembered."""
    kept = table.select(KEPT)
    name = hashlib.sha256(json.dumps(read_told(table), sort_keys=True).encode())
    for column in kept.columns:
        name.update(repr(column.to_pylist()).encode())
    path = folder / f"{name.hexdigest()[:32]}.parquet"
    if path.exists():
        return
    try:
        folder.mkdir(exist_ok=True)
        part = path.with_name(path.name + ".part")
        pq.write_table(kept, part, compression="zstd")
        part.replace(path)
    except OSError as error:
        raise Refused(
            "cannot_log",
            f"What is published is remembered, and {folder} cannot be written ({error.strerror}). Name a log"
            " in another folder with --log.",
            field="log",
        ) from error
