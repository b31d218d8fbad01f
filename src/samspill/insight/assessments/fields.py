"""The national form as a table: its parts in order, and what each of them asks.

Words are told by what people know: what is asked, and why. Not here: how it is typed (`forms_assessments`),
what is missing (`analysis.appraisal.form_checks`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspill.analysis.appraisal import Certainty, Level, Part, Verdict

Said = str | Promise


class Kind(StrEnum):
    """What an answer is: a line, a text, lines (one thing each), a day, a number, a choice, pointers."""

    LINE = "line"
    TEXT = "text"
    LINES = "lines"
    DAY = "day"
    NUMBER = "number"
    VERDICT = "verdict"
    RUNS = "runs"
    INDICATORS = "indicators"


@dataclass(frozen=True)
class Field:
    name: str
    kind: Kind
    label: Said
    help: Said = ""


NAMES: Mapping[Part, Said] = {
    Part.SUBMITTER: _("Who proposes it"),
    Part.METHOD: _("What is proposed"),
    Part.QUESTION: _("The question"),
    Part.EVIDENCE: _("What research says"),
    Part.EFFECT: _("Effect"),
    Part.SAFETY: _("Safety"),
    Part.COST: _("What it costs"),
    Part.ORGANISATION: _("What must be organised"),
    Part.ETHICS: _("Ethics"),
    Part.RECOMMENDATION: pgettext_lazy("assessment", "Recommendation"),
    Part.REVIEW: _("A peer's reading"),
    Part.DECISION: pgettext_lazy("assessment", "Decision"),
}
PATHS: Mapping[Part, str] = {
    Part.SUBMITTER: "innsender",
    Part.METHOD: "metode",
    Part.QUESTION: "sporsmal",
    Part.EVIDENCE: "dokumentasjon",
    Part.EFFECT: "virkning",
    Part.SAFETY: "sikkerhet",
    Part.COST: "kostnad",
    Part.ORGANISATION: "organisering",
    Part.ETHICS: "etikk",
    Part.RECOMMENDATION: "tilrading",
    Part.REVIEW: "fagfelle",
    Part.DECISION: "vedtak",
}
PART_AT = {path: part for part, path in PATHS.items()}
CERTAINTIES: Mapping[Certainty, Said] = {
    Certainty.HIGH: pgettext_lazy("certainty", "High"),
    Certainty.MODERATE: pgettext_lazy("certainty", "Moderate"),
    Certainty.LOW: pgettext_lazy("certainty", "Low"),
    Certainty.VERY_LOW: pgettext_lazy("certainty", "Very low"),
}
VERDICTS: Mapping[Verdict, Said] = {
    Verdict.INTRODUCE: _("Introduce it"),
    Verdict.WITH_CONDITIONS: _("Introduce it on conditions"),
    Verdict.NOT: _("Do not introduce it"),
}
_LEVEL: Mapping[Level, tuple[Said, Said]] = {
    Level.HOSPITAL: (_("For the hospital"), _("Figures for the hospital")),
    Level.MUNICIPALITY: (_("For the municipalities"), _("Figures for the municipalities")),
}
_RUNS = _("Answers that were kept. Whoever reads can open them and have them worked out again.")
_ONE_A_LINE = _("One on each line.")


def _finding(label: Said, about: Said) -> tuple[Field, ...]:
    return (Field("text", Kind.TEXT, label, about), Field("runs", Kind.RUNS, _("Figures"), _RUNS))


def _both_levels(about: Said) -> tuple[Field, ...]:
    return tuple(
        field
        for level, (text, runs) in _LEVEL.items()
        for field in (
            Field(f"{level}_text", Kind.TEXT, text, about),
            Field(f"{level}_runs", Kind.RUNS, runs, _RUNS),
        )
    )


FIELDS: Mapping[Part, tuple[Field, ...]] = {
    Part.SUBMITTER: (
        Field("name", Kind.LINE, _("Name")),
        Field("unit", Kind.LINE, _("Unit")),
        Field("parties", Kind.LINES, _("Parties it concerns"), _ONE_A_LINE),
        Field(
            "interests", Kind.TEXT, _("Interests"), _("What those who propose may gain. None is an answer.")
        ),
        Field("submitted", Kind.DAY, _("Day it was submitted")),
    ),
    Part.METHOD: (
        Field("name", Kind.LINE, _("What it is called")),
        Field("describes", Kind.TEXT, _("What is done, by whom, for whom")),
        Field("today", Kind.TEXT, _("What is done today")),
        Field("status", Kind.TEXT, _("Where it is in use already")),
    ),
    Part.QUESTION: (
        Field("population", Kind.TEXT, _("Whom it is for")),
        Field(
            "persons", Kind.NUMBER, _("Persons a year"), _("In your own municipalities. Unknown is not 0.")
        ),
        Field("intervention", Kind.TEXT, _("What is done for them")),
        Field("comparison", Kind.TEXT, _("What it is compared with")),
        Field("outcomes", Kind.LINES, _("Outcomes that matter"), _ONE_A_LINE),
    ),
    Part.EVIDENCE: (
        Field("sources", Kind.LINES, _("Where you searched"), _ONE_A_LINE),
        Field("words", Kind.TEXT, _("Words you searched with")),
        Field("searched", Kind.DAY, _("Day you searched")),
    ),
    Part.EFFECT: _finding(_("What it does for people"), _("With how sure it is. Say what no study tells.")),
    Part.SAFETY: _finding(_("What may go wrong"), _("Unwanted effects, and how they are seen in time.")),
    Part.COST: _both_levels(_("What more or less is paid, by whom. Nothing changes is an answer.")),
    Part.ORGANISATION: _both_levels(_("Staff, training, rooms, systems. Nothing changes is an answer.")),
    Part.ETHICS: _finding(
        _("Who may be left behind"), _("Fairness, freedom to choose, next of kin, privacy.")
    ),
    Part.RECOMMENDATION: (
        Field("text", Kind.TEXT, _("What you recommend, and why")),
        Field("verdict", Kind.VERDICT, _("In short")),
        Field("indicators", Kind.INDICATORS, _("What should move")),
        Field("reassess", Kind.DAY, _("Day it is assessed again")),
    ),
    Part.REVIEW: (
        Field("reviewer", Kind.LINE, _("Who read it")),
        Field("unit", Kind.LINE, _("Unit")),
        Field("reviewed", Kind.DAY, _("Day it was read")),
        Field("comment", Kind.TEXT, _("What the peer found")),
        Field("submitter_answers", Kind.TEXT, _("What those who propose answer")),
    ),
    Part.DECISION: (
        Field("verdict", Kind.VERDICT, _("Decided")),
        Field("decided", Kind.DAY, _("Day of the decision")),
        Field("decision", Kind.LINE, _("The decision"), _("Body and case, as it stands in the minutes.")),
        Field("because", Kind.TEXT, _("Why")),
        Field("conditions", Kind.LINES, _("Conditions"), _ONE_A_LINE),
    ),
}


def runs_of(content: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The keys of all kept answers that the parts of `content` point at."""
    return [
        key
        for part, answers in content.items()
        for field in FIELDS[Part(part)]
        if field.kind is Kind.RUNS
        for key in answers.get(field.name, ())
    ]
