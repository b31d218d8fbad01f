"""A tornado: how far each assumption alone moves a difference, the one that moves it most on top."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samspill.insight.drawings.named_rows import (
    BAR,
    BELOW,
    FJORD,
    INK,
    SHAPES,
    STEP,
    Spec,
    across,
    both,
    domain,
    names,
    row,
    zero_line,
)


@dataclass(frozen=True)
class Span:
    """The outcome when `name` is low and when it is high."""

    name: str
    at_low: float
    at_high: float


def tornado(
    found: Sequence[Span], *, base: float, told: str, unit: str, low: str, high: str
) -> Mapping[str, Spec]:
    """`low` and `high` are the words of the key: «når tallet er lavt», «når tallet er høyt»."""
    values = [
        {"row": place, "name": one.name, "base": base, "end": end, "side": side}
        for place, one in enumerate(found)
        for side, end in ((low, one.at_low), (high, one.at_high))
    ]
    ends = [one["end"] for one in values]
    layers = {
        shape: [
            _bar(across("end", _even(ends, shape), unit=unit), low, high),
            names([one.name for one in found]),
            zero_line(),
            _base(base),
        ]
        for shape in SHAPES
    }
    return both(
        told, layers, data={"values": values}, height={"step": STEP - 8}, encoding={"y": row(len(found))}
    )


def _even(ends: Sequence[object], shape: str) -> list[float]:
    low, high = domain([float(str(end)) for end in ends], shape, zero=True)
    return [
        low,
        high if shape == "wide" else max(0.0, *(float(str(end)) for end in ends)) + 0.04 * (high - low),
    ]


def _bar(x: Spec, low: str, high: str) -> Spec:
    return {
        "mark": {"type": "bar", "height": 15, "yOffset": BELOW, "aria": False},
        "encoding": {
            "x": x,
            "x2": {"field": "base"},
            "color": {
                "field": "side",
                "type": "nominal",
                "scale": {"domain": [low, high], "range": [BAR, FJORD]},
                "legend": {"title": None},
            },
        },
    }


def _base(base: float) -> Spec:
    return {
        "data": {"values": [{"base": base}]},
        "mark": {"type": "rule", "style": "now", "color": INK, "strokeDash": [2, 3], "aria": False},
        "encoding": {"x": {"field": "base", "type": "quantitative"}, "y": None},
    }
