"""Broken FHIR: valid resources made invalid in one known way, and JSON that is no resource at all.

An operator takes a valid resource and gives a broken copy with the finding it should cause, or None when the
resource has no place for that fault. Randomness is an argument.
"""

import copy
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from samspill.fhir.validation.tables import PRIMITIVE, RESOURCE, Element, Type, tables

Json = dict[str, Any]
JSON_VALUES: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1.5,
    10**30,
    float("nan"),
    float("inf"),
    "",
    " ",
    "x",
    "\u0000",
    "\ud800",
    "#",
    "urn:uuid:",
    "2026-02-30",
    "\uff11\uff12",
    [],
    {},
    [[]],
    [None],
    {"id": "a"},
    {"": 1},
    {"extension": [{}]},
)


@dataclass(frozen=True)
class Broken:
    """A resource that must be refused: with a finding of this key at this place."""

    resource: Json
    key: str
    expression: str


@dataclass(frozen=True)
class Spot:
    """Where a value stands: what holds it, its key there, and what the table says of it."""

    holder: Any
    at: Any
    owner: Json
    kind: Type
    element: Element
    path: str

    @property
    def value(self) -> Any:
        return self.holder[self.at]


def spots(resource: Json, path: str = "") -> Iterator[Spot]:
    """Every value of a valid resource, in its place; the values of an array one by one."""
    name = resource["resourceType"]
    yield from _spots(resource, tables().types[name], path or name)


def _spots(owner: Json, kind: Type, path: str) -> Iterator[Spot]:
    for key, value in owner.items():
        element = kind.elements.get(key)
        if element is None:
            continue
        values = list(enumerate(value)) if element.many else [(None, value)]
        for index, one in values:
            where = f"{path}.{key}" if index is None else f"{path}.{key}[{index}]"
            holder, at = (owner, key) if index is None else (value, index)
            yield Spot(holder, at, owner, kind, element, where)
            if element.kind == RESOURCE:
                yield from spots(one, where)
            elif element.kind != PRIMITIVE and isinstance(one, dict):
                yield from _spots(one, element.of, where)


Operator = Callable[[Json, random.Random], Broken | None]


def _at_a_spot(fits: Callable[[Spot], bool], damage: Callable[[Spot], str]) -> Operator:
    """An operator that damages one spot; `damage` changes it and gives the key of the finding."""

    def operator(resource: Json, rng: random.Random) -> Broken | None:
        made = copy.deepcopy(resource)
        found = [spot for spot in spots(made) if fits(spot)]
        if not found:
            return None
        spot = rng.choice(found)
        return Broken(made, damage(spot), spot.path)

    return operator


def _put(value: Any, key: str) -> Callable[[Spot], str]:
    def damage(spot: Spot) -> str:
        spot.holder[spot.at] = copy.deepcopy(value)
        return key

    return damage


def _is_text(spot: Spot) -> bool:
    return spot.element.kind == PRIMITIVE and isinstance(spot.value, str)


def _is_number(spot: Spot) -> bool:
    return (
        spot.element.kind == PRIMITIVE
        and isinstance(spot.value, int | float)
        and not isinstance(spot.value, bool)
    )


def _in_a_list(spot: Spot) -> str:
    spot.holder[spot.at] = [spot.value]
    return "not-one"


def drop_required(resource: Json, rng: random.Random) -> Broken | None:
    """A required element is taken out."""
    made = copy.deepcopy(resource)
    found = [
        (spot, name.removesuffix("[x]"))
        for spot in spots(made)
        for name, keys in spot.kind.required
        if spot.element.name in keys and "_" + spot.element.name not in spot.owner
    ]
    if not found:
        return None
    spot, name = rng.choice(found)
    del spot.owner[spot.element.name]
    # What is left may be empty, and then it is that which is told.
    is_left = set(spot.owner) - {"id"}
    at = spot.path.rpartition(".")[0]
    return Broken(made, "missing" if is_left else "empty-object", f"{at}.{name}" if is_left else at)


def empty_array(resource: Json, rng: random.Random) -> Broken | None:
    """An array without anything in it."""
    made = copy.deepcopy(resource)
    found = [spot for spot in spots(made) if spot.element.many]
    if not found:
        return None
    spot = rng.choice(found)
    spot.owner[spot.element.name] = []
    return Broken(made, "empty-array", spot.path.rpartition("[")[0])


