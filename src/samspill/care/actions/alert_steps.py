"""Steps with alerts as a page asks for them: one with what was written, many at once, and that one looked."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.care.actions import alerting
from samspill.care.actions.deciding import Wish
from samspill.care.actions.messaging import tell_patient
from samspill.care.actions.opening import Opened, opening
from samspill.care.alert_steps import MAY_NOTE, MESSAGE, NOTE, TEAM, Step
from samspill.care.models import Alert, AlertStep, CareEpisode, CareTeam
from samspill.care.queries.alerts import alerts_of
from samspill.care.queries.board import teams_of
from samspill.care.states import SEEN_WHILE, Act, AlertAct, AlertState, Right
from samspill.directory.public import Actor
from samspill.refusal import Refused

WHAT = "care.alerts"
ANSWER = Wish(right=Right.ANSWER, is_chosen=False)
MOST_AT_ONCE = 200
_DOES: Mapping[AlertAct, Callable[..., Alert]] = {
    AlertAct.TAKEN: alerting.take,
    AlertAct.RELEASED: alerting.let_go,
    AlertAct.PROPOSED: alerting.propose,
    AlertAct.ACCEPTED: alerting.accept,
    AlertAct.DECLINED: alerting.decline,
    AlertAct.ACKNOWLEDGED: alerting.acknowledge,
    AlertAct.ACTED: alerting.act_on,
    AlertAct.CLOSED: alerting.close,
}


@dataclass(frozen=True)
class Written:
    """What was written to go with a step."""

    note: str = ""
    message: str = ""
    team: int | None = None


def find_alert(alert_id: int, opened: Opened) -> Alert:
    """Refuses (`alert.not_here`) one that is not there to see."""
    found = (
        alerts_of(opened.patient.pk, opened.hides)
        .filter(pk=alert_id)
        .select_related("team", "indicator")
        .first()
    )
    if found is None:
        raise Refused("alert.not_here", _("This alert is not there. Look in the list of your team."))
    return found


def do_step(step: Step, alert: Alert, written: Written, *, by: Actor) -> Alert:
    """Take the step, with a message to the patient when there is one. Refused as the step itself.

    The patient must be open.
    """
    said: dict[str, Any] = {}
    if NOTE in step.asks or MAY_NOTE in step.asks:
        said["note"] = written.note
    if TEAM in step.asks:
        said["to"] = _team(alert, written.team)
    if MESSAGE not in step.asks or not written.message.strip():
        return _DOES[step.act](alert, by=by, **said)
    with transaction.atomic():
        moved = _DOES[step.act](alert, by=by, tells_patient=True, **said)
        tell_patient(episode_of(moved), written.message, by=by, alert=moved)
    return moved


def _team(alert: Alert, team_id: int | None) -> CareTeam:
    found = alerting.teams_for(alert).filter(team=team_id or 0).first()
    if found is None:
        raise Refused("alert.no_team", _("Choose the team that is to take over."), field="team")
    return found.team


def episode_of(alert: Alert) -> CareEpisode:
    """The period in which the team that answers follows the patient; or the one the sign is watched in."""
    here = CareEpisode.objects.filter(patient=alert.patient_id, tenant=alert.tenant_id)
    found = here.filter(team=alert.team_id, state__in=SEEN_WHILE).order_by("-from_day", "-pk").first()
    if found is None and alert.indicator is not None:
        found = alert.indicator.episode
    if found is None:
        raise Refused(
            "alert.no_episode", _("Your team follows this patient no more, and cannot write to them.")
        )
    return found


def see_all(alerts: Sequence[Alert], *, by: Actor) -> None:
    """Somebody has opened the patient: of the open alerts their teams answer for, those they had not seen.

    The patient must be open. It moves nothing, so that two who look do not wait for each other. 3 queries.
    """
    if not alerts:
        return
    mine = {one.pk for one in teams_of(by)}
    before = AlertStep.objects.filter(alert__in=alerts, act=AlertAct.SEEN, by=by.account_id)
    seen = set(before.values_list("alert_id", flat=True))
    AlertStep.objects.bulk_create(
        AlertStep(
            community_id=one.community_id,
            tenant_id=one.tenant_id,
            patient_id=one.patient_id,
            alert=one,
            act=AlertAct.SEEN,
            by_id=by.account_id,
            by_name=by.name,
        )
        for one in alerts
        if one.team_id in mine and one.pk not in seen
    )


@dataclass
class Together:
    """What came of acknowledging many: how many alerts, how many were so or closed before, and the noes."""

    acknowledged: int = 0
    before: int = 0
    told: int = 0
    refused: list[Refused] = field(default_factory=list)


def acknowledge_together(chosen: Mapping[int, Iterable[int]], written: Written, *, by: Actor) -> Together:
    """Acknowledge the alerts `chosen` by patient, each patient's all or none, and say what came of it.

    Refused (`alert.none_chosen`, `alert.too_many`) when none is chosen, or more than one has looked at.
    """
    if not chosen:
        raise Refused("alert.none_chosen", _("Choose at least one line, and acknowledge."))
    if len(chosen) > MOST_AT_ONCE:
        raise Refused("alert.too_many", _("Choose fewer: so many at once have not been looked at."))
    done = Together()
    for patient_id in sorted(chosen):  # in one order everywhere: two who do this at once wait for each other
        try:
            with transaction.atomic():
                _acknowledge_of(patient_id, set(chosen[patient_id]), written, by, done)
        except Refused as refused:
            done.refused.append(refused)
    return done


def _acknowledge_of(patient_id: int, wanted: set[int], written: Written, by: Actor, done: Together) -> None:
    with opening(patient_id, by=by, what=WHAT, act=Act.WRITE, wish=ANSWER) as opened:
        here = alerts_of(patient_id, opened.hides).filter(pk__in=wanted).select_related("indicator")
        waits = here.filter(state__in=[AlertState.RAISED, AlertState.TAKEN]).order_by("raised", "pk")
        tells = bool(written.message.strip())
        moved = [alerting.acknowledge(one, by=by, note=written.note, tells_patient=tells) for one in waits]
        if tells and moved:
            tell_patient(episode_of(moved[0]), written.message, by=by, alert=moved[0])
    done.acknowledged += len(moved)
    done.before += len(wanted) - len(moved)
    done.told += bool(tells and moved)
