"""Makes `tests/factories/fhir_examples.json.gz` from HL7's official examples of FHIR R4 (4.0.1, CC0-1.0).

    npm pack hl7.fhir.r4.examples@4.0.1 && tar -xzf hl7.fhir.r4.examples-4.0.1.tgz
    python -m scripts.fhir_examples package

Kept are the examples of the types Samspill serves or may come to serve, up to 60 kB each. All of them, and
every definition of the release, are checked and counted: what is refused is printed.
"""

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from samspill.fhir import validate

TARGET = Path(__file__).parent.parent / "tests/factories/fhir_examples.json.gz"
MOST_BYTES = 60_000
DEFINITIONS = {"SearchParameter", "ValueSet", "CodeSystem", "StructureDefinition"}
KEPT = set(
    """
    Appointment AuditEvent Basic Binary Bundle CapabilityStatement CarePlan CareTeam ClinicalImpression
    Communication Composition Condition Consent DetectedIssue Device DocumentReference Encounter Endpoint
    EpisodeOfCare Flag Goal Group HealthcareService List Location Medication MedicationStatement
    MessageHeader Observation OperationOutcome Organization Parameters Patient Person Practitioner
    PractitionerRole Provenance Questionnaire QuestionnaireResponse RelatedPerson RiskAssessment Schedule
    ServiceRequest Slot Subscription Task
    """.split()  # noqa: SIM905 - a list of words reads as one
)


def examples(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each resource of the package, by its file name without the ending."""
    for path in sorted(folder.glob("*.json")):
        resource = json.loads(path.read_text("utf-8"))
        if isinstance(resource, dict) and "resourceType" in resource:
            yield path.stem, resource


def main() -> None:
    kept: dict[str, Any] = {}
    counts = {"examples": [0, 0], "definitions": [0, 0]}
    for name, resource in examples(Path(sys.argv[1])):
        count = counts["definitions" if resource["resourceType"] in DEFINITIONS else "examples"]
        errors = [one for one in validate(resource) if one.severity == "error"]
        count[0] += 1
        count[1] += bool(errors)
        if errors:
            print(f"{name}: {errors[0]}")
        if resource["resourceType"] in KEPT and len(json.dumps(resource, separators=(",", ":"))) < MOST_BYTES:
            kept[name] = resource
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    TARGET.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    for what, (all_of_them, refused) in counts.items():
        print(f"{all_of_them} {what}, {refused} refused")
    print(f"{len(kept)} kept, {TARGET.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
