"""What the plan in force says of a value: it counts beside the team's own limits, and the worse decides.

Who reads the plan is told to call, so the service must know of it then. And a plan may say how much a value
may change in some days where the limits of the team say nothing of it.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import time

from samspill.care.entered_values import kept_code
from samspill.care.models import Measurement, SafetyNetPlan
from samspill.care.plain_values import to_numbers
from samspill.care.queries.replies import value_for
from samspill.care.queries.watching import code_of, rule_of
from samspill.care.safety_net_states import PlanState
from samspill.refusal import Refused
from samspill.rulebook.safety_net import Indicator, from_plain, place
from samspill.rulebook.safety_net.placing import PlacedIndicator
from samspill.rulebook.triage import Colour, Judgement, as_rule, judge, worst
from samspill.rulebook.triage.colours import WORSE
from samspill.rulebook.wall_clock import instant


def colour_by_plans(measurement: Measurement, plans: Iterable[SafetyNetPlan]) -> Colour | None:
    """The worst that the plans in force say of it; green when none says anything, None when one is broken."""
    try:
        return worst([Colour.GREEN, *(placed.colour for placed, _one in _said(measurement, plans))])
    except Refused:
        return None


def why_by_plans(measurement: Measurement) -> Judgement | None:
    """What the limits of the plan that is worst about a number say; None when all say that it is inside."""
    try:
        told = [
            judge(as_rule(to_numbers(rule)), value_for(one, measurement, [measurement.tenant_id]))
            for _placed, one in _said(measurement, _in_force(measurement.patient_id))
            if one.kind == "measured" and (rule := rule_of(one))
        ]
    except Refused:
        return None
    worse = max(told, key=lambda one: WORSE[one.colour], default=None)
    return None if worse is None or worse.colour is Colour.GREEN else worse


def _in_force(patient: int) -> Iterable[SafetyNetPlan]:
    return SafetyNetPlan.objects.filter(patient_id=patient, state=PlanState.SENT)


def _said(
    measurement: Measurement, plans: Iterable[SafetyNetPlan]
) -> list[tuple[PlacedIndicator, Indicator]]:
    """What each plan that held when it was measured says of it."""
    found = []
    for row in plans:
        plan = replace(from_plain(row.content), language=row.language)
        if plan.valid_from and measurement.effective < instant(plan.valid_from, time()):
            continue
        for one in plan.indicators:
            if code_of(plan, one) == kept_code(measurement.code):
                values = value_for(one, measurement, [measurement.tenant_id])
                told = place(replace(plan, indicators=(one,)), {one.id: values}, measurement.effective)
                found += [(placed, one) for placed in told.indicators]
    return found
