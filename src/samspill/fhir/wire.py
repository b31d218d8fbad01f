"""The bytes of FHIR JSON: read strictly, and written so that no digit is lost (https://hl7.org/fhir/R4/json.html).

Python's own reader takes the last of two equal keys, NaN, and any depth; here these are refused. Decimals are
read as `Decimal` and written as they came: 0.10 is measured finer than 0.1.
"""

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from samspill.refusal import Refused, Sentence

MOST_BYTES = 10 * 1024 * 1024
_LONGEST_NUMBER = 100


def parse(body: bytes, *, most_bytes: int = MOST_BYTES) -> dict[str, Any]:
    """The object that a body is. Refused: `fhir-too-large`, `fhir-not-utf8`, `fhir-not-json`, `fhir-key-
    twice`, `fhir-number` and `fhir-not-object`; the sentence tells where, and never repeats what was sent.
    """
    if len(body) > most_bytes:
        limit = most_bytes // (1024 * 1024)
        raise Refused(
            "fhir-too-large",
            Sentence("The body is larger than %(limit)s MB. Send it in smaller parts.", limit=limit),
        )
    try:
        text = body.decode("utf-8-sig")
        value = json.loads(
            text,
            parse_float=_decimal,
            parse_int=_integer,
            parse_constant=_constant,
            object_pairs_hook=_object,
        )
    except UnicodeDecodeError:
        raise Refused("fhir-not-utf8", Sentence("The body is not UTF-8. Encode it as UTF-8.")) from None
    except json.JSONDecodeError as error:
        raise Refused(
            "fhir-not-json",
            Sentence(
                "The body is not JSON: it breaks off at line %(line)s, character %(character)s.",
                line=error.lineno,
                character=error.colno,
            ),
        ) from None
    except RecursionError:
        raise Refused("fhir-not-json", Sentence("The body is nested too deep. Make it flatter.")) from None
    if not isinstance(value, dict):
        raise Refused(
            "fhir-not-object", Sentence("The body must be one JSON object, a resource with resourceType.")
        )
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise Refused("fhir-key-twice", Sentence("An object has the same key twice. Send each key once."))
    return made


def _decimal(text: str) -> Decimal:
    try:
        if len(text) <= _LONGEST_NUMBER and (number := Decimal(text)).is_finite():
            return number
    except InvalidOperation:
        pass
    raise Refused("fhir-number", Sentence("A number is longer than any measurement. Send fewer digits."))


def _integer(text: str) -> int:
    if len(text) > _LONGEST_NUMBER:
        raise Refused("fhir-number", Sentence("A number is longer than any measurement. Send fewer digits."))
    return int(text)


def _constant(text: str) -> Any:
    raise Refused("fhir-number", Sentence("NaN and Infinity are no numbers in JSON. Leave the value out."))


def encode(resource: Any) -> bytes:
    """A resource as JSON in UTF-8, without spaces, keys in their order, decimals as they were read."""
    parts: list[str] = []
    _write(resource, parts.append)
    return "".join(parts).encode()


def _write(value: Any, add: Any) -> None:
    if type(value) is dict:
        sign = "{"
        for key, one in value.items():
            add(f"{sign}{_text(key)}:")
            _write(one, add)
            sign = ","
        add("}" if value else "{}")
    elif type(value) is list:
        sign = "["
        for one in value:
            add(sign)
            _write(one, add)
            sign = ","
        add("]" if value else "[]")
    elif isinstance(value, Decimal):
        add(str(value))
    else:
        add(_text(value))


_text = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
