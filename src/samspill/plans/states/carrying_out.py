"""How far a party has come in carrying out a measure, and what may follow what."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class ImplementationState(TextChoices):
    """Innføring hos part. What no one has told is not a state: it is shown as unknown (`ShownCarrying`)."""

    NOT_STARTED = "not_started", pgettext_lazy("implementation", "Not started")
    PLANNED = "planned", pgettext_lazy("implementation", "Planned")
    IN_PROGRESS = "in_progress", pgettext_lazy("implementation", "In progress")
    INTRODUCED = "introduced", pgettext_lazy("implementation", "Introduced")
    EVALUATED = "evaluated", pgettext_lazy("implementation", "Evaluated")
    NOT_RELEVANT = "not_relevant", pgettext_lazy("implementation", "Not relevant")


_S = ImplementationState

# A party often tells late, so a step may be left out; what is introduced may fall back to being worked on.
# Only what is introduced can be evaluated.
IMPLEMENTATION_TRANSITIONS: dict[ImplementationState, frozenset[ImplementationState]] = {
    _S.NOT_STARTED: frozenset({_S.PLANNED, _S.IN_PROGRESS, _S.INTRODUCED, _S.NOT_RELEVANT}),
    _S.PLANNED: frozenset({_S.NOT_STARTED, _S.IN_PROGRESS, _S.INTRODUCED, _S.NOT_RELEVANT}),
    _S.IN_PROGRESS: frozenset({_S.PLANNED, _S.INTRODUCED, _S.NOT_RELEVANT}),
    _S.INTRODUCED: frozenset({_S.IN_PROGRESS, _S.EVALUATED}),
    _S.EVALUATED: frozenset({_S.INTRODUCED}),
    _S.NOT_RELEVANT: frozenset({_S.NOT_STARTED, _S.PLANNED, _S.IN_PROGRESS}),
}

# In place: the party does it. Settled: nobody asks the party any more.
IN_PLACE = frozenset({_S.INTRODUCED, _S.EVALUATED})
SETTLED = IN_PLACE | {_S.NOT_RELEVANT}

# How far each is on the way; what is not relevant is on no way.
STEPS: tuple[ImplementationState, ...] = (
    _S.NOT_STARTED,
    _S.PLANNED,
    _S.IN_PROGRESS,
    _S.INTRODUCED,
    _S.EVALUATED,
)


class ShownCarrying(TextChoices):
    """What is shown of a party and a measure, what asks for most first. `glyph` is its shape."""

    LATE = "late", pgettext_lazy("implementation", "Late")
    UNKNOWN = "unknown", pgettext_lazy("implementation", "Has not told")
    NOT_STARTED = "not_started", _S.NOT_STARTED.label
    PLANNED = "planned", _S.PLANNED.label
    IN_PROGRESS = "in_progress", _S.IN_PROGRESS.label
    INTRODUCED = "introduced", _S.INTRODUCED.label
    EVALUATED = "evaluated", _S.EVALUATED.label
    NOT_RELEVANT = "not_relevant", _S.NOT_RELEVANT.label

    @property
    def glyph(self) -> str:
        return _GLYPHS.get(self.value, self.value)


_GLYPHS = {"not_started": "none", "in_progress": "progress", "introduced": "done", "not_relevant": "apart"}


class MilestoneState(TextChoices):
    """What is shown of a milestone; derived from its two days."""

    DONE = "done", pgettext_lazy("milestone", "Reached")
    LATE = "late", pgettext_lazy("milestone", "Late")
    COMING = "coming", pgettext_lazy("milestone", "To come")

    @property
    def glyph(self) -> str:
        return {"coming": "none"}.get(self.value, self.value)
