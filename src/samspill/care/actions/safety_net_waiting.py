"""Plans that wait for a team: sent and not confirmed (invariant 13), or confirmed and taken back."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samspill.care.actions.opening import opening_list, write_listed
from samspill.care.actions.plan_taken_back import due_of, read_by_nobody
from samspill.care.actions.safety_net import WHAT
from samspill.care.models import CareTeam, PlanRecipient
from samspill.care.queries.access_facts import asking
from samspill.care.queries.safety_net import CONFIRMED_WITHIN, unconfirmed
from samspill.care.safety_net_states import RecipientKind
from samspill.directory.public import Actor, Due, RoleCode


def waiting_for(team: CareTeam, *, by: Actor, now: datetime) -> list[PlanRecipient]:
    """Who has not said that they received what the team sent; that it was looked at is in the log.

    Refused as `opening_list`: to who is not in the team.
    """
    with opening_list(team, by=by) as decision:
        found = unconfirmed(now)
        write_listed(decision, [one.patient_id for one in found], what=WHAT)
    return found


def plan_dues(actor: Actor) -> Iterator[Due]:
    """A task for each that is not confirmed, and for each that was and is taken back; for the whole team.

    It may stand in a mail, and names teams, but no person.
    """
    if actor.account_id is None or not actor.has_role(RoleCode.HEALTH_WORKER):
        return
    now = timezone.now()
    teams = {one.team_id: one.team for who in asking(actor) for one in who.teams}
    for team in teams.values():
        with opening_list(team, by=actor) as decision:
            waits, back = unconfirmed(now), read_by_nobody(team)
            write_listed(decision, [one.patient_id for one in (*waits, *back)], what=WHAT)
        yield from map(_due, waits)
        yield from map(due_of, back)


def _due(one: PlanRecipient) -> Due:
    who = one.team.name if one.team else str(RecipientKind(one.kind).label)
    sent_on = timezone.localtime(one.sent_at).date() if one.sent_at else None
    return Due(
        key=f"care.safety_net:{one.pk}",
        title=_("%(name)s has not confirmed a plan") % {"name": capfirst(who)},
        text=_("«Hva er innafor», sent by %(team)s. Call, and hear whether it has come.")
        % {"team": one.from_team.name},
        url=reverse("care:plan", args=[one.patient_id, one.plan_id]),
        act_label=_("Open the plan"),
        due=sent_on + CONFIRMED_WITHIN if sent_on else None,
    )
