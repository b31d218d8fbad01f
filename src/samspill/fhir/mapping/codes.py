"""The table of codes (`codes.yaml`), read once and strictly."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from samspill.rulebook.strict_yaml import read

_FILE = Path(__file__).with_name("codes.yaml")
Words = dict[str, str]


@dataclass(frozen=True)
class Codes:
    """As the file has them; see its comments."""

    source: str
    read: Any
    systems: Words
    panels: dict[str, list[str]]
    same: Words
    taken: list[str]
    vital_signs: Words
    also_coded: dict[str, list[str]]
    vkp: Words
    snomed: list[str]
    task_status: Words
    task_priority: Words
    task_acts: Words
    relation: Words
    plan_status: Words
    list_status: Words
    medication_status: Words
    vkp_plan: Words
    sex: Words
    language: Words


@lru_cache(maxsize=1)
def codes() -> Codes:
    """ValueError when a key of the file is unknown or missing."""
    table = read(_FILE)
    if not isinstance(table, dict) or set(table) != set(Codes.__dataclass_fields__):
        raise ValueError(f"{_FILE.name} must have exactly {sorted(Codes.__dataclass_fields__)}.")
    return Codes(**table)
