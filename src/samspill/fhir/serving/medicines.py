"""The medication list: List, and MedicationStatement for each of its lines, once it is signed."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from samspill.care.public import MedicationLine, MedicationList, Opened
from samspill.fhir.http.addresses import instant, joined_id
from samspill.fhir.http.reply import Call, Json
from samspill.fhir.mapping.codes import codes
from samspill.fhir.mapping.common import OWN, coded, of_patient, period, reference, resource, without_nothing
from samspill.fhir.serving.kinds import Kind
from samspill.fhir.serving.parameters import day, moment, token

PART = "medication"
BASIS = "http://hl7.no/fhir/StructureDefinition/no-basis-"
EMPTY = "http://terminology.hl7.org/CodeSystem/list-empty-reason"
MEDICATION_LIST = "10160-0"  # LOINC: History of medication use
MISTAKE = "entered-in-error"
_INSIDE = "legemiddel"


def _lists(call: Call, opened: Opened | None) -> QuerySet:
    assert opened is not None  # noqa: S101 - a kind of a patient is asked for inside `opening`
    lines = Prefetch("lines", MedicationLine.objects.order_by("order"))
    found = MedicationList.objects.filter(patient=opened.patient, signed_at__isnull=False)
    return found.select_related("team", "tenant", "signed_by").prefetch_related(lines)


def _list(row: Any, call: Call, opened: Opened | None) -> Json:
    lines = list(row.lines.all())
    made = resource("List", joined_id(row.patient_id, row.pk)) | {
        "identifier": [{"system": "urn:samspill:medication-list", "value": f"{row.tenant_id}-{row.version}"}],
        "status": codes().list_status[row.state],
        "mode": "snapshot",
        "title": "Legemiddelliste",
        "code": coded(codes().systems["loinc"], MEDICATION_LIST),
        "subject": reference("Patient", row.patient_id),
        "date": instant(row.signed_at),
        "source": reference("Practitioner", row.signed_by_id, row.signed_by_name),
        "note": [{"text": one} for one in _notes(row)],
        "entry": [_entry(one) for one in lines],
        "emptyReason": {} if lines else coded(EMPTY, "nilknown"),
    }
    return without_nothing(made)


def _notes(row: MedicationList) -> list[str]:
    said = [f"{row.place}, {row.get_occasion_display()}" if row.place else ""]
    said += [f"Sammenlignet: {', '.join(row.sources)}" if row.sources else ""]
    return [one for one in [*said, row.end_reason] if one]


def _entry(line: MedicationLine) -> Json:
    return {
        "flag": coded(OWN, line.decision),
        "item": of_patient("MedicationStatement", line.patient_id, line.pk, str(line)),
    }


LISTS = Kind(
    "List", _lists, _list, part=PART, filters={"date": moment("signed_at")}, order=("-signed_at", "-pk")
)


def _lines(call: Call, opened: Opened | None) -> QuerySet:
    assert opened is not None  # noqa: S101 - as above
    found = MedicationLine.objects.filter(patient=opened.patient, list__signed_at__isnull=False)
    return found.select_related("list__signed_by")


def _line(row: Any, call: Call, opened: Opened | None) -> Json:
    """The medicine stands inside it: there is no register of medicines to point to."""
    is_wrong = row.list.state == MISTAKE
    made = resource("MedicationStatement", joined_id(row.patient_id, row.pk)) | {
        "contained": [_medicine(row)],
        "status": MISTAKE if is_wrong else codes().medication_status[row.decision],
        "statusReason": [coded(OWN, row.decision) | ({"text": row.reason} if row.reason else {})],
        "medicationReference": {"reference": f"#{_INSIDE}", "type": "Medication", "display": str(row)},
        "subject": reference("Patient", row.patient_id),
        "effectivePeriod": period(row.from_day, row.to_day),
        "dateAsserted": instant(row.list.signed_at),
        "informationSource": reference("Practitioner", row.list.signed_by_id, row.list.signed_by_name),
        "reasonCode": [{"text": row.purpose}] if row.purpose else [],
        "note": [{"text": f"Opplyst av: {row.said_by}"}] if row.said_by else [],
        "dosage": [{"text": row.dose}] if row.dose else [],
    }
    made["meta"] = {"profile": [f"{BASIS}MedicationStatement"]}
    return without_nothing(made)


def _medicine(row: MedicationLine) -> Json:
    atc = coded(codes().systems["atc"], row.atc) if row.atc else {}
    made = {
        "resourceType": "Medication",
        "id": _INSIDE,
        "meta": {"profile": [f"{BASIS}Medication"]},
        "code": atc | {"text": " ".join(filter(None, (row.name, row.strength)))},
        "form": {"text": row.form} if row.form else {},
    }
    return without_nothing(made)


def _status(said: str) -> Q:
    """What stands on a list that is taken back is a mistake, whatever was decided."""
    mistake = Q(list__state=MISTAKE)
    found = token("decision", codes().medication_status)(said) & ~mistake
    return found | mistake if MISTAKE in {one.rpartition("|")[2] for one in said.split(",")} else found


STATEMENTS = Kind(
    "MedicationStatement",
    _lines,
    _line,
    part=PART,
    filters={"status": _status, "code": token("atc"), "effective": day("from_day")},
    order=("-list__signed_at", "list", "order", "pk"),
)
