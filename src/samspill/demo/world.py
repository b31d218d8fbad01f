"""What the demonstration tells, read from YAML to plain values; an unknown key is an error.

`worlds/*.yaml` is who there is and what they say, `carrying/*.yaml` what is done with a plan in force,
`funds/*.yaml` the money they give together, `governing/year-*.yaml` a year of their meetings,
`governing/hearing-*.yaml` a question set they are answering, `assessing/*.yaml` what they may begin with,
`patients/*.yaml` whom they follow together.

Here: the shape of it. Not here: what people are called (`cast`), and how it gets into the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from samspill.demo.assessing_facts import AssessmentFact
from samspill.demo.carrying_facts import Carrying
from samspill.demo.funds_facts import Funds
from samspill.demo.hearing_facts import HearingFacts
from samspill.demo.patients_facts import CareFacts
from samspill.demo.year_facts import YearFacts

HERE = Path(__file__).resolve().parent
# In this order names are drawn and accounts are listed.
NAMES = ("ostfold", "troms-og-ofoten", "more-og-romsdal", "vestfold", "sogn-og-fjordane")
SATURDAY = 5
# The same safe loader in C where the library has it: ten times as fast.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Day = date | int
"""A day, or days counted from the day the world is made: -3 is three days before it."""


def on(day: Day, today: date) -> date:
    return day if isinstance(day, date) else today + timedelta(days=day)


def workday(days: int, today: date) -> date:
    """That many days from `today`; a weekend is left for the Friday before or, to come, the Monday after."""
    day = today + timedelta(days=days)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=-1 if days < 0 else 1)
    return day


@dataclass(frozen=True)
class BodyFact:
    short: str
    kind: str
    name: str
    starts: date
    parent: str = ""


@dataclass(frozen=True)
class RoleFact:
    """A membership; without `community` it is in the world's own."""

    role: str
    since: Day
    until: Day | None = None
    party: str = ""
    body: str = ""
    community: str = ""


@dataclass(frozen=True)
class PersonFact:
    """Somebody by a key of ours. `account` is the line on the sign-in page, "" for those not listed there.

    `given` is a given name that is told and not drawn.
    """

    key: str
    title: str
    roles: tuple[RoleFact, ...]
    account: str = ""
    given: str = ""

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "PersonFact":
        return cls(**{**row, "roles": tuple(RoleFact(**role) for role in row["roles"])})


@dataclass(frozen=True)
class ReportFact:
    """Somebody said how it goes, `days` from today."""

    days: int
    by: str
    word: str
    sentence: str


@dataclass(frozen=True)
class MeasureFact:
    """What became of a measure, known by its number in the document, after the plan was read in."""

    number: str
    deadline: int | None = None
    indicators: tuple[str, ...] = ()
    said: tuple[ReportFact, ...] = ()

    @classmethod
    def read(cls, number: str, row: Mapping[str, Any]) -> "MeasureFact":
        said = tuple(ReportFact(**report) for report in row.get("said", ()))
        return cls(**{**row, "number": number, "indicators": tuple(row.get("indicators", ())), "said": said})


@dataclass(frozen=True)
class PlanFact:
    file: str
    read_by: str
    published_by: str
    measures: tuple[MeasureFact, ...]

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "PlanFact":
        measures = tuple(MeasureFact.read(number, said) for number, said in row["measures"].items())
        return cls(**{**row, "measures": measures})

    @property
    def content(self) -> bytes:
        return read_document(self.file)


@dataclass(frozen=True)
class HolderFact:
    """Exactly one of: a person's key, the short name of a body or party, a role's code."""

    person: str = ""
    who: str = ""
    role: str = ""


@dataclass(frozen=True)
class ThenFact:
    """What somebody did about a task later: `snooze` until a day, `hand_over` to another, or `finish`."""

    act: str
    by: str
    days: int
    until: int = 0
    to: HolderFact = HolderFact()
    outcome: str = ""

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "ThenFact":
        return cls(**{**row, "to": HolderFact(**row.get("to", {}))})


@dataclass(frozen=True)
class TaskFact:
    """Somebody asked another for something. `about` is a measure's number, `act` what the button says."""

    by: str
    to: HolderFact
    asked: int
    title: str
    due: int | None = None
    text: str = ""
    about: str = ""
    act: str = ""
    then: ThenFact | None = None

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "TaskFact":
        then = ThenFact.read(row["then"]) if "then" in row else None
        return cls(**{**row, "to": HolderFact(**row["to"]), "then": then})


