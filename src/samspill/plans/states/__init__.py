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
    "KIND_OF",
    "MEASURE_TRANSITIONS",
    "MOST_REVIEW_MONTHS",
    "PROJECT_TRANSITIONS",
    "REVIEW_MONTHS",
    "STANDS_UNDER",
    "STATE_AFTER",
    "STATE_OF_FATE",
    "TABLE_TRANSITIONS",
    "WRITTEN_HERE",
    "Answers",
    "Basis",
    "Fate",
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
    "Way",
]
