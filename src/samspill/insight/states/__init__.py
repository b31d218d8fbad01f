"""Code sets of insight."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from samspill.insight.states.data_sets import TRANSITIONS as VERSION_TRANSITIONS
from samspill.insight.states.data_sets import Origin, VersionState

__all__ = ["VERSION_TRANSITIONS", "Direction", "Origin", "VersionState"]


class Direction(TextChoices):
    """Which way is good. Most figures about a population are neither."""

    HIGH = "high", _("high is good")
    LOW = "low", _("low is good")
    NONE = "none", _("neither is good")


class Level(TextChoices):
    """How wide an area is."""

    MUNICIPALITY = "municipality", _("municipality")
    COMMUNITY = "community", _("helsefellesskap")
    REGION = "region", _("health region")
    COUNTRY = "country", _("all")


class Period(TextChoices):
    """What a point of a series covers."""

    YEAR = "year", _("year")
    MONTH = "month", _("month")
