"""Models of care, one file per thing."""

from samspill.care.models.access import AccessDecision, AccessLogEntry
from samspill.care.models.agreed import BlockWord, Consent, Coordinator, IndividualPlan
from samspill.care.models.alerts import Alert, AlertStep, ListRow, TeamCount
from samspill.care.models.assessments import Assessment
from samspill.care.models.clients import MachineClient, UsedId
from samspill.care.models.entering import Entry, SetAside
from samspill.care.models.finding import FollowedRow
from samspill.care.models.indicators import (
    MeasurementSchedule,
    PassiveInterval,
    PatientIndicator,
    ScheduleVersion,
    ThresholdSet,
)
from samspill.care.models.log_blocks import LogAnchor, LogBlock
from samspill.care.models.measurements import Invalidation, Measurement, MeasurementSource, TriageResult
from samspill.care.models.medication import MedicationLine, MedicationList
from samspill.care.models.messages import Message, MessagesRead
from samspill.care.models.notes import CareNote, NoteReminder, NoteSeen
from samspill.care.models.outgoing import Outgoing, Receiver
from samspill.care.models.patients import Block, CareEpisode, Patient, RelatedPerson
from samspill.care.models.reviews import AccessReview, EmergencyEnd, RefusedLook
from samspill.care.models.safety_net import PlanRecipient, SafetyNetPlan
from samspill.care.models.services import CareTeam, ServiceAgreement, TeamMembership

__all__ = [
    "AccessDecision",
    "AccessLogEntry",
    "AccessReview",
    "Alert",
    "AlertStep",
    "Assessment",
    "Block",
    "BlockWord",
    "CareEpisode",
    "CareNote",
    "CareTeam",
    "Consent",
    "Coordinator",
    "EmergencyEnd",
    "Entry",
    "FollowedRow",
    "IndividualPlan",
    "Invalidation",
    "ListRow",
    "LogAnchor",
    "LogBlock",
    "MachineClient",
    "Measurement",
    "MeasurementSchedule",
    "MeasurementSource",
    "MedicationLine",
    "MedicationList",
    "Message",
    "MessagesRead",
    "NoteReminder",
    "NoteSeen",
    "Outgoing",
    "PassiveInterval",
    "Patient",
    "PatientIndicator",
    "PlanRecipient",
    "Receiver",
    "RefusedLook",
    "RelatedPerson",
    "SafetyNetPlan",
    "ScheduleVersion",
    "ServiceAgreement",
    "SetAside",
    "TeamCount",
    "TeamMembership",
    "ThresholdSet",
    "TriageResult",
    "UsedId",
]
