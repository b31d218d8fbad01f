"""An area over time: has something happened, or does it vary as it always has?

By month where there are months, as an XmR chart; by year as a run chart, since ten years are too few for
limits. What is before a change in how things are counted is another series.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samspill.analysis.rates import Chart, spc_xmr
from samspill.directory.public import Figure
from samspill.insight.drawings.over_time import Break, Moment, Names, over_time
from samspill.insight.queries.looks import Look
from samspill.insight.queries.measured import Area, Point
from samspill.insight.telling import Passage
from samspill.insight.telling.indicator_page import stands_beside
from samspill.insight.wording.measured import (
    figure,
    moment_of,
    period_name,
    places_of,
    said,
    source_line,
    text_of,
    unit_of,
)

HISTORY = "utvikling"
FEWEST = 12
"""Points an XmR chart needs; fewer are a run chart."""
FIRST_MONTH = 100_000
"""Periods from here are months: 202401."""
RECENT = 7
"""A sign among so many of the last points is news."""


@dataclass(frozen=True)
class _Part:
    """Points without a gap or a break between them, and their chart; None of a single one."""

    points: Sequence[Point]
    chart: Chart | None


def history(look: Look) -> Passage | None:
    """The area's own points; None without any."""
    by_month = look.months is not None and _shown(look.months) >= FEWEST
    area = look.months if by_month and look.months else look.area
    parts = _parts(area, _breaks(look), is_controlled=by_month)
    if not parts:
        return None
    moments = [one for number, part in enumerate(parts) for one in _moments(look, part, number, by_month)]
    heading, told = _heading(look, parts, by_month), _told(look, area, parts, by_month)
    places = places_of(look.measured)
    made = Figure(
        key=HISTORY,
        title=_("%(title)s, %(area)s")
        % {"title": said(look.measured, "title"), "area": look.label(look.area)},
        spec=over_time(
            moments,
            _drawn_breaks(look, moments, by_month),
            _names(look, moments),
            told=" ".join([f"{heading}.", *told]),
        ),
        head=[_("Period"), unit_of(look.measured), _("Limits, from"), _("Limits, to"), _("More than chance")],
        rows=[
            [
                one.name,
                *(
                    None if value is None else round(value, places)
                    for value in (one.value, one.lower, one.upper)
                ),
                _("yes") if one.special else _("no"),
            ]
            for one in moments
        ],
        source=source_line(look.measured),
    )
    return Passage(made, heading, told)


def _shown(area: Area) -> int:
    return sum(one.value is not None for one in area.points)


def _breaks(look: Look) -> dict[int, str]:
    """By the first year, how counting changed."""
    told = look.measured.definition.get("breaks", {})
    return {int(year): text_of(text) for year, text in told.items()}


def _year(period: int) -> int:
    return period // 100 if period >= FIRST_MONTH else period


def _parts(area: Area, breaks: dict[int, str], *, is_controlled: bool) -> list[_Part]:
    """Whole series from break to break, and from gap to gap."""
    groups: list[list[Point]] = [[]]
    before = 0
    for point in area.points:
        year = _year(point.period)
        crosses = any(before < start <= year for start in breaks) and before > 0
        if groups[-1] and (crosses or point.value is None):
            groups.append([])
        if point.value is not None:
            groups[-1].append(point)
        before = year
    return [_Part(group, _chart(group, is_controlled)) for group in groups if group]


def _chart(points: Sequence[Point], is_controlled: bool) -> Chart | None:
    """Limits only where there are points enough for them."""
    if len(points) < 2:
        return None
    values = [one.value or 0.0 for one in points]
    enough = FEWEST if is_controlled else len(points) + 1
    return spc_xmr(values, minimum_points=max(2, enough))


def _moments(look: Look, part: _Part, number: int, by_month: bool) -> list[Moment]:
    chart, places = part.chart, places_of(look.measured)
    has_limits = chart is not None and not chart.note
    with_whole = not by_month and stands_beside(look)
    moments = []
    for place, point in enumerate(part.points):
        value = point.value or 0.0
        whole = look.whole.at(point.period) if look.whole and with_whole else None
        special = ""
        if chart is not None and chart.is_special[place] and point.lower is not None:
            special = "high" if value > chart.centre[place] else "low"
        moments.append(
            Moment(
                moment_of(point.period),
                period_name(point.period),
                value,
                figure(value, places),
                lower=None if has_limits else point.lower,
                upper=None if has_limits else point.upper,
                whole=whole.value if whole else None,
                centre=float(chart.centre[place]) if chart is not None else None,
                low=max(0.0, float(chart.lower[place])) if chart is not None and has_limits else None,
                high=float(chart.upper[place]) if chart is not None and has_limits else None,
                special=special,
                segment=number,
            )
        )
    return moments


