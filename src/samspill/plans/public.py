"""The door of plans: what the faces above may use (command line, demonstration, web)."""

from samspill.plans.actions.adoption import adopt, publish
from samspill.plans.actions.begin_from import begin_from
from samspill.plans.actions.changing import undo
from samspill.plans.actions.funds.applications import begin as begin_application
from samspill.plans.actions.funds.applications import save as save_application
from samspill.plans.actions.funds.applications import submit as submit_application
from samspill.plans.actions.funds.awarding import accept as accept_award
from samspill.plans.actions.funds.awarding import decide as decide_application
from samspill.plans.actions.funds.calls import announce as announce_call
from samspill.plans.actions.funds.calls import appoint as appoint_reviewer
from samspill.plans.actions.funds.calls import save_call, save_scheme
from samspill.plans.actions.funds.checking import check_formally
from samspill.plans.actions.funds.consents import answer_consent, ask_consent
from samspill.plans.actions.funds.reporting import approve_report, mark_paid
from samspill.plans.actions.funds.reporting import save_report as save_fund_report
from samspill.plans.actions.funds.reviewing import recommend, save_scores
from samspill.plans.actions.funds.starting import start as start_award
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
    Application,
    Award,
    Call,
    Endorsement,
    FocusArea,
    FundReport,
    FundScheme,
    Goal,
    Measure,
    MeasureAdoption,
    MeasureFate,
    MeasureResponsible,
    Milestone,
    PartyImplementation,
    Payment,
    Plan,
    PlanDocument,
    Project,
    StatusReport,
)
from samspill.plans.queries.funds.awards import planned_rows
from samspill.plans.queries.overview import Choice, Overview, overview
from samspill.plans.queries.rows import Row, rows_of
from samspill.plans.rules.funds.budget import Line as FundLine
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
    "Application",
    "Award",
    "Call",
    "Choice",
    "Endorsement",
    "Fate",
    "FocusArea",
    "FundLine",
    "FundReport",
    "FundScheme",
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
    "Payment",
    "Plan",
    "PlanDocument",
    "PlanKind",
    "Project",
    "ProjectWords",
    "Row",
    "ShownStatus",
    "StatusReport",
    "StatusWord",
    "accept_award",
    "accept_sure",
    "add_milestone",
    "adopt",
    "announce_call",
    "answer_consent",
    "appoint_reviewer",
    "approve_report",
    "ask_consent",
    "begin_application",
    "begin_from",
    "begin_revision",
    "check_formally",
    "community_named_in",
    "create_project",
    "decide_application",
    "drop",
    "edit_text",
    "fill_hole",
    "import_plan",
    "join_to_project",
    "link_indicator",
    "mark_paid",
    "move_project",
    "open_project",
    "overview",
    "planned_rows",
    "publish",
    "reach_milestone",
    "read_revision",
    "recommend",
    "report_status",
    "rows_of",
    "save_application",
    "save_call",
    "save_fund_report",
    "save_scheme",
    "save_scores",
    "set_concerned",
    "set_deadline",
    "set_fate",
    "set_responsible",
    "start_award",
    "submit_application",
    "take_up",
    "tell",
    "tell_column",
    "tell_row",
    "undo",
    "undo_take_up",
    "undo_told",
]
