"""A minimetodevurdering ready to show: its parts in the form's order, what is answered and what is missing.

The same on the page and on paper.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from samspill.analysis.appraisal import Certainty, Part, Verdict
from samspill.directory.public import Actor, Joined
from samspill.insight.assessments.fields import (
    CERTAINTIES,
    FIELDS,
    NAMES,
    PATHS,
    VERDICTS,
    Field,
    Kind,
    runs_of,
)
from samspill.insight.assessments.form import missing
from samspill.insight.models import Assessment
from samspill.insight.queries.assessments import answers_by_key, indicators_by_code
from samspill.insight.states.assessments import WRITTEN_IN, AssessmentState
from samspill.insight.wording import decimal
from samspill.insight.wording.assessments import in_words

GLYPHS = {
    AssessmentState.DRAFT: "none",
    AssessmentState.IN_REVIEW: "progress",
    AssessmentState.FINISHED: "done",
}
STUDY_HEAD = (
    gettext_lazy("Study"),
    gettext_lazy("Design"),
    gettext_lazy("Persons"),
    gettext_lazy("Outcome"),
    pgettext_lazy("study", "Measure"),
    gettext_lazy("Estimate (95 %)"),
    gettext_lazy("How sure (GRADE)"),
)


@dataclass(frozen=True)
class Answer:
    """`lines` are paragraphs of a text, or things listed; `runs` (key, name) of kept answers;
    `decisions` (address, name with state) of decisions elsewhere.
    """

    label: str
    lines: Sequence[str] = ()
    runs: Sequence[tuple[str, str]] = ()
    is_list: bool = False
    decisions: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class PartShown:
    part: Part
    number: int
    name: str
    path: str
    answers: Sequence[Answer]
    studies: Sequence[Sequence[str]] = ()
    lacks: Sequence[str] = field(default=())
    is_open: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.answers and not self.studies


@dataclass(frozen=True)
class Pointed:
    """What codes and keys in the content are called."""

    runs: Mapping[str, str]
    indicators: Mapping[str, str]


def parts_of(assessment: Assessment, actor: Actor, decisions: Sequence[Joined] = ()) -> list[PartShown]:
    """2 queries at most. `decisions` are those it is joined to."""
    content = assessment.content
    pointed = Pointed(answers_by_key(runs_of(content), assessment.community_id, actor), indicators_by_code())
    lacks = missing(content, assessment.state)
    open_now = WRITTEN_IN[AssessmentState(assessment.state)]
    return [
        PartShown(
            part,
            number,
            str(NAMES[part]),
            PATHS[part],
            [*_answers(part, content.get(part, {}), pointed), *_decided(part, decisions)],
            [_study(row) for row in content.get(part, {}).get("studies", ())],
            [in_words(gap) for gap in lacks if gap.part is part],
            part in open_now,
        )
        for number, part in enumerate(Part, 1)
    ]


def _decided(part: Part, decisions: Sequence[Joined]) -> list[Answer]:
    """The decisions that still are here, each with how far it has come."""
    there = [one.target for one in decisions if one.target is not None]
    if part is not Part.DECISION or not there:
        return []
    named = [(one.url, f"{one.title} ({one.state})" if one.state else one.title) for one in there]
    return [Answer(_("What was decided, and what has come of it"), decisions=named)]


def _answers(part: Part, answers: Mapping[str, Any], pointed: Pointed) -> list[Answer]:
    return [
        _answer(one, answers[one.name], pointed) for one in FIELDS[part] if answers.get(one.name) is not None
    ]


def _answer(one: Field, value: Any, pointed: Pointed) -> Answer:
    label = str(one.label)
    match one.kind:
        case Kind.RUNS:
            return Answer(label, runs=[(key, pointed.runs.get(key, key)) for key in value])
        case Kind.LINES:
            return Answer(label, value, is_list=True)
        case Kind.INDICATORS:
            return Answer(label, [pointed.indicators.get(code, code) for code in value], is_list=True)
        case Kind.DAY:
            return Answer(label, [date_format(date.fromisoformat(value), "DATE_FORMAT")])
        case Kind.NUMBER:
            return Answer(label, [number(value)])
        case Kind.VERDICT:
            return Answer(label, [str(VERDICTS[Verdict(value)])])
        case _:
            return Answer(label, [line for line in str(value).splitlines() if line.strip()])


def number(value: float) -> str:
    """As many decimals as were written, at most three."""
    for places in (0, 1, 2):
        if round(value, places) == value:
            return decimal(value, places)
    return decimal(value, 3)


def _study(row: Mapping[str, Any]) -> list[str]:
    estimate = number(row["estimate"]) if row.get("estimate") is not None else ""
    if row.get("low") is not None and row.get("high") is not None:
        ends = {"estimate": estimate, "low": number(row["low"]), "high": number(row["high"])}
        estimate = _("%(estimate)s (%(low)s to %(high)s)") % ends
    certainty = str(CERTAINTIES[Certainty(row["certainty"])]) if row.get("certainty") else "–"
    return [
        row.get("reference", ""),
        row.get("design", ""),
        number(row["persons"]) if row.get("persons") is not None else "–",
        row.get("outcome", ""),
        row.get("measure", ""),
        estimate or "–",
        certainty,
    ]
