"""Forfall: one click calls the substitute for the same seat, and everything can be taken back."""

from datetime import date

import pytest
from django.core import mail as django_mail
from icalendar import Calendar

from factories.bodies import Bodies
from factories.meetings import (
    NOW,
    SENT,
    called,
    done,
    give_account,
    holder_of,
    meeting_with_cases,
    seat_of,
    substitute,
)
from factories.people import TODAY
from samspill.directory.public import Account, Actor, Bloc, scope
from samspill.governance.actions.answering import (
    answer_invitation,
    cannot_come,
    own_attendance,
    receive_reply,
)
from samspill.governance.actions.meetings import cancel_meeting
from samspill.governance.models import Attendance, Meeting
from samspill.governance.queries.agenda import live_items
from samspill.governance.queries.attendance import expected_at
from samspill.governance.queries.preparation import findings
from samspill.governance.queries.room import voters_of
from samspill.governance.states import Answer
from samspill.refusal import Refused
from samspill.worklist.models import Notice
from samspill.worklist.registries import LINK_ACTS
from samspill.worklist.states import NoticeState


@pytest.fixture
def per(bodies: Bodies) -> Actor:
    """Holds the second municipal seat of FSU; has two substitutes, of whom the first has an account."""
    actor = give_account(holder_of(seat_of(bodies, 1)))
    give_account(substitute(seat_of(bodies, 1), "Vara Først"), "vara@example.no")
    substitute(seat_of(bodies, 1), "Vara Sist")
    return actor


def codes(meeting: Meeting) -> set[str]:
    return {one.code for one in findings(meeting, list(live_items(meeting)), expected_at(meeting), {})}


def own(meeting: Meeting, actor: Actor) -> Attendance:
    found = own_attendance(meeting, actor)
    assert found is not None
    return found


def seat_comes(meeting: Meeting, seat: int) -> str:
    return next(one.comes for one in expected_at(meeting).seats if one.seat.pk == seat)


def test_one_click_calls_the_substitute_and_parity_holds(bodies: Bodies, per: Actor) -> None:
    meeting = called(bodies)
    seat = seat_of(bodies, 1)
    done(cannot_come, own(meeting, per), by=per, sent=SENT)
    assert seat_comes(meeting, seat.pk) == "Vara Først"
    assert expected_at(meeting).votes(Bloc.MUNICIPAL) == expected_at(meeting).votes(Bloc.HOSPITAL) == 2
    assert Notice.objects.filter(account__email="vara@example.no").exclude(calendar="").count() == 1


def test_it_can_be_taken_back_before_the_mail_has_left(bodies: Bodies, per: Actor) -> None:
    meeting = called(bodies)
    done(cannot_come, own(meeting, per), by=per, sent=SENT)
    done(answer_invitation, own(meeting, per), Answer.NONE, by=per, sent=SENT)
    assert seat_comes(meeting, seat_of(bodies, 1).pk) == "Per Solbakken"
    assert not Attendance.objects.filter(stands_in_for__isnull=False).exists()
    told = Notice.objects.filter(account__email="vara@example.no")
    assert not told.exists()


def test_a_substitute_who_has_their_mail_is_told_that_they_need_not_come(bodies: Bodies, per: Actor) -> None:
    meeting = called(bodies)
    done(cannot_come, own(meeting, per), by=per, sent=SENT)
    told = Notice.objects.filter(account__email="vara@example.no")
    told.update(state=NoticeState.SENT, sent_at=NOW)
    done(answer_invitation, own(meeting, per), Answer.YES, by=per, sent=SENT)
    assert Calendar.from_ical(told.latest("pk").calendar)["METHOD"] == "CANCEL"


def test_substitutes_are_called_in_order_until_the_seat_is_empty(bodies: Bodies, per: Actor) -> None:
    """Invariant 1: a broken parity is a warning on the meeting, and stops nothing."""
    meeting = called(bodies)
    seat = seat_of(bodies, 1)
    assert "parity" not in codes(meeting)
    for name in ("Vara Først", "Vara Sist", ""):
        coming = Attendance.objects.filter(meeting=meeting, seat=seat).exclude(answer=Answer.NO).get()
        done(cannot_come, coming, by=bodies.by, sent=SENT)
        assert seat_comes(meeting, seat.pk) == name
    assert {"parity", "empty"} <= codes(meeting)
    assert expected_at(meeting).votes(Bloc.MUNICIPAL) == 1


