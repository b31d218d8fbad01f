"""Samspill's own counts as a data set: what each part of the house counts, by municipality, every night."""

import csv
from collections.abc import Iterable
from dataclasses import astuple
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq

from samspill.analysis.intake import FileMapping, parse_mapping
from samspill.analysis.source import sha256_of
from samspill.directory.public import PLATFORM_COUNTS, Actor, Community, PlatformCount, PlatformCounting
from samspill.insight.actions.data_sets import bring_in, check_version, make_data_set
from samspill.insight.actions.data_taking import take_in_use
from samspill.insight.data_folders import data_folder
from samspill.insight.models import DataSet, DataVersion
from samspill.insight.queries.data_sets import files_of, version_in_use
from samspill.insight.states.data_sets import Origin, VersionState
from samspill.worklist.public import run_in_community

KEY = "platform"
COLUMNS = ("year", "area", "thing", "total", "late", "closed", "with_indicator")
TITLES = {"nb": "Samspills egne tall", "nn": "Samspill sine eigne tal", "en": "Samspill's own counts"}
MAPPING = "table: platform\nwritten: 2026-11-23\ncolumns:\n" + "".join(f"  {one}: {one}\n" for one in COLUMNS)


def count_platform(*, by: Actor, now: datetime) -> DataVersion | None:
    """A version of today's counts, taken in use at once; None when they are what is in use.

    This year is counted as it stands today. Former years are what was counted on their last day here: from
    the version in use. A year nobody counted is not there, and is not 0.
    """
    data_set = DataSet.objects.filter(key=KEY).first() or make_data_set(
        KEY, "platform", by=by, source="Samspill", titles=TITLES, mapping=MAPPING,
        origin=Origin.PLATFORM, is_taken_by_itself=True,
    )  # fmt: skip
    with TemporaryDirectory(prefix="count-", dir=data_folder()) as place:
        path = Path(place) / "counts.csv"
        _write(path, [*_former_years(by.today.year), *_counted(by)])
        former = version_in_use("platform")
        if former and former.provenance.get("source_sha256") == sha256_of(path):
            return None
        version = bring_in(data_set, path, mapping=_mapping(), retrieved_at=now, by=by)
    checked = check_version(version, by=by)
    return take_in_use(checked, by=by) if checked.state == VersionState.CHECKED else checked


def _mapping() -> FileMapping:
    return parse_mapping(MAPPING)


def _counted(by: Actor) -> Iterable[tuple]:
    """Every community's things on the day, by its own rights. A municipality is in one community."""
    for community_id in Community.objects.order_by("pk").values_list("pk", flat=True):
        for thing in PLATFORM_COUNTS.all():
            found = run_in_community(community_id, partial(_all, thing), today=by.today)
            for one in found:
                yield (by.today.year, one.area, thing.thing, *astuple(one)[1:])


def _all(thing: PlatformCounting, actor: Actor) -> list[PlatformCount]:
    """Read out before the community is left."""
    return list(thing.count(actor))


def _former_years(year: int) -> Iterable[tuple]:
    former = version_in_use("platform")
    for path in files_of(former) if former else ():
        for row in pq.read_table(path, columns=list(COLUMNS)).to_pylist():
            if row["year"] < year:
                yield tuple(row[name] for name in COLUMNS)


def _write(path: Path, rows: Iterable[tuple]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
