"""User representatives talk together before a meeting: one proposes when, and the others are told."""

from dataclasses import dataclass
from datetime import date, time
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import Account, Actor, Ref, RoleCode, record
from samspill.governance.meeting_wording import name_and_day
from samspill.governance.models import Meeting, Tenure
from samspill.governance.queries.user_view import other_users, user_bodies
from samspill.refusal import Refused
from samspill.worklist.public import Words, add_task, long_day, notify, role

MEETING = "governance.meeting"
LONGEST = 300


@dataclass(frozen=True)
class Talk:
    """When, and where: a number to call, or the address of a video room."""

    day: date
    at: time
    where: str


@dataclass(frozen=True)
class Told:
    """Who got a mail, and whom the secretariat is asked to call because they have no account."""

    by_mail: list[str]
    by_phone: list[str]


def propose_talk(meeting: Meeting, talk: Talk, *, by: Actor) -> Told:
    """The other user representatives are told; the secretariat calls those who have no account.

    Refuses who does not sit in the body for patients, a day that has passed or is after the meeting, and a
    talk nobody can find.
    """
    check_may_propose(meeting, by)
    _check(meeting, talk, by.today)
    others = other_users(by, meeting.day)
    people = [one.person_id for one in others if one.person_id]
    accounts = list(Account.objects.filter(person__in=people, is_active=True).order_by("pk"))
    reached = {account.person_id for account in accounts}
    told = Told(
        [one.name for one in others if one.person_id in reached],
        [one.name for one in others if one.person_id not in reached],
    )
    with transaction.atomic():
        record(by=by, act="meeting.talk", on=meeting, day=talk.day.isoformat(), people=len(others))
        notify(
            to=accounts,
            key=f"talk:{meeting.pk}:{by.account_id}:{talk.day}:{talk.at:%H%M}",
            words=partial(_words, meeting, talk, by),
            by=by,
            path=reverse("governance:meeting", args=[meeting.pk]),
        )
        if told.by_phone:
            _ask_secretariat(meeting, talk, [one for one in others if one.name in told.by_phone], by)
    return told


def check_may_propose(meeting: Meeting, by: Actor) -> None:
    """Refuses who does not sit in the body for patients and their families. 1 query."""
    if meeting.body_id not in user_bodies(by):
        raise Refused(
            "talk.user",
            gettext_lazy("This is for those who sit in the body for patients and their families."),
            forbidden=True,
        )


def _check(meeting: Meeting, talk: Talk, today: date) -> None:
    if not today <= talk.day <= meeting.day:
        raise Refused(
            "talk.day", gettext_lazy("Choose a day from today until the day of the meeting."), field="day"
        )
    if not talk.where.strip():
        raise Refused("talk.where", gettext_lazy("Write a number to call, or where to meet."), field="where")


def _values(meeting: Meeting, talk: Talk, by: Actor) -> dict[str, str]:
    return {
        "name": by.name,
        "meeting": name_and_day(meeting, by.today),
        "day": long_day(talk.day, by.today),
        "time": f"{talk.at:%H.%M}",
        "where": talk.where.strip(),
    }


def _words(meeting: Meeting, talk: Talk, by: Actor) -> Words:
    values = _values(meeting, talk, by)
    return Words(
        _("%(name)s wants to talk with you before %(meeting)s") % values,
        _("%(day)s at %(time)s: %(where)s") % values,
    )


def _ask_secretariat(meeting: Meeting, talk: Talk, people: list[Tenure], by: Actor) -> None:
    values = _values(meeting, talk, by)
    names = ", ".join(f"{one.name} ({one.seat.body})" for one in people)
    when, whom = _("%(day)s at %(time)s: %(where)s") % values, _("They have no account:")
    add_task(
        by=by,
        title=_("Tell the user representatives of the talk before %(meeting)s") % values,
        text=f"{when}. {whom} {names}.",
        who=role(RoleCode.SECRETARIAT),
        due=talk.day,
        about=Ref(MEETING, meeting.pk),
    )
