"""Whatever JSON comes in, the answer is a list of findings; and no finding repeats a value."""

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from factories.fhir_examples import valid_examples
from factories.fhir_fuzz import scrambled
from factories.fhir_resources import SYNTHETIC, blood_pressure, patient
from samspill.fhir import is_valid, operation_outcome, validate
from samspill.fhir.validation.finding import DEEPEST, MOST
from samspill.fhir.validation.tables import tables

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
KEYS = st.sampled_from(
    ["id", "meta", "value", "valueString", "extension", "url", "reference", "contained", "entry"]
)
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=6), inner, max_size=5)
    ),
    max_leaves=25,
)


@given(JSON)
def test_any_json_is_answered(value: Any) -> None:
    assert not is_valid(validate(value)) or isinstance(value, dict)


@given(st.sampled_from(sorted(tables().resources)), st.data())
def test_any_content_of_any_type_is_answered(name: str, data: st.DataObject) -> None:
    keys = sorted(tables().types[name].elements)
    content = data.draw(st.dictionaries(st.sampled_from(keys), JSON, max_size=6))
    assert isinstance(validate(content | {"resourceType": name}, advice=True), list)


@settings(max_examples=300)
@given(st.sampled_from(sorted(valid_examples())), st.integers())
def test_a_scrambled_example_is_answered_with_a_valid_outcome(name: str, seed: int) -> None:
    issues = validate(scrambled(valid_examples()[name], random.Random(seed)))
    outcome = operation_outcome(issues)
    assert is_valid(validate(outcome)), [str(one) for one in validate(outcome)]


def test_what_is_nested_without_end_is_refused_without_following_it() -> None:
    inner: dict[str, Any] = {"url": "http://a.example", "valueString": "x"}
    for _ in range(3 * DEEPEST):
        inner = {"url": "http://a.example", "extension": [inner]}
    issues = validate({"resourceType": "Patient", "extension": [inner]})
    assert [one.key for one in issues] == ["too-deep"]


def test_a_million_faults_are_not_a_million_findings() -> None:
    issues = validate({"resourceType": "Patient", "name": [None] * 10_000})
    assert len(issues) == MOST + 1
    assert issues[-1].key == "too-many"


def test_no_finding_repeats_what_was_sent() -> None:
    wrong = {
        **patient(),
        "identifier": [{"system": "urn:oid:2.16.578.1.12.4.1.4.1", "value": SYNTHETIC[:-1] + "1"}],
    }
    wrong |= {
        "gender": SYNTHETIC,
        "birthDate": SYNTHETIC,
        f"x{SYNTHETIC}": 1,
        SYNTHETIC: SYNTHETIC,
        "id": "Solfrid Å",
    }
    wrong["meta"] = {"profile": [f"http://a.example/{SYNTHETIC}"]}
    wrong["managingOrganization"] = {"reference": f"Patient/{SYNTHETIC}"}
    said = str([(one, one.sentence) for one in validate(wrong)])
    assert SYNTHETIC[:9] not in said
    assert "Solfrid" not in said


def test_the_same_resource_gives_the_same_answer_and_is_left_as_it_was() -> None:
    resource = blood_pressure()
    assert validate(resource) == validate(resource) == []
    assert resource == blood_pressure()
