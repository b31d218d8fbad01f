"""Models of care, one file per thing."""

from samspill.care.models.access import AccessDecision, AccessLogEntry
from samspill.care.models.alerts import Alert, AlertStep, ListRow
from samspill.care.models.entering import Entry, SetAside
from samspill.care.models.indicators import (
    MeasurementSchedule,
    PassiveInterval,
    PatientIndicator,
    ThresholdSet,
)
from samspill.care.models.measurements import Invalidation, Measurement, MeasurementSource, TriageResult
from samspill.care.models.messages import Message
from samspill.care.models.patients import Block, CareEpisode, Patient, RelatedPerson
from samspill.care.models.safety_net import PlanRecipient, SafetyNetPlan
from samspill.care.models.services import CareTeam, ServiceAgreement, TeamMembership

__all__ = [
    "AccessDecision",
    "AccessLogEntry",
    "Alert",
    "AlertStep",
    "Block",
    "CareEpisode",
    "CareTeam",
    "Entry",
    "Invalidation",
    "ListRow",
    "Measurement",
    "MeasurementSchedule",
    "MeasurementSource",
    "Message",
    "PassiveInterval",
    "Patient",
    "PatientIndicator",
    "PlanRecipient",
    "RelatedPerson",
    "SafetyNetPlan",
    "ServiceAgreement",
    "SetAside",
    "TeamMembership",
    "ThresholdSet",
    "TriageResult",
]
