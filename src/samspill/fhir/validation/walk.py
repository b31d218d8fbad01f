"""The walk over a resource: every key against the table of its type. Invariants and references follow on the
way.

Slots of the table are read, never written: one table serves all threads.
"""

import re
from collections.abc import Callable
from typing import Any

from samspill.fhir.validation import references
from samspill.fhir.validation.bindings import check_binding
from samspill.fhir.validation.bundles import check_bundle
from samspill.fhir.validation.finding import DEEPEST, Container, Findings, Place
from samspill.fhir.validation.identifiers import check_identifier
from samspill.fhir.validation.invariants import check_invariants
from samspill.fhir.validation.issue import WARNING
from samspill.fhir.validation.primitives import found
from samspill.fhir.validation.tables import PRIMITIVE, RESOURCE, Element, Tables, Type

Json = dict[str, Any]
OfProfiles = Callable[[Json, Place], None]


class Walk:
    """One validation's walk: what was found, and the resource and container the walk is in just now."""

    def __init__(
        self, tables: Tables, findings: Findings, check_profiles: OfProfiles, *, with_advice: bool
    ) -> None:
        self.tables = tables
        self.findings = findings
        self.add = findings.add
        self.check_profiles = check_profiles
        self.with_advice = with_advice
        self.depth = 0
        self.resource: Json = {}
        self.container: Container | None = None
        # (element, reference, its place): looked up when the whole bundle is known.
        self.to_entries: list[tuple[Element, str, Place]] = []

    def visit_resource(self, value: object, place: Place, *, contained: bool = False) -> None:
        """A resource of any type: the one that was sent, an entry of a bundle, or a contained one."""
        if type(value) is not dict:
            self.add("not-a-resource", place, found=found(value))
            return
        name = value.get("resourceType")
        if type(name) is not str:
            self.add("no-resource-type", place)
            return
        if name not in self.tables.resources:
            self.add("unknown-resource-type", place)
            return
        outer, container, before = self.resource, self.container, len(self.to_entries)
        self.resource = value
        if not contained:
            self.container = Container(value, place)
        self.visit(value, self.tables.types[name], place)
        if not contained and self.container is not None and self.container.contained:
            references.check_contained(self.container, self.add)
        if name == "Bundle":
            check_bundle(self, value, place, self.to_entries[before:])
            del self.to_entries[before:]
        if "implicitRules" in value:
            self.add("modifier", (place, "implicitRules", None), WARNING)
        if not self.findings.is_too_deep:
            self.check_profiles(value, place)
        self.resource, self.container = outer, container

    def visit(self, value: Json, kind: Type, place: Place) -> None:
        """An object of a known type: its keys, what it lacks, and its invariants."""
        self.depth += 1
        if self.depth > DEEPEST:
            self.findings.is_too_deep = True
            self.add("too-deep", place, limit=str(DEEPEST))
            self.depth -= 1
            return
        elements, chosen = kind.elements, None
        for key, one in value.items():
            element = elements.get(key)
            if element is None:
                self.other_key(key, value, kind, place)
                continue
            if element.base:
                chosen = self.choose(chosen, key, element, place)
            if element.many:
                self.visit_many(key, one, element, value, place)
            elif type(one) is list:
                self.add("not-one", (place, key, None))
            else:
                self.visit_one(one, element, (place, key, None))
        for name, keys in kind.required:
            if not any(key in value for key in keys):
                self.add("missing", (place, name.removesuffix("[x]"), None), name=name, type=kind.name)
        if kind.invariants and not self.findings.is_too_deep:
            check_invariants(kind.invariants, value, self, place)
        self.depth -= 1

    def choose(
        self, chosen: dict[str, str] | None, key: str, element: Element, place: Place
    ) -> dict[str, str]:
        """value[x] is given as one type: the second is told."""
        chosen = chosen or {}
        if chosen.setdefault(element.base, key) != key:
            self.add("value-twice", (place, key, None), base=f"{element.base}[x]")
        return chosen

    def visit_many(self, key: str, values: object, element: Element, owner: Json, place: Place) -> None:
        if type(values) is not list:
            self.add("not-an-array", (place, key, None))
        elif not values:
            self.add("empty-array", (place, key, None))
        elif element.kind == PRIMITIVE:
            places = owner.get("_" + key)
            for index, one in enumerate(values):
                if one is None and isinstance(places, list) and places[index : index + 1] not in ([], [None]):
                    continue
                self.visit_one(one, element, (place, key, index))
        else:
            for index, one in enumerate(values):
                self.visit_one(one, element, (place, key, index))

    def visit_one(self, value: object, element: Element, place: Place) -> None:
        if value is None:
            self.add("null", place)
        elif element.kind == PRIMITIVE:
            self.visit_primitive(value, element, place)
        elif element.kind == RESOURCE:
            self.visit_resource(value, place, contained=element.name == "contained")
        elif type(value) is not dict:
            self.add("not-an-object", place, type=element.type, found=found(value))
        elif not value or value.keys() == {"id"}:
            self.add("empty-object", place)
        else:
            self.visit(value, element.of, place)
            check = _AFTER.get(element.type)
            if check is not None:
                check(self, value, element, place)
            if element.codes is not None:
                check_binding(value, element, place, self.add)
            if element.invariants:
                check_invariants(element.invariants, value, self, place)

    def visit_primitive(self, value: object, element: Element, place: Place) -> None:
        fault = element.check(value)
        if fault is not None:
            self.add(fault[0], place, **fault[1])
        elif element.allowed is not None and value not in element.allowed:
            allowed = ", ".join(sorted(element.allowed)[:24])
            self.add("not-in-codes", place, codes=element.code_set.rpartition("/")[2], allowed=allowed)
        elif element.type in _MAY_BE_LOCAL and str(value)[0] == "#" and self.container is not None:
            self.container.referred.add(str(value)[1:])
        if element.invariants:
            check_invariants(element.invariants, value, self, place)

    def other_key(self, key: str, owner: Json, kind: Type, place: Place) -> None:
        """A key without an element: resourceType, the extension of a simple value, or unknown."""
        if key == "resourceType" and owner is self.resource:
            return
        element = kind.elements.get(key[1:]) if key[:1] == "_" else None
        if element is None or element.bare:
            self.unknown(key, kind, place)
        elif element.kind != PRIMITIVE:
            self.add("extension-of-complex", (place, element.name, None))
        elif element.many:
            self.extensions(owner.get(element.name), owner[key], element, place)
        else:
            self.extension(owner[key], owner.get(element.name), (place, element.name, None))
            others = [k for k in kind.choices.get(element.base, ()) if k != element.name]
            if any(k in owner or "_" + k in owner for k in others) and element.name not in owner:
                self.add("value-twice", (place, element.name, None), base=f"{element.base}[x]")

    def unknown(self, key: str, kind: Type, place: Place) -> None:
        for base in kind.choices:
            if key.startswith(base) and key[len(base) :][:1].isupper():
                allowed = ", ".join(sorted(kind.elements[k].type for k in kind.choices[base])[:24])
                self.add(
                    "wrong-choice", (place, key, None), base=f"{base}[x]", type=kind.name, allowed=allowed
                )
                return
        # The name itself is shown only where it looks like one: a key may hold anything, a person's number
        # too.
        shown = key if _NAME.fullmatch(key) else "that"
        self.add("unknown-element", (place, shown, None), type=kind.name)

    def extensions(self, values: object, extras: object, element: Element, place: Place) -> None:
        """`_given` beside `given`: arrays of the same length that hold each other's places with null."""
        at: Place = (place, element.name, None)
        if type(extras) is not list:
            self.add("not-an-array", at)
            return
        if not extras:
            self.add("empty-array", at)
            return
        if values is not None and (type(values) is not list or len(values) != len(extras)):
            self.add("extension-places", at)
            return
        for index, one in enumerate(extras):
            if one is not None:
                self.extension(one, values and values[index], (place, element.name, index))
            elif values is None:
                self.add("null", (place, element.name, index))

    def extension(self, value: object, of: object, place: Place) -> None:
        """The id and extensions of a simple value; `of` is the value, None when there are only extensions."""
        if type(value) is not dict:
            self.add("not-an-object", place, type="Element", found=found(value))
        elif not value or (of is None and value.keys() == {"id"}):
            self.add("empty-object", place)
        else:
            self.visit(value, self.tables.types["Element"], place)


_NAME = re.compile(r"(?!.*[0-9]{6})[A-Za-z_][A-Za-z0-9_]{0,39}", re.ASCII)
_MAY_BE_LOCAL = frozenset({"canonical", "uri", "url"})


def _after_extension(walk: Walk, value: Json, element: Element, place: Place) -> None:
    if element.name == "modifierExtension":
        walk.add("modifier", place, WARNING)
    has_value = any(key[:5] == "value" or key[:6] == "_value" for key in value)
    if has_value and "extension" in value:
        walk.add("extension-both", place)
    elif not has_value and "extension" not in value:
        walk.add("extension-neither", place)


def _after_reference(walk: Walk, value: Json, element: Element, place: Place) -> None:
    references.check_reference(value, element, place, walk)


def _after_identifier(walk: Walk, value: Json, element: Element, place: Place) -> None:
    check_identifier(value, place, walk.add)


# What a datatype asks for beyond its table. ext-1 and ref-1 are here and not among the invariants: they are
# met on every third element.
_AFTER = {
    "Extension": _after_extension,
    "Reference": _after_reference,
    "Identifier": _after_identifier,
}
