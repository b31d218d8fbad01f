"""Read `indicators/*.yaml`: one definition per file, complete or refused.

An indicator is a share of age groups: `times` × numerator / denominator on 1 January; without a denominator
it is a count of persons. Adding an indicator is adding a file.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from samspill.insight.age_groups import BY_CODE
from samspill.insight.states import Direction
from samspill.refusal import Refused

LANGUAGES = ("nb", "nn", "en")
KEYS = frozenset(
    {
        "id",
        "title",
        "means",
        "numerator",
        "denominator",
        "times",
        "unit",
        "direction",
        "source",
        "owner",
        "reviewed",
        "caveats",
        "words",
    }
)


def folder() -> Path:
    """Where the definitions stand: at the top of the project, or inside the package when it is installed."""
    here = Path(__file__).resolve().parent
    top = here.parents[2] / "indicators"
    return top if top.is_dir() else here / "indicators"


def read_all(where: Path | None = None) -> list[dict[str, Any]]:
    """Every definition. Refuses (`indicator.definition`) a file that lacks something or says it twice."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((where or folder()).glob("*.yaml")):
        definition = yaml.safe_load(path.read_text("utf-8"))
        check(definition, path.name)
        if definition["id"] in found:
            raise _refused(path.name, f"the id {definition['id']} is used by another file")
        found[definition["id"]] = {**definition, "reviewed": definition["reviewed"].isoformat()}
    return list(found.values())


def check(definition: Mapping[str, Any], name: str) -> None:
    """Refuses a definition with an unknown or missing key, language or age group."""
    if not isinstance(definition, Mapping):
        raise _refused(name, "it is not a table of keys and values")
    unknown, lacking = set(definition) - KEYS, KEYS - set(definition)
    if unknown or lacking:
        raise _refused(name, f"unknown: {_listed(unknown)}; missing: {_listed(lacking)}")
    if definition["id"] != Path(name).stem:
        raise _refused(name, f"the id is {definition['id']}, but the file is called otherwise")
    for key in ("title", "means", "unit", "caveats"):
        if set(definition[key]) != set(LANGUAGES):
            raise _refused(name, f"{key} must be there in {', '.join(LANGUAGES)}")
    for key in ("numerator", "denominator"):
        if definition[key] is not None and definition[key] not in BY_CODE:
            raise _refused(name, f"{key} is {definition[key]}, which is no age group")
    if definition["direction"] not in Direction.values:
        raise _refused(name, f"direction is {definition['direction']}; say {', '.join(Direction.values)}")
    if not hasattr(definition["reviewed"], "isoformat"):
        raise _refused(name, "reviewed must be a date")


def _listed(keys: Iterable[str]) -> str:
    return ", ".join(sorted(keys)) or "–"


def _refused(name: str, why: str) -> Refused:
    return Refused("indicator.definition", f"indicators/{name} cannot be used: {why}.")
