"""The door of care: who is followed together, what is measured, and what waits for somebody."""

from samspill.care.actions import alerting
from samspill.care.actions.measuring import Incoming, TakenIn, set_limits, take_in
from samspill.care.actions.missing import raise_missing
from samspill.care.actions.opening import opening, opening_by_duty
from samspill.care.actions.safety_net import Signed, begin, confirm, opening_draft, save, send
from samspill.care.models import (
    Alert,
    CareEpisode,
    CareTeam,
    MeasurementSchedule,
    PassiveInterval,
    Patient,
    PatientIndicator,
    RelatedPerson,
    SafetyNetPlan,
    ServiceAgreement,
    TeamMembership,
)
from samspill.care.queries.safety_net import as_plan
from samspill.care.safety_net_states import RecipientKind
from samspill.care.states import AlertState

__all__ = [
    "Alert",
    "AlertState",
    "CareEpisode",
    "CareTeam",
    "Incoming",
    "MeasurementSchedule",
    "PassiveInterval",
    "Patient",
    "PatientIndicator",
    "RecipientKind",
    "RelatedPerson",
    "SafetyNetPlan",
    "ServiceAgreement",
    "Signed",
    "TakenIn",
    "TeamMembership",
    "alerting",
    "as_plan",
    "begin",
    "confirm",
    "opening",
    "opening_by_duty",
    "opening_draft",
    "raise_missing",
    "save",
    "send",
    "set_limits",
    "take_in",
]
