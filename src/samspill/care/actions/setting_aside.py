"""What was set aside is looked at by a person of the team that answers for it: mended, or dismissed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.care.actions.alerting import close, take
from samspill.care.actions.deciding import Wish
from samspill.care.actions.entering import PART, WHAT
from samspill.care.actions.measuring import Incoming, take_in
from samspill.care.actions.opening import opening
from samspill.care.entered_values import check, moment
from samspill.care.entering_states import ASIDE_MOVES, AsideState
from samspill.care.models import Alert, SetAside
from samspill.care.queries.watching import asked_of, watched, watchers_of
from samspill.care.states import Act, AlertState, Entered, Right
from samspill.care.wording_aside import said_of
from samspill.directory.public import Actor
from samspill.refusal import Refused


def mend(
    aside_id: int, patient_id: int, *, value: object, effective: object, reason: str, by: Actor, now: datetime
) -> SetAside:
    """Keep the value as it should have been; what was sent stands beside it.

    Refused: as `opening`; `set_aside.not_here`, `set_aside.settled`, `set_aside.reason`,
    `set_aside.still` a value that cannot be kept either, `alert.not_team`.
    """
    with _looking(aside_id, patient_id, reason, by=by) as row:
        watchers = watchers_of(row.code, watched([row.episode])).get(row.tenant_id, [])
        one = check(asked_of(row.code, watchers, now), value, effective=effective, received=now)
        if one.aside:
            raise Refused("set_aside.still", said_of(one.aside[0].code, one.aside[0].sentence), field="value")
        when = moment(effective)
        assert isinstance(when, datetime)  # noqa: S101  what is no time is refused above
        code = (watchers[0].code if watchers else "") or one.code
        taken = take_in(
            row.episode,
            Incoming(
                code, one.value, one.unit, when, entered=Entered.STAFF,
                sent_value=row.sent_value, sent_unit=row.sent_unit,
            ),
            by=by,
        )  # fmt: skip
        row.measurement = taken.measurement
        return _settled(row, AsideState.MENDED, reason, by=by, now=now)


def dismiss(aside_id: int, patient_id: int, *, reason: str, by: Actor, now: datetime) -> SetAside:
    """It was no measurement of this patient, or nobody can know what it was. What was sent is kept.

    Refused as `mend`.
    """
    with _looking(aside_id, patient_id, reason, by=by) as row:
        return _settled(row, AsideState.DISMISSED, reason, by=by, now=now)


@contextmanager
def _looking(aside_id: int, patient_id: int, reason: str, *, by: Actor) -> Iterator[SetAside]:
    if not reason.strip():
        raise Refused("set_aside.reason", _("Write in a few words why."), field="reason")
    wish = Wish(right=Right.MEASURE, part=PART)
    with transaction.atomic(), opening(patient_id, by=by, what=WHAT, act=Act.WRITE, wish=wish):
        rows = SetAside.objects.select_for_update(of=("self",)).select_related("episode__team", "alert")
        row = rows.filter(pk=aside_id, patient_id=patient_id).first()
        if row is None:
            raise Refused("set_aside.not_here", _("There is no such value set aside here."), forbidden=True)
        if not ASIDE_MOVES[row.state]:
            raise Refused("set_aside.settled", _("Somebody has looked at this already."))
        yield row


def _settled(row: SetAside, state: str, reason: str, *, by: Actor, now: datetime) -> SetAside:
    row.state, row.settled_reason = state, reason.strip()[:300]
    row.settled_at, row.settled_by_id = now, by.account_id
    row.save(update_fields=["state", "settled_reason", "settled_at", "settled_by", "measurement"])
    still = SetAside.objects.filter(alert=row.alert, state=AsideState.WAITING)
    alert = Alert.objects.get(pk=row.alert_id)
    if not still.exists() and alert.state != AlertState.CLOSED:
        if alert.state == AlertState.RAISED:
            alert = take(alert, by=by)
        close(alert, by=by, note=row.settled_reason)
    return row
