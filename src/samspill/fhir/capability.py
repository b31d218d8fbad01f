"""What the FHIR face offers, as a CapabilityStatement: made from the table `served.yaml`, which the views
read too.
"""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from samspill.fhir.profiles.reading import profiles
from samspill.fhir.validation.tables import tables

_INTERACTIONS = {
    "read", "vread", "update", "patch", "delete", "history-instance", "history-type", "create", "search-type",
}  # fmt: skip
_KEYS = {"profiles", "interactions", "search", "operations", "documentation"}


@dataclass(frozen=True, slots=True)
class Served:
    """One type of resource: its profiles (ids), interactions, search parameters with their type, and
    operations.
    """

    type: str
    profiles: tuple[str, ...]
    interactions: tuple[str, ...]
    search: dict[str, str]
    operations: dict[str, str]
    documentation: str = ""


@lru_cache(maxsize=1)
def served() -> tuple[Served, ...]:
    """The served types, by name. ValueError when the table names what neither R4 nor our profiles know."""
    raw = yaml.safe_load(files(__package__).joinpath("served.yaml").read_text("utf-8"))
    return tuple(_served(name, raw["resources"][name]) for name in sorted(raw["resources"]))


def _served(name: str, raw: dict[str, Any]) -> Served:
    unknown = [
        *(key for key in raw if key not in _KEYS),
        *(one for one in raw["interactions"] if one not in _INTERACTIONS),
        *(one for one in raw.get("profiles", []) if one not in profiles() or profiles()[one].type != name),
    ]
    if name not in tables().resources or unknown:
        raise ValueError(f"served.yaml: {name}: {unknown[0] if unknown else name!r} is not known.")
    return Served(
        type=name,
        profiles=tuple(raw.get("profiles", [])),
        interactions=tuple(raw["interactions"]),
        search=dict(raw.get("search", {})),
        operations=dict(raw.get("operations", {})),
        documentation=raw.get("documentation", ""),
    )


def capability_statement(*, url: str, version: str, date: str, name: str = "Samspill") -> dict[str, Any]:
    """The CapabilityStatement of an installation: `url` is the base of its FHIR addresses, `date` a FHIR
    dateTime.
    """
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": date,
        "kind": "instance",
        "software": {"name": name, "version": version},
        "implementation": {"description": f"{name}: the shared workplace of a helsefellesskap", "url": url},
        "fhirVersion": tables().source["version"],
        "format": ["json"],
        "rest": [_rest()],
    }


def _rest() -> dict[str, Any]:
    return {
        "mode": "server",
        "security": {
            "service": [{"text": "SMART Backend Services and HelseID, with DPoP"}],
            "description": "Persons are searched for by POST _search, never by a number in an address.",
        },
        "resource": [_resource(one) for one in served()],
        "interaction": [{"code": "transaction"}, {"code": "batch"}],
    }


def _resource(one: Served) -> dict[str, Any]:
    made: dict[str, Any] = {"type": one.type}
    if one.profiles:
        made["supportedProfile"] = [
            canonical for name in one.profiles for canonical in profiles()[name].canonicals
        ]
    if one.documentation:
        made["documentation"] = one.documentation
    made["interaction"] = [{"code": code} for code in one.interactions]
    made["versioning"] = _versioning(one)
    made["readHistory"] = "vread" in one.interactions
    if one.search:
        made["searchParam"] = [{"name": name, "type": kind} for name, kind in one.search.items()]
    if one.operations:
        made["operation"] = [{"name": name, "definition": url} for name, url in one.operations.items()]
    if "create" in one.interactions and one.type != "Bundle":
        made["conditionalCreate"] = True
    return made


def _versioning(one: Served) -> str:
    """A resource that is changed is changed by version; one whose versions are not given has none to show."""
    if "update" in one.interactions:
        return "versioned-update"
    return "versioned" if "vread" in one.interactions else "no-version"
