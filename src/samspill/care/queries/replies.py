"""What somebody who has entered values is told at once: inside or outside, what to do, and whom to call.

By the plan in force where one names it, else by the limits of the team. Called inside `opening`.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from samspill.care.entered_values import kept_code
from samspill.care.models import CareTeam, Measurement, SafetyNetPlan
from samspill.care.plain_values import to_numbers
from samspill.care.queries.safety_net import answer_values, as_plan, at_level
from samspill.care.queries.watching import code_of, days_before
from samspill.care.safety_net_states import PlanState
from samspill.care.states import IndicatorKind
from samspill.refusal import Refused
from samspill.rulebook.safety_net import Indicator, Placed, Plan
from samspill.rulebook.triage import Colour, worst


@dataclass(frozen=True)
class Reply:
    """`placed` by `plan`; without a plan the colour, what was entered (`name`, `value`) and whom to call."""

    colour: Colour
    name: str = ""
    value: object = None
    plan: Plan | None = None
    placed: Placed | None = None
    team: CareTeam | None = None


def replies(patient: int, kept: Iterable[Measurement], now: datetime) -> list[Reply]:
    """One for each plan that names something of it, and one for what no plan names; the worst first."""
    by_code: dict[str, Measurement] = {}
    for one in kept:
        code = kept_code(one.code)
        if (
            code not in by_code
            or worst([one.triage.colour, by_code[code].triage.colour]) == one.triage.colour
        ):
            by_code[code] = one
    found, told = [], set()
    plans = SafetyNetPlan.objects.filter(patient=patient, state=PlanState.SENT).select_related(
        "language_checked_by", "medication_signed_by"
    )
    for row in plans.prefetch_related("recipients"):
        plan = as_plan(row)
        named = {one.id: by_code[code] for one in plan.indicators if (code := code_of(plan, one)) in by_code}
        if named and (reply := _by_plan(row, plan, named, now)):
            told |= {kept_code(one.code) for one in named.values()}
            found.append(reply)
    found += [_by_limits(one) for code, one in by_code.items() if code not in told]
    order = [Colour.RED, Colour.YELLOW, Colour.NONE, Colour.GREEN]
    return sorted(found, key=lambda one: order.index(one.colour))


def _by_plan(row: SafetyNetPlan, plan: Plan, named: Mapping[str, Measurement], now: datetime) -> Reply | None:
    """None where the plan has no words for it: then the team's own limits tell."""
    known = {one.id: one for one in plan.indicators}
    values = {name: value_for(known[name], one, [one.tenant_id]) for name, one in named.items()}
    try:
        placed = answer_values(row, values, now)
    except Refused:
        return None
    placed = no_better(row, placed, named.values(), now)
    return Reply(placed.colour, plan=plan, placed=placed)


def _by_limits(one: Measurement) -> Reply:
    indicator = one.indicator
    name = indicator.name if indicator else one.code
    is_number = indicator is None or indicator.kind == IndicatorKind.MEASURED
    team = indicator.episode.team if indicator else None
    return Reply(Colour(one.triage.colour), name, one.value if is_number else None, team=team)


def no_better(row: SafetyNetPlan, placed: Placed, kept: Iterable[Measurement], now: datetime) -> Placed:
    """The plan's answer, or what the plan says of the colour by the team's own limits when that is worse."""
    shade = worst([placed.colour, *(one.triage.colour for one in kept)])
    if shade in (placed.colour, Colour.NONE):
        return placed
    return at_level(row, placed, shade, now)


def value_for(one: Indicator, measurement: Measurement, tenants: Collection[int]) -> object:
    """A kept value as the plan places it."""
    value = to_numbers(measurement.value) if one.kind == "measured" else measurement.value
    return with_days_before(one, measurement.patient_id, tenants, value, measurement.effective)


def with_days_before(
    one: Indicator, patient: int, tenants: Collection[int], value: object, at: datetime
) -> object:
    """With the values of the days before where the plan says how fast it may change; alone where not."""
    if one.change is None:
        return value
    return [*days_before(patient, tenants, one.code, at, one.change.within_days), (at, value)]
