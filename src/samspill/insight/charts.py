"""Specifications of figures (Vega-Lite), by shape. Colours and type are the shell's configuration.

A fan: what was counted as a line, what is expected as a dotted line inside three bands. `wide` for a column,
`narrow` for a phone; the same data in both.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from samspill.insight.models import PopulationSeries
from samspill.insight.wording import about, count

BANDS = (("b95", 0, 5), ("b80", 1, 4), ("b50", 2, 3))
"""Style of a band, and the places of its ends in PERCENTILES."""
HEIGHT = {"wide": 360, "narrow": 260}
AFTER = 0.3  # of the years shown: room to the right of the last year for its number
CROWDED = 2  # years between ticks that would touch
EVERY = {"wide": 5, "narrow": 10}  # years between ticks

INK, PAPER = "#16222b", "#ffffff"
"""Of the palette; the browser turns them with the colour scheme."""

Spec = dict[str, Any]


def fan(
    series: PopulationSeries, *, now: int, today: int, told: str, stated: Sequence[tuple[int, int]] = ()
) -> Mapping[str, Spec]:
    """`now` is the last counted year, `told` the figure in words, `stated` others' (year, persons)."""
    return {
        shape: {
            "description": told,
            "height": HEIGHT[shape],
            "data": {"values": _rows(series, now)},
            "encoding": {"x": _years(series, now, shape)},
            "layer": [
                *(_band(style) for style, _low, _high in BANDS),
                _now_line(series, now),
                _line("counted", "history"),
                _line("expected", "expected"),
                *_known_dots(series, now),
                *_ends(series, now, today, shape),
                *(_stated(year, persons) for year, persons in stated),
                _pointer(series),
            ],
        }
        for shape in ("wide", "narrow")
    }


def _rows(series: PopulationSeries, now: int) -> list[dict[str, float | int]]:
    rows = []
    ahead = dict(zip(series.years[-len(series.bands) :], series.bands, strict=True)) if series.bands else {}
    for year, persons in zip(series.years, series.persons, strict=True):
        row: dict[str, float | int] = {"year": year, "persons": round(persons)}
        if year <= now:
            row["counted"] = persons
        if year >= now:
            row["expected"] = persons
            ends = ahead.get(year, [persons] * 6)
            for style, low, high in BANDS:
                row |= {f"{style}l": ends[low], f"{style}h": ends[high]}
        rows.append(row)
    return rows


def _years(series: PopulationSeries, now: int, shape: str) -> Spec:
    first, last = series.years[0], series.years[-1]
    room = round((last - first) * AFTER) if shape == "wide" else 0
    even = (year for year in range(first, last + 1) if year % EVERY[shape] == 0)
    ticks = {year for year in even if abs(year - now) > CROWDED and last - year > CROWDED}
    shown = sorted({now, last} | ticks)
    bold = {"condition": {"test": f"datum.value === {now}", "value": 600}, "value": 400}
    return {
        "field": "year",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [first, last + room], "nice": False},
        "axis": {
            "format": "d",
            "values": shown,
            "tickCount": len(shown),  # otherwise Vega leaves out every second of more than it finds fitting
            "labelFontWeight": bold,
            "labelOverlap": False,
            "labelFlush": False,
        },
    }


def _count(field: str, **more: object) -> Spec:
    return {"field": field, "type": "quantitative", "title": None, "scale": {"zero": True}, **more}


def _band(style: str) -> Spec:
    return {
        "mark": {"type": "area", "style": style, "aria": False},
        "encoding": {"y": _count(f"{style}l"), "y2": {"field": f"{style}h"}},
    }


def _line(field: str, style: str) -> Spec:
    return {"mark": {"type": "line", "style": style, "aria": False}, "encoding": {"y": _count(field)}}


def _at(year: int, persons: float, mark: Spec, **encoding: object) -> Spec:
    return {
        "data": {"values": [{"year": year, "persons": persons}]},
        "mark": {"aria": False, **mark},
        "encoding": {"y": _count("persons"), **encoding},
    }


def _now_line(series: PopulationSeries, now: int) -> Spec:
    return _at(now, series.on(now), {"type": "rule", "style": "now"}, y2={"datum": 0})


def _known_dots(series: PopulationSeries, now: int) -> list[Spec]:
    """Few counted years are shown as what they are: points, with a line between."""
    known = [year for year in series.years if year <= now]
    if len(known) == now - known[0] + 1:
        return []
    dot = {"type": "point", "size": 36, "color": INK}
    return [_at(year, series.on(year), dot) for year in known[:-1]]


def _ends(series: PopulationSeries, now: int, today: int, shape: str) -> list[Spec]:
    last = series.years[-1]
    then = series.on(last)
    dots = [_at(year, series.on(year), {"type": "point", "style": "dot"}) for year in (now, last)]
    label = _("Today") if now == today else _("1 January %(year)s") % {"year": now}
    texts = [
        _text(now, series.on(now), count(series.on(now)), "value", align="right", dx=-10, dy=-12),
        _text(now, series.on(now), label, "label", align="right", dx=-10, dy=-32),
    ]
    if shape == "wide":
        low, high = (about(end) for end in series.between(last))
        beside = (
            ("big", about(then), -2),
            ("label", _("expected in %(year)s") % {"year": last}, 22),
            ("label", _("eight of ten: %(low)s–%(high)s") % {"low": low, "high": high}, 42),
        )
        texts += [_text(last, then, text, style, align="left", dx=16, dy=dy) for style, text, dy in beside]
    else:
        texts.append(_text(last, then, about(then), "value", align="right", dx=-8, dy=-18))
    return [*dots, *texts]


def _text(year: int, persons: float, text: str, style: str, **place: object) -> Spec:
    return _at(year, persons, {"type": "text", "style": style, "baseline": "middle", "text": text, **place})


def _stated(year: int, persons: int) -> Spec:
    mark = {
        "type": "point",
        "shape": "diamond",
        "size": 90,
        "fill": PAPER,
        "stroke": INK,
        "strokeWidth": 1.75,
    }
    return _at(year, persons, mark)


def _pointer(series: PopulationSeries) -> Spec:
    """What one sees when pointing at a year."""
    return {
        "mark": {"type": "rule", "opacity": 0, "strokeWidth": 14, "aria": False},
        "encoding": {
            "y": _count("persons"),
            "y2": {"datum": 0},
            "tooltip": [
                {"field": "year", "type": "quantitative", "format": "d", "title": _("Year")},
                {"field": "persons", "type": "quantitative", "format": ",", "title": _("Persons")},
                {"field": "b80l", "type": "quantitative", "format": ",.0f", "title": _("Eight of ten, from")},
                {"field": "b80h", "type": "quantitative", "format": ",.0f", "title": _("Eight of ten, to")},
            ],
        },
    }
