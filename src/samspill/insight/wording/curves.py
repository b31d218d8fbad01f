"""A curve in words and as a table: what it was, what it becomes, and how sure that is."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.insight.drawings import Curve
from samspill.insight.wording import about, count, decimal, growth, rounded

_MORE = gettext_lazy(
    "On 1 January %(year)s, %(now)s people in %(place)s were in the group %(group)s. "
    "In %(to)s we expect %(then)s: %(percent)s percent more."
)
_FEWER = gettext_lazy(
    "On 1 January %(year)s, %(now)s people in %(place)s were in the group %(group)s. "
    "In %(to)s we expect %(then)s: %(percent)s percent fewer."
)
_AS_MANY = gettext_lazy(
    "On 1 January %(year)s, %(now)s people in %(place)s were in the group %(group)s. "
    "In %(to)s we expect as many: %(then)s."
)


def sentence_of(curve: Curve, place: str, group: str, now: int) -> str:
    """People of an age group from the last counted year to the last expected one."""
    to = curve.years[-1]
    percent = growth(curve.on(now), curve.on(to))
    values = {
        "place": place,
        "group": group,
        "year": now,
        "now": count(curve.on(now)),
        "to": to,
        "then": about(curve.on(to)),
        "percent": abs(percent or 0),
    }
    if not percent:
        return _AS_MANY % values
    return (_MORE if percent > 0 else _FEWER) % values


def bands_in_words(curve: Curve, places: int = 0) -> list[tuple[str, str]]:
    """(class of the band, words) of the intervals of the last year, narrowest first.

    With `places` decimals, for shares; without, for persons, rounded off.
    """
    ends = (decimal(end, places) if places else about(end) for end in curve.bands[-1])
    low95, low80, low50, high50, high80, high95 = ends
    return [
        ("c-b50", _("As likely inside as outside: %(low)s to %(high)s") % {"low": low50, "high": high50}),
        ("c-b80", _("Eight of ten: %(low)s to %(high)s") % {"low": low80, "high": high80}),
        ("c-b95", _("Nineteen of twenty: %(low)s to %(high)s") % {"low": low95, "high": high95}),
    ]


def rows_of(curve: Curve, now: int, places: int = 0) -> list[list[str | int | float | None]]:
    """Counted years as they are, expected ones rounded. A year is text, so that it is not «2 026»."""
    rows: list[list[str | int | float | None]] = []
    for year, value in zip(curve.years, curve.values, strict=True):
        if year <= now:
            rows.append([str(year), round(value, places) if places else round(value), None, None])
        else:
            ends = (value, *curve.between(year))
            rows.append([str(year), *(round(end, places) if places else rounded(end) for end in ends)])
    return rows