def test_an_observer_is_never_counted(bodies: Bodies) -> None:
    meeting = called(bodies)
    observer = seat_of(bodies, 9)
    assert Attendance.objects.filter(meeting=meeting, seat=observer).exists()
    item = live_items(meeting)[0]
    assert observer.pk not in {one.seat_id for one in voters_of(item)}
    assert len(voters_of(item)) == 4


def test_one_can_say_so_before_the_notice_and_the_substitute_gets_it(bodies: Bodies, per: Actor) -> None:
    from samspill.governance.actions.agenda import fill_agenda
    from samspill.governance.actions.answering import place_in
    from samspill.governance.actions.notice import send_notice

    meeting = meeting_with_cases(bodies)
    done(cannot_come, place_in(meeting, per), by=per, sent=SENT)
    assert not Notice.objects.filter(account__email="vara@example.no").exists()
    fill_agenda(meeting, by=bodies.by)
    send_notice(meeting, by=bodies.by, sent=SENT)
    assert Notice.objects.filter(account__email="vara@example.no").count() == 1
    assert not Notice.objects.filter(account=per.account_id).exists()


def test_nobody_answers_for_another(bodies: Bodies, per: Actor) -> None:
    meeting = called(bodies)
    other = Attendance.objects.get(meeting=meeting, seat=seat_of(bodies, 2))
    with pytest.raises(Refused) as refused:
        done(cannot_come, other, by=per, sent=SENT)
    assert refused.value.code == "invitation.not_yours"


def test_a_link_in_the_mail_answers(bodies: Bodies, per: Actor) -> None:
    meeting = called(bodies)
    mine = own(meeting, per)
    with scope(per):
        assert LINK_ACTS["governance.comes"].describe(mine.pk, {}, per).title.startswith("FSU-P")
        LINK_ACTS["governance.comes"].perform(mine.pk, {}, per)
        LINK_ACTS["governance.cannot_come"].perform(mine.pk, {}, per)
    mine.refresh_from_db()
    assert mine.answer == Answer.NO
    cancel_meeting(meeting, because="Uvær.", by=bodies.by, sent=SENT)
    with scope(per), pytest.raises(Refused):
        LINK_ACTS["governance.comes"].describe(mine.pk, {}, per)


def reply_to(account_id: int | None, partstat: str, *, method: str = "REPLY", email: str = "") -> bytes:
    """What a calendar program sends back on the newest invitation of an account."""
    event = Notice.objects.filter(account=account_id).latest("pk").calendar.replace("\r\n ", "")
    back = event.replace("METHOD:REQUEST", f"METHOD:{method}")
    back = back.replace("PARTSTAT=NEEDS-ACTION", f"PARTSTAT={partstat}")
    known = Account.objects.get(pk=account_id).email
    return (back.replace(known, email) if email else back).encode()


@pytest.mark.parametrize(
    ("partstat", "answer"),
    [("ACCEPTED", Answer.YES), ("TENTATIVE", Answer.PERHAPS), ("DECLINED", Answer.NO)],
)
def test_an_answer_of_a_calendar_is_an_answer(
    bodies: Bodies, per: Actor, partstat: str, answer: Answer
) -> None:
    meeting = called(bodies)
    receive_reply(reply_to(per.account_id, partstat), sent=SENT)
    mine = own(meeting, per)
    assert mine.answer == answer
    assert mine.answered_by_id == per.account_id
    comes = "Vara Først" if answer == Answer.NO else "Per Solbakken"
    assert seat_comes(meeting, seat_of(bodies, 1).pk) == comes


def test_an_answer_that_is_not_to_our_invitation_is_refused(bodies: Bodies, per: Actor) -> None:
    meeting = called(bodies)
    good = reply_to(per.account_id, "DECLINED")
    forged = good.replace(b"UID:1-", b"UID:1-1")
    for bad in (
        b"", b"tull", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", forged, good[:200], b"x" * 200_000,
        reply_to(per.account_id, "DECLINED", method="REQUEST"),
        reply_to(per.account_id, "DECLINED", email="en.annen@example.no"),
        reply_to(per.account_id, "TULL"),
    ):  # fmt: skip
        with pytest.raises(Refused):
            receive_reply(bad, sent=SENT)
    assert own(meeting, per).answer == Answer.NONE
    assert django_mail.outbox == []
    assert date(2026, 11, 22) == TODAY
