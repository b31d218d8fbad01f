"""Hospital stays as the national indicators of readmission see them: a patient who is moved has one stay.

Stays with less than eight hours from one to the next are the same stay, at whichever hospitals: transfers,
and people who were called back. It begins with the first of them and ends when the last one ends; what comes
after is counted from there. Folkehelseinstituttet joins stays so in its indicators of readmission.
"""

import ibis
import ibis.expr.types as ir

from samspill.analysis.indicators.definitions import Part

WHOLE = "int64"
HOUR, DAY = 3600, 86_400  # seconds
SOONEST, LATEST = (
    8 * HOUR,
    30 * DAY,
)  # after discharge, for a stay to be a readmission; sooner is the same stay
ORDER = ("admitted_at", "contact")


def discharges(contacts: ir.Table, part: Part) -> ir.Table:
    """Joined stays that ended with a living patient, with 1 where the person came back acutely.

    The next stay is sought among all acute ones of the same service, whatever year they fall in. What else is
    known of a stay is that of its first.
    """
    stays = _joined(_stays(contacts, part.where.get("service")))
    acute_at = ibis.ifelse(stays.urgency == "acute", stays.came_at, ibis.null(WHOLE))
    stays = stays.mutate(acute_at=acute_at)
    later = ibis.window(group_by="person", order_by=ORDER, rows=(1, None))
    waited = stays.acute_at.min().over(later) - stays.left_at
    back = (waited >= SOONEST) & (waited <= LATEST)
    stays = stays.mutate(readmitted=ibis.ifelse(back, 1, 0).cast(WHOLE))
    return stays.filter(stays.died == 0)


def _stays(contacts: ir.Table, service: object) -> ir.Table:
    stays = contacts.filter(contacts.kind == "stay")
    if isinstance(service, str):
        stays = stays.filter(stays.service == service)
    return stays.mutate(
        came_at=stays.admitted_at.epoch_seconds(), left_at=stays.discharged_at.epoch_seconds()
    )


def _joined(stays: ir.Table) -> ir.Table:
    """A row for the first of each joined stay; `left_at` and `died` are those of all of them.

    Before the first of the next one, the person had left at the latest when this one ended; and deaths are
    counted up to there. The person's last has all there are.
    """
    person = ibis.window(group_by="person")
    before = ibis.window(group_by="person", order_by=ORDER, preceding=(None, 1))
    stays = stays.mutate(
        left_before=stays.left_at.max().over(before),
        deaths_before=stays.died.sum().over(before),
        last_left=stays.left_at.max().over(person),
        deaths=stays.died.sum().over(person),
    )
    firsts = stays.filter(stays.left_before.isnull() | (stays.came_at - stays.left_before >= SOONEST))
    following = ibis.window(group_by="person", order_by=ORDER)
    left_at = ibis.coalesce(firsts.left_before.lead().over(following), firsts.last_left)
    deaths = ibis.coalesce(firsts.deaths_before.lead().over(following), firsts.deaths)
    return firsts.mutate(left_at=left_at, died=deaths - ibis.coalesce(firsts.deaths_before, 0))
