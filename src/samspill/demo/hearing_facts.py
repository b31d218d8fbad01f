"""What a hearing tells, read from `governing/hearing-*.yaml`; an unknown key is an error.

Days are counted from the day the world is made. Not here: how it gets into the database (`hearing`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class QuestionFact:
    """`lead`: short name of the party or body that leads it, "" for the secretariat."""

    number: str
    text: str
    lead: str = ""


@dataclass(frozen=True)
class SaidFact:
    """What a party said on a day, by the question's number."""

    party: str
    days: int
    answers: Mapping[str, str]


@dataclass(frozen=True)
class JointFact:
    """A joint answer: the parties whose contributions it takes in, and what is written besides."""

    takes: tuple[str, ...] = ()
    adds: str = ""
    done: bool = False

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "JointFact":
        return cls(**{**row, "takes": tuple(row.get("takes", ()))})


@dataclass(frozen=True)
class HearingFacts:
    """One hearing under way; without a title there is none."""

    title: str = ""
    asked_by: str = ""
    intro: str = ""
    received: int = 0
    divided: int = 0
    asked: int = 0
    contributions_by: int = 0
    answer_by: int = 0
    questions: tuple[QuestionFact, ...] = ()
    said: tuple[SaidFact, ...] = ()
    joint: Mapping[str, JointFact] = field(default_factory=dict)

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "HearingFacts":
        parts = {
            "questions": tuple(QuestionFact(**one) for one in row.get("questions", ())),
            "said": tuple(SaidFact(**one) for one in row.get("said", ())),
            "joint": {number: JointFact.read(one) for number, one in row.get("joint", {}).items()},
        }
        return cls(**{**row, **parts})
