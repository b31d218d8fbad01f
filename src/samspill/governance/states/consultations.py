"""Hearings and joint answers."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class ConsultationState(TextChoices):
    """From the letter with the questions to the answer everybody can read."""

    RECEIVED = "received", pgettext_lazy("consultation", "Received")
    DIVIDED = "divided", pgettext_lazy("consultation", "Divided")
    CONTRIBUTIONS = "contributions", pgettext_lazy("consultation", "Contributions are coming in")
    COMPILED = "compiled", pgettext_lazy("consultation", "Joint text written")
    FOR_APPROVAL = "for_approval", pgettext_lazy("consultation", "Waiting for approval")
    APPROVED = "approved", pgettext_lazy("consultation", "Approved")
    DELIVERED = "delivered", pgettext_lazy("consultation", "Delivered")
    PUBLISHED = "published", pgettext_lazy("consultation", "Published")


_C = ConsultationState
CONSULTATION_TRANSITIONS: dict[ConsultationState, frozenset[ConsultationState]] = {
    _C.RECEIVED: frozenset({_C.DIVIDED}),
    _C.DIVIDED: frozenset({_C.RECEIVED, _C.CONTRIBUTIONS}),
    _C.CONTRIBUTIONS: frozenset({_C.DIVIDED, _C.COMPILED}),
    _C.COMPILED: frozenset({_C.CONTRIBUTIONS, _C.FOR_APPROVAL}),
    _C.FOR_APPROVAL: frozenset({_C.COMPILED, _C.APPROVED}),
    _C.APPROVED: frozenset({_C.FOR_APPROVAL, _C.DELIVERED}),
    _C.DELIVERED: frozenset({_C.APPROVED, _C.PUBLISHED}),
    _C.PUBLISHED: frozenset({_C.DELIVERED}),
}
"""Each act has its way back; only the body's decision is taken back where it was made, in the meeting."""

QUESTIONS_CHANGE = frozenset({_C.RECEIVED, _C.DIVIDED})
"""Before anybody is asked the questions may be changed."""
ANSWERED_IN = frozenset({_C.CONTRIBUTIONS})
"""Contributions come in."""
WRITTEN_IN = frozenset({_C.CONTRIBUTIONS, _C.COMPILED})
"""The joint text is written."""
HANDED_IN = frozenset({_C.DELIVERED, _C.PUBLISHED})
"""The answer has been delivered; its document is kept."""