def _drawn_breaks(look: Look, moments: Sequence[Moment], by_month: bool) -> list[Break]:
    """Between the last period before and the first after; those outside what is shown are left out."""
    half = 0.0 if by_month else 0.5
    return [
        Break(year - half, text)
        for year, text in _breaks(look).items()
        if moments[0].at < year - half < moments[-1].at
    ]


def _names(look: Look, moments: Sequence[Moment]) -> Names:
    first, last = int(moments[0].at), int(moments[-1].at)
    whole = look.label(look.whole) if look.whole else ""
    return Names(look.label(look.area), whole, unit_of(look.measured), range(first, last + 1))


def _heading(look: Look, parts: Sequence[_Part], by_month: bool) -> str:
    area, part = look.label(look.area), _latest(parts)
    if by_month and part.chart is not None and not part.chart.note:
        if part.chart.is_special[-RECENT:].any():
            return _("%(area)s: something has changed lately") % {"area": area}
        return _("%(area)s: varies as it usually does") % {"area": area}
    places, first, last = places_of(look.measured), part.points[0], part.points[-1]
    words = {
        "area": area,
        "from": figure(first.value, places),
        "first": period_name(first.period),
        "to": figure(last.value, places),
        "last": period_name(last.period),
    }
    return _change(first, last) % words


def _latest(parts: Sequence[_Part]) -> _Part:
    """The last that has a history; else the last."""
    return next((one for one in reversed(parts) if len(one.points) > 1), parts[-1])


def _change(first: Point, last: Point) -> str:
    if first is last:
        return _("%(area)s: %(to)s in %(last)s")
    if first.lower is None or first.upper is None or last.lower is None or last.upper is None:
        return _("%(area)s: from %(from)s in %(first)s to %(to)s in %(last)s")
    if last.lower > first.upper:
        return _("%(area)s: up from %(from)s in %(first)s to %(to)s in %(last)s, probably not by chance")
    if last.upper < first.lower:
        return _("%(area)s: down from %(from)s in %(first)s to %(to)s in %(last)s, probably not by chance")
    return _("%(area)s: %(from)s in %(first)s and %(to)s in %(last)s; the difference may be chance")


def _told(look: Look, area: Area, parts: Sequence[_Part], by_month: bool) -> list[str]:
    told = [*_of_chart(parts, by_month)]
    for year, text in _breaks(look).items():
        if _year(area.points[0].period) < year <= _year(area.points[-1].period):
            told.append(
                _("%(text)s. The line is broken there, and a leap in %(year)s is not growth.")
                % {"text": text, "year": year}
            )
    if not by_month and look.whole and stands_beside(look):
        told.append(_("The grey line is %(whole)s.") % {"whole": look.label(look.whole)})
    hidden = sum(one.is_hidden for one in area.points)
    if hidden:
        told.append(_("Hidden periods are gaps: %(hidden)s. They are not zero.") % {"hidden": hidden})
    return told


def _of_chart(parts: Sequence[_Part], by_month: bool) -> list[str]:
    if by_month:
        last = parts[-1].chart
        told = [
            _(
                "The dotted line is the mean, and between the dashed lines the figure usually varies. "
                "A triangle is more than chance: outside the limits, seven rising, falling or on one side, "
                "or two of three near a limit."
            )
        ]
        if last is None or last.note:
            told.append(_("The last part has fewer than twelve points, so it has no limits yet."))
        return told
    points = [one for part in parts for one in part.points]
    if not any(one.lower is not None for one in points):
        return []
    told = [
        _(
            "Fewer than twelve points are too few for limits of what is usual: the dotted line is the middle "
            "of them. The pale band holds the true figure nineteen times of twenty."
        )
    ]
    if any(part.chart is not None and part.chart.is_special.any() for part in parts):
        told.append(_("A triangle is more than chance: seven rising, falling or on one side of the middle."))
    return told
