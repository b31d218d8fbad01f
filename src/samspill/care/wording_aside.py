"""Why a value is set aside, in words that who sent it understands."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

SAID = {
    "number.not_a_number": _("We could not read the number. Write it with digits, as 72.5."),
    "number.not_finite": _("We could not read the number. Write it with digits, as 72.5."),
    "unit.missing": _("The unit is missing."),
    "unit.unknown": _("The value is in a unit that is not used for this."),
    "unit.unknown_code": _("Nobody here knows what this is a measurement of."),
    "value.impossible": _("The number cannot be right. Measure again, and look at the decimal point."),
    "value.shape": _("A blood pressure has two numbers. Write both, as 120/80."),
    "value.turned": _("The lower blood pressure is above the upper one. They may have changed places."),
    "value.answer": _("This is none of the answers there are."),
    "time.not_a_time": _("We could not read when it was measured."),
    "time.no_zone": _("We could not read when it was measured."),
    "time.future": _("It says that it was measured later than now. Look at the clock."),
    "observation.status": _("It is not told as a finished measurement. Send it when it is final."),
    "observation.no_value": _("There is no value that can be kept. Send the value that was measured."),
    "observation.value_type": _("This is measured as a number with a unit. Send both."),
    "observation.component": _("A part of the measurement is missing. Send every part with its value."),
    "observation.comparator": _("The value is only known to be above or below a number. Look at it."),
    "time.old": _("It says that it was measured more than a month ago. Look at the day."),
}


def said_of(code: str, sentence: str = "") -> str:
    """The reason by its code; the rulebook's own sentence when it has no other words here."""
    said = SAID.get(code)
    return str(said) if said is not None else sentence


def why(reasons: Iterable[Iterable[str]]) -> str:
    """All reasons of something that is set aside, each once."""
    return " ".join(dict.fromkeys(said_of(code, sentence) for code, sentence in reasons))
