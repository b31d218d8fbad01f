"""National numbers in Norwegian identifiers: their form and check digits, by the system of the identifier.

Systems: https://github.com/HL7Norway/basisprofiler-r4, NamingSystem. A person's number is checked by the
rulebook (`rulebook.national_number`). Organisation number: Brønnøysundregistrene. Whether a synthetic number
is let in is for the one who stores it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from samspill.fhir.validation.finding import Place
from samspill.refusal import Refused
from samspill.rulebook.national_number import NumberKind, check_digits_fit, parse

_NATIONAL = "urn:oid:2.16.578.1.12.4.1."
_ORGANISATION = (3, 2, 7, 6, 5, 4, 3, 2, 1)
_FAULTS = {"number_date": "number-date", "number_check_digits": "number-check"}


@dataclass(frozen=True)
class Number:
    """One kind of number: its name, its form in words and as a pattern, and what says that it is one."""

    kind: str
    form: str
    pattern: re.Pattern[str]
    fault: Callable[[str], str] = lambda text: ""


def _checked(text: str) -> str:
    return "" if check_digits_fit(text) else "number-check"


def _of_a_person(*kinds: NumberKind) -> Callable[[str], str]:
    """A number that begins with a day of birth, of one of these kinds; the rules are the rulebook's."""

    def fault(text: str) -> str:
        try:
            found = parse(text)
        except Refused as refused:
            return _FAULTS.get(refused.code, "number-check")
        return "" if found.kind in kinds else "number-date"

    return fault


def _of_an_organisation(text: str) -> str:
    left = sum(int(digit) * weight for digit, weight in zip(text, _ORGANISATION, strict=True)) % 11
    return "number-check" if left else ""


_BORN = _of_a_person(NumberKind.FNR, NumberKind.H_NUMBER)
_ELEVEN, _ASCII = re.compile(r"[0-9]{11}", re.ASCII), re.ASCII
NUMBERS: dict[str, Number] = {
    f"{_NATIONAL}4.1": Number("national identity number", "11 digits", _ELEVEN, _BORN),
    f"{_NATIONAL}4.2": Number("D-number", "11 digits", _ELEVEN, _of_a_person(NumberKind.DNR)),
    f"{_NATIONAL}4.3": Number("common help number", "11 digits", _ELEVEN, _checked),
    f"{_NATIONAL}4.4": Number("HPR number", "1 to 9 digits", re.compile(r"[0-9]{1,9}", _ASCII)),
    f"{_NATIONAL}4.5": Number("DUF number", "12 digits", re.compile(r"[0-9]{12}", _ASCII)),
    f"{_NATIONAL}4.101": Number(
        "organisation number", "9 digits", re.compile(r"[0-9]{9}", _ASCII), _of_an_organisation
    ),
    f"{_NATIONAL}4.102": Number("RESH id", "1 to 9 digits", re.compile(r"[0-9]{1,9}", _ASCII)),
    f"{_NATIONAL}2": Number("HER-id", "1 to 9 digits", re.compile(r"[0-9]{1,9}", _ASCII)),
}


def check_identifier(value: dict[str, Any], place: Place, add: Callable[..., None]) -> None:
    """Adds a finding when the system is a national one and the value is no number of it."""
    system, text = value.get("system"), value.get("value")
    number = NUMBERS.get(system) if isinstance(system, str) else None
    if number is None or not isinstance(text, str):
        return
    at: Place = (place, "value", None)
    if not number.pattern.fullmatch(text):
        add("number-form", at, kind=number.kind, form=number.form)
        return
    fault = number.fault(text)
    if fault:
        add(fault, at, kind=number.kind)
