"""What did not come through to another system: what waits for the team that is named for the receiver."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.care.actions.opening import opening_list, write_listed
from samspill.care.actions.outbox import WHAT
from samspill.care.models import CareTeam, Outgoing, Receiver
from samspill.care.outbox_states import OutgoingState
from samspill.care.queries.access_facts import asking
from samspill.directory.public import Actor, Due, RoleCode

WAITING = (OutgoingState.REFUSED, OutgoingState.DEAD)
MOST = 200


def teams_of(actor: Actor) -> list[CareTeam]:
    """Those the actor works in, by name."""
    found = {one.team_id: one.team for who in asking(actor) for one in who.teams}
    return sorted(found.values(), key=lambda one: one.name)


def sending(teams: Iterable[CareTeam]) -> list[CareTeam]:
    """Those that are told of what does not come through: the teams of the receivers. 1 query."""
    asked = list(teams)
    named = set(Receiver.objects.filter(team__in=[one.pk for one in asked]).values_list("team", flat=True))
    return [one for one in asked if one.pk in named]


def outgoing_of(team: CareTeam, *, by: Actor) -> list[Outgoing]:
    """What is not received yet, the oldest first; that it was looked at is in the log.

    Refused as `opening_list`.
    """
    with opening_list(team, by=by) as decision:
        rows = Outgoing.objects.filter(team=team).exclude(state=OutgoingState.RECEIVED)
        found = list(rows.select_related("receiver").order_by("pk")[:MOST])
        write_listed(decision, [one.patient_id for one in found], what=WHAT)
    return found


def dead_letters(actor: Actor) -> Iterator[Due]:
    """A task for each receiver that something is stuck at, for everybody in the team. It names no person."""
    if actor.account_id is None or not actor.has_role(RoleCode.HEALTH_WORKER):
        return
    for team in teams_of(actor):
        with opening_list(team, by=actor):
            rows = Outgoing.objects.filter(team=team, state__in=WAITING).select_related("receiver")
            stuck: dict[str, list[datetime]] = {}
            for one in rows:
                stuck.setdefault(one.receiver.name, []).append(one.made)
        for name, moments in sorted(stuck.items()):
            yield Due(
                key=f"care.outbox:{team.pk}:{name}",
                title=_("%(count)s messages to %(name)s did not come through")
                % {"count": len(moments), "name": name},
                text=_("They were refused, or nobody answered. Find out why, and send them again."),
                url=reverse("care:outbox"),
                act_label=_("Open the outbox"),
                due=timezone.localtime(min(moments)).date(),
            )
