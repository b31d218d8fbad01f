"""What is shown of a follow-up and of a party's carrying out on a given day, and what may be said of them.

Everything is derived from plain values. Nobody types a percentage: progress is counted.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.utils.translation import gettext_lazy as _

from samspill.governance.rules.moving import check_move
from samspill.governance.states import FOLLOW_UP_TRANSITIONS, SETTLED, CarryingState, FollowUpState
from samspill.governance.states.follow_ups import (
    ANSWERED_FOR_GOOD,
    CARRIED,
    CARRYING_STEPS,
    CARRYING_TRANSITIONS,
    ShownFollowUp,
    ShownParty,
    When,
)
from samspill.refusal import Refused

LONGEST = 500
"""Characters of a sentence."""
GOOD_FOR_MONTHS = 6
"""What was said longer ago than this says how it was, not how it is."""
SOON = timedelta(days=30)
# Only a decision ends a follow-up before it is carried out.
BY_DECISION = frozenset({FollowUpState.REPLACED, FollowUpState.DROPPED})
# Past its deadline this is late; what is delivered waits for the secretariat, not for those who answer.
GOES_ON = frozenset({FollowUpState.OPEN, FollowUpState.STARTED, FollowUpState.NEEDS_HELP})


def months_before(day: date, months: int) -> date:
    """The same day `months` earlier, or the last day of that month when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shown_follow_up(state: str, *, due: date, newest: date, today: date) -> ShownFollowUp:
    """`newest`: the day of the last report, or of the decision. Past its day is late, whatever was said."""
    if state in BY_DECISION:
        return ShownFollowUp.ENDED
    if state in {FollowUpState.COMPLETED, FollowUpState.DELIVERED}:
        return ShownFollowUp(state)
    if due < today:
        return ShownFollowUp.LATE
    if state == FollowUpState.NEEDS_HELP:
        return ShownFollowUp.NEEDS_HELP
    if newest < months_before(today, GOOD_FOR_MONTHS):
        return ShownFollowUp.UNKNOWN
    return ShownFollowUp(state)


def when(state: str, *, due: date, today: date) -> When:
    if state in SETTLED:
        return When.COMPLETED
    if state == FollowUpState.DELIVERED:
        return When.DELIVERED
    if due < today:
        return When.OVERDUE
    return When.THIS_MONTH if due <= today + SOON else When.LATER


def check_report(before: str, after: str, sentence: str, *, has_decision: bool = False) -> None:
    """Refuses a step the table does not have, an end without a decision, and help without a word about it."""
    if after not in FollowUpState.values:
        raise Refused("follow_up.state", _("Choose how it goes."), field="state")
    if before != after:
        check_move(FOLLOW_UP_TRANSITIONS, before, after, code="follow_up.state")
    elif after in SETTLED:
        raise Refused("follow_up.settled", _("This is settled already, so there is no more to say about it."))
    if after in BY_DECISION and not has_decision:
        raise Refused(
            "follow_up.decision",
            _("Only a decision can end a follow-up before it is carried out. Choose which decision."),
            field="decision",
        )
    if after == FollowUpState.NEEDS_HELP:
        check_words(sentence, _("Say what you need help with, so that those who can help need not ask."))
    check_length(sentence)


def check_words(sentence: str, refusal: object, *, field: str = "sentence") -> None:
    if not sentence.strip():
        raise Refused("follow_up.words", refusal, field=field)


def check_length(sentence: str, *, field: str = "sentence") -> None:
    if len(sentence.strip()) > LONGEST:
        raise Refused(
            "follow_up.too_long",
            _("The sentence is longer than %(count)s characters. Say it shorter.") % {"count": LONGEST},
            field=field,
        )


