"""Triage: which colour a measurement has, what is missing, and when somebody else must be told.

    colour(limits, value)        green, yellow, red or none
    judge(limits, value)         the same, with the limit it rests on
    outcome(limits, value)       the same, where a rule that fails is an outcome too
    check_limits(limits)         refuses limits that cannot be
    missing_at(schedule, received, pauses, now)
    escalation_at(raised, colour)

All take plain values: dataclasses of this package, or mappings with the same names, as they are stored. Times
have zones, and now is always said. Not here: units and what a body can have (`samspill.rulebook.units`),
alerts and who owns them (`samspill.care`).
"""

from samspill.rulebook.triage.changes import change, limits_from
from samspill.rulebook.triage.colours import Colour, Judgement, Reason, colour, judge, worst
from samspill.rulebook.triage.escalation import Escalation, Step, check_escalation, escalation_at, reached
from samspill.rulebook.triage.limits import (
    AnswerRules,
    Change,
    Components,
    Limits,
    LimitsWithChange,
    as_rule,
    check_limits,
)
from samspill.rulebook.triage.missing import Missing, Pause, as_pause, missing_at
from samspill.rulebook.triage.outcomes import Outcome, OutcomeKind, outcome
from samspill.rulebook.triage.schedules import Schedule, as_schedule, check_schedule, due_between
from samspill.rulebook.triage.versions import Version, in_force

__all__ = [
    "AnswerRules",
    "Change",
    "Colour",
    "Components",
    "Escalation",
    "Judgement",
    "Limits",
    "LimitsWithChange",
    "Missing",
    "Outcome",
    "OutcomeKind",
    "Pause",
    "Reason",
    "Schedule",
    "Step",
    "Version",
    "as_pause",
    "as_rule",
    "as_schedule",
    "change",
    "check_escalation",
    "check_limits",
    "check_schedule",
    "colour",
    "due_between",
    "escalation_at",
    "in_force",
    "judge",
    "limits_from",
    "missing_at",
    "outcome",
    "reached",
    "worst",
]
