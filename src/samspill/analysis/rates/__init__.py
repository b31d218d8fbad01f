"""Rates and shares of areas, how sure they are, who differs, and what changes: the statistics of indicators.

The door to this package; other parts import from here. Figures are NaN where the source gives none, never 0,
and carry a note that says why. Each function takes one area or, as rows of an array, many at once. Nothing
here reads a clock or draws without a seed, and nothing hides small numbers: that is disclosure control.
"""

from samspill.analysis.rates.control_charts import Chart, spc_xmr
from samspill.analysis.rates.crude import proportion, rate, ratio
from samspill.analysis.rates.differences import Difference, difference
from samspill.analysis.rates.direct import directly_standardised, directly_standardised_repeated
from samspill.analysis.rates.dispersion import Overdispersion
from samspill.analysis.rates.estimates import SENTENCES, Estimate, Method, Note
from samspill.analysis.rates.funnel_scales import Kind as FunnelKind
from samspill.analysis.rates.funnel_scales import Scale as FunnelScale
from samspill.analysis.rates.funnels import Funnel, Signal, funnel, funnel_limits
from samspill.analysis.rates.indirect import Standardised, indirectly_standardised
from samspill.analysis.rates.inequalities import Inequality, inequality
from samspill.analysis.rates.inequalities import Kind as ValueKind
from samspill.analysis.rates.life import ABRIDGED_AGES, life_expectancy
from samspill.analysis.rates.limits import byar_limits, exact_limits, poisson_limits, wilson_limits
from samspill.analysis.rates.means import mean
from samspill.analysis.rates.quantile_groups import Quantiles, quantiles
from samspill.analysis.rates.smoothing import Smoothed, Way, smooth
from samspill.analysis.rates.spc_rules import Assurance, Direction, PointKind
from samspill.analysis.rates.standards import Standard, standard_population, standards
from samspill.analysis.rates.trends import Trend, trend
from samspill.analysis.rates.variability import Variation, variation

__all__ = [
    "ABRIDGED_AGES",
    "SENTENCES",
    "Assurance",
    "Chart",
    "Difference",
    "Direction",
    "Estimate",
    "Funnel",
    "FunnelKind",
    "FunnelScale",
    "Inequality",
    "Method",
    "Note",
    "Overdispersion",
    "PointKind",
    "Quantiles",
    "Signal",
    "Smoothed",
    "Standard",
    "Standardised",
    "Trend",
    "ValueKind",
    "Variation",
    "Way",
    "byar_limits",
    "difference",
    "directly_standardised",
    "directly_standardised_repeated",
    "exact_limits",
    "funnel",
    "funnel_limits",
    "indirectly_standardised",
    "inequality",
    "life_expectancy",
    "mean",
    "poisson_limits",
    "proportion",
    "quantiles",
    "rate",
    "ratio",
    "smooth",
    "spc_xmr",
    "standard_population",
    "standards",
    "trend",
    "variation",
    "wilson_limits",
]
