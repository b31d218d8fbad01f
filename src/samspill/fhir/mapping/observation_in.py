"""An Observation that R4 and its profiles accept, as what care keeps: one value, in our unit, at one instant.

What cannot be kept is told by `reasons`: it is set aside for a person, and its sender is told why. Whom it is
about is told as it was sent; nobody is looked up here.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from samspill.care.public import Entered, Incoming
from samspill.fhir.mapping.codes import codes
from samspill.refusal import Refused, Sentence
from samspill.rulebook.units import Aside, check_clock, examine
from samspill.rulebook.vital_signs import find

Json = dict[str, Any]
LONGEST_CODE, LONGEST_TEXT = 40, 120
MISTAKE = "entered-in-error"
# Value[x] that is kept as it stands: an answer, not a measured number.
_ANSWERS = ("valueString", "valueBoolean", "valueInteger", "valueDateTime", "valueTime")


@dataclass(frozen=True)
class Read:
    """`incoming` is None when there is no time or no value at all; usable only when `reasons` is empty."""

    code: str
    text: str
    incoming: Incoming | None
    reasons: tuple[Aside, ...] = ()
    sent_value: Any = field(default=None, repr=False)
    sent_unit: str = ""


@dataclass(frozen=True)
class Subject:
    """Whom an Observation is about: a reference to one of ours, or a national number."""

    reference: str = ""
    number: str = field(default="", repr=False)


def subject_of(resource: Json) -> Subject:
    """Refused (`observation.subject`): neither a reference nor a number of ours."""
    said = resource.get("subject") or {}
    identifier = said.get("identifier") or {}
    known = {codes().systems[name] for name in ("fnr", "dnr", "hjelpenummer")}
    number = identifier.get("value", "") if identifier.get("system") in known else ""
    if not number and not said.get("reference"):
        raise Refused(
            "observation.subject",
            Sentence(
                "Say whom it is about: subject.identifier with a national number, or a reference to our "
                "Patient."
            ),
            field="Observation.subject",
        )
    return Subject(said.get("reference", ""), number)


def identifiers_of(resource: Json) -> list[tuple[str, str]]:
    """(system, value) of the identifiers that name the measurement, and nobody."""
    personal = {codes().systems[name] for name in ("fnr", "dnr", "hjelpenummer")}
    found = [(one.get("system", ""), one.get("value", "")) for one in resource.get("identifier", [])]
    return [
        (system[:200], value[:200]) for system, value in found if system and value and system not in personal
    ]


def read_observation(resource: Json, *, received: datetime, system: str) -> Read:
    """What it says, and why it cannot be kept when it cannot. `system` is who sends it. Never raises."""
    code, text = _code(resource)
    effective, reasons = _effective(resource, received)
    value, unit, sent_unit, more = _value(resource, code)
    reasons = [*_status(resource), *reasons, *more]
    if effective is None or value is None:
        return Read(code, text, None, tuple(reasons), sent_value=_sent(resource))
    one = Incoming(
        code=code,
        value=value,
        unit=unit,
        effective=effective,
        entered=Entered.SYSTEM,
        sent_value=_sent(resource),
        sent_unit=sent_unit,
        device=_device(resource),
        system=system,
    )
    named = identifiers_of(resource)
    source, number = named[0] if named else (system, one.fingerprint)
    kept = replace(one, system=source, number=number)
    return Read(code, text, kept, tuple(reasons), kept.sent_value, sent_unit)


def _code(resource: Json) -> tuple[str, str]:
    """The LOINC code we keep it under; without one, the first code there is, or the words."""
    concept = resource.get("code") or {}
    codings = [one for one in concept.get("coding", []) if one.get("code")]
    first_text = next((one["display"] for one in codings if one.get("display")), "")
    text = (concept.get("text") or first_text)[:LONGEST_TEXT]
    loinc = [one["code"] for one in codings if one.get("system") == codes().systems["loinc"]]
    for code in loinc:
        if (known := _known(code)) is not None:
            return known, text
    return ((loinc or [one["code"] for one in codings] or [text])[0])[:LONGEST_CODE], text


def _known(code: str) -> str | None:
    code = codes().same.get(code, code)
    if code in codes().panels:
        return code
    try:
        return find(code).code
    except Refused:
        return None


def _status(resource: Json) -> list[Aside]:
    status = resource.get("status", "")
    if status in codes().taken:
        return []
    return [
        Aside("observation.status", f"A value with status {status} is not a measurement. Send a final one.")
    ]


def _effective(resource: Json, received: datetime) -> tuple[datetime | None, list[Aside]]:
    """The instant it was measured: of a period the end. A day alone does not say when."""
    said = resource.get("effectiveDateTime") or resource.get("effectiveInstant")
    said = said or (resource.get("effectivePeriod") or {}).get("end") or ""
    at = _instant(said)
    if at is None:
        sentence = "It does not say when it was measured. Give effectiveDateTime with a time and a zone."
        return None, [Aside("time.not_a_time", sentence)]
    return at, check_clock(at, received)


def _instant(said: str) -> datetime | None:
    """A moment that is one in every zone; None for a day alone, or the first and last hours of all time."""
    try:
        at = datetime.fromisoformat(said)
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, TypeError, OverflowError):
        return None


Valued = tuple[Any, str, str, list[Aside]]


def _value(resource: Json, code: str) -> Valued:
    """(value, unit, unit as sent, reasons); the value None when there is none to keep."""
    if code in codes().panels:
        return _panel(resource, codes().panels[code])
    if "valueQuantity" in resource:
        return _quantity(code, resource["valueQuantity"])
    for name in _ANSWERS:
        if name in resource:
            answer = resource[name]
            plain = str(answer) if isinstance(answer, int) and not isinstance(answer, bool) else answer
            return plain, "", "", _is_measured(code)
    if "valueCodeableConcept" in resource:
        concept = resource["valueCodeableConcept"]
        coded = next((one["code"] for one in concept.get("coding", []) if one.get("code")), "")
        return coded or concept.get("text"), "", "", _is_measured(code)
    return None, "", "", [_no_value()]


def _no_value() -> Aside:
    return Aside(
        "observation.no_value", "It has no value that can be kept. Send the value that was measured."
    )


def _is_measured(code: str) -> list[Aside]:
    """What is measured in a unit cannot come as an answer."""
    try:
        sign = find(code)
    except Refused:
        return []
    return [
        Aside(
            "observation.value_type", f"The {sign.names['en']} is a valueQuantity in {', '.join(sign.units)}."
        )
    ]


def _panel(resource: Json, parts: list[str]) -> Valued:
    """Every part of the panel by its code, each in our unit; a part that is missing is told."""
    found: dict[str, Any] = {}
    for component in resource.get("component", []):
        loinc = [one.get("code") for one in (component.get("code") or {}).get("coding", [])]
        for part in parts:
            if part in loinc and "valueQuantity" in component:
                found[part] = component["valueQuantity"]
    if missing := [part for part in parts if part not in found]:
        sentence = f"The component {missing[0]} has no value. Send every part of the measurement."
        return None, "", "", [Aside("observation.component", sentence)]
    each = {part: _quantity(part, quantity) for part, quantity in found.items()}
    reasons = [reason for one in each.values() for reason in one[3]]
    if any(one[0] is None for one in each.values()):
        return None, "", "", reasons
    value = {part: each[part][0] for part in parts}
    units = {each[part][1] for part in parts}
    sent = {each[part][2] for part in parts}
    return value, units.pop(), " ".join(sorted(sent))[:20], reasons


def _quantity(code: str, quantity: Json) -> Valued:
    number, unit = quantity.get("value"), quantity.get("code") or quantity.get("unit") or ""
    if number is None:
        return None, "", "", [_no_value()]
    reasons = []
    if comparator := quantity.get("comparator"):
        sentence = f"The value is only known to be {comparator} {number}. A person must look at it."
        reasons = [Aside("observation.comparator", sentence)]
    exactly = Decimal(str(number))
    try:
        find(code)
    except Refused:  # nobody has a unit for it: it is kept as it came, and is not expected
        return _text(exactly), unit[:20], unit[:20], reasons
    found = examine(code, exactly, unit)
    value = None if found.value is None else _text(found.value)
    return value, found.unit, unit[:20], [*reasons, *found.aside]


def _text(number: Decimal) -> str:
    """As people write it: no exponent, and the decimals that were measured."""
    return format(number, "f")


def _sent(resource: Json) -> Any:
    """The value as it came, in plain JSON with numbers as text."""
    values = {name: one for name, one in resource.items() if name.startswith("value")}
    if "component" in resource:
        values["component"] = resource["component"]
    return _plain(values)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal | int | float) and not isinstance(value, bool):
        return str(value)
    return value


def _device(resource: Json) -> str:
    """What was measured with, in words or by its number; what names nobody."""
    said = resource.get("device") or {}
    identifier = said.get("identifier") or {}
    return (identifier.get("value") or said.get("display") or said.get("reference") or "")[:LONGEST_TEXT]
