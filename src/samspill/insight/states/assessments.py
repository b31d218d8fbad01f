"""How far a minimetodevurdering has come, and which of its parts may be written in then."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from samspill.analysis.appraisal import Part


class AssessmentState(TextChoices):
    """Written, read by a peer, and decided. A finished one is taken up again when the day for it comes."""

    DRAFT = "draft", pgettext_lazy("assessment", "Being written")
    IN_REVIEW = "in_review", pgettext_lazy("assessment", "With a peer")
    FINISHED = "finished", pgettext_lazy("assessment", "Decided")


TRANSITIONS: dict[AssessmentState, frozenset[AssessmentState]] = {
    AssessmentState.DRAFT: frozenset({AssessmentState.IN_REVIEW}),
    AssessmentState.IN_REVIEW: frozenset({AssessmentState.DRAFT, AssessmentState.FINISHED}),
    AssessmentState.FINISHED: frozenset({AssessmentState.DRAFT}),
}
_OF_OTHERS = frozenset({Part.REVIEW, Part.DECISION})
WRITTEN_IN: dict[AssessmentState, frozenset[Part]] = {
    AssessmentState.DRAFT: frozenset(Part) - _OF_OTHERS,
    AssessmentState.IN_REVIEW: _OF_OTHERS,
    AssessmentState.FINISHED: frozenset(),
}
"""What a peer reads does not change while it is read, and what was decided stands."""
