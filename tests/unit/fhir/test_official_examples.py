"""HL7's own examples are accepted; those that break R4 are known one by one. A second opinion agrees."""

import json
import random

import fhirkit
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from factories.fhir_examples import FAULTY, examples, valid_examples
from factories.fhir_fuzz import OPERATORS, broken, scrambled
from samspill.fhir import is_valid, validate

# What fhirkit lets through by design: it has no value sets, no calendar and no ele-1.
NOT_SEEN_BY_FHIRKIT = {
    "a code is outside its required set",
    "a day does not exist",
    "an object is empty",
    "an array is empty",
}


@pytest.mark.parametrize("name", sorted(valid_examples()))
def test_an_official_example_is_accepted(name: str) -> None:
    assert [str(one) for one in validate(examples()[name]) if one.severity == "error"] == []


@pytest.mark.parametrize("name", sorted(FAULTY))
def test_an_official_example_that_breaks_r4_is_refused(name: str) -> None:
    assert not is_valid(validate(examples()[name])), FAULTY[name]


@pytest.mark.parametrize(
    ("name", "profile"),
    [
        ("blood-pressure", "bp"),
        ("blood-pressure-cancel", "bp"),
        ("blood-pressure-dar", "bp"),
        ("bmi", "bmi"),
        ("body-height", "bodyheight"),
        ("body-length", "bodyheight"),
        ("body-temperature", "bodytemp"),
        ("example", "bodyweight"),
        ("head-circumference", "headcircum"),
        ("heart-rate", "heartrate"),
        ("respiratory-rate", "resprate"),
        ("satO2", "oxygensat"),
        ("vitals-panel", "vitalspanel"),
    ],
)
def test_an_official_vital_sign_fits_its_profile_and_no_other(name: str, profile: str) -> None:
    resource = examples()[f"Observation-{name}"]
    base = "http://hl7.org/fhir/StructureDefinition/"
    assert validate(resource, [base + profile]) == []
    assert not is_valid(validate(resource, [base + ("bp" if profile != "bp" else "heartrate")]))


@pytest.mark.parametrize("name", sorted(OPERATORS))
def test_each_way_of_breaking_an_example_is_found_where_it_is(name: str) -> None:
    rng, tried = random.Random(7), 0
    for resource in valid_examples().values():
        made = OPERATORS[name](resource, rng)
        if made is None:
            continue
        tried += 1
        found = {(one.key, one.expression) for one in validate(made.resource)}
        assert (made.key, made.expression) in found
    assert tried > 50


def test_a_second_opinion_accepts_the_same_examples_and_refuses_the_same_faults() -> None:
    rng = random.Random(11)
    for name, resource in valid_examples().items():
        assert not _errors_of_fhirkit(resource), name
        for fault, made in broken(resource, rng):
            assert fault in NOT_SEEN_BY_FHIRKIT or _errors_of_fhirkit(made.resource), (name, fault)


@settings(max_examples=300)
@given(st.sampled_from(sorted(valid_examples())), st.integers())
def test_what_a_second_opinion_refuses_is_refused(name: str, seed: int) -> None:
    made = scrambled(valid_examples()[name], random.Random(seed), times=1)
    assume(_is_text(json.dumps(made)))
    assert not _errors_of_fhirkit(made) or not is_valid(validate(made))


def _is_text(text: str) -> bool:
    """Whether a JSON parser other than Python's reads it: no NaN, no half surrogates."""
    return not any(part in text for part in ("NaN", "Infinity", "\\ud800"))


def _errors_of_fhirkit(resource: object) -> bool:
    return any(one.severity == "error" for one in fhirkit.validate(json.dumps(resource)))
