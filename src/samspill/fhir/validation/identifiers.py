"""National numbers in Norwegian identifiers: their form and check digits, by the system of the identifier.

Systems: https://github.com/HL7Norway/basisprofiler-r4, NamingSystem. Check digits of a national identity
number, with those that come in 2032 (first check: remainder 0-3): Skatteetaten, "Nytt fødselsnummer fra
2032". Organisation number: Brønnøysundregistrene. Whether a synthetic number is let in is for the one who
stores it.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from samspill.fhir.validation.finding import Place

_NATIONAL = "urn:oid:2.16.578.1.12.4.1."
_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_ORGANISATION = (3, 2, 7, 6, 5, 4, 3, 2, 1)
# Months of synthetic numbers: Skatteetaten +80, Norsk helsenett +65, NAV +40.
_MONTHS = {month + added: month for added in (0, 40, 65, 80) for month in range(1, 13)}


@dataclass(frozen=True)
class Number:
    """One kind of number: its name, its form in words and as a pattern, and what says that it is one."""

    kind: str
    form: str
    pattern: re.Pattern[str]
    fault: Callable[[list[int]], str] = lambda digits: ""


def _remainder(digits: list[int], weights: tuple[int, ...]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False)) % 11


def _checked(digits: list[int]) -> str:
    fits = _remainder(digits, _FIRST) in {0, 1, 2, 3} and _remainder(digits, _SECOND) == 0
    return "" if fits else "number-check"


def _of_a_day(added: int) -> Callable[[list[int]], str]:
    """A number that begins with a day of birth, `added` to the day (40 in a D-number)."""

    def fault(digits: list[int]) -> str:
        day, month = 10 * digits[0] + digits[1] - added, _MONTHS.get(10 * digits[2] + digits[3], 0)
        # The century is not in the date; 1896, 1996 and 2096 are leap years alike, 1900 alone is not.
        if not month or not 1 <= day <= monthrange(2000 + 10 * digits[4] + digits[5], month)[1]:
            return "number-date"
        return _checked(digits)

    return fault


def _of_an_organisation(digits: list[int]) -> str:
    return "number-check" if _remainder(digits, _ORGANISATION) else ""


_ELEVEN, _ASCII = re.compile(r"[0-9]{11}", re.ASCII), re.ASCII
NUMBERS: dict[str, Number] = {
    f"{_NATIONAL}4.1": Number("national identity number", "11 digits", _ELEVEN, _of_a_day(0)),
    f"{_NATIONAL}4.2": Number("D-number", "11 digits", _ELEVEN, _of_a_day(40)),
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
    fault = number.fault([int(digit) for digit in text])
    if fault:
        add(fault, at, kind=number.kind)
