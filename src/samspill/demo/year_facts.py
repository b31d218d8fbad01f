"""What a year of meetings tells, read from `governing/year-*.yaml`; an unknown key is an error.

Days are counted from the day the world is made. Not here: how it gets into the database (`meeting_year`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class CaseFact:
    """A case by a key of ours: who reported it when, what it asks, and the parts of its brief.

    state     where it has come when no meeting has it: "reported", "preparing", "rejected"
    screened  who may read it, the paragraph, and its public title
    """

    title: str
    by: str
    days: int
    asks: str
    concerns: str
    question: str = ""
    summary: str = ""
    kind: str = "decision"
    large: bool = False
    anchored: bool = False
    state: str = ""
    body: str = ""
    answer: str = ""
    screened: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PointFact:
    """A point of a decision: `who` answers by `due`, or `none` says that nothing follows.

    `binds`: "all" parties or "municipalities"; `done`: what has become of it, with a `sentence`.
    """

    text: str
    who: str = ""
    due: int | None = None
    none: bool = False
    binds: str = ""
    done: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class ItemFact:
    """A case in a meeting and what came of it; nothing yet in a meeting still to come."""

    case: str
    outcome: str = ""
    plain: str = ""
    points: tuple[PointFact, ...] = ()
    dissent: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    words: str = ""
    to: str = ""
    due: int | None = None
    recommendation: str = ""

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "ItemFact":
        return cls(**{**row, "points": tuple(PointFact(**point) for point in row.get("points", ()))})


@dataclass(frozen=True)
class MeetingFact:
    """A meeting. `state`: "planned", "called", or "" when it was held and its minutes are out."""

    body: str
    day: int
    items: tuple[ItemFact, ...] = ()
    state: str = ""

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "MeetingFact":
        return cls(**{**row, "items": tuple(map(ItemFact.read, row.get("items", ())))})


@dataclass(frozen=True)
class AnswerFact:
    party: str
    stance: str
    remark: str = ""


@dataclass(frozen=True)
class AnchoringFact:
    """The municipalities were asked about a case, and some have answered."""

    case: str
    days: int
    due: int
    answers: tuple[AnswerFact, ...]

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "AnchoringFact":
        return cls(**{**row, "answers": tuple(AnswerFact(**answer) for answer in row["answers"])})


@dataclass(frozen=True)
class ToldFact:
    """A party told how far it has come with what binds it."""

    party: str
    days: int
    state: str
    note: str = ""


@dataclass(frozen=True)
class YearFacts:
    """Empty for a world without meetings."""

    cases: Mapping[str, CaseFact] = field(default_factory=dict)
    meetings: tuple[MeetingFact, ...] = ()
    anchoring: AnchoringFact | None = None
    parties: Mapping[str, tuple[ToldFact, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "YearFacts":
        told = {key: tuple(ToldFact(**one) for one in rows) for key, rows in row.get("parties", {}).items()}
        return cls(
            cases={key: CaseFact(**case) for key, case in row.get("cases", {}).items()},
            meetings=tuple(map(MeetingFact.read, row.get("meetings", ()))),
            anchoring=AnchoringFact.read(row["anchoring"]) if "anchoring" in row else None,
            parties=told,
        )

    def meetings_of(self, case: str) -> list[MeetingFact]:
        """Those that have the case, the first first."""
        having = (one for one in self.meetings if any(item.case == case for item in one.items))
        return sorted(having, key=lambda one: one.day)
