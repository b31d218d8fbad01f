"""Words for what is weighed: money, how often, who gains and who pays, and by how much."""

from collections.abc import Mapping, Sequence
from math import floor, log10
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from samspill.insight.wording import count, decimal

MILLION = 1_000_000
FIGURES = 3  # that count in an amount
SURE, HARDLY = 0.95, 0.05

TENTHS = (
    gettext_lazy("one time of ten"),
    gettext_lazy("two times of ten"),
    gettext_lazy("three times of ten"),
    gettext_lazy("four times of ten"),
    gettext_lazy("five times of ten"),
    gettext_lazy("six times of ten"),
    gettext_lazy("seven times of ten"),
    gettext_lazy("eight times of ten"),
    gettext_lazy("nine times of ten"),
)
PAYERS = {
    "hospital": pgettext_lazy("payer", "the hospital"),
    "municipality": pgettext_lazy("payer", "the municipalities"),
    "state": pgettext_lazy("payer", "the state"),
    "patient": pgettext_lazy("payer", "the patients"),
}
_BEARS = {
    "gains": gettext_lazy("%(payer)s saves %(amount)s"),
    "pays": gettext_lazy("%(payer)s pays %(amount)s more"),
    "unsure": gettext_lazy("it is not sure whether %(payer)s saves or pays more"),
}
STATUS = {
    "kept": gettext_lazy("Worth considering"),
    "dominated": gettext_lazy("Another costs no more and gives no less"),
    "extended": gettext_lazy("A mix of two others does better"),
    "tied": gettext_lazy("The same as one that is named before"),
}


def often_in_words(share: float) -> str:
    if share > SURE:
        return _("almost always")
    if share < HARDLY:
        return _("almost never")
    return str(TENTHS[min(max(round(10 * share), 1), 9) - 1])


def to_figures(value: float, figures: int = FIGURES) -> float:
    """Rounded to so many figures that count."""
    if not value:
        return 0.0
    return round(value, figures - 1 - floor(log10(abs(value))))


def money(kroner: float) -> str:
    """«21,2 millioner kroner», «43 900 kroner»; the sign is left to the sentence."""
    value = abs(to_figures(kroner))
    if value >= MILLION:
        return _("%(count)s million kroner") % {"count": decimal(value / MILLION, 1)}
    return _("%(count)s kroner") % {"count": count(value)}


def plain(value: float) -> str:
    """A figure without its unit, as precise as it is known: «43 900», «0,28», «−1,6»."""
    rounded = to_figures(value)
    size = abs(rounded)
    places = 0 if size >= 100 or rounded == int(rounded) else 1 if size >= 10 else 2
    return decimal(rounded, places).replace("-", "−")


def signed_plain(value: float) -> str:
    return f"+{plain(value)}" if value > 0 else plain(value)


def capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def who_bears(sides: Sequence[Mapping[str, Any]]) -> str:
    """One sentence: what each payer is left with over all years; those it does not touch are left out."""
    said = [
        str(_BEARS[side["bearing"]]) % {"payer": PAYERS[side["payer"]], "amount": money(side["mean"])}
        for side in sides
        if side["bearing"] in _BEARS
    ]
    if not said:
        return _("Nobody pays more or less.")
    if len(said) == 1:
        return f"{capital(said[0])}."
    return capital(_("%(some)s, and %(last)s.") % {"some": ", ".join(said[:-1]), "last": said[-1]})


def about_difference(band: Sequence[float], unit: str) -> str:
    """A difference as (low, middle, high) in words that say which way; `unit` stands after the figures."""
    low, middle, high = band
    values = {"middle": plain(abs(middle)), "unit": unit}
    if low < 0 < high:
        text = _("Eight times of ten from %(less)s less to %(more)s more than today, %(unit)s.")
        return text % {"less": plain(-low), "more": plain(high), "unit": unit}
    near, far = sorted((abs(low), abs(high)))
    values |= {"near": plain(near), "far": plain(far)}
    if high <= 0 and low < 0:
        return (
            _("%(middle)s %(unit)s less than today; eight times of ten from %(near)s to %(far)s less.")
            % values
        )
    if high > 0:
        return (
            _("%(middle)s %(unit)s more than today; eight times of ten from %(near)s to %(far)s more.")
            % values
        )
    return _("The same as today.")
