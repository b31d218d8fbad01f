"""HL7's official examples of FHIR R4, as `scripts/fhir_examples.py` took them (CC0-1.0)."""

import gzip
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

# Examples that break R4 itself; each with what is wrong.
FAULTY = {
    "Bundle-10bb101f-a121-4264-a920-67be9cb82c74": "the last fullUrl ends in pat12, the id is pat2",
    "Bundle-3a0707d3-549e-4467-b8b8-5a2ab3800efe": "the last fullUrl ends in pat12, the id is pat2",
    "Bundle-lri-example": "each fullUrl ends in lri-…, the ids do not",
    "Observation-clinical-gender": "performer refers to an Encounter",
    "Questionnaire-qs1": "items without the required linkId",
    "Questionnaire-zika-virus-exposure-assessment": "a narrative without text (txt-2)",
}


@lru_cache(maxsize=1)
def examples() -> dict[str, dict[str, Any]]:
    """By file name, the faulty ones too."""
    return json.loads(gzip.decompress(Path(__file__).with_suffix(".json.gz").read_bytes()))


def valid_examples() -> dict[str, dict[str, Any]]:
    return {name: one for name, one in examples().items() if name not in FAULTY}
