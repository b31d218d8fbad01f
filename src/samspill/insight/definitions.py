"""The definitions whose figures pages make from stored runs: those that are age groups of the population.

All definitions are read and checked by `samspill.analysis.indicators`; here are the ones that need nothing
but the inhabitants by the age groups that runs are stored by.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from samspill.analysis.indicators import folder, read_files, refused
from samspill.insight.age_groups import BY_CODE

__all__ = ["folder", "read_all"]

SHOWN = frozenset(
    [
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
    ]
)
"""What is stored of a definition."""
PARTS = ("numerator", "denominator")


def read_all(where: Path | None = None) -> list[dict[str, Any]]:
    """Each of them. Refuses (`indicator.definition`) a file that lacks something, also of the others."""
    found = []
    for one in read_files(where).values():
        check_age_groups(one)
        if not any(isinstance(one[key], Mapping) for key in PARTS):
            shown = {key: one[key] for key in one if key in SHOWN}
            found.append({**shown, "reviewed": one["reviewed"].isoformat()})
    return found


def check_age_groups(definition: Mapping[str, Any]) -> None:
    """Refuses an age group that no run is stored by."""
    for key in PARTS:
        part = definition[key]
        if isinstance(part, str) and part not in BY_CODE:
            raise refused(f"{definition['id']}.yaml", f"{key} is {part}, which is no age group")
