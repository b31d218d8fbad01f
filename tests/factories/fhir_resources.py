"""Small valid resources to begin from. All persons are invented; their numbers are synthetic."""

import copy
from typing import Any

Json = dict[str, Any]
LOINC, SNOMED, UCUM = "http://loinc.org", "http://snomed.info/sct", "http://unitsofmeasure.org"
FNR, DNR = "urn:oid:2.16.578.1.12.4.1.4.1", "urn:oid:2.16.578.1.12.4.1.4.2"
ENH, RESH = "urn:oid:2.16.578.1.12.4.1.4.101", "urn:oid:2.16.578.1.12.4.1.4.102"
# The test patient that Norsk helsenett gives out for Pasientens måledata: month +65, so nobody's number.
SYNTHETIC = "13717404089"
VKP = "http://hl7.no/fhir/vkpobservation/StructureDefinition/"
BASIS = "http://hl7.no/fhir/StructureDefinition/"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"


def coded(code: str, system: str = LOINC) -> Json:
    return {"coding": [{"system": system, "code": code}]}


def quantity(value: float, code: str) -> Json:
    return {"value": value, "unit": code, "system": UCUM, "code": code}


def observation(**elements: Any) -> Json:
    """The least an Observation needs, and the elements given; one that is None is taken out."""
    made = {"resourceType": "Observation", "status": "final", "code": {"text": "smerte"}} | elements
    return {key: value for key, value in made.items() if value is not None}


def vital_sign(profile: str, code: str, value: Json | None = None, **elements: Any) -> Json:
    return observation(
        meta={"profile": [profile]},
        category=[coded("vital-signs", CATEGORY)],
        code=coded(code),
        subject={"identifier": {"system": FNR, "value": SYNTHETIC}},
        effectiveDateTime="2026-11-02T08:15:00+01:00",
        performer=[{"type": "Organization", "identifier": {"system": ENH, "value": "974760673"}}],
        valueQuantity=value,
        **elements,
    )


def blood_pressure() -> Json:
    return vital_sign(
        VKP + "vkp-Observation-Bloodpressure",
        "85354-9",
        component=[
            {"code": coded("8480-6"), "valueQuantity": quantity(128, "mm[Hg]")},
            {"code": coded("8462-4"), "valueQuantity": quantity(82, "mm[Hg]")},
        ],
    )


def weight() -> Json:
    return vital_sign(VKP + "vkp-Observation-Bodyweight", "29463-7", quantity(71.5, "kg"))


def frailty() -> Json:
    made = vital_sign(VKP + "vkp-Observation-CFSscore", "763264000", None, valueInteger=4)
    return made | {"code": coded("763264000", SNOMED)}


def early_warning() -> Json:
    """A NEWS2 score with saturation on scale 2."""
    made = vital_sign(VKP + "vkp-Observation-NEWS2score", "", None, valueInteger=5)
    component = {"code": coded("1104321000000108", SNOMED), "valueInteger": 2}
    return made | {"code": coded("1104051000000101", SNOMED), "component": [component]}


def patient() -> Json:
    return {
        "resourceType": "Patient",
        "meta": {"profile": [BASIS + "no-basis-Patient"]},
        "identifier": [{"system": FNR, "value": SYNTHETIC}],
        "name": [{"family": "Prøve", "given": ["Solfrid"]}],
    }


def relative() -> Json:
    marital = "http://hl7.no/fhir/CodeSystem/no-basis-marital-status"
    return {
        "resourceType": "RelatedPerson",
        "meta": {"profile": [BASIS + "no-basis-RelatedPerson"]},
        "patient": {"reference": "Patient/1"},
        "relationship": [coded("gift", marital)],
    }


def batch(kind: str = "batch") -> Json:
    """A delivery to Pasientens måledata, in the form of the guide (batch) or of the connectathon
    (collection).
    """
    made: Json = {
        "resourceType": "Bundle",
        "meta": {"profile": [VKP + "pmd-Bundle-Observation"]},
        "type": kind,
    }
    entry: Json = {"fullUrl": "urn:uuid:c757873d-ec9a-4326-a141-556f43239520", "resource": weight()}
    if kind == "batch":
        return made | {"entry": [entry | {"request": {"method": "POST", "url": "Observation"}}]}
    entry["resource"]["status"] = "registered"
    identifier = {"system": "https://www.nhn.no/komlink/bundle-identifier", "value": "levering-1"}
    return made | {"identifier": identifier, "entry": [entry]}


def log_entry() -> Json:
    """A line of the access log, as the trust framework has it."""
    relation = "http://hl7.no/fhir/StructureDefinition/auditevent-carerelation-metadata-extension"
    return {
        "resourceType": "AuditEvent",
        "meta": {"profile": [BASIS + "no-domain-Trustframework-Auditevent"]},
        "extension": [{"url": relation, "extension": [{"url": "toa", "valueUnsignedInt": 1762070400}]}],
        "type": {"system": "http://dicom.nema.org/resources/ontology/DCM", "code": "110110"},
        "recorded": "2026-11-02T08:15:00+01:00",
        "agent": [{"who": {"reference": "PractitionerRole/1"}, "requestor": True}],
        "source": {"observer": {"display": "Samspill"}},
    }


def changed(resource: Json, path: str, value: Any = None) -> Json:
    """A copy with the value at a dotted path (`component.0.code`) replaced; None takes it out."""
    made = copy.deepcopy(resource)
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    holder: Any = made
    for step in steps:
        holder = holder[step]
    if value is None:
        del holder[last]
    elif isinstance(holder, list) and last == len(holder):
        holder.append(value)
    else:
        holder[last] = value
    return made
