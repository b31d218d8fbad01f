"""Beds and flow: queues in closed form, occupancy, beds for a risk, simulation, shared beds, forecast.

The door to this package; other parts import from here. Time is in days, rates per day, loads in erlang
(mean beds in use) unless a name says otherwise. Nothing here reads a clock or draws without a seed.
"""

from samspill.analysis.capacity.beds import (
    DAYS_PER_YEAR,
    BedNeed,
    Norm,
    Price,
    RiskBeds,
    Rule,
    beds_for_risk,
    beds_from_bed_days,
    norms,
    price_of_utilisation,
    risk_of_too_few,
)
from samspill.analysis.capacity.clock import (
    OSLO,
    Twice,
    to_local,
    to_utc,
)
from samspill.analysis.capacity.delay import (
    FinitePopulation,
    Waiting,
    erlang_c,
    finite_population,
    load_for_delay,
    servers_for_delay,
    servers_for_wait,
    waiting,
)
from samspill.analysis.capacity.estimates import (
    ReadyDays,
    ready_days,
    stay_from_counts,
)
from samspill.analysis.capacity.flow.counting import (
    MEASURES,
    Measure,
)
from samspill.analysis.capacity.flow.model import (
    Group,
    Level,
    Model,
    Step,
    Unit,
    WhenFull,
)
from samspill.analysis.capacity.flow.reading import (
    EXAMPLE,
    model_from,
    stay_from,
)
from samspill.analysis.capacity.flow.results import (
    Estimate,
    Flow,
    Run,
    UnitResult,
    difference,
    estimate,
)
from samspill.analysis.capacity.flow.running import Each, simulate
from samspill.analysis.capacity.flow.spreading import each_on
from samspill.analysis.capacity.forecast_history import (
    ForecastScore,
    Stays,
    forecast_backtest,
    forecast_from_stays,
    weekly_origins,
)
from samspill.analysis.capacity.forecasting import (
    Forecast,
    Patients,
    expected_arrivals,
    forecast,
)
from samspill.analysis.capacity.hours import beds_by_hour, mean_in_bed, sinusoid
from samspill.analysis.capacity.knowing import ages_now, example_stays, known_at
from samspill.analysis.capacity.loss import (
    Engset,
    engset,
    erlang_b,
    erlang_b_continuous,
    load_for_blocking,
    servers_for_blocking,
)
from samspill.analysis.capacity.occupied import (
    HOURS_OF_WEEK,
    Occupancy,
    Profile,
    occupancy,
)
from samspill.analysis.capacity.sharing import (
    Demand,
    Prices,
    SharedBeds,
    SharedCost,
    cost_of,
    shared_beds,
    shared_table,
)
from samspill.analysis.capacity.stays import (
    Exponential,
    Fixed,
    Gamma,
    LogNormal,
    Mixture,
    Observed,
    Stay,
    from_stays,
)
from samspill.analysis.capacity.uncertain import beds_over, load_for_risk, risk_over

__all__ = [
    "DAYS_PER_YEAR",
    "EXAMPLE",
    "HOURS_OF_WEEK",
    "MEASURES",
    "OSLO",
    "BedNeed",
    "Demand",
    "Each",
    "Engset",
    "Estimate",
    "Exponential",
    "FinitePopulation",
    "Fixed",
    "Flow",
    "Forecast",
    "ForecastScore",
    "Gamma",
    "Group",
    "Level",
    "LogNormal",
    "Measure",
    "Mixture",
    "Model",
    "Norm",
    "Observed",
    "Occupancy",
    "Patients",
    "Price",
    "Prices",
    "Profile",
    "ReadyDays",
    "RiskBeds",
    "Rule",
    "Run",
    "SharedBeds",
    "SharedCost",
    "Stay",
    "Stays",
    "Step",
    "Twice",
    "Unit",
    "UnitResult",
    "Waiting",
    "WhenFull",
    "ages_now",
    "beds_by_hour",
    "beds_for_risk",
    "beds_from_bed_days",
    "beds_over",
    "cost_of",
    "difference",
    "each_on",
    "engset",
    "erlang_b",
    "erlang_b_continuous",
    "erlang_c",
    "estimate",
    "example_stays",
    "expected_arrivals",
    "finite_population",
    "forecast",
    "forecast_backtest",
    "forecast_from_stays",
    "from_stays",
    "known_at",
    "load_for_blocking",
    "load_for_delay",
    "load_for_risk",
    "mean_in_bed",
    "model_from",
    "norms",
    "occupancy",
    "price_of_utilisation",
    "ready_days",
    "risk_of_too_few",
    "risk_over",
    "servers_for_blocking",
    "servers_for_delay",
    "servers_for_wait",
    "shared_beds",
    "shared_table",
    "simulate",
    "sinusoid",
    "stay_from",
    "stay_from_counts",
    "to_local",
    "to_utc",
    "waiting",
    "weekly_origins",
]
