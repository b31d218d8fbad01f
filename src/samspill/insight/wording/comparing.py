"""What a profile of indicators says: in its heading, in its rows, and how figures are written."""

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from samspill.insight.queries.measured import Measured, Point
from samspill.insight.telling.indicators import DIFFERS, IN_WORDS, WHOLE, Standing, Verdict
from samspill.insight.wording import decimal

LIKE = "like"
WHOM = {**WHOLE, LIKE: gettext_lazy("those like it")}
"""What an area is compared with, as it stands in a sentence: the country, all in the figures, its likes."""
_MISSING = {
    "few_events": gettext_lazy("no figure: there are fewer than ten events"),
    "no_population": gettext_lazy("no figure: there is nobody it could have happened to"),
    "nothing_expected": gettext_lazy("no figure: nothing is expected, so there is nothing to compare with"),
    "small_population": gettext_lazy("no figure: too few inhabitants"),
}
_NUMBERS = (
    pgettext_lazy("neuter number", "zero"),
    pgettext_lazy("neuter number", "one"),
    pgettext_lazy("neuter number", "two"),
    pgettext_lazy("neuter number", "three"),
    pgettext_lazy("neuter number", "four"),
    pgettext_lazy("neuter number", "five"),
    pgettext_lazy("neuter number", "six"),
    pgettext_lazy("neuter number", "seven"),
    pgettext_lazy("neuter number", "eight"),
    pgettext_lazy("neuter number", "nine"),
    pgettext_lazy("neuter number", "ten"),
    pgettext_lazy("neuter number", "eleven"),
    pgettext_lazy("neuter number", "twelve"),
)


def said_of(found: Standing, whom: str, point: Point | None) -> str:
    """What stands in a row: «higher than the country, probably not chance», or why there is no figure."""
    if found in (Standing.TOO_FEW, Standing.MISSING) and point is not None and point.note in _MISSING:
        return str(_MISSING[point.note])
    return str(IN_WORDS[found]) % {"whole": WHOM[whom]}


def why_not_comparable(measured: Measured) -> str:
    """What its definition says, or that it is a count."""
    said = measured.definition["comparable"]
    if said is True:
        return _("a number, not a rate: it follows how many live there, so areas are not compared")
    told: str = said.get(get_language() or "nb") or said["nb"]
    return _("cannot be compared: %(why)s") % {"why": told}


def heading_of(found: Sequence[tuple[Standing, Verdict]], whom: str) -> str:
    """«Five figures differ from the country; one is worse.» Of figures that can be compared."""
    differing = [verdict for standing, verdict in found if standing in DIFFERS]
    to = {"whom": WHOM[whom]}
    if not differing:
        return _("No figure differs from %(whom)s more than chance may make it.") % to
    first = ngettext(
        "%(count)s figure differs from %(whom)s", "%(count)s figures differ from %(whom)s", len(differing)
    ) % {"count": in_neuter(len(differing)), **to}
    worse = differing.count(Verdict.WORSE)
    if worse:
        second = ngettext("%(count)s is worse", "%(count)s are worse", worse) % {"count": in_neuter(worse)}
    else:
        second = _("none is worse")
    return f"{capfirst(first)}; {second}."


def in_neuter(count: int) -> str:
    """«three» up to twelve, figures above: ett tall."""
    return str(_NUMBERS[count] if count < len(_NUMBERS) else count)


def written(value: float | None) -> str:
    """A figure of an indicator, no finer than one reads it; a dash where there is none."""
    return "–" if value is None else decimal(value, decimals_of(value))


def decimals_of(value: float) -> int:
    return 0 if abs(value) >= 100 or not value else 1 if abs(value) >= 1 else 2