def add_unknown(resource: Json, rng: random.Random) -> Broken | None:
    """An element that R4 does not know."""
    made = copy.deepcopy(resource)
    found = [spot for spot in spots(made) if spot.element.kind != PRIMITIVE and isinstance(spot.value, dict)]
    spot = rng.choice([None, *found])
    owner, path = (spot.value, spot.path) if spot else (made, made["resourceType"])
    owner["notInFhir"] = "x"
    return Broken(made, "unknown-element", f"{path}.notInFhir")


_OTHERS = {"String": "x", "Boolean": True, "DateTime": "2026", "Integer": 1, "Period": {"start": "2026"}}


def second_value(resource: Json, rng: random.Random) -> Broken | None:
    """A choice (value[x]) is given as two types."""
    made = copy.deepcopy(resource)
    found = [
        (spot, spot.element.base + other, value)
        for spot in spots(made)
        if spot.element.base
        for other, value in _OTHERS.items()
        if spot.element.base + other in spot.kind.elements and spot.element.name != spot.element.base + other
    ]
    if not found:
        return None
    spot, key, value = rng.choice(found)
    spot.owner[key] = value
    return Broken(made, "value-twice", f"{spot.path.rpartition('.')[0]}.{key}")


OPERATORS: dict[str, Operator] = {
    "a required element is missing": drop_required,
    "an element is unknown": add_unknown,
    "text is empty": _at_a_spot(_is_text, _put("", "empty-text")),
    "text is a number": _at_a_spot(_is_text, _put(7, "not-text")),
    "a number is text": _at_a_spot(_is_number, _put("7", "not-number")),
    "true is text": _at_a_spot(lambda spot: isinstance(spot.value, bool), _put("true", "not-boolean")),
    "an object is empty": _at_a_spot(
        lambda spot: spot.element.kind not in {PRIMITIVE, RESOURCE}, _put({}, "empty-object")
    ),
    "an object is text": _at_a_spot(
        lambda spot: spot.element.kind not in {PRIMITIVE, RESOURCE}, _put("x", "not-an-object")
    ),
    "a value is null": _at_a_spot(lambda spot: "_" + spot.element.name not in spot.owner, _put(None, "null")),
    "an array is empty": empty_array,
    "one is given as an array": _at_a_spot(lambda spot: not spot.element.many, _in_a_list),
    "two types of one value": second_value,
    "a time has no zone": _at_a_spot(
        lambda spot: spot.element.type in {"dateTime", "instant"}, _put("2026-11-02T08:15:00", "no-zone")
    ),
    "a day does not exist": _at_a_spot(
        lambda spot: spot.element.type in {"date", "dateTime"}, _put("2026-02-30", "impossible-date")
    ),
    "a date is written the Norwegian way": _at_a_spot(
        lambda spot: spot.element.type in {"date", "dateTime", "instant"}, _put("02.11.2026", "bad-form")
    ),
    "a code is outside its required set": _at_a_spot(
        lambda spot: spot.element.allowed is not None, _put("no-such-code", "not-in-codes")
    ),
    "a resource is of no known type": _at_a_spot(
        lambda spot: spot.element.kind == RESOURCE,
        _put({"resourceType": "Sykmelding"}, "unknown-resource-type"),
    ),
}


def broken(resource: Json, rng: random.Random) -> Iterator[tuple[str, Broken]]:
    """One broken copy by each operator that finds a place, with the operator's name."""
    for name, operator in OPERATORS.items():
        made = operator(resource, rng)
        if made is not None:
            yield name, made


def scrambled(resource: Json, rng: random.Random, *, times: int = 3) -> Json:
    """A copy with arbitrary JSON put in arbitrary places: nothing is known of it but that it is JSON."""
    made = copy.deepcopy(resource)
    for _ in range(times):
        places = list(_places(made))
        holder, at = rng.choice(places)
        holder[at] = copy.deepcopy(rng.choice(JSON_VALUES))
    return made


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for at, one in list(items):
        yield value, at
        yield from _places(one)
    if isinstance(value, dict):
        yield value, "resourceType"
