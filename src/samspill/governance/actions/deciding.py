"""What came of an item: decided or recommended in points, noted, postponed, lifted, given down, sent back.

Here: the decision with its points, votes and dissents. Where the case goes next is `passages.treat`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, Bloc, Body, record
from samspill.governance.actions.decision_rows import (
    NewDissent,
    NewPoint,
    add_dissents,
    add_points,
    add_votes,
    check_points,
)
from samspill.governance.actions.forwarding import PassOn
from samspill.governance.actions.indexing_decisions import index_decision
from samspill.governance.actions.moving_meetings import lock_meeting
from samspill.governance.actions.passage_states import move_case
from samspill.governance.actions.passages import treat
from samspill.governance.actions.standing_items import bring_answer
from samspill.governance.models import AgendaItem, Decision, FollowUp, Treatment
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.bodies import mandate_on, rule_on
from samspill.governance.queries.proposals import authority_words, may_say_on
from samspill.governance.queries.room import by_bloc, voters_of
from samspill.governance.rules.voting import (
    Ballot,
    check_carried,
    check_quorum,
    check_votes,
    is_voted,
    result,
)
from samspill.governance.states import (
    CaseState,
    DecisionKind,
    DecisionMethod,
    DecisionState,
    ItemKind,
    MeetingState,
    Outcome,
)
from samspill.refusal import Refused

__all__ = ["How", "NewDissent", "NewPoint", "assign_down", "decide", "lift", "note", "postpone", "send_back"]


@dataclass(frozen=True)
class How:
    """How the body came to it. `method` "" is the body's rule; `votes` are by seat, where there are any."""

    method: str = ""
    votes: Mapping[int, str] | None = None
    dissents: Sequence[NewDissent] = ()


def decide(
    item: AgendaItem,
    *,
    by: Actor,
    points: Sequence[NewPoint] = (),
    outcome: str = Outcome.DECIDED,
    how: How | None = None,
    plain: str = "",
    effective_from: date | None = None,
) -> Decision | None:
    """The item is decided or recommended (`outcome`), in points. Returns the decision.

    Refuses «decided» where the mandate or the size of the case only lets the body recommend; a point of a
    decision without exactly one who answers and a day, or «no follow-up»; a body that is too few; a proposal
    that fell. Approval of minutes needs no points, and then there is no decision.
    """
    check_may_act(by, "meetings.write", item)
    if outcome not in {Outcome.DECIDED, Outcome.RECOMMENDED}:
        raise Refused("item.outcome", _("Choose what came of the item."), field="outcome")
    with transaction.atomic():
        _ready(item)
        if item.kind == ItemKind.APPROVAL and not points:
            treat(item, outcome, by=by)
            return None
        check_says(item, outcome)
        is_decision = outcome == Outcome.DECIDED
        check_points(points, community_id=item.community_id, must_follow_up=is_decision)
        decision = _write(item, points, how or How(), plain, is_decision=is_decision)
        decision.effective_from = effective_from
        decision.save(update_fields=["effective_from"])
        following = treat(item, outcome, by=by)
        _after(item, decision, following, by)
    return decision


def check_says(item: AgendaItem, outcome: str) -> None:
    """A body decides only what its mandate lets it; otherwise it recommends, or lifts the case."""
    said = may_say_on(item, mandate_on(item.body_id, item.meeting.day))
    if outcome == Outcome.DECIDED and item.treatment is not None and said.outcome == Outcome.RECOMMENDED:
        raise Refused("decision.authority", said.because, field="outcome")


def _ready(item: AgendaItem) -> None:
    """The meeting is under way and nothing has come of the item yet; both stay so until we are done."""
    meeting = lock_meeting(item.meeting)
    item.refresh_from_db(fields=["outcome", "is_removed"])
    if meeting.state != MeetingState.UNDER_WAY:
        raise Refused("meeting.not_under_way", _("The meeting is not under way now."))
    if item.outcome or item.is_removed:
        raise Refused(
            "item.treated",
            _("This item has been treated: %(outcome)s. Take that back first.")
            % {"outcome": item.get_outcome_display()},
        )


