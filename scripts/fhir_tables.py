"""Makes `src/samspill/fhir/validation/r4.json.gz` from HL7's own definitions of FHIR R4 (4.0.1).

    npm pack hl7.fhir.r4.examples@4.0.1 && tar -xzf hl7.fhir.r4.examples-4.0.1.tgz
    python -m scripts.fhir_tables package

The package (CC0-1.0) holds HL7's examples and, beside them, every StructureDefinition, ValueSet and
CodeSystem of the release. Of these the table keeps what decides whether a resource is valid: which elements a
type has, how many, of which types, which codes a required binding allows, where a reference may point, and
the invariants. Texts are left out, except the sentence of each invariant.
"""

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent.parent / "src/samspill/fhir/validation/r4.json.gz"
SOURCE = {
    "title": "FHIR R4 package: Examples",
    "package": "hl7.fhir.r4.examples",
    "version": "4.0.1",
    "publisher": "HL7 International",
    "licence": "CC0-1.0",
}
FHIR_TYPE = "http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type"
BEST_PRACTICE = "http://hl7.org/fhir/StructureDefinition/elementdefinition-bestpractice"
DEFINITION = "http://hl7.org/fhir/StructureDefinition/"
# What the walk over a resource checks itself, on every element: the table need not repeat it 6,790 times.
STRUCTURAL = {"ele-1", "txt-1", "txt-2"}
BOUND = {"code", "Coding", "CodeableConcept", "Quantity", "uri", "string", "canonical", "SimpleQuantity"}

Json = dict[str, Any]
Codes = set[tuple[str, str]]


class Terminology:
    """Value sets that can be written out as a list of codes; one that needs a terminology server is None."""

    def __init__(self, folder: Path) -> None:
        self.sets = {one["url"]: one for one in _resources(folder, "ValueSet")}
        self.systems = {one["url"]: one for one in _resources(folder, "CodeSystem")}
        self.known: dict[str, Codes | None] = {}

    def codes(self, url: str) -> Codes | None:
        if url not in self.known:
            self.known[url] = None
            self.known[url] = self._composed(self.sets.get(url, {}).get("compose", {}))
        return self.known[url]

    def _composed(self, compose: Json) -> Codes | None:
        parts = [self._included(one) for one in compose.get("include", [])]
        if not parts or any(part is None for part in parts):
            return None
        out = [self._included(one) for one in compose.get("exclude", [])]
        if any(part is None for part in out):
            return None
        return set().union(*(p for p in parts if p)) - set().union(*(p for p in out if p))

    def _included(self, include: Json) -> Codes | None:
        of_sets = [self.codes(url.partition("|")[0]) for url in include.get("valueSet", [])]
        if any(part is None for part in of_sets):
            return None
        found = [part for part in of_sets if part is not None]
        if "system" in include:
            own = self._of_system(include)
            if own is None:
                return None
            found.append(own)
        return set.intersection(*found) if found else None

    def _of_system(self, include: Json) -> Codes | None:
        system = include["system"]
        if "concept" in include:
            return {(system, one["code"]) for one in include["concept"]}
        book = self.systems.get(system)
        if book is None or book.get("content") != "complete":
            return None
        codes = {(system, one["code"]) for one in _concepts(book.get("concept", []))}
        for sieve in include.get("filter", []):
            kept = _sieved(book, sieve)
            if kept is None:
                return None
            codes &= {(system, code) for code in kept}
        return codes


def _sieved(book: Json, sieve: Json) -> set[str] | None:
    """The codes of a code system below one of its codes; None for filters that need a terminology server."""
    if sieve["property"] != "concept" or sieve["op"] not in {"is-a", "descendent-of"}:
        return None
    below = {one["code"]: one.get("concept", []) for one in _concepts(book.get("concept", []))}
    found = {one["code"] for one in _concepts(below.get(sieve["value"], []))}
    grew = True
    while grew:
        more = {
            one["code"]
            for one in _concepts(book.get("concept", []))
            if _parents(one) & (found | {sieve["value"]})
        }
        grew = not more <= found
        found |= more
    return found | ({sieve["value"]} if sieve["op"] == "is-a" else set())


def _parents(concept: Json) -> set[str]:
    return {
        p.get("valueCode", "") for p in concept.get("property", []) if p["code"] in {"subsumedBy", "parent"}
    }


def _concepts(concepts: list[Json]) -> Iterator[Json]:
    for one in concepts:
        yield one
        yield from _concepts(one.get("concept", []))


