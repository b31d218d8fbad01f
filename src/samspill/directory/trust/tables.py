"""Reading the YAML tables of this package strictly: a key unknown, missing or there twice is an error.

The tables are part of the code; a fault in one is a ValueError for whoever changed it, not a refusal.
"""

from collections.abc import Set
from pathlib import Path
from typing import Any

from samspill.refusal import Refused
from samspill.rulebook import strict_yaml


def read_table(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file."""
    try:
        found = strict_yaml.read(path)
    except Refused as refused:
        raise ValueError(refused.sentence) from refused
    if not isinstance(found, dict):
        raise ValueError(f"{path.name} must be names with values.")
    return found


def exactly(
    row: object, place: str, *, required: Set[str], optional: Set[str] = frozenset()
) -> dict[str, Any]:
    """The row, when it is a mapping with all the required keys and no unknown one."""
    if not isinstance(row, dict):
        raise ValueError(f"{place} must be names with values.")
    if missing := required - set(row):
        raise ValueError(f"{place} lacks {sorted(missing)}.")
    if unknown := set(row) - required - optional:
        raise ValueError(f"{place}: nobody reads {sorted(map(str, unknown))}.")
    return row
