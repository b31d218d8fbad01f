"""Who comes and who goes, year by year: bars up and down, and a line for the difference."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samspill.insight.drawings.parts import INK, SHAPES, Spec, years_axis

HEIGHT = {"wide": 320, "narrow": 300}
ONE = 0.72  # of a year is bar
UP = ("#0f4c64", "#5f93a8", "#bfd0d8")
DOWN = ("#6b7780", "#c3ced4", "#e4e9ec")
"""Of the palette: fjord for those who come, grey for those who go, the largest part darkest."""


@dataclass(frozen=True)
class Stream:
    """Persons a year of one way to come (above 0) or to go (below 0)."""

    label: str
    values: Sequence[float]


def comings(
    years: Sequence[int], streams: Sequence[Stream], *, told: str, counts: str, net: str
) -> Mapping[str, Spec]:
    """`net` names the line: those who come less those who go."""
    colours = _colours(streams)
    rows = _stacked(years, streams)
    line = [
        {"year": year + 0.5, "net": sum(one.values[place] for one in streams)}
        for place, year in enumerate(years)
    ]
    return {shape: _drawing(years, rows, line, colours, told, counts, net, shape) for shape in SHAPES}


def _colours(streams: Sequence[Stream]) -> dict[str, str]:
    found: dict[str, str] = {}
    for tones, side in ((UP, 1), (DOWN, -1)):
        own = [one for one in streams if side * sum(one.values) > 0]
        own.sort(key=lambda one: -abs(sum(one.values)))
        found |= {one.label: tone for one, tone in zip(own, tones, strict=False)}
    return found


def _stacked(years: Sequence[int], streams: Sequence[Stream]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for place, year in enumerate(years):
        tops = {True: 0.0, False: 0.0}
        for one in streams:
            value = one.values[place]
            low = tops[value > 0]
            tops[value > 0] += value
            rows.append(
                {
                    "year": year + (1 - ONE) / 2,
                    "until": year + (1 + ONE) / 2,
                    "called": str(year),
                    "who": one.label,
                    "persons": round(value, 1),
                    "from": round(low, 2),
                    "to": round(low + value, 2),
                }
            )
    return rows


def _drawing(
    years: Sequence[int],
    rows: list[dict[str, object]],
    line: list[dict[str, float]],
    colours: Mapping[str, str],
    told: str,
    counts: str,
    net: str,
    shape: str,
) -> Spec:
    x = years_axis(years[0], years[-1] + 1, shape)
    quantity = {"type": "quantitative", "title": None}
    return {
        "description": told,
        "height": HEIGHT[shape],
        "data": {"values": rows},
        "encoding": {"x": x},
        "layer": [
            {
                "mark": {"type": "rect", "aria": False},
                "encoding": {
                    "x2": {"field": "until"},
                    "y": {"field": "from", **quantity},
                    "y2": {"field": "to"},
                    "color": {
                        "field": "who",
                        "type": "nominal",
                        "scale": {"domain": list(colours), "range": list(colours.values())},
                        "legend": {
                            "title": None,
                            "orient": "top",
                            "columns": 3 if shape == "wide" else 2,
                            "labelLimit": 220 if shape == "wide" else 150,
                        },
                    },
                    "tooltip": [
                        {"field": "called", "type": "nominal", "title": " "},
                        {"field": "who", "type": "nominal", "title": " "},
                        {"field": "persons", "type": "quantitative", "format": ",.0f", "title": counts},
                    ],
                },
            },
            {
                "data": {"values": [{}]},
                "mark": {"type": "rule", "color": INK, "strokeWidth": 1, "aria": False},
                "encoding": {"x": {"datum": years[0]}, "x2": {"datum": years[-1] + 1}, "y": {"datum": 0}},
            },
            {
                "data": {"values": line},
                "mark": {"type": "line", "style": "line", "point": {"size": 28, "color": INK}, "aria": False},
                "encoding": {
                    "y": {"field": "net", **quantity},
                    "tooltip": [{"field": "net", "type": "quantitative", "format": ",.0f", "title": net}],
                },
            },
        ],
    }
