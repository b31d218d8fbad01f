"""Staff: who there is, who comes and goes, what is needed, what lacks, and what could be done about it.

The door to this package; other parts import from here. Persons are counted on 1 January, FTE (årsverk) are
agreed FTE, rates are per year; a gap is demand minus supply, positive when somebody lacks. Axes of arrays:
years, professions, sexes, ages 18..74, sectors (hospital, municipality, elsewhere), draws last.
"""

from samspill.analysis.workforce.backtesting import METHODS, StaffScore, backtest_staff
from samspill.analysis.workforce.baseline import Baseline, Rates
from samspill.analysis.workforce.demand import (
    Demand,
    Gap,
    demand_from,
    demand_fte,
    demand_like_now,
    gap,
    steady_growth,
)
from samspill.analysis.workforce.demand_files import read_demand
from samspill.analysis.workforce.flow import Convention, Flows, step
from samspill.analysis.workforce.general_practice import (
    ListFuture,
    Lists,
    lists_like_the_nation,
    national_lists,
    project_lists,
)
from samspill.analysis.workforce.measures import Lever, Measure, lever_of, levers, rates_in
from samspill.analysis.workforce.needs import (
    FOLLOWS,
    PEOPLE,
    VACANCY,
    demand_following,
    services_followed,
)
from samspill.analysis.workforce.norms import (
    Activity,
    Additional,
    CareElement,
    StaffNeed,
    Support,
    WorkingTime,
    WorkingTimeNorm,
    midwife_fte,
    shift_fte,
    wisn,
    working_times,
)
from samspill.analysis.workforce.projecting import (
    METHOD,
    VERSION,
    Staffing,
    follow,
    percentiles,
    project_staff,
)
from samspill.analysis.workforce.published import keeping_pace, published_region
from samspill.analysis.workforce.reading import (
    assumptions,
    from_fte,
    ostfold,
    read_region,
    region_from,
    rules,
    uncertainty,
)
from samspill.analysis.workforce.shocks import Shocks, Spread, Uncertainty, draw_shocks
from samspill.analysis.workforce.spreading import ALONE, draw_that_fit, follow_in_parts
from samspill.analysis.workforce.terms import (
    AGES,
    OLDEST,
    SECTORS,
    SEXES,
    WORKING,
    YOUNGEST,
    Floats,
    Profession,
    Sector,
)
from samspill.analysis.workforce.what_if import Answer, Closing, Frozen, close, freeze

__all__ = [
    "AGES",
    "ALONE",
    "FOLLOWS",
    "METHOD",
    "METHODS",
    "OLDEST",
    "PEOPLE",
    "SECTORS",
    "SEXES",
    "VACANCY",
    "VERSION",
    "WORKING",
    "YOUNGEST",
    "Activity",
    "Additional",
    "Answer",
    "Baseline",
    "CareElement",
    "Closing",
    "Convention",
    "Demand",
    "Floats",
    "Flows",
    "Frozen",
    "Gap",
    "Lever",
    "ListFuture",
    "Lists",
    "Measure",
    "Profession",
    "Rates",
    "Sector",
    "Shocks",
    "Spread",
    "StaffNeed",
    "StaffScore",
    "Staffing",
    "Support",
    "Uncertainty",
    "WorkingTime",
    "WorkingTimeNorm",
    "assumptions",
    "backtest_staff",
    "close",
    "demand_following",
    "demand_from",
    "demand_fte",
    "demand_like_now",
    "draw_shocks",
    "draw_that_fit",
    "follow",
    "follow_in_parts",
    "freeze",
    "from_fte",
    "gap",
    "keeping_pace",
    "lever_of",
    "levers",
    "lists_like_the_nation",
    "midwife_fte",
    "national_lists",
    "ostfold",
    "percentiles",
    "project_lists",
    "project_staff",
    "published_region",
    "rates_in",
    "read_demand",
    "read_region",
    "region_from",
    "rules",
    "services_followed",
    "shift_fte",
    "steady_growth",
    "step",
    "uncertainty",
    "wisn",
    "working_times",
]
