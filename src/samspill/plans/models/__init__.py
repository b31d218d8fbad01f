"""One file per thing; the models by name."""

from samspill.plans.models.carrying_out import (
    MeasureParty,
    Milestone,
    PartyImplementation,
)
from samspill.plans.models.funds import (
    Application,
    Award,
    BudgetLine,
    Call,
    ConflictOfInterest,
    Criterion,
    Endorsement,
    FormalCheck,
    FundReport,
    FundScheme,
    Payment,
    Recommendation,
    Review,
    Reviewer,
    Score,
)
from samspill.plans.models.measure import (
    Measure,
    MeasureResponsible,
)
from samspill.plans.models.plan import (
    Plan,
    PlanDocument,
)
from samspill.plans.models.project import (
    Project,
    ProjectParty,
)
from samspill.plans.models.revision import (
    MeasureFate,
)
from samspill.plans.models.status import (
    StatusReport,
)
from samspill.plans.models.table_import import (
    TableImport,
    TableRow,
)
from samspill.plans.models.transfer import (
    MeasureAdoption,
)
from samspill.plans.models.tree import (
    FocusArea,
    Goal,
)

__all__ = [
    "Application",
    "Award",
    "BudgetLine",
    "Call",
    "ConflictOfInterest",
    "Criterion",
    "Endorsement",
    "FocusArea",
    "FormalCheck",
    "FundReport",
    "FundScheme",
    "Goal",
    "Measure",
    "MeasureAdoption",
    "MeasureFate",
    "MeasureParty",
    "MeasureResponsible",
    "Milestone",
    "PartyImplementation",
    "Payment",
    "Plan",
    "PlanDocument",
    "Project",
    "ProjectParty",
    "Recommendation",
    "Review",
    "Reviewer",
    "Score",
    "StatusReport",
    "TableImport",
    "TableRow",
]
