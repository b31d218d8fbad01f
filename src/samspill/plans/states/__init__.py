"""Code sets of plans and transition tables, one file per thing."""

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
from samspill.plans.states.table_import import AT_WORK, TABLE_TRANSITIONS, Outcome, TableState, Verdict

__all__ = [
    "AT_WORK",
    "CLOSED",
    "DONE",
    "KIND_OF",
    "MEASURE_TRANSITIONS",
    "PROJECT_TRANSITIONS",
    "STATE_AFTER",
    "TABLE_TRANSITIONS",
    "Answers",
    "Basis",
    "Hole",
    "Judgement",
    "MeasureState",
    "Outcome",
    "PlanKind",
    "Precision",
    "ProjectState",
    "ShownStatus",
    "Side",
    "StatusWord",
    "TableState",
    "TakesPart",
    "Verdict",
]
