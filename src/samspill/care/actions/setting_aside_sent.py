"""What another system sent and cannot be kept: a task of the team, once however often it comes."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from samspill.care.actions.alerting import raise_alert
from samspill.care.models import CareEpisode, Entry, PatientIndicator, SetAside
from samspill.care.states import AlertKind, Entered
from samspill.directory.public import Actor
from samspill.rulebook.triage import Colour


@dataclass(frozen=True)
class SentWrong:
    """A value as it was sent, in plain JSON, and why it cannot be kept: pairs of a code and a sentence.

    `key` is the same for the same value from the same system, 64 signs at most.
    """

    code: str
    name: str
    sent_value: Any
    sent_unit: str
    sent_time: str
    reasons: tuple[tuple[str, str], ...]
    key: str


def set_aside_sent(episode: CareEpisode, one: SentWrong, *, by: Actor) -> SetAside:
    """Keep it for a person of the episode's team to mend or dismiss. The patient must be open."""
    with transaction.atomic():
        before = SetAside.objects.filter(
            entry__key=one.key,
            entry__by=by.account_id,
            tenant_id=episode.tenant_id,
            patient_id=episode.patient_id,
        ).first()
        return before or _new(episode, one, by)


def _new(episode: CareEpisode, one: SentWrong, by: Actor) -> SetAside:
    about: dict[str, Any] = {
        "community_id": episode.community_id,
        "tenant_id": episode.tenant_id,
        "patient_id": episode.patient_id,
    }
    entry = Entry.objects.create(
        **about, key=one.key, entered=Entered.SYSTEM, sent={one.code[:40]: one.sent_value},
        effective=one.sent_time[:40], by_id=by.account_id, by_name=by.name,
    )  # fmt: skip
    indicator = PatientIndicator.objects.filter(episode=episode, code=one.code, ends__isnull=True).first()
    alert = raise_alert(
        episode, None, indicator=indicator, kind=AlertKind.SET_ASIDE, severity=Colour.NONE, by=by
    )
    return SetAside.objects.create(
        **about, entry=entry, episode=episode, alert=alert, code=one.code[:40],
        name=(indicator.name if indicator else one.name or one.code)[:120], sent_value=one.sent_value,
        sent_unit=one.sent_unit[:40], sent_time=one.sent_time[:40],
        reasons=[list(why) for why in one.reasons],
    )  # fmt: skip
