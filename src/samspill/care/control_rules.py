"""The rules of control as they stand in `control_rules.yaml`, read strictly."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from samspill.care.access_words import NOTICED
from samspill.directory.trust.tables import exactly, read_table

FILE = Path(__file__).with_name("control_rules.yaml")
FLAG, HOURLY = "flag", "hourly"


@dataclass(frozen=True)
class ControlRule:
    """`more_than` patients in an hour, for the kind `hourly`; 0 for a flag."""

    id: str
    kind: str
    law: tuple[str, ...]
    more_than: int = 0


@dataclass(frozen=True)
class ControlRules:
    days: int
    most: int
    rules: tuple[ControlRule, ...]


@cache
def control_rules() -> ControlRules:
    """ValueError: a key unknown, missing or twice, a kind or a flag nobody knows."""
    file = exactly(read_table(FILE), FILE.name, required={"read", "source", "days", "most", "rules"})
    return ControlRules(file["days"], file["most"], tuple(_rule(*one) for one in file["rules"].items()))


def _rule(name: str, row: Any) -> ControlRule:
    kind = row.get("kind") if isinstance(row, dict) else None
    if kind not in (FLAG, HOURLY) or name not in NOTICED:
        raise ValueError(f"{FILE.name}: there is no rule «{name}» of the kind «{kind}».")
    required = {"kind", "law"} | ({"more_than"} if kind == HOURLY else set())
    read = exactly(row, f"{FILE.name}, {name}", required=required)
    return ControlRule(name, kind, tuple(read["law"]), read.get("more_than", 0))
