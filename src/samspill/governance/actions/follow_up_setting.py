"""Who answers for a point and by when, who helps, and the explicit choice that nothing follows from it."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy

from samspill.directory.public import Actor, AuditEvent, Body, Party, record
from samspill.governance.actions.follow_up_cases import follow_case
from samspill.governance.actions.follow_up_told import index, tell_accountable
from samspill.governance.actions.follow_ups import (
    ASSIGN,
    BEGIN,
    HELPERS,
    NONE,
    keep,
    lock_follow_up,
    snapshot,
)
from samspill.governance.models import DecisionPoint, FollowUp, FollowUpHelper
from samspill.governance.permissions import check_may_act
from samspill.governance.rules.follow_ups import check_answerable, check_length, check_words
from samspill.governance.states import SETTLED
from samspill.refusal import Refused


def assign(
    follow_up: FollowUp,
    *,
    by: Actor,
    because: str,
    party: Party | None = None,
    body: Body | None = None,
    due: date | None,
) -> AuditEvent:
    """Another party or body answers for it, or it is due another day. Says why; both stand in the history."""
    check_may_act(by, "follow_ups.manage", follow_up)
    check_answerable(party, body, due)
    check_words(because, gettext_lazy("Say why it is changed. It stands in the history."), field="because")
    check_length(because, field="because")
    _check_here(follow_up, party or body)
    with transaction.atomic():
        locked = lock_follow_up(follow_up)
        if locked.state in SETTLED:
            raise Refused("follow_up.settled", gettext_lazy("This is settled, so nobody answers for it now."))
        before = snapshot(locked)
        assert due is not None  # noqa: S101  check_answerable has refused otherwise
        locked.accountable_party, locked.accountable_body, locked.due = party, body, due
        if snapshot(locked) == before:
            raise Refused(
                "follow_up.same", gettext_lazy("Nothing is changed: it was like that."), field="due"
            )
        event = keep(locked, before, by=by, act=ASSIGN, because=because.strip())
        tell_accountable(locked, event, by=by)
    return event


def _check_here(thing: FollowUp | DecisionPoint, who: Party | Body | None) -> None:
    if who is not None and who.community_id != thing.community_id:
        raise Refused(
            "follow_up.who",
            gettext_lazy("Choose a party or a body of this helsefellesskap."),
            field="answerable",
        )


def begin_following(
    point: DecisionPoint,
    *,
    by: Actor,
    party: Party | None = None,
    body: Body | None = None,
    due: date | None,
    helpers: Iterable[Party | Body] = (),
) -> FollowUp:
    """A point of a decision has exactly one who answers for it, and a day. Refuses a point that has that."""
    check_may_act(by, "follow_ups.manage", point)
    check_answerable(party, body, due)
    _check_here(point, party or body)
    with transaction.atomic():
        locked = DecisionPoint.objects.select_for_update().get(pk=point.pk)
        if FollowUp.objects.filter(point=locked).exists():
            raise Refused("follow_up.twice", gettext_lazy("The point has a follow-up already."))
        if locked.no_follow_up:
            locked.no_follow_up = False
            locked.save(update_fields=["no_follow_up"])
        assert due is not None  # noqa: S101  check_answerable has refused otherwise
        made = FollowUp.objects.create(
            community_id=point.community_id,
            point=locked,
            accountable_party=party,
            accountable_body=body,
            due=due,
        )
        event = record(by=by, act=BEGIN, on=made, before=None, after=snapshot(made))
        set_helpers(made, helpers=helpers, by=by)
        follow_case(locked.decision.case)
        index(made)
        tell_accountable(made, event, by=by)
    return made


def choose_no_follow_up(point: DecisionPoint, *, by: Actor) -> AuditEvent:
    """«Ingen oppfølging»: somebody has looked at the point and chosen that nothing follows from it."""
    check_may_act(by, "follow_ups.manage", point)
    with transaction.atomic():
        locked = DecisionPoint.objects.select_for_update().get(pk=point.pk)
        if FollowUp.objects.filter(point=locked).exists():
            raise Refused(
                "follow_up.twice",
                gettext_lazy("The point has a follow-up. Only a decision can let it drop."),
            )
        locked.no_follow_up = True
        locked.save(update_fields=["no_follow_up"])
        return record(by=by, act=NONE, on=locked)


def set_helpers(follow_up: FollowUp, *, helpers: Iterable[Party | Body], by: Actor) -> None:
    """Exactly these help the one who answers for it; who answers is no helper of itself."""
    check_may_act(by, "follow_ups.manage", follow_up)
    wanted = {(one.pk, 0) if isinstance(one, Party) else (0, one.pk) for one in helpers}
    wanted.discard((follow_up.accountable_party_id or 0, follow_up.accountable_body_id or 0))
    with transaction.atomic():
        present = {
            (one.party_id or 0, one.body_id or 0): one
            for one in FollowUpHelper.objects.filter(follow_up=follow_up)
        }
        for key, row in present.items():
            if key not in wanted:
                row.delete()
        for party, body in sorted(wanted - set(present)):
            FollowUpHelper.objects.create(
                community_id=follow_up.community_id,
                follow_up=follow_up,
                party_id=party or None,
                body_id=body or None,
            )
        if wanted != set(present):
            record(by=by, act=HELPERS, on=follow_up, helpers=sorted(map(list, wanted)))
