"""From text to plain values; refuses what Python's own reader lets pass: a key that comes twice, NaN."""

import json
from collections.abc import Iterator, Mapping
from math import isinf
from pathlib import Path
from typing import Any

from samspill.refusal import Refused

Source = str | bytes | Path | Mapping[str, Any]


class _Twice(dict[str, Any]):
    """An object in which a key came twice."""

    def __init__(self, one: dict[str, Any], pairs: list[tuple[str, Any]]) -> None:
        super().__init__(one)
        keys = [key for key, _ in pairs]
        self.key = next(key for place, key in enumerate(keys) if key in keys[:place])


def parse(source: Source) -> dict[str, Any]:
    """The object in `source`. Refuses what is no whole JSON object, telling line and column."""
    if isinstance(source, Mapping):
        return dict(source)
    text = _text_of(source)
    twice: list[_Twice] = []

    def made(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        one = dict(pairs)
        if len(one) != len(pairs):
            twice.append(_Twice(one, pairs))
            return twice[-1]
        return one

    try:
        value = json.loads(
            text, object_pairs_hook=made, parse_constant=_no_number, parse_float=_finite_number
        )
    except json.JSONDecodeError as error:
        raise _not_whole(text, error) from None
    except (RecursionError, ValueError) as error:
        raise Refused("jsonstat.json", f"This is no JSON that can be read: {error}.") from None
    if not isinstance(value, dict):
        raise Refused("jsonstat.json", f"This is no JSON-stat: {_kind(value)}, not an object.")
    if twice:
        where = next((path for path, one in _objects("", value) if one is twice[0]), "An object")
        raise Refused(
            "jsonstat.duplicate_key",
            f"{where or 'The document'} has «{twice[0].key}» twice.",
            facts={"where": where, "key": twice[0].key},
        )
    return value


def _text_of(source: str | bytes | Path) -> str:
    if isinstance(source, str):
        return source
    try:
        return (source if isinstance(source, bytes) else source.read_bytes()).decode("utf-8-sig")
    except OSError as error:
        raise Refused("jsonstat.file", f"{error.filename} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        raise Refused(
            "jsonstat.encoding", f"Byte {error.start + 1} is no UTF-8, which JSON is written in."
        ) from None


def _not_whole(text: str, error: json.JSONDecodeError) -> Refused:
    if not text.strip():
        return Refused("jsonstat.json", "The body is empty.")
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
        return Refused(
            "jsonstat.half_a_body",
            f"The body ends in the middle, at line {error.lineno}, column {error.colno}. Fetch it again.",
        )
    return Refused(
        "jsonstat.json", f"No JSON at line {error.lineno}, column {error.colno}: {error.msg.lower()}."
    )


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _finite_number(text: str) -> float:
    number = float(text)
    if isinf(number):
        raise ValueError(f"{text[:20]} is too large a number")
    return number


def _objects(where: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Every object with its place, without recursion: a document may be deep."""
    left = [(where, value)]
    while left:
        path, one = left.pop()
        if isinstance(one, dict):
            yield path, one
            left += [(f"{path}.{key}" if path else key, under) for key, under in one.items()]
        elif isinstance(one, list):
            left += [(f"{path}[{number}]", under) for number, under in enumerate(one)]


def _kind(value: object) -> str:
    names = {list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
