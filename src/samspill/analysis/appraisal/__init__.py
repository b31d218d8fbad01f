"""Comparing ways to do it: cost-effectiveness, uncertainty, budgets, scenarios, effect, mini-HTA.

The door to this package; other parts import from here. Costs are in one currency and price year, effects in
one unit of which more is better; the draws of a comparison are the same for all that is compared.
"""

from samspill.analysis.appraisal.icer import Standing, Status, Strategy, compare_strategies

__all__ = ["Standing", "Status", "Strategy", "compare_strategies"]
