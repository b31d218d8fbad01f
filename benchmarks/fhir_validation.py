"""How long it takes to say whether a resource is valid FHIR R4, with the national profile and without.

The stated work: a blood-pressure Observation of about 950 bytes, parsed, within 1 ms with its profile; all
the official examples of the types Samspill serves. Baselines: fhir.resources (R4B, pydantic) reading the same
object, and fhirkit (Rust) reading the same bytes. Neither checks required bindings, invariants or national
profiles.
"""

import gzip
import json
from functools import partial
from pathlib import Path
from typing import Any

import fhirkit
from fhir.resources.R4B.observation import Observation

from benchmarks import Case
from samspill.fhir import validate

_VITAL = "http://terminology.hl7.org/CodeSystem/observation-category"
_UCUM = {"system": "http://unitsofmeasure.org", "code": "mm[Hg]", "unit": "mmHg"}
_PROFILE = "http://hl7.no/fhir/vkpobservation/StructureDefinition/vkp-Observation-Bloodpressure"
_EXAMPLES = Path(__file__).parent.parent / "tests/factories/fhir_examples.json.gz"
TIMES = 200


def _loinc(code: str) -> dict[str, Any]:
    return {"coding": [{"system": "http://loinc.org", "code": code}]}


def _pressure(code: str, value: int) -> dict[str, Any]:
    return {"code": _loinc(code), "valueQuantity": {"value": value, **_UCUM}}


BLOOD_PRESSURE: dict[str, Any] = {
    "resourceType": "Observation",
    "id": "bp-1",
    "meta": {"profile": [_PROFILE]},
    "status": "final",
    "category": [{"coding": [{"system": _VITAL, "code": "vital-signs"}]}],
    "code": _loinc("85354-9"),
    # The synthetic test patient that Norsk helsenett gives out.
    "subject": {"identifier": {"system": "urn:oid:2.16.578.1.12.4.1.4.1", "value": "13717404089"}},
    "effectiveDateTime": "2026-11-02T08:15:00+01:00",
    "performer": [
        {
            "type": "Organization",
            "identifier": {"system": "urn:oid:2.16.578.1.12.4.1.4.101", "value": "974760673"},
        }
    ],
    "component": [_pressure("8480-6", 128), _pressure("8462-4", 82)],
}


def cases() -> list[Case]:
    """One Observation many times, and every example once."""
    bare = {key: value for key, value in BLOOD_PRESSURE.items() if key != "meta"}
    encoded = json.dumps(BLOOD_PRESSURE, separators=(",", ":")).encode()
    examples = list(json.loads(gzip.decompress(_EXAMPLES.read_bytes())).values())
    as_bytes = [json.dumps(one).encode() for one in examples]
    work = f"{TIMES} × a blood pressure of {len(encoded)} bytes"
    return [
        {
            "name": "FHIR R4 and profile, against fhir.resources",
            "run": partial(_times, validate, BLOOD_PRESSURE),
            "baseline": partial(_times, Observation.model_validate, BLOOD_PRESSURE),
            "work": f"{work}, at most 1 ms each",
            "most_seconds": TIMES * 0.001,
        },
        {
            "name": "FHIR R4 and profile, against fhirkit",
            "run": partial(_times, validate, BLOOD_PRESSURE),
            "baseline": partial(_times, fhirkit.validate, encoded),
            "work": work,
        },
        {
            "name": "FHIR R4 alone, against fhirkit",
            "run": partial(_times, validate, bare),
            "baseline": partial(_times, fhirkit.validate, encoded),
            "work": work,
        },
        {
            "name": "the official examples, against fhirkit",
            "run": partial(_each, validate, examples),
            "baseline": partial(_each, fhirkit.validate, as_bytes),
            "work": f"{len(examples)} resources, {sum(map(len, as_bytes)) // 1000} kB",
        },
    ]


def _times(check: Any, value: Any) -> None:
    for _ in range(TIMES):
        check(value)


def _each(check: Any, values: list[Any]) -> None:
    for value in values:
        check(value)
