"""How often each way is best, as one is willing to pay more for the effect; the frontier is drawn thick."""

from collections.abc import Mapping, Sequence

from samspill.insight.drawings.named_rows import BAR, FJORD, INK, SHAPES, Spec

HEIGHT = {"wide": 320, "narrow": 280}
COLOURS = (FJORD, BAR, INK, "#6b7780", "#93bccb")
DASHES: tuple[list[int], ...] = ([1, 0], [7, 4], [2, 3], [10, 3, 2, 3], [4, 2])
"""Colour is never alone: each line has a stroke of its own."""
THIN = 2.25
KEY: Spec = {
    "title": None,
    "labelLimit": 260,
    "symbolType": "stroke",
    "symbolStrokeWidth": THIN,
    "symbolSize": 360,
}


def ceac(
    thresholds: Sequence[float],
    curves: Mapping[str, Sequence[float]],
    best: Sequence[str],
    *,
    chosen: float,
    told: str,
    unit: str,
    often: str,
) -> Mapping[str, Spec]:
    """`curves` are shares 0-1 by name, one per threshold; `best` names the one on the frontier at each."""
    values = [
        {"threshold": level, "name": name, "share": share, "best": best[place] == name}
        for name, shares in curves.items()
        for place, (level, share) in enumerate(zip(thresholds, shares, strict=True))
    ]
    return {
        shape: {
            "description": told,
            "height": HEIGHT[shape],
            "data": {"values": values},
            "encoding": {
                "x": {
                    "field": "threshold",
                    "type": "quantitative",
                    "title": unit,
                    "scale": {"nice": False, "domain": [thresholds[0], thresholds[-1]]},
                    "axis": {"format": ",.0f", "tickCount": 5 if shape == "wide" else 3},
                },
                "y": {
                    "field": "share",
                    "type": "quantitative",
                    "title": often,
                    "scale": {"domain": [0, 1]},
                    "axis": {"format": ".0%", "values": [0, 0.25, 0.5, 0.75, 1]},
                },
            },
            "layer": [_chosen(chosen), _frontier(list(curves), shape), _lines(list(curves), shape)],
        }
        for shape in SHAPES
    }


def _colour(named: Sequence[str], shape: str) -> Spec:
    return {
        "field": "name",
        "type": "nominal",
        "scale": {"domain": list(named), "range": list(COLOURS[: len(named)])},
        "legend": {**KEY, "columns": 2 if shape == "wide" else 1},
    }


def _lines(named: Sequence[str], shape: str) -> Spec:
    return {
        "mark": {"type": "line", "strokeWidth": THIN, "aria": False},
        "encoding": {
            "color": _colour(named, shape),
            "strokeDash": {
                "field": "name",
                "type": "nominal",
                "scale": {"domain": list(named), "range": list(DASHES[: len(named)])},
                "legend": {**KEY, "columns": 2 if shape == "wide" else 1},
            },
        },
    }


def _frontier(named: Sequence[str], shape: str) -> Spec:
    return {
        "transform": [{"filter": "datum.best"}],
        "mark": {"type": "point", "shape": "circle", "size": 46, "opacity": 1, "aria": False},
        "encoding": {"color": _colour(named, shape)},
    }


def _chosen(level: float) -> Spec:
    return {
        "data": {"values": [{"threshold": level}]},
        "mark": {"type": "rule", "style": "now", "color": INK, "aria": False},
        "encoding": {"x": {"field": "threshold", "type": "quantitative"}, "y": None},
    }
