"""What a body may, who has seats in it, and how it decides."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Authority(TextChoices):
    """What a mandate lets a body do with a case."""

    ADVISORY = "advisory", pgettext_lazy("authority", "advises")
    WITHIN_LIMITS = "within_limits", pgettext_lazy("authority", "decides within limits")
    BINDING = "binding", pgettext_lazy("authority", "decides with binding effect")


MAY_DECIDE = frozenset({Authority.WITHIN_LIMITS, Authority.BINDING})


class Parity(TextChoices):
    """How the voting seats of the two sides relate."""

    EQUAL = "equal", pgettext_lazy("parity", "as many from each side")
    PROPORTIONAL = "proportional", pgettext_lazy("parity", "in proportion to the parties")
    FREE = "free", pgettext_lazy("parity", "no rule")


class DecisionMethod(TextChoices):
    """How a body comes to a decision."""

    CONSENSUS = "consensus", pgettext_lazy("decision method", "consensus")
    MAJORITY_PER_BLOC = "majority_per_bloc", pgettext_lazy("decision method", "majority on each side")
    MAJORITY = "majority", pgettext_lazy("decision method", "majority")
    AUTHORISED = "authorised", pgettext_lazy("decision method", "by authority given to the chair")


# What is put to the vote; consensus and authority are not.
VOTED = frozenset({DecisionMethod.MAJORITY_PER_BLOC, DecisionMethod.MAJORITY})


class Represents(TextChoices):
    """Whose voice a seat is. `EACH_…` in a rule makes a seat per municipality or region."""

    PARTY = "party", pgettext_lazy("represents", "one party")
    REGION = "region", pgettext_lazy("represents", "the municipalities of a region")
    BLOC = "bloc", pgettext_lazy("represents", "one side as a whole")
    ORGANISATION = "organisation", pgettext_lazy("represents", "an organisation")
    EACH_MUNICIPALITY = "each_municipality", pgettext_lazy("represents", "each municipality")
    EACH_REGION = "each_region", pgettext_lazy("represents", "each region")


EACH = frozenset({Represents.EACH_MUNICIPALITY, Represents.EACH_REGION})


class Role(TextChoices):
    """What a person is in a seat. The role of the seat's holder; a deputy stands in for the same seat."""

    CHAIR = "chair", pgettext_lazy("role", "chair")
    DEPUTY_CHAIR = "deputy_chair", pgettext_lazy("role", "deputy chair")
    MEMBER = "member", pgettext_lazy("role", "member")
    SUBSTITUTE = "substitute", pgettext_lazy("role", "substitute")
    OBSERVER = "observer", pgettext_lazy("role", "observer")
    SECRETARY = "secretary", pgettext_lazy("role", "secretary")


# Those who hold a seat themselves: at most one at a time. Substitutes come beside them.
HOLDERS = frozenset({Role.CHAIR, Role.DEPUTY_CHAIR, Role.MEMBER, Role.OBSERVER, Role.SECRETARY})


class RoundState(TextChoices):
    """An appointment round asks everybody who appoints to a body for a period, at once."""

    OPEN = "open", pgettext_lazy("appointment round", "Open")
    CLOSED = "closed", pgettext_lazy("appointment round", "Closed")
