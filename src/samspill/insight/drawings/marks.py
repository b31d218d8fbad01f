"""Pieces that drawings of several kinds are put together from."""

from typing import Any

Spec = dict[str, Any]
INK, FJORD, PAPER = "#16222b", "#0f4c64", "#ffffff"
"""Of the palette; the browser turns them with the colour scheme."""
BAR, PALE, HALF = "#5f93a8", "#bfd0d8", "#c3ced4"


def value(field: str, **more: object) -> Spec:
    """A quantity on an axis that has no title."""
    return {"field": field, "type": "quantitative", "title": None, **more}


def spread(wanted: list[float], heights: list[float], most: float) -> list[float]:
    """Middles of labels as near `wanted` (pixels from the top, in rising order) as fits without touching.

    They stay above `most` where there is room for all.
    """
    placed: list[float] = []
    under = 0.0
    for middle, height in zip(wanted, heights, strict=True):
        placed.append(max(middle, under + height / 2))
        under = placed[-1] + height / 2
    over = most
    for place in reversed(range(len(placed))):
        placed[place] = min(placed[place], over - heights[place] / 2)
        over = placed[place] - heights[place] / 2
    return placed
