"""What figures say by themselves, and what people say of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SignalRule(TextChoices):
    """Why chance is not enough; the codes of `analysis.effects.Rule`."""

    OUTSIDE = "outside", _("outside its own limits")
    SHIFT = "shift", _("seven in a row on the same side")
    FUNNEL = "funnel", _("newly far from the others")


class SignalKind(TextChoices):
    """Whether it is for the better; the codes of `analysis.rates.PointKind`."""

    CONCERN = "concern", _("worse")
    IMPROVEMENT = "improvement", _("better")
    HIGH = "high", _("higher")
    LOW = "low", _("lower")


class Meaning(TextChoices):
    """What the one who follows the indicator says of it."""

    KNOWN = "known", _("we know the cause")
    LOOKING = "looking", _("we are looking into it")
    FAULT = "fault", _("a fault in the figures")
    UNIMPORTANT = "unimportant", _("of no importance")
