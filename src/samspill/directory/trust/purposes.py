"""Purposes and their conditions, and what follows from looking: the table `purposes.yaml`, read strictly."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from samspill.directory.trust.tables import exactly, read_table

FILE = Path(__file__).resolve().parent / "purposes.yaml"
KEYS = frozenset({"means", "who", "bases", "lists", "rights", "told_hidden", "living_only", "law"})
NUMBERS = frozenset({"levels", "minutes", "break_glass", "review_days", "hours", "many_patients"})
TOP = NUMBERS | {"read", "source", "purposes", "notices", "protections"}
PROFESSIONAL, CITIZEN, MACHINE = KINDS = ("professional", "citizen", "machine")
BREAK_GLASS = "BTG"


@dataclass(frozen=True)
class Purpose:
    """One purpose. `rights` is empty when everything the basis gives may be done."""

    code: str
    means: str
    who: frozenset[str]
    bases: tuple[str, ...]
    lists: bool
    rights: frozenset[str]
    told_hidden: bool
    living_only: bool
    law: tuple[str, ...]


@dataclass(frozen=True)
class Protection:
    """What an address protection hides, and how something may be sent."""

    own: frozenset[str]
    other: frozenset[str]
    channels: frozenset[str]


@dataclass(frozen=True)
class Rules:
    """The whole table. Hours are clock hours in Norway: from `first_hour` until `last_hour`."""

    purposes: dict[str, Purpose]
    levels: dict[str, int]
    ordinary: timedelta
    break_glass: timedelta
    reasons: frozenset[str]
    shortest_reason: int
    break_glass_right: str
    review_within: timedelta
    notices: tuple[str, ...]
    first_hour: int
    last_hour: int
    many_patients: int
    protections: dict[str, Protection]


@cache
def access_rules() -> Rules:
    """The table in force. ValueError: a key unknown, missing or twice, and kinds of callers nobody knows."""
    file = exactly(read_table(FILE), FILE.name, required=TOP)
    minutes = exactly(file["minutes"], "minutes", required={"ordinary", "break_glass"})
    glass = exactly(file["break_glass"], "break_glass", required={"reasons", "shortest_reason", "right"})
    hours = exactly(file["hours"], "hours", required={"first", "last"})
    return Rules(
        purposes={code: _purpose(code, row) for code, row in file["purposes"].items()},
        levels=exactly(file["levels"], "levels", required=set(KINDS)),
        ordinary=timedelta(minutes=minutes["ordinary"]),
        break_glass=timedelta(minutes=minutes["break_glass"]),
        reasons=frozenset(glass["reasons"]),
        shortest_reason=glass["shortest_reason"],
        break_glass_right=glass["right"],
        review_within=timedelta(days=file["review_days"]),
        notices=tuple(file["notices"]),
        first_hour=hours["first"],
        last_hour=hours["last"],
        many_patients=file["many_patients"],
        protections={code: _protection(code, row) for code, row in file["protections"].items()},
    )


def _purpose(code: str, row: Any) -> Purpose:
    read = exactly(row, f"{FILE.name}, {code}", required=KEYS)
    if unknown := set(read["who"]) - set(KINDS):
        raise ValueError(f"{code}: there are no callers of the kind {sorted(unknown)}.")
    sets = {name: frozenset(read[name]) for name in ("who", "rights")}
    return Purpose(code, **read | sets | {name: tuple(read[name]) for name in ("bases", "law")})


def _protection(code: str, row: Any) -> Protection:
    read = exactly(row, f"{FILE.name}, protection «{code}»", required={"own", "other", "channels"})
    return Protection(**{name: frozenset(value) for name, value in read.items()})
