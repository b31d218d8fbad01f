"""Rates and shares of areas, how sure they are, who differs, and what changes: the statistics of indicators.

The door to this package; other parts import from here. Figures are NaN where the source gives none, never 0,
and carry a note that says why. Each function takes one area or, as rows of an array, many at once. Nothing
here reads a clock or draws without a seed, and nothing hides small numbers: that is disclosure control.
"""

from samspill.analysis.rates.crude import proportion, rate, ratio
from samspill.analysis.rates.direct import directly_standardised, directly_standardised_repeated
from samspill.analysis.rates.estimates import SENTENCES, Estimate, Method, Note
from samspill.analysis.rates.indirect import Standardised, indirectly_standardised
from samspill.analysis.rates.limits import byar_limits, exact_limits, poisson_limits, wilson_limits
from samspill.analysis.rates.means import mean
from samspill.analysis.rates.quantile_groups import Quantiles, quantiles
from samspill.analysis.rates.standards import Standard, standard_population, standards

__all__ = [
    "SENTENCES",
    "Estimate",
    "Method",
    "Note",
    "Quantiles",
    "Standard",
    "Standardised",
    "byar_limits",
    "directly_standardised",
    "directly_standardised_repeated",
    "exact_limits",
    "indirectly_standardised",
    "mean",
    "poisson_limits",
    "proportion",
    "quantiles",
    "rate",
    "ratio",
    "standard_population",
    "standards",
    "wilson_limits",
]
