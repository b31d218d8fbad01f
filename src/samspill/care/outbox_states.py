"""Code sets of what is sent to other systems: where a message stands, and what it is about."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OutgoingState(TextChoices):
    """A message is done when its receipt is in (C3 invariant 29)."""

    QUEUED = "queued", _("waits to be sent")
    SENT = "sent", _("sent, receipt awaited")
    RECEIVED = "received", _("received")
    REFUSED = "refused", _("refused by the receiver")
    DEAD = "dead", _("given up, waits for a person")


OUTGOING_MOVES: Mapping[str, frozenset[str]] = {
    OutgoingState.QUEUED: frozenset({OutgoingState.SENT, OutgoingState.RECEIVED, OutgoingState.DEAD}),
    OutgoingState.SENT: frozenset(
        {OutgoingState.RECEIVED, OutgoingState.REFUSED, OutgoingState.QUEUED, OutgoingState.DEAD}
    ),
    OutgoingState.RECEIVED: frozenset(),
    OutgoingState.REFUSED: frozenset({OutgoingState.QUEUED}),
    OutgoingState.DEAD: frozenset({OutgoingState.QUEUED, OutgoingState.RECEIVED}),
}
"""A refusal and a message given up wait for a person, who sends it again; a late receipt still counts."""


class Sends(TextChoices):
    """What a receiver gets."""

    MEASUREMENTS = "measurements", _("measurements")
    PLANS = "plans", _("plans that are sent")


class IssuerKind(TextChoices):
    """How the issuer of tokens tells of itself: SMART backend services, or HelseID."""

    SMART = "smart", "SMART"
    HELSEID = "helseid", "HelseID"