def check_answerable(party: object | None, body: object | None, due: date | None) -> None:
    """Exactly one party or body answers for a follow-up, by a day."""
    if (party is None) == (body is None):
        raise Refused(
            "follow_up.answerable",
            _("Exactly one party or body answers for it. Others can help."),
            field="answerable",
        )
    if due is None:
        raise Refused(
            "follow_up.due",
            _("Set the day it shall be done, or choose that the point needs no follow-up."),
            field="due",
        )


def answers_good_from(today: date) -> date:
    """The first day that what was told still says how it goes."""
    return months_before(today, GOOD_FOR_MONTHS)


def shown_party(state: str, *, told_on: date | None, due: date | None, today: date) -> ShownParty:
    """Settled stays settled; past the day of the point is late; silence for six months is not known."""
    if state in ANSWERED_FOR_GOOD:
        return ShownParty(state)
    if due and due < today:
        return ShownParty.LATE
    if told_on is None or told_on < answers_good_from(today):
        return ShownParty.UNKNOWN
    return ShownParty(state)


def next_states(state: str, *, is_told: bool) -> list[CarryingState]:
    """What a party can be set to, in the order of the way; evaluated only once it is in place."""
    if not is_told:
        return [*CARRYING_STEPS[:-1], CarryingState.NOT_RELEVANT]
    allowed = CARRYING_TRANSITIONS[CarryingState(state)]
    return [one for one in CarryingState if one in allowed]


def check_carrying(before: str, after: str, note: str, *, is_told: bool) -> None:
    """Refuses a step that is not allowed, and «does not concern us» without a reason. Same again may be."""
    if after not in CarryingState.values:
        raise Refused("carrying.state", _("Choose how far you have come."), field="state")
    if (before != after or not is_told) and CarryingState(after) not in next_states(before, is_told=is_told):
        raise Refused(
            "carrying.step",
            _("What is «%(before)s» cannot become «%(after)s» at once.")
            % {"before": CarryingState(before).label, "after": CarryingState(after).label},
            field="state",
        )
    check_note(after, note)


def check_note(state: str, note: str) -> None:
    if state == CarryingState.NOT_RELEVANT and not note.strip():
        raise Refused(
            "carrying.reason",
            _("Say in one sentence why it does not concern you, so that others need not ask."),
            field="note",
        )
    check_length(note, field="note")


def moves_on(before: str, after: str, *, is_told: bool) -> bool:
    """Whether setting many at once takes this one along: never back, never out of «does not concern us»."""
    if (before == after and is_told) or before == CarryingState.NOT_RELEVANT:
        return False
    if CarryingState(after) not in next_states(before, is_told=is_told):
        return False
    if not is_told or after == CarryingState.NOT_RELEVANT:
        return True
    return CARRYING_STEPS.index(CarryingState(after)) > CARRYING_STEPS.index(CarryingState(before))


@dataclass(frozen=True)
class Progress:
    """How many do it (`in_place`) of those it concerns."""

    in_place: int = 0
    of: int = 0

    @classmethod
    def count(cls, states: Iterable[str]) -> Self:
        relevant = [state for state in states if state != CarryingState.NOT_RELEVANT]
        return cls(sum(state in CARRIED for state in relevant), len(relevant))


def check_may_close(*, is_sent: bool, points: Iterable[tuple[bool, str | None]]) -> None:
    """Decided is not told. `points`: (no follow-up chosen, state of its follow-up or None) of the decisions.

    A case is closed when its decisions are sent and every point is begun, or needs no follow-up.
    """
    if not is_sent:
        raise Refused(
            "case.not_sent",
            _("The decision has not been sent yet. The case can be closed when the minutes are out."),
        )
    waiting = sum(not none and state in {None, FollowUpState.OPEN} for none, state in points)
    if waiting:
        raise Refused(
            "case.not_begun",
            _(
                "%(count)s of the points have no follow-up that is begun. Begin them, "
                "or choose that they need none."
            )
            % {"count": waiting},
        )


def is_all_settled(points: Iterable[tuple[bool, str | None]]) -> bool:
    return all(none or state in SETTLED for none, state in points)
