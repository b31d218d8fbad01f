"""Innkalling: numbers are fixed, briefs frozen, what is public opened, and everybody called gets a mail.

Sent again after a change it makes the next version, with what has changed in words.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from samspill.directory.public import Actor, machine, record, scope
from samspill.governance.actions.agenda import lock_meeting
from samspill.governance.actions.briefs import freeze_briefs
from samspill.governance.actions.calling import call_everybody, invite, to_be_told
from samspill.governance.actions.indexing_open import Touched, refresh_open
from samspill.governance.actions.numbering import lock_numbers, next_meeting_number, number_items
from samspill.governance.actions.sitting_out import apply_conflicts
from samspill.governance.meeting_calendar import From
from samspill.governance.models import AgendaItem, AgendaVersion, Case, Meeting, Paper, WorkingTitle
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.agenda import live_items, waits_for_yes
from samspill.governance.rules.agenda import agenda_changes
from samspill.governance.rules.moving import check_move
from samspill.governance.states import MEETING_TRANSITIONS, Access, MeetingState
from samspill.governance.wording_agenda import changes_in_words
from samspill.refusal import Refused


def send_notice(meeting: Meeting, *, by: Actor, sent: From) -> AgendaVersion:
    """The notice goes to everybody who is called, and what is public of it is open at once.

    The first time: the meeting is called and its items get their numbers. Later: the next version, with
    SEQUENCE one higher. Late items without the chair's yes are left out. Refuses an empty agenda, a meeting
    whose day has passed, and one that has begun.
    """
    check_may_act(by, "meetings.manage", meeting)
    with transaction.atomic():
        meeting = lock_meeting(meeting)
        items = [item for item in live_items(meeting) if not waits_for_yes(item)]
        _check_ready(meeting, items, by)
        lock_numbers(meeting.body_id)
        _call(meeting)
        number_items(meeting, items)
        _open_what_is_public(meeting, items, by)
        text = _make_versions(meeting, items, by)
        call_everybody(meeting)
        apply_conflicts(meeting)
        recipients = to_be_told(meeting)
        invite(meeting, recipients, by=by, sent=sent, text=text)
        record(by=by, act="meeting.call", on=meeting, version=meeting.agenda_version)
        refresh_open(meeting.community_id, now=timezone.now(), of=Touched.by_meeting(meeting))
        return AgendaVersion.objects.get(meeting=meeting, version=meeting.agenda_version, is_public=False)


def _check_ready(meeting: Meeting, items: Sequence[AgendaItem], by: Actor) -> None:
    if not items:
        raise Refused("notice.empty", gettext_lazy("The agenda is empty. Put something on it first."))
    if meeting.day < by.today:
        raise Refused("notice.past", gettext_lazy("The day of the meeting has passed. Move it first."))
    if meeting.state == MeetingState.UNDER_WAY:
        raise Refused(
            "notice.under_way", gettext_lazy("The meeting has begun. Write on in the meeting room.")
        )


def _call(meeting: Meeting) -> None:
    """The state, and how many times the agenda and the invitation were sent."""
    if meeting.state == MeetingState.PLANNED:
        meeting.state = MeetingState.DRAFT
    if meeting.state != MeetingState.CALLED:
        check_move(MEETING_TRANSITIONS, meeting.state, MeetingState.CALLED, code="meeting.state")
        meeting.state = MeetingState.CALLED
        meeting.number = meeting.number or next_meeting_number(meeting)
        called = WorkingTitle.objects.filter(meeting=meeting).first()
        meeting.title = called.title if called else meeting.title
    elif meeting.agenda_version:
        meeting.sequence += 1
    meeting.agenda_version += 1
    meeting.save(update_fields=["state", "title", "number", "sequence", "agenda_version"])


def _open_what_is_public(meeting: Meeting, items: Sequence[AgendaItem], by: Actor) -> None:
    """Briefs as they are now, cases and papers that are not screened, and titles everybody may read."""
    cases = {item.treatment.case_id: item.treatment.case for item in items if item.treatment is not None}
    freeze_briefs(cases.values(), by=by)
    public = [pk for pk, case in cases.items() if case.access == Access.PUBLIC]
    Case.objects.filter(pk__in=public, is_open=False).update(is_open=True)
    papers = Paper.objects.filter(access=Access.PUBLIC, is_removed=False, is_open=False)
    with scope(machine(by.community_id, by.today)):  # also papers the sender may not read
        papers.filter(case__in=public).update(is_open=True)
    papers.filter(meeting=meeting, case__isnull=True).update(is_open=True)
    retitled = []
    for item in items:
        if item.treatment is not None and item.public_title != (title := open_title(item.treatment.case)):
            item.public_title = title
            retitled.append(item)
    AgendaItem.objects.bulk_update(retitled, ["public_title"])


def open_title(case: Case) -> str:
    """What everybody is told that a case is: its own title, or the public one of a screened case."""
    return case.public_title if case.is_screened else case.title


def _make_versions(meeting: Meeting, items: Sequence[AgendaItem], by: Actor) -> str:
    """The agenda as it is sent, whole and public; returns what has changed in words."""
    before = AgendaVersion.objects.filter(meeting=meeting, is_public=False).order_by("-version").first()
    whole = [_line(item, public=False) for item in items]
    with translation.override(meeting.language):
        words = ""
        if before is not None:
            found = agenda_changes(before.content, whole)
            words = changes_in_words(found, {one["number"]: one for one in [*before.content, *whole]})
    for is_public in (False, True):
        AgendaVersion.objects.create(
            community_id=meeting.community_id,
            meeting=meeting,
            version=meeting.agenda_version,
            is_public=is_public,
            content=[_line(item, public=True) for item in items] if is_public else whole,
            words=words if not is_public else "",
            recipients=0,
            by_id=by.account_id,
        )
    return words


def _line(item: AgendaItem, *, public: bool) -> dict[str, Any]:
    title = item.public_title
    if not public and item.treatment is not None:
        title = item.treatment.case.title
    return {
        "number": item.reference,
        "kind": item.kind,
        "title": title,
        "minutes": item.minutes_wanted,
        "late": item.is_late,
    }
