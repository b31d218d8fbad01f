"""A checked version is taken in use, refused, or withdrawn: one version of a table is in use at a time."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor
from samspill.insight.data_folders import folder_of, throw_away
from samspill.insight.data_log import log
from samspill.insight.models import DataVersion
from samspill.insight.permissions.data_sets import check_may_keep_data
from samspill.insight.states.data_sets import TRANSITIONS, VersionState
from samspill.insight.taken import TAKEN
from samspill.refusal import Refused


def take_in_use(version: DataVersion, *, by: Actor) -> DataVersion:
    """Indicators rest on it from now on; the version of the same table that did is replaced, and kept."""
    check_may_keep_data(by, "data.take")
    with transaction.atomic():
        locked = _move(version, VersionState.IN_USE)
        for former in DataVersion.objects.select_for_update().filter(
            table=locked.table, state=VersionState.IN_USE
        ):
            former.state = VersionState.REPLACED
            former.ended_at, former.ended_by = timezone.now(), by.name
            former.save(update_fields=["state", "ended_at", "ended_by"])
            log("data.replace", former, by=by, by_version=str(locked))
        locked.taken_at, locked.taken_by = timezone.now(), by.name
        locked.ended_at, locked.ended_by = None, ""
        locked.save(update_fields=["state", "taken_at", "taken_by", "ended_at", "ended_by"])
        log("data.take", locked, by=by)
        for follow in TAKEN.all():
            follow(locked, by)
    return locked


def refuse(version: DataVersion, *, by: Actor) -> DataVersion:
    """It is not to be used: its rows go, what was told of it stays."""
    check_may_keep_data(by, "data.take")
    return _end(version, VersionState.REFUSED, "data.refuse", by)


def withdraw(version: DataVersion, because: str, *, by: Actor) -> DataVersion:
    """It was wrong. Nothing is calculated from it any more, and no other takes its place by itself."""
    check_may_keep_data(by, "data.withdraw")
    because = " ".join(because.split())
    longest = DataVersion._meta.get_field("withdrawn_because").max_length or 0
    if not because or len(because) > longest:
        raise Refused(
            "data.because",
            _("Say why it is withdrawn, in a sentence or two; it stands where the figures were used."),
            field="because",
        )
    return _end(version, VersionState.WITHDRAWN, "data.withdraw", by, because)


def _end(version: DataVersion, state: VersionState, act: str, by: Actor, because: str = "") -> DataVersion:
    with transaction.atomic():
        locked = _move(version, state)
        was = locked.folder
        locked.ended_at, locked.ended_by = timezone.now(), by.name
        locked.withdrawn_because = because
        locked.folder = "" if state == VersionState.REFUSED else was
        locked.save(update_fields=DataVersion.CHANGED)
        log(act, locked, by=by, **({"because": because} if because else {}))
    if was and not locked.folder:
        throw_away(folder_of(was))
    return locked


def _move(version: DataVersion, to: VersionState) -> DataVersion:
    """The version, locked and in its new state, not saved. Refuses what TRANSITIONS do not allow."""
    locked = DataVersion.objects.select_for_update().get(pk=version.pk)
    state = VersionState(locked.state)
    if to not in TRANSITIONS[state]:
        raise Refused(
            "data.state",
            _("Version %(number)s is «%(state)s» now, so this cannot be done with it.")
            % {"number": locked.number, "state": state.label},
        )
    locked.state = to
    return locked