def _resources(folder: Path, kind: str) -> Iterator[Json]:
    for path in sorted(folder.glob(f"{kind}-*.json")):
        resource = json.loads(path.read_text("utf-8"))
        if resource["resourceType"] == kind:
            yield resource


def tables(folder: Path) -> Json:
    """The whole table: `types`, `primitives`, `invariants`, `codes` and the sets that could not be written
    out.
    """
    terminology = Terminology(folder)
    made: Json = {"source": SOURCE, "types": {}, "primitives": [], "resources": [], "invariants": {}}
    bound: set[str] = set()
    for definition in _resources(folder, "StructureDefinition"):
        if definition.get("derivation") == "constraint" or definition["kind"] == "logical":
            continue
        if definition["kind"] == "primitive-type":
            made["primitives"].append(definition["type"])
            continue
        if definition["kind"] == "resource" and not definition["abstract"]:
            made["resources"].append(definition["type"])
        _take(definition, made, bound)
    made["codes"] = {url: _grouped(terminology.codes(url)) for url in sorted(bound)}
    return made


def _take(definition: Json, made: Json, bound: set[str]) -> None:
    for element in definition["snapshot"]["element"]:
        path = element["path"]
        rules = [_invariant(one) for one in element.get("constraint", []) if _own(one, path, definition)]
        if rules:
            made["invariants"][path] = rules
        if "." not in path:
            made["types"][path] = {}
            continue
        owner, _, name = path.rpartition(".")
        made["types"].setdefault(owner, {})[name] = _rule(element, bound)


def _own(constraint: Json, path: str, definition: Json) -> bool:
    """Whether the invariant is the type's own; what an element has from its datatype is kept there."""
    if constraint["key"] in STRUCTURAL or "expression" not in constraint:
        return False
    source = constraint.get("source", definition["url"])
    return "." not in path or source.removeprefix(DEFINITION) in {definition["type"], path.partition(".")[0]}


def _invariant(constraint: Json) -> Json:
    advice = any(one["url"] == BEST_PRACTICE for one in constraint.get("extension", []))
    severity = "advice" if advice else constraint["severity"]
    return {key: constraint[key] for key in ("key", "expression", "human")} | {"severity": severity}


def _rule(element: Json, bound: set[str]) -> Json:
    rule: Json = {"min": element["min"], "max": element["max"]}
    if "contentReference" in element:
        return rule | {"types": [element["contentReference"].removeprefix("#")]}
    types = element.get("type", [])
    rule["types"] = [_type_name(element, one) for one in types]
    if rule["types"] == ["BackboneElement"] or rule["types"] == ["Element"]:
        rule["types"] = [element["path"]]
    if any(one["code"].startswith("http://hl7.org/fhirpath/") for one in types):
        rule["bare"] = True
    targets = {
        p.removeprefix(DEFINITION)
        for one in types
        for p in one.get("targetProfile", [])
        if one["code"] == "Reference"
    }
    if targets and "Resource" not in targets:
        rule["targets"] = sorted(targets)
    binding = element.get("binding", {})
    if binding.get("strength") == "required" and BOUND & set(rule["types"]) and "valueSet" in binding:
        rule["codes"] = binding["valueSet"].partition("|")[0]
        bound.add(rule["codes"])
    return rule


def _type_name(element: Json, one: Json) -> str:
    code = str(one["code"])
    if not code.startswith("http://hl7.org/fhirpath/"):
        return code
    if (
        element["path"].count(".") == 1
        and element["path"].endswith(".id")
        and element["base"]["path"] == "Resource.id"
    ):
        return "id"
    named = [e.get("valueUrl", e.get("valueUri")) for e in one.get("extension", []) if e["url"] == FHIR_TYPE]
    return named[0] if named else "string"


def _grouped(codes: Codes | None) -> dict[str, list[str]] | None:
    if codes is None:
        return None
    return {system: sorted(c for s, c in codes if s == system) for system in sorted({s for s, _ in codes})}


def main() -> None:
    made = tables(Path(sys.argv[1]))
    text = json.dumps(made, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    with TARGET.open("wb") as file, gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="") as packed:
        packed.write(text.encode())
    unlisted = [url for url, codes in made["codes"].items() if codes is None]
    print(f"{len(made['types'])} types, {len(made['codes'])} bindings, {TARGET.stat().st_size // 1024} kB")
    print("checked by form only:", *unlisted, sep="\n  ")


if __name__ == "__main__":
    main()
