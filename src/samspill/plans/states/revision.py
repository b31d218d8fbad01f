"""What becomes of a measure when the next plan comes, and which kind of plan may stand under which."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from samspill.plans.states.measures import MeasureState
from samspill.plans.states.plans import PlanKind

# Every second year (reference: invariant 26); longer than ten years is a slip of the keyboard.
REVIEW_MONTHS, MOST_REVIEW_MONTHS = 24, 120


class Fate(TextChoices):
    """What became of a measure of the former plan. A measure without a former one is new."""

    CARRIED_FORWARD = "carried_forward", pgettext_lazy("fate", "Carried forward")
    CHANGED = "changed", pgettext_lazy("fate", "Changed")
    COMPLETED = "completed", pgettext_lazy("fate", "Completed")
    ENDED = "ended", pgettext_lazy("fate", "Ended")

    @property
    def glyph(self) -> str:
        """Its shape (the design's state mark)."""
        return {"carried_forward": "progress", "changed": "but", "completed": "done"}.get(self.value, "none")


# Those that go on in the new plan, and so have a measure there.
GOES_ON = frozenset({Fate.CARRIED_FORWARD, Fate.CHANGED})

STATE_OF_FATE: dict[Fate, MeasureState] = {
    Fate.CARRIED_FORWARD: MeasureState.CARRIED_FORWARD,
    Fate.CHANGED: MeasureState.CARRIED_FORWARD,
    Fate.COMPLETED: MeasureState.COMPLETED,
    Fate.ENDED: MeasureState.ENDED,
}

# From the most lasting to the most near: a plan stands under one of a kind before its own, so that no plan
# can come to stand under itself.
STANDS_UNDER: dict[str, frozenset[str]] = {
    PlanKind.PARTNERSHIP_DECLARATION: frozenset(),
    PlanKind.STRATEGY: frozenset({PlanKind.PARTNERSHIP_DECLARATION}),
    PlanKind.ACTION_PLAN: frozenset({PlanKind.PARTNERSHIP_DECLARATION, PlanKind.STRATEGY}),
    PlanKind.ANNUAL_PLAN: frozenset(
        {PlanKind.PARTNERSHIP_DECLARATION, PlanKind.STRATEGY, PlanKind.ACTION_PLAN}
    ),
    PlanKind.OTHER: frozenset({PlanKind.PARTNERSHIP_DECLARATION, PlanKind.STRATEGY, PlanKind.ACTION_PLAN}),
    PlanKind.SUBMISSION: frozenset(),
}
