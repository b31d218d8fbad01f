"""The parts of a document that is a plan: each resource of it, with references inside the document alone."""

import base64
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samspill.care.public import PlanKind, SafetyNetPlan, plan_title, rule_of
from samspill.fhir.http.addresses import instant
from samspill.fhir.mapping.codes import codes
from samspill.fhir.mapping.common import OWN, Json, coded, identifier, measured, period, without_nothing
from samspill.fhir.mapping.limits import limits_extension, targets
from samspill.fhir.mapping.plans import plan_categories
from samspill.refusal import Refused
from samspill.rulebook.safety_net import Contact, Indicator, Level, Plan, described, hours_said
from samspill.rulebook.safety_net.roles import LEVELS
from samspill.rulebook.vital_signs import find

DOCUMENT_TYPES = "urn:oid:2.16.578.1.12.4.1.1.9602"
# Document types by kind of plan. Source: ValueSet no-basis-documentreference-type (HL7 Norway, 2.2.3).
TYPE_OF = {
    PlanKind.SAFETY_NET: ("A12-2", "Utskrivings-/Pasientorientering"),
    PlanKind.SELF_MANAGEMENT: ("B01-2", "Tverrfaglig behandlingsplan"),
}
MEDICATION_LIST = "10160-0"
PLAN_NUMBER = "urn:samspill:plan"
EMPTY = "http://terminology.hl7.org/CodeSystem/list-empty-reason"
PDF = "application/pdf"


@dataclass(frozen=True)
class Sent:
    """What a document is made of. `row` has team, tenant and patient read along; `pdf` is the sheet."""

    row: SafetyNetPlan
    plan: Plan
    number: uuid.UUID
    pdf: bytes

    def urn(self, name: str) -> str:
        return f"urn:uuid:{uuid.uuid5(self.number, name)}"

    def to(self, name: str, display: str = "") -> Json:
        return without_nothing({"reference": self.urn(name), "display": display})


def contacts_of(plan: Plan) -> tuple[Contact, ...]:
    """Each once, in the plan's order; one without a number is nobody to call."""
    found = (one for name in LEVELS for one in _level(plan, name).contacts if one.number)
    return tuple(dict.fromkeys(found))


def _level(plan: Plan, name: str) -> Level:
    return plan.levels.get(name) or Level(title="", do="")


def aimed(plan: Plan) -> list[Indicator]:
    """What has limits on where it is, or on how fast it changes."""
    return [one for one in plan.indicators if one.kind == "measured" and rule_of(one)]


def described_at(one: Indicator, level: str, language: str) -> str:
    try:
        return described(one, level, language)
    except Refused:  # a limit that was never set
        return one.levels[level]


def people(sent: Sent) -> list[tuple[str, Json]]:
    row, patient = sent.row, sent.row.patient
    number = [identifier(patient.number_kind, patient.national_number)] if patient.national_number else []
    who = {
        "resourceType": "Patient",
        "identifier": number,
        "name": [{"family": patient.family_name, "given": [patient.given_name]}],
        "birthDate": patient.birth_date.isoformat() if patient.birth_date else "",
    }
    organisation = {
        "resourceType": "Organization",
        "identifier": [identifier("enh", row.tenant.orgnr)] if row.tenant.orgnr else [],
        "active": True,
        "name": row.tenant.name,
    }
    team = {
        "resourceType": "CareTeam",
        "status": "active",
        "name": row.team.name,
        "managingOrganization": [sent.to("organisation", str(row.tenant))],
        "telecom": _phone(row.team.phone),
    }
    named = (("patient", who), ("organisation", organisation), ("team", team))
    return [(name, without_nothing(made)) for name, made in named]


def _phone(number: str) -> list[Json]:
    return [{"system": "phone", "value": number}] if number else []


def care_plan(sent: Sent) -> Json:
    row, plan = sent.row, sent.plan
    problem = f"{row.problem} {row.version}"
    former = {"identifier": {"system": PLAN_NUMBER, "value": f"{row.problem} {row.version - 1}"}}
    made = {
        "resourceType": "CarePlan",
        "language": plan.language,
        "identifier": [{"system": PLAN_NUMBER, "value": problem}],
        "replaces": [former] if row.supersedes_id else [],
        "status": codes().plan_status[row.state],
        "intent": "plan",
        "category": plan_categories(row.kind),
        "title": plan_title(sent.plan),
        "description": plan.about,
        "subject": sent.to("patient"),
        "period": period(plan.valid_from, plan.valid_to),
        "created": instant(row.made_at),
        "author": sent.to("organisation", str(row.tenant)),
        "careTeam": [sent.to("team", row.team.name)],
        "goal": [sent.to(f"goal {one.id}") for one in aimed(plan)],
        "activity": [
            *({"reference": sent.to(f"request {one.id}")} for one in plan.indicators),
            *(_step(sent, name) for name in LEVELS if name in plan.levels),
        ],
        "note": [{"text": one} for one in plan.responsibility],
    }
    return without_nothing(made)


