"""A plan that was confirmed is taken back: those who confirmed are told, each in their own way.

A team gets a task until somebody in it says that it is read; the patient and those near get a message; other
systems the plan anew, as entered in error. The database marks who had confirmed (migration 0093).
"""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from samspill.care.actions.deciding import Wish
from samspill.care.actions.messaging import tell_patient
from samspill.care.actions.opening import Opened, opening
from samspill.care.actions.outbox import queue_end_of_plan
from samspill.care.models import CareTeam, PlanRecipient, SafetyNetPlan
from samspill.care.queries.access_facts import asking
from samspill.care.queries.safety_net import PART, find_plan
from samspill.care.safety_net_states import RecipientKind
from samspill.care.states import Act
from samspill.directory.public import Actor, Due
from samspill.refusal import Refused

WHAT = "care.safety_net"


def tell_taken_back(row: SafetyNetPlan, opened: Opened, *, by: Actor, now: datetime) -> None:
    """In the transaction that takes it back. What tells the teams is there: the mark on their receipts."""
    queue_end_of_plan(row, now=now)
    at_home = (RecipientKind.PATIENT, RecipientKind.RELATED)
    if not row.recipients.filter(received_at__isnull=False, kind__in=at_home).exists():
        return
    episode = opened.known.episode_for([row.team_id], row.tenant_id)
    if episode is not None:
        with override(row.language):
            told = _(
                "The plan of what is usual that you got from us is taken back: %(reason)s. Do not follow it. "
                "Call us if you wonder about anything."
            ) % {"reason": row.end_reason.rstrip(".")}
        tell_patient(episode, told, by=by)


def see_taken_back(plan_id: int, patient_id: int, *, by: Actor, now: datetime) -> None:
    """Somebody in a team that had confirmed says that it is read. Said twice, the first time stands.

    Refused: as `opening`; `safety_net.not_for_you` who is in none of them.
    """
    with transaction.atomic(), opening(patient_id, by=by, what=WHAT, act=Act.WRITE, wish=Wish(part=PART)):
        mine = taken_back_for(find_plan(plan_id, patient_id), by=by)
        if not mine:
            raise Refused(
                "safety_net.not_for_you",
                gettext_lazy("The plan was not sent to you. Who it was sent to says that it is read."),
                forbidden=True,
            )
        for one in mine:
            if one.seen_back_at is None:
                one.seen_back_by_id, one.seen_back_at = by.account_id, now
                one.save()


def taken_back_for(row: SafetyNetPlan, *, by: Actor) -> list[PlanRecipient]:
    """The receipts of teams one is in, of a plan that is taken back; read along by `find_plan`."""
    teams = {one.team_id for who in asking(by) for one in who.teams}
    return [one for one in row.recipients.all() if one.is_taken_back and one.team_id in teams]


def read_by_nobody(team: CareTeam) -> list[PlanRecipient]:
    """What the team had confirmed, is taken back, and nobody there has read. Inside `opening_list`."""
    rows = PlanRecipient.objects.filter(team=team, is_taken_back=True, seen_back_at__isnull=True)
    return list(rows.select_related("from_team").order_by("pk"))


def due_of(one: PlanRecipient) -> Due:
    """It may stand in a mail, and names teams, but no person."""
    return Due(
        key=f"care.plan_taken_back:{one.pk}",
        title=_("A plan that you have confirmed is taken back"),
        text=_("«Hva er innafor», from %(team)s. Read why, and look at the limits.")
        % {"team": one.from_team.name},
        url=reverse("care:plan", args=[one.patient_id, one.plan_id]),
        act_label=_("Read why"),
        due=timezone.localdate(),
    )
