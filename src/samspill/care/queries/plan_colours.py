"""What the plan in force says of a value: it counts beside the team's own limits, and the worse decides.

Who reads the plan is told to call, so the service must know of it then. And a plan says how much a value may
change in some days, which no limit of a team does.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import time

from samspill.care.entered_values import kept_code
from samspill.care.models import Measurement, SafetyNetPlan
from samspill.care.queries.replies import value_for
from samspill.care.queries.watching import code_of
from samspill.refusal import Refused
from samspill.rulebook.safety_net import from_plain, place
from samspill.rulebook.triage import Colour, worst
from samspill.rulebook.wall_clock import instant


def colour_by_plans(measurement: Measurement, plans: Iterable[SafetyNetPlan]) -> Colour | None:
    """The worst that the plans in force say of it; green when none says anything, None when one is broken."""
    try:
        return worst([Colour.GREEN, *_said(measurement, plans)])
    except Refused:
        return None


def _said(measurement: Measurement, plans: Iterable[SafetyNetPlan]) -> list[Colour]:
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
                found.append(told.colour)
    return found
