"""A control chart with the day a measure began: limits of the time before, what was expected, what came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samspill.insight.drawings.parts import FJORD, INK, QUIET, SHAPES, Spec

HEIGHT = {"wide": 340, "narrow": 280}
ROOM = {"wide": 0.2, "narrow": 0.02}  # of the periods, to the right of the last, for names
SPECIAL = "#a8480c"


@dataclass(frozen=True)
class Since:
    """What is drawn, in the order of `times` (a year with its part: 2024.5). None where there is nothing.

    values, centre, lower, upper  the series and its limits; `special` are the points that break a rule
    expected                      the line of what was expected, which may reach past the last value
    """

    times: Sequence[float]
    values: Sequence[float | None]
    labels: Sequence[str]
    special: Sequence[bool]
    centre: float | None
    lower: float | None
    upper: float | None
    expected: Sequence[tuple[float, float]]
    began: float


@dataclass(frozen=True)
class Names:
    told: str
    counts: str
    began: str
    expected: str
    centre: str
    period: str


def since(one: Since, names: Names) -> Mapping[str, Spec]:
    """`names` are what stands in the drawing, in the reader's language."""
    return {shape: _drawing(one, names, shape) for shape in SHAPES}


def _drawing(one: Since, names: Names, shape: str) -> Spec:
    return {
        "description": names.told,
        "height": HEIGHT[shape],
        "encoding": {"x": _x(one, shape)},
        "layer": [
            *_limits(one),
            _rule(one),
            *_expected(one),
            *_series(one, names),
            *_names(one, names, shape),
        ],
    }


def _x(one: Since, shape: str) -> Spec:
    ends = [*one.times, *(x for x, _y in one.expected)]
    first, last = min(ends), max(ends)
    every = 1 if last - first <= 11 and shape == "wide" else 2 if last - first <= 20 else 5
    shown = [year for year in range(int(first), int(last) + 1) if (int(last) - year) % every == 0]
    return {
        "field": "x",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [first, last + ROOM[shape] * (last - first)], "nice": False, "zero": False},
        "axis": {"format": "d", "values": shown, "tickCount": len(shown), "labelFlush": False},
    }


def _y(field: str = "y") -> Spec:
    return {"field": field, "type": "quantitative", "title": None, "scale": {"zero": False}}


def _layer(rows: Sequence[Mapping[str, object]], mark: Spec, **more: Spec) -> Spec:
    return {"data": {"values": list(rows)}, "mark": {"aria": False, **mark}, "encoding": {"y": _y(), **more}}


def _limits(one: Since) -> list[Spec]:
    first, last = one.times[0], one.times[-1]
    found = []
    if one.lower is not None and one.upper is not None:
        rows = [{"x": x, "y": one.lower, "top": one.upper} for x in (first, last)]
        found.append(_layer(rows, {"type": "area", "style": "range"}, y2={"field": "top"}))
    if one.centre is not None:
        rows = [{"x": x, "y": one.centre} for x in (first, last)]
        found.append(_layer(rows, {"type": "line", "style": "comparison"}))
    return found


def _rule(one: Since) -> Spec:
    return {
        "data": {"values": [{"x": one.began}]},
        "mark": {"type": "rule", "style": "now", "aria": False},
        "encoding": {},
    }


def _expected(one: Since) -> list[Spec]:
    if not one.expected:
        return []
    rows = [{"x": x, "y": y} for x, y in one.expected]
    mark = {"type": "line", "color": FJORD, "strokeDash": [7, 5], "strokeWidth": 2}
    return [_layer(rows, mark), _layer(rows[-1:], {"type": "point", "style": "dot", "color": FJORD})]


def _series(one: Since, names: Names) -> list[Spec]:
    rows = [
        {"x": x, "y": y, "label": label, "special": special}
        for x, y, label, special in zip(one.times, one.values, one.labels, one.special, strict=True)
        if y is not None
    ]
    told = {
        "tooltip": [
            {"field": "label", "type": "nominal", "title": names.period},
            {"field": "y", "type": "quantitative", "title": names.counts, "format": ",~f"},
        ]
    }
    plain = [row for row in rows if not row["special"]]
    special = [row for row in rows if row["special"]]
    return [
        _layer(rows, {"type": "line", "color": INK, "strokeWidth": 1.75}),
        _layer(plain, {"type": "point", "filled": True, "size": 52, "color": INK}, **told),  # type: ignore[arg-type]
        _layer(
            special,
            {"type": "point", "filled": True, "size": 110, "shape": "diamond", "color": SPECIAL},
            **told,  # type: ignore[arg-type]
        ),
    ]


def _names(one: Since, names: Names, shape: str) -> list[Spec]:
    small = {} if shape == "wide" else {"fontSize": 12.5}
    label = {"type": "text", "style": "label", "baseline": "middle", "aria": False, **small}
    began = {
        "data": {"values": [{"x": one.began}]},
        "mark": {**label, "text": names.began, "align": "right", "baseline": "top", "dx": -6, "y": 0},
        "encoding": {},
    }
    found: list[Spec] = [began]
    if one.expected:
        at, place = _beside_expected(one, shape)
        found.append(_layer([at], {**label, "text": names.expected, "color": FJORD, **place}))
    if one.centre is not None:
        place = {"text": names.centre, "color": QUIET, "align": "right", "dx": -4, "dy": -9}
        found.append(_layer([{"x": one.times[-1], "y": one.centre}], {**label, **place}))
    return found


def _beside_expected(one: Since, shape: str) -> tuple[Spec, Spec]:
    """Where the name of what is expected stands: at its end, or (narrow) where nothing is drawn."""
    (first, start), (last, end) = one.expected[0], one.expected[-1]
    if shape == "wide":
        return {"x": last, "y": end}, {"align": "left", "dx": 10}
    return {"x": (first + last) / 2, "y": (start + end) / 2}, {
        "align": "left",
        "dx": 8,
        "dy": -6 if end < start else 10,
    }
