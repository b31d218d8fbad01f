"""What is done with a plan after it is read in, read from `carrying/*.yaml` to plain values.

Here: the shape of it. Not here: how it gets into the database (`revising`, `carrying`, `taking`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

MUNICIPALITIES, ALL = "municipalities", "all"
Many = tuple[str, ...] | str
"""Short names of parties, or one of the two words above."""


def _many(value: str | list[str]) -> Many:
    return value if isinstance(value, str) else tuple(value)


@dataclass(frozen=True)
class SaidFact:
    """The last that was said of a measure of the former plan."""

    day: date
    by: str
    word: str
    sentence: str


@dataclass(frozen=True)
class FateFact:
    """What became of a measure of the former plan; `into` is the number it has in the present one."""

    number: str
    fate: str
    into: str = ""
    reason: str = ""
    said: SaidFact | None = None

    @classmethod
    def read(cls, number: str, row: Mapping[str, Any]) -> "FateFact":
        said = SaidFact(**row["said"]) if "said" in row else None
        return cls(**{**row, "number": number, "said": said})


@dataclass(frozen=True)
class FormerFact:
    """The plan that the present one replaced when it was adopted."""

    file: str
    read_by: str
    adopted_on: date
    adopted_by: str
    measures: tuple[FateFact, ...]

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "FormerFact":
        fates = tuple(FateFact.read(number, said) for number, said in row["measures"].items())
        return cls(**{**row, "measures": fates})


@dataclass(frozen=True)
class ToldFact:
    """How far parties had come, `days` from today."""

    state: str
    days: int
    parties: Many
    note: str = ""

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "ToldFact":
        return cls(**{**row, "parties": _many(row["parties"])})


@dataclass(frozen=True)
class MilestoneFact:
    """Days from today; `reached` is None for one that is not."""

    title: str
    due: int
    reached: int | None = None


@dataclass(frozen=True)
class CarriedFact:
    """A measure by its number. Without `concerns` it concerns those its responsibles stand for."""

    number: str
    concerns: Many = ()
    told: tuple[ToldFact, ...] = ()
    milestones: tuple[MilestoneFact, ...] = ()

    @classmethod
    def read(cls, number: str, row: Mapping[str, Any]) -> "CarriedFact":
        return cls(
            **{
                **row,
                "number": number,
                "concerns": _many(row.get("concerns", [])),
                "told": tuple(map(ToldFact.read, row.get("told", ()))),
                "milestones": tuple(MilestoneFact(**one) for one in row.get("milestones", ())),
            }
        )


@dataclass(frozen=True)
class ProjectFact:
    """`starts` and `ends` in days from today; `moves` are the states it has gone through since planned."""

    name: str
    purpose: str
    lead: str
    starts: int
    ends: int
    steered_by: str = ""
    pilots: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()
    is_open: bool = False
    transfer_value: str = ""

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "ProjectFact":
        lists = {name: tuple(row.get(name, ())) for name in ("pilots", "partners", "measures", "moves")}
        return cls(**{**row, **lists})


@dataclass(frozen=True)
class TakenFact:
    """A measure of another community taken in use in the focus area with that number."""

    community: str
    measure: str
    area: str
    by: str
    text: str
    because: str

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "TakenFact":
        rest = {name: value for name, value in row.items() if name != "from"}
        return cls(**{**rest, "community": row["from"]})


@dataclass(frozen=True)
class Carrying:
    """All of it, for the plan of one community."""

    former: FormerFact | None = None
    measures: tuple[CarriedFact, ...] = ()
    projects: tuple[ProjectFact, ...] = ()
    taken: tuple[TakenFact, ...] = ()

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "Carrying":
        parts = {
            "former": FormerFact.read(row["former"]) if "former" in row else None,
            "measures": tuple(
                CarriedFact.read(number, one) for number, one in row.get("measures", {}).items()
            ),
            "projects": tuple(map(ProjectFact.read, row.get("projects", ()))),
            "taken": tuple(map(TakenFact.read, row.get("taken", ()))),
        }
        return cls(**{**row, **parts})
