"""Words between the patient and a team: kept as they were sent, in the transaction of what they are about.

The patient must be open (`opening`). A message to the team is an alert, so that somebody answers for it.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.care.actions.alerting import raise_alert
from samspill.care.models import Alert, CareEpisode, Message
from samspill.care.states import AlertKind, MessageWay
from samspill.directory.public import Actor
from samspill.refusal import Refused
from samspill.rulebook.triage import Colour

LONGEST = 2000


def tell_patient(episode: CareEpisode, text: str, *, by: Actor, alert: Alert | None = None) -> Message:
    """A team writes to the patient. Refuses (`message.empty`, `message.long`) nothing, and too much."""
    return _kept(episode, text, MessageWay.TO_PATIENT, by, alert)


def tell_team(episode: CareEpisode, text: str, *, by: Actor) -> Message:
    """The patient, or somebody near, writes to the team that follows them. Refused as `tell_patient`."""
    _check(text)
    with transaction.atomic():
        alert = raise_alert(episode, None, kind=AlertKind.MESSAGE, severity=Colour.NONE, by=by)
        return _kept(episode, text, MessageWay.FROM_PATIENT, by, alert)


def _kept(episode: CareEpisode, text: str, way: str, by: Actor, alert: Alert | None) -> Message:
    _check(text)
    return Message.objects.create(
        community_id=episode.community_id,
        tenant_id=episode.tenant_id,
        patient_id=episode.patient_id,
        episode=episode,
        way=way,
        text=text.strip(),
        alert=alert,
        by_id=by.account_id,
        by_name=by.name,
    )


def _check(text: str) -> None:
    if not text.strip():
        raise Refused("message.empty", _("Write what you want to say."), field="text")
    if len(text) > LONGEST:
        said = _("A message can be %(most)s characters, and this is %(length)s. Make it shorter.")
        raise Refused("message.long", said % {"most": LONGEST, "length": len(text)}, field="text")
