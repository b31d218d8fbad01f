"""What is written at an item while the meeting is under way."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class TextPart(TextChoices):
    """The parts of what is written at an item; each is saved by itself and never overwritten."""

    MINUTES = "minutes", pgettext_lazy("part of the minutes", "What was said")
    DECISION = "decision", pgettext_lazy("part of the minutes", "Text of the decision")
    CHOICES = "choices", pgettext_lazy("part of the minutes", "Who and when")
