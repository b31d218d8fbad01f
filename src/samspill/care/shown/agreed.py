"""What the plan in force says to do now: steps and whom to call, by how bad it is."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from samspill.care.models import SafetyNetPlan
from samspill.care.queries.safety_net import as_plan, whom_now
from samspill.care.queries.watching import code_of
from samspill.care.sheet import call_of
from samspill.care.shown.graphs import Looks
from samspill.documents.safety_net_sheet import Call
from samspill.refusal import Refused
from samspill.rulebook.safety_net import Plan, described
from samspill.rulebook.triage import Change

LEVELS = ("red", "yellow")
_ENDS = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class Agreed:
    """What one plan says of one level. `language` is the plan's own, in which `steps` are written."""

    plan: SafetyNetPlan
    level: str
    language: str
    steps: Sequence[str]
    why: str
    calls: Sequence[Call]


def agreed_of(rows: Iterable[SafetyNetPlan], now: datetime) -> list[Agreed]:
    """Red before yellow, for each of the plans in force."""
    plans = [(row, as_plan(row)) for row in rows]
    return [_agreed(row, plan, level, now) for level in LEVELS for row, plan in plans if level in plan.levels]


def _agreed(row: SafetyNetPlan, plan: Plan, level: str, now: datetime) -> Agreed:
    said = plan.levels[level]
    steps = [one for text in (said.own_step, said.do) for one in _ENDS.split(text.strip()) if one]
    calls = [call_of(one, plan.language) for one in whom_now(plan, level, now)]
    return Agreed(row, level, plan.language, steps, said.why, calls)


def looks_of(rows: Iterable[SafetyNetPlan]) -> Looks:
    """What an answer looks like in the words of the plans in force, by what is watched."""
    found: dict[str, Mapping[str, str]] = {}
    for row in rows:
        plan = as_plan(row)
        for one in plan.indicators:
            if one.kind != "measured":
                found[code_of(plan, one)] = {level: _look(plan, one, level) for level in one.levels}
    return found


def changes_of(rows: Iterable[SafetyNetPlan]) -> Mapping[str, Change]:
    """How fast a value may change by the plans in force, by what is watched."""
    found: dict[str, Change] = {}
    for row in rows:
        plan = as_plan(row)
        found |= {code_of(plan, one): one.change for one in plan.indicators if one.change is not None}
    return found


def _look(plan: Plan, one: object, level: str) -> str:
    try:
        return described(one, level, plan.language)  # type: ignore[arg-type]
    except Refused:
        return ""
