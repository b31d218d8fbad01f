"""What a value is held against, and whom it concerns: asked for at once, for each that comes in."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from samspill.care.models import PatientIndicator, Receiver, SafetyNetPlan, ThresholdSet
from samspill.directory.public import call, from_row


@dataclass(frozen=True)
class HeldAgainst:
    """`sign` is None when nobody in the episode has asked for the value, and then there are no limits.

    limits      all versions, each with the plan it comes from
    plans       the patient's that are in force
    is_outside  whether an open alert says that the value is outside
    receivers   who is sent what is new in the record, with the account of the system that it is
    """

    sign: PatientIndicator | None
    limits: tuple[ThresholdSet, ...]
    plans: tuple[SafetyNetPlan, ...]
    is_outside: bool
    receivers: tuple[tuple[Receiver, int | None], ...]


def held_against(episode_id: int, code: str, day: date) -> HeldAgainst:
    """Inside `opening` of the episode's patient. 1 query."""
    said = call("care_held_against", episode_id, code, day)
    return HeldAgainst(
        from_row(PatientIndicator, said["sign"]) if said["sign"] else None,
        tuple(_limits(one) for one in said["limits"]),
        tuple(from_row(SafetyNetPlan, one) for one in said["plans"]),
        said["is_outside"],
        tuple((from_row(Receiver, one), one["account"]) for one in said["receivers"]),
    )


def _limits(said: dict[str, Any]) -> ThresholdSet:
    plan = said["plan"]
    return from_row(ThresholdSet, said, plan=from_row(SafetyNetPlan, plan) if plan else None)
