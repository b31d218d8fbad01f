"""Bars from 0, a row per thing and in it a bar per part, each with its interval: who gains and who pays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samspill.insight.drawings.named_rows import (
    ABOVE,
    CATEGORIES,
    INK,
    SHAPES,
    Spec,
    across,
    both,
    domain,
    names,
    row,
    zero_line,
)

THICK = 13
BETWEEN = 24  # pixels from bar to bar within a row


@dataclass(frozen=True)
class Bar:
    """`part` tells the bars of a row apart; without an interval `low` and `high` are None."""

    name: str
    part: str
    value: float
    said: str
    low: float | None = None
    high: float | None = None


def bars(found: Sequence[Bar], *, told: str, unit: str, form: str = ",~f") -> Mapping[str, Spec]:
    """Rows and parts in the order they are given in; a single part has no key."""
    rows = list(dict.fromkeys(one.name for one in found))
    parts = list(dict.fromkeys(one.part for one in found))
    step = 34 + BETWEEN * len(parts)
    values = [
        {
            "row": rows.index(one.name),
            "name": one.name,
            "part": one.part,
            "value": one.value,
            "low": one.value if one.low is None else one.low,
            "high": one.value if one.high is None else one.high,
            "edge": max(0.0, one.value, one.value if one.high is None else one.high),
            "said": one.said,
        }
        for one in found
    ]
    ends = [
        end
        for one in found
        for end in (
            one.value,
            one.value if one.low is None else one.low,
            one.value if one.high is None else one.high,
        )
    ]
    layers = {
        shape: [
            layer
            for number, part in enumerate(parts)
            for layer in _part(
                part,
                parts,
                step,
                number,
                across("value", domain(ends, shape, zero=True), unit=unit, form=form),
            )
        ]
        + [_names(rows, step), zero_line()]
        for shape in SHAPES
    }
    return both(told, layers, data={"values": values}, height={"step": step}, encoding={"y": row(len(rows))})


def _names(rows: Sequence[str], step: int) -> Spec:
    drawn = names(rows)
    drawn["mark"]["yOffset"] = -step / 2 - ABOVE - 3
    return drawn


def _part(part: str, parts: Sequence[str], step: int, number: int, x: Spec) -> list[Spec]:
    """The bars of one part, below each other by their number."""
    down = -step / 2 + 34 + BETWEEN * number
    here = [{"filter": {"field": "part", "equal": part}}]
    colour: Spec = {
        "field": "part",
        "type": "nominal",
        "scale": {"domain": list(parts), "range": list(CATEGORIES[: len(parts)])},
        "legend": {"title": None, "columns": 2, "labelLimit": 240} if len(parts) > 1 else None,
    }
    return [
        {
            "transform": here,
            "mark": {"type": "bar", "height": THICK, "yOffset": down, "aria": False},
            "encoding": {"x": x, "color": colour},
        },
        {
            "transform": here,
            "mark": {"type": "rule", "color": INK, "strokeWidth": 1.5, "yOffset": down, "aria": False},
            "encoding": {"x": {"field": "low", "type": "quantitative"}, "x2": {"field": "high"}},
        },
        {
            "transform": here,
            "mark": {
                "type": "text",
                "align": "left",
                "baseline": "middle",
                "dx": 8,
                "yOffset": down,
                "color": INK,
                "aria": False,
            },
            "encoding": {
                "x": {"field": "edge", "type": "quantitative"},
                "text": {"field": "said", "type": "nominal"},
            },
        },
    ]