def _step(sent: Sent, name: str) -> Json:
    """What to do at a level, and whom to call."""
    said, known = sent.plan.levels[name], contacts_of(sent.plan)
    detail = {
        "code": coded(OWN, f"level-{name}") | {"text": said.title},
        "status": "not-started",
        "description": " ".join(one for one in (said.own_step, said.do, said.why) if one),
        "performer": [sent.to(f"contact {known.index(one)}") for one in said.contacts if one.number],
    }
    return {"detail": without_nothing(detail)}


def _code(one: Indicator) -> Json:
    return (measured(one.code) if one.code else {}) | {"text": one.name}


def _unit(one: Indicator) -> str:
    try:
        return find(one.code).unit
    except Refused:  # what only this plan watches has no unit of the rulebook's
        return ""


def request(sent: Sent, one: Indicator) -> Json:
    made = {
        "resourceType": "ServiceRequest",
        "extension": _limits(sent, one),
        "status": "active" if sent.row.is_in_force else "revoked",
        "intent": "order",
        "code": _code(one),
        "subject": sent.to("patient"),
        "occurrencePeriod": period(sent.plan.valid_from, sent.plan.valid_to),
        "performer": [sent.to("team", sent.row.team.name)],
        "patientInstruction": one.how,
    }
    return without_nothing(made)


def _limits(sent: Sent, one: Indicator) -> list[Json]:
    return limits_extension(sent.row.version, rule_of(one), _unit(one))


def goal(sent: Sent, one: Indicator) -> Json:
    """To stay where it is green."""
    made = {
        "resourceType": "Goal",
        "extension": _limits(sent, one),
        "lifecycleStatus": "active",
        "description": {"text": described_at(one, LEVELS[0], sent.plan.language) or one.name},
        "subject": sent.to("patient"),
        "target": targets(one.code or one.id, rule_of(one), _unit(one)),
        "addresses": [sent.to(f"request {one.id}")],
    }
    return without_nothing(made)


def contact(sent: Sent, one: Contact) -> Json:
    hours: Json = {"daysOfWeek": list(one.days)}
    if one.start is None or one.end is None or one.start == one.end:
        hours["allDay"] = True
    else:
        hours |= {"availableStartTime": f"{one.start:%H:%M:%S}", "availableEndTime": f"{one.end:%H:%M:%S}"}
    made = {
        "resourceType": "HealthcareService",
        "active": True,
        "type": [coded(OWN, one.role)],
        "name": one.said(sent.plan.language),
        "comment": hours_said(one, sent.plan.language),
        "telecom": _phone(one.number),
        "availableTime": [] if one.otherwise else [hours],
    }
    return without_nothing(made)


def said_of_medication(row: SafetyNetPlan) -> str:
    if row.medication_reconciled_at:
        return _("Reconciled by %(who)s.") % {"who": row.medication_reconciled_by}
    return _("Not reconciled: %(why)s") % {"why": row.medication_reason}


def medication(sent: Sent) -> Json:
    """That it was reconciled, by whom, or why not; its lines are not kept here."""
    row = sent.row
    at = row.medication_reconciled_at or row.medication_signed_at
    made = {
        "resourceType": "List",
        "status": "current",
        "mode": "snapshot",
        "title": _("Medication list"),
        "code": coded(codes().systems["loinc"], MEDICATION_LIST),
        "subject": sent.to("patient"),
        "date": instant(at) if at else "",
        "note": [{"text": said_of_medication(row)}],
        "emptyReason": coded(EMPTY, "withheld"),
    }
    return without_nothing(made)


def sheet(sent: Sent) -> Json:
    code, display = TYPE_OF[PlanKind(sent.row.kind)]
    attachment = {
        "contentType": PDF,
        "language": sent.plan.language,
        "url": sent.urn("pdf"),
        "size": len(sent.pdf),
        "title": plan_title(sent.plan),
    }
    return {
        "resourceType": "DocumentReference",
        "status": "current",
        "docStatus": "final",
        "type": coded(DOCUMENT_TYPES, code, display),
        "subject": sent.to("patient"),
        "date": instant(sent.row.sent_at or sent.row.made_at),
        "author": [sent.to("organisation", str(sent.row.tenant))],
        "content": [{"attachment": attachment}],
    }


def pdf(sent: Sent) -> Json:
    return {
        "resourceType": "Binary",
        "contentType": PDF,
        "securityContext": sent.to("patient"),
        "data": base64.b64encode(sent.pdf).decode(),
    }
