"""The patient and those near, and who works where: Patient, RelatedPerson, Practitioner, PractitionerRole and
Organization.
"""

from typing import Any

from django.db.models import Q, QuerySet

from samspill.care.public import MachineClient, Opened, Patient, RelatedPerson, TeamMembership
from samspill.directory.public import Account, Party, WrittenForm
from samspill.fhir.http.addresses import joined_id
from samspill.fhir.http.reply import Call, Json
from samspill.fhir.mapping.codes import codes
from samspill.fhir.mapping.common import (
    OWN,
    chosen,
    coded,
    identifier,
    period,
    reference,
    resource,
    without_nothing,
)
from samspill.fhir.serving.kinds import Kind
from samspill.fhir.serving.parameters import beginning, token, truth

BASIS = "http://hl7.no/fhir/StructureDefinition/no-basis-"
LANGUAGE = "urn:ietf:bcp:47"


def _patients(call: Call, opened: Opened | None) -> QuerySet:
    assert opened is not None  # noqa: S101 - a kind of a patient is asked for inside `opening`
    return Patient.objects.filter(pk=opened.patient.pk).select_related("municipality", "gp_team")


def _patient(row: Patient, call: Call, opened: Opened | None) -> Json:
    """As much as the decision shows: an address that is protected is not there, nor what leads to it."""
    hidden = _hidden(opened)
    place = row.municipality if "address" not in hidden and "municipality" not in hidden else None
    phone = row.phone if "phone" not in hidden else ""
    made = resource("Patient", str(row.pk)) | {
        "identifier": [identifier(row.number_kind, row.national_number)] if row.national_number else [],
        "active": row.died_on is None,
        "name": [{"family": row.family_name, "given": [row.given_name]}],
        "telecom": [{"system": "phone", "value": phone}] if phone else [],
        "gender": codes().sex[row.sex],
        "birthDate": row.birth_date.isoformat() if row.birth_date else "",
        "deceasedDateTime": row.died_on.isoformat() if row.died_on else "",
        "address": [{"city": str(place)}] if place else [],
        "communication": [{"language": coded(LANGUAGE, WrittenForm(row.language).value), "preferred": True}],
    }
    if row.gp_team_id:
        made["generalPractitioner"] = [{"display": row.gp_team.name if row.gp_team else ""}]
    return without_nothing(made)


def _hidden(opened: Opened | None) -> frozenset[str]:
    """Fields that every decision hides."""
    if opened is None or not opened.decisions:
        return frozenset()
    first, *others = (frozenset(one.hidden_fields) for one in opened.decisions)
    return first.intersection(*others)


PATIENTS = Kind("Patient", _patients, _patient, filters={})


def _relatives(call: Call, opened: Opened | None) -> QuerySet:
    assert opened is not None  # noqa: S101 - as above
    rows = RelatedPerson.objects.filter(patient=opened.patient)
    return rows.none() if "relatives" in _hidden(opened) else rows


def _relative(row: RelatedPerson, call: Call, opened: Opened | None) -> Json:
    today = call.actor.today
    is_over = row.to_day is not None and row.to_day <= today
    relation = coded(codes().systems["relation"], chosen(codes().relation, row.relation, "EXT"))
    made = resource("RelatedPerson", joined_id(row.patient_id, row.pk)) | {
        "active": row.from_day <= today and not is_over,
        "patient": reference("Patient", row.patient_id),
        "relationship": [relation],
        "name": [{"text": row.name}],
        "telecom": [{"system": "phone", "value": row.phone}] if row.phone else [],
        "period": period(row.from_day, row.to_day),
    }
    return without_nothing(made)


RELATIVES = Kind("RelatedPerson", _relatives, _relative, part="contacts", filters={"name": beginning("name")})


def _accounts(call: Call, opened: Opened | None) -> QuerySet:
    """Those who work in a team of the community; systems are no practitioners."""
    systems = MachineClient.objects.visible_to(call.actor).values("account")
    here = TeamMembership.objects.visible_to(call.actor).exclude(account__in=systems)
    return Account.objects.filter(pk__in=here.values("account"))


def _account(row: Account, call: Call, opened: Opened | None) -> Json:
    given, _, family = row.name.rpartition(" ")
    name = without_nothing({"family": family, "given": [given] if given else [], "text": row.name})
    made = resource("Practitioner", str(row.pk)) | {"active": row.is_active, "name": [name]}
    return without_nothing(made)


PRACTITIONERS = Kind(
    "Practitioner",
    _accounts,
    _account,
    filters={"name": beginning("name")},
    order=("name", "pk"),
    of_patient=False,
)


def _roles(call: Call, opened: Opened | None) -> QuerySet:
    systems = MachineClient.objects.visible_to(call.actor).values("account")
    found = TeamMembership.objects.visible_to(call.actor).exclude(account__in=systems)
    return found.select_related("account", "team", "team__tenant")


def _role(row: TeamMembership, call: Call, opened: Opened | None) -> Json:
    today = call.actor.today
    made = resource("PractitionerRole", str(row.pk)) | {
        "identifier": [identifier("hpr", row.hpr_number)] if row.hpr_number else [],
        "active": row.from_day <= today and (row.to_day is None or row.to_day > today),
        "period": period(row.from_day, row.to_day),
        "practitioner": reference("Practitioner", row.account_id, row.account.name),
        "organization": reference("Organization", row.team.tenant_id, str(row.team.tenant)),
        "code": [coded(OWN, row.function)],
    }
    return without_nothing(made)


ROLES = Kind("PractitionerRole", _roles, _role, filters={"role": token("function")}, of_patient=False)


def _parties(call: Call, opened: Opened | None) -> QuerySet:
    return Party.objects.filter(community_id=call.actor.community_id or 0)


def _party(row: Any, call: Call, opened: Opened | None) -> Json:
    numbers = [("enh", row.orgnr), ("municipality", row.municipality_code)]
    made = resource("Organization", str(row.pk)) | {
        "identifier": [identifier(kind, number) for kind, number in numbers if number],
        "active": row.left is None or row.left > call.actor.today,
        "name": row.name,
        "alias": [row.short_name] if row.short_name else [],
    }
    return without_nothing(made)


PARTIES = Kind(
    "Organization",
    _parties,
    _party,
    filters={
        "name": beginning("name", "short_name"),
        "identifier": lambda said: token("orgnr")(said) | token("municipality_code")(said),
        "active": truth(Q(left__isnull=True)),
    },
    order=("name", "pk"),
    of_patient=False,
)
