"""What is expected year by year from a known first year, inside its bands, with a line at nothing."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from samspill.insight.drawings.curve import Curve
from samspill.insight.drawings.fan import BANDS
from samspill.insight.drawings.parts import INK, SHAPES, Spec, years_axis

HEIGHT = {"wide": 260, "narrow": 220}
ROOM = 0.34


def expected(
    curve: Curve, *, told: str, end: str, counts: str, beside: Curve | None = None
) -> Mapping[str, Spec]:
    """`end` is the last value in words, `counts` what the values are; `beside` is a thin grey line."""
    return {shape: _drawing(curve, told, end, counts, beside, shape) for shape in SHAPES}


def _drawing(curve: Curve, told: str, end: str, counts: str, beside: Curve | None, shape: str) -> Spec:
    first, last = curve.years[0], curve.years[-1]
    return {
        "description": told,
        "height": HEIGHT[shape],
        "data": {"values": _rows(curve, beside)},
        "encoding": {"x": years_axis(first, last, shape, room=ROOM)},
        "layer": [
            *(_band(style) for style, _low, _high in BANDS),
            {
                "data": {"values": [{}]},
                "mark": {"type": "rule", "color": INK, "strokeWidth": 1, "aria": False},
                "encoding": {"x": {"datum": first}, "x2": {"datum": last}, "y": {"datum": 0}},
            },
            *([_line("beside", "comparison")] if beside else []),
            _line("value", "expected"),
            _at(last, curve.on(last), {"type": "point", "style": "dot"}),
            _at(last, curve.on(last), _end_text(end, shape)),
            _pointer(counts),
        ],
    }


def _end_text(end: str, shape: str) -> Spec:
    if shape == "wide":
        place = {"align": "left", "dx": 14, "fontSize": 18}
    else:
        place = {"align": "right", "dx": -6, "dy": -20, "fontSize": 15}
    return {"type": "text", "style": "value", "baseline": "middle", "text": end, **place}


def _rows(curve: Curve, beside: Curve | None) -> list[dict[str, float]]:
    rows = []
    ahead = dict(zip(curve.years[1:], curve.bands, strict=True))
    for year in curve.years:
        row: dict[str, float] = {"year": year, "value": curve.on(year)}
        if beside is not None:
            row["beside"] = beside.on(year)
        ends = ahead.get(year, [curve.on(year)] * 6)
        for style, low, high in BANDS:
            row |= {f"{style}l": ends[low], f"{style}h": ends[high]}
        rows.append(row)
    return rows


def _y(field: str) -> Spec:
    return {"field": field, "type": "quantitative", "title": None, "scale": {"zero": True}}


def _band(style: str) -> Spec:
    return {
        "mark": {"type": "area", "style": style, "aria": False},
        "encoding": {"y": _y(f"{style}l"), "y2": {"field": f"{style}h"}},
    }


def _line(field: str, style: str) -> Spec:
    return {"mark": {"type": "line", "style": style, "aria": False}, "encoding": {"y": _y(field)}}


def _at(year: int, value: float, mark: Spec) -> Spec:
    return {
        "data": {"values": [{"year": year, "value": value}]},
        "mark": {"aria": False, **mark},
        "encoding": {"y": _y("value")},
    }


def _pointer(counts: str) -> Spec:
    return {
        "mark": {"type": "rule", "opacity": 0, "strokeWidth": 14, "aria": False},
        "encoding": {
            "y": _y("b95h"),
            "y2": {"field": "b95l"},
            "tooltip": [
                {"field": "year", "type": "quantitative", "format": "d", "title": _("Year")},
                {"field": "value", "type": "quantitative", "format": ",.0f", "title": counts},
                {"field": "b80l", "type": "quantitative", "format": ",.0f", "title": _("Eight of ten, from")},
                {"field": "b80h", "type": "quantitative", "format": ",.0f", "title": _("Eight of ten, to")},
            ],
        },
    }
