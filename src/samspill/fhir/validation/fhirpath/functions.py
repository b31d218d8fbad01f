"""The functions and operators of FHIRPath that the invariants of R4 use, over collections."""

import re
from collections.abc import Callable
from typing import Any

from samspill.fhir.validation.fhirpath import values
from samspill.fhir.validation.fhirpath.values import (
    Collection,
    OnlyExtension,
    distinct,
    equal,
    identity,
    is_of,
    order,
    same,
)

PerItem = Callable[[Any], Collection]
Later = Callable[[], Collection]


def truth(collection: Collection) -> bool | None:
    """A collection as true, false or unknown: empty is unknown, and one thing that is no boolean is true."""
    if not collection:
        return None
    return collection[0] if len(collection) == 1 and isinstance(collection[0], bool) else True


def _answer(value: bool | None) -> Collection:
    return [] if value is None else [value]


def _or(left: Collection, right: Collection) -> Collection:
    sides = {truth(left), truth(right)}
    return _answer(True if True in sides else None if None in sides else False)


def _and(left: Collection, right: Collection) -> Collection:
    sides = {truth(left), truth(right)}
    return _answer(False if False in sides else None if None in sides else True)


def _xor(left: Collection, right: Collection) -> Collection:
    one, other = truth(left), truth(right)
    return [] if one is None or other is None else [one is not other]


def _implies(left: Collection, right: Collection) -> Collection:
    return _or(_not(left), right)


def _not(here: Collection) -> Collection:
    value = truth(here)
    return [] if value is None else [not value]


def _unequal(left: Collection, right: Collection) -> Collection:
    return [not one for one in equal(left, right)]


def _ordered(fits: Callable[[int], bool]) -> Callable[[Collection, Collection], Collection]:
    def compare(left: Collection, right: Collection) -> Collection:
        if len(left) != 1 or len(right) != 1:
            return []
        result = order(left[0], right[0])
        return [] if result is None else [fits(result)]

    return compare


def _in(left: Collection, right: Collection) -> Collection:
    return [any(same(left[0], one) for one in right)] if left else []


def _sum(left: Collection, right: Collection) -> Collection:
    return [left[0] + right[0]] if left and right and type(left[0]) is type(right[0]) else []


def _difference(left: Collection, right: Collection) -> Collection:
    return [left[0] - right[0]] if left and right else []


def _joined(left: Collection, right: Collection) -> Collection:
    return ["".join(str(one[0]) if one else "" for one in (left, right))]


def _where(here: Collection, crit: PerItem) -> Collection:
    return [item for item in here if truth(crit(item)) is True]


def _select(here: Collection, crit: PerItem) -> Collection:
    return [one for item in here for one in crit(item)]


def _all(here: Collection, crit: PerItem) -> Collection:
    return [all(truth(crit(item)) is True for item in here)]


def _exists(here: Collection, crit: PerItem | None = None) -> Collection:
    return [bool(_where(here, crit) if crit else here)]


def _has_value(here: Collection) -> Collection:
    return [len(here) == 1 and not isinstance(here[0], dict | list | OnlyExtension)]


def _iif(here: Collection, test: Later, then: Later, otherwise: Later = list) -> Collection:
    return then() if truth(test()) is True else otherwise()


def _intersect(here: Collection, other: Collection) -> Collection:
    others = {identity(one) for one in other}
    return [item for item in distinct(here) if identity(item) in others]


def _on_text(function: Callable[..., Any]) -> Callable[..., Collection]:
    """A function of one text and texts: nothing when the collection is empty or holds something else."""

    def call(here: Collection, *arguments: Collection) -> Collection:
        if len(here) != 1 or not isinstance(here[0], str) or not all(arguments):
            return []
        return [function(here[0], *(one[0] for one in arguments))]

    return call


def _to_integer(here: Collection) -> Collection:
    if len(here) == 1 and isinstance(here[0], int):
        return [int(here[0])]
    is_whole = len(here) == 1 and isinstance(here[0], str) and re.fullmatch(r"[+-]?[0-9]{1,18}", here[0])
    return [int(here[0])] if is_whole else []


FUNCTIONS: dict[str, Callable[..., Collection]] = {
    "operator=": equal,
    "operator!=": _unequal,
    "operator<=": _ordered(lambda sign: sign <= 0),
    "operator<": _ordered(lambda sign: sign < 0),
    "operator>": _ordered(lambda sign: sign > 0),
    "operator>=": _ordered(lambda sign: sign >= 0),
    "operatoror": _or,
    "operatorand": _and,
    "operatorxor": _xor,
    "operatorimplies": _implies,
    "operatorin": _in,
    "operatorcontains": lambda left, right: _in(right, left),
    "operator|": lambda left, right: distinct([*left, *right]),
    "operator+": _sum,
    "operator-": _difference,
    "operator&": _joined,
    "where": _where,
    "select": _select,
    "all": _all,
    "exists": _exists,
    "empty": lambda here: [not here],
    "not": _not,
    "count": lambda here: [len(here)],
    "first": lambda here: here[:1],
    "last": lambda here: here[-1:],
    "tail": lambda here: here[1:],
    "distinct": distinct,
    "isDistinct": lambda here: [len(distinct(here)) == len(here)],
    "combine": lambda here, other: [*here, *other],
    "intersect": _intersect,
    "hasValue": _has_value,
    "iif": _iif,
    "trace": lambda here, name: here,
    # Whatever a reference leads to is looked up by the walk; to an expression it is not there.
    "resolve": lambda here: [],
    "children": values.children,
    "descendants": values.descendants,
    "is": lambda here, name: [is_of(here[0], name)] if len(here) == 1 else [],
    "as": lambda here, name: [one for one in here if is_of(one, name)],
    "ofType": lambda here, name: [one for one in here if is_of(one, name)],
    "startsWith": _on_text(str.startswith),
    "endsWith": _on_text(str.endswith),
    "contains": _on_text(str.__contains__),
    "substring": _on_text(lambda text, start: text[start:]),
    "matches": _on_text(lambda text, pattern: re.fullmatch(pattern, text, re.ASCII) is not None),
    "replaceMatches": _on_text(lambda text, pattern, by: re.sub(pattern, by, text, flags=re.ASCII)),
    "toInteger": _to_integer,
    "toString": lambda here: [str(here[0])] if len(here) == 1 else [],
}
