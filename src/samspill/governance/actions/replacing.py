"""A later decision takes the place of an earlier one, or reverses it: what was to be done follows."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, record
from samspill.governance.models import Decision, FollowUp
from samspill.governance.permissions import check_may_act
from samspill.governance.rules.moving import check_move
from samspill.governance.states import (
    DECISION_TRANSITIONS,
    SETTLED,
    DecisionState,
    FollowUpState,
)
from samspill.refusal import Refused


def replace_decision(old: Decision, *, new: Decision, by: Actor) -> Decision:
    """`new` stands in the place of `old`; what `old` left undone is replaced."""
    return _change(old, new, DecisionState.REPLACED, "decision.replace", by)


def reverse_decision(old: Decision, *, new: Decision, by: Actor) -> Decision:
    """`new` says that `old` no longer stands; what `old` left undone is dropped by it."""
    return _change(old, new, DecisionState.REVERSED, "decision.reverse", by)


def _change(old: Decision, new: Decision, after: DecisionState, act: str, by: Actor) -> Decision:
    check_may_act(by, "meetings.write", old)
    check_may_act(by, "meetings.write", new)
    if new.pk == old.pk or (new.decided_on, new.pk) < (old.decided_on, old.pk):
        raise Refused("decision.earlier", _("Choose a decision that was made later."), field="new")
    with transaction.atomic():
        old = Decision.objects.select_for_update().get(pk=old.pk)
        check_move(DECISION_TRANSITIONS, old.state, after, code="decision.state")
        old.state, old.replaced_by = after, new
        old.save(update_fields=["state", "replaced_by"])
        left = FollowUp.objects.filter(point__decision=old).exclude(state__in=sorted(SETTLED))
        for follow_up in left.exclude(state=FollowUpState.DELIVERED):
            if after == DecisionState.REVERSED:
                follow_up.state, follow_up.dropped_by = FollowUpState.DROPPED, new
            else:
                follow_up.state = FollowUpState.REPLACED
            follow_up.save(update_fields=["state", "dropped_by"])
        record(by=by, act=act, on=old, title=str(old), new=new.pk)
    return old
