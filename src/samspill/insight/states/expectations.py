"""What is expected of a measure: how its goal is told, and with whom it is compared."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class GoalIs(TextChoices):
    """What the goal's number is."""

    VALUE = "value", _("end at this figure")
    DOWN = "down", _("go down by so many per cent")
    UP = "up", _("go up by so many per cent")


class ComparedAs(TextChoices):
    """How the areas to compare with were found."""

    OTHERS = "others", _("the other helsefellesskap")
    SAME_SIZE = "same_size", _("those elsewhere of about the same size")
    OWN = "own", _("the other municipalities in our helsefellesskap")
    CHOSEN = "chosen", _("those written below")
    NOBODY = "nobody", _("nobody")
