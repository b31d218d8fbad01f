"""Ways it may go: a fan of what is expected, what one tries as a line in it, other ways to reckon beside.

Years that were counted are a line before it, where there are any.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samspill.insight.drawings.curve import Curve
from samspill.insight.drawings.fan import BANDS, EVERY, HEIGHT
from samspill.insight.drawings.marks import FJORD, Spec, spread, value
from samspill.insight.wording import about

ROOM = {"wide": 0.42, "narrow": 0.03}  # of the years shown: to the right of the last, for its numbers
ABOVE = 1.12  # of the highest value: the top of the axis
CROWDED = {"wide": 1, "narrow": 2}  # years between ticks that would touch
TALL = {"big": 46, "value": 40, "label": 18}
DASHES = ([1, 0], [6, 4], [2, 3])


@dataclass(frozen=True)
class Line:
    """A line beside the fan: its name, and a value per expected year."""

    name: str
    values: Sequence[float]


def ways(
    curve: Curve,
    *,
    told: str,
    counts: str,
    name: str,
    tried: Line | None = None,
    beside: Sequence[Line] = (),
) -> Mapping[str, Spec]:
    """`curve` holds counted years, if any, then expected ones with bands; `name` is what the fan is called,
    `told` the figure in words, `counts` what the values are."""
    return {
        shape: {
            "description": told,
            "height": HEIGHT[shape],
            "data": {"values": _rows(curve, tried)},
            "encoding": {"x": _years(curve, shape)},
            "layer": [
                *(_band(style, curve, tried, beside) for style, _low, _high in BANDS),
                *(_beside(curve, line, dash) for line, dash in zip(beside, DASHES, strict=False)),
                _line("counted", {"style": "history"}),
                _line("expected", {"style": "expected"}),
                *([_line("tried", {"color": FJORD, "strokeWidth": 3})] if tried else []),
                *_ends(curve, name, tried, beside, shape),
                _pointer(counts, tried),
            ],
        }
        for shape in ("wide", "narrow")
    }


def _ahead(curve: Curve) -> list[int]:
    return list(curve.years[-len(curve.bands) :])


def _rows(curve: Curve, tried: Line | None) -> list[dict[str, float | int]]:
    ahead = _ahead(curve)
    rows: list[dict[str, float | int]] = []
    for year, amount in zip(curve.years, curve.values, strict=True):
        row: dict[str, float | int] = {"year": year, "value": amount}
        if year not in ahead:
            row["counted"] = amount
        if year in ahead or year == ahead[0] - 1:
            ends = curve.bands[ahead.index(year)] if year in ahead else [amount] * 6
            row["expected"] = amount
            for style, low, high in BANDS:
                row |= {f"{style}l": ends[low], f"{style}h": ends[high]}
        if tried and year in ahead:
            row["tried"] = tried.values[ahead.index(year)]
        rows.append(row)
    return rows


def _top(curve: Curve, tried: Line | None, beside: Sequence[Line]) -> float:
    lines = [value for line in (tried, *beside) if line for value in line.values]
    return ABOVE * max([*curve.values, *(band[-1] for band in curve.bands), *lines, 1e-9])


def _y(field: str, curve: Curve, tried: Line | None, beside: Sequence[Line]) -> Spec:
    return value(field, scale={"domain": [0, _top(curve, tried, beside)], "nice": False})


def _years(curve: Curve, shape: str) -> Spec:
    first, last, begins = curve.years[0], curve.years[-1], _ahead(curve)[0]
    even = (year for year in range(first, last + 1) if year % EVERY["wide"] == 0)
    near = CROWDED[shape]
    ticks = {year for year in even if last - year > near and abs(year - begins) > near}
    shown = sorted({first, begins, last} | ticks)
    return {
        "field": "year",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [first, last + ROOM[shape] * (last - first)], "nice": False},
        "axis": {
            "format": "d",
            "values": shown,
            "tickCount": len(shown),
            "labelOverlap": False,
            "labelFlush": False,
        },
    }


def _band(style: str, curve: Curve, tried: Line | None, beside: Sequence[Line]) -> Spec:
    return {
        "mark": {"type": "area", "style": style, "aria": False},
        "encoding": {"y": _y(f"{style}l", curve, tried, beside), "y2": {"field": f"{style}h"}},
    }


def _line(field: str, mark: Spec) -> Spec:
    return {
        "transform": [{"filter": f"isValid(datum.{field})"}],
        "mark": {"type": "line", "aria": False, **mark},
        "encoding": {"y": value(field)},
    }


def _beside(curve: Curve, line: Line, dash: Sequence[int]) -> Spec:
    rows = [{"year": year, "beside": amount} for year, amount in zip(_ahead(curve), line.values, strict=True)]
    return {
        "data": {"values": rows},
        "mark": {"type": "line", "style": "comparison", "strokeDash": list(dash), "aria": False},
        "encoding": {"y": value("beside")},
    }


def _ends(curve: Curve, name: str, tried: Line | None, beside: Sequence[Line], shape: str) -> list[Spec]:
    """Dots where the lines end, and their numbers: to the right of them, or (narrow) above and below."""
    last, end = curve.years[-1], curve.values[-1]
    dots = [_at(last, end, {"type": "point", "style": "dot"})]
    if tried:
        dots.append(_at(last, tried.values[-1], {"type": "point", "style": "us", "size": 110}))
    if shape == "wide":
        return [*dots, *_labels(curve, name, tried, beside)]
    first = {"style": "value", "text": about(end), "dy": -18, "align": "right", "dx": -4}
    texts = [_text(last, end, first)]
    if tried:
        second = {"style": "value", "color": FJORD, "text": about(tried.values[-1]), "align": "right"}
        under = 20 if tried.values[-1] <= end else -40
        texts.append(_text(last, tried.values[-1], {**second, "dy": under, "dx": -4}))
    return [*dots, *texts]


def _labels(curve: Curve, name: str, tried: Line | None, beside: Sequence[Line]) -> list[Spec]:
    """Names and numbers at the right, moved apart where they would touch."""
    last, top, height = curve.years[-1], _top(curve, tried, beside), HEIGHT["wide"]
    ends: list[tuple[float, str, str]] = [(curve.values[-1], "big", name)]
    ends += [(tried.values[-1], "value", tried.name)] if tried else []
    ends += [(line.values[-1], "label", line.name) for line in beside]
    ends.sort(key=lambda one: -one[0])
    wanted = [height * (1 - amount / top) for amount, _style, _name in ends]
    middles = spread(wanted, [TALL[style] for _amount, style, _name in ends], height)
    found = []
    for (amount, style, label), middle in zip(ends, middles, strict=True):
        place = {"align": "left", "dx": 16}
        if style == "label":
            text = _("%(name)s: %(value)s") % {"name": label, "value": about(amount)}
            found.append(_pixel(last, {"style": "label", "text": text, **place}, middle))
            continue
        colour = {"color": FJORD} if style == "value" else {}
        found += [
            _pixel(last, {"style": style, "text": about(amount), **colour, **place}, middle - 9),
            _pixel(last, {"style": "label", "text": label, **place}, middle + 12),
        ]
    return found


def _at(year: int, amount: float, mark: Spec) -> Spec:
    return {
        "data": {"values": [{"year": year, "value": amount}]},
        "mark": {"aria": False, **mark},
        "encoding": {"y": value("value")},
    }


def _text(year: int, amount: float, mark: Spec) -> Spec:
    return _at(year, amount, {"type": "text", "baseline": "middle", **mark})


def _pixel(year: int, mark: Spec, middle: float) -> Spec:
    """A text at a height of its own, in pixels from the top."""
    return {
        "data": {"values": [{"year": year}]},
        "mark": {"type": "text", "baseline": "middle", "aria": False, **mark},
        "encoding": {"y": {"value": middle}},
    }


def _pointer(counts: str, tried: Line | None) -> Spec:
    """What one sees when pointing at a year."""
    told = [("value", counts), ("b80l", _("Eight of ten, from")), ("b80h", _("Eight of ten, to"))]
    told += [("tried", tried.name)] if tried else []
    return {
        "mark": {"type": "rule", "opacity": 0, "strokeWidth": 14, "aria": False},
        "encoding": {
            "y": value("value"),
            "y2": {"datum": 0},
            "tooltip": [
                {"field": "year", "type": "quantitative", "format": "d", "title": _("Year")},
                *(
                    {"field": key, "type": "quantitative", "format": ",.0f", "title": title}
                    for key, title in told
                ),
            ],
        },
    }
