"""How far the carrying out of a decision has come, all its points together. Plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from samspill.governance.states import SETTLED, CarriedOut, FollowUpState

_BEGUN = frozenset({FollowUpState.STARTED, FollowUpState.NEEDS_HELP, FollowUpState.DELIVERED})


@dataclass(frozen=True)
class Carrying:
    """`carried` without regard to the day, and the earliest deadline that nobody has met."""

    carried: CarriedOut
    due: date | None = None

    def on(self, day: date) -> CarriedOut:
        return shown(self.carried, self.due, day)


def carrying(follow_ups: Iterable[tuple[str, date]]) -> Carrying:
    """`follow_ups` are (state, due) of the points that have one."""
    found = list(follow_ups)
    if not found:
        return Carrying(CarriedOut.NOTHING)
    waiting = [(state, due) for state, due in found if state not in SETTLED]
    if not waiting:
        return Carrying(CarriedOut.DONE)
    has_begun = len(waiting) < len(found) or any(state in _BEGUN for state, _due in waiting)
    # What is delivered waits for somebody's yes, not for the one who answers for it.
    owed = [due for state, due in waiting if state != FollowUpState.DELIVERED]
    return Carrying(CarriedOut.UNDER_WAY if has_begun else CarriedOut.NOT_BEGUN, min(owed) if owed else None)


def shown(carried: str, due: date | None, day: date) -> CarriedOut:
    """What people are told on `day`: late when a deadline has passed."""
    return CarriedOut.LATE if due is not None and due < day else CarriedOut(carried)
