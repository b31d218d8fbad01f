"""Code sets of plans and transition tables, one file per thing."""

from samspill.plans.states.carrying_out import (
    IMPLEMENTATION_TRANSITIONS,
    IN_PLACE,
    SETTLED,
    STEPS,
    ImplementationState,
    MilestoneState,
    ShownCarrying,
)
from samspill.plans.states.measures import (
    CLOSED,
    DONE,
    MEASURE_TRANSITIONS,
    STATE_AFTER,
    Answers,
    Basis,
    Hole,
    Judgement,
    MeasureState,
    Precision,
    ShownStatus,
    Side,
    StatusWord,
)
from samspill.plans.states.plans import (
    KIND_OF,
    PlanKind,
)
from samspill.plans.states.projects import PROJECT_TRANSITIONS, ProjectState, TakesPart
from samspill.plans.states.revision import (
    GOES_ON,
    MOST_REVIEW_MONTHS,
    REVIEW_MONTHS,
    STANDS_UNDER,
    STATE_OF_FATE,
    Fate,
)
from samspill.plans.states.table_import import AT_WORK, TABLE_TRANSITIONS, Outcome, TableState, Verdict
from samspill.plans.states.transfer import WRITTEN_HERE, Way

__all__ = [
    "AT_WORK",
    "CLOSED",
    "DONE",
    "GOES_ON",
    "IMPLEMENTATION_TRANSITIONS",
    "IN_PLACE",
    "KIND_OF",
    "MEASURE_TRANSITIONS",
    "MOST_REVIEW_MONTHS",
    "PROJECT_TRANSITIONS",
    "REVIEW_MONTHS",
    "SETTLED",
    "STANDS_UNDER",
    "STATE_AFTER",
    "STATE_OF_FATE",
    "STEPS",
    "TABLE_TRANSITIONS",
    "WRITTEN_HERE",
    "Answers",
    "Basis",
    "Fate",
    "Hole",
    "ImplementationState",
    "Judgement",
    "MeasureState",
    "MilestoneState",
    "Outcome",
    "PlanKind",
    "Precision",
    "ProjectState",
    "ShownCarrying",
    "ShownStatus",
    "Side",
    "StatusWord",
    "TableState",
    "TakesPart",
    "Verdict",
    "Way",
]
