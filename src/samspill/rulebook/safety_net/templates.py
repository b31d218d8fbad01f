"""The templates by condition (`norway/safety_net/*.yaml`), read strictly: every text in every language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from samspill.refusal import Refused
from samspill.rulebook import strict_yaml
from samspill.rulebook.safety_net.contacts import Contact, as_contact
from samspill.rulebook.safety_net.roles import LEVELS, Texts, check_texts, role
from samspill.rulebook.triage.limits import Change, Limits, as_rule, check_limits
from samspill.rulebook.triage.schedules import Schedule, as_schedule
from samspill.rulebook.vital_signs import find

FOLDER = strict_yaml.HERE / "safety_net"
KINDS = ("safety_net", "self_management")
"""A plan at discharge, and the person's own (egenbehandlingsplan)."""
INDICATORS = ("measured", "asked", "observed")
BASES = ("absolute", "baseline")
_ANY_DAY = date(2026, 1, 1)
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_MUST = (
    "id", "version", "applies_from", "review_by", "kinds", "owner", "sources", "name", "about", "measuring",
    "indicators", "levels", "contacts", "responsibility",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TemplateIndicator:
    """What is watched.

    kind    measured (with a LOINC code), asked, observed
    levels  what each level looks like; an indicator need not have all three
    basis   absolute limits, or offsets from the person's baseline
    """

    id: str
    kind: str
    name: Texts
    levels: Mapping[str, Texts]
    code: str = ""
    basis: str = "absolute"
    limits: Limits | None = None
    change: Change | None = None
    how: Texts | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """What a plan begins with, in all languages; `own_steps` are for self-management, by level."""

    id: str
    version: int
    applies_from: date
    review_by: date
    kinds: tuple[str, ...]
    owner: str
    sources: tuple[str, ...]
    name: Texts
    about: Texts
    measuring: Schedule
    indicators: tuple[TemplateIndicator, ...]
    do: Mapping[str, Texts]
    why: Mapping[str, Texts]
    contacts: Mapping[str, tuple[Contact, ...]]
    responsibility: tuple[str, ...]
    own_steps: Mapping[str, Texts] = field(default_factory=dict)


def template(name: str) -> Template:
    """Refuses (`safety_net.unknown_template`) a condition without one."""
    found = templates().get(name)
    if found is None:
        known = ", ".join(sorted(templates()))
        raise Refused("safety_net.unknown_template", f"There is no template {name!r}. Known: {known}.")
    return found


@cache
def templates() -> Mapping[str, Template]:
    """All of them, by id."""
    return {one.id: one for one in map(read_template, sorted(FOLDER.glob("*.yaml")))}


def read_template(path: Path) -> Template:
    """One template.

    Refuses what is missing, unknown or twice, a limit that cannot be, and (`table.placeholder`) a text that
    names a limit that is not set.
    """
    said = strict_yaml.check_keys(strict_yaml.read(path), must=_MUST, may=("own_steps",), where=path.name)
    if said["id"] != path.stem:
        raise Refused("table.name", f"{path.name} holds the template {said['id']!r}. Let the names agree.")
    levels = strict_yaml.check_keys(said["levels"], must=LEVELS, where=f"levels in {path.name}")
    for level in LEVELS:
        strict_yaml.check_keys(levels[level], must=("do", "why"), where=f"{level} in {path.name}")
    indicators = tuple(
        _indicator(one, path.name) for one in strict_yaml.check_list(said["indicators"], where=path.name)
    )
    if len({one.id for one in indicators}) < len(indicators):
        raise Refused("table.duplicate_key", f"An indicator stands twice in {path.name}. Rename one.")
    return Template(
        id=said["id"],
        version=said["version"],
        applies_from=strict_yaml.check_day(said["applies_from"], where=path.name),
        review_by=strict_yaml.check_day(said["review_by"], where=path.name),
        kinds=tuple(
            strict_yaml.check_one_of(kind, KINDS, where=f"A kind in {path.name}") for kind in said["kinds"]
        ),
        owner=strict_yaml.check_text(said["owner"], where=f"owner in {path.name}"),
        sources=tuple(strict_yaml.check_list(said["sources"], where=f"sources in {path.name}")),
        name=check_texts(said["name"], where=f"name in {path.name}"),
        about=check_texts(said["about"], where=f"about in {path.name}"),
        measuring=as_schedule({"first_day": _ANY_DAY, **said["measuring"]}),
        indicators=indicators,
        do={level: check_texts(levels[level]["do"], where=f"do of {level}") for level in LEVELS},
        why={level: check_texts(levels[level]["why"], where=f"why of {level}") for level in LEVELS},
        contacts=_contacts(said["contacts"], path.name),
        responsibility=tuple(role(name).id for name in said["responsibility"]),
        own_steps=_level_texts(said.get("own_steps", {}), f"own_steps in {path.name}"),
    )


def placeholders(text: str) -> set[str]:
    """The names between { and } of a text; other braces are braces."""
    return set(_PLACEHOLDER.findall(text))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with the placeholders that have a value filled in."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def _contacts(said: Any, where: str) -> Mapping[str, tuple[Contact, ...]]:
    strict_yaml.check_keys(said, must=LEVELS, where=f"contacts in {where}")
    for level in LEVELS:
        for row in strict_yaml.check_list(said[level], where=f"contacts of {level} in {where}"):
            may = ("days", "from", "to", "otherwise")
            strict_yaml.check_keys(row, must=("role",), may=may, where=f"A contact of {level} in {where}")
    return {level: tuple(map(as_contact, said[level])) for level in LEVELS}


def _level_texts(said: Any, where: str) -> Mapping[str, Texts]:
    strict_yaml.check_keys(said, must=(), may=LEVELS, where=where)
    return {level: check_texts(texts, where=f"{level} of {where}") for level, texts in said.items()}


def _indicator(said: Any, file: str) -> TemplateIndicator:
    must: tuple[str, ...] = ("id", "kind", "name", "levels")
    measured = isinstance(said, Mapping) and said.get("kind") == "measured"
    if measured:
        must += ("code", "basis", "limits", "how")
    strict_yaml.check_keys(said, must=must, may=("change", "how") if measured else ("how",), where=file)
    where = f"{said['id']} in {file}"
    strict_yaml.check_one_of(said["kind"], INDICATORS, where=f"The kind of {where}")
    made = TemplateIndicator(
        id=said["id"],
        kind=said["kind"],
        name=check_texts(said["name"], where=f"The name of {where}"),
        levels=_level_texts(said["levels"], f"levels of {where}"),
        how=check_texts(said["how"], where=f"How to measure {where}") if "how" in said else None,
        **(_measured(said, where) if measured else {}),
    )
    _check_placeholders(made, where)
    return made


def _measured(said: Mapping[str, Any], where: str) -> dict[str, Any]:
    limits = _limits(said["limits"])
    change = None
    if "change" in said:
        given = strict_yaml.check_keys(
            said["change"], must=("within_days", "limits"), where=f"change of {where}"
        )
        change = Change(given["within_days"], _limits(given["limits"]))
    basis = strict_yaml.check_one_of(said["basis"], BASES, where=f"The basis of {where}")
    return {"code": find(said["code"]).code, "basis": basis, "limits": limits, "change": change}


def _limits(said: Mapping[str, str]) -> Limits:
    """Numbers stand as text in the tables, so that they are what was written."""
    rule = as_rule({name: Decimal(value) for name, value in said.items()})
    check_limits(rule)
    if not isinstance(rule, Limits):
        raise Refused("limits.unknown", f"{said} is no set of four limits.")
    return rule


def _check_placeholders(one: TemplateIndicator, where: str) -> None:
    known = set(limit_names(one.limits, one.change))
    for level, texts in one.levels.items():
        for language, text in texts.items():
            unknown = placeholders(text) - known
            if unknown:
                raise Refused(
                    "table.placeholder",
                    f"{level} of {where} in {language} names {', '.join(sorted(unknown))}, which is not set.",
                )


def limit_names(limits: Limits | None, change: Change | None) -> tuple[str, ...]:
    """What a text of the indicator may name between { and }."""
    names = [
        name
        for name in ("red_low", "yellow_low", "yellow_high", "red_high")
        if getattr(limits, name, None) is not None
    ]
    return (*names, "change_high", "change_days") if change else tuple(names)
