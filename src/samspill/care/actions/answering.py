"""A value entered on a plan's page is answered by the plan, and kept for the team that watches it.

What a team has set by hand is narrower than the plan or wider; the one who asks is told the worse of the two.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from samspill.care.actions.entering import PART, enter
from samspill.care.actions.opening import Opened
from samspill.care.entered_values import Asked, check, kept_code
from samspill.care.models import SafetyNetPlan
from samspill.care.queries.replies import no_better, with_days_before
from samspill.care.queries.safety_net import answer_values, as_plan
from samspill.care.queries.watching import code_of, unblocked, watched, watchers_of
from samspill.care.states import Basis, Entered
from samspill.care.wording_aside import said_of
from samspill.directory.public import Actor
from samspill.refusal import Refused
from samspill.rulebook.safety_net import Placed, Plan

KEPT, ASIDE, MAY_NOT, NOT_WATCHED = "kept", "aside", "may_not", "not_watched"


@dataclass(frozen=True)
class Answer:
    """`placed` is None when no value could be placed; `state` says what became of the values.

    state    of `KEPT`, `ASIDE` some of them, `MAY_NOT` enter here, `NOT_WATCHED` by any team yet
    odd      why values could not be right, in words
    entries  to take it back with
    """

    placed: Placed | None
    state: str
    odd: str = ""
    entries: tuple[int, ...] = ()


def way_of(opened: Opened) -> str:
    """How somebody who has the patient open enters values: at work before all else."""
    if any(one.team_id for one in opened.decisions):
        return Entered.STAFF
    is_own = any(one.basis == Basis.OWN for one in opened.decisions)
    return Entered.PATIENT if is_own else Entered.RELATIVE


def answer(
    row: SafetyNetPlan,
    opened: Opened,
    values: Mapping[str, object],
    *,
    by: Actor,
    now: datetime,
    key: str = "",
) -> Answer:
    """What the plan says to values by its indicators, and that those which somebody watches are kept.

    The patient is open. Refused as `answer_values`; a value that cannot be right is told of in `odd`.
    """
    plan = as_plan(row)
    codes = {one.id: code_of(plan, one) for one in plan.indicators}
    odd = _odd(plan, values, now)
    right = {name: one for name, one in values.items() if name not in odd}
    placed = _placed(row, plan, opened, right, now) if right or not values else None
    every = watched(one for one in unblocked(opened.known, PART) if one.tenant_id in opened.tenants)
    seen = {codes[name]: one for name, one in values.items() if watchers_of(codes[name], every)}
    told = " ".join(dict.fromkeys(odd.values()))
    if not seen:
        return Answer(placed, NOT_WATCHED, told)
    try:
        with transaction.atomic():
            result = enter(
                row.patient_id, seen, by=by, effective=now, entered=way_of(opened), key=key, now=now
            )
    except Refused as refused:
        if not refused.forbidden:
            raise
        return Answer(placed, MAY_NOT, told)
    if placed is not None:
        placed = no_better(row, placed, result.kept, now)
    return Answer(placed, ASIDE if result.aside else KEPT, told, result.entries)


def _odd(plan: Plan, values: Mapping[str, object], now: datetime) -> dict[str, str]:
    """Why a value cannot be right, by indicator."""
    found = {}
    for one in plan.indicators:
        if one.id in values and one.kind == "measured":
            read = check(Asked(kept_code(one.code)), values[one.id], effective=now, received=now)
            if read.aside:
                found[one.id] = said_of(read.aside[0].code, read.aside[0].sentence)
    return found


def _placed(
    row: SafetyNetPlan, plan: Plan, opened: Opened, values: Mapping[str, object], now: datetime
) -> Placed | None:
    known = {one.id: one for one in plan.indicators}
    asked = {
        name: with_days_before(known[name], row.patient_id, opened.tenants, one, now)
        if name in known
        else one
        for name, one in values.items()
    }
    return answer_values(row, asked, now)
