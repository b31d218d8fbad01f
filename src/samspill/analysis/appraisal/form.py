"""The content of a minimetodevurdering, in the order of the Norwegian national form.

Submitter; method; PICO; evidence; effect; safety; cost and organisation on both levels; ethics;
recommendation; peer review; decision (Folkehelseinstituttet: Minimetodevurdering, skjema og veileder;
mini-HTA was begun by Sundhedsstyrelsen 2005, Introduction to Mini-HTA). Plain values: texts for people,
files and pages are elsewhere.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Part(StrEnum):
    """The parts of the form, in its order."""

    SUBMITTER = "submitter"
    METHOD = "method"
    QUESTION = "question"
    EVIDENCE = "evidence"
    EFFECT = "effect"
    SAFETY = "safety"
    COST = "cost"
    ORGANISATION = "organisation"
    ETHICS = "ethics"
    RECOMMENDATION = "recommendation"
    REVIEW = "review"
    DECISION = "decision"


class Level(StrEnum):
    """The two levels that cost and organisation are told for."""

    HOSPITAL = "hospital"
    MUNICIPALITY = "municipality"


class Certainty(StrEnum):
    """How sure the evidence is (GRADE; Guyatt et al. 2008, BMJ 336)."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very_low"


class Verdict(StrEnum):
    """How an assessment ends."""

    INTRODUCE = "introduce"
    WITH_CONDITIONS = "with_conditions"
    NOT = "not"


@dataclass(frozen=True)
class Submitter:
    """Who proposes, for whom, and what they may gain from it."""

    name: str = ""
    unit: str = ""
    parties: tuple[str, ...] = ()
    interests: str = ""
    submitted: date | None = None


@dataclass(frozen=True)
class Method:
    """What is assessed, and what is done today instead."""

    name: str = ""
    describes: str = ""
    today: str = ""
    status: str = ""


@dataclass(frozen=True)
class Question:
    """PICO: population, intervention, comparison, outcomes; `persons` per year in the community."""

    population: str = ""
    intervention: str = ""
    comparison: str = ""
    outcomes: tuple[str, ...] = ()
    persons: float | None = None


@dataclass(frozen=True)
class Search:
    """Where and when evidence was looked for."""

    sources: tuple[str, ...] = ()
    words: str = ""
    searched: date | None = None


@dataclass(frozen=True)
class Study:
    """A row of the evidence table; the interval is 95 %."""

    reference: str
    design: str
    persons: int | None
    outcome: str
    measure: str
    estimate: float | None
    low: float | None
    high: float | None
    certainty: Certainty | None


@dataclass(frozen=True)
class Finding:
    """A text with the figures it rests on: stable addresses of stored runs."""

    text: str = ""
    runs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recommendation:
    """What the submitters propose, and how it will be followed up."""

    text: str = ""
    verdict: Verdict | None = None
    indicators: tuple[str, ...] = ()
    reassess: date | None = None


@dataclass(frozen=True)
class Review:
    """The peer's reading."""

    reviewer: str = ""
    unit: str = ""
    reviewed: date | None = None
    comment: str = ""
    submitter_answers: str = ""


@dataclass(frozen=True)
class Ending:
    """The decision; `decision` is the stable id of the vedtak. With conditions it says which."""

    verdict: Verdict | None = None
    decided: date | None = None
    decision: str = ""
    because: str = ""
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True)
class MiniHta:
    """An assessment; a part that is not begun has its empty value."""

    submitter: Submitter = Submitter()
    method: Method = Method()
    question: Question = Question()
    search: Search = Search()
    studies: tuple[Study, ...] = ()
    effect: Finding = Finding()
    safety: Finding = Finding()
    cost: tuple[tuple[Level, Finding], ...] = ()
    organisation: tuple[tuple[Level, Finding], ...] = ()
    ethics: Finding = Finding()
    recommendation: Recommendation = Recommendation()
    review: Review = Review()
    ending: Ending = Ending()
