"""Who is called to a meeting, and the mails that tell them: invitation, change, and that nobody need come.

Here: attendances and mails. Not here: the agenda that goes with them (`notice`), nor answers (`answering`).
"""

from collections.abc import Callable, Iterable
from functools import cache, partial

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from samspill.directory.public import Account, Actor
from samspill.governance.meeting_calendar import From, invitation
from samspill.governance.meeting_wording import hours
from samspill.governance.models import Attendance, Meeting, Tenure
from samspill.governance.queries.attendance import expected_at
from samspill.governance.queries.bodies import SeatOnDay
from samspill.governance.states import Answer
from samspill.worklist.public import Ask, Letter, Words, long_day, notify_each

COMES, CANNOT = "governance.comes", "governance.cannot_come"


def call_everybody(meeting: Meeting) -> list[Attendance]:
    """An attendance for everybody who holds a seat on the day; returns the new ones."""
    expected = expected_at(meeting)
    called = {one.tenure_id for seat in expected.seats for one in seat.called}
    new = [
        _attendance(meeting, one.on_day, one.on_day.holder)
        for one in expected.seats
        if one.on_day.holder is not None and one.on_day.holder.pk not in called and one.seat.may_meet
    ]
    return Attendance.objects.bulk_create(new)


def _attendance(meeting: Meeting, seat: SeatOnDay, tenure: Tenure) -> Attendance:
    return Attendance(community_id=meeting.community_id, meeting=meeting, seat=seat.seat, tenure=tenure)


def to_be_told(meeting: Meeting) -> list[Attendance]:
    """Those of the called who have not said that they cannot come, with their people. 1 query."""
    return list(
        Attendance.objects.filter(meeting=meeting)
        .exclude(answer=Answer.NO)
        .select_related("tenure", "tenure__person", "seat", "seat__party", "seat__region")
        .order_by("seat__order", "pk")
    )


def accounts_of(attendances: Iterable[Attendance]) -> dict[int, Account]:
    """Active accounts by person; who has none gets no mail. 1 query."""
    people = [one.tenure.person_id for one in attendances if one.tenure.person_id]
    found = Account.objects.filter(person__in=people, is_active=True)
    return {account.person_id: account for account in found if account.person_id}


def mail_key(meeting: Meeting, attendance: Attendance) -> str:
    """What an invitation is called in the outbox: one for each time the meeting is sent."""
    return f"meeting:{meeting.pk}:{attendance.pk}:{meeting.sequence}:{meeting.agenda_version}"


def invite(
    meeting: Meeting, attendances: Iterable[Attendance], *, by: Actor, sent: From, text: str = ""
) -> int:
    """An invitation with two buttons and a calendar entry to each, in their målform; returns how many.

    `text` stands below: what is on the agenda, or what has changed. It is written once, by people.
    """

    def words() -> Words:
        day = long_day(meeting.day, by.today)
        pattern = (
            _("New notice of %(body)s %(day)s")
            if meeting.sequence
            else _("You are called to %(body)s %(day)s")
        )
        where = _("At %(hours)s.") % {"hours": hours(meeting.starts, meeting.ends)}
        place = f"{meeting.place}." if meeting.place else ""
        title = pattern % {"body": meeting.body, "day": day}
        return Words(title, " ".join(part for part in (where, place, text) if part))

    return _mail(meeting, attendances, words, by=by, sent=sent, method="REQUEST")


def call_off(
    meeting: Meeting, attendances: Iterable[Attendance], words: Callable[[], Words], *, by: Actor, sent: From
) -> int:
    """Nobody need come: a mail with a calendar message that takes the entry away; returns how many."""
    return _mail(meeting, attendances, words, by=by, sent=sent, method="CANCEL")


def _mail(
    meeting: Meeting,
    attendances: Iterable[Attendance],
    words: Callable[[], Words],
    *,
    by: Actor,
    sent: From,
    method: str,
) -> int:
    called = list(attendances)
    accounts = accounts_of(called)
    path = reverse("governance:meeting", args=[meeting.pk])

    @cache
    def written(language: str | None) -> Words:
        return words()  # a text for each written form, not for each person

    is_asked = method == "REQUEST"
    letters = []
    for one in called:
        account = accounts.get(one.tenure.person_id or 0)
        if account is None:
            continue
        entry = invitation(meeting, one, email=account.email, sent=sent, path=path, method=method)
        letters.append(
            Letter(
                account,
                key=mail_key(meeting, one) if is_asked else f"{mail_key(meeting, one)}:off",
                words=lambda: written(translation.get_language()),
                path=path,
                asks=(Ask(COMES, one.pk), Ask(CANNOT, one.pk)) if is_asked else (),
                calendar=partial(_entry, entry),
            )
        )
    return notify_each(letters, by=by)


def _entry(entry: str, _account: Account) -> str:
    return entry
