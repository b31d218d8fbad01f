"""Who may say how it goes with a follow-up, and how far a party has come."""

from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor
from samspill.governance.models import DecisionPoint, FollowUp
from samspill.governance.permissions import check_may_act, is_secretariat
from samspill.refusal import Refused


def answers_for(actor: Actor, follow_up: FollowUp, bodies: frozenset[int]) -> bool:
    """Whether the actor's own party, or one of the `bodies` the actor speaks for, answers for it."""
    return is_answered_by(actor, follow_up.accountable_party_id, follow_up.accountable_body_id, bodies)


def is_answered_by(actor: Actor, party_id: int | None, body_id: int | None, bodies: frozenset[int]) -> bool:
    """The same of the party, or the body, that answers."""
    return party_id in actor.party_ids if party_id is not None else body_id in bodies


def check_may_report(actor: Actor, follow_up: FollowUp, bodies: frozenset[int]) -> None:
    """The secretariat reports on everything; others on what their own party or body answers for."""
    check_may_act(actor, "follow_ups.report", follow_up)
    if is_secretariat(actor) or answers_for(actor, follow_up, bodies):
        return
    raise Refused(
        "follow_up.not_yours",
        _("Those who answer for it say how it goes. Ask your secretariat if it should be you."),
        forbidden=True,
    )


def check_may_tell(actor: Actor, point: DecisionPoint, party_id: int) -> None:
    """The secretariat speaks for every party; others for their own."""
    check_may_act(actor, "follow_ups.report", point)
    if is_secretariat(actor) or party_id in actor.party_ids:
        return
    raise Refused(
        "carrying.not_yours",
        _("You can speak for your own municipality or hospital only."),
        forbidden=True,
    )


def is_on_behalf(actor: Actor, party_id: int | None) -> bool:
    return party_id is not None and party_id not in actor.party_ids
