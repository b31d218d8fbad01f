"""A fan small enough for a row: points of a line and of the band around it, for an SVG in a template."""

from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 160, 44
BOTTOM, TOP = 0.6, 1.7


class SmallFan(NamedTuple):
    """`middle` and `band` are points as SVG writes them; `today` is the height of what is used now."""

    middle: str
    band: str
    today: str
    width: int = WIDTH
    height: int = HEIGHT


def small_fan(low: Sequence[float], middle: Sequence[float], high: Sequence[float]) -> SmallFan:
    """One value per year of each, oldest first, as shares of what is used now.

    The axis is the same for all, from BOTTOM to TOP, so that fans can be compared; what is outside is cut.
    """
    there = [_points(values) for values in (low, middle, high)]
    return SmallFan(" ".join(there[1]), " ".join([*there[2], *reversed(there[0])]), f"{_height(1.0):.1f}")


def _points(values: Sequence[float]) -> list[str]:
    step = WIDTH / max(len(values) - 1, 1)
    return [f"{place * step:.1f},{_height(value):.1f}" for place, value in enumerate(values)]


def _height(share: float) -> float:
    return HEIGHT * (TOP - min(max(share, BOTTOM), TOP)) / (TOP - BOTTOM)
