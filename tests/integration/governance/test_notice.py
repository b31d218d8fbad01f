"""The notice: numbers fixed, briefs frozen, what is public open at once, and a mail to everybody."""

from datetime import date

import pytest
from django.core import mail as django_mail
from django.test import Client
from icalendar import Calendar

from factories.bodies import Bodies, hold
from factories.cases import meeting_of
from factories.meetings import DAY, NOW, SENT, called, give_account, holder_of, meeting_with_cases, seat_of
from samspill.directory.public import Account, nobody, scope
from samspill.governance.actions.agenda import Changes, change_item, fill_agenda, order_items, take_away
from samspill.governance.actions.meetings import Slot, cancel_meeting, move_meeting
from samspill.governance.actions.notice import send_notice
from samspill.governance.models import (
    AgendaItem,
    AgendaVersion,
    Attendance,
    Case,
    CaseBrief,
    CaseText,
    Meeting,
    Seat,
)
from samspill.governance.queries.agenda import live_items
from samspill.governance.states import Access, Answer, ItemKind, MeetingState, Represents, TreatmentState
from samspill.refusal import Refused
from samspill.worklist import mail
from samspill.worklist.models import Notice


def numbers(meeting: Meeting) -> list[str]:
    return [one.reference for one in live_items(meeting)]


def send_mail() -> None:
    for account, communities in mail.people_with_mail(NOW).items():
        mail.send_bundle(account, communities, now=NOW, origin=SENT.origin)


def test_numbers_run_without_gaps_per_body_and_year_and_never_change(bodies: Bodies) -> None:
    """Invariant 18."""
    first = called(bodies)
    assert numbers(first) == ["1/26", "2/26", "3/26", "4/26", "5/26"]
    ids = [one.pk for one in live_items(first)]
    order_items(first, ids[::-1], by=bodies.by)
    send_notice(first, by=bodies.by, sent=SENT)
    assert numbers(first) == ["5/26", "4/26", "3/26", "2/26", "1/26"]
    second = meeting_of(bodies.fsu, date(2026, 12, 16))
    fill_agenda(second, by=bodies.by)
    send_notice(second, by=bodies.by, sent=SENT)
    assert numbers(second)[0] == "6/26"
    other = meeting_of(bodies.ssu, DAY)
    fill_agenda(other, by=bodies.by)
    send_notice(other, by=bodies.by, sent=SENT)
    assert numbers(other)[0] == "1/26"
    next_year = meeting_of(bodies.fsu, date(2027, 1, 20))
    fill_agenda(next_year, by=bodies.by)
    send_notice(next_year, by=bodies.by, sent=SENT)
    assert numbers(next_year)[0] == "1/27"


def test_the_agenda_is_open_to_everybody_as_soon_as_it_is_sent(bodies: Bodies) -> None:
    """Invariant 20."""
    meeting = meeting_with_cases(bodies)
    fill_agenda(meeting, by=bodies.by)
    Case.objects.filter(title="Sak om discussion").update(
        access=Access.BODY, law_reference="offentleglova § 13", public_title="Sak om en ansatt"
    )
    visitor = nobody(bodies.by.today)
    with scope(visitor):
        assert not AgendaItem.objects.visible_to(visitor).exists()
    send_notice(meeting, by=bodies.by, sent=SENT)
    with scope(visitor):
        titles = list(AgendaItem.objects.visible_to(visitor).values_list("public_title", flat=True))
        assert "Sak om decision" in titles
        assert "Sak om en ansatt" in titles
        assert "Sak om discussion" not in titles
        assert set(Case.objects.values_list("title", flat=True)) == {"Sak om decision", "Sak om information"}
        assert CaseBrief.objects.count() == 2
        version = AgendaVersion.objects.get()
    assert version.is_public
    assert "Sak om discussion" not in str(version.content)
    page = Client().get(f"/moter/{meeting.pk}/").content.decode()
    assert "Sak om decision" in page
    assert "Sak om discussion" not in page


def test_briefs_are_frozen_as_the_body_got_them(bodies: Bodies) -> None:
    meeting = called(bodies)
    case = Case.objects.get(title="Sak om decision")
    assert CaseBrief.objects.get(case=case).version == 1
    send_notice(meeting, by=bodies.by, sent=SENT)
    assert CaseBrief.objects.filter(case=case).count() == 1
    CaseText.objects.create(
        community_id=case.community_id, case=case, part="summary", text="Noe nytt.", by_name="R"
    )
    send_notice(meeting, by=bodies.by, sent=SENT)
    assert [one.version for one in CaseBrief.objects.filter(case=case)] == [2, 1]


