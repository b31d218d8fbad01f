"""Whether an area differs from the country, in words: the sentences all pages of indicators share.

An area's 95 % limits against the country's figure. Outside them it is «probably not chance»: of twenty areas
that are quite alike, one falls outside all the same.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspill.insight.area_names import ALL, COUNTRY
from samspill.insight.queries.measured import Point
from samspill.insight.states import Direction, Level
from samspill.insight.wording.staff import listed
from samspill.worklist.public import number_in_words

MOST_NAMED = 3
"""More areas than this are told as a number."""


class Standing(StrEnum):
    """Where an area stands against all of them together."""

    HIGHER = "higher"
    LOWER = "lower"
    ALIKE = "alike"
    TOO_FEW = "too_few"
    HIDDEN = "hidden"
    UNTESTED = "untested"
    MISSING = "missing"


class Verdict(StrEnum):
    """What that means, where one way is good."""

    BETTER = "better"
    WORSE = "worse"
    NONE = ""


DIFFERS = frozenset({Standing.HIGHER, Standing.LOWER})

IN_WORDS: Mapping[Standing, str | Promise] = {
    Standing.HIGHER: gettext_lazy("higher than %(whole)s, probably not chance"),
    Standing.LOWER: gettext_lazy("lower than %(whole)s, probably not chance"),
    Standing.ALIKE: gettext_lazy("about as %(whole)s; the difference may be chance"),
    Standing.TOO_FEW: gettext_lazy("too few to say anything for sure"),
    Standing.HIDDEN: gettext_lazy("hidden: few persons, or what would give them away. It is not zero"),
    Standing.UNTESTED: gettext_lazy("counted in full, so there is no chance to tell of"),
    Standing.MISSING: gettext_lazy("no figure"),
}
IN_A_WORD: Mapping[Standing, str | Promise] = {
    Standing.HIGHER: gettext_lazy("higher"),
    Standing.LOWER: gettext_lazy("lower"),
    Standing.ALIKE: gettext_lazy("may be chance"),
    Standing.TOO_FEW: gettext_lazy("too few"),
    Standing.HIDDEN: gettext_lazy("hidden"),
    Standing.UNTESTED: "",
    Standing.MISSING: gettext_lazy("no figure"),
}
VERDICTS: Mapping[Verdict, str | Promise] = {
    Verdict.BETTER: gettext_lazy("better"),
    Verdict.WORSE: gettext_lazy("worse"),
    Verdict.NONE: "",
}
WHOLE: Mapping[str, str | Promise] = {
    COUNTRY: gettext_lazy("the country"),
    ALL: gettext_lazy("all in the figures"),
}


def standing(point: Point | None, of_country: Point | None) -> Standing:
    """An area's point against the point of all together, in the same period."""
    if point is None:
        return Standing.MISSING
    if point.is_hidden:
        return Standing.HIDDEN
    if point.value is None:
        return Standing.TOO_FEW if point.note else Standing.MISSING
    if of_country is None or of_country.value is None or point.lower is None or point.upper is None:
        return Standing.UNTESTED
    if point.lower > of_country.value:
        return Standing.HIGHER
    return Standing.LOWER if point.upper < of_country.value else Standing.ALIKE


def judged(found: Standing, direction: str) -> Verdict:
    """Better or worse than the country; nothing where neither way is good, or it may be chance."""
    if found not in DIFFERS or direction == Direction.NONE:
        return Verdict.NONE
    is_high = found == Standing.HIGHER
    return Verdict.BETTER if is_high == (direction == Direction.HIGH) else Verdict.WORSE


def in_words(found: Standing, whole: str = COUNTRY) -> str:
    """«higher than the country, probably not chance»; `whole` is the code of all together: NO or ALL."""
    return str(IN_WORDS[found]) % {"whole": WHOLE[whole]}


def headline(standings: Mapping[str, Standing], *, level: str, whole: str = COUNTRY) -> str:
    """Who differs and whether it is chance, in one or two sentences. `standings` by the areas' names."""
    high = [name for name, found in standings.items() if found == Standing.HIGHER]
    low = [name for name, found in standings.items() if found == Standing.LOWER]
    alike = sum(found == Standing.ALIKE for found in standings.values())
    if not high and not low:
        return _none_differ(alike, WHOLE[whole])
    words = {"high": _who(high, level), "low": _who(low, level), "whole": WHOLE[whole]}
    if high and low:
        first = _("%(high)s higher than %(whole)s and %(low)s lower, probably not by chance.") % words
    elif high:
        first = ngettext(
            "%(high)s is higher than %(whole)s, probably not by chance.",
            "%(high)s are higher than %(whole)s, probably not by chance.",
            len(high),
        )
    else:
        first = ngettext(
            "%(low)s is lower than %(whole)s, probably not by chance.",
            "%(low)s are lower than %(whole)s, probably not by chance.",
            len(low),
        )
    return " ".join(filter(None, [capfirst(first % words), _the_rest(alike)]))


def _none_differ(alike: int, whole: str | Promise) -> str:
    if not alike:
        return _("There is too little to compare.")
    return ngettext(
        "It does not differ clearly from %(whole)s; the difference may be chance.",
        "None of the %(of)s differ clearly from %(whole)s; the differences may be chance.",
        alike,
    ) % {"of": number_in_words(alike), "whole": whole}


def _the_rest(alike: int) -> str:
    if not alike:
        return ""
    return ngettext(
        "The difference of the last one may be chance.",
        "The differences of the other %(number)s may be chance.",
        alike,
    ) % {"number": number_in_words(alike)}


def _who(names: Sequence[str], level: str) -> str:
    if len(names) <= MOST_NAMED:
        return listed(names) if names else ""
    many = number_in_words(len(names))
    if level == Level.COMMUNITY:
        return _("%(number)s helsefellesskap") % {"number": many}
    return _("%(number)s municipalities") % {"number": many}


def by_chance(tested: int) -> str:
    """How many of so many would fall outside were all alike; "" of few."""
    outside = round(tested / 20)
    if outside < 1:
        return ""
    return ngettext(
        "Were all %(tested)s quite alike, about one would be outside all the same.",
        "Were all %(tested)s quite alike, about %(outside)s would be outside all the same.",
        outside,
    ) % {"tested": tested, "outside": number_in_words(outside)}
