"""Sources are asked again when it is due. One that is away changes nothing: the last version stands."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.translation import gettext_lazy as _

from samspill.analysis.intake import parse_mapping
from samspill.analysis.source import sha256_of
from samspill.directory.public import Actor
from samspill.insight.actions.data_sets import bring_in, check_version
from samspill.insight.actions.data_taking import take_in_use
from samspill.insight.connectors import (
    Pulled,
    Source,
    Unreachable,
    Wire,
    open_source,
    pull,
    throw_away,
    write_dataset,
)
from samspill.insight.data_folders import data_folder
from samspill.insight.models import DataSet, DataVersion
from samspill.insight.permissions.data_sets import check_may_keep_data
from samspill.insight.states.data_sets import Origin, VersionState
from samspill.refusal import Refused

ANSWER = "answer.parquet"
FREED = timedelta(hours=3)  # asked so much early, so that a daily one does not slip to the next night


def sets_due(now: datetime) -> list[DataSet]:
    """Those of connectors that have not been asked for as long as they say."""
    found = DataSet.objects.filter(origin=Origin.CONNECTOR, interval_days__isnull=False)
    return [
        one
        for one in found
        if one.last_asked is None or now - one.last_asked >= timedelta(days=one.interval_days or 0) - FREED
    ]


def refresh(
    data_set: DataSet,
    *,
    by: Actor,
    now: datetime,
    open_wire: Callable[[], Wire] = Wire,
    say: Callable[[str], None] = lambda _line: None,
) -> DataVersion | None:
    """Asks the source. A checked version when it answered something new, else None.

    What it said instead of figures stands with the data set, with the day it was asked. A data set that is
    taken by itself is so when nothing is wrong with the new version and nothing needs to be looked at.
    """
    check_may_keep_data(by, "data.bring_in")
    if data_set.origin != Origin.CONNECTOR:
        raise Refused("data.no_source", _("This data set is not fetched from anywhere. Bring in a file."))
    try:
        with TemporaryDirectory(prefix="pull-", dir=data_folder()) as place:
            version = _fetch(data_set, Path(place), by=by, now=now, wire=open_wire(), say=say)
    except Refused as refused:
        _asked(data_set, now, refused.sentence)
        if not isinstance(refused, Unreachable):
            raise
        return None
    _asked(data_set, now, "")
    if version is None:
        return None
    checked = check_version(version, by=by)
    if data_set.is_taken_by_itself and checked.state == VersionState.CHECKED and not checked.faults:
        return take_in_use(checked, by=by)
    return checked


def _fetch(
    data_set: DataSet, place: Path, *, by: Actor, now: datetime, wire: Wire, say: Callable[[str], None]
) -> DataVersion | None:
    """The answer as a version that waits to be checked; None when it is what we have."""
    question = data_set.question
    source = open_source(
        question["source"],
        wire,
        address=question.get("address") or None,
        codelists=question.get("codelists", {}),
    )
    parts = data_folder() / f"{data_set.key}.parts"
    pulled = pull(source, question["table"], question["select"], folder=parts, resume=True, say=say)
    write_dataset(place / ANSWER, pulled.dataset, ".parquet")
    throw_away(parts)
    newest = data_set.versions.order_by("-number").first()
    if newest and newest.provenance.get("source_sha256") == sha256_of(place / ANSWER):
        return None
    return bring_in(
        data_set,
        place / ANSWER,
        mapping=parse_mapping(data_set.mapping),
        retrieved_at=now,
        by=by,
        name=f"{question['table']}.parquet",
        source_updated=pulled.dataset.updated,
        about=_about(source, pulled),
    )


def _about(source: Source, pulled: Pulled) -> dict[str, Any]:
    return {
        "producer": source.producer,
        "licence": source.licence,
        "address": source.address,
        "asked_table": pulled.table.id,
        "label": pulled.dataset.label or pulled.table.label,
        "notes": list(pulled.dataset.notes),
    }


def _asked(data_set: DataSet, now: datetime, refusal: str) -> None:
    longest = DataSet._meta.get_field("last_refusal").max_length or 0
    DataSet.objects.filter(pk=data_set.pk).update(last_asked=now, last_refusal=refusal[:longest])
