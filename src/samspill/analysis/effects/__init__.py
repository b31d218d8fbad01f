"""Did a measure move its indicator? Baseline, expectation, what happened, and whether the data can tell.

The door to this package; other parts import from here. It looks at areas and periods, not at persons, and
says in a code what people can rest on: mostly that it is too early, or that so small a change cannot be seen.
Nothing here reads a clock or draws without a seed.
"""

from samspill.analysis.effects.asked import Area, Asked, Expected, split_years, together
from samspill.analysis.effects.assessing import Assessed, assess
from samspill.analysis.effects.comparing import Compared, Ratio, Way, compare
from samspill.analysis.effects.own import Own, OwnWay, own_series
from samspill.analysis.effects.verdicts import Basis, Smallest, Verdict, smallest_seen

__all__ = [
    "Area",
    "Asked",
    "Assessed",
    "Basis",
    "Compared",
    "Expected",
    "Own",
    "OwnWay",
    "Ratio",
    "Smallest",
    "Verdict",
    "Way",
    "assess",
    "compare",
    "own_series",
    "smallest_seen",
    "split_years",
    "together",
]
