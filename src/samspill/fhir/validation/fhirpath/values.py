"""Values in FHIRPath over JSON: steps, equality and order. A collection is a list; what is missing is no
error.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from samspill.fhir.validation.tables import tables

Collection = list[Any]


class OnlyExtension:
    """A simple value that is not there, only an extension that says why: it exists, and has no value."""

    def __init__(self, extras: Any) -> None:
        self.extras = extras


def step(collection: Collection, name: str) -> Collection:
    """`name` of each item; a choice element is found under the key of the type it was given as."""
    choices = tables().choice_keys.get(name)
    found: Collection = []
    for item in collection:
        if type(item) is not dict:
            continue
        if name in item:
            _take(item[name], found)
        elif "_" + name in item:
            _take_extensions(item["_" + name], found)
        elif choices:
            for key in item:
                if key in choices:
                    _take(item[key], found)
                elif key[:1] == "_" and key[1:] in choices and key[1:] not in item:
                    _take_extensions(item[key], found)
    return found


def _take(one: Any, found: Collection) -> None:
    if type(one) is list:
        found.extend(item for item in one if item is not None)
    else:
        found.append(one)


def _take_extensions(extras: Any, found: Collection) -> None:
    found.extend(map(OnlyExtension, extras) if isinstance(extras, list) else [OnlyExtension(extras)])


def children(collection: Collection) -> Collection:
    found: Collection = []
    for item in collection:
        if isinstance(item, dict):
            for key, one in item.items():
                if key != "resourceType" and not key.startswith("_"):
                    found.extend(one) if isinstance(one, list) else found.append(one)
    return found


def descendants(collection: Collection) -> Collection:
    found: Collection = []
    level = children(collection)
    while level:
        found.extend(level)
        level = children(level)
    return found


def is_of(item: Any, name: str) -> bool:
    """Whether an item is of a type, as far as JSON shows it: resources by resourceType, simple values by
    kind.
    """
    if isinstance(item, dict):
        return item.get("resourceType", name) == name
    kinds: dict[str, type | tuple[type, ...]] = {
        "boolean": bool,
        "integer": int,
        "decimal": (int, float, Decimal),
    }
    kind = kinds.get(name[:1].lower() + name[1:], str)
    return isinstance(item, kind) and (kind is bool or not isinstance(item, bool))


def equal(left: Collection, right: Collection) -> Collection:
    if not left or not right:
        return []
    return [len(left) == len(right) and all(same(a, b) for a, b in zip(left, right, strict=True))]


def same(left: Any, right: Any) -> bool:
    if isinstance(left, bool) != isinstance(right, bool):
        return False
    return bool(left == right)


def identity(item: Any) -> Any:
    """Something to hash, equal for equal items: a thousand codings are compared in a thousand steps."""
    if isinstance(item, dict | list):
        return "json", json.dumps(item, sort_keys=True, default=str)
    return (isinstance(item, bool), item) if not isinstance(item, OnlyExtension) else id(item)


def distinct(collection: Collection) -> Collection:
    """Without repeats, in order."""
    return list({identity(item): item for item in reversed(collection)}.values())[::-1]


def order(left: Any, right: Any) -> int | None:
    """-1, 0 or 1; None when the two cannot be compared: other units, or a precision that leaves it open."""
    if isinstance(left, dict) and isinstance(right, dict):
        units = [{key: one.get(key) for key in ("system", "code", "unit")} for one in (left, right)]
        comparable = units[0] == units[1] or (units[0]["code"] and units[0]["code"] == units[1]["code"])
        return order(left.get("value"), right.get("value")) if comparable else None
    if _is_number(left) and _is_number(right):
        return (left > right) - (left < right)
    if isinstance(left, str) and isinstance(right, str):
        return _order_of_times(left, right)
    return None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _order_of_times(left: str, right: str) -> int | None:
    moments = [_moment(left), _moment(right)]
    if moments[0] and moments[1]:
        return (moments[0] > moments[1]) - (moments[0] < moments[1])
    for a, b in zip(_parts(left), _parts(right), strict=False):
        if a != b:
            return -1 if a < b else 1
    return 0 if len(left) == len(right) else None


def _moment(text: str) -> datetime | None:
    if "T" not in text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _parts(text: str) -> Iterator[str]:
    yield from text.partition("T")[0].split("-")
