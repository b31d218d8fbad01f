"""Alerts: raised by what comes in or stays away, then moved by people, one step at a time.

Each step is a row that is never changed; the alert carries where it stands, and `ListRow` what the list of
the team shows. All in the transaction of what caused it. The patient must be open.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.care.actions.listing import hold, renew_row, try_to_hold
from samspill.care.alert_urgency import clock_of, next_after, next_step, rank_of
from samspill.care.models import (
    Alert,
    AlertStep,
    CareEpisode,
    CareTeam,
    Measurement,
    PatientIndicator,
    TeamMembership,
)
from samspill.care.states import ALERT_MOVES, SEEN_WHILE, AlertAct, AlertKind, AlertState
from samspill.directory.public import Actor
from samspill.refusal import Refused


def raise_alert(
    episode: CareEpisode,
    measurement: Measurement | None,
    *,
    kind: str,
    severity: str,
    by: Actor,
    indicator: PatientIndicator | None = None,
    due: datetime | None = None,
) -> Alert:
    """The alert about this: the one that is open already, told of another measurement, or a new one.

    A new one after one that was closed points to it, and opens nothing again.
    """
    if measurement is not None:
        indicator = measurement.indicator
    now = timezone.now()
    with transaction.atomic():
        hold(episode.patient_id)
        alert = _open_about(episode, indicator.pk if indicator else None, kind, measurement)
        if alert is not None:
            return _measured_again(alert, measurement, severity, by)
        alert = Alert.objects.create(
            community_id=episode.community_id,
            tenant_id=episode.tenant_id,
            patient_id=episode.patient_id,
            team_id=episode.team_id,
            kind=kind,
            severity=severity,
            indicator=indicator,
            measurement=measurement,
            due=due,
            former=_former(episode, indicator.pk if indicator else None, kind),
            raised=now,
            escalates=_first(now, kind, severity),
        )
        _step(alert, AlertAct.RAISED, by, measurement=measurement)
        renew_row(alert)
    return alert


def _open_about(
    episode: CareEpisode, indicator: int | None, kind: str, measurement: Measurement | None
) -> Alert | None:
    if kind == AlertKind.MISSING or indicator is None:
        return None
    found = Alert.objects.select_for_update().filter(
        patient_id=episode.patient_id, tenant_id=episode.tenant_id, indicator=indicator, kind=kind
    )
    return found.exclude(state=AlertState.CLOSED).first()


def _former(episode: CareEpisode, indicator: int | None, kind: str) -> Alert | None:
    if indicator is None:
        return None
    closed = Alert.objects.filter(
        patient_id=episode.patient_id, tenant_id=episode.tenant_id, indicator=indicator, kind=kind
    )
    return closed.filter(state=AlertState.CLOSED).order_by("-pk").first()


def _measured_again(alert: Alert, measurement: Measurement | None, severity: str, by: Actor) -> Alert:
    """Worse than before, and its clock begins anew: yellow that turned red is red from now."""
    is_worse = rank_of(severity) < rank_of(alert.severity)
    alert.measurement, alert.cleared = measurement, None
    if is_worse:
        alert.severity, alert.level = severity, 0
        alert.escalates = _from_now(alert) if alert.owner_id is None else None
    alert.save()
    _step(alert, AlertAct.MEASURED_AGAIN, by, measurement=measurement)
    _renew_rows(alert)
    return alert


def _from_now(alert: Alert) -> datetime | None:
    return _first(timezone.now(), alert.kind, alert.severity)


def _first(began: datetime, kind: str, severity: str) -> datetime | None:
    step = next_step(began, clock_of(kind, severity), 0)
    return step.at if step else None


def tell_inside(measurement: Measurement, *, by: Actor) -> None:
    """A value is inside again: a fact on the open alerts about it, and no end of them."""
    hold(measurement.patient_id)
    about = Alert.objects.filter(indicator=measurement.indicator_id, kind=AlertKind.OUTSIDE)
    outside = about.filter(cleared__isnull=True).exclude(state=AlertState.CLOSED)
    for alert in outside.select_for_update():
        alert.cleared = timezone.now()
        alert.save(update_fields=["cleared"])
        _step(alert, AlertAct.CLEARED, by, measurement=measurement)
        _renew_rows(alert)


def tell_withdrawn(measurement: Measurement, *, by: Actor, note: str) -> None:
    """Who sent a value has taken it back: an open alert goes back to the value before, or has none left.

    The alert stays open: that somebody was told stays a fact, and the team ends it.
    """
    hold(measurement.patient_id)
    about = Alert.objects.select_for_update().filter(measurement=measurement)
    for alert in about.exclude(state=AlertState.CLOSED):
        steps = AlertStep.objects.filter(alert=alert, measurement__isnull=False)
        others = steps.exclude(measurement=measurement).exclude(act=AlertAct.CLEARED)
        before = others.filter(measurement__invalidations__isnull=True).order_by("-pk").first()
        if before is None:
            alert.cleared = alert.cleared or timezone.now()
            alert.save(update_fields=["cleared"])
            _step(alert, AlertAct.CLEARED, by, measurement=measurement, note=note)
        else:
            alert.measurement_id = before.measurement_id
            alert.save(update_fields=["measurement"])
            _step(alert, AlertAct.MEASURED_AGAIN, by, measurement=before.measurement, note=note)
        _renew_rows(alert)


def _step(alert: Alert, act: str, by: Actor, **said: object) -> AlertStep:
    return AlertStep.objects.create(
        community_id=alert.community_id,
        tenant_id=alert.tenant_id,
        patient_id=alert.patient_id,
        alert=alert,
        act=act,
        by_id=by.account_id,
        by_name=by.name,
        **said,
    )


def see(alert: Alert, *, by: Actor) -> None:
    """Somebody in the team has looked; the first time is enough."""
    seen = AlertStep.objects.filter(alert=alert, act=AlertAct.SEEN, by_id=by.account_id)
    if not seen.exists():
        _move(alert, AlertAct.SEEN, by)


def take(alert: Alert, *, by: Actor) -> Alert:
    """Become the one who answers for it; its clock stops. Refuses what somebody else has taken."""
    held = _locked(alert, AlertAct.TAKEN, by)
    if held.owner_id not in (None, by.account_id):
        raise Refused("alert.taken", _("Somebody else has taken this. Ask them, or ask them to let it go."))
    return _moved(held, AlertAct.TAKEN, by, owner_id=by.account_id, escalates=None)


def let_go(alert: Alert, *, by: Actor, note: str = "") -> Alert:
    """Nobody has it now, and the team still answers: the clock starts anew."""
    held = _locked(alert, AlertAct.RELEASED, by)
    return _moved(held, AlertAct.RELEASED, by, note=note, owner_id=None, escalates=_from_now(held), level=0)


def acknowledge(alert: Alert, *, by: Actor, note: str = "", tells_patient: bool = False) -> Alert:
    """A person has understood what it says. With it, one takes an alert that nobody has."""
    held = _locked(alert, AlertAct.ACKNOWLEDGED, by)
    owner = held.owner_id or by.account_id
    return _moved(
        held,
        AlertAct.ACKNOWLEDGED,
        by,
        note=note,
        owner_id=owner,
        escalates=None,
        is_told_patient=tells_patient,
    )


def act_on(alert: Alert, *, by: Actor, note: str) -> Alert:
    """What was done about it, in words."""
    _check_note(note)
    return _move(alert, AlertAct.ACTED, by, note=note)


def close(alert: Alert, *, by: Actor, note: str) -> Alert:
    """The end of it, with what came of it. A new value outside is a new alert."""
    _check_note(note)
    held = _locked(alert, AlertAct.CLOSED, by)
    return _moved(held, AlertAct.CLOSED, by, note=note, escalates=None, offered_to_id=None)


def propose(alert: Alert, to: CareTeam, *, by: Actor, note: str) -> Alert:
    """Offer it to another team. Responsibility stays here until they accept (invariant 30)."""
    _check_note(note)
    held = _locked(alert, AlertAct.PROPOSED, by)
    if to.pk == held.team_id:
        raise Refused("alert.same_team", _("Your team has it already. Choose another team."), field="team")
    if not teams_for(held).filter(team=to).exists():
        told = _("%(team)s does not follow the patient, and could not see it. Choose a team that does.")
        raise Refused("alert.not_following", told % {"team": to}, field="team")
    return _moved(held, AlertAct.PROPOSED, by, note=note, to_team=to, offered_to_id=to.pk)


def teams_for(alert: Alert) -> QuerySet[CareEpisode]:
    """The open episodes by which other teams follow the patient in the same record: who can take over."""
    here = CareEpisode.objects.filter(patient=alert.patient_id, tenant=alert.tenant_id)
    return here.filter(state__in=SEEN_WHILE).exclude(team=alert.team_id).select_related("team")


def accept(alert: Alert, *, by: Actor) -> Alert:
    """The other team takes over: from now it answers, and nobody owns it yet."""
    held = _locked(alert, AlertAct.ACCEPTED, by, as_offered=True)
    now_theirs = {"team_id": held.offered_to_id, "offered_to_id": None, "owner_id": None, "level": 0}
    return _moved(held, AlertAct.ACCEPTED, by, **now_theirs, escalates=_from_now(held))


def decline(alert: Alert, *, by: Actor, note: str) -> Alert:
    """The other team says no, and why; the first still answers."""
    _check_note(note)
    held = _locked(alert, AlertAct.DECLINED, by, as_offered=True)
    return _moved(held, AlertAct.DECLINED, by, note=note, offered_to_id=None)


def escalate_due(*, now: datetime, by: Actor, most: int | None = None) -> int:
    """Every alert whose clock has run out is told to the next level; how many. For Samspill on duty.

    Those whose time came first, and `most` of them. What somebody moves just now is left for the next time.
    """
    return len(escalated_by_clock(now=now, by=by, most=most))


def escalated_by_clock(*, now: datetime, by: Actor, most: int | None = None) -> list[Alert]:
    """As `escalate_due`: the alerts themselves, each on the level it is told to now."""
    due = Alert.objects.filter(escalates__lte=now).order_by("escalates", "pk")
    told = []
    with transaction.atomic():
        for alert in list(due[:most]):
            if not try_to_hold(alert.patient_id):
                continue
            held = Alert.objects.select_for_update(skip_locked=True).filter(pk=alert.pk, escalates__lte=now)
            told += [_escalated(one, by) for one in held]
    return told


def _escalated(held: Alert, by: Actor) -> Alert:
    level, due = held.level + 1, held.escalates or held.raised
    later = next_after(due, held.raised, clock_of(held.kind, held.severity), level)
    return _moved(held, AlertAct.ESCALATED, by, level=level, escalates=later)


def _move(alert: Alert, act: str, by: Actor, **said: Any) -> Alert:
    return _moved(_locked(alert, act, by), act, by, **said)


def _locked(alert: Alert, act: str, by: Actor, *, as_offered: bool = False) -> Alert:
    """The alert as it is now, for nobody else to move meanwhile. Refuses a step it is not ready for."""
    hold(alert.patient_id)
    held = Alert.objects.select_for_update().get(pk=alert.pk)
    if as_offered and held.offered_to_id is None:
        raise Refused("alert.not_offered", _("This is not offered to your team any more."))
    team = held.offered_to_id if as_offered else held.team_id
    if by.is_known and not works_in(team, by):
        raise Refused(
            "alert.not_team",
            _("Only those in the team that answers for it may do this. Ask the team."),
            forbidden=True,
        )
    if held.state not in ALERT_MOVES[act][0]:
        said = _("The alert is «%(state)s», and this cannot be done then.")
        raise Refused("alert.state", said % {"state": AlertState(held.state).label})
    return held


def _moved(held: Alert, act: str, by: Actor, **said: Any) -> Alert:
    """The step is kept, the alert is where the step leads, and the list shows it."""
    told = {name: said.pop(name) for name in ("note", "to_team", "is_told_patient") if name in said}
    lists = {held.team_id, held.offered_to_id}
    for name, value in said.items():
        setattr(held, name, value)
    held.state = ALERT_MOVES[act][1] or held.state
    held.save()
    _step(held, act, by, **told)
    _renew_rows(held, *lists)
    return held


def _renew_rows(alert: Alert, *before: int | None) -> None:
    """In the lists of the team that answers, of the one it is offered to, and of those `before`."""
    for team in sorted(one for one in {alert.team_id, alert.offered_to_id, *before} if one):
        renew_row(alert, team=team)


def works_in(team: int | None, by: Actor) -> bool:
    """Whether somebody is a member of the team today. 1 query."""
    works = Q(from_day__lte=by.today) & (Q(to_day__isnull=True) | Q(to_day__gt=by.today))
    return TeamMembership.objects.filter(works, team=team, account=by.account_id).exists()


def _check_note(note: str) -> None:
    if not note.strip():
        raise Refused("alert.note", _("Write in a few words what was done, or why."), field="note")


def tell_set_aside(measurement: Measurement, *, by: Actor, reason: str, is_restored: bool) -> None:
    """That a measurement does not count any more, or does again: a fact on the alerts about it.

    It ends none of them, and is told on closed ones too: a person decides what it means.
    """
    act = AlertAct.RESTORED if is_restored else AlertAct.INVALIDATED
    raised_by = Q(measurement=measurement) | Q(steps__measurement=measurement)
    about = Alert.objects.filter(raised_by, patient_id=measurement.patient_id).order_by("pk")
    for alert in about.distinct():
        _step(alert, act, by, measurement=measurement, note=reason)
