"""Words for what became of a measure: the verdict as a heading, and why it is so, in plain sentences."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from samspill.analysis.effects import OwnWay, Ratio, Verdict, Way
from samspill.directory.public import alphabetical
from samspill.insight.area_names import name_of
from samspill.insight.models import Expectation
from samspill.insight.states.expectations import ComparedAs, GoalIs
from samspill.insight.wording import decimal

UP, DOWN = 1, -1
_HEADINGS: Mapping[tuple[Verdict, int], Promise] = {
    (Verdict.MOVED_AS_EXPECTED, DOWN): gettext_lazy("Down, about as expected"),
    (Verdict.MOVED_AS_EXPECTED, UP): gettext_lazy("Up, about as expected"),
    (Verdict.MOVED_LESS, DOWN): gettext_lazy("Down, but less than expected"),
    (Verdict.MOVED_LESS, UP): gettext_lazy("Up, but less than expected"),
    (Verdict.MOVED_WRONG_WAY, DOWN): gettext_lazy("Down, and it should have gone up"),
    (Verdict.MOVED_WRONG_WAY, UP): gettext_lazy("Up, and it should have gone down"),
    (Verdict.MOVED_ALSO_ELSEWHERE, DOWN): gettext_lazy("Down, but as much among the others"),
    (Verdict.MOVED_ALSO_ELSEWHERE, UP): gettext_lazy("Up, but as much among the others"),
}
_PLAIN: Mapping[Verdict, Promise] = {
    Verdict.TOO_EARLY: gettext_lazy("Too early to say"),
    Verdict.TOO_FEW_PERIODS: gettext_lazy("The figures cannot tell: too few years"),
    Verdict.TOO_SMALL_TO_TELL: gettext_lazy("The figures cannot tell so small a change"),
    Verdict.NO_SIGN: gettext_lazy("No sign of what was expected"),
    Verdict.PRE_TREND: gettext_lazy("The figures cannot tell: the others went another way already before"),
}
NO_FIGURES = gettext_lazy("There are no figures yet")
_WAYS: Mapping[Way | OwnWay, Promise] = {
    Way.CLUSTERS: gettext_lazy(
        "Change among those it reaches against change among the others. How much areas vary by themselves "
        "is allowed for by leaving out each of them in turn."
    ),
    Way.AREAS: gettext_lazy(
        "Change among those it reaches against change among the others. How much areas vary by themselves, "
        "beyond chance, is taken from the areas."
    ),
    OwnWay.LEVEL: gettext_lazy(
        "The level after the start against where its own trend was going. The interval is of 99 per cent, "
        "since there are few years."
    ),
    OwnWay.LEVEL_AND_SLOPE: gettext_lazy(
        "Level and slope after the start against where its own trend was going, allowing for what the series "
        "remembers from one period to the next."
    ),
}
_COMPARED: Mapping[str, Promise] = {
    ComparedAs.OTHERS: pgettext_lazy("compared", "the other helsefellesskap"),
    ComparedAs.SAME_SIZE: pgettext_lazy("compared", "those elsewhere of about the same size"),
    ComparedAs.OWN: pgettext_lazy("compared", "the other municipalities in the helsefellesskap"),
    ComparedAs.CHOSEN: pgettext_lazy("compared", "those that were chosen"),
    ComparedAs.NOBODY: pgettext_lazy("compared", "nobody"),
}


def heading_of(verdict: Verdict, way: int) -> str:
    """The verdict in a line; `way` is −1 when it went down."""
    return str(_HEADINGS.get((verdict, way)) or _PLAIN[verdict])


def way_in_words(way: Way | OwnWay) -> str:
    return str(_WAYS[way])


def goal_in_words(one: Expectation, baseline: float | None = None) -> str:
    """«fra 17,2 til 15 av hundre opphold innen 2028», as far as it is known."""
    unit, year = one.indicator.unit(), str(one.by_year)
    values = {"unit": unit, "year": year, "size": number(one.goal)}
    if one.goal_is == GoalIs.VALUE:
        if baseline is None:
            return _("to %(size)s %(unit)s by the end of %(year)s") % values
        values["from"] = number(baseline)
        return _("from %(from)s to %(size)s %(unit)s by the end of %(year)s") % values
    if one.goal_is == GoalIs.DOWN:
        return _("down by %(size)s per cent by the end of %(year)s") % values
    return _("up by %(size)s per cent by the end of %(year)s") % values


def compared_in_words(one: Expectation) -> str:
    if one.compared_as == ComparedAs.CHOSEN:
        return names_in_words(one.compared)
    return str(_COMPARED[one.compared_as])


def names_in_words(codes: list[str]) -> str:
    """«Halden, Moss og Råde»; more than six are counted."""
    names = sorted((name_of(code) for code in codes), key=alphabetical)
    if not names:
        return str(_COMPARED[ComparedAs.NOBODY])
    if len(names) > 6:
        return _("%(count)s areas") % {"count": len(names)}
    if len(names) == 1:
        return names[0]
    return _("%(head)s and %(last)s") % {"head": ", ".join(names[:-1]), "last": names[-1]}


def change_in_words(ratio: float) -> str:
    """«13 per cent down»."""
    size = number(abs(100 * (ratio - 1)), 0)
    if size == "0":
        return _("no change")
    pattern = _("%(size)s per cent down") if ratio < 1 else _("%(size)s per cent up")
    return pattern % {"size": size}


def interval_in_words(ratio: Ratio) -> str:
    """«mellom 5 prosent ned og 20 prosent ned»."""
    return _("between %(low)s and %(high)s") % {
        "low": change_in_words(ratio.low),
        "high": change_in_words(ratio.high),
    }


def number(value: float, most: int = 1) -> str:
    """With a decimal where there is one, and two below 1."""
    places = 2 if most and abs(value) < 1 and value else most
    places = 0 if round(value, places) == round(value) else places
    return decimal(value, places)
