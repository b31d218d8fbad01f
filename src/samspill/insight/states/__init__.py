"""Code sets of insight."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Direction(TextChoices):
    """Which way is good. Most figures about a population are neither."""

    HIGH = "high", _("high is good")
    LOW = "low", _("low is good")
    NONE = "none", _("neither is good")
