"""Population by its components: deaths, births, moves within the nation and across its border.

The door to this package; other parts import from here. The equations of a year are in `step`, the rates in
`rates`, how they are estimated in `estimating` and `residual`, the projection in `projecting`, its random
futures in `chance`.
"""

from samspill.analysis.cluster import Spread
from samspill.analysis.components.chance import NET_MIGRATION, ComponentUncertainty
from samspill.analysis.components.dispersion import estimate_uncertainty
from samspill.analysis.components.estimating import ComponentParameters, estimate_rates
from samspill.analysis.components.events import ComponentEvents
from samspill.analysis.components.projecting import (
    METHOD,
    VERSION,
    ComponentProjection,
    Components,
    Stretch,
    follow,
    national_path,
    project_components,
)
from samspill.analysis.components.rates import ComponentRates, FlowMatrix, Pool, YearRates, from_flow_rates
from samspill.analysis.components.residual import expected_events
from samspill.analysis.components.step import NationalFlows, YearFlows, step

__all__ = [
    "METHOD",
    "NET_MIGRATION",
    "VERSION",
    "ComponentEvents",
    "ComponentParameters",
    "ComponentProjection",
    "ComponentRates",
    "ComponentUncertainty",
    "Components",
    "FlowMatrix",
    "NationalFlows",
    "Pool",
    "Spread",
    "Stretch",
    "YearFlows",
    "YearRates",
    "estimate_rates",
    "estimate_uncertainty",
    "expected_events",
    "follow",
    "from_flow_rates",
    "national_path",
    "project_components",
    "step",
]
