"""What the documents of a plan say besides its measures, as it was read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from samspill.directory.public import Actor
from samspill.plans.models import Plan, PlanDocument
from samspill.plans.queries.plans import newest_first

LONGEST_TITLE = 160


@dataclass(frozen=True)
class Question:
    """A question of a hearing, its answers, and the line it stands on."""

    text: str
    answers: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Example:
    """A good example: what it is called, and what is told of it; `title` is "" when it has no name."""

    title: str
    text: str


@dataclass(frozen=True)
class Contents:
    """Of one document: `named` maps a kind ("bodies", "agreements" …) to what is named, as written."""

    document: PlanDocument
    questions: tuple[Question, ...] = ()
    examples: tuple[Example, ...] = ()
    named: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (self.questions or self.examples or self.named)


def contents_of_plan(plan: Plan, actor: Actor) -> Contents | None:
    """Of the newest edition that was read, not written here; None for a plan without one. 1 query."""
    document = newest_first(plan, actor).defer("content", "lines").first()
    if document is None:
        return None
    kept = dict(document.contents)
    questions = kept.pop("questions", [])
    examples = kept.pop("examples", [])
    return Contents(
        document,
        tuple(Question(one["text"], tuple(one["answers"]), one["line"]) for one in questions),
        tuple(_example(one) for one in examples),
        {name: tuple(rows) for name, rows in kept.items() if rows},
    )


def _example(kept: str) -> Example:
    """The reading writes the name first, then a colon."""
    title, colon, text = kept.partition(": ")
    return Example(title, text) if colon and len(title) <= LONGEST_TITLE else Example("", kept)
