"""A value as somebody sent it, read and checked: what is kept, or every reason why it cannot be.

Plain values, and nothing is dropped: what cannot be read is told of, with what was sent.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from samspill.care.plain_values import number, to_json, to_text
from samspill.refusal import Refused
from samspill.rulebook.exact_numbers import exact
from samspill.rulebook.units import Aside, check_clock, examine
from samspill.rulebook.vital_signs import find

PRESSURE, UPPER, LOWER = "85354-9", "8480-6", "8462-4"
_MOST_DIGITS = 9
_SAID = re.compile(r"\s*([-\N{MINUS SIGN}]?\d[\d\s]*(?:[.,]\d+)?)\s*(\D.*)?", re.S)
_BOTH = re.compile(r"\s*(\d{2,3}(?:[.,]\d)?)\s*/\s*(\d{2,3}(?:[.,]\d)?)\s*(\D.*)?", re.S)


@dataclass(frozen=True)
class Given:
    """A value with the unit it was said in; "" is the unit it is asked for in."""

    value: object
    unit: str = ""


@dataclass(frozen=True)
class Asked:
    """What a value is held to be of: `code`, `unit` and, where it is not measured, the answers there are.

    `is_watched` when a team has asked for it: then a code that is our own is known by the team.
    """

    code: str
    unit: str = ""
    is_measured: bool = True
    answers: Collection[str] = ()
    is_watched: bool = True


@dataclass(frozen=True)
class Checked:
    """`value` in `unit` as they are kept; None when `aside` says why it cannot be."""

    code: str
    value: Any
    unit: str
    sent_value: Any
    sent_unit: str
    aside: tuple[Aside, ...] = ()


def given(said: object) -> Given:
    """A number, a text as "101,3 F", a pair of value and unit, or a mapping with these names."""
    match said:
        case Given():
            return said
        case (value, str() as unit):
            return Given(value, unit)
        case {"value": value, **rest} if rest.keys() <= {"unit"}:
            return Given(value, str(rest.get("unit") or ""))
    return Given(said)


def kept_code(code: str) -> str:
    """The code a measurement is kept under, of those that mean the same."""
    try:
        return find(code).code
    except Refused:
        return code


def moment(effective: object) -> object:
    """When it was measured: a text in ISO form as an instant, everything else as it is."""
    if isinstance(effective, str):
        try:
            found = datetime.fromisoformat(effective.strip())
            return found.astimezone(UTC) if found.tzinfo else found
        except (ValueError, OverflowError):
            return effective
    return effective


def check(asked: Asked, said: object, *, effective: object, received: datetime) -> Checked:
    """The value as it is kept, or why it is set aside; codes as `rulebook.units.examine`, and:

    `value.answer` an answer there is not; `value.turned` a lower blood pressure above the upper one.
    """
    one = given(said)
    sent, unit = to_json(one.value), one.unit.replace("\x00", "").strip()[:40]
    if not asked.is_measured:
        found = _answered(asked, one)
    elif asked.code == PRESSURE:
        found = _pressure(one, unit)
    else:
        found = _measured(asked, one, unit)
    value, kept, aside = found
    aside = (*aside, *check_clock(moment(effective), received))
    return Checked(asked.code, None if aside else value, kept, sent, unit or kept, aside)


_Found = tuple[Any, str, tuple[Aside, ...]]


def _answered(asked: Asked, one: Given) -> _Found:
    said = one.value.strip() if isinstance(one.value, str) else one.value
    if isinstance(said, str) and said and (not asked.answers or said in asked.answers):
        return said, "", ()
    known = ", ".join(asked.answers)
    told = f"{said!r} is no answer that is asked for. Choose one of: {known}."
    return None, "", (Aside("value.answer", told),)


def _measured(asked: Asked, one: Given, unit: str) -> _Found:
    value, unit = _split(one.value, unit)
    if value is None:
        return None, "", (_not_a_number(one.value),)
    try:
        sign = find(asked.code)
    except Refused as unknown:
        return _unbounded(asked, value, unit, unknown)
    found = examine(sign.code, value, unit or sign.unit)
    kept = to_text(found.value) if found.value is not None and found.is_usable else None
    return kept, found.unit, found.aside


def _unbounded(asked: Asked, value: Decimal, unit: str, unknown: Refused) -> _Found:
    """What a team has named itself is taken in its own unit; a code nobody here has named is not."""
    if not asked.is_watched:
        return None, "", (Aside(unknown.code, unknown.sentence),)
    if unit and unit != asked.unit:
        told = f"The value is in {unit}, and is asked for in {asked.unit}. Convert it, or mend it."
        return None, "", (Aside("unit.unknown", told),)
    return to_text(value), asked.unit, ()


def _split(value: object, unit: str) -> tuple[Decimal | None, str]:
    """A number, and the unit that stands behind it in a text; None for what is no number."""
    if isinstance(value, str):
        said = _SAID.fullmatch(value)
        try:
            return (number(said[1]), unit or (said[2] or "").strip()[:40]) if said else (None, unit)
        except ValueError:
            return None, unit
    try:
        found = exact(value)
    except Refused:
        return None, unit
    return (found if abs(found.adjusted()) <= _MOST_DIGITS else None), unit


def _pressure(one: Given, unit: str) -> _Found:
    """Both parts: «120/80», or by code."""
    said = one.value
    if isinstance(said, str) and (both := _BOTH.fullmatch(said)):
        said, unit = {UPPER: both[1], LOWER: both[2]}, unit or (both[3] or "").strip()[:40]
    if not isinstance(said, Mapping) or set(said) != {UPPER, LOWER}:
        told = "A blood pressure has an upper and a lower number, as 120/80. Write both."
        return None, "", (Aside("value.shape", told),)
    parts = {code: _measured(Asked(code), given(value), unit) for code, value in said.items()}
    aside = tuple(dict.fromkeys(one for _value, _unit, found in parts.values() for one in found))
    value = {code: found[0] for code, found in parts.items()}
    if not aside and number(value[UPPER]) < number(value[LOWER]):
        told = "The lower blood pressure is above the upper one. Let the two change places, or measure again."
        aside = (Aside("value.turned", told),)
    return value, find(UPPER).unit, aside


def _not_a_number(said: object) -> Aside:
    return Aside("number.not_a_number", f"{to_json(said)!r} is no number. Write it with digits, as 72.5.")