def test_a_version_says_what_has_changed_since_the_one_before(bodies: Bodies) -> None:
    meeting = called(bodies)
    items = list(live_items(meeting))
    change_item(items[0], Changes(minutes_wanted=40), by=bodies.by)
    take_away(meeting, [items[2].pk], by=bodies.by)
    send_notice(meeting, by=bodies.by, sent=SENT)
    newest = AgendaVersion.objects.filter(meeting=meeting, is_public=False).latest("version")
    assert newest.version == 2
    assert "3/26" in newest.words
    assert "1/26" in newest.words
    meeting.refresh_from_db()
    assert (meeting.sequence, meeting.agenda_version) == (1, 2)


def test_an_empty_agenda_is_not_sent(bodies: Bodies) -> None:
    with pytest.raises(Refused) as refused:
        send_notice(meeting_of(bodies.fsu, DAY), by=bodies.by, sent=SENT)
    assert refused.value.code == "notice.empty"


def test_a_mail_brings_a_calendar_entry_with_a_number_that_stays(bodies: Bodies) -> None:
    give_account(holder_of(seat_of(bodies, 1)), "solbakken@example.no")
    meeting = called(bodies)
    send_notice(meeting, by=bodies.by, sent=SENT)
    send_mail()
    (letter,) = django_mail.outbox
    entries = [part for part in letter.attachments if part.get_content_type() == "text/calendar"]
    assert {part.get_param("method") for part in entries} == {"REQUEST"}
    events = [Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")[0] for part in entries]
    assert len({str(event["UID"]) for event in events}) == 1
    assert sorted(int(event["SEQUENCE"]) for event in events) == [0, 1]
    assert str(events[0]["ATTENDEE"]).casefold() == "mailto:solbakken@example.no"
    assert "Jeg kommer" in letter.body
    assert "Jeg kan ikke" in letter.body


def test_a_mail_is_in_the_written_form_of_the_one_who_gets_it(bodies: Bodies) -> None:
    actor = give_account(holder_of(seat_of(bodies, 1)))
    Account.objects.filter(pk=actor.account_id).update(written_form="nn")
    called(bodies)
    assert "Du er kalla inn" in Notice.objects.get(account=actor.account_id).title


def test_sixty_people_are_called_in_one_act(bodies: Bodies) -> None:
    trust = seat_of(bodies, 2).party
    for order in range(55):
        seat = Seat.objects.create(
            community=bodies.community, body=bodies.fsu, order=20 + order, represents=Represents.PARTY,
            bloc=trust.bloc, party=trust, from_day=date(2025, 1, 1),
        )  # fmt: skip
        hold(seat, f"Person {order}")
    for seat in Seat.objects.filter(body=bodies.fsu):
        give_account(holder_of(seat))
    meeting = meeting_with_cases(bodies)
    fill_agenda(meeting, by=bodies.by)
    send_notice(meeting, by=bodies.by, sent=SENT)
    assert Notice.objects.count() == Attendance.objects.filter(meeting=meeting).count() == 60


def test_cancelling_puts_cases_back_and_takes_the_meeting_out_of_calendars(bodies: Bodies) -> None:
    give_account(holder_of(seat_of(bodies, 1)))
    meeting = called(bodies)
    with pytest.raises(Refused):
        cancel_meeting(meeting, because=" ", by=bodies.by, sent=SENT)
    cancel_meeting(meeting, because="Uvær.", by=bodies.by, sent=SENT)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.sequence) == (MeetingState.CANCELLED, 1)
    assert not live_items(meeting).exists()
    assert Case.objects.filter(treatments__state=TreatmentState.QUEUED).count() == 3
    event = Calendar.from_ical(Notice.objects.latest("pk").calendar)
    assert event["METHOD"] == "CANCEL"
    assert int(event.walk("VEVENT")[0]["SEQUENCE"]) == 1
    again = meeting_of(bodies.fsu, date(2026, 12, 16))
    fill_agenda(again, by=bodies.by)
    assert live_items(again).filter(kind=ItemKind.DECISION).exists()


def test_moving_a_called_meeting_tells_the_calendars(bodies: Bodies) -> None:
    give_account(holder_of(seat_of(bodies, 1)))
    meeting = called(bodies)
    slot = Slot(date(2026, 12, 10), meeting.starts, meeting.ends, "Kalnes")
    move_meeting(meeting, slot, by=bodies.by, sent=SENT)
    event = Calendar.from_ical(Notice.objects.latest("pk").calendar).walk("VEVENT")[0]
    assert int(event["SEQUENCE"]) == 1
    assert event["DTSTART"].dt.date() == date(2026, 12, 10)
    with pytest.raises(Refused) as refused:
        move_meeting(meeting, Slot(date(2027, 1, 6), meeting.starts, meeting.ends), by=bodies.by, sent=SENT)
    assert refused.value.code == "meeting.other_year"


def test_who_has_said_no_gets_no_new_notice(bodies: Bodies) -> None:
    give_account(holder_of(seat_of(bodies, 1)))
    meeting = called(bodies)
    Attendance.objects.filter(meeting=meeting).update(answer=Answer.NO)
    before = Notice.objects.count()
    send_notice(meeting, by=bodies.by, sent=SENT)
    assert Notice.objects.count() == before
