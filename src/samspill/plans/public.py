"""The door of plans: what the faces above may use (command line, demonstration, web)."""

from samspill.plans.actions.adoption import adopt, publish
from samspill.plans.actions.changing import undo
from samspill.plans.actions.importing import ImportResult, community_named_in, import_plan
from samspill.plans.actions.measures import (
    edit_text,
    fill_hole,
    link_indicator,
    set_deadline,
    set_responsible,
)
from samspill.plans.actions.reporting import report_status
from samspill.plans.models import (
    FocusArea,
    Goal,
    Measure,
    MeasureResponsible,
    Plan,
    PlanDocument,
    StatusReport,
)
from samspill.plans.queries.overview import Choice, Overview, overview
from samspill.plans.queries.rows import Row, rows_of
from samspill.plans.states import Hole, MeasureState, PlanKind, ShownStatus, StatusWord

__all__ = [
    "Choice",
    "FocusArea",
    "Goal",
    "Hole",
    "ImportResult",
    "Measure",
    "MeasureResponsible",
    "MeasureState",
    "Overview",
    "Plan",
    "PlanDocument",
    "PlanKind",
    "Row",
    "ShownStatus",
    "StatusReport",
    "StatusWord",
    "adopt",
    "community_named_in",
    "edit_text",
    "fill_hole",
    "import_plan",
    "link_indicator",
    "overview",
    "publish",
    "report_status",
    "rows_of",
    "set_deadline",
    "set_responsible",
    "undo",
]
