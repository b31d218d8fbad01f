"""An alert as a page shows it: in words, who has it, when others are told, and what can be done now.

Inside `care.actions.opening.opening` of the patient. Read the alerts with `open_alerts`, and a card asks for
nothing more.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.care.alert_steps import Standing, Step, possible
from samspill.care.alert_urgency import clock_of, next_step, rank_of
from samspill.care.alert_wording import in_words, moment, waited, what_it_says
from samspill.care.models import Alert, ThresholdSet
from samspill.care.moves import moved_in
from samspill.care.plain_values import to_numbers
from samspill.care.queries.alerts import Hides, alerts_of, nothing
from samspill.care.queries.board import GLYPHS, KIND_GLYPHS
from samspill.care.queries.plan_colours import why_by_plans
from samspill.care.queries.watching import with_plans
from samspill.care.states import AlertAct, AlertKind, AlertState
from samspill.rulebook.triage import Colour

TOLD_TO: Mapping[str, Any] = {
    "team": gettext_lazy("Everybody in the team is told at %(time)s if nobody takes it."),
    "shift_lead": gettext_lazy("The one who leads the team is told at %(time)s if nobody takes it."),
}
NEXT: Mapping[str, str] = {
    AlertState.RAISED: "kvitter",
    AlertState.TAKEN: "kvitter",
    AlertState.ACKNOWLEDGED: "gjort",
    AlertState.ACTED: "lukk",
}
"""Where an alert stands -> the step its owner takes next."""
_LEADS: Mapping[str, tuple[str, Any]] = {
    AlertKind.MESSAGE: ("care:write", gettext_lazy("Read and answer")),
    AlertKind.SET_ASIDE: ("care:aside", gettext_lazy("Look at what came")),
}
_BEYOND: Mapping[str, Any] = {
    "below": gettext_lazy("%(what)s, under the limit of %(limit)s"),
    "above": gettext_lazy("%(what)s, over the limit of %(limit)s"),
}


@dataclass(frozen=True)
class Card:
    """`steps` are those that can be taken now, `first` the slug of the one that is next, "" when it is for
    somebody else to do; `facts` are sentences under the heading.

    `leads` is where what it is about is read and answered: the address, and what the link says; None for a
    value, which stands on the page itself.
    """

    alert: str
    patient_id: int
    glyph: str
    heading: str
    facts: Sequence[str]
    steps: Sequence[Step]
    first: str
    leads: tuple[str, str] | None = None


def open_alerts(patient_id: int, hidden: Hides = nothing) -> list[Alert]:
    """The patient's open alerts in the records that are open: worst first, then the oldest. 1 query."""
    found = with_what_it_says(alerts_of(patient_id, hidden).exclude(state=AlertState.CLOSED))
    return sorted(found.order_by("raised", "pk"), key=lambda one: rank_of(one.severity))


def with_what_it_says(alerts: QuerySet[Alert]) -> QuerySet[Alert]:
    return alerts.select_related("team", "owner", "offered_to", "indicator", "measurement__triage__threshold")


def card_of(alert: Alert, *, account: int | None, mine: Collection[int], now: datetime) -> Card:
    """`mine` are the teams the one who looks works in."""
    at = Standing(alert.team_id, alert.owner_id, alert.offered_to_id, alert.state)
    steps = possible(at, mine)
    return Card(
        alert=str(alert.pk),
        patient_id=alert.patient_id,
        glyph=GLYPHS.get(alert.severity) or KIND_GLYPHS.get(alert.kind, "unknown"),
        heading=_heading(alert, now),
        facts=[said for said in _facts(alert, account, now) if said],
        steps=steps,
        first=_first(alert, steps, account),
        leads=_leads(alert),
    )


def _leads(alert: Alert) -> tuple[str, str] | None:
    found = _LEADS.get(alert.kind)
    return (reverse(found[0], args=[alert.patient_id]), str(found[1])) if found else None


def _first(alert: Alert, steps: Sequence[Step], account: int | None) -> str:
    """To take what nobody has; with what one has, the next on the way to its end."""
    if alert.owner_id is None:
        return next((one.slug for one in steps if one.act in (AlertAct.ACCEPTED, AlertAct.TAKEN)), "")
    return NEXT.get(alert.state, "") if alert.owner_id == account and steps else ""


def _heading(alert: Alert, now: datetime) -> str:
    """What it says, with the limit it is beyond, as the measurement was judged."""
    what = in_words(what_it_says(alert), now)
    triage = getattr(alert.measurement, "triage", None)
    if triage is not None and triage.colour == Colour.GREEN and alert.kind == AlertKind.OUTSIDE:
        return f"{what}, {by_plan}" if (by_plan := _by_plan(alert)) else what
    rule = getattr(getattr(triage, "threshold", None), "rule", None)
    if triage is None or triage.reason not in _BEYOND or not isinstance(rule, Mapping):
        return what
    limit = to_numbers(rule.get(triage.limit))
    return str(_BEYOND[triage.reason]) % {"what": what, "limit": number_format(limit)} if limit else what


def _by_plan(alert: Alert) -> str:
    """Inside the limits of the team, and outside what a plan says: then the plan tells why."""
    taken = alert.measurement
    told = why_by_plans(taken) if taken is not None and alert.cleared is None else None
    if taken is None or told is None:
        return ""
    moved = moved_in(told, taken.unit)
    if moved is None:
        return _("outside what the plan says")
    return _("%(why)s (the plan)") % {"why": moved.said}


def _facts(alert: Alert, account: int | None, now: datetime) -> list[str]:
    taken = alert.measurement
    return [
        _("Measured at %(time)s.") % {"time": moment(taken.effective, now)} if taken else "",
        _("It has waited for %(time)s.") % {"time": waited(alert.raised, now)},
        _("The value is inside again.") if alert.cleared else "",
        _plan_back(alert),
        _held_by(alert, account),
        _("It is offered to %(team)s.") % {"team": alert.offered_to} if alert.offered_to else "",
        _next_told(alert, now),
    ]


def _plan_back(alert: Alert) -> str:
    """The limits came from a plan that is taken back: then nothing they said can be trusted."""
    if alert.indicator_id is None or alert.kind not in (AlertKind.NOT_TRIAGED, AlertKind.OUTSIDE):
        return ""
    bound = getattr(getattr(alert.measurement, "triage", None), "threshold", None)
    if bound is not None and bound.plan_id is None:
        return ""
    versions = with_plans(ThresholdSet.objects.filter(indicator=alert.indicator_id))
    newest = versions.order_by("-version").first()
    if newest is None or newest.plan is None or not newest.is_taken_back:
        return ""
    said = _("The plan that the limits came from is taken back: %(why)s. Look at the value yourself.")
    return said % {"why": newest.plan.end_reason.rstrip(".")}


def _held_by(alert: Alert, account: int | None) -> str:
    if alert.owner is None:
        return _("%(team)s answers for it, and nobody has taken it.") % {"team": alert.team}
    if alert.owner_id == account:
        return _("You have it.")
    return _("%(name)s has it.") % {"name": alert.owner.name}


def _next_told(alert: Alert, now: datetime) -> str:
    if alert.escalates is None:
        return ""
    step = next_step(alert.raised, clock_of(alert.kind, alert.severity), alert.level)
    said = TOLD_TO.get(step.to if step else "", TOLD_TO["shift_lead"])
    return str(said) % {"time": moment(alert.escalates, now)}
