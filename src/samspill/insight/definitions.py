"""The definitions as they are stored: what we count and how, as JSON.

They are read and checked by `samspill.analysis.indicators`. Those that are age groups of the population alone
are also worked out ahead, from stored projections (`queries.indicators`).
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from samspill.analysis.indicators import folder, read_files, refused
from samspill.insight.age_groups import BY_CODE

__all__ = ["folder", "is_of_ages", "read_all"]

PARTS = ("numerator", "denominator")


def read_all(where: Path | None = None) -> list[dict[str, Any]]:
    """Each of them. Refuses (`indicator.definition`) a file that lacks something."""
    found = []
    for one in read_files(where).values():
        check_age_groups(one)
        found.append({**one, "reviewed": one["reviewed"].isoformat(), **_breaks(one)})
    return found


def _breaks(one: Mapping[str, Any]) -> dict[str, Any]:
    """Years are texts in JSON."""
    told = {str(year): text for year, text in one.get("breaks", {}).items()}
    return {"breaks": told} if told else {}


def is_of_ages(definition: Mapping[str, Any]) -> bool:
    """Whether it needs nothing but inhabitants by the age groups that projections are stored by."""
    return not any(isinstance(definition[key], Mapping) for key in PARTS)


def check_age_groups(definition: Mapping[str, Any]) -> None:
    """Refuses an age group that no run is stored by."""
    for key in PARTS:
        part = definition[key]
        if isinstance(part, str) and part not in BY_CODE:
            raise refused(f"{definition['id']}.yaml", f"{key} is {part}, which is no age group")
