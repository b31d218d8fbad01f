"""A value inside its limits that has risen or fallen faster than the plan says is outside all the same.

The limits of a team are held by `measuring`; how much a value may change is said by the plan in force.
"""

from dataclasses import replace

from samspill.care.actions.alerting import raise_alert
from samspill.care.entered_values import kept_code
from samspill.care.models import CareEpisode, Measurement, SafetyNetPlan, TriageResult
from samspill.care.queries.replies import value_for
from samspill.care.safety_net_states import PlanState
from samspill.care.states import AlertKind
from samspill.directory.public import Actor
from samspill.refusal import Refused
from samspill.rulebook.safety_net import from_plain, place
from samspill.rulebook.triage import Colour, worst


def look_at_change(episode: CareEpisode, measurement: Measurement, *, by: Actor) -> None:
    """Raise an alert when a plan in force says that the value has changed too much since those before it.

    A plan that cannot be reckoned with is an alert too, and never silence.
    """
    found = TriageResult.objects.get(measurement=measurement).colour
    try:
        shade = worst([found, *_changes(measurement)])
    except Refused:
        raise_alert(episode, measurement, kind=AlertKind.MACHINE_FAILURE, severity=Colour.NONE, by=by)
        return
    if shade in (Colour.YELLOW, Colour.RED) and shade != found:
        raise_alert(episode, measurement, kind=AlertKind.OUTSIDE, severity=shade, by=by)


def _changes(measurement: Measurement) -> list[Colour]:
    plans = SafetyNetPlan.objects.filter(patient_id=measurement.patient_id, state=PlanState.SENT)
    found = []
    for row in plans:
        plan = replace(from_plain(row.content), language=row.language)
        for one in plan.indicators:
            if one.change is not None and kept_code(one.code) == kept_code(measurement.code):
                alone = replace(plan, indicators=(replace(one, limits=None),))
                values = value_for(one, measurement, [measurement.tenant_id])
                found.append(place(alone, {one.id: values}, measurement.effective).colour)
    return found
