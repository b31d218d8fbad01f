"""The simple values of FHIR R4: what each may look like in JSON, as https://hl7.org/fhir/R4/datatypes.html
says.

A check returns None, or a Fault: the key of a sentence and its parameters. Every pattern is ASCII: a digit is
0-9.
"""

import binascii
import math
import re
from calendar import monthrange
from collections.abc import Callable
from decimal import Decimal

from samspill.fhir.validation.xhtml import fault_in_xhtml

LONGEST = 1024 * 1024
Fault = tuple[str, dict[str, str]]
Check = Callable[[object], Fault | None]

_YEAR = r"([0-9]([0-9]([0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)"
_DAY = rf"{_YEAR}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?"
_ZONE = r"(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))"

FORMS = {
    "date": (rf"{_YEAR}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?", "YYYY, YYYY-MM or YYYY-MM-DD"),
    "dateTime": (
        rf"{_YEAR}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01])(T{_CLOCK}{_ZONE})?)?)?",
        "YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss+zz:zz",
    ),
    "instant": (rf"{_DAY}T{_CLOCK}{_ZONE}", "YYYY-MM-DDThh:mm:ss.sss+zz:zz"),
    "time": (_CLOCK, "hh:mm:ss"),
    "code": (r"[^\s]+(\s[^\s]+)*", "text without spaces at the ends and never two in a row"),
    "currency": (r"[A-Z]{3}", "three capital letters of ISO 4217, for example NOK"),
    "id": (r"[A-Za-z0-9\-.]{1,64}", "1 to 64 of A-Z, a-z, 0-9, - and ."),
    "oid": (r"urn:oid:[0-2](\.(0|[1-9][0-9]*))+", "urn:oid: and numbers with dots between"),
    "uuid": (
        r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        "urn:uuid: and a UUID in lower case",
    ),
    "uri": (r"\S+", "an address without spaces"),
    "url": (r"\S+", "an address without spaces"),
    "canonical": (r"\S+", "an address without spaces"),
}
_URNS = {
    "urn:uuid:": re.compile(FORMS["uuid"][0].replace("0-9a-f", "0-9A-Fa-f"), re.ASCII),
    "urn:oid:": re.compile(FORMS["oid"][0], re.ASCII),
}
# What XML 1.0 and PostgreSQL cannot hold, and half a surrogate pair, which is no character at all.
_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TIME_WITHOUT_ZONE = re.compile(rf"{_DAY}T{_CLOCK}", re.ASCII)
_WHOLE_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def found(value: object) -> str:
    """What a JSON value is, in words."""
    names = {bool: "true or false", str: "text", list: "an array", dict: "an object", type(None): "null"}
    return names.get(type(value), "a number")


def anything(value: object) -> Fault | None:
    """For elements that are not simple values."""
    return None


def _text(kind: str) -> Check:
    limited = kind in {"string", "markdown"}

    def check(value: object) -> Fault | None:
        if type(value) is not str:
            return "not-text", {"type": kind, "found": found(value)}
        if not value:
            return "empty-text", {}
        if limited and len(value) > LONGEST:
            return "too-long", {"type": kind, "limit": str(LONGEST)}
        if not value.isprintable() and _UNHOLDABLE.search(value):
            return "bad-characters", {}
        return None

    return check


def _formed(kind: str) -> Check:
    pattern, form = FORMS[kind]
    matches = re.compile(pattern, re.ASCII).fullmatch

    def check(value: object) -> Fault | None:
        if type(value) is not str:
            return "not-text", {"type": kind, "found": found(value)}
        if matches(value) and (value.isprintable() or not _UNHOLDABLE.search(value)):
            return None
        return ("empty-text", {}) if not value else ("bad-form", {"type": kind, "form": form})

    return check


def _uri(kind: str) -> Check:
    formed = _formed(kind)

    def check(value: object) -> Fault | None:
        fault = formed(value)
        if fault or not str(value).startswith("urn:"):
            return fault
        for start, pattern in _URNS.items():
            if str(value).startswith(start) and not pattern.fullmatch(
                str(value).partition("#")[0].partition("|")[0]
            ):
                return "bad-form", {"type": kind, "form": FORMS[start[4:-1]][1]}
        return None

    return check


def _dated(kind: str) -> Check:
    formed = _formed(kind)

    def check(value: object) -> Fault | None:
        fault = formed(value)
        if fault:
            lacks_zone = (
                fault[0] == "bad-form" and kind != "date" and _TIME_WITHOUT_ZONE.fullmatch(str(value))
            )
            return ("no-zone", {}) if lacks_zone else fault
        text = str(value)
        if _WHOLE_DAY.match(text) and int(text[8:10]) > monthrange(int(text[:4]), int(text[5:7]))[1]:
            return "impossible-date", {}
        return None

    return check


def _boolean(value: object) -> Fault | None:
    return None if type(value) is bool else ("not-boolean", {"found": found(value)})


def _decimal(value: object) -> Fault | None:
    if type(value) is int or (type(value) is float and math.isfinite(value)):
        return None
    if isinstance(value, Decimal) and value.is_finite():
        return None
    if isinstance(value, float | Decimal):
        return "not-finite", {}
    return "not-number", {"type": "decimal", "found": found(value)}


def _whole(kind: str, lowest: int, highest: int = 2**31 - 1) -> Check:
    def check(value: object) -> Fault | None:
        if type(value) is not int:
            if isinstance(value, float | Decimal):
                return "bad-form", {"type": kind, "form": "a whole number without a decimal point"}
            return "not-number", {"type": kind, "found": found(value)}
        if lowest <= value <= highest:
            return None
        return "number-range", {"type": kind, "allowed": f"{lowest} to {highest}"}

    return check


def _base64(value: object) -> Fault | None:
    if type(value) is not str:
        return "not-text", {"type": "base64Binary", "found": found(value)}
    if not value.strip():
        return "empty-text", {}
    try:
        binascii.a2b_base64("".join(value.split()).encode("ascii"), strict_mode=True)
    except ValueError:
        return "bad-form", {"type": "base64Binary", "form": "groups of four characters of base64"}
    return None


def _xhtml(value: object) -> Fault | None:
    if type(value) is not str:
        return "not-text", {"type": "xhtml", "found": found(value)}
    if not value:
        return "empty-text", {}
    why = fault_in_xhtml(value)
    return ("bad-xhtml", {"why": why}) if why else None


CHECKS: dict[str, Check] = {
    "base64Binary": _base64,
    "boolean": _boolean,
    "decimal": _decimal,
    "integer": _whole("integer", -(2**31)),
    "positiveInt": _whole("positiveInt", 1),
    "unsignedInt": _whole("unsignedInt", 0),
    "xhtml": _xhtml,
    **{kind: _text(kind) for kind in ("string", "markdown")},
    **{kind: _formed(kind) for kind in ("code", "currency", "id", "oid", "uuid", "time")},
    **{kind: _uri(kind) for kind in ("uri", "url", "canonical")},
    **{kind: _dated(kind) for kind in ("date", "dateTime", "instant")},
}
