"""What each simple type of R4 may look like in JSON (https://hl7.org/fhir/R4/datatypes.html)."""

from decimal import Decimal
from typing import Any

import pytest

from samspill.fhir.validation.primitives import CHECKS

UUID = "c757873d-ec9a-4326-a141-556f43239520"
GOOD: dict[str, tuple[Any, ...]] = {
    "date": ("2026", "2026-11", "2026-11-02", "2024-02-29", "0001-01-01", "9999-12-31"),
    "dateTime": (
        "2026",
        "2026-11",
        "2026-11-02",
        "2026-11-02T08:15:00Z",
        "2026-11-02T08:15:00.123456789+01:00",
        "2026-11-02T23:59:60-14:00",
        "2024-02-29T00:00:00+14:00",
    ),
    "instant": ("2026-11-02T08:15:00Z", "2026-11-02T08:15:00.1-03:30"),
    "time": ("00:00:00", "23:59:59.9", "12:30:60"),
    "code": ("a", "two words", "a-b_c"),
    "id": ("a", "A-1.b", "x" * 64),
    "oid": ("urn:oid:1.2.3", "urn:oid:2.16.578.1.12.4.1.4.1", "urn:oid:0.0"),
    "uuid": (f"urn:uuid:{UUID}",),
    "uri": (
        "http://a.example/b",
        f"urn:uuid:{UUID.upper()}",
        "urn:iso:std:iso:3166",
        "HNR",
        "#a",
        f"urn:uuid:{UUID}#1",
    ),
    "canonical": ("http://a.example/b|1.0", "#vs", "urn:oid:1.2|3"),
    "string": ("x", "line\nline", "tab\t", "æøå 😀", " "),
    "markdown": ("*x*\r\n",),
    "boolean": (True, False),
    "integer": (0, -1, 2**31 - 1, -(2**31)),
    "unsignedInt": (0, 2**31 - 1),
    "positiveInt": (1, 2**31 - 1),
    "decimal": (0, -1.5, 1e-10, Decimal("0.10"), 10**20),
    "base64Binary": ("YQ==", "YWJj", "YW Jj\n", "YWJjZA=="),
    "currency": ("NOK",),
}
BAD: dict[str, tuple[Any, ...]] = {
    "date": (
        "",
        "26-11-02",
        "2026-13",
        "2026-00-01",
        "2026-11-31",
        "2023-02-29",
        "1900-02-29",
        "0000-01-01",
        "2026-11-02Z",
        "02.11.2026",
        "2026-11-02T00:00:00Z",
        " 2026",
        "2026\n",
        "2026-1-2",
        "20261102",
        "２０２６",
        2026,
        None,
        True,
    ),
    "dateTime": (
        "2026-11-02T08:15:00",
        "2026-11-02T08:15Z",
        "2026-11-02T24:00:00Z",
        "2026-11-02 08:15:00Z",
        "2026-11-31T08:15:00Z",
        "2026-11-02T08:15:00+14:30",
        "2026-11-02T08:15:00+1",
        "2026-11-02T08:15:00.Z",
        "2026-11-02t08:15:00z",
        "",
    ),
    "instant": ("2026", "2026-11-02", "2026-11-02T08:15:00", "2026-02-30T08:15:00Z"),
    "time": ("24:00:00", "08:15", "08:15:00Z", "8:15:00", ""),
    "code": ("", " a", "a ", "a  b", "a\tb ", 1, True),
    "id": ("", "a_b", "x" * 65, "å", "a b", "a/b", 1),
    "oid": ("1.2.3", "urn:oid:3.1", "urn:oid:1.02", "urn:oid:1", "urn:oid:1..2", "URN:OID:1.2"),
    "uuid": (UUID, f"urn:uuid:{UUID.upper()}", "urn:uuid:c757873d"),
    "uri": ("", "a b", "urn:uuid:x", "urn:oid:X.Y", 1),
    "url": ("", "http://a b"),
    "canonical": ("", "a b", 1),
    "string": ("", 1, True, None, "\x00", "a\x0bb", "\ud800", "x" * (1024 * 1024 + 1), ["x"]),
    "markdown": ("", {}),
    "boolean": ("true", "false", 0, 1, "", None),
    "integer": (1.0, 1.5, "1", True, 2**31, -(2**31) - 1, Decimal(1), None),
    "unsignedInt": (-1, 2**31, "0"),
    "positiveInt": (0, -1, False),
    "decimal": ("1.0", True, float("nan"), float("inf"), Decimal("NaN"), None, [1]),
    "base64Binary": ("", "YQ=", "YQ", "Y", "Y===", "YQ==YQ==", "æ", 1, "Y-_=", " "),
    "currency": ("nok", "NO", "kroner"),
}


@pytest.mark.parametrize(
    ("kind", "value"), [(kind, value) for kind, values in GOOD.items() for value in values]
)
def test_what_r4_accepts_is_accepted(kind: str, value: Any) -> None:
    assert CHECKS[kind](value) is None


@pytest.mark.parametrize(
    ("kind", "value"), [(kind, value) for kind, values in BAD.items() for value in values]
)
def test_what_r4_refuses_is_refused(kind: str, value: Any) -> None:
    assert CHECKS[kind](value) is not None


@pytest.mark.parametrize(
    ("kind", "value", "key"),
    [
        ("dateTime", "2026-11-02T08:15:00", "no-zone"),
        ("dateTime", "2026-02-30", "impossible-date"),
        ("dateTime", "02.11.2026", "bad-form"),
        ("date", "2026-11-02T08:15:00", "bad-form"),
        ("string", "", "empty-text"),
        ("string", 5, "not-text"),
        ("decimal", "5", "not-number"),
        ("integer", 5.0, "bad-form"),
        ("positiveInt", 0, "number-range"),
        ("boolean", "true", "not-boolean"),
    ],
)
def test_the_fault_is_named(kind: str, value: Any, key: str) -> None:
    fault = CHECKS[kind](value)
    assert fault is not None
    assert fault[0] == key
