"""Take back what one has just entered: a slip of the hand is mended by the same hand, within some minutes."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from samspill.care.actions.alerting import tell_withdrawn
from samspill.care.actions.entering import WHAT, WISHES
from samspill.care.actions.measuring import invalidate
from samspill.care.actions.opening import opening
from samspill.care.models import Entry, Measurement
from samspill.care.states import Act
from samspill.directory.public import Actor
from samspill.refusal import Refused

UNDONE_WITHIN = timedelta(minutes=15)


def undo(patient_id: int, entries: Collection[int], *, by: Actor, now: datetime) -> list[Measurement]:
    """What came of these entries does not count any more; it is kept, and the alerts it raised stay.

    What others have sent as well still counts. Refused: as `opening`; `entering.not_yours` an entry of
    somebody else; `entering.too_late` one of more than a quarter of an hour ago.
    """
    wish = WISHES[_way(patient_id, entries, by=by)][0]
    with transaction.atomic(), opening(patient_id, by=by, what=WHAT, act=Act.WRITE, wish=wish):
        rows = _mine(patient_id, entries, by)
        if any(now - row.at > UNDONE_WITHIN for row in rows):
            raise Refused(
                "entering.too_late",
                _("It is more than a quarter of an hour since. Tell the service, and they will mend it."),
            )
        new = {one for row in rows for one in set(row.measurements) - set(row.renewed)}
        found = Measurement.objects.filter(pk__in=new, invalidations__isnull=True)
        taken_back = list(found.select_related("indicator").order_by("pk"))
        for one in taken_back:
            said = _("Taken back by who entered it")
            invalidate(one, reason=said, by=by)
            tell_withdrawn(one, by=by, note=said)
    return taken_back


def _way(patient_id: int, entries: Collection[int], *, by: Actor) -> str:
    """How they were entered, which is how they are taken back."""
    with transaction.atomic(), opening(patient_id, by=by, what=WHAT):
        return _mine(patient_id, entries, by)[0].entered


def _mine(patient_id: int, entries: Collection[int], by: Actor) -> list[Entry]:
    rows = list(Entry.objects.filter(patient=patient_id, pk__in=entries, by=by.account_id))
    if not rows or len(rows) < len(set(entries)):
        raise Refused(
            "entering.not_yours",
            _("Only who entered a value takes it back here. Tell the service, and they will mend it."),
            forbidden=True,
        )
    return rows
