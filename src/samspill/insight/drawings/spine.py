"""A row of a spine chart: what an area is compared with stands in the middle, and all others round it.

Everything is in per cent of the width, so that one drawing fits the screen, the phone and the paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDEST = 46  # per cent from the middle to the farthest end
EDGE = 49  # where an interval that goes farther is cut

Span = tuple[str, str]
"""From where and how wide; or from where to where."""


@dataclass(frozen=True)
class Spine:
    """`range` and `half` are (x, width) of all and of the half in the middle; `limits` (from, to) or None."""

    range: Span
    half: Span
    dot: str
    limits: Span | None


def spine(value: float, limits: tuple[float, float] | None, beside: float, spread: Sequence[float]) -> Spine:
    """`spread` is lowest, first quarter, middle, third quarter, highest."""
    reach = max(spread[4] - beside, beside - spread[0], abs(value - beside)) or 1.0

    def at(number: float) -> float:
        return 50 + max(-EDGE, min(EDGE, WIDEST * (number - beside) / reach))

    def span(low: float, high: float) -> Span:
        return f"{at(low):.1f}%", f"{at(high) - at(low):.1f}%"

    return Spine(
        span(spread[0], spread[4]),
        span(spread[1], spread[3]),
        f"{at(value):.1f}%",
        (f"{at(limits[0]):.1f}%", f"{at(limits[1]):.1f}%") if limits else None,
    )
