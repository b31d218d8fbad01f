"""A kept measurement as an Observation: what we give to those who read, and what Pasientens måledata gets."""

from collections.abc import Sequence

from samspill.care.public import Entered, Measurement
from samspill.fhir.http.addresses import instant, joined_id
from samspill.fhir.mapping.codes import codes
from samspill.fhir.mapping.common import (
    OWN,
    Json,
    as_number,
    coded,
    identifier,
    measured,
    of_patient,
    quantity,
    reference,
    resource,
    without_nothing,
)
from samspill.fhir.mapping.limits import ranges

VITAL = "http://hl7.org/fhir/StructureDefinition/"
VKP = "http://hl7.no/fhir/vkpobservation/StructureDefinition/vkp-Observation-"
Source = tuple[str, str]
MISTAKE, FINAL = "entered-in-error", "final"
_UNIT_OF_A_PANEL = "mm[Hg]"


def to_observation(row: Measurement, *, sources: Sequence[Source] | None = None) -> Json:
    """The measurement with its sources and the limits it was held against.

    `row` has `sources`, `invalidations` and `triage__threshold` read along; one that was kept just now has
    its `sources` given, and nothing is asked for. Its version goes up when somebody says that it does not
    count, or does after all.
    """
    said = list(row.invalidations.all()) if sources is None else []
    if sources is None:
        sources = [(one.system, one.number) for one in row.sources.all()]
    made = resource(
        "Observation",
        joined_id(row.patient_id, row.pk),
        version=str(1 + len(said)),
        modified=said[-1].at if said else row.at,
    )
    profile = codes().vital_signs.get(row.code)
    if profile and _has_its_form(row):
        made["meta"]["profile"] = [VITAL + profile]
    made |= {
        "identifier": [{"system": system, "value": number} for system, number in sources],
        "status": MISTAKE if said and not said[-1].is_restored else FINAL,
        "category": [coded(codes().systems["category"], "vital-signs")] if profile else [],
        "code": code_of(row),
        "subject": reference("Patient", row.patient_id),
        "effectiveDateTime": instant(row.effective),
        "issued": instant(row.at),
        "performer": [_performer(row)],
        **value_of(row),
        "note": [{"text": one.reason, "time": instant(one.at)} for one in said],
        "basedOn": [one for one in [of_patient("ServiceRequest", row.patient_id, row.indicator_id)] if one],
        "referenceRange": _ranges(row).get(row.code, []),
        "device": {"display": row.device} if row.device else {},
    }
    return without_nothing(made)


def _has_its_form(row: Measurement) -> bool:
    """Whether the value is what the profile is about: a number, or all the parts of the panel."""
    if row.code in codes().panels:
        return isinstance(row.value, dict) and all(part in row.value for part in codes().panels[row.code])
    return as_number(row.value) is not None and bool(row.unit)


def code_of(row: Measurement) -> Json:
    """With all the codes its profile asks for; words where there is no code system."""
    made = measured(row.code)
    if made["coding"][0]["system"] == OWN:
        return made | {"text": row.code}
    loinc = codes().systems["loinc"]
    made["coding"] += [{"system": loinc, "code": also} for also in codes().also_coded.get(row.code, [])]
    return made


def value_of(row: Measurement) -> Json:
    """A panel by its parts, a number with its unit, and an answer as text or truth."""
    if isinstance(row.value, dict):
        unit = row.unit or _UNIT_OF_A_PANEL
        parts = [(code, number) for code, number in row.value.items() if as_number(number) is not None]
        beside = _ranges(row)
        made = [
            {
                "code": measured(code),
                "valueQuantity": quantity(value, unit),
                "referenceRange": beside.get(code, []),
            }
            for code, value in parts
        ]
        return {"component": [without_nothing(one) for one in made]}
    if isinstance(row.value, bool):
        return {"valueBoolean": row.value}
    if row.code in codes().snomed and str(row.value).isdecimal():
        return {"valueInteger": int(row.value)}
    if row.unit and as_number(row.value) is not None:
        return {"valueQuantity": quantity(row.value, row.unit)}
    return {"valueString": str(row.value)}


def _performer(row: Measurement) -> Json:
    """Who entered it, by name where it is staff or a system; the patient as what they are here."""
    if row.entered == Entered.PATIENT:
        return reference("Patient", row.patient_id)
    return {"display": row.by_name}


def _ranges(row: Measurement) -> dict[str, list[Json]]:
    """The limits of the version that was in force, copied to the measurement (care.md A1)."""
    threshold = getattr(getattr(row, "triage", None), "threshold", None)
    unit = row.unit or (_UNIT_OF_A_PANEL if row.code in codes().panels else "")
    return ranges(row.code, threshold.rule, unit) if threshold and unit else {}


def to_vkp(row: Measurement, *, number: str, number_kind: str, orgnr: str, status: str = FINAL) -> Json:
    """As Pasientens måledata takes it: whom it is about by national number, from which organisation."""
    made = to_observation(row)
    made.pop("basedOn", None)
    for held in (made, *made.get("component", [])):
        held.pop("referenceRange", None)
    name = codes().vkp.get(row.code, "")
    made["meta"] = {"profile": [VKP + name if name else VKP.rstrip("-")]}
    made["status"] = made["status"] if made["status"] == MISTAKE else status
    made["subject"] = {"type": "Patient", "identifier": identifier(number_kind, number)}
    made["performer"] = [{"type": "Organization", "identifier": identifier("enh", orgnr)}]
    return made
