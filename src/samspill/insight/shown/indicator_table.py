"""The table of an indicator's page: areas down, periods across. The same on the page and in its files."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from samspill.analysis.disclosure import Flag
from samspill.insight.queries.looks import Look
from samspill.insight.queries.measured import Area, Point
from samspill.insight.telling.indicator_page import not_comparable
from samspill.insight.telling.indicator_ranking import beside
from samspill.insight.telling.indicators import IN_A_WORD, Standing, standing
from samspill.insight.wording.measured import is_invented, places_of, said, source_line, unit_of, writer

HIDDEN = "•••"
BETWEEN = "\x1f"  # stands in no figure
BY_NAME, BY_VALUE = "navn", "verdi"
STATUS = {Flag.SHOWN: "shown", Flag.MISSING: "missing", Flag.HIDDEN: "hidden"}


@dataclass(frozen=True)
class Row:
    """An area: its figure in the chosen period with limits and what they rest on, then its other periods.

    `chosen` and `periods` are the cells as they stand in the page: there may be thousands.
    """

    name: str
    chosen: SafeString
    word: str
    periods: SafeString
    is_whole: bool
    is_own: bool
    url: str


@dataclass(frozen=True)
class _Pen:
    """How cells are written, looked up once for all of them."""

    value: Callable[[float | None], str]
    count: Callable[[float | None], str]
    words: Mapping[Standing, str]


def rows_of(look: Look, order: str, urls: Mapping[str, str]) -> list[Row]:
    """Areas in the order that was asked for: by name, or a period's figure, the highest first.

    `urls` by area: where it leads.
    """
    words = {one: str(word) for one, word in IN_A_WORD.items()}
    pen = _Pen(writer(places_of(look.measured)), writer(0), words)
    return [_row(look, one, pen, urls.get(one.code, "")) for one in ordered(look, order)]


def ordered(look: Look, order: str) -> list[Area]:
    """All together and the helsefellesskap first, since they are no competitors."""
    areas = [look.area] if not_comparable(look.measured) else list(look.areas)
    if order != BY_NAME:
        period = int(order) if order.isdecimal() else look.period
        areas.sort(key=lambda one: -_value(one.at(period)))
    return [*beside(look), *areas] if not not_comparable(look.measured) else areas


def _value(point: Point | None) -> float:
    return point.value if point is not None and point.value is not None else float("-inf")


def _row(look: Look, area: Area, pen: _Pen, url: str) -> Row:
    point = area.at(look.period)
    is_whole = look.whole is not None and area.code == look.whole.code
    is_alone = is_whole or not_comparable(look.measured)
    return Row(
        look.label(area),
        _cells(_chosen(point, pen)),
        "" if is_alone else pen.words[standing(point, look.of_whole)],
        _cells(_cell(one, pen) for one in reversed(area.points) if one.period != look.period),
        is_whole,
        area.code == look.own or look.is_marked(area),
        url,
    )


def _cells(written: Iterable[str]) -> SafeString:
    """One row is escaped at once: cell by cell takes ten times as long."""
    inside = str(escape(BETWEEN.join(written))).replace(BETWEEN, '</td><td class="s-num">')
    return mark_safe(f'<td class="s-num">{inside}</td>')  # noqa: S308  escaped above; the only tags are ours


def _chosen(point: Point | None, pen: _Pen) -> Sequence[str]:
    """Figure, limits, count and what it is divided by."""
    if point is None:
        return ["–"] * 5
    if point.is_hidden:
        return [HIDDEN] * 4 + [pen.count(point.population)]
    limits = (pen.value(one) for one in (point.value, point.lower, point.upper))
    return [*limits, pen.count(point.count), pen.count(point.population)]


def _cell(point: Point, pen: _Pen) -> str:
    return HIDDEN if point.is_hidden else pen.value(point.value)


def cells_of(look: Look) -> tuple[int, int]:
    """(hidden, all) of the cells in the table."""
    points = [point for one in ordered(look, BY_NAME) for point in one.points]
    return sum(one.is_hidden for one in points), len(points)


def lines_of(look: Look, order: str) -> Iterator[list[Any]]:
    """The table as a file: a line for each area and period, hidden ones said so, and last the source."""
    yield [
        _("Code"),
        _("Area"),
        _("Period"),
        unit_of(look.measured),
        _("Limits, from"),
        _("Limits, to"),
        _("Count"),
        _("Divided by"),
        _("Status"),
    ]
    places = places_of(look.measured) + 1
    for area in ordered(look, order):
        for point in area.points:
            values = (point.value, point.lower, point.upper)
            yield [
                area.code,
                look.label(area),
                point.period,
                *(None if one is None else round(one, places) for one in values),
                point.count,
                point.population,
                _status_in_words(point),
            ]
    yield [source_line(look.measured)]


def _status_in_words(point: Point) -> str:
    if point.is_hidden:
        return _("hidden")
    return _("shown") if point.value is not None else _("no figure")


def as_json(look: Look, order: str) -> dict[str, Any]:
    """The same for machines: words in the reader's language, status as codes."""
    measured = look.measured
    return {
        "indicator": measured.indicator.code,
        "title": said(measured, "title"),
        "unit": unit_of(measured),
        "run": measured.run.pk,
        "data_version": measured.run.data_version,
        "made_at": measured.run.made_at.isoformat(),
        "is_invented": is_invented(measured),
        "source": source_line(measured),
        "areas": [_area_as_json(one, look.label(one)) for one in ordered(look, order)],
    }


def _area_as_json(area: Area, name: str) -> dict[str, Any]:
    return {
        "code": area.code,
        "name": name,
        "level": area.level,
        "figures": [
            {
                "period": one.period,
                "value": one.value,
                "lower": one.lower,
                "upper": one.upper,
                "count": one.count,
                "population": one.population,
                "status": STATUS.get(Flag(one.flag), "missing"),
                "note": one.note,
            }
            for one in area.points
        ],
    }
