"""Figures as people say them: rounded when they are expected, exact when they are counted."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

CLOSE = 0.15  # of one in ten: «about» rather than «almost» or «just over»


def count(value: float) -> str:
    """A counted number of persons: «18 306»."""
    return number_format(round(value), use_l10n=True, force_grouping=True)


def rounded(value: float) -> int:
    """An expected number of persons, no finer than it is known: to 100 from 10 000, to 10 from 100."""
    step = 100 if value >= 10_000 else 10 if value >= 100 else 1
    return round(value / step) * step


def rounded_either(value: float) -> int:
    """The same of what may lie below 0."""
    return rounded(value) if value >= 0 else -rounded(-value)


def about(value: float) -> str:
    return count(rounded(value))


def growth(before: float, after: float) -> int | None:
    """Growth in whole percent; None from nobody."""
    return round(100 * (after / before - 1)) if before > 0 else None


def signed(percent: int | None) -> str:
    """«+65 %», «−3 %», or a dash where there is none to tell."""
    if percent is None:
        return "–"
    return f"{'+' if percent > 0 else '−' if percent < 0 else ''}{abs(percent)} %"


def decimal(value: float, places: int) -> str:
    """Rounded, not cut: Django cuts the decimals it is not asked for."""
    return number_format(round(value, places), places, use_l10n=True, force_grouping=True)


def of_ten(before: float, after: float, year: int) -> str:
    """The growth as a sentence: what ten people over 80 today become."""
    exact = 10 * after / before
    nearest = round(exact)
    if abs(exact - nearest) < CLOSE:
        sentence = _("Ten over 80 today become about %(number)s in %(year)s.")
    elif exact < nearest:
        sentence = _("Ten over 80 today become almost %(number)s in %(year)s.")
    else:
        sentence = _("Ten over 80 today become just over %(number)s in %(year)s.")
    return sentence % {"number": nearest, "year": year}


def of_a_hundred(percent: float) -> str:
    """«78 of a hundred»."""
    return _("%(number)s of a hundred") % {"number": round(percent)}
