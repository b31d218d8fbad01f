"""Comparing ways to do it: cost-effectiveness, uncertainty, budgets, scenarios, effect, mini-HTA.

The door to this package; other parts import from here. Costs are in one currency and price year, effects in
one unit of which more is better; the draws of a comparison are the same for all that is compared.
"""

from samspill.analysis.appraisal.acceptability import (
    Acceptability,
    Precision,
    acceptability,
    enough_draws,
    population_value,
)
from samspill.analysis.appraisal.icer import Standing, Status, Strategy, compare_strategies
from samspill.analysis.appraisal.information import Information, evppi
from samspill.analysis.appraisal.outcomes import Outcomes

__all__ = [
    "Acceptability",
    "Information",
    "Outcomes",
    "Precision",
    "Standing",
    "Status",
    "Strategy",
    "acceptability",
    "compare_strategies",
    "enough_draws",
    "evppi",
    "population_value",
]
