"""What the parts of the house count of their own things, by municipality, for indicators."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from samspill.directory.actor import Actor


@dataclass(frozen=True)
class PlatformCount:
    """How many things one municipality has of a kind, today: of `total`, those late, closed, with indicator.

    `area` is the municipality's number of four digits.
    """

    area: str
    total: int
    late: int
    closed: int
    with_indicator: int = 0


@dataclass(frozen=True)
class PlatformCounting:
    """`thing` as the table `platform` of the indicators calls it; `count` is asked inside each community."""

    thing: str
    count: Callable[[Actor], Iterable[PlatformCount]]
