"""The door of care: what the faces above may use.

A patient is opened (`opening`) before anything about them is read or written, in the same transaction; what
is called here inside it sees no more than the decisions let through.
"""

from samspill.care.actions import alerting
from samspill.care.actions.alerting import (
    accept,
    acknowledge,
    act_on,
    close,
    decline,
    let_go,
    raise_alert,
    take,
)
from samspill.care.actions.clients import (
    NewClient,
    StoredIds,
    as_actor,
    end_client,
    find_client,
    forget_used_ids,
    register_client,
)
from samspill.care.actions.deciding import Wish, no_relation
from samspill.care.actions.duty import set_duty
from samspill.care.actions.entering import enter
from samspill.care.actions.listing import hold as hold_alerts
from samspill.care.actions.measuring import Incoming, Remembered, TakenIn, invalidate, set_limits, take_in
from samspill.care.actions.medication import About as AboutMedication
from samspill.care.actions.medication import begin_list, save_list, sign_list
from samspill.care.actions.missing import raise_missing
from samspill.care.actions.opening import Opened, opening, opening_by_duty
from samspill.care.actions.outbox import Delivered, claim_due, take_receipt, tell_delivered
from samspill.care.actions.receivers import NewLogin, NewReceiver, add_receiver, set_login
from samspill.care.actions.safety_net import Signed, begin, confirm, opening_draft, save, send
from samspill.care.actions.sealing import anchors_since as log_anchors
from samspill.care.actions.sealing import verify as verify_log
from samspill.care.actions.setting_aside_sent import SentWrong, set_aside_sent
from samspill.care.duty_time import DutyTime
from samspill.care.medication_lines import Line as MedicineLine
from samspill.care.medication_text import lines_of
from samspill.care.models import (
    AccessLogEntry,
    Alert,
    AlertStep,
    Block,
    CareEpisode,
    CareTeam,
    Entry,
    Invalidation,
    MachineClient,
    Measurement,
    MeasurementSchedule,
    MeasurementSource,
    MedicationLine,
    MedicationList,
    Message,
    Outgoing,
    PassiveInterval,
    Patient,
    PatientIndicator,
    Receiver,
    RelatedPerson,
    SafetyNetPlan,
    ServiceAgreement,
    SetAside,
    TeamMembership,
    ThresholdSet,
)
from samspill.care.outbox_states import IssuerKind
from samspill.care.outbox_wording import ISSUER_SAID
from samspill.care.queries.alerts import alerts_of
from samspill.care.queries.by_number import patient_by_number
from samspill.care.queries.receiving import measurements_of_source, watching_episode
from samspill.care.queries.safety_net import as_plan, find_plan
from samspill.care.queries.watching import rule_of
from samspill.care.safety_net_states import PlanKind, RecipientKind
from samspill.care.sheet import medicines_of as plan_medicines
from samspill.care.sheet import paper_of as plan_paper
from samspill.care.sheet import title_of as plan_title
from samspill.care.states import Act, AlertAct, AlertKind, AlertState, BlockedFrom, Entered, MessageWay, Right
from samspill.care.wording_aside import said_of

__all__ = [
    "ISSUER_SAID",
    "AboutMedication",
    "AccessLogEntry",
    "Act",
    "Alert",
    "AlertAct",
    "AlertKind",
    "AlertState",
    "AlertStep",
    "Block",
    "BlockedFrom",
    "CareEpisode",
    "CareTeam",
    "Delivered",
    "DutyTime",
    "Entered",
    "Entry",
    "Incoming",
    "Invalidation",
    "IssuerKind",
    "MachineClient",
    "Measurement",
    "MeasurementSchedule",
    "MeasurementSource",
    "MedicationLine",
    "MedicationList",
    "MedicineLine",
    "Message",
    "MessageWay",
    "NewClient",
    "NewLogin",
    "NewReceiver",
    "Opened",
    "Outgoing",
    "PassiveInterval",
    "Patient",
    "PatientIndicator",
    "PlanKind",
    "Receiver",
    "RecipientKind",
    "RelatedPerson",
    "Remembered",
    "Right",
    "SafetyNetPlan",
    "SentWrong",
    "ServiceAgreement",
    "SetAside",
    "Signed",
    "StoredIds",
    "TakenIn",
    "TeamMembership",
    "ThresholdSet",
    "Wish",
    "accept",
    "acknowledge",
    "act_on",
    "add_receiver",
    "alerting",
    "alerts_of",
    "as_actor",
    "as_plan",
    "begin",
    "begin_list",
    "claim_due",
    "close",
    "confirm",
    "decline",
    "end_client",
    "enter",
    "find_client",
    "find_plan",
    "forget_used_ids",
    "hold_alerts",
    "invalidate",
    "let_go",
    "lines_of",
    "log_anchors",
    "measurements_of_source",
    "no_relation",
    "opening",
    "opening_by_duty",
    "opening_draft",
    "patient_by_number",
    "plan_medicines",
    "plan_paper",
    "plan_title",
    "raise_alert",
    "raise_missing",
    "register_client",
    "rule_of",
    "said_of",
    "save",
    "save_list",
    "send",
    "set_aside_sent",
    "set_duty",
    "set_limits",
    "set_login",
    "sign_list",
    "take",
    "take_in",
    "take_receipt",
    "tell_delivered",
    "verify_log",
    "watching_episode",
]
