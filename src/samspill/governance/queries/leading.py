"""Who leads a meeting: the body's chair on that day, and the deputy chair."""

from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Account, Actor, in_force_on
from samspill.governance.models import Meeting, Tenure
from samspill.governance.states import Role
from samspill.refusal import Refused

LEADS = (Role.CHAIR, Role.DEPUTY_CHAIR)


def leaders_of(meeting: Meeting) -> list[Tenure]:
    """Chair first, then deputy chair. 1 query."""
    found = (
        Tenure.objects.filter(in_force_on(meeting.day), seat__body_id=meeting.body_id, role__in=LEADS)
        .select_related("person", "seat")
        .order_by("pk")
    )
    return sorted(found, key=lambda one: LEADS.index(Role(one.role)))


def chair_of(meeting: Meeting) -> Tenure | None:
    """1 query."""
    return next((one for one in leaders_of(meeting) if one.role == Role.CHAIR), None)


def accounts_that_lead(meeting: Meeting) -> list[Account]:
    people = [one.person_id for one in leaders_of(meeting) if one.person_id]
    return list(Account.objects.filter(person__in=people, is_active=True).order_by("pk"))


def leads(actor: Actor, meeting: Meeting) -> bool:
    if actor.account_id is None or actor.community_id != meeting.community_id:
        return False
    return any(one.pk == actor.account_id for one in accounts_that_lead(meeting))


def check_leads(actor: Actor, meeting: Meeting) -> None:
    if not leads(actor, meeting):
        raise Refused(
            "meeting.chair_only",
            _("Only the chair and the deputy chair of the body may say yes to this."),
            forbidden=True,
        )
