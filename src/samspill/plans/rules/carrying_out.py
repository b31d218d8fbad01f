"""Which parties a measure concerns, how far each has come, and what that makes of the whole.

Everything is derived on a given day from plain values. Progress is counted, never typed.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils.translation import gettext_lazy as _

from samspill.plans.rules.dates import months_before
from samspill.plans.rules.status import GOOD_FOR_MONTHS
from samspill.plans.states import (
    CLOSED,
    IMPLEMENTATION_TRANSITIONS,
    IN_PLACE,
    SETTLED,
    STEPS,
    ImplementationState,
    MilestoneState,
    ShownCarrying,
    Side,
)
from samspill.refusal import Refused

LONGEST_NOTE = 300


@dataclass(frozen=True)
class Parties:
    """The parties of a community by number: all of them, and the municipalities among them."""

    every: frozenset[int]
    municipalities: frozenset[int]


def concerned_by_default(answering: Iterable[tuple[int | None, str]], parties: Parties) -> frozenset[int]:
    """Whom a measure concerns when no keeper has said anything.

    `answering` are (party's number or None, side) of those who answer or help. A side stands for all of it;
    a body stands for no party, so such a measure concerns nobody until a keeper says whom.
    """
    found: set[int] = set()
    for party, side in answering:
        if side == Side.ALL:
            found |= parties.every
        elif side == Side.MUNICIPALITIES:
            found |= parties.municipalities
        elif party is not None:
            found.add(party)
    return frozenset(found & parties.every)


def concerned(default: frozenset[int], said: Mapping[int, bool], parties: Parties) -> frozenset[int]:
    """The default, with what a keeper has said of single parties (number -> is concerned)."""
    added = {party for party, is_concerned in said.items() if is_concerned}
    removed = {party for party, is_concerned in said.items() if not is_concerned}
    return frozenset((default | added) - removed) & parties.every


def to_say(default: frozenset[int], wanted: frozenset[int]) -> dict[int, bool]:
    """What must be said of single parties so that `concerned` gives `wanted`, and no more than that."""
    return dict.fromkeys(wanted - default, True) | dict.fromkeys(default - wanted, False)


def shown_carrying(
    state: str | None, *, told_on: date | None, deadline: date | None, measure_state: str, today: date
) -> ShownCarrying:
    """Settled stays settled; past the measure's deadline is late; six months of silence is not known."""
    if state in SETTLED:
        return ShownCarrying(state)
    if deadline and deadline < today and measure_state not in CLOSED:
        return ShownCarrying.LATE
    if state is None or told_on is None or told_on < months_before(today, GOOD_FOR_MONTHS):
        return ShownCarrying.UNKNOWN
    return ShownCarrying(state)


def shown_milestone(due: date, done_on: date | None, today: date) -> MilestoneState:
    if done_on is not None:
        return MilestoneState.DONE
    return MilestoneState.LATE if due < today else MilestoneState.COMING


@dataclass(frozen=True)
class Progress:
    """How many do it already (`in_place`), have begun or more (`begun`), of those it is relevant for."""

    in_place: int = 0
    begun: int = 0
    of: int = 0

    @classmethod
    def count(cls, states: Iterable[str | None]) -> Self:
        """`states` of the parties concerned; None where nobody has told."""
        relevant = [state for state in states if state != ImplementationState.NOT_RELEVANT]
        begun = IN_PLACE | {ImplementationState.IN_PROGRESS}
        return cls(
            sum(state in IN_PLACE for state in relevant),
            sum(state in begun for state in relevant),
            len(relevant),
        )

    def __add__(self, other: "Progress") -> "Progress":
        return Progress(self.in_place + other.in_place, self.begun + other.begun, self.of + other.of)


def next_states(state: str | None) -> list[ImplementationState]:
    """What a party can be set to from `state`, in the order of the way."""
    if state is None:
        return [*STEPS[:-1], ImplementationState.NOT_RELEVANT]
    allowed = IMPLEMENTATION_TRANSITIONS[ImplementationState(state)]
    return [one for one in ImplementationState if one in allowed]


def check_implementation(before: str | None, after: str, *, note: str, day: date, today: date) -> None:
    """Refuses a step that `IMPLEMENTATION_TRANSITIONS` does not have; saying the same again is allowed."""
    if after not in ImplementationState.values:
        raise Refused("implementation.state", _("Choose how far it has come."), field="state")
    state = ImplementationState(after)
    if before != after and state not in next_states(before):
        was = ImplementationState(before).label if before else ShownCarrying.UNKNOWN.label
        raise Refused(
            "implementation.step",
            _("What is «%(before)s» cannot become «%(after)s» at once.")
            % {"before": was, "after": state.label},
            field="state",
        )
    check_note(state, note)
    if day > today and state != ImplementationState.PLANNED:
        raise Refused(
            "implementation.day",
            _("Only what is planned can have a day to come. Choose today or an earlier day."),
            field="day",
        )


def check_note(state: str, note: str) -> None:
    if state == ImplementationState.NOT_RELEVANT and not note.strip():
        raise Refused(
            "implementation.reason",
            _("Say in one sentence why it is not relevant, so that others need not ask."),
            field="note",
        )
    if len(note.strip()) > LONGEST_NOTE:
        raise Refused(
            "implementation.note",
            _("The sentence is longer than %(count)s characters. Say it shorter.") % {"count": LONGEST_NOTE},
            field="note",
        )


def moves_on(before: str | None, after: str) -> bool:
    """Whether setting many at once takes this one along: never back, never out of «not relevant»."""
    if before == after or before == ImplementationState.NOT_RELEVANT:
        return False
    if ImplementationState(after) not in next_states(before):
        return False
    if before is None or after == ImplementationState.NOT_RELEVANT:
        return True
    return STEPS.index(ImplementationState(after)) > STEPS.index(ImplementationState(before))


def check_milestone(title: str, due: date, *, others: Collection[str], period_start: date | None) -> None:
    if not title.strip():
        raise Refused("milestone.title", _("Say what shall be reached."), field="title")
    if title.strip().casefold() in {other.casefold() for other in others}:
        raise Refused("milestone.twice", _("The measure has a milestone called that already."), field="title")
    if period_start and due < period_start:
        raise Refused(
            "milestone.due", _("The day is before the plan begins. Choose a later day."), field="due"
        )


def check_reached(day: date, today: date) -> None:
    if day > today:
        raise Refused(
            "milestone.done", _("A milestone is reached today or earlier, not on a day to come."), field="day"
        )
