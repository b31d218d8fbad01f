"""A resource against the profiles it claims, or is to be held to."""

import re
from collections.abc import Iterable
from typing import Any

from samspill.fhir.profiles.reading import profiles
from samspill.fhir.profiles.rules import Profile, Rule, Slice
from samspill.fhir.validation.fhirpath import Context, holds
from samspill.fhir.validation.finding import Findings, Place
from samspill.fhir.validation.issue import INFORMATION
from samspill.fhir.validation.references import type_and_id
from samspill.fhir.validation.tables import tables

Json = dict[str, Any]
Found = list[tuple[Any, Place]]
_CORE = "http://hl7.org/fhir/StructureDefinition/"
# A canonical is repeated in a finding only when it looks like one, and holds nothing like a person's number.
_SHOWABLE = re.compile(r"(?!.*[0-9]{9})https?://[\w./\-]{1,200}", re.ASCII)


def check_profiles(resource: Json, place: Place, findings: Findings, asked: Iterable[str] = ()) -> None:
    """Adds what the profiles in meta.profile, and those asked for, find. Never raises, whatever the resource
    is.
    """
    claimed = _claimed(resource)
    if not claimed and not asked:
        return
    done: set[str] = set()
    check = _Check(resource, findings)
    for index, canonical in enumerate(claimed):
        check.by_canonical(canonical, (((place, "meta", None), "profile", index), place), done)
    for canonical in asked:
        check.by_canonical(canonical, (place, place), done)


