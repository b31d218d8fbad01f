"""Governance's tables, one file per thing."""

from samspill.governance.models.access_address import AccessAddress
from samspill.governance.models.attendance import (
    Attendance,
    ConflictAssessment,
    ItemAttendance,
    PrivateNote,
    RaisedPoint,
)
from samspill.governance.models.bodies import (
    AppointmentRound,
    Mandate,
    Nomination,
    RepresentationRule,
    Seat,
    SeatRule,
    Tenure,
)
from samspill.governance.models.cases import (
    AnchoringAnswer,
    AnchoringRound,
    Case,
    CaseBrief,
    CaseText,
    Statement,
    StatementRequest,
)
from samspill.governance.models.consultations import (
    Consultation,
    ConsultationQuestion,
    Contribution,
    JointText,
)
from samspill.governance.models.decisions import (
    Decision,
    DecisionParty,
    DecisionPoint,
    Dissent,
    FollowUp,
    FollowUpHelper,
    FollowUpReport,
    Vote,
)
from samspill.governance.models.meetings import (
    AgendaItem,
    AgendaVersion,
    Forwarding,
    Meeting,
    MeetingPlan,
    OnlineRoom,
    Treatment,
    WorkingTitle,
)
from samspill.governance.models.minutes import (
    ItemOpening,
    MinuteRemark,
    Minutes,
    MinutesAddendum,
    MinutesVersion,
    MinuteText,
)
from samspill.governance.models.open_entry import OpenEntry
from samspill.governance.models.papers import Paper, PaperVersion
from samspill.governance.models.public import Delivery, Subscription

__all__ = [
    "AccessAddress",
    "AgendaItem",
    "AgendaVersion",
    "AnchoringAnswer",
    "AnchoringRound",
    "AppointmentRound",
    "Attendance",
    "Case",
    "CaseBrief",
    "CaseText",
    "ConflictAssessment",
    "Consultation",
    "ConsultationQuestion",
    "Contribution",
    "Decision",
    "DecisionParty",
    "DecisionPoint",
    "Delivery",
    "Dissent",
    "FollowUp",
    "FollowUpHelper",
    "FollowUpReport",
    "Forwarding",
    "ItemAttendance",
    "ItemOpening",
    "JointText",
    "Mandate",
    "Meeting",
    "MeetingPlan",
    "MinuteRemark",
    "MinuteText",
    "Minutes",
    "MinutesAddendum",
    "MinutesVersion",
    "Nomination",
    "OnlineRoom",
    "OpenEntry",
    "Paper",
    "PaperVersion",
    "PrivateNote",
    "RaisedPoint",
    "RepresentationRule",
    "Seat",
    "SeatRule",
    "Statement",
    "StatementRequest",
    "Subscription",
    "Tenure",
    "Treatment",
    "Vote",
    "WorkingTitle",
]
