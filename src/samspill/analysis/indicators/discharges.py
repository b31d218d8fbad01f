"""Hospital stays as the national indicators of readmission see them: a patient who is moved has one stay.

Stays with less than eight hours from one to the next are the same stay, at whichever hospitals: transfers,
and people who were called back. It begins with the first of them and ends when the last one ends; what comes
after is counted from there. Folkehelseinstituttet joins stays so in its indicators of readmission.
"""

from typing import Any

import ibis
import ibis.expr.types as ir

from samspill.analysis.indicators.definitions import Part

WHOLE = "int64"
HOUR, DAY = 3600, 86_400  # seconds
SOONEST, LATEST = (
    8 * HOUR,
    30 * DAY,
)  # after discharge, for a stay to be a readmission; sooner is the same stay


def discharges(contacts: ir.Table, part: Part) -> ir.Table:
    """Joined stays that ended with a living patient, with 1 where the person came back acutely.

    The next stay is sought among all acute ones of the same service, whatever year they fall in. What else is
    known of a stay is that of its first.
    """
    firsts = _firsts(_stays(contacts, part.where.get("service")))
    acute_at = ibis.ifelse(firsts.urgency == "acute", firsts.came_at, ibis.null(WHOLE))
    nearest, later = _of_person(following=(1, 1)), _of_person(following=(1, None))
    joined = firsts.mutate(
        next_left_before=firsts.left_before.max().over(nearest),
        next_deaths_before=firsts.deaths_before.max().over(nearest),
        back_at=acute_at.min().over(later),
    )
    left_at = ibis.coalesce(joined.next_left_before, joined.last_left)
    deaths = ibis.coalesce(joined.next_deaths_before, joined.deaths) - ibis.coalesce(joined.deaths_before, 0)
    waited = joined.back_at - left_at
    back = (waited >= SOONEST) & (waited <= LATEST)
    return joined.mutate(readmitted=ibis.ifelse(back, 1, 0).cast(WHOLE)).filter(deaths == 0)


def _of_person(**rows: tuple[int | None, int | None]) -> Any:
    """Rows of the same person in the order of time, all sorted alike, so that engines sort once."""
    return ibis.window(group_by="person", order_by=("admitted_at", "contact"), **rows)


def _stays(contacts: ir.Table, service: object) -> ir.Table:
    stays = contacts.filter(contacts.kind == "stay")
    if isinstance(service, str):
        stays = stays.filter(stays.service == service)
    return stays.mutate(
        came_at=stays.admitted_at.epoch_seconds(), left_at=stays.discharged_at.epoch_seconds()
    )


def _firsts(stays: ir.Table) -> ir.Table:
    """A row for the first of each joined stay.

    Before the first of the next one, the person had left at the latest when this one ended; and deaths are
    counted up to there. The person's last ends where all do.
    """
    before, all_of_them = _of_person(preceding=(None, 1)), _of_person(rows=(None, None))
    stays = stays.mutate(
        left_before=stays.left_at.max().over(before),
        deaths_before=stays.died.sum().over(before),
        last_left=stays.left_at.max().over(all_of_them),
        deaths=stays.died.sum().over(all_of_them),
    )
    return stays.filter(stays.left_before.isnull() | (stays.came_at - stays.left_before >= SOONEST))
