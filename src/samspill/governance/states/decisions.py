"""Decisions, votes, minutes, and what becomes of what was decided."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class DecisionState(TextChoices):
    """A decision stands until another changes or replaces it."""

    PROPOSED = "proposed", pgettext_lazy("decision", "Proposed")
    ADOPTED = "adopted", pgettext_lazy("decision", "Stands")
    REVERSED = "reversed", pgettext_lazy("decision", "Reversed")
    REPLACED = "replaced", pgettext_lazy("decision", "Replaced")


DECISION_TRANSITIONS: dict[DecisionState, frozenset[DecisionState]] = {
    DecisionState.PROPOSED: frozenset({DecisionState.ADOPTED}),
    DecisionState.ADOPTED: frozenset({DecisionState.REVERSED, DecisionState.REPLACED}),
    DecisionState.REVERSED: frozenset(),
    DecisionState.REPLACED: frozenset(),
}


class DecisionKind(TextChoices):
    """«Vedtar» or «tilrår»: a body without authority recommends."""

    DECISION = "decision", pgettext_lazy("kind of decision", "Decision")
    RECOMMENDATION = "recommendation", pgettext_lazy("kind of decision", "Recommendation")


class VoteChoice(TextChoices):
    FOR = "for", pgettext_lazy("vote", "For")
    AGAINST = "against", pgettext_lazy("vote", "Against")
    ABSTAINS = "abstains", pgettext_lazy("vote", "Abstains")


class DissentKind(TextChoices):
    """Somebody disagrees, or wants something written down beside the decision."""

    DISSENT = "dissent", pgettext_lazy("dissent", "Dissent")
    NOTE = "note", pgettext_lazy("dissent", "For the minutes")


class FollowUpState(TextChoices):
    """How far the carrying out of a decision has come; late follows from the date and is never stored."""

    OPEN = "open", pgettext_lazy("follow-up", "Not begun")
    STARTED = "started", pgettext_lazy("follow-up", "Begun")
    NEEDS_HELP = "needs_help", pgettext_lazy("follow-up", "Needs help")
    DELIVERED = "delivered", pgettext_lazy("follow-up", "Delivered")
    COMPLETED = "completed", pgettext_lazy("follow-up", "Completed")
    REPLACED = "replaced", pgettext_lazy("follow-up", "Replaced")
    DROPPED = "dropped", pgettext_lazy("follow-up", "Dropped by a decision")


_F = FollowUpState
FOLLOW_UP_TRANSITIONS: dict[FollowUpState, frozenset[FollowUpState]] = {
    _F.OPEN: frozenset({_F.STARTED, _F.NEEDS_HELP, _F.DELIVERED, _F.COMPLETED, _F.REPLACED, _F.DROPPED}),
    _F.STARTED: frozenset({_F.NEEDS_HELP, _F.DELIVERED, _F.COMPLETED, _F.REPLACED, _F.DROPPED}),
    _F.NEEDS_HELP: frozenset({_F.STARTED, _F.DELIVERED, _F.COMPLETED, _F.REPLACED, _F.DROPPED}),
    _F.DELIVERED: frozenset({_F.STARTED, _F.COMPLETED}),
    _F.COMPLETED: frozenset({_F.STARTED}),
    _F.REPLACED: frozenset(),
    _F.DROPPED: frozenset(),
}
# Nobody is asked about these any more.
SETTLED = frozenset({_F.COMPLETED, _F.REPLACED, _F.DROPPED})
# The others, to ask the database for: it has no index of what a state is not.
UNSETTLED = frozenset(_F) - SETTLED


class CarryingState(TextChoices):
    """How far one party has come with a decision that binds it."""

    NOT_STARTED = "not_started", pgettext_lazy("carrying out", "Not started")
    PLANNED = "planned", pgettext_lazy("carrying out", "Planned")
    STARTED = "started", pgettext_lazy("carrying out", "Under way")
    IN_PLACE = "in_place", pgettext_lazy("carrying out", "In place")
    EVALUATED = "evaluated", pgettext_lazy("carrying out", "Evaluated")
    NOT_RELEVANT = "not_relevant", pgettext_lazy("carrying out", "Does not concern us")


class MinutesState(TextChoices):
    """Written in the room, out for remarks, approved by the next meeting and closed for ever."""

    WRITING = "writing", pgettext_lazy("minutes", "Being written")
    OUT = "out", pgettext_lazy("minutes", "Out for remarks")
    APPROVED = "approved", pgettext_lazy("minutes", "Approved")


MINUTES_TRANSITIONS: dict[MinutesState, frozenset[MinutesState]] = {
    MinutesState.WRITING: frozenset({MinutesState.OUT}),
    MinutesState.OUT: frozenset({MinutesState.WRITING, MinutesState.APPROVED}),
    MinutesState.APPROVED: frozenset(),
}


class RemarkState(TextChoices):
    """What was done with a remark to the minutes."""

    RAISED = "raised", pgettext_lazy("remark", "Waiting")
    TAKEN_IN = "taken_in", pgettext_lazy("remark", "Taken in")
    DECLINED = "declined", pgettext_lazy("remark", "Not taken in")
