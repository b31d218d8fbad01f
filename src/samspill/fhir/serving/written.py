"""What is written for and by the patient, and about who saw it.

CarePlan, Communication, Consent, AuditEvent and Provenance.
"""

from typing import Any

from django.db.models import Q, QuerySet

from samspill.care.public import (
    AccessLogEntry,
    Block,
    MeasurementSource,
    Message,
    MessageWay,
    Opened,
    SafetyNetPlan,
)
from samspill.fhir.http.addresses import instant, joined_id
from samspill.fhir.http.reply import Call, Json
from samspill.fhir.mapping.codes import codes
from samspill.fhir.mapping.common import OWN, coded, of_patient, period, reference, resource, without_nothing
from samspill.fhir.mapping.plans import plan_categories
from samspill.fhir.serving.kinds import Kind
from samspill.fhir.serving.parameters import moment, token

OWN_RECORD = "own_record_patient"
DICOM = "http://dicom.nema.org/resources/ontology/DCM"
PATIENT_RECORD = "110110"
ACTIONS = {"read": "R", "list": "R", "write": "U", "export": "R", "search": "E"}


def _plans(call: Call, opened: Opened | None) -> QuerySet:
    assert opened is not None  # noqa: S101 - a kind of a patient is asked for inside `opening`
    return SafetyNetPlan.objects.filter(patient=opened.patient).select_related("tenant", "team")


def _plan(row: SafetyNetPlan, call: Call, opened: Opened | None) -> Json:
    return plan_resource(row)


def plan_resource(row: SafetyNetPlan) -> Json:
    """That there is a plan, by whom and since when; `row` has `team` and `tenant` read along."""
    made = resource("CarePlan", joined_id(row.patient_id, row.pk)) | {
        "language": row.language,
        "identifier": [{"system": "urn:samspill:plan", "value": f"{row.problem} {row.version}"}],
        "replaces": [one] if (one := of_patient("CarePlan", row.patient_id, row.supersedes_id)) else [],
        "status": codes().plan_status[row.state],
        "intent": "plan",
        "category": plan_categories(row.kind),
        "title": f"Hva er innafor: {row.problem}",
        "subject": reference("Patient", row.patient_id),
        "period": period(
            row.sent_at.date() if row.sent_at else None, row.ended_at.date() if row.ended_at else None
        ),
        "created": instant(row.made_at),
        "contributor": [{"display": f"{row.team.name}, {row.tenant}"}],
        "supportingInfo": [one]
        if (one := of_patient("List", row.patient_id, row.medication_list_id))
        else [],
        "note": [{"text": f"Legemiddellisten er ikke gjennomgått: {row.medication_reason}"}]
        if row.medication_reason
        else [],
        "careTeam": [reference("CareTeam", row.team_id, row.team.name)],
    }
    return without_nothing(made)


PLANS = Kind(
    "CarePlan",
    _plans,
    _plan,
    part="safety_net",
    filters={
        "status": token("state", codes().plan_status),
        "category": token("kind"),
        "date": moment("sent_at"),
    },
)


def _messages(call: Call, opened: Opened | None) -> QuerySet:
    assert opened is not None  # noqa: S101 - as above
    return Message.objects.filter(patient=opened.patient).select_related("episode__team")


def _message(row: Message, call: Call, opened: Opened | None) -> Json:
    patient = reference("Patient", row.patient_id)
    team = reference("CareTeam", row.episode.team_id, row.episode.team.name)
    is_to = row.way == MessageWay.TO_PATIENT
    made = resource("Communication", joined_id(row.patient_id, row.pk), version="1", modified=row.at) | {
        "status": "completed",
        "subject": patient,
        "about": [one] if (one := of_patient("Task", row.patient_id, row.alert_id)) else [],
        "sent": instant(row.at),
        "recipient": [patient if is_to else team],
        "sender": {"display": row.by_name} if is_to else patient | {"display": row.by_name},
        "payload": [{"contentString": row.text}],
    }
    return without_nothing(made)


MESSAGES = Kind("Communication", _messages, _message, part="messages", filters={"sent": moment("at")})


def _blocks(call: Call, opened: Opened | None) -> QuerySet:
    """The patient's own alone: that somebody is shut out is not told to those who are."""
    assert opened is not None  # noqa: S101 - as above
    rows = Block.objects.filter(patient=opened.patient)
    return rows if any(one.basis == OWN_RECORD for one in opened.decisions) else rows.none()


def _block(row: Block, call: Call, opened: Opened | None) -> Json:
    today = call.actor.today
    is_over = row.lifted_on is not None and row.lifted_on <= today
    kinds = [{"system": OWN, "code": kind} for kind in row.kinds]
    provision = {"type": "deny", "period": period(row.from_day, row.lifted_on), "class": kinds}
    made = resource("Consent", joined_id(row.patient_id, row.pk)) | {
        "status": "inactive" if is_over else "active",
        "scope": coded("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy"),
        "category": [coded(OWN, f"block-{row.against}")],
        "patient": reference("Patient", row.patient_id),
        "dateTime": row.from_day.isoformat(),
        "policyRule": {"text": "Pasient- og brukerrettighetsloven § 5-3"},
        "provision": without_nothing(provision),
    }
    return without_nothing(made)


CONSENTS = Kind("Consent", _blocks, _block)


def _log(call: Call, opened: Opened | None) -> QuerySet:
    """The patient sees all of it; somebody else what they themselves looked at (the database holds it so)."""
    assert opened is not None  # noqa: S101 - as above
    pk = opened.patient.pk
    return AccessLogEntry.objects.filter(Q(patient=pk) | Q(patients__contains=[pk]))


def _looked(row: AccessLogEntry, call: Call, opened: Opened | None) -> Json:
    who = ", ".join(one for one in (row.by_name, row.team_name, row.tenant_name) if one)
    assert opened is not None  # noqa: S101 - as above
    patient = opened.patient.pk  # of a line about a list, this one of those who stood on it
    made = resource("AuditEvent", joined_id(patient, row.pk)) | {
        "type": {"system": DICOM, "code": PATIENT_RECORD, "display": "Patient Record"},
        "action": ACTIONS.get(row.act, "R"),
        "recorded": instant(row.at),
        "outcome": "0",
        "purposeOfEvent": [coded(codes().systems["purpose"], row.purpose)] if row.purpose else [],
        "agent": [{"who": {"display": who}, "requestor": True}],
        "source": {"observer": {"display": "Samspill"}},
        "entity": [{"what": reference("Patient", patient), "description": row.what}],
    }
    return without_nothing(made)


LOG = Kind("AuditEvent", _log, _looked, filters={"date": moment("at")})


def _sources(call: Call, opened: Opened | None) -> QuerySet:
    assert opened is not None  # noqa: S101 - as above
    return MeasurementSource.objects.filter(patient=opened.patient).select_related("measurement", "by")


def _source(row: Any, call: Call, opened: Opened | None) -> Json:
    name = row.by.name if row.by else row.system
    made = resource("Provenance", joined_id(row.patient_id, row.pk)) | {
        "target": [of_patient("Observation", row.patient_id, row.measurement_id)],
        "recorded": instant(row.at),
        "agent": [{"who": {"display": name}}],
        "entity": [{"role": "source", "what": {"identifier": {"system": row.system, "value": row.number}}}],
    }
    return without_nothing(made)


SOURCES = Kind("Provenance", _sources, _source, part="measurements", filters={"recorded": moment("at")})
