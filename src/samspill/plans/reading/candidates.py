"""What a plan candidate is made of: plain values, each with the line it was read from.

Here: the result of reading a plan. A reference from a measure or a goal to its focus area is the area's
`key`.
Not here: how any of it is found, or what becomes of it after a person has accepted it (`plans.models`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

PROBLEMS = {
    "plan.no_measures": "No measure was found. Add the measures by hand, or read a plan that names them.",
    "plan.no_focus_areas": "No focus area was found, so the measures stand without one.",
    "plan.community_unknown": "«%(found)s» is not in the register of helsefellesskap. Choose the right one.",
    "plan.community_missing": "The document does not say which helsefellesskap it belongs to. Choose it.",
    "plan.period_missing": "The document does not say which years it covers. Fill in the period.",
    "table.header_unknown": "Table %(table)s has a header we do not know («%(found)s»), so its rows were not "
    "read. "
    "Name one column «Tiltak».",
    "table.row_without_measure": "A row in table %(table)s has «%(found)s», but no measure.",
    "deadline.not_understood": "The deadline «%(found)s» is not a date we understand. Fill in the date.",
    "deadline.outside_period": "The deadline «%(found)s» lies before the plan begins.",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person must look at. An app above translates `sentence` by `code` and `values`."""

    code: str
    line: int = 0
    page: int | None = None
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        return PROBLEMS[self.code] % self.values


@dataclass(frozen=True, slots=True)
class Community:
    """The helsefellesskap of a plan: its name as written, and the code and name of the register, or ""."""

    raw: str = ""
    code: str = ""
    name: str = ""
    found_by: str = ""  # "name", "trust", "municipalities" or ""


@dataclass(frozen=True, slots=True)
class Period:
    """First and last year (or day) the plan covers; None where it does not say."""

    start: int | date | None = None
    end: int | date | None = None


@dataclass(frozen=True, slots=True)
class Adoption:
    """The day the plan was adopted, and by which body; None and "" where it does not say."""

    on: date | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class FocusArea:
    """`key` is what measures and parts know the area by, its own within a reading (`area_keys`).

    `parent` is the key of the area above, or "".
    """

    key: str
    number: str
    title: str
    parent: str
    line: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    text: str
    focus_area: str
    line: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Responsible:
    """One party, body or role: as written in the plan, and its full name where the plan explains it."""

    raw: str
    name: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing somebody is to do.

    text              cleaned of labels and markup, otherwise as written, misprints too
    verbatim          the source between `line` and `last_line` that it was read from
    responsible_from  "cell", "sentence", "section" (inferred) or ""
    deadline          last day of what `deadline_raw` says; None when it says no date
    deadline_precision "day", "week", "month", "quarter", "tertial", "season", "half", "year", "period",
    "ongoing" or "" strength          "must", "will", "should", "may", or "listed" when it stands without a
    verb of will origin            the same for measures that were split from one cell or one sentence rule,
    confidence  how it was found, and how sure that is (0–1)
    """

    text: str
    line: int
    last_line: int
    page: int | None
    verbatim: str
    focus_area: str
    goal: str
    rule: str
    confidence: float
    origin: str
    label: str = ""
    responsible: tuple[Responsible, ...] = ()
    responsible_from: str = ""
    deadline_raw: str = ""
    deadline: date | None = None
    deadline_precision: str = ""
    strength: str = "listed"
    indicator: str = ""
    status: str = ""
    cost: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    answers: Sequence[str]
    line: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class StatedPopulation:
    """How many persons aged `low`..`high` (both included; 105 and older) the plan expects in `year`."""

    low: int
    high: int
    year: int
    persons: int
    sentence: str
    line: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class StatedNumber:
    """A number with what it counts as written («åtte kommuner»), and the sentence it stands in."""

    value: float
    raw: str
    sentence: str
    line: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Holes:
    """Lines of measures without owner, date or indicator; areas and goals nothing is done for."""

    responsible: Sequence[int] = ()
    deadline: Sequence[int] = ()
    indicator: Sequence[int] = ()
    areas: Sequence[str] = ()
    goals: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class PlanReading:
    """A plan as read. `sub_objectives` are what a list after «Dette betyr» says: ideals, not measures.

    `referenced` are the plans, guides and reports of others that it names.
    """

    title: str
    kind: str
    community: Community
    period: Period
    language: str
    adopted: Adoption | None
    slogan: str
    abbreviations: Mapping[str, str]
    focus_areas: Sequence[FocusArea]
    goals: Sequence[Goal]
    sub_objectives: Sequence[Goal]
    measures: Sequence[Measure]
    bodies: Sequence[str]
    agreements: Sequence[str]
    projects: Sequence[str]
    patient_groups: Sequence[str]
    questions: Sequence[Question]
    examples: Sequence[str]
    stated: Sequence[StatedPopulation]
    holes: Holes
    problems: Sequence[Problem]
    sha256: str
    referenced: Sequence[str] = ()
    numbers: Sequence[StatedNumber] = ()
