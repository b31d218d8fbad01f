"""References: their form, the types they may point to, and contained resources (dom-3, ref-1)."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from samspill.fhir.validation.finding import Container, Place
from samspill.fhir.validation.tables import Element

if TYPE_CHECKING:
    from samspill.fhir.validation.walk import Walk

_TYPED = re.compile(
    r"(?:.*/)?([A-Z][A-Za-z]+)/([A-Za-z0-9\-.]{1,64})(?:/_history/[A-Za-z0-9\-.]{1,64})?(?:#.*)?",
    re.ASCII | re.DOTALL,
)
_SEARCH = re.compile(r"([A-Z][A-Za-z]+)\?\S+", re.ASCII)
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:\S+", re.ASCII)
# One of these says what is meant; a type alone does not (https://hl7.org/fhir/R4/references.html#Reference).
_SAYS = frozenset({"reference", "identifier", "display", "extension", "_reference", "_display"})


def type_and_id(reference: str) -> tuple[str, str]:
    """(`Patient`, `1`) of `Patient/1`, `https://a/b/Patient/1/_history/2`; ("", "") when it does not say."""
    match = _TYPED.fullmatch(reference)
    return (match.group(1), match.group(2)) if match else ("", "")


def check_reference(value: dict[str, Any], element: Element, place: Place, walk: "Walk") -> None:
    """Adds what is wrong with one Reference: its form, its target, or that what it names is not there."""
    reference, said = value.get("reference"), value.get("type")
    if not value.keys() & _SAYS:
        walk.add("reference-empty", place)
    target = ""
    if isinstance(reference, str) and reference:
        at: Place = (place, "reference", None)
        if reference[0] == "#":
            target = _contained(reference[1:], at, walk)
        else:
            target = _remote(reference, element, at, walk)
    if isinstance(said, str):
        said = said.removeprefix("http://hl7.org/fhir/StructureDefinition/")
        if target and said in walk.tables.resources and said != target:
            walk.add("type-differs", place, type=said, found=target)
        target = target or said
    if (
        target
        and element.targets is not None
        and target in walk.tables.resources
        and target not in element.targets
    ):
        walk.add("wrong-target", place, name=element.name, allowed=_listed(element.targets), found=target)


def _listed(targets: frozenset[str]) -> str:
    return ", ".join(sorted(targets))


def _contained(name: str, place: Place, walk: "Walk") -> str:
    container = walk.container
    if container is None:
        return ""
    container.referred.add(name)
    if not name:
        container.to_container.append(id(walk.resource))
        if walk.resource is not container.resource:
            return str(container.resource.get("resourceType", ""))
    elif name in container.types:
        return str(container.types[name] or "")
    walk.add("no-contained", place)
    return ""


def _remote(reference: str, element: Element, place: Place, walk: "Walk") -> str:
    if reference[:4] == "urn:":
        walk.to_entries.append((element, reference, place))
        return ""
    target, _ = type_and_id(reference)
    if target in walk.tables.resources:
        return target
    search = _SEARCH.fullmatch(reference)
    if search and search.group(1) in walk.tables.resources:
        return search.group(1)
    if not _ABSOLUTE.fullmatch(reference):
        walk.add("bad-reference", place)
    return ""


def check_contained(container: Container, add: Callable[..., None]) -> None:
    """dom-3 and the ids: each contained resource has an id of its own that something refers to."""
    seen: set[str] = set()
    for index, one in enumerate(container.contained):
        place: Place = (container.place, "contained", index)
        name = one.get("id")
        if isinstance(name, str) and name in seen:
            add("contained-id", place)
        refers_out = id(one) in container.to_container
        if not refers_out and (not isinstance(name, str) or name not in container.referred):
            add("contained-unused", place)
        seen.add(str(name))
