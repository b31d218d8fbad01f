"""A value inside its limits that has risen or fallen faster than the plan says is outside all the same.

The limits of a team are held by `measuring`; how much a value may change is said by the plan in force.
"""

from dataclasses import replace
from datetime import timedelta

from samspill.care.actions.alerting import raise_alert
from samspill.care.entered_values import kept_code
from samspill.care.models import CareEpisode, Measurement, SafetyNetPlan, TriageResult
from samspill.care.plain_values import to_numbers
from samspill.care.queries.watching import counting
from samspill.care.safety_net_states import PlanState
from samspill.care.states import AlertKind
from samspill.directory.public import Actor
from samspill.rulebook.safety_net import Indicator, from_plain, place
from samspill.rulebook.triage import Colour, worst


def look_at_change(episode: CareEpisode, measurement: Measurement, *, by: Actor) -> None:
    """Raise an alert when a plan in force says that the value has changed too much since those before it."""
    found = TriageResult.objects.get(measurement=measurement).colour
    shade = worst([found, *_changes(measurement)])
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
                found.append(place(alone, {one.id: series(measurement, one)}, measurement.effective).colour)
    return found


def series(measurement: Measurement, indicator: Indicator) -> list[tuple[object, object]]:
    """The values that count up to the measurement, from as far back as the plan looks."""
    if indicator.change is None:
        return [(measurement.effective, to_numbers(measurement.value))]
    back = measurement.effective - timedelta(days=indicator.change.within_days)
    rows = counting(
        Measurement.objects.filter(
            patient_id=measurement.patient_id,
            tenant_id=measurement.tenant_id,
            code=measurement.code,
            effective__gte=back,
            effective__lte=measurement.effective,
        )
    )
    return [(one.effective, to_numbers(one.value)) for one in rows.order_by("effective", "pk")]
