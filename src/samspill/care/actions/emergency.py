"""Emergency access: opened with a reason, for a short time, told to the patient and reviewed by another.

That it is reviewed, and whom it is told to, the database sees to with the decision itself (migration 0071).
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.care.actions.deciding import Wish, decide, emergency_in_force
from samspill.care.actions.opening import write_log
from samspill.care.carrying import carrying
from samspill.care.models import AccessDecision, EmergencyEnd
from samspill.care.queries.access_facts import asking
from samspill.care.states import Act, Purpose
from samspill.directory.public import Actor
from samspill.refusal import Refused

WHAT = "care.emergency"


def begin_emergency(patient_id: int, *, reason_code: str, reason: str, by: Actor) -> list[AccessDecision]:
    """The decisions by which `by` sees the patient now, in the records of the organisations they work for.

    Refused as `deciding.decide` (`access.reason` without a reason from the list and ten letters), and
    somebody who works in no team (`access.purpose`).
    """
    check_may_use(by=by)
    wish = Wish(purpose=Purpose.BREAK_GLASS, reason_code=reason_code, reason=reason.strip()[:500])
    with transaction.atomic():
        decided = decide(patient_id, by=by, wish=wish)
        with carrying(*(one.pk for one in decided)):
            write_log(decided, what=WHAT, act=Act.READ)
    return decided


def end_emergency(patient_id: int, *, by: Actor) -> None:
    """It is no longer needed: nothing rests on it from now on. Ended twice is ended once."""
    EmergencyEnd.objects.bulk_create(
        EmergencyEnd(community_id=one.community_id, decision=one, by_id=by.account_id or 0)
        for one in emergency_in_force(patient_id, by=by)
    )


def check_may_use(*, by: Actor) -> None:
    """Refuses (`access.purpose`) who does not work in a team: emergency access is for health care workers."""
    if not may_use(by=by):
        raise Refused(
            "access.purpose",
            _("Emergency access is for those who give health care. Call 113 if life is in danger."),
            forbidden=True,
        )


def may_use(*, by: Actor) -> bool:
    return by.is_known and any(one.teams for one in asking(by))
