"""Patients of the demonstration, and who follows them: `patients/*.yaml`; an unknown key is an error.

Here: the shape of it. Not here: how it gets into the database (`caring`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Limits = Mapping[str, str]


@dataclass(frozen=True)
class TeamFact:
    """`members` are keys of people with what they do; `serves` "all" is a team that others agree with."""

    key: str
    kind: str
    name: str
    tenant: str
    phone: str
    hours: str
    serves: str = ""
    members: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class WatchedFact:
    """What is watched with a condition. With `around`, limits and `inside` are around the usual value."""

    code: str
    name: str
    unit: str
    usual: float
    spread: float
    inside: tuple[float, float]
    limits: Limits
    digits: int = 0
    around: bool = False

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "WatchedFact":
        return cls(**{**row, "inside": tuple(row["inside"])})


@dataclass(frozen=True)
class ConditionFact:
    reason: str
    watched: tuple[WatchedFact, ...]

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "ConditionFact":
        return cls(**{**row, "watched": tuple(map(WatchedFact.read, row["watched"]))})


@dataclass(frozen=True)
class NearFact:
    """Somebody near the patient, with a key of ours; who `sees` may enter values too."""

    account: str
    relation: str
    phone: str
    sees: bool = False


@dataclass(frozen=True)
class ValueFact:
    """A value measured some minutes before the world is made."""

    code: str
    value: str
    minutes: int


@dataclass(frozen=True)
class NewLimitsFact:
    code: str
    day: int
    limits: Limits
    before: Limits
    why: str


@dataclass(frozen=True)
class PausedFact:
    day: int
    why: str


@dataclass(frozen=True)
class HandledFact:
    """What somebody did about the patient's alerts, in order."""

    by: str
    acts: tuple[str, ...]


@dataclass(frozen=True)
class PlanFact:
    """A «Hva er innafor» that somebody made of the template `problem`; one of the recipients confirmed it."""

    problem: str
    by: str
    sent: int
    confirmed_by: str


@dataclass(frozen=True)
class MedicineFact:
    """A line of a medication list. `said` as a discharge letter has it; `decision` "" goes on as before."""

    said: str
    decision: str = ""
    reason: str = ""
    purpose: str = ""
    atc: str = ""


@dataclass(frozen=True)
class MedicationFact:
    """A medication list that somebody went through and signed on a day."""

    by: str
    signed: int
    sources: tuple[str, ...]
    lines: tuple[MedicineFact, ...]

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "MedicationFact":
        lines = tuple(MedicineFact(**one) for one in row["lines"])
        return cls(**{**row, "sources": tuple(row["sources"]), "lines": lines})


@dataclass(frozen=True)
class PatientFact:
    """`usual` is of the first thing watched; `last` the day of the last ordinary value."""

    key: str
    condition: str
    born: date
    sex: str
    lives_in: str
    usual: float | None = None
    last: int = 0
    account: str = ""
    gp: str = ""
    teams: tuple[str, ...] = ("service",)
    near: tuple[NearFact, ...] = ()
    now: tuple[ValueFact, ...] = ()
    new_limits: NewLimitsFact | None = None
    paused: PausedFact | None = None
    then: HandledFact | None = None
    plan: PlanFact | None = None
    medication: MedicationFact | None = None

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "PatientFact":
        parts: dict[str, Any] = {
            "teams": tuple(row.get("teams", ("service",))),
            "near": tuple(NearFact(**one) for one in row.get("near", ())),
            "now": tuple(ValueFact(**one) for one in row.get("now", ())),
            "new_limits": NewLimitsFact(**row["new_limits"]) if "new_limits" in row else None,
            "paused": PausedFact(**row["paused"]) if "paused" in row else None,
            "plan": PlanFact(**row["plan"]) if "plan" in row else None,
            "medication": MedicationFact.read(row["medication"]) if "medication" in row else None,
            "then": HandledFact(row["then"]["by"], tuple(row["then"]["acts"])) if "then" in row else None,
        }
        return cls(**{**row, **parts})


@dataclass(frozen=True)
class CareFacts:
    """Whom a community follows together, `since` a day before which nobody worked in the teams.

    Patients are followed from `followed_since`, which is in the past whatever day the world is made on.
    `agreement` is the legal basis of the service agreements, `given` names by sex.
    """

    since: date = date.min
    followed_since: date = date.min
    agreement: str = ""
    given: Mapping[str, list[str]] = field(default_factory=dict)
    teams: tuple[TeamFact, ...] = ()
    conditions: Mapping[str, ConditionFact] = field(default_factory=dict)
    patients: tuple[PatientFact, ...] = ()

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "CareFacts":
        parts = {
            "teams": tuple(TeamFact(**one) for one in row.get("teams", ())),
            "conditions": {name: ConditionFact.read(one) for name, one in row.get("conditions", {}).items()},
            "patients": tuple(map(PatientFact.read, row.get("patients", ()))),
        }
        return cls(**{**row, **parts})
