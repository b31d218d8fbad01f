"""A reading as plain values for `--json`: the keys are a promise to those who read it.

A measure points to its area by the area's key, and so does an area to its parent: its number, or its title
when it has none, and more where another area has the same.
What is listed without keys of its own (goals, responsibles, bodies …) is text as the plan writes it. Days are
ISO dates, years numbers.
"""

from dataclasses import asdict
from datetime import date

from samspill.plans.reading.candidates import Adoption, Measure, PlanReading


def to_json(reading: PlanReading) -> dict[str, object]:
    """The reading in this order: the plan, its parts, its measures, whom it names, what it lacks."""
    return {
        "title": reading.title,
        "kind": reading.kind,
        "community": reading.community.name,
        "period": {"start": _when(reading.period.start), "end": _when(reading.period.end)},
        "language": reading.language,
        "adopted": _adopted(reading.adopted),
        "abbreviations": dict(reading.abbreviations),
        "focus_areas": [
            {"key": area.key, "number": area.number, "title": area.title, "parent": area.parent}
            for area in reading.focus_areas
        ],
        "goals": [goal.text for goal in reading.goals],
        "measures": [_measure(measure) for measure in reading.measures],
        "bodies": list(reading.bodies),
        "agreements": list(reading.agreements),
        "projects": list(reading.projects),
        "patient_groups": list(reading.patient_groups),
        "questions": [{"text": one.text, "answers": list(one.answers)} for one in reading.questions],
        "examples": list(reading.examples),
        "holes": {name: list(lines) for name, lines in asdict(reading.holes).items()},
        "slogan": reading.slogan,
        "referenced": list(reading.referenced),
        "numbers": [asdict(number) for number in reading.numbers],
        "problems": [
            {"code": one.code, "line": one.line, "page": one.page, "sentence": one.sentence}
            for one in reading.problems
        ],
    }


def _measure(measure: Measure) -> dict[str, object]:
    return {
        "text": measure.text,
        "line": measure.line,
        "page": measure.page,
        "focus_area": measure.focus_area,
        "goal": measure.goal,
        "responsible": [who.raw for who in measure.responsible],
        "responsible_from": measure.responsible_from,
        "deadline_raw": measure.deadline_raw,
        "deadline": _when(measure.deadline),
        "strength": measure.strength,
        "origin": measure.origin,
        "rule": measure.rule,
        "confidence": measure.confidence,
        "deadline_precision": measure.deadline_precision,
        "responsible_names": [who.name for who in measure.responsible],
        "last_line": measure.last_line,
        "verbatim": measure.verbatim,
    }


def _adopted(adopted: Adoption | None) -> dict[str, object] | None:
    return {"date": _when(adopted.on), "by": adopted.by} if adopted else None


def _when(when: int | date | None) -> int | str | None:
    return when.isoformat() if isinstance(when, date) else when
