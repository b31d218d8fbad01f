"""The types of FHIR R4 as the walk reads them, from `r4.json.gz`. Loaded once, at first use."""

import gzip
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

from samspill.fhir.validation import primitives

PRIMITIVE, COMPLEX, RESOURCE = "primitive", "complex", "resource"


@dataclass(slots=True)
class Invariant:
    """A rule of R4, as FHIRPath. `severity` is error, warning or advice (best practice)."""

    key: str
    severity: str
    expression: str
    human: str


@dataclass(slots=True)
class Element:
    """One JSON key of a type. `base` is the name before [x] of a choice, else "".

    `codes` are the codes of a required binding, by system; `targets` the types a reference may point to.
    """

    name: str
    kind: str
    type: str
    many: bool
    base: str = ""
    check: Callable[[object], primitives.Fault | None] = primitives.anything
    allowed: frozenset[str] | None = None
    codes: Mapping[str, list[str]] | None = None
    code_set: str = ""
    # Element.id and Extension.url are attributes in XML, and can have no extension of their own.
    bare: bool = False
    targets: frozenset[str] | None = None
    of: "Type" = field(default_factory=lambda: Type(""))
    invariants: "list[Invariant]" = field(default_factory=list)


@dataclass(slots=True)
class Type:
    """A resource, a backbone element or a datatype."""

    name: str
    elements: dict[str, Element] = field(default_factory=dict)
    required: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    invariants: list[Invariant] = field(default_factory=list)


@dataclass(slots=True)
class Tables:
    """All types by name (`Observation`, `Observation.component`, `Quantity`), and which of them are
    resources.
    """

    types: dict[str, Type]
    resources: frozenset[str]
    primitives: frozenset[str]
    choice_keys: dict[str, frozenset[str]]
    codes: dict[str, dict[str, list[str]] | None]
    source: dict[str, str]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """R4 4.0.1, as `scripts/fhir_tables.py` wrote it."""
    raw = json.loads(gzip.decompress(files(__package__).joinpath("r4.json.gz").read_bytes()))
    types = {name: Type(name) for name in raw["types"]}
    made = Tables(
        types=types,
        resources=frozenset(raw["resources"]),
        primitives=frozenset(raw["primitives"]),
        choice_keys={},
        codes=raw["codes"],
        source=raw["source"],
    )
    for name, elements in raw["types"].items():
        for key, rule in elements.items():
            _add(made, types[name], key, rule)
    for path, rules in raw["invariants"].items():
        _rule(made, path, [Invariant(**one) for one in rules])
    _collect_choices(made)
    return made


def _rule(made: Tables, path: str, rules: list[Invariant]) -> None:
    """An invariant stands on a type, or on one element of it (Organization.address)."""
    if path in made.types:
        made.types[path].invariants = rules
        return
    owner, _, name = path.rpartition(".")
    base = name.removesuffix("[x]")
    for element in made.types[owner].elements.values():
        if base in {element.name, element.base}:
            element.invariants = rules


def _add(made: Tables, owner: Type, key: str, rule: dict[str, Any]) -> None:
    base = key.removesuffix("[x]")
    is_choice = base != key
    names = [(base + one[0].upper() + one[1:], one) if is_choice else (base, one) for one in rule["types"]]
    for name, type_name in names:
        owner.elements[name] = _element(made, name, type_name, base if is_choice else "", rule)
    keys = tuple(name for name, _ in names)
    if is_choice:
        owner.choices[base] = keys
    if rule["min"] > 0:
        owner.required.append((key, keys + tuple("_" + one for one in keys)))


def _element(made: Tables, name: str, type_name: str, base: str, rule: dict[str, Any]) -> Element:
    element = Element(name, COMPLEX, type_name, rule["max"] != "1", base)
    if type_name in made.primitives:
        element.kind = PRIMITIVE
        element.check = primitives.CHECKS[type_name]
    elif type_name == "Resource":
        element.kind = RESOURCE
    else:
        element.of = made.types[type_name]
    element.bare = "bare" in rule
    _bind(made, element, rule)
    if type_name == "Reference" and "targets" in rule:
        element.targets = frozenset(rule["targets"])
    return element


# Sets that are not written out, but whose codes have a form.
_FORMS = {"http://hl7.org/fhir/ValueSet/currencies": "currency"}


def _bind(made: Tables, element: Element, rule: dict[str, Any]) -> None:
    if rule.get("codes") in _FORMS:
        element.check = primitives.CHECKS[_FORMS[rule["codes"]]]
    codes = made.codes.get(rule.get("codes", ""))
    if codes is None:
        return
    element.code_set = rule["codes"]
    if element.kind == PRIMITIVE:
        element.allowed = frozenset(code for some in codes.values() for code in some)
    elif element.type in {"Coding", "CodeableConcept", "Quantity"}:
        element.codes = codes


def _collect_choices(made: Tables) -> None:
    """Every choice by its base name over all types: expressions do not say of which type they speak."""
    keys: dict[str, set[str]] = {}
    for one in made.types.values():
        for base, names in one.choices.items():
            keys.setdefault(base, set()).update(names)
    made.choice_keys = {base: frozenset(names) for base, names in keys.items()}
