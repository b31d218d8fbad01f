"""Read the annotated excerpts and count: precision and recall of measures, and fields right on those found.

Not here: the page that shows it (`scripts.reading_scores`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from samspill.documents.public import Document, read_here
from samspill.plans.reading import Measure, PlanReading, read_plan

HERE = Path(__file__).parent
FIELDS = ("area", "goal", "responsible", "deadline")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same values from the parser in C, where it is
LAYOUTS = ("table", "bullets", "prose", "questions")


@dataclass(slots=True)
class Score:
    """Counts over the cases of one layout; `measures` are those among `right` that have fields."""

    expected: int = 0
    found: int = 0
    right: int = 0
    measures: int = 0
    fields: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0

    def share(self, name: str) -> float:
        return self.fields[name] / self.measures if self.measures else 1.0


@cache
def cases() -> list[dict[str, Any]]:
    """What is annotated; read once, and changed by nobody."""
    return [case for file in sorted(HERE.glob("*.yaml")) for case in load(file)]


def load(path: Path) -> list[dict[str, Any]]:
    """The annotated plans of one file."""
    loaded: list[dict[str, Any]] = yaml.load(path.read_text("utf-8"), Loader=LOADER)  # noqa: S506  safe, the fast one
    return loaded


def document_of(case: dict[str, Any]) -> Document:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.md"
        path.write_text(case["text"], "utf-8")
        return read_here(path)


def read_case(case: dict[str, Any]) -> PlanReading:
    return _read_text(case["text"])


@cache
def _read_text(text: str) -> PlanReading:
    """Three tests ask for each: what it says of itself, the bar of its layout, the page of scores."""
    return read_plan(document_of({"text": text}))


def score(chosen: Iterable[dict[str, Any]]) -> Score:
    """Measures; in replies to question sets every question, answer and example as well."""
    total = Score()
    for case in chosen:
        count_reading(total, case, read_case(case))
    return total


def count_reading(total: Score, case: dict[str, Any], reading: PlanReading) -> None:
    """Add what one reading of a case found to the counts."""
    _count(total, case["expect"]["measures"], reading.measures)
    if case["layout"] == "questions":
        _count_told(total, case["expect"], reading)


def _count_told(total: Score, expect: dict[str, Any], reading: PlanReading) -> None:
    questions = [(question.text, question.answers) for question in reading.questions]
    found = Counter([*_told(questions), *(("example", text) for text in reading.examples)])
    wanted = Counter(
        [*_told(expect.get("questions", [])), *(("example", text) for text in expect["examples"])]
    )
    total.expected += wanted.total()
    total.found += found.total()
    total.right += (wanted & found).total()


def _told(questions: Iterable[Sequence[Any]]) -> Iterator[tuple[str, ...]]:
    for text, answers in questions:
        yield ("question", text)
        yield from (("answer", text, answer) for answer in answers)


def _count(total: Score, expected: Sequence[Sequence[Any]], measures: Sequence[Measure]) -> None:
    """An expected row is [text, area, goal, [responsible …], deadline?]; each measure counts once."""
    left = list(measures)
    total.expected += len(expected)
    total.found += len(measures)
    for text, area, goal, responsible, *when in expected:
        fits = [one for one in left if one.text == text and one.focus_area == area] or [
            one for one in left if one.text == text
        ]
        if not fits:
            continue
        left.remove(fits[0])
        total.right += 1
        total.measures += 1
        total.fields["area"] += fits[0].focus_area == area
        total.fields["goal"] += fits[0].goal == goal
        total.fields["responsible"] += [who.raw for who in fits[0].responsible] == responsible
        total.fields["deadline"] += fits[0].deadline == _day(when)


def _day(when: Sequence[date]) -> date | None:
    return when[0] if when else None
