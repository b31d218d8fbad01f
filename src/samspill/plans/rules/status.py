"""What is shown of a measure: derived from its state, its deadline and the newest report, on a given day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from samspill.plans.rules.dates import months_before
from samspill.plans.states import (
    CLOSED,
    DONE,
    MEASURE_TRANSITIONS,
    STATE_AFTER,
    MeasureState,
    ShownStatus,
    StatusWord,
)
from samspill.refusal import Refused

# A report says how it was, not how it is, when it is older than this (reference: invariant 27).
GOOD_FOR_MONTHS = 6


@dataclass(frozen=True)
class Known:
    """What is known of one measure. `since`: the day it came here; `said`, `said_on`: the newest report."""

    state: str
    deadline: date | None
    since: date
    said: str = ""
    said_on: date | None = None


@dataclass(frozen=True)
class Shown:
    """A status and what it rests on: days past the deadline, or "" words for people."""

    status: ShownStatus
    days_late: int = 0
    because: object = ""


def shown_status(known: Known, *, today: date) -> Shown:
    """Done stays done; past its deadline is late, whatever was said; six months of silence is unknown."""
    if known.state in DONE:
        return Shown(ShownStatus.DONE)
    if known.deadline and known.deadline < today and known.state not in CLOSED:
        return Shown(ShownStatus.LATE, (today - known.deadline).days, _("The deadline has passed."))
    newest = known.said_on or known.since
    if newest < months_before(today, GOOD_FOR_MONTHS):
        return Shown(ShownStatus.UNKNOWN, because=_("Nobody has said how it goes in the last six months."))
    return Shown(_AS_SAID.get(known.said, ShownStatus.NOT_STARTED))


_AS_SAID = {
    StatusWord.ON_TRACK.value: ShownStatus.ON_TRACK,
    StatusWord.LATE.value: ShownStatus.LATE,
    StatusWord.NOT_STARTED.value: ShownStatus.NOT_STARTED,
}


def state_after(state: str, word: str) -> MeasureState:
    """The state a measure is in once `word` is said of it. Refuses when the measure's life is over."""
    if word not in STATE_AFTER:
        raise Refused("status.word", _("Say how it goes: on track, late, done or not started."), field="word")
    after = STATE_AFTER[word]
    if after == state or after in MEASURE_TRANSITIONS[MeasureState(state)]:
        return after
    raise Refused(
        "measure.closed",
        _("The measure is «%(state)s», so its status cannot become «%(word)s».")
        % {"state": MeasureState(state).label, "word": StatusWord(word).label},
        field="word",
    )


def check_state_change(before: str, after: str) -> None:
    """Refuses what the table `MEASURE_TRANSITIONS` does not allow."""
    if MeasureState(after) not in MEASURE_TRANSITIONS[MeasureState(before)]:
        raise Refused(
            "measure.state",
            _("A measure that is «%(before)s» cannot become «%(after)s».")
            % {"before": MeasureState(before).label, "after": MeasureState(after).label},
        )


def check_adoptable(names_without_area: Iterable[str]) -> None:
    """Refuses a plan with a measure outside every focus area (reference: invariant 25)."""
    names = list(names_without_area)
    if names:
        raise Refused(
            "plan.no_area",
            _("«%(name)s» stands in no focus area. Every measure needs one before the plan can be adopted.")
            % {"name": names[0]},
        )
