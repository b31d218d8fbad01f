"""A tree of FHIRPath to a Python function of (context, this) that gives a collection."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from samspill.fhir.validation.fhirpath import values
from samspill.fhir.validation.fhirpath.functions import FUNCTIONS, truth
from samspill.fhir.validation.fhirpath.parsing import Tree, parse
from samspill.fhir.validation.fhirpath.values import Collection


class Context(NamedTuple):
    """What %resource and %rootResource are; `ucum` is a constant of FHIR."""

    resource: dict[str, Any]
    root: dict[str, Any]
    ucum: str = "http://unitsofmeasure.org"


Run = Callable[[Context, Collection], Collection]


@lru_cache(maxsize=1024)
def compiled(expression: str) -> Run:
    """The function of an expression; ValueError when it is not FHIRPath, or not of the part that is known
    here.
    """
    return _build(parse(expression))


def holds(expression: str, context: Context, item: Any) -> bool:
    """Whether an invariant holds on an item. What cannot be decided (an empty answer) is let through."""
    return truth(compiled(expression)(context, [item])) is not False


def _build(tree: Tree) -> Run:
    return _BUILDERS[tree[0]](*tree[1:])


def _this() -> Run:
    return lambda context, this: this


def _nothing() -> Run:
    return lambda context, this: []


def _literal(value: Any) -> Run:
    constant = [value]
    return lambda context, this: constant


def _variable(name: str) -> Run:
    if name in {"ucum"}:
        return lambda context, this: [context.ucum]
    if name in {"resource", "context"}:
        return lambda context, this: [context.resource]
    if name == "rootResource":
        return lambda context, this: [context.root]
    raise ValueError(f"%{name} is not known.")


def _step(on: Tree, name: str) -> Run:
    source = _build(on)
    if on != ("this",) or not name[0].isupper():
        return lambda context, this: values.step(source(context, this), name)

    def of_type(context: Context, this: Collection) -> Collection:
        here = source(context, this)
        named = [one for one in here if isinstance(one, dict) and one.get("resourceType") == name]
        return named or values.step(here, name)

    return of_type


def _index(on: Tree, at: Tree) -> Run:
    source, index = _build(on), _build(at)

    def pick(context: Context, this: Collection) -> Collection:
        number = index(context, this)[0]
        return source(context, this)[number : number + 1]

    return pick


def _call(on: Tree, name: str, arguments: list[Tree]) -> Run:
    if name not in FUNCTIONS:
        raise ValueError(f"{name}() is not known.")
    function, source = FUNCTIONS[name], _build(on)
    if name in {"is", "as", "ofType"}:
        wanted = arguments[0][-1]
        return lambda context, this: function(source(context, this), wanted)
    parts = [_build(one) for one in arguments]
    if name in _PER_ITEM:

        def each(context: Context, this: Collection) -> Collection:
            return function(source(context, this), *(lambda item, p=p: p(context, [item]) for p in parts))

        return each
    if name == "iif":

        def chosen(context: Context, this: Collection) -> Collection:
            here = source(context, this)
            return function(here, *(lambda p=p: p(context, here) for p in parts))

        return chosen
    return lambda context, this: function(source(context, this), *(p(context, this) for p in parts))


_PER_ITEM = {"where", "select", "all", "exists"}


def _operator(sign: str, left: Tree, right: Tree) -> Run:
    function, one, other = FUNCTIONS[f"operator{sign}"], _build(left), _build(right)
    decisive = {"or": True, "and": False, "implies": False}.get(sign)
    if decisive is None:
        return lambda context, this: function(one(context, this), other(context, this))

    def lazily(context: Context, this: Collection) -> Collection:
        first = one(context, this)
        if truth(first) is decisive:
            return [sign != "and"]
        return function(first, other(context, this))

    return lazily


_BUILDERS: dict[str, Callable[..., Run]] = {
    "this": _this,
    "nothing": _nothing,
    "literal": _literal,
    "variable": _variable,
    "step": _step,
    "index": _index,
    "call": _call,
    "operator": _operator,
}
