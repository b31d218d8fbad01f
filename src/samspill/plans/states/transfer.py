"""How a typed word was found in a measure, and the sign of text that came from no file."""

from django.db.models import TextChoices

WRITTEN_HERE = "samspill"
"""`PlanDocument.format` of text that came from no file: a measure taken up from others, an award."""
NO_EDITIONS = frozenset({WRITTEN_HERE, "csv", "xlsx"})
"""Formats of documents that are no edition of the plan: what stands in one is missing from no other."""


class Way(TextChoices):
    """How a typed word was found in a measure, the surest first.

    The word itself in any ending or målform; inside a longer word or taken apart; another word for the same;
    spelt almost so; a part of it.
    """

    SAME = "same"
    COMPOUND = "compound"
    SYNONYM = "synonym"
    SPELLING = "spelling"
    PART = "part"
