"""A fan: what was counted as a line, what is expected as a dotted line inside three bands."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from samspill.insight.drawings.curve import Curve
from samspill.insight.wording import about, count, decimal

BANDS = (("b95", 0, 5), ("b80", 1, 4), ("b50", 2, 3))
"""Style of a band, and the places of its ends in PERCENTILES."""
HEIGHT = {"wide": 360, "narrow": 260}
AFTER = 0.3  # of the years shown: room to the right of the last year for its number
CROWDED = 2  # years between ticks that would touch
NARROWEST = 0.13  # of all years: what a year needs on a phone
DECIMALS = 2
EVERY = {"wide": 5, "narrow": 10}  # years between ticks

INK, PAPER = "#16222b", "#ffffff"
"""Of the palette; the browser turns them with the colour scheme."""

Spec = dict[str, Any]


def fan(
    series: Curve,
    *,
    now: int,
    today: int,
    told: str,
    counts: str,
    stated: Sequence[tuple[int, float]] = (),
    places: int = 0,
) -> Mapping[str, Spec]:
    """`now` is the last counted year, `told` the figure in words, `counts` what the values are («Persons»),
    `stated` others' (year, value). `places` decimals are written; without, what is expected is rounded off.
    """
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
                *_ends(series, now, today, shape, places),
                *(_stated(year, value) for year, value in stated),
                _pointer(counts, places),
            ],
        }
        for shape in ("wide", "narrow")
    }


def _rows(series: Curve, now: int) -> list[dict[str, float | int]]:
    rows = []
    ahead = dict(zip(series.years[-len(series.bands) :], series.bands, strict=True)) if series.bands else {}
    for year, value in zip(series.years, series.values, strict=True):
        row: dict[str, float | int] = {"year": year, "value": round(value, DECIMALS)}
        if year <= now:
            row["counted"] = value
        if year >= now:
            row["expected"] = value
            ends = ahead.get(year, [value] * 6)
            for style, low, high in BANDS:
                row |= {f"{style}l": ends[low], f"{style}h": ends[high]}
        rows.append(row)
    return rows


def _years(series: Curve, now: int, shape: str) -> Spec:
    first, last = series.years[0], series.years[-1]
    room = round((last - first) * AFTER) if shape == "wide" else 0
    even = (year for year in range(first, last + 1) if year % EVERY[shape] == 0)
    apart = max(CROWDED, round((last - first) * NARROWEST)) if shape == "narrow" else CROWDED
    ticks = {year for year in even if abs(year - now) > apart and last - year > apart}
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


def _at(year: int, value: float, mark: Spec, **encoding: object) -> Spec:
    return {
        "data": {"values": [{"year": year, "value": value}]},
        "mark": {"aria": False, **mark},
        "encoding": {"y": _count("value"), **encoding},
    }


def _now_line(series: Curve, now: int) -> Spec:
    return _at(now, series.on(now), {"type": "rule", "style": "now"}, y2={"datum": 0})


def _known_dots(series: Curve, now: int) -> list[Spec]:
    """Few counted years are shown as what they are: points, with a line between."""
    known = [year for year in series.years if year <= now]
    if len(known) == now - known[0] + 1:
        return []
    dot = {"type": "point", "size": 36, "color": INK}
    return [_at(year, series.on(year), dot) for year in known[:-1]]


def _ends(series: Curve, now: int, today: int, shape: str, places: int) -> list[Spec]:
    last = series.years[-1]
    known, expected = _written(places)
    then = series.on(last)
    dots = [_at(year, series.on(year), {"type": "point", "style": "dot"}) for year in (now, last)]
    label = _("Today") if now == today else _("1 January %(year)s") % {"year": now}
    # the first year stands at the axis: its words go where there is room
    side = {"align": "right", "dx": -10} if now > series.years[0] else {"align": "left", "dx": 10}
    above, below = ((-12, -32), (38, 18))  # the words keep clear of the line
    value_at, label_at = below if _falls(series, now) else above
    texts = [
        _text(now, series.on(now), known(series.on(now)), "value", dy=value_at, **side),
        _text(now, series.on(now), label, "label", dy=label_at, **side),
    ]
    if shape == "wide":
        low, high = (expected(end) for end in series.between(last))
        beside = (
            ("big", expected(then), -2),
            ("label", _("expected in %(year)s") % {"year": last}, 22),
            ("label", _("eight of ten: %(low)s–%(high)s") % {"low": low, "high": high}, 42),
        )
        texts += [_text(last, then, text, style, align="left", dx=16, dy=dy) for style, text, dy in beside]
    else:
        texts.append(_text(last, then, expected(then), "value", align="right", dx=-8, dy=-18))
    return [*dots, *texts]


def _falls(series: Curve, now: int) -> bool:
    """Whether it was higher before the last counted year than on it."""
    place = series.years.index(now)
    return place > 0 and series.values[place - 1] > series.values[place]


def _written(places: int) -> tuple[Callable[[float], str], Callable[[float], str]]:
    """How a counted value is written, and an expected one."""
    if not places:
        return count, about
    return (lambda value: decimal(value, places),) * 2


def _text(year: int, value: float, text: str, style: str, **place: object) -> Spec:
    return _at(year, value, {"type": "text", "style": style, "baseline": "middle", "text": text, **place})


def _stated(year: int, value: float) -> Spec:
    mark = {
        "type": "point",
        "shape": "diamond",
        "size": 90,
        "fill": PAPER,
        "stroke": INK,
        "strokeWidth": 1.75,
    }
    return _at(year, value, mark)


def _pointer(counts: str, places: int) -> Spec:
    """What one sees when pointing at a year."""
    return {
        "mark": {"type": "rule", "opacity": 0, "strokeWidth": 14, "aria": False},
        "encoding": {
            "y": _count("value"),
            "y2": {"datum": 0},
            "tooltip": [
                {"field": "year", "type": "quantitative", "format": "d", "title": _("Year")},
                {
                    "field": "value",
                    "type": "quantitative",
                    "format": f",.{places}f" if places else ",",
                    "title": counts,
                },
                {
                    "field": "b80l",
                    "type": "quantitative",
                    "format": f",.{places}f",
                    "title": _("Eight of ten, from"),
                },
                {
                    "field": "b80h",
                    "type": "quantitative",
                    "format": f",.{places}f",
                    "title": _("Eight of ten, to"),
                },
            ],
        },
    }
