"""Minimetodevurderinger of a community: one that a peer has read, and one that is being written.

Everything by those who may, through the acts people use.
"""

import re
from collections.abc import Mapping
from typing import Any

from samspill.analysis.appraisal import Part
from samspill.demo.assessing_facts import AssessmentFact
from samspill.demo.stage import Stage
from samspill.directory.public import scope
from samspill.insight.public import (
    Assessment,
    calculate,
    mark_of,
    move_assessment,
    open_assessment,
    start_assessment,
    write_part,
)

DAYS = {"submitted", "searched", "reassess", "reviewed", "decided"}
ASKED = "asks"
"""Stands where the kept answer is pointed at."""
_KEY = re.compile(r"\{([\w-]+)\}")


def assess(stage: Stage) -> None:
    """All of them, in their order."""
    for fact in stage.world.assessments:
        by = stage.actor(fact.by, fact.begun)
        with scope(by):
            made = start_assessment(stage.community, fact.title, by=by)
            run = calculate("appraisal", fact.asks, by=by).key
        for part in Part:
            if part in fact.parts and part is not Part.REVIEW:
                _write(stage, made, part, fact, run)
        if fact.reviewed is not None:
            _read_by_peer(stage, made, fact, run)
        if fact.is_open:
            by = stage.secretariat(fact.begun)
            with scope(by):
                open_assessment(made, is_open=True, by=by)


def _read_by_peer(stage: Stage, made: Assessment, fact: AssessmentFact, run: str) -> None:
    by = stage.actor(fact.by, fact.reviewed or 0)
    with scope(by):
        move_assessment(made, "in_review", by=by)
    _write(stage, made, Part.REVIEW, fact, run)


def _write(stage: Stage, made: Assessment, part: Part, fact: AssessmentFact, run: str) -> None:
    by = stage.actor(fact.by, fact.begun)
    answers = {name: _answer(stage, name, value, run) for name, value in fact.parts[part].items()}
    with scope(by):
        made.refresh_from_db()
        write_part(made, part, answers, seen=mark_of(made.content.get(part, {})), by=by)


def _answer(stage: Stage, name: str, value: Any, run: str) -> Any:
    if name in DAYS:
        return stage.day(value).isoformat()
    if value == ASKED:
        return [run]
    return _with_names(stage, value) if isinstance(value, str) else value


def _with_names(stage: Stage, text: str) -> str:
    """Names of people where their keys stand."""
    people: Mapping[str, Any] = stage.cast
    return _KEY.sub(lambda found: people[found.group(1)].name, text)
