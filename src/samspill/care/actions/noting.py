"""Notes about a patient: written, mended by a new one, read by somebody, and remembered on a day."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.care.actions.opening import opening_list, write_listed
from samspill.care.actions.working import working
from samspill.care.models import CareNote, CareTeam, NoteReminder, NoteSeen
from samspill.care.queries.access_facts import asking
from samspill.directory.public import Actor, Due, RoleCode
from samspill.refusal import Refused

WHAT, PART = "care.notes", "notes"
LONGEST = 5000


def write_note(
    patient_id: int, text: str, *, by: Actor, remind_on: date | None = None, corrects: int | None = None
) -> CareNote:
    """A note, with the day on which the team is to be reminded of it.

    corrects  the number of a note that this one is written instead of; it stays readable

    Refused: as `working`; `note.empty`, `note.long`, `note.past` a day that has been, `note.not_here`,
    `note.corrected` one that is corrected already.
    """
    _check(text, remind_on, by)
    with working(patient_id, by=by, what=WHAT, part=PART) as work:
        former = _find(patient_id, corrects) if corrects else None
        episode = former.episode if former else work.episode
        note = _kept(
            CareNote(
                community_id=episode.community_id,
                tenant_id=episode.tenant_id,
                patient_id=patient_id,
                episode=episode,
                text=text.strip(),
                corrects=former,
                by_id=by.account_id,
                by_name=by.name,
            )
        )
        if remind_on is not None:
            NoteReminder.objects.create(
                community_id=note.community_id,
                tenant_id=note.tenant_id,
                patient_id=patient_id,
                note=note,
                team_id=episode.team_id,
                day=remind_on,
            )
    return note


def _kept(note: CareNote) -> CareNote:
    try:
        with transaction.atomic():
            note.save()
    except IntegrityError as problem:
        raise Refused(
            "note.corrected", gettext_lazy("This note is corrected already. Correct the newest one.")
        ) from problem
    return note


def see_note(patient_id: int, note_id: int, *, by: Actor) -> None:
    """Somebody says that they have read a note; once is enough, and who wrote it has."""
    with working(patient_id, by=by, what=WHAT, part=PART):
        note = _find(patient_id, note_id)
        if note.by_id != by.account_id:
            NoteSeen.objects.bulk_create(
                [
                    NoteSeen(
                        community_id=note.community_id,
                        tenant_id=note.tenant_id,
                        patient_id=patient_id,
                        note=note,
                        by_id=by.account_id,
                        by_name=by.name,
                    )
                ],
                ignore_conflicts=True,
            )


def reminder_done(patient_id: int, note_id: int, *, by: Actor, now: datetime) -> None:
    """What a note reminded of is done. Done twice, the first time stands."""
    with working(patient_id, by=by, what=WHAT, part=PART):
        reminder = NoteReminder.objects.select_for_update().filter(note=_find(patient_id, note_id)).first()
        if reminder is not None and reminder.done_at is None:
            reminder.done_at, reminder.done_by_id = now, by.account_id
            reminder.save()


def _find(patient_id: int, note_id: int) -> CareNote:
    note = CareNote.objects.filter(pk=note_id, patient_id=patient_id).select_related("episode").first()
    if note is None:
        raise Refused(
            "note.not_here", gettext_lazy("There is no such note here. Choose one on the page."),
            forbidden=True,
        )  # fmt: skip
    return note


def _check(text: str, remind_on: date | None, by: Actor) -> None:
    if not text.strip():
        raise Refused("note.empty", gettext_lazy("Write what the others should know."), field="text")
    if len(text) > LONGEST:
        said = _("A note can be %(most)s characters, and this is %(length)s. Make it shorter.")
        raise Refused("note.long", said % {"most": LONGEST, "length": len(text)}, field="text")
    if remind_on is not None and remind_on < by.today:
        raise Refused(
            "note.past", gettext_lazy("The day has been. Choose today or a later day."), field="remind_on"
        )


def reminder_dues(actor: Actor) -> Iterator[Due]:
    """A task for each reminder whose day has come, for everybody in the team. It names no patient."""
    if actor.account_id is None or not actor.has_role(RoleCode.HEALTH_WORKER):
        return
    teams = {one.team_id: one.team for who in asking(actor) for one in who.teams}
    for team in teams.values():
        for one in _waiting(team, by=actor):
            yield Due(
                key=f"care.reminder:{one.pk}",
                title=_("A note to come back to"),
                text=_("%(team)s asked to be reminded about a patient.") % {"team": team.name},
                url=f"{reverse('care:patient', args=[one.patient_id])}#notater",
                act_label=_("Read the note"),
                due=one.day,
            )


def _waiting(team: CareTeam, *, by: Actor) -> list[NoteReminder]:
    with opening_list(team, by=by) as decision:
        rows = NoteReminder.objects.filter(team=team, day__lte=timezone.localdate(), done_at__isnull=True)
        found = list(rows.order_by("day", "pk"))
        write_listed(decision, [one.patient_id for one in found], what=WHAT)
    return found
