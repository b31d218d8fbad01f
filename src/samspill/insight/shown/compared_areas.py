"""Any areas beside each other: a curve of each, and how much they differ from the first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.analysis.rates import difference
from samspill.insight.area_names import name_of
from samspill.insight.drawings.small_curve import SmallCurve, small_curve
from samspill.insight.queries.measured import Area, Measured, Point
from samspill.insight.queries.placings import is_comparable
from samspill.insight.shown.over_years import marks_of, years_in_words
from samspill.insight.telling.indicators import IN_WORDS, standing
from samspill.insight.wording.comparing import in_neuter, why_not_comparable, written


@dataclass(frozen=True)
class Beside:
    """An area in one indicator. `difference` and `said` are against the first; of the first itself "".

    `figures` are what the file has: value, limits, difference with its limits.
    """

    code: str
    name: str
    value: str
    limits: str
    is_hidden: bool
    difference: str
    said: str
    differs: bool
    curve: SmallCurve | None
    years: str
    figures: Sequence[float | None] = field(repr=False)


@dataclass(frozen=True)
class Compared:
    """`warning` says why areas cannot be compared; then nothing is said of differences.

    `low` and `high` are what the common axis goes from and to; "" where nobody has a figure.
    """

    measured: Measured
    heading: str
    warning: str
    rows: Sequence[Beside]
    low: str
    high: str


def compared(measured: Measured, areas: Sequence[str]) -> Compared:
    """`areas` in the order they were chosen; one without figures stands there all the same."""
    held = [(code, measured.areas.get(code)) for code in areas]
    warning = "" if is_comparable(measured) else why_not_comparable(measured)
    ends = [end for _code, area in held if area for mark in marks_of(area) if mark for end in mark]
    low, high = (min(ends), max(ends)) if ends else (0.0, 0.0)
    first = held[0][1].at(measured.latest) if held and held[0][1] else None
    rows = [
        _beside(measured, code, area, first if place and not warning else None, low, high)
        for place, (code, area) in enumerate(held)
    ]
    axis = (written(low), written(high)) if ends else ("", "")
    return Compared(measured, _heading(measured, rows, warning), warning, rows, *axis)


def _beside(
    measured: Measured, code: str, area: Area | None, first: Point | None, low: float, high: float
) -> Beside:
    point = area.at(measured.latest) if area else None
    value, lower, upper = _figures(point)
    apart = _apart(point, first)
    found = standing(point, None)
    return Beside(
        code,
        name_of(code),
        written(value),
        f"{written(lower)}–{written(upper)}" if lower is not None and upper is not None else "",
        point is not None and point.is_hidden,
        _signed(apart),
        _said(apart) if apart else "" if value is not None else str(IN_WORDS[found]),
        bool(apart and (apart[1] > 0 or apart[2] < 0)),
        small_curve(marks_of(area), low, high) if area and any(marks_of(area)) else None,
        years_in_words(area),
        [value, lower, upper, *(apart or (None, None, None))],
    )


def _figures(point: Point | None) -> tuple[float | None, float | None, float | None]:
    return (point.value, point.lower, point.upper) if point else (None, None, None)


def _apart(point: Point | None, first: Point | None) -> tuple[float, float, float] | None:
    """How much a point is above the first, with limits; None where one lacks a figure or limits."""
    one, two = _figures(point), _figures(first)
    if None in one or None in two:
        return None
    found = difference(one, two)  # type: ignore[arg-type]
    return float(found.value[0]), float(found.lower[0]), float(found.upper[0])


def _signed(apart: tuple[float, float, float] | None) -> str:
    if apart is None:
        return ""
    sign = "+" if apart[0] > 0 else "−" if apart[0] < 0 else ""
    return _("%(value)s (from %(low)s to %(high)s)") % {
        "value": f"{sign}{written(abs(apart[0]))}",
        "low": written(apart[1]).replace("-", "−"),
        "high": written(apart[2]).replace("-", "−"),
    }


def _said(apart: tuple[float, float, float]) -> str:
    if apart[1] > 0:
        return _("higher, probably not chance")
    return _("lower, probably not chance") if apart[2] < 0 else _("the difference may be chance")


def _heading(measured: Measured, rows: Sequence[Beside], warning: str) -> str:
    others = [row for row in rows[1:] if row.difference]
    differing = [row for row in others if row.differs]
    name = {"title": measured.indicator.title()}
    if warning or not others:
        return measured.indicator.title()
    if not differing:
        return _("%(title)s: the differences may be chance") % name
    if len(others) == 1:
        higher = (others[0].figures[3] or 0) > 0
        sentence = (
            _("%(title)s: %(one)s is higher than %(other)s, probably not by chance")
            if higher
            else _("%(title)s: %(one)s is lower than %(other)s, probably not by chance")
        )
        return sentence % {**name, "one": others[0].name, "other": rows[0].name}
    return ngettext(
        "%(title)s: %(count)s of %(of)s differs from %(other)s, probably not by chance",
        "%(title)s: %(count)s of %(of)s differ from %(other)s, probably not by chance",
        len(differing),
    ) % {
        **name,
        "count": in_neuter(len(differing)),
        "of": in_neuter(len(others)),
        "other": rows[0].name,
    }


def file_rows(found: Sequence[Compared]) -> Iterator[list[Any]]:
    """What the page shows, an area of an indicator in a row."""
    yield [
        _("Indicator"),
        _("Unit"),
        _("Year"),
        _("Place"),
        _("Value"),
        _("95 % limits, from"),
        _("95 % limits, to"),
        _("Difference from the first"),
        _("95 % limits, from"),
        _("95 % limits, to"),
        _("In words"),
    ]
    for one in found:
        indicator = one.measured.indicator
        for row in one.rows:
            start = [indicator.title(), indicator.unit(), one.measured.latest, row.name]
            yield [*start, *row.figures, one.warning or row.said]
