"""What a value is held against: the sign that somebody watches, its limits, and the plans in force."""

from dataclasses import dataclass
from typing import Any

from samspill.care.models import PatientIndicator, SafetyNetPlan, ThresholdSet
from samspill.directory.public import call, from_row


@dataclass(frozen=True)
class HeldAgainst:
    """`sign` is None, and the rest empty, when nobody in the episode has asked for the value.

    `limits` are all versions, each with the plan it comes from; `plans` the patient's that are in force.
    """

    sign: PatientIndicator | None = None
    limits: tuple[ThresholdSet, ...] = ()
    plans: tuple[SafetyNetPlan, ...] = ()


def held_against(episode_id: int, code: str) -> HeldAgainst:
    """Inside `opening` of the episode's patient. 1 query."""
    said = call("care_held_against", episode_id, code)
    if not said:
        return HeldAgainst()
    return HeldAgainst(
        from_row(PatientIndicator, said["sign"]),
        tuple(_limits(one) for one in said["limits"]),
        tuple(from_row(SafetyNetPlan, one) for one in said["plans"]),
    )


def _limits(said: dict[str, Any]) -> ThresholdSet:
    plan = said["plan"]
    return from_row(ThresholdSet, said, plan=from_row(SafetyNetPlan, plan) if plan else None)