def _write(
    item: AgendaItem, points: Sequence[NewPoint], how: How, plain: str, *, is_decision: bool
) -> Decision:
    rule = rule_on(item.body_id, item.meeting.day)
    method = how.method or (rule.decision_method if rule else DecisionMethod.CONSENSUS)
    may_vote = voters_of(item)
    if is_decision:
        check_quorum(
            by_bloc(may_vote),
            rule.quorum_per_bloc if rule else 0,
            {str(bloc): str(word) for bloc, word in Bloc.choices},
        )
    votes = dict(how.votes or {})
    if is_voted(method):
        check_votes(votes, [voter.seat_id for voter in may_vote])
        sides = {voter.seat_id: voter.bloc for voter in may_vote}
        check_carried(result([Ballot(sides[seat], one) for seat, one in votes.items()], method, Bloc.values))
    elif votes:
        raise Refused(
            "vote.not_voted", _("This was not put to the vote. Choose how it was decided."), field="method"
        )
    mandate = None if is_decision else mandate_on(item.body_id, item.meeting.day)
    decision = Decision.objects.create(
        community_id=item.community_id,
        item=item,
        body_id=item.body_id,
        case=item.treatment.case if item.treatment else None,
        kind=DecisionKind.DECISION if is_decision else DecisionKind.RECOMMENDATION,
        state=DecisionState.ADOPTED,
        method=method,
        decided_on=item.meeting.day,
        language=item.meeting.language,
        plain=plain.strip(),
        authority_words=authority_words(mandate),
    )
    add_points(decision, points, is_decision=is_decision)
    add_votes(decision, votes, may_vote)
    add_dissents(decision, how.dissents)
    return decision


def _after(item: AgendaItem, decision: Decision, following: Treatment | None, by: Actor) -> None:
    """The case is followed up when somebody is to do something; who asked hears it; it can be found."""
    if item.treatment is not None and following is None:
        case = item.treatment.case
        case.refresh_from_db(fields=["state"])
        if FollowUp.objects.filter(point__decision=decision).exists():
            move_case(case, CaseState.FOLLOWED_UP)
        bring_answer(item.treatment, by=by)
    record(by=by, act="decision.make", on=decision, title=str(item), kind=decision.kind, item=item.pk)
    index_decision(decision)


def note(item: AgendaItem, *, by: Actor) -> None:
    """For information: heard, and no more."""
    _simple(item, Outcome.NOTED, by)


def postpone(item: AgendaItem, *, by: Actor) -> None:
    """Put off: the case is in the queue of the next meeting by itself."""
    _simple(item, Outcome.POSTPONED, by)


def _simple(item: AgendaItem, outcome: str, by: Actor) -> None:
    check_may_act(by, "meetings.write", item)
    with transaction.atomic():
        _ready(item)
        following = treat(item, outcome, by=by)
        if item.treatment is not None and following is None:
            bring_answer(item.treatment, by=by)


def lift(
    item: AgendaItem,
    *,
    reason: str,
    words: str,
    by: Actor,
    points: Sequence[NewPoint] = (),
    how: How | None = None,
    to_body: Body | None = None,
) -> Treatment:
    """The case goes up with a reason, and what this body recommends goes along. Returns the passage above."""
    check_may_act(by, "meetings.write", item)
    with transaction.atomic():
        _ready(item)
        said = [point for point in points if point.text.strip()]
        recommendation = "\n".join(
            f"{number}. {point.text.strip()}" if len(said) > 1 else point.text.strip()
            for number, point in enumerate(said, 1)
        )
        decision = _write(item, said, how or How(), "", is_decision=False) if said else None
        pass_on = PassOn(reason, words, to_body, recommendation=recommendation)
        following = treat(item, Outcome.ESCALATED, by=by, pass_on=pass_on)
        if decision is not None:
            _after(item, decision, following, by)
    assert following is not None  # noqa: S101  a case that is passed on has a next passage
    return following


def assign_down(
    item: AgendaItem, *, to_body: Body, reason: str, words: str, by: Actor, due: date | None = None
) -> Treatment:
    """Another body works on the case and answers by a day; then it is here again."""
    return _pass(item, Outcome.DELEGATED, PassOn(reason, words, to_body, due=due), by)


def send_back(
    item: AgendaItem, *, reason: str, words: str, by: Actor, to_body: Body | None = None
) -> Treatment:
    """Something is missing: the case is prepared again, here or where it came from."""
    return _pass(item, Outcome.SENT_BACK, PassOn(reason, words, to_body), by)


def _pass(item: AgendaItem, outcome: str, pass_on: PassOn, by: Actor) -> Treatment:
    check_may_act(by, "meetings.write", item)
    with transaction.atomic():
        _ready(item)
        following = treat(item, outcome, by=by, pass_on=pass_on)
    assert following is not None  # noqa: S101  a case that is passed on has a next passage
    return following


def take_in_one_stroke(items: Sequence[AgendaItem], *, by: Actor) -> list[AgendaItem]:
    """The consent agenda: every item that nobody wants to speak to is noted, or its minutes approved."""
    taken = []
    with transaction.atomic():
        for item in items:
            if item.is_consent and not item.outcome:
                if item.kind == ItemKind.APPROVAL:
                    decide(item, by=by)
                else:
                    note(item, by=by)
                taken.append(item)
    return taken
