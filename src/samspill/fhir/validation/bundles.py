"""What R4 asks of a Bundle beyond its table and its invariants (bdl-1 to bdl-12 are checked as FHIRPath).

https://hl7.org/fhir/R4/bundle.html and https://hl7.org/fhir/R4/http.html#transaction.
"""

import re
from typing import TYPE_CHECKING, Any

from samspill.fhir.validation.finding import Place
from samspill.fhir.validation.references import type_and_id

if TYPE_CHECKING:
    from samspill.fhir.validation.tables import Element
    from samspill.fhir.validation.walk import Walk

Json = dict[str, Any]
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:\S+", re.ASCII)
_OF_A_TYPE = re.compile(r"([A-Z][A-Za-z]+)(?:/([A-Za-z0-9\-.]{1,64}))?(?:\?.*)?", re.ASCII)
# Types of bundle whose entries point to each other, so that an entry needs a name and a urn must be found.
_WITH_FULL_URLS = frozenset({"document", "message"})
_CLOSED = frozenset({"document", "message", "transaction"})
_CARRY = frozenset({"POST", "PUT", "PATCH"})
_CHANGE = frozenset({"PUT", "PATCH", "DELETE"})


def check_bundle(
    walk: "Walk", bundle: Json, place: Place, references: "list[tuple[Element, str, Place]]"
) -> None:
    """Adds what is wrong between the entries of a bundle. `references` are those to a urn, of all."""
    entries = bundle.get("entry")
    kind = bundle.get("type")
    if not isinstance(entries, list) or not isinstance(kind, str):
        return
    named: dict[str, Json] = {}
    changed: set[str] = set()
    for index, entry in enumerate(entries):
        if not isinstance(entry, dict):
            continue
        at: Place = (place, "entry", index)
        resource = entry.get("resource")
        resource = resource if isinstance(resource, dict) else {}
        _check_full_url(walk, entry, resource, kind, at)
        if isinstance(entry.get("fullUrl"), str):
            named[entry["fullUrl"]] = resource
        if kind in {"transaction", "batch"}:
            _check_request(walk, entry, resource, at, changed if kind == "transaction" else set())
    for element, reference, where in references:
        _check_resolved(walk, element, named.get(reference.partition("#")[0]), kind, where)


def _check_full_url(walk: "Walk", entry: Json, resource: Json, kind: str, at: Place) -> None:
    url = entry.get("fullUrl")
    if url is None:
        if kind in _WITH_FULL_URLS:
            walk.add("full-url-missing", (at, "fullUrl", None), type=kind)
        return
    if not isinstance(url, str) or not url:
        return
    if not _ABSOLUTE.fullmatch(url):
        walk.add("full-url-form", (at, "fullUrl", None))
        return
    named, name = type_and_id(url) if not url.startswith("urn:") else ("", "")
    if named not in walk.tables.resources or not resource:
        return
    other_type = isinstance(resource.get("resourceType"), str) and resource["resourceType"] != named
    other_id = isinstance(resource.get("id"), str) and resource["id"] != name
    if other_type or other_id:
        walk.add("full-url-id", (at, "fullUrl", None))


def _check_request(walk: "Walk", entry: Json, resource: Json, at: Place, changed: set[str]) -> None:
    request = entry.get("request")
    if not isinstance(request, dict):
        return
    method, url = request.get("method"), request.get("url")
    if not isinstance(method, str) or not isinstance(url, str):
        return
    if method in _CARRY and not resource and "resource" not in entry:
        walk.add("entry-no-resource", (at, "resource", None), method=method)
    there: Place = ((at, "request", None), "url", None)
    if method in _CHANGE:
        if url in changed:
            walk.add("entry-twice", there)
        changed.add(url)
    match = _OF_A_TYPE.fullmatch(url)
    kind = resource.get("resourceType")
    # PATCH carries a Binary or Parameters, whatever it changes.
    if (
        match is None
        or match[1] not in walk.tables.resources
        or method not in {"POST", "PUT"}
        or not isinstance(kind, str)
    ):
        return
    other_id = (
        method == "PUT" and match[2] and isinstance(resource.get("id"), str) and resource["id"] != match[2]
    )
    if kind in walk.tables.resources and (kind != match[1] or other_id):
        walk.add("entry-url", there, type=kind)


def _check_resolved(walk: "Walk", element: "Element", target: Json | None, kind: str, where: Place) -> None:
    if target is None:
        if kind in _CLOSED:
            walk.add("entry-unresolved", where)
        return
    found = target.get("resourceType")
    if not isinstance(found, str) or element.targets is None or found not in walk.tables.resources:
        return
    if found not in element.targets:
        allowed = ", ".join(sorted(element.targets))
        walk.add("wrong-target", where[0], name=element.name, allowed=allowed, found=found)
