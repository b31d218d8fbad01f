"""What the page of an indicator says first: the message, and what one must know to read it."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspill.insight.queries.looks import Look
from samspill.insight.queries.measured import Measured
from samspill.insight.states import Direction
from samspill.insight.telling.indicator_ranking import standings
from samspill.insight.telling.indicators import DIFFERS, Standing, Verdict, by_chance, headline, judged
from samspill.insight.wording.measured import figure, places_of, said, text_of, unit_of
from samspill.insight.wording.staff import listed
from samspill.worklist.public import number_in_words

GOOD: Mapping[str, str | Promise] = {
    Direction.HIGH: gettext_lazy("Here a high figure is good."),
    Direction.LOW: gettext_lazy("Here a low figure is good."),
}
UNTESTED = frozenset({"count", "ratio"})
"""Kinds without limits: what is said is the area's own figure."""
MOST_NAMED = 3


def not_comparable(measured: Measured) -> str:
    """Why areas cannot be compared; "" where they can."""
    comparable = measured.definition["comparable"]
    return "" if comparable is True else text_of(comparable)


def heading(look: Look) -> str:
    """Who differs and whether it is chance; the area's own figure where that is not to be told."""
    if not_comparable(look.measured) or look.measured.definition["kind"] in UNTESTED:
        return _own(look)
    return headline(standings(look), level=look.level, whole=look.whole_code)


def _own(look: Look) -> str:
    point, places = look.area.at(look.period), places_of(look.measured)
    if point is None or point.value is None:
        return _("%(area)s has no figure for %(year)s.") % {
            "area": look.label(look.area),
            "year": look.period,
        }
    words = {
        "value": figure(point.value, places),
        "unit": unit_of(look.measured),
        "area": look.label(look.area),
        "year": look.period,
    }
    whole = look.of_whole
    if stands_beside(look) and whole and whole.value is not None:
        words |= {"all": look.label(look.whole) if look.whole else "", "whole": figure(whole.value, places)}
        return _("%(area)s: %(value)s %(unit)s in %(year)s. %(all)s: %(whole)s.") % words
    return _("%(area)s: %(value)s %(unit)s in %(year)s.") % words


def stands_beside(look: Look) -> bool:
    """Whether all together may stand beside the area: no sum of persons, and nothing that is not compared."""
    measured, whole = look.measured, look.whole
    if whole is None or whole.code == look.area.code or not_comparable(measured):
        return False
    return measured.definition["kind"] != "count"


def lede(look: Look) -> list[str]:
    """Sentences under the heading."""
    measured = look.measured
    told = [said(measured, "means")]
    if not_comparable(measured):
        return told
    direction = measured.definition["direction"]
    found = standings(look)
    if direction in GOOD:
        told.append(str(GOOD[direction]))
    told += [_worse(found, direction), _hidden(found)]
    tested = sum(one in DIFFERS or one == Standing.ALIKE for one in found.values())
    return [one for one in (*told, by_chance(tested)) if one]


def _worse(found: Mapping[str, Standing], direction: str) -> str:
    """Who is worse off, when they are few enough to name."""
    names = [name for name, one in found.items() if judged(one, direction) == Verdict.WORSE]
    if not names or len(names) > MOST_NAMED:
        return ""
    return ngettext(
        "%(names)s is worse off than the others together.",
        "%(names)s are worse off than the others together.",
        len(names),
    ) % {"names": listed(names)}


def _hidden(found: Mapping[str, Standing]) -> str:
    hidden = sum(one == Standing.HIDDEN for one in found.values())
    if not hidden:
        return ""
    return ngettext(
        "One figure is hidden since so few persons are behind it; it is not zero.",
        "%(hidden)s figures are hidden since so few persons are behind them; they are not zero.",
        hidden,
    ) % {"hidden": number_in_words(hidden).capitalize()}
