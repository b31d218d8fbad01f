"""Whom one can call and what each answers for: what all plans share (`norway/safety_net.yaml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from samspill.refusal import Refused
from samspill.rulebook import strict_yaml

FILE = strict_yaml.HERE / "safety_net.yaml"
LANGUAGES = ("nb", "nn", "en")
LEVELS = ("green", "yellow", "red")
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody a plan can name.

    phone   the number, when it is the same in the whole country; "" when the plan must say it
    always  somebody answers at every hour
    """

    id: str
    name: Texts
    answers_for: Texts
    phone: str
    always: bool


HOURS = (
    "always", "otherwise", "weekdays", "weekend", "all", "between",
    "mon", "tue", "wed", "thu", "fri", "sat", "sun",
)  # fmt: skip


def role(name: str) -> Role:
    """Refuses (`safety_net.unknown_role`) one that is not in the table."""
    found = roles().get(name)
    if found is None:
        known = ", ".join(sorted(roles()))
        raise Refused("safety_net.unknown_role", f"{name!r} is nobody a plan can name. Known: {known}.")
    return found


def roles() -> Mapping[str, Role]:
    return _table()[0]


def title(level: str) -> Texts:
    """What a level is called, as «Rødt: få hjelp nå»."""
    return _table()[1][level]


def hour_words() -> Mapping[str, Texts]:
    """How hours are told, by `HOURS`."""
    return _table()[2]


def check_texts(given: object, *, where: str) -> Texts:
    """`given` itself, when it says something in each language and nothing else."""
    texts = strict_yaml.check_keys(given, must=LANGUAGES, where=where)
    for language in LANGUAGES:
        strict_yaml.check_text(texts[language], where=f"{where} in {language}")
    return texts


@cache
def _table() -> tuple[Mapping[str, Role], Mapping[str, Texts], Mapping[str, Texts]]:
    (row,) = strict_yaml.check_list(strict_yaml.read(FILE), where=FILE.name)
    strict_yaml.check_keys(row, must=("applies_from", "sources", "titles", "hours", "roles"), where=FILE.name)
    strict_yaml.check_day(row["applies_from"], where=FILE.name)
    strict_yaml.check_list(row["sources"], where=f"sources in {FILE.name}")
    strict_yaml.check_keys(row["titles"], must=LEVELS, where=f"titles in {FILE.name}")
    strict_yaml.check_keys(row["hours"], must=HOURS, where=f"hours in {FILE.name}")
    titles = {level: check_texts(row["titles"][level], where=f"title of {level}") for level in LEVELS}
    hours = {name: check_texts(row["hours"][name], where=f"{name} of hours") for name in HOURS}
    return {name: _role(name, said) for name, said in row["roles"].items()}, titles, hours


def _role(name: str, said: Any) -> Role:
    where = f"{name} in {FILE.name}"
    strict_yaml.check_keys(said, must=("phone", "always", "name", "answers_for"), where=where)
    return Role(
        name,
        check_texts(said["name"], where=f"The name of {where}"),
        check_texts(said["answers_for"], where=f"What is answered for by {where}"),
        said["phone"] or "",
        said["always"] is True,
    )
