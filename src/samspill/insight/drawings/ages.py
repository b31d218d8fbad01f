"""How old a work force is: filled bars for now, an outline for a later year."""

from collections.abc import Mapping, Sequence

from samspill.insight.drawings.parts import INK, SHAPES, Spec

HEIGHT = {"wide": 260, "narrow": 240}


def ages(
    labels: Sequence[str],
    now: Sequence[float],
    then: Sequence[float],
    *,
    told: str,
    called: tuple[str, str],
) -> Mapping[str, Spec]:
    """Persons per group of `labels`; `called` are the words for now and for the later year."""
    rows = [
        {"age": label, "now": round(one, 1), "then": round(other, 1)}
        for label, one, other in zip(labels, now, then, strict=True)
    ]
    return {shape: _drawing(rows, told, called, shape) for shape in SHAPES}


def _drawing(rows: list[dict[str, object]], told: str, called: tuple[str, str], shape: str) -> Spec:
    x = {
        "field": "age",
        "type": "ordinal",
        "sort": None,
        "title": None,
        "scale": {"paddingInner": 0.06, "paddingOuter": 0.02},
        "axis": {"labelAngle": 0, "labelOverlap": "parity" if shape == "narrow" else False},
    }
    tooltip = [
        {"field": "age", "type": "nominal", "title": " "},
        {"field": "now", "type": "quantitative", "format": ",.0f", "title": called[0]},
        {"field": "then", "type": "quantitative", "format": ",.0f", "title": called[1]},
    ]
    return {
        "description": told,
        "height": HEIGHT[shape],
        "data": {"values": rows},
        "encoding": {"x": x, "tooltip": tooltip},
        "layer": [
            {
                "mark": {"type": "bar", "style": "pale", "aria": False},
                "encoding": {"y": {"field": "now", "type": "quantitative", "title": None}},
            },
            {
                "mark": {
                    "type": "bar",
                    "filled": False,
                    "fill": None,
                    "stroke": INK,
                    "strokeWidth": 1.75,
                    "aria": False,
                },
                "encoding": {"y": {"field": "then", "type": "quantitative", "title": None}},
            },
        ],
    }
