"""Profiles from the YAML files of this folder. Unknown and duplicate keys are errors, and so is a base that
is missing.

A file has `source`, `licence`, `bases` (addresses that, with an id, make the canonicals) and `profiles`, by
id: `type`, `base` (ids), `canonicals` (more of them) and `rules`. The keys of a rule and of a slice are
below.
"""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from samspill.fhir.profiles.matching import Expected, matcher
from samspill.fhir.profiles.rules import Profile, Rule, Slice
from samspill.fhir.validation.tables import tables
from samspill.refusal import Refused
from samspill.rulebook import strict_yaml

FILES = ("hl7.yaml", "no_basis.yaml", "vkp.yaml", "no_domain.yaml", "pmd.yaml", "auditevent.yaml")
_FILE = {"source", "licence", "bases", "profiles", "shared"}
_PROFILE = {"type", "base", "canonicals", "rules"}
_RULE = {
    "path", "min", "max", "fixed", "codes", "only", "targets", "when", "expression", "says", "profile",
    "slices", "rules", "severity",
}  # fmt: skip
_ASKS = _RULE - {"path", "min", "max", "when", "slices", "severity"}
_SLICE = {"name", "where", "min", "max", "rules", "some", "note", "severity"}
_SEVERITIES = {"error", "warning", "information"}


@lru_cache(maxsize=1)
def profiles() -> dict[str, Profile]:
    """Every profile by its id and by each of its canonicals."""
    known: dict[str, Profile] = {}
    for name in FILES:
        text = files(__package__).joinpath(name).read_text("utf-8")
        for profile in read(text, name):
            for canonical in {profile.name, *profile.canonicals}:
                if canonical in known:
                    raise ValueError(f"{name}: {canonical} is defined twice.")
                known[canonical] = profile
    for profile in known.values():
        missing = [base for base in profile.base if base not in known]
        if missing:
            raise ValueError(f"{profile.name}: no profile {missing[0]} to build on.")
    return known


def read(text: str, name: str) -> list[Profile]:
    """The profiles of one file; ValueError with the file and the place when it is not as it should be."""
    try:
        raw = strict_yaml.parse(text, name)
    except Refused as refused:
        raise ValueError(refused.sentence) from refused
    _check_keys(raw, _FILE, name)
    bases = raw.get("bases", [])
    return [_profile(raw, id_, one, bases, f"{name}: {id_}") for id_, one in raw["profiles"].items()]


def _profile(file: dict[str, Any], id_: str, raw: dict[str, Any], bases: list[str], where: str) -> Profile:
    _check_keys(raw, _PROFILE, where)
    return Profile(
        name=id_,
        type=raw["type"],
        canonicals=(*(base + id_ for base in bases), *raw.get("canonicals", [])),
        base=tuple(raw.get("base", [])),
        rules=_rules(raw.get("rules", []), where),
        source=file["source"],
    )


def _rules(raw: list[dict[str, Any]], where: str) -> tuple[Rule, ...]:
    return tuple(_rule(one, f"{where}: {one.get('path', '')}") for one in _flat(raw))


def _flat(raw: list[Any]) -> list[dict[str, Any]]:
    """Lists within lists are one list: a shared group of rules is put in by its anchor."""
    return [part for one in raw for part in (_flat(one) if isinstance(one, list) else [one])]


def _rule(raw: dict[str, Any], where: str) -> Rule:
    _check_keys(raw, _RULE, where)
    if bool(raw.get("expression")) != bool(raw.get("says")):
        raise ValueError(f"{where}: expression and says go together.")
    path = tuple(raw["path"].split(".")) if raw.get("path") else ()
    last = path[-1] if path else ""
    base = last.removesuffix("[x]")
    return Rule(
        path=path,
        steps=path[:-1],
        choices=tables().choice_keys[base] if base != last else None,
        only_keys=frozenset(base + one[0].upper() + one[1:] for one in raw["only"])
        if "only" in raw
        else None,
        asks=bool(raw.keys() & _ASKS),
        only_counts=raw.keys() == {"path", "min"} and raw["min"] == 1 and base == last,
        least=raw.get("min", 0),
        most=raw.get("max"),
        fixed=raw.get("fixed"),
        codes=tuple(raw["codes"]) if "codes" in raw else None,
        only=tuple(raw["only"]) if "only" in raw else None,
        targets=frozenset(raw["targets"]) if "targets" in raw else None,
        when=matcher(_where(raw["when"])) if "when" in raw else None,
        expression=raw.get("expression", ""),
        says=raw.get("says", ""),
        profile=raw.get("profile", ""),
        slices=tuple(_slice(one, where) for one in _flat(raw.get("slices", []))),
        rules=_rules(raw.get("rules", []), where),
        severity=raw.get("severity", "error"),
    )


def _slice(raw: dict[str, Any], where: str) -> Slice:
    _check_keys(raw, _SLICE, f"{where}: slice")
    some = _where(raw.get("some", {}))
    return Slice(
        name=raw["name"],
        fits=matcher(_where(raw["where"])),
        least=raw.get("min", 0),
        most=raw.get("max"),
        rules=_rules(raw.get("rules", []), f"{where}: {raw['name']}"),
        some=matcher(some) if some else None,
        allowed=", ".join(str(one) for values in some.values() for one in values),
        note=raw.get("note", ""),
        severity=raw.get("severity", "error"),
    )


def _where(raw: Mapping[str, Any]) -> dict[tuple[str, ...], Expected]:
    return {tuple(path.split(".")): tuple(v) if isinstance(v, list) else (v,) for path, v in raw.items()}


def _check_keys(raw: object, known: set[str], where: str) -> None:
    if not isinstance(raw, dict):
        raise ValueError(f"{where}: expected keys and values.")
    unknown = sorted(str(key) for key in raw if key not in known)
    if unknown:
        raise ValueError(f"{where}: {unknown[0]!r} is not known; use one of {', '.join(sorted(known))}.")
    if raw.get("severity", "error") not in _SEVERITIES:
        raise ValueError(f"{where}: severity is one of {', '.join(sorted(_SEVERITIES))}.")
