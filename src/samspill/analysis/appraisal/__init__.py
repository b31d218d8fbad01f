"""Comparing ways to do it: cost-effectiveness, uncertainty, budgets, scenarios, effect, mini-HTA.

The door to this package; other parts import from here. Costs are in one currency and price year, effects in
one unit of which more is better; the draws of a comparison are the same for all that is compared.
"""

from samspill.analysis.appraisal.attribution import (
    Attribution,
    attribute,
)
from samspill.analysis.appraisal.budget import (
    Bearing,
    BudgetImpact,
    Payer,
    Side,
    budget_impact,
)
from samspill.analysis.appraisal.certainty import (
    Acceptability,
    Precision,
    acceptability,
    enough_draws,
    population_value,
)
from samspill.analysis.appraisal.contest import (
    Contest,
    Gap,
)
from samspill.analysis.appraisal.discounting import (
    DiscountRates,
    flat,
    norwegian_rates,
)
from samspill.analysis.appraisal.distributions import (
    Beta,
    Dirichlet,
    Distribution,
    Fixed,
    Gamma,
    LogNormal,
    Normal,
    cost,
    cost_between,
    normal,
    normal_between,
    ratio,
    ratio_between,
    share,
    share_between,
    split,
)
from samspill.analysis.appraisal.formulas import (
    Formula,
    Formulas,
)
from samspill.analysis.appraisal.icer import (
    Standing,
    Status,
    Strategy,
    compare_strategies,
)
from samspill.analysis.appraisal.information import (
    Information,
    evppi,
)
from samspill.analysis.appraisal.markov import (
    Counting,
    Totals,
    counting_weights,
    evaluate,
    for_cycle,
    probability_from_rate,
    trace,
    with_hazard_ratio,
    with_staying,
)
from samspill.analysis.appraisal.model_files import (
    EXAMPLES,
    BudgetPlan,
    Model,
    example,
    model_from,
    read_model,
)
from samspill.analysis.appraisal.outcomes import (
    Outcomes,
)
from samspill.analysis.appraisal.parameters import (
    Parameter,
    draw_all,
    means_of,
)
from samspill.analysis.appraisal.scenario import (
    METHOD,
    VERSION,
    Baseline,
    Comparison,
    Compute,
    Scenario,
    check_data,
    compare,
    fingerprint,
    run,
    with_overrides,
)
from samspill.analysis.appraisal.sensitivity import (
    Bar,
    Flip,
    Tornado,
    TwoWay,
    flips,
    thresholds,
    tornado,
    two_way,
)
from samspill.analysis.appraisal.tables import (
    read_draws,
    read_strategies,
)

__all__ = [
    "EXAMPLES",
    "METHOD",
    "VERSION",
    "Acceptability",
    "Attribution",
    "Bar",
    "Baseline",
    "Bearing",
    "Beta",
    "BudgetImpact",
    "BudgetPlan",
    "Comparison",
    "Compute",
    "Contest",
    "Counting",
    "Dirichlet",
    "DiscountRates",
    "Distribution",
    "Fixed",
    "Flip",
    "Formula",
    "Formulas",
    "Gamma",
    "Gap",
    "Information",
    "LogNormal",
    "Model",
    "Normal",
    "Outcomes",
    "Parameter",
    "Payer",
    "Precision",
    "Scenario",
    "Side",
    "Standing",
    "Status",
    "Strategy",
    "Tornado",
    "Totals",
    "TwoWay",
    "acceptability",
    "attribute",
    "budget_impact",
    "check_data",
    "compare",
    "compare_strategies",
    "cost",
    "cost_between",
    "counting_weights",
    "draw_all",
    "enough_draws",
    "evaluate",
    "evppi",
    "example",
    "fingerprint",
    "flat",
    "flips",
    "for_cycle",
    "means_of",
    "model_from",
    "normal",
    "normal_between",
    "norwegian_rates",
    "population_value",
    "probability_from_rate",
    "ratio",
    "ratio_between",
    "read_draws",
    "read_model",
    "read_strategies",
    "run",
    "share",
    "share_between",
    "split",
    "thresholds",
    "tornado",
    "trace",
    "two_way",
    "with_hazard_ratio",
    "with_overrides",
    "with_staying",
]
