"""An extract, a folder with a folder per table as registers give them, becomes a version of each table."""

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from django.db import transaction
from django.db.models import Max
from numpy.typing import NDArray

from samspill.analysis.indicators.calculation import check_data, open_data
from samspill.analysis.intake import compare, find_table, from_plain, to_plain
from samspill.analysis.source import sha256_of
from samspill.directory.public import Actor
from samspill.insight.actions.data_sets import make_data_set
from samspill.insight.data_folders import written_whole
from samspill.insight.data_log import log
from samspill.insight.models import DataSet, DataVersion
from samspill.insight.permissions.data_sets import check_may_keep_data
from samspill.insight.queries.data_sets import files_of, version_in_use
from samspill.insight.states.data_sets import VersionState
from samspill.refusal import Refused

ABOUT = "about.json"
TOLD = ("invented", "seed", "population")


def bring_in_extract(
    folder: Path, *, by: Actor, now: datetime, said: Mapping[str, Mapping[str, Any]], source: str
) -> list[DataVersion]:
    """A checked version of every table of the extract; all tables, or none.

    `said` has what a data set is called and where it is from, by table; `source` who the others are from.
    Refuses as `open_data` and `check_data`, with file and row; then nothing is kept.
    """
    check_may_keep_data(by, "data.bring_in")
    found = open_data(folder)
    check_data(found)
    about = _about(folder)
    with transaction.atomic():
        return [
            _bring_in(table, files, about, said.get(table, {"source": source}), by=by, now=now)
            for table, files in found.files.items()
        ]


def _about(folder: Path) -> dict[str, Any]:
    path = folder / ABOUT
    written = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return {name: written[name] for name in TOLD if name in written}


def _bring_in(
    table: str,
    files: Sequence[Path],
    about: Mapping[str, Any],
    said: Mapping[str, Any],
    *,
    by: Actor,
    now: datetime,
) -> DataVersion:
    data_set = _data_set(table, said, by=by)
    number = (data_set.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = DataVersion.objects.create(
        data_set=data_set,
        table=table,
        number=number,
        retrieved_at=now,
        brought_by=by.name,
        provenance=dict(about),
    )
    version.folder = f"{data_set.key}/{number}"
    with written_whole(version.folder) as place:
        _copy(files, place / table)
    _describe(version, files)
    version.save(update_fields=DataVersion.CHANGED)
    log("data.bring_in", version, by=by)
    log("data.check", version, by=by, state=version.state, faults=len(version.faults))
    return version


def _data_set(table: str, said: Mapping[str, Any], *, by: Actor) -> DataSet:
    said = dict(said)
    key = said.pop("key", table)
    found = DataSet.objects.select_for_update().filter(key=key).first()
    return found or make_data_set(key, table, by=by, **{"titles": {"nb": table}, **said})


def _copy(files: Sequence[Path], there: Path) -> None:
    """Each in a folder of its year, under its own name."""
    for number, path in enumerate(files):
        place = there / path.parent.name / f"{number:04}-{path.name}"
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)


def _describe(version: DataVersion, files: Sequence[Path]) -> None:
    years = np.unique(np.concatenate([_years_in(path) for path in files]))
    version.rows = sum(pq.read_metadata(path).num_rows for path in files)
    version.first_year, version.last_year = int(years[0]), int(years[-1])
    version.sha256 = hashlib.sha256("".join(sha256_of(path) for path in files).encode()).hexdigest()
    version.state = VersionState.CHECKED
    former, table = version_in_use(version.table), find_table(version.table)
    if former and table:
        difference, asks = compare(table, files_of(former), files)
        version.difference, version.faults = difference.to_plain(), to_plain(asks)
        version.provenance = version.provenance | {"compared_with": str(former)}
    if any(fault.stops for fault in from_plain(version.faults)):
        raise Refused("data.faults", str(from_plain(version.faults)[0]))


def _years_in(path: Path) -> NDArray[np.int64]:
    return np.unique(pq.ParquetFile(path).read(columns=["year"])["year"].to_numpy())
