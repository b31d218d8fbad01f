"""Which data are in use: by table, as one extract for `analysis.indicators`, and as a list to show."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from samspill.analysis.indicators.calculation import DataSet as Extract
from samspill.analysis.indicators.calculation import open_data
from samspill.directory.public import Actor
from samspill.insight.data_folders import data_folder, folder_of, written_whole
from samspill.insight.data_log import log
from samspill.insight.models import DataSet, DataVersion
from samspill.insight.states.data_sets import VersionState
from samspill.refusal import Refused

IN_USE = "in-use"


def version_in_use(table: str) -> DataVersion | None:
    """The version that indicators rest on for a table; None while nobody has taken one in use."""
    return versions_in_use().filter(table=table).first()


def versions_in_use() -> QuerySet[DataVersion]:
    return DataVersion.objects.filter(state=VersionState.IN_USE).select_related("data_set").order_by("table")


def files_of(version: DataVersion) -> tuple[Path, ...]:
    """Its Parquet files, in the order of their paths."""
    return tuple(sorted((folder_of(version.folder) / version.table).glob("**/*.parquet")))


def extract_in_use(*, by: Actor) -> Extract:
    """All tables in use as one data set: a folder of links to the files of each version.

    That rows about persons are read is written down. Refuses when nothing is in use (`data.none`).
    """
    versions = list(versions_in_use())
    if not versions:
        raise Refused("data.none", _("No data are in use yet. Bring some in with: samspill data take FILE"))
    with transaction.atomic():
        for version in versions:
            if version.data_set.has_persons:
                log("data.read", version, by=by)
    return open_data(linked_folder(versions))


def linked_folder(versions: list[DataVersion]) -> Path:
    """Made once for the same versions: its name is made of theirs."""
    told = " ".join(f"{one.table}:{one.folder}:{one.sha256}" for one in versions)
    name = f"{IN_USE}/{hashlib.sha256(told.encode()).hexdigest()[:16]}"
    folder = data_folder() / name
    if not folder.is_dir():
        with written_whole(name, keeps=True) as place:
            for one in versions:
                _link(one, place / one.table)
    return folder


def _link(version: DataVersion, here: Path) -> None:
    for path in files_of(version):
        link = here / path.parent.name / path.name
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(path)


@dataclass(frozen=True)
class Listed:
    """A data set with the version in use, if one of its own is, and the newest."""

    data_set: DataSet
    in_use: DataVersion | None
    newest: DataVersion | None

    @property
    def waits(self) -> bool:
        """Something newer than what is in use is checked, or being so."""
        return self.newest is not None and self.newest.state in (VersionState.CHECKED, VersionState.FETCHED)


def data_sets(actor: Actor) -> list[Listed]:
    """By key, each with two versions at most."""
    newest_first = DataVersion.objects.visible_to(actor).order_by("-number")
    found = DataSet.objects.visible_to(actor).prefetch_related(Prefetch("versions", newest_first))
    return [_listed(one) for one in found]


def _listed(one: DataSet) -> Listed:
    versions = list(one.versions.all())
    return Listed(one, next((v for v in versions if v.is_in_use), None), versions[0] if versions else None)
