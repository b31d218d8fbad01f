"""Projections that a statistics office has published, to be judged beside ours.

Their alternatives (MMMM main, LLML low and HHMH high national growth) are named scenarios and not
probabilities: none of them is an interval.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from samspill.analysis.population.history import Floats
from samspill.refusal import Refused

NATION = "0"  # the code of the whole country in Statistics Norway's tables
OLDEST_KNOWN = 2  # years that the newest projection may be older than the jump-off


@dataclass(frozen=True)
class OfficialProjection:
    """One alternative of one vintage: `persons[area, year][group]`, persons on 1 January.

    `vintage` is the first year, whose 1 January it starts from. `areas` are codes of municipalities in the
    borders of the history it is compared with; the nation's is "0". Groups are those of `AGE_GROUPS` that
    the published ones add up to.
    """

    producer: str
    vintage: int
    alternative: str
    persons: Mapping[tuple[str, int], Mapping[str, int]]

    @property
    def name(self) -> str:
        return f"{self.producer} {self.vintage} {self.alternative}"

    @property
    def areas(self) -> tuple[str, ...]:
        return tuple(sorted({area for area, _ in self.persons}))

    def on(self, year: int, group: str, areas: Sequence[str]) -> Floats | None:
        """Persons of the group in each of `areas`, or None where it was not published for all of them."""
        found = [self.persons.get((area, year), {}).get(group) for area in areas]
        return None if None in found else np.array(found, dtype=np.float64)


def newest_known(projections: Sequence[OfficialProjection], jump_off: int) -> tuple[OfficialProjection, ...]:
    """All alternatives of the newest vintage that starts at `jump_off` or up to two years before it."""
    known = [one.vintage for one in projections if jump_off - OLDEST_KNOWN <= one.vintage <= jump_off]
    return tuple(one for one in projections if known and one.vintage == max(known))


def check_whole(persons: Mapping[tuple[str, int], Mapping[str, int]], name: str) -> None:
    """Refuse a vintage in which an area lacks a group or a year that another has (`missing_cell`)."""
    areas, years = {area for area, _ in persons}, {year for _, year in persons}
    groups = {group for known in persons.values() for group in known}
    for area in sorted(areas):
        for year in sorted(years):
            lacking = groups - set(persons.get((area, year), {}))
            if lacking:
                raise Refused(
                    "missing_cell",
                    f"The official projection {name} has no persons of {min(lacking)} for {area} in {year}. "
                    "Fetch it again.",
                )
