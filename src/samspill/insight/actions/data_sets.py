"""A data set is made; a file becomes a version of it, checked row by row before anybody can use it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from samspill.analysis.intake import (
    SUFFIXES,
    Areas,
    Brought,
    Fault,
    FileMapping,
    Former,
    Place,
    bring,
    find_table,
    parse_mapping,
    to_plain,
    write_mapping,
)
from samspill.analysis.packs import CodeChange
from samspill.directory import register
from samspill.directory.public import Actor
from samspill.insight.data_folders import folder_of, keep_waiting, throw_away, waiting_folder, written_whole
from samspill.insight.data_log import log
from samspill.insight.models import DataSet, DataVersion
from samspill.insight.permissions.data_sets import check_may_keep_data
from samspill.insight.queries.data_sets import files_of, version_in_use
from samspill.insight.states.data_sets import Origin, VersionState
from samspill.refusal import Refused

MOST_LACKING = 50  # figures that lack, of which a version tells one by one


def make_data_set(key: str, table: str, *, by: Actor, **said: Any) -> DataSet:
    """A source of a table. `said` are the other fields of DataSet. Refuses a key that is taken."""
    check_may_keep_data(by, "data.bring_in")
    found = find_table(table)
    if found is None:
        raise Refused("data.table", _("There is no table «%(table)s».") % {"table": table}, field="table")
    if not str(said.get("source", "")).strip():
        raise Refused("data.source", _("Say who the figures are from."), field="source")
    if DataSet.objects.filter(key=key).exists():
        raise Refused(
            "data.key", _("There is a data set called «%(key)s» already.") % {"key": key}, field="key"
        )
    with transaction.atomic():
        return DataSet.objects.create(
            key=key, table=table, has_persons=found.persons, made_by=by.name, **said
        )


def bring_in(
    data_set: DataSet,
    file: Path,
    *,
    mapping: FileMapping,
    retrieved_at: datetime,
    by: Actor,
    name: str = "",
    source_updated: str = "",
    about: Mapping[str, Any] | None = None,
) -> DataVersion:
    """A version in the state FETCHED, with a copy of the file; `check_version` does the rest.

    A folder is one table in several Parquet files. `about` goes into its provenance. Refuses a kind of file
    we do not read, and a mapping to another table.
    """
    check_may_keep_data(by, "data.bring_in")
    named = name or (f"{file.name}.parquet" if file.is_dir() else file.name)
    if Path(named).suffix.lower() not in SUFFIXES:
        raise Refused(
            "suffix",
            _("%(name)s is no file we can read. It must end with %(suffixes)s.")
            % {"name": named, "suffixes": ", ".join(SUFFIXES)},
            field="file",
        )
    if mapping.table != data_set.table:
        raise Refused(
            "data.mapping_table",
            _("The mapping is to %(other)s, and this data set is %(table)s.")
            % {"other": mapping.table, "table": data_set.table},
            field="mapping",
        )
    with transaction.atomic():
        locked = DataSet.objects.select_for_update().get(pk=data_set.pk)
        last = locked.versions.aggregate(last=Max("number"))["last"] or 0
        version = DataVersion.objects.create(
            data_set=locked,
            table=locked.table,
            number=last + 1,
            retrieved_at=retrieved_at,
            brought_by=by.name,
            source_updated=source_updated,
            file_name=named,
            mapping=write_mapping(mapping),
            provenance=dict(about or {}),
        )
        keep_waiting(file, _waiting_name(named), locked.key, version.number)
        if locked.origin == Origin.FILE:
            DataSet.objects.filter(pk=locked.pk).update(mapping=version.mapping)
        log("data.bring_in", version, by=by, file=named)
    return version


def check_version(version: DataVersion, *, by: Actor) -> DataVersion:
    """Reads the file that waits: the version is CHECKED then, or REFUSED with what is wrong and where.

    Rows are written beside and get their name at the end, so that nothing half is ever there.
    """
    waiting = _waiting(version)
    name = f"{version.data_set.key}/{version.number}"
    former = version_in_use(version.table)
    with written_whole(name) as place:
        found = bring(
            waiting,
            parse_mapping(version.mapping),
            place,
            today=by.today,
            areas=areas_on(by.today),
            former=_former(former) if former else None,
        )
    if not found.is_usable:
        throw_away(folder_of(name))
    throw_away(waiting.parent)
    with transaction.atomic():
        locked = DataVersion.objects.select_for_update().get(pk=version.pk)
        _tell(locked, found, folder=name if found.is_usable else "", against=former)
        locked.save(update_fields=DataVersion.CHANGED)
        log("data.check", locked, by=by, state=locked.state, faults=len(found.faults))
    return locked


def areas_on(today: date) -> Areas:
    """The municipalities of the day, and what former ones are counted as, by the register."""
    changes = tuple(
        CodeChange(
            one.old_code,
            one.new_code,
            one.weight,
            one.valid_from.year + (one.valid_from > date(one.valid_from.year, 1, 1)),
            one.valid_to.year,
        )
        for one in register.changes()
    )
    return Areas(frozenset(one.code for one in register.municipalities(today)), changes)


def _tell(version: DataVersion, found: Brought, *, folder: str, against: DataVersion | None) -> None:
    version.state = VersionState.CHECKED if found.is_usable else VersionState.REFUSED
    version.folder, version.sha256, version.rows = folder, found.sha256, found.rows
    if found.years and folder:
        version.first_year, version.last_year = found.years[0], found.years[-1]
    version.faults = to_plain(_told_of(found.faults, version))
    version.difference = found.difference.to_plain() if found.difference else None
    version.provenance = version.provenance | {
        "columns": list(found.columns),
        "unread": list(found.unread),
        "rows_read": found.rows_read,
        "source_sha256": found.source_sha256,
        "footers": found.footers,
        "zeros_left_out": found.zeros_left_out,
        "moved": list(found.moved),
        "lacking": len(found.lacking),
        "lacking_by_kind": found.lacking_by_kind(),
        "lacking_first": [asdict(one) for one in found.lacking[:MOST_LACKING]],
        "compared_with": str(against) if against and found.difference else "",
    }


def _told_of(faults: Iterable[Fault], version: DataVersion) -> list[Fault]:
    """Of rows about persons the row's number alone: what stands in it never comes into the database."""
    if not version.data_set.has_persons:
        return list(faults)
    return [replace(one, places=tuple(Place(place.row, "") for place in one.places)) for one in faults]


def _former(version: DataVersion) -> Former:
    return Former(files_of(version), tuple(version.provenance.get("columns", ())))


def _waiting(version: DataVersion) -> Path:
    return waiting_folder(version.data_set.key, version.number) / _waiting_name(version.file_name)


def _waiting_name(name: str) -> str:
    """Names of files come from others; only their ends are ours to keep."""
    return f"file{Path(name).suffix.lower()}"
