"""Pauses of what is watched: set by somebody, or by an admission to hospital, and ended.

An admission pauses every service outside the hospital that follows the patient, and the discharge ends what
it began (invariant 26); a pause that somebody set is theirs to end.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.care.actions.missing import look_again
from samspill.care.actions.working import working
from samspill.care.models import CareEpisode, PassiveInterval
from samspill.care.states import SEEN_WHILE, PauseCause, TeamKind
from samspill.directory.public import Actor
from samspill.refusal import Refused

WHAT = "care.pauses"
LONGEST_WHY = 120


def pause(
    patient_id: int, *, by: Actor, why: str, starts: datetime, ends: datetime | None, now: datetime
) -> list[PassiveInterval]:
    """Nothing is missed from `starts` until `ends`, in the episodes by which the actor follows the patient.

    Refused: as `working`; `pause.why` no reason; `pause.order` an end that is not after the start and now;
    `pause.open` when it is paused then already.
    """
    if not why.strip():
        raise Refused("pause.why", gettext_lazy("Say why, in a few words."), field="why")
    if ends is not None and ends <= max(starts, now):
        raise Refused(
            "pause.order", gettext_lazy("The pause ends before it begins, or has ended. Mend the time."),
            field="ends",
        )  # fmt: skip
    with working(patient_id, by=by, what=WHAT) as work:
        after = Q(ends__isnull=True) | Q(ends__gt=starts)
        before = Q() if ends is None else Q(starts__lt=ends)
        if PassiveInterval.objects.filter(after, before, episode__in=work.episodes).exists():
            raise Refused(
                "pause.open", gettext_lazy("It is paused then already. End that pause first."), field="starts"
            )
        return [
            _kept(one, starts=starts, ends=ends, why=why.strip()[:LONGEST_WHY], cause=PauseCause.HAND, by=by)
            for one in work.episodes
        ]


def end_pause(patient_id: int, pause_id: int, *, by: Actor, now: datetime) -> PassiveInterval:
    """From now it is watched again; one that has not begun never does. Refuses `pause.not_here`."""
    with working(patient_id, by=by, what=WHAT):
        held = PassiveInterval.objects.select_for_update().filter(pk=pause_id, patient_id=patient_id).first()
        if held is None or (held.ends is not None and held.ends <= now):
            raise Refused("pause.not_here", gettext_lazy("This pause has ended. Look at the page again."))
        return _ended(held, now)


def pause_for_admission(patient_id: int, *, at: datetime, by: Actor) -> list[PassiveInterval]:
    """The patient was admitted at `at`: those who follow outside the hospital wait. The patient must be open.

    Told again it changes nothing.
    """
    with transaction.atomic():
        outside = _outside_hospital(patient_id)
        paused = PassiveInterval.objects.filter(
            episode__in=outside, cause=PauseCause.ADMISSION, ends__isnull=True
        ).values_list("episode_id", flat=True)
        waiting = set(paused)
        return [
            _kept(one, starts=at, ends=None, why=_("Admitted to hospital"), cause=PauseCause.ADMISSION, by=by)
            for one in outside
            if one.pk not in waiting
        ]


def resume_after_discharge(patient_id: int, *, at: datetime, by: Actor) -> list[PassiveInterval]:
    """The patient left the hospital at `at`: what the admission paused goes on. Told again, nothing is."""
    with transaction.atomic():
        held = PassiveInterval.objects.select_for_update().filter(
            patient_id=patient_id, cause=PauseCause.ADMISSION, ends__isnull=True
        )
        return [_ended(one, at) for one in held.order_by("pk")]


def _outside_hospital(patient_id: int) -> list[CareEpisode]:
    rows = CareEpisode.objects.select_for_update(of=("self",)).filter(
        patient_id=patient_id, state__in=SEEN_WHILE
    )
    return list(rows.exclude(team__kind=TeamKind.WARD).order_by("pk"))


def _ended(held: PassiveInterval, at: datetime) -> PassiveInterval:
    """A pause lasts at least a second, so that it can be seen that it was there."""
    held.ends = max(at, held.starts + timedelta(seconds=1))
    held.save(update_fields=["ends"])
    look_again(held.episode_id, since=held.ends)
    return held


def _kept(episode: CareEpisode, *, by: Actor, **said: object) -> PassiveInterval:
    return PassiveInterval.objects.create(
        community_id=episode.community_id,
        tenant_id=episode.tenant_id,
        patient_id=episode.patient_id,
        episode=episode,
        by_id=by.account_id,
        by_name=by.name,
        **said,
    )
