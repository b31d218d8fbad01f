"""People with accounts in seats, substitutes, and a meeting with cases, for tests. Inside a scope."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from factories.bodies import BEGINNING, Bodies
from factories.cases import meeting_of, queued_case
from factories.people import TODAY, member
from samspill.directory.public import Account, Actor, Person, acting_as, machine, scope
from samspill.governance.actions.agenda import fill_agenda
from samspill.governance.actions.notice import send_notice
from samspill.governance.meeting_calendar import From
from samspill.governance.models import Meeting, Seat, Tenure
from samspill.governance.states import CaseKind, Role

T = TypeVar("T")
DAY = date(2026, 12, 9)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Oslo"))
SENT = From("https://samspill.example.no", "mote@samspill.example.no", NOW)


def seat_of(bodies: Bodies, order: int, body: str = "fsu") -> Seat:
    """0 and 1 are municipalities, 2 and 3 the hospital, 9 the users' observer."""
    return Seat.objects.get(body=getattr(bodies, body), order=order)


def holder_of(seat: Seat) -> Tenure:
    return Tenure.objects.exclude(role=Role.SUBSTITUTE).get(seat=seat)


def give_account(tenure: Tenure, email: str = "", role: str = "member") -> Actor:
    """The person of a tenure gets an account, a role and so a way to act."""
    account = member("ostfold", role, name=tenure.name, email=email or f"tenure{tenure.pk}@example.no")
    with scope(machine(tenure.community_id, TODAY)):
        old = account.person
        Account.objects.filter(pk=account.pk).update(person=tenure.person_id)
        if old is not None:
            Person.objects.filter(pk=old.pk).delete()
    account.refresh_from_db()
    return acting_as(account, today=TODAY)


def substitute(seat: Seat, name: str) -> Tenure:
    person = Person.objects.create(community_id=seat.community_id, name=name)
    return Tenure.objects.create(
        community_id=seat.community_id,
        seat=seat,
        person=person,
        name=name,
        role=Role.SUBSTITUTE,
        from_day=BEGINNING,
    )


def done(act: Callable[..., T], *args: object, by: Actor, **kwargs: object) -> T:
    """`act` done by a person, in their own scope: the log takes nobody else's name."""
    with scope(by):
        return act(*args, by=by, **kwargs)


def meeting_with_cases(bodies: Bodies, *, day: date = DAY) -> Meeting:
    """FSU has a case of each kind ready, and an empty meeting to take them."""
    for number, kind in enumerate(CaseKind, 1):
        queued_case(bodies, bodies.fsu, title=f"Sak om {kind.value}", number=number, kind=kind)
    return meeting_of(bodies.fsu, day)


def called(bodies: Bodies, *, day: date = DAY) -> Meeting:
    """The same, filled and sent."""
    meeting = meeting_with_cases(bodies, day=day)
    fill_agenda(meeting, by=bodies.by)
    send_notice(meeting, by=bodies.by, sent=SENT)
    meeting.refresh_from_db()
    return meeting
