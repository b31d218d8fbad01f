"""Reading the YAML tables of this package strictly: a key unknown, missing or there twice is an error.

The tables are part of the code; a fault in one is a ValueError for whoever changed it, not a refusal.
"""

from collections.abc import Hashable, Set
from pathlib import Path
from typing import Any

import yaml


class _Strict(yaml.SafeLoader):
    """YAML itself would silently keep the last of two."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise ValueError(f"Line {node.start_mark.line + 1}: {sorted(map(str, twice))} stands twice.")
        return super().construct_mapping(node, deep)


def read_table(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file."""
    loader = _Strict(path.read_text("utf-8"))
    try:
        found = loader.get_single_data()
    finally:
        loader.dispose()
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
