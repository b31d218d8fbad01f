"""The door to reading plans: from a read document to a plan candidate, and from that to plain values.

Pure Python on plain values: no database, no network, no clock, no chance. The same document gives the same
reading.
Not here: how a file becomes a document (`samspill.documents`), or what a person does with the candidate
(`plans.actions`).
"""

from samspill.plans.reading.as_json import to_json
from samspill.plans.reading.candidates import (
    PROBLEMS,
    Adoption,
    Community,
    FocusArea,
    Goal,
    Holes,
    Measure,
    Period,
    PlanReading,
    Problem,
    Question,
    Responsible,
    StatedPopulation,
)
from samspill.plans.reading.communities import KnownCommunity
from samspill.plans.reading.reader import read_plan

__all__ = [
    "PROBLEMS",
    "Adoption",
    "Community",
    "FocusArea",
    "Goal",
    "Holes",
    "KnownCommunity",
    "Measure",
    "Period",
    "PlanReading",
    "Problem",
    "Question",
    "Responsible",
    "StatedPopulation",
    "read_plan",
    "to_json",
]
