"""Runs `profiler.yaml`: what the national profiles ask for, in sentences a clinician can read."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from factories import fhir_resources
from factories.fhir_resources import changed
from samspill.fhir import validate

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "profiler.yaml").read_text("utf-8"))
KEYS = {"sak", "fra", "endring", "funn", "opplysning"}


def _begun(name: str) -> dict[str, Any]:
    if name == "collection":
        return fhir_resources.batch("collection")
    made: dict[str, Any] = getattr(fhir_resources, name)()
    return made


@pytest.mark.parametrize("case", CASES, ids=[case["sak"] for case in CASES])
def test_a_profile(case: dict[str, Any]) -> None:
    assert case.keys() <= KEYS
    resource = _begun(case["fra"])
    for path, value in case.get("endring", {}).items():
        resource = changed(resource, path, value)
    issues = validate(resource)
    errors = {(one.key, one.expression) for one in issues if one.severity == "error"}
    others = {(one.key, one.expression) for one in issues if one.severity != "error"}
    assert set(case.get("funn", {}).items()) <= errors, [str(one) for one in issues]
    assert bool(errors) == ("funn" in case), [str(one) for one in issues]
    assert others == set(case.get("opplysning", {}).items())


def test_each_case_has_a_sentence_of_its_own() -> None:
    assert len({case["sak"] for case in CASES}) == len(CASES)