@dataclass(frozen=True)
class ScenarioFact:
    """A scenario somebody made: its question, and the measure (by label) that rests on the answer."""

    by: str
    name: str
    kind: str
    asked: Mapping[str, Any]
    note: str = ""
    used_in: str = ""


@dataclass(frozen=True)
class World:
    """One community of the demonstration. `region_kind` is what it calls its regions, "" without any.

    `carers` are those who follow patients, and patients and relatives who sign in; they come after `people`.
    """

    community: str
    people: tuple[PersonFact, ...]
    bodies: tuple[BodyFact, ...] = ()
    plan: PlanFact | None = None
    tasks: tuple[TaskFact, ...] = ()
    region_kind: str = ""
    carrying: Carrying = field(default_factory=Carrying)
    funds: Funds = field(default_factory=Funds)
    year: YearFacts = field(default_factory=YearFacts)
    hearing: HearingFacts = field(default_factory=HearingFacts)
    scenarios: tuple[ScenarioFact, ...] = ()
    assessments: tuple[AssessmentFact, ...] = ()
    care: CareFacts = field(default_factory=CareFacts)
    carers: tuple[PersonFact, ...] = ()

    @property
    def everybody(self) -> tuple[PersonFact, ...]:
        return (*self.people, *self.carers)

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> "World":
        parts = {
            "people": tuple(map(PersonFact.read, row["people"])),
            "bodies": tuple(BodyFact(**body) for body in row.get("bodies", ())),
            "plan": PlanFact.read(row["plan"]) if "plan" in row else None,
            "tasks": tuple(map(TaskFact.read, row.get("tasks", ()))),
            "carrying": Carrying.read(row.get("carrying", {})),
            "funds": Funds.read(row.get("funds", {})),
            "year": YearFacts.read(row.get("year", {})),
            "hearing": HearingFacts.read(row.get("hearing", {})),
            "scenarios": tuple(ScenarioFact(**one) for one in row.get("scenarios", ())),
            "assessments": tuple(AssessmentFact(**one) for one in row.get("assessments", ())),
            "care": CareFacts.read(row.get("care", {})),
            "carers": tuple(map(PersonFact.read, row.get("carers", ()))),
        }
        return cls(**{**row, **parts})


def read_worlds() -> tuple[World, ...]:
    """Every community of the demonstration, in the order of NAMES."""
    return tuple(World.read(_read(f"worlds/{name}.yaml") | _beside(name)) for name in NAMES)


def _beside(name: str) -> dict[str, Any]:
    """What a world has in files of their own; empty for one that does nothing with a plan yet."""
    paths = {kind: f"{kind}/{name}.yaml" for kind in ("carrying", "funds")}
    paths["year"] = f"governing/year-{name}.yaml"
    paths["hearing"] = f"governing/hearing-{name}.yaml"
    found = {kind: _read(path) for kind, path in paths.items() if (HERE / path).exists()}
    weighed = f"assessing/{name}.yaml"
    return found | _cared_for(name) | (_read(weighed) if (HERE / weighed).exists() else {})


def _cared_for(name: str) -> dict[str, Any]:
    """Patients and those who follow them, in a file of their own."""
    path = f"patients/{name}.yaml"
    if not (HERE / path).exists():
        return {}
    care = _read(path)
    return {"carers": care.pop("people"), "care": care}


def read_document(file: str) -> bytes:
    """A document of the demonstration, as somebody would bring it."""
    return (HERE / "plans" / file).read_bytes()


def read_bodies(community: str) -> dict[str, Any]:
    """The bodies of a community with mandates, seats and people; empty for one that has none of its own."""
    path = f"governing/bodies-{community}.yaml"
    return _read(path) if (HERE / path).exists() else {}


def read_names() -> tuple[list[str], list[str]]:
    """Given names and family names to draw from."""
    names = _read("names.yaml")
    return names["given"], names["family"]


def _read(name: str) -> dict[str, Any]:
    return yaml.load((HERE / name).read_text("utf-8"), Loader=LOADER)  # noqa: S506  safe, the fast one
