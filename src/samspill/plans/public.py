"""The door of plans: what the faces above may use (command line, demonstration, web)."""

from samspill.plans.actions.adoption import adopt, publish
from samspill.plans.actions.begin_from import begin_from
from samspill.plans.actions.changing import undo
from samspill.plans.actions.implementing import set_concerned, tell, tell_column, tell_row, undo_told
from samspill.plans.actions.importing import ImportResult, community_named_in, import_plan
from samspill.plans.actions.measures import (
    edit_text,
    fill_hole,
    link_indicator,
    set_deadline,
    set_responsible,
)
from samspill.plans.actions.milestones import add_milestone, reach_milestone
from samspill.plans.actions.projects import (
    ProjectWords,
    create_project,
    join_to_project,
    move_project,
    open_project,
)
from samspill.plans.actions.reporting import report_status
from samspill.plans.actions.revising import accept_sure, set_fate
from samspill.plans.actions.revision_start import begin_revision, read_revision
from samspill.plans.actions.transfer import drop, take_up, undo_take_up
from samspill.plans.models import (
    FocusArea,
    Goal,
    Measure,
    MeasureAdoption,
    MeasureFate,
    MeasureResponsible,
    Milestone,
    PartyImplementation,
    Plan,
    PlanDocument,
    Project,
    StatusReport,
)
from samspill.plans.queries.overview import Choice, Overview, overview
from samspill.plans.queries.rows import Row, rows_of
from samspill.plans.states import (
    Fate,
    Hole,
    ImplementationState,
    MeasureState,
    PlanKind,
    ShownStatus,
    StatusWord,
)

__all__ = [
    "Choice",
    "Fate",
    "FocusArea",
    "Goal",
    "Hole",
    "ImplementationState",
    "ImportResult",
    "Measure",
    "MeasureAdoption",
    "MeasureFate",
    "MeasureResponsible",
    "MeasureState",
    "Milestone",
    "Overview",
    "PartyImplementation",
    "Plan",
    "PlanDocument",
    "PlanKind",
    "Project",
    "ProjectWords",
    "Row",
    "ShownStatus",
    "StatusReport",
    "StatusWord",
    "accept_sure",
    "add_milestone",
    "adopt",
    "begin_from",
    "begin_revision",
    "community_named_in",
    "create_project",
    "drop",
    "edit_text",
    "fill_hole",
    "import_plan",
    "join_to_project",
    "link_indicator",
    "move_project",
    "open_project",
    "overview",
    "publish",
    "reach_milestone",
    "read_revision",
    "report_status",
    "rows_of",
    "set_concerned",
    "set_deadline",
    "set_fate",
    "set_responsible",
    "take_up",
    "tell",
    "tell_column",
    "tell_row",
    "undo",
    "undo_take_up",
    "undo_told",
]
