"""Areas that are like one: about as many inhabitants, and about as large a share of them over 80.

Both are read from one indicator, the share of those over 80: its population and its value, the newest year.
Areas are set apart by the logarithm of how many they are and by the share, each in its own standard
deviations; the nearest are those that are like it. Size and age are what use of services follows most.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from samspill.insight.queries.measured import Area, measured

SHARE = "share-80-plus"
HOW_MANY = {"community": 5, "municipality": 10}
"""How many are called alike, by level."""


@dataclass(frozen=True)
class Like:
    """An area with what made it like another."""

    area: Area
    inhabitants: int
    share: float


@dataclass(frozen=True)
class Peers:
    own: Like
    others: Sequence[Like]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(one.area.code for one in self.others)


def peers_of(code: str, level: str) -> Peers | None:
    """The nearest first; None where the share of those over 80 is not among the figures. 2 queries."""
    found = measured(SHARE)
    if found is None:
        return None
    known = [like for area in found.of_level(level) if (like := _like(area, found.latest))]
    own = next((one for one in known if one.area.code == code), None)
    if own is None or len(known) <= HOW_MANY[level]:
        return None
    marks = np.array([[np.log(one.inhabitants), one.share] for one in known])
    spread = marks.std(axis=0)
    away = ((marks - marks[known.index(own)]) / np.where(spread > 0, spread, 1.0)) ** 2
    order = np.argsort(away.sum(axis=1), kind="stable")
    nearest = [known[place] for place in order if known[place] is not own]
    return Peers(own, nearest[: HOW_MANY[level]])


def _like(area: Area, period: int) -> Like | None:
    point = area.at(period)
    if point is None or point.value is None or not point.population:
        return None
    return Like(area, point.population, point.value)