def _claimed(resource: Json) -> list[str]:
    meta = resource.get("meta")
    listed = meta.get("profile") if isinstance(meta, dict) else None
    return [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []


class _Check:
    """One resource's check against its profiles."""

    def __init__(self, resource: Json, findings: Findings) -> None:
        self.resource = resource
        self.findings = findings
        self.profile = ""

    def by_canonical(self, canonical: str, places: tuple[Place, Place], done: set[str]) -> None:
        said, place = places
        name = canonical.partition("|")[0]
        kind = str(self.resource.get("resourceType"))
        profile = profiles().get(name)
        core = name.removeprefix(_CORE) if profile is None and name.startswith(_CORE) else ""
        wanted = profile.type if profile else core if core in tables().resources else ""
        if not wanted:
            shown = name if _SHOWABLE.fullmatch(name) else "that"
            self.findings.add("profile-unknown", said, INFORMATION, profile=shown)
        elif wanted != kind:
            self.findings.add("profile-other-type", said, profile=name, type=wanted, found=kind)
        elif profile:
            self.whole(profile, self.resource, place, done)

    def whole(self, profile: Profile, value: Json, place: Place, done: set[str]) -> None:
        """The profiles it builds on first, each once."""
        if profile.name in done:
            return
        done.add(profile.name)
        for base in profile.base:
            self.whole(profiles()[base], value, place, done)
        before, self.profile = self.profile, profile.name
        self.rules(profile.rules, value, place)
        self.profile = before

    def rules(self, rules: tuple[Rule, ...], value: Any, place: Place) -> None:
        for rule in rules:
            if rule.when is not None and not rule.when(value):
                continue
            if not rule.path:
                self.one(rule, value, place)
            elif not rule.steps:
                self.last(rule, value, place)
            else:
                parents: Found = [(value, place)]
                for step in rule.steps:
                    parents = [pair for one, at in parents for pair in _below(one, at, step)]
                for parent, at in parents:
                    self.last(rule, parent, at)

    def last(self, rule: Rule, parent: Any, at: Place) -> None:
        """The last step of a rule's path: how many there are, and each of them."""
        name = rule.path[-1]
        if rule.only_counts and isinstance(parent, dict) and (name in parent or "_" + name in parent):
            return
        found = _below(parent, at, name, rule.choices)
        if len(found) < rule.least or rule.most is not None:
            self.count(rule, found, (at, name.removesuffix("[x]"), None), name)
        if rule.asks:
            for one, where in found:
                self.one(rule, one, where)
        for part in rule.slices:
            self.slice(part, [pair for pair in found if part.fits(pair[0])], (at, name, None))

    def count(self, rule: Rule | Slice, found: Found, at: Place, name: str) -> None:
        if len(found) < rule.least:
            self.add("profile-missing", at, rule, name=name)
        elif rule.most == 0 and found:
            self.add("profile-not-allowed", found[0][1], rule, name=name)
        elif rule.most is not None and len(found) > rule.most:
            self.add("profile-too-many", found[rule.most][1], rule, name=name, max=str(rule.most))

    def slice(self, part: Slice, found: Found, at: Place) -> None:
        if len(found) < part.least or part.most is not None:
            self.count(part, found, at, f"{at[1]} ({part.name})")
        if not found:
            return
        if part.some is not None and not any(part.some(one) for one, _ in found):
            self.add("profile-codes", at, part, name=f"{at[1]} ({part.name})", allowed=part.allowed)
        for one, where in found:
            if part.note:
                self.findings.add("profile-note", where, INFORMATION, rule=part.note)
            if part.rules:
                self.rules(part.rules, one, where)

    def one(self, rule: Rule, value: Any, place: Place) -> None:
        name = rule.path[-1] if rule.path else ""
        if rule.fixed is not None and not _same(value, rule.fixed):
            self.add("profile-fixed", place, rule, name=name, value=str(rule.fixed))
        if rule.codes is not None and not any(_same(value, code) for code in rule.codes):
            self.add("profile-codes", place, rule, name=name, allowed=", ".join(map(str, rule.codes[:24])))
        if rule.only_keys is not None and place[1] not in rule.only_keys:
            self.add("profile-type", place, rule, name=name, allowed=", ".join(rule.only or ()))
        if rule.targets is not None:
            found = _target(value, self.resource)
            if found and found not in rule.targets:
                self.add("profile-target", place, rule, name=name, allowed=", ".join(sorted(rule.targets)))
        if rule.expression and not holds(rule.expression, Context(self.resource, self.resource), value):
            self.add("profile-rule", place, rule, rule=rule.says)
        if rule.profile and isinstance(value, dict):
            self.whole(profiles()[rule.profile], value, place, set())
        if rule.rules:
            self.rules(rule.rules, value, place)

    def add(self, key: str, place: Place, of: Rule | Slice, /, **parameters: str) -> None:
        self.findings.add(key, place, of.severity, profile=self.profile, **parameters)


def _below(value: Any, place: Place, rule_key: str, choices: frozenset[str] | None = None) -> Found:
    """The values of one element of an object, each with its place; an element that has only an extension
    counts.
    """
    if type(value) is not dict:
        return []
    keys = (
        (rule_key,)
        if choices is None
        else [k for k in value if k in choices or (k[1:] in choices and k[0] == "_")]
    )
    for key in keys:
        one = value.get(key)
        if one is None:
            one = value.get("_" + key)
        if type(one) is list:
            return [(item, (place, key, index)) for index, item in enumerate(one)]
        if one is not None:
            return [(one, (place, key.removeprefix("_"), None))]
    return []


def _same(value: Any, expected: object) -> bool:
    return bool(value == expected) and isinstance(value, bool) == isinstance(expected, bool)


def _target(value: Any, resource: Json) -> str:
    """The type a reference says it points to, or that of the contained resource; "" when neither tells."""
    if not isinstance(value, dict):
        return ""
    reference = value.get("reference")
    if not isinstance(reference, str):
        found = ""
    elif reference[:1] == "#":
        contained = resource.get("contained")
        all_of_them = contained if isinstance(contained, list) else []
        inside = [one for one in all_of_them if isinstance(one, dict) and one.get("id") == reference[1:]]
        found = str(inside[0].get("resourceType")) if inside else ""
    else:
        found = type_and_id(reference)[0]
    said = value.get("type")
    return found if found in tables().resources else said if isinstance(said, str) else ""
