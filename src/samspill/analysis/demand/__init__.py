"""Demand for services: what the population will use, what may change it, and how wrong that has been.

The door to this package; other parts import from here. Services and their rates are in `services.yaml`, what
may change them in `mitigators.yaml`, how the curves have done in `accuracy.yaml`: all dated and sourced.
Units are each service's own; percentiles are taken last and never summed.
"""

from samspill.analysis.demand.accuracy import measure, measured, pack_use, use_files
from samspill.analysis.demand.assumed import assumptions_from, read_assumptions
from samspill.analysis.demand.baseline import (
    METHOD,
    PERCENTILES,
    VERSION,
    Baseline,
    freeze,
    lines_beside,
)
from samspill.analysis.demand.change import LINES, NO_CHANGE, Change, Recipe, forecast
from samspill.analysis.demand.identity import rates_version
from samspill.analysis.demand.mitigation import Mitigator, Return, mitigators, read_mitigators
from samspill.analysis.demand.ostfold import embedded_use
from samspill.analysis.demand.rows import demand_rows, write_demand
from samspill.analysis.demand.services import Part, Service, catalogue, choose, read_services
from samspill.analysis.demand.skill import BETTER, NONE, OURS, UNTESTED, Score, Skill, backtest, untested
from samspill.analysis.demand.spreading import expected_on
from samspill.analysis.demand.thinning import Assumptions, Moved
from samspill.analysis.demand.trying import Outcome, what_if
from samspill.analysis.demand.use import Need, Use, by_age, need_of
from samspill.analysis.demand.waterfall import CHANGE, POPULATION, Waterfall
from samspill.analysis.demand.ways import Level

__all__ = [
    "BETTER",
    "CHANGE",
    "LINES",
    "METHOD",
    "NONE",
    "NO_CHANGE",
    "OURS",
    "PERCENTILES",
    "POPULATION",
    "UNTESTED",
    "VERSION",
    "Assumptions",
    "Baseline",
    "Change",
    "Level",
    "Mitigator",
    "Moved",
    "Need",
    "Outcome",
    "Part",
    "Recipe",
    "Return",
    "Score",
    "Service",
    "Skill",
    "Use",
    "Waterfall",
    "assumptions_from",
    "backtest",
    "by_age",
    "catalogue",
    "choose",
    "demand_rows",
    "embedded_use",
    "expected_on",
    "forecast",
    "freeze",
    "lines_beside",
    "measure",
    "measured",
    "mitigators",
    "need_of",
    "pack_use",
    "rates_version",
    "read_assumptions",
    "read_mitigators",
    "read_services",
    "untested",
    "use_files",
    "what_if",
    "write_demand",
]
