"""The joint money of a community, read from `funds/*.yaml` to plain values; an unknown key is an error.

Here: the shape of it. Not here: how it gets into the database (`funding`, `awarding`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Points = tuple[tuple[int, str], ...]
"""Points and why, in the order of the criteria."""


@dataclass(frozen=True)
class SchemeFact:
    name: str
    purpose: str
    decided_by: str
    criteria: tuple[Mapping[str, Any], ...]

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "SchemeFact":
        return cls(**{**row, "criteria": tuple(row["criteria"])})


@dataclass(frozen=True)
class AnswerFact:
    """A party is asked; `answer` is "" while it has not answered."""

    party: str
    days: int = 0
    answer: str = ""
    words: str = ""


@dataclass(frozen=True)
class AdviceFact:
    """Advice to the deciding body. `nok` is for a part only."""

    days: int
    kind: str
    words: str
    nok: int = 0
    left_out: str = ""


@dataclass(frozen=True)
class DecisionFact:
    """What the body decided; as it was advised where nothing else is said."""

    days: int
    words: str
    kind: str = ""


@dataclass(frozen=True)
class PaymentFact:
    due: int
    nok: int
    condition: str
    paid: int | None = None


@dataclass(frozen=True)
class FundReportFact:
    """A report sent `days` from today. `spent` is per cent of what was planned, on every row."""

    kind: str
    days: int
    done: str
    results: str = ""
    for_others: str = ""
    spent: int = 0
    approved: int | None = None


@dataclass(frozen=True)
class SaidOfWork:
    days: int
    word: str
    sentence: str


@dataclass(frozen=True)
class WorkFact:
    """What came of an award: the area its measure stands in, payments, days of reports, and what was told."""

    area: str
    started: int
    payments: tuple[PaymentFact, ...]
    final: int
    interim: tuple[int, ...] = ()
    said: tuple[SaidOfWork, ...] = ()
    reports: tuple[FundReportFact, ...] = ()

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "WorkFact":
        parts = {
            "payments": tuple(PaymentFact(**one) for one in row["payments"]),
            "interim": tuple(row.get("interim", ())),
            "said": tuple(SaidOfWork(**one) for one in row.get("said", ())),
            "reports": tuple(FundReportFact(**one) for one in row.get("reports", ())),
        }
        return cls(**{**row, **parts})


@dataclass(frozen=True)
class ApplicationFact:
    """An application, as far as it has come: what is left out has not happened.

    costs, shares  kroner for the whole of the work, by what they are for and by who pays them
    """

    title: str
    applicant: str
    by: str
    begun: int
    need: str
    work: str = ""
    groups: tuple[str, ...] = ()
    effect: str = ""
    transfer_value: str = ""
    starts: int | None = None
    ends: int | None = None
    costs: Mapping[str, int] | None = None
    shares: Mapping[str, int] | None = None
    asked: int | None = None
    answers: tuple[AnswerFact, ...] = ()
    sent: int | None = None
    checked: int | None = None
    scores: Mapping[str, Points] | None = None
    advice: AdviceFact | None = None
    decided: DecisionFact | None = None
    accepted: int | None = None
    work_done: WorkFact | None = None

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "ApplicationFact":
        nested: dict[str, Any] = {}
        if "advice" in row:
            nested["advice"] = AdviceFact(**row["advice"])
        if "decided" in row:
            nested["decided"] = DecisionFact(**row["decided"])
        if "work_done" in row:
            nested["work_done"] = WorkFact.read(row["work_done"])
        scores = {
            who: tuple((nok, why) for nok, why in given) for who, given in row.get("scores", {}).items()
        }
        lists = {"groups": tuple(row.get("groups", ())), "scores": scores}
        answers = tuple(AnswerFact(**one) for one in row.get("answers", ()))
        return cls(**{**row, **nested, **lists, "answers": answers})


@dataclass(frozen=True)
class CallFact:
    """Days from today; `reviewers` are keys of people."""

    title: str
    text: str
    frame: int
    opens: int
    closes: int
    decides_by: int
    reviewers: tuple[str, ...]
    applications: tuple[ApplicationFact, ...]

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "CallFact":
        applications = tuple(map(ApplicationFact.read, row["applications"]))
        return cls(**{**row, "reviewers": tuple(row["reviewers"]), "applications": applications})


@dataclass(frozen=True)
class Funds:
    """A scheme with its calls, the first first; without a scheme there is no joint money."""

    scheme: SchemeFact | None = None
    calls: tuple[CallFact, ...] = ()

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "Funds":
        scheme = SchemeFact.read(row["scheme"]) if "scheme" in row else None
        return cls(scheme, tuple(map(CallFact.read, row.get("calls", ()))))
