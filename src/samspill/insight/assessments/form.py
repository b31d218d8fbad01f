"""The content of a stored minimetodevurdering as the form that is checked (`analysis.appraisal.MiniHta`)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from samspill.analysis.appraisal import (
    Certainty,
    Ending,
    Finding,
    Gap,
    Level,
    Method,
    MiniHta,
    Part,
    Question,
    Recommendation,
    Review,
    Search,
    Study,
    Submitter,
    Verdict,
    gaps,
    gaps_of_decision,
)
from samspill.insight.states.assessments import AssessmentState

Content = Mapping[str, Mapping[str, Any]]


def form_of(content: Content) -> MiniHta:
    """A part that is not there, and an answer that is not given, are empty."""

    def part(code: Part) -> Mapping[str, Any]:
        return content.get(code, {})

    evidence, question, proposal = part(Part.EVIDENCE), part(Part.QUESTION), part(Part.RECOMMENDATION)
    return MiniHta(
        submitter=Submitter(
            **_texts(part(Part.SUBMITTER), "name", "unit", "interests"),
            parties=_listed(part(Part.SUBMITTER), "parties"),
            submitted=_day(part(Part.SUBMITTER), "submitted"),
        ),
        method=Method(**_texts(part(Part.METHOD), "name", "describes", "today", "status")),
        question=Question(
            **_texts(question, "population", "intervention", "comparison"),
            outcomes=_listed(question, "outcomes"),
            persons=question.get("persons"),
        ),
        search=Search(
            **_texts(evidence, "words"),
            sources=_listed(evidence, "sources"),
            searched=_day(evidence, "searched"),
        ),
        studies=tuple(_study(row) for row in evidence.get("studies", ())),
        effect=_finding(part(Part.EFFECT)),
        safety=_finding(part(Part.SAFETY)),
        cost=_levels(part(Part.COST)),
        organisation=_levels(part(Part.ORGANISATION)),
        ethics=_finding(part(Part.ETHICS)),
        recommendation=Recommendation(
            **_texts(proposal, "text"),
            verdict=_verdict(proposal),
            indicators=_listed(proposal, "indicators"),
            reassess=_day(proposal, "reassess"),
        ),
        review=Review(
            **_texts(part(Part.REVIEW), "reviewer", "unit", "comment", "submitter_answers"),
            reviewed=_day(part(Part.REVIEW), "reviewed"),
        ),
        ending=_ending(part(Part.DECISION)),
    )


def missing(content: Content, state: str) -> tuple[Gap, ...]:
    """What is missing before the next step: before a peer reads it, before it is decided; then nothing."""
    form = form_of(content)
    if state == AssessmentState.DRAFT:
        return tuple(gap for gap in gaps(form) if gap.part is not Part.REVIEW)
    return gaps_of_decision(form) if state == AssessmentState.IN_REVIEW else ()


def _texts(given: Mapping[str, Any], *names: str) -> dict[str, str]:
    return {name: str(given.get(name) or "") for name in names}


def _listed(given: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(given.get(name) or ())


def _day(given: Mapping[str, Any], name: str) -> date | None:
    return date.fromisoformat(given[name]) if given.get(name) else None


def _verdict(given: Mapping[str, Any]) -> Verdict | None:
    return Verdict(given["verdict"]) if given.get("verdict") else None


def _finding(given: Mapping[str, Any], prefix: str = "") -> Finding:
    return Finding(str(given.get(f"{prefix}text") or ""), _listed(given, f"{prefix}runs"))


def _levels(given: Mapping[str, Any]) -> tuple[tuple[Level, Finding], ...]:
    return tuple((level, _finding(given, f"{level}_")) for level in Level)


def _study(row: Mapping[str, Any]) -> Study:
    return Study(
        **_texts(row, "reference", "design", "outcome", "measure"),
        persons=row.get("persons"),
        estimate=row.get("estimate"),
        low=row.get("low"),
        high=row.get("high"),
        certainty=Certainty(row["certainty"]) if row.get("certainty") else None,
    )


def _ending(given: Mapping[str, Any]) -> Ending:
    return Ending(
        **_texts(given, "decision", "because"),
        verdict=_verdict(given),
        decided=_day(given, "decided"),
        conditions=_listed(given, "conditions"),
    )


def parts_with_gaps(found: tuple[Gap, ...]) -> Iterator[tuple[Part, list[Gap]]]:
    """The gaps of each part that has some, in the order of the form."""
    for part in Part:
        here = [gap for gap in found if gap.part is part]
        if here:
            yield part, here
