"""What is needed and what there is, year by year, each with its band: the space between is what lacks."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from samspill.insight.drawings.curve import Curve
from samspill.insight.drawings.parts import FJORD, INK, SHAPES, Spec, years_axis
from samspill.insight.wording import about

HEIGHT = {"wide": 340, "narrow": 280}
ROOM = 0.34  # of the years shown, to the right of the last one, for its figures
APART = 0.13  # of the height: texts nearer than this are pushed away from each other


def two_curves(supply: Curve, need: Curve, *, told: str, counts: str) -> Mapping[str, Spec]:
    """`supply` and `need` hold the same years, the first one known; `counts` is what the values are."""
    return {shape: _drawing(supply, need, told, counts, shape) for shape in SHAPES}


def _drawing(supply: Curve, need: Curve, told: str, counts: str, shape: str) -> Spec:
    first, last = supply.years[0], supply.years[-1]
    return {
        "description": told,
        "height": HEIGHT[shape],
        "data": {"values": _rows(supply, need)},
        "encoding": {"x": years_axis(first, last, shape, room=ROOM)},
        "layer": [
            {
                "mark": {"type": "area", "style": "range", "aria": False},
                "encoding": {"y": _y("need_low"), "y2": {"field": "need_high"}},
            },
            {
                "mark": {"type": "area", "style": "b80", "aria": False, "opacity": 0.75},
                "encoding": {"y": _y("supply_low"), "y2": {"field": "supply_high"}},
            },
            {
                "mark": {"type": "line", "style": "expected", "aria": False},
                "encoding": {"y": _y("need")},
            },
            {
                "mark": {"type": "line", "style": "line", "color": FJORD, "aria": False},
                "encoding": {"y": _y("supply")},
            },
            *_ends(supply, need, shape),
            _pointer(counts),
        ],
    }


def _rows(supply: Curve, need: Curve) -> list[dict[str, float]]:
    rows = []
    for year in supply.years:
        row: dict[str, float] = {"year": year}
        for name, curve in (("supply", supply), ("need", need)):
            known = year == curve.years[0]
            low, high = (curve.on(year), curve.on(year)) if known else curve.between(year)
            row |= {name: curve.on(year), f"{name}_low": low, f"{name}_high": high}
        rows.append(row)
    return rows


def _ends(supply: Curve, need: Curve, shape: str) -> list[Spec]:
    last = supply.years[-1]
    top = max(high for curve in (supply, need) for row in curve.bands for high in row[-2:-1])
    there, wanted = supply.on(last), need.on(last)
    apart = _apart(wanted, there, top, shape)
    found = [
        _at(last, value, {"type": "point", "size": 80, "filled": True, "color": colour})
        for value, colour in ((there, FJORD), (wanted, INK))
    ]
    names = ((wanted, _("needed"), INK, -apart), (there, _("at work"), FJORD, apart))
    for value, name, colour, dy in names:
        words = f"{about(value)} {name}"
        place = {"align": "left", "dx": 12} if shape == "wide" else {"align": "right", "dx": 0}
        style = {"fontSize": 16 if shape == "wide" else 14, "fontWeight": 600, "color": colour}
        found.append(
            _at(
                last, value, {"type": "text", "baseline": "middle", "text": words, "dy": dy, **place, **style}
            )
        )
    return found


def _apart(wanted: float, there: float, top: float, shape: str) -> float:
    """How many pixels each text is moved, up for what is needed when that is more."""
    height = HEIGHT[shape]
    between = (wanted - there) / top * height
    least = APART * height if shape == "wide" else 2.4 * APART * height
    push = max(0.0, (least - abs(between)) / 2)
    return round(push if between >= 0 else -push, 1)


def _at(year: int, value: float, mark: Spec) -> Spec:
    return {
        "data": {"values": [{"year": year, "value": value}]},
        "mark": {"aria": False, **mark},
        "encoding": {"y": _y("value")},
    }


def _y(field: str) -> Spec:
    return {"field": field, "type": "quantitative", "title": None, "scale": {"zero": False}}


def _pointer(counts: str) -> Spec:
    """What one sees when pointing at a year."""
    shown = (
        ("need", _("Needed, %(counts)s")),
        ("supply", _("At work, %(counts)s")),
    )
    return {
        "mark": {"type": "rule", "opacity": 0, "strokeWidth": 14, "aria": False},
        "encoding": {
            "y": _y("need"),
            "y2": {"field": "supply"},
            "tooltip": [
                {"field": "year", "type": "quantitative", "format": "d", "title": _("Year")},
                *(
                    {
                        "field": field,
                        "type": "quantitative",
                        "format": ",.0f",
                        "title": title % {"counts": counts},
                    }
                    for field, title in shown
                ),
            ],
        },
    }
