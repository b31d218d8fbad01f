"""JSON in and out: strict where Python's own reader is not, and no digit lost."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.fhir_examples import valid_examples
from factories.fhir_resources import blood_pressure
from samspill.fhir import encode, parse, validate
from samspill.refusal import Refused

KEYS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.decimals(allow_nan=False, allow_infinity=False, places=5, min_value=-(10**9), max_value=10**9)
    | KEYS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=15,
)


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_what_is_written_is_read_as_the_same(value: dict[str, Any]) -> None:
    assert parse(encode(value)) == value
    assert encode(parse(encode(value))) == encode(value)


@pytest.mark.parametrize("number", ["0.10", "1.0", "100.00", "1E+2", "-0.0", "120", "1.5e-7"])
def test_a_decimal_keeps_its_digits(number: str) -> None:
    read = parse(f'{{"value":{number}}}'.encode())["value"]
    written = encode({"value": read}).decode().removeprefix('{"value":').removesuffix("}")
    assert Decimal(written).as_tuple() == Decimal(number).as_tuple()


def test_an_example_read_with_decimals_is_as_valid_as_before() -> None:
    for name, resource in valid_examples().items():
        again = parse(json.dumps(resource).encode())
        assert [one for one in validate(again) if one.severity == "error"] == [], name
    assert validate(parse(encode(blood_pressure()))) == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"status":"final","status":"amended"}', "fhir-key-twice"),
        (b'{"a":[{"b":1,"b":1}]}', "fhir-key-twice"),
        (b'{"a":NaN}', "fhir-number"),
        (b'{"a":-Infinity}', "fhir-number"),
        (b'{"a":' + b"9" * 5000 + b"}", "fhir-number"),
        (b'{"a":1e' + b"9" * 50 + b"}", "fhir-number"),
        (b'{"a":0.' + b"9" * 500 + b"}", "fhir-number"),
        (b'{"a":"\xff"}', "fhir-not-utf8"),
        (b'{"a":}', "fhir-not-json"),
        (b"{'a':1}", "fhir-not-json"),
        (b"", "fhir-not-json"),
        (b"<Patient/>", "fhir-not-json"),
        (b'{"a":"\n"}', "fhir-not-json"),
        (b"[" * 100_000, "fhir-not-json"),
        (b"[]", "fhir-not-object"),
        (b'"a"', "fhir-not-object"),
        (b'{"a":"' + b"x" * 200 + b'"}', "fhir-too-large"),
    ],
)
def test_what_is_no_json_object_is_refused(body: bytes, code: str) -> None:
    with pytest.raises(Refused) as told:
        parse(body, most_bytes=100 if code == "fhir-too-large" else 1_000_000)
    assert told.value.code == code
    assert told.value.sentence.endswith(".")


def test_a_mark_at_the_beginning_is_let_through() -> None:
    assert parse(b'\xef\xbb\xbf{"resourceType":"Patient"}') == {"resourceType": "Patient"}


def test_what_json_cannot_hold_is_not_written() -> None:
    with pytest.raises(ValueError, match="Out of range"):
        encode({"value": float("nan")})
