"""What is shown of a follow-up and of a party's carrying out on a day, and what may follow what."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from samspill.governance.states.decisions import CarryingState, FollowUpState


class ShownFollowUp(TextChoices):
    """What is shown of a follow-up, what asks for most first. `glyph` is its shape."""

    LATE = "late", pgettext_lazy("follow-up", "Late")
    NEEDS_HELP = "needs_help", FollowUpState.NEEDS_HELP.label
    UNKNOWN = "unknown", pgettext_lazy("follow-up", "Unknown")
    OPEN = "open", FollowUpState.OPEN.label
    STARTED = "started", FollowUpState.STARTED.label
    DELIVERED = "delivered", FollowUpState.DELIVERED.label
    COMPLETED = "completed", FollowUpState.COMPLETED.label
    ENDED = "ended", pgettext_lazy("follow-up", "Replaced or dropped")

    @property
    def glyph(self) -> str:
        return _GLYPHS.get(self.value, self.value)


_GLYPHS = {
    "needs_help": "yellow",
    "open": "none",
    "started": "progress",
    "delivered": "yes",
    "completed": "done",
    "ended": "apart",
}


class When(TextChoices):
    """Where a follow-up stands in the list."""

    OVERDUE = "overdue", pgettext_lazy("group of follow-ups", "Overdue")
    THIS_MONTH = "this_month", pgettext_lazy("group of follow-ups", "Within a month")
    LATER = "later", pgettext_lazy("group of follow-ups", "Later")
    DELIVERED = "delivered", pgettext_lazy("group of follow-ups", "Delivered, to be confirmed")
    COMPLETED = "completed", pgettext_lazy("group of follow-ups", "Completed")


_C = CarryingState
# A party often tells late, so a step may be left out; what is in place may fall back to being worked on.
CARRYING_TRANSITIONS: dict[CarryingState, frozenset[CarryingState]] = {
    _C.NOT_STARTED: frozenset({_C.PLANNED, _C.STARTED, _C.IN_PLACE, _C.NOT_RELEVANT}),
    _C.PLANNED: frozenset({_C.NOT_STARTED, _C.STARTED, _C.IN_PLACE, _C.NOT_RELEVANT}),
    _C.STARTED: frozenset({_C.PLANNED, _C.IN_PLACE, _C.NOT_RELEVANT}),
    _C.IN_PLACE: frozenset({_C.STARTED, _C.EVALUATED}),
    _C.EVALUATED: frozenset({_C.IN_PLACE}),
    _C.NOT_RELEVANT: frozenset({_C.NOT_STARTED, _C.PLANNED, _C.STARTED}),
}
# The party does it.
CARRIED = frozenset({_C.IN_PLACE, _C.EVALUATED})
# Nobody asks the party any more.
ANSWERED_FOR_GOOD = CARRIED | {_C.NOT_RELEVANT}
# The way, for setting many at once; what does not concern a party is on no way.
CARRYING_STEPS: tuple[CarryingState, ...] = (
    _C.NOT_STARTED,
    _C.PLANNED,
    _C.STARTED,
    _C.IN_PLACE,
    _C.EVALUATED,
)


class ShownParty(TextChoices):
    """What is shown of a party and a point, what asks for most first. `glyph` is its shape."""

    LATE = "late", pgettext_lazy("carrying out", "Late")
    UNKNOWN = "unknown", pgettext_lazy("carrying out", "Has not told")
    NOT_STARTED = "not_started", _C.NOT_STARTED.label
    PLANNED = "planned", _C.PLANNED.label
    STARTED = "started", _C.STARTED.label
    IN_PLACE = "in_place", _C.IN_PLACE.label
    EVALUATED = "evaluated", _C.EVALUATED.label
    NOT_RELEVANT = "not_relevant", _C.NOT_RELEVANT.label

    @property
    def glyph(self) -> str:
        return _PARTY_GLYPHS.get(self.value, self.value)


_PARTY_GLYPHS = {"not_started": "none", "started": "progress", "in_place": "done", "not_relevant": "apart"}


class Stuck(TextChoices):
    """Why something stands still."""

    POSTPONED = "postponed", pgettext_lazy("stalled", "Put off three times or more")
    OVERDUE = "overdue", pgettext_lazy("stalled", "More than 60 days past the deadline")
    UNANSWERED = "unanswered", pgettext_lazy("stalled", "No answer from the other body for 60 days")
    NO_MEETING = "no_meeting", pgettext_lazy("stalled", "Has waited for a meeting for 90 days")
