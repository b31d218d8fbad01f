"""Did a measure move its indicator? Baseline, expectation, what happened, and whether the data can tell.

The door to this package; other parts import from here. It looks at areas and periods, not at persons, and
says in a code what people can rest on: mostly that it is too early, or that so small a change cannot be seen.
Nothing here reads a clock or draws without a seed.
"""

from samspill.analysis.effects.alarms import Alarm, Rule, alarm_of, by_chance, false_alarms, kind_of
from samspill.analysis.effects.asked import (
    Area,
    Asked,
    Expected,
    Floats,
    months_on,
    split_months,
    split_years,
    together,
)
from samspill.analysis.effects.assessing import Assessed, assess
from samspill.analysis.effects.comparing import Compared, Ratio, Way, compare
from samspill.analysis.effects.own import Own, OwnWay, own_series
from samspill.analysis.effects.verdicts import Basis, Smallest, Verdict, smallest_seen

__all__ = [
    "Alarm",
    "Area",
    "Asked",
    "Assessed",
    "Basis",
    "Compared",
    "Expected",
    "Floats",
    "Own",
    "OwnWay",
    "Ratio",
    "Rule",
    "Smallest",
    "Verdict",
    "Way",
    "alarm_of",
    "assess",
    "by_chance",
    "compare",
    "false_alarms",
    "kind_of",
    "months_on",
    "own_series",
    "smallest_seen",
    "split_months",
    "split_years",
    "together",
]
