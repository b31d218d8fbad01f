"""The patient's side and a team write to each other on a page: sent once, answered once, and read."""

from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.care.actions.alerting import acknowledge, act_on
from samspill.care.actions.deciding import Wish
from samspill.care.actions.messaging import tell_patient, tell_team
from samspill.care.actions.opening import Opened, opening
from samspill.care.models import Alert, CareEpisode, Message, MessagesRead
from samspill.care.queries.access_facts import asking
from samspill.care.queries.own import open_episodes
from samspill.care.states import Act, AlertKind, AlertState, MessageWay, Right
from samspill.directory.public import Actor
from samspill.refusal import Refused

WHAT, PART = "care.messages", "messages"
READ = Wish(part=PART)
_ANSWER, _SUBMIT = Wish(right=Right.ANSWER, part=PART), Wish(right="submit", part=PART)
SAME_WITHIN = timedelta(minutes=1)
"""The same words by the same hand within this time are one message, sent twice."""


def writes_as_team(opened: Opened) -> bool:
    """Whether somebody who has the patient open is at work, and so writes for a team."""
    return any(one.team_id for one in opened.decisions)


def writable(opened: Opened, *, by: Actor) -> list[CareEpisode]:
    """With whom one can write: the patient's side with each team that follows, a team with the patient."""
    episodes = open_episodes(opened.known, opened.tenants)
    if not writes_as_team(opened):
        return episodes
    teams = {one.team_id for who in asking(by) for one in who.teams}
    return [one for one in episodes if one.team_id in teams]


def write(patient_id: int, text: str, *, by: Actor, at_work: bool, episode: int | None = None) -> Message:
    """Send some words. To the team it is an alert; from the team it answers the alerts that wait.

    episode  whose team it is to, or from; the nearest when it is not said

    Refused: as `opening` and `tell_patient`; `message.nobody` where no team can be written with.
    """
    wish = _ANSWER if at_work else _SUBMIT
    with transaction.atomic(), opening(patient_id, by=by, what=WHAT, act=Act.WRITE, wish=wish) as opened:
        with_whom = [one for one in writable(opened, by=by) if episode in (None, one.pk)]
        if not with_whom:
            raise Refused("message.nobody", _NOBODY, forbidden=True)
        chosen = with_whom[0]
        way = MessageWay.TO_PATIENT if at_work else MessageWay.FROM_PATIENT
        if same := _same(chosen, text, way, by):
            return same
        return _answer(chosen, text, by=by) if at_work else tell_team(chosen, text, by=by)


_NOBODY = gettext_lazy("No service that follows the patient can be written with here. Call.")


def _same(episode: CareEpisode, text: str, way: str, by: Actor) -> Message | None:
    rows = Message.objects.filter(episode=episode, way=way, by=by.account_id, at__gt=Now() - SAME_WITHIN)
    last = rows.order_by("-pk").first()
    return last if last is not None and last.text == text.strip() else None


def _answer(episode: CareEpisode, text: str, *, by: Actor) -> Message:
    waiting = Alert.objects.filter(
        patient_id=episode.patient_id, tenant_id=episode.tenant_id, team_id=episode.team_id,
        kind=AlertKind.MESSAGE,
    ).exclude(state__in=[AlertState.ACTED, AlertState.CLOSED])  # fmt: skip
    alerts = list(waiting.order_by("pk"))
    said = tell_patient(episode, text, by=by, alert=alerts[-1] if alerts else None)
    for one in alerts:
        act_on(acknowledge(one, by=by, tells_patient=True), by=by, note=_("Answered"))
    return said


def have_read(patient_id: int, *, by: Actor) -> None:
    """The patient's side has the messages of the teams before it. The patient is open."""
    last = Message.objects.filter(patient=patient_id, way=MessageWay.TO_PATIENT).order_by("-pk").first()
    if last is not None and by.account_id is not None:
        MessagesRead.objects.bulk_create(
            [
                MessagesRead(
                    community_id=last.community_id, patient_id=patient_id, up_to=last, by_id=by.account_id
                )
            ],
            ignore_conflicts=True,
        )
