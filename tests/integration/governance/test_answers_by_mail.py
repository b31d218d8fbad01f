"""A calendar answers by mail: from our notice to the mail server's pipe, and back to the meeting."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from io import BytesIO

import pytest
from django.core import mail as django_mail
from hypothesis import HealthCheck, example, given
from hypothesis import settings as how
from hypothesis import strategies as st
from icalendar import Calendar, Event, vCalAddress, vText

from factories.bodies import Bodies
from factories.meetings import NOW, SENT, called, done, give_account, holder_of, seat_of, substitute
from samspill.cli.mail import DONE, NOT_TAKEN, TRY_LATER, hand_in
from samspill.directory.public import Actor, scope
from samspill.governance.actions.answering import answer_invitation, own_attendance
from samspill.governance.actions.meetings import Slot, move_meeting
from samspill.governance.meeting_calendar import read_reply
from samspill.governance.models import Attendance, Meeting
from samspill.governance.sending import sent_now
from samspill.governance.states import Answer
from samspill.refusal import Refused
from samspill.worklist.mail import send_bundle
from samspill.worklist.mail_reading import LONGEST_MAIL, receive_mail
from samspill.worklist.models import Notice

LATER = NOW + timedelta(hours=2)


@pytest.fixture
def per(bodies: Bodies) -> Actor:
    actor = give_account(holder_of(seat_of(bodies, 1)), "per@example.no")
    give_account(substitute(seat_of(bodies, 1), "Vara Først"), "vara@example.no")
    return actor


@pytest.fixture
def meeting(bodies: Bodies, per: Actor) -> Meeting:
    return called(bodies)


def own(meeting: Meeting, actor: Actor) -> Attendance:
    found = own_attendance(meeting, actor)
    assert found is not None
    return found


def invitation_in_the_mail(actor: Actor, meeting: Meeting) -> bytes:
    """The calendar part of the mail that left, as the recipient's program finds it."""
    assert actor.account_id is not None
    django_mail.outbox.clear()
    send_bundle(actor.account_id, [meeting.community_id], now=NOW, origin=SENT.origin)
    parts = message_from_bytes(django_mail.outbox[0].message().as_bytes()).walk()
    content = next(part for part in parts if part.get_content_type() == "text/calendar").get_payload(
        decode=True
    )
    assert isinstance(content, bytes)
    return content


def answer_of(invitation: bytes, partstat: str, *, at: datetime = LATER, email: str = "") -> bytes:
    """What a calendar program makes of an invitation (RFC 5546, 3.2.3)."""
    asked = Calendar.from_ical(invitation).walk("VEVENT")[0]
    reply = Calendar()
    reply.add("PRODID", "-//Some calendar//EN")
    reply.add("VERSION", "2.0")
    reply.add("METHOD", "REPLY")
    event = Event()
    for name in ("UID", "SEQUENCE", "DTSTART", "DTEND", "ORGANIZER", "SUMMARY"):
        event[name] = asked[name]
    event.add("DTSTAMP", at.astimezone(UTC))
    attendee = vCalAddress(f"mailto:{email}" if email else str(asked["ATTENDEE"]))
    attendee.params["PARTSTAT"] = vText(partstat)
    event.add("ATTENDEE", attendee)
    reply.add_component(event)
    return reply.to_ical()


def letter(ics: bytes, *, encoding: str = "base64", charset: str = "utf-8", **headers: str) -> bytes:
    """The mail a calendar program sends: words, HTML and the answer beside them."""
    whole = EmailMessage()
    whole["From"], whole["To"], whole["Subject"] = "Per <per@example.no>", SENT.email, "Avslått: møte"
    for name, value in headers.items():
        whole[name.replace("_", "-")] = value
    whole.set_content("Jeg kan ikke komme.")
    whole.add_alternative("<p>Jeg kan ikke komme.</p>", subtype="html")
    whole.add_alternative(ics, maintype="text", subtype="calendar", cte=encoding)
    part = list(whole.iter_parts())[-1]
    part.set_param("charset", charset)
    part.set_param("method", "REPLY")
    return whole.as_bytes()


def take(content: bytes, now: datetime = LATER) -> int:
    return hand_in(BytesIO(content), now=now)


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_no_in_the_calendar_calls_the_substitute(
    meeting: Meeting, per: Actor, encoding: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole way: notice, mail, REPLY, the pipe, attendance, and the next in line."""
    ics = answer_of(invitation_in_the_mail(per, meeting), "DECLINED")
    assert take(letter(ics, encoding=encoding)) == DONE
    mine = own(meeting, per)
    assert (mine.answer, mine.answered_by_id) == (Answer.NO, per.account_id)
    assert Attendance.objects.get(stands_in_for=mine).tenure.name == "Vara Først"
    assert Notice.objects.filter(account__email="vara@example.no").exclude(calendar="").count() == 1
    assert capsys.readouterr().out.startswith("Per Solbakken: ")


def test_yes_after_no_sends_the_substitute_home(meeting: Meeting, per: Actor) -> None:
    invitation = invitation_in_the_mail(per, meeting)
    take(letter(answer_of(invitation, "DECLINED")))
    later = LATER + timedelta(seconds=20)
    assert take(letter(answer_of(invitation, "ACCEPTED", at=later)), later) == DONE
    assert own(meeting, per).answer == Answer.YES
    assert not Attendance.objects.filter(meeting=meeting, stands_in_for__isnull=False).exists()


def test_the_same_mail_again_and_one_that_was_overtaken_change_nothing(meeting: Meeting, per: Actor) -> None:
    invitation = invitation_in_the_mail(per, meeting)
    now = datetime.now(UTC)
    no = letter(answer_of(invitation, "DECLINED", at=now - timedelta(minutes=2)))
    take(no, now)
    with scope(per):
        answer_invitation(own(meeting, per), Answer.YES, by=per, sent=SENT)
    assert take(no, now + timedelta(days=1)) == DONE
    assert own(meeting, per).answer == Answer.YES


def test_what_was_said_first_does_not_count_when_it_comes_last(meeting: Meeting, per: Actor) -> None:
    invitation = invitation_in_the_mail(per, meeting)
    first = letter(answer_of(invitation, "ACCEPTED", at=NOW + timedelta(minutes=1)))
    last = letter(answer_of(invitation, "DECLINED", at=NOW + timedelta(minutes=2)))
    assert [take(one) for one in (last, first)] == [DONE, DONE]
    assert own(meeting, per).answer == Answer.NO


def test_an_answer_to_another_day_is_not_an_answer_to_this_one(
    bodies: Bodies, meeting: Meeting, per: Actor, capsys: pytest.CaptureFixture[str]
) -> None:
    old = letter(answer_of(invitation_in_the_mail(per, meeting), "ACCEPTED"))
    slot = Slot(meeting.day + timedelta(days=7), meeting.starts, meeting.ends)
    done(move_meeting, meeting, slot, by=bodies.by, sent=SENT)
    assert take(old) == NOT_TAKEN
    assert own(meeting, per).answer == Answer.NONE
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_another_address_is_refused_in_one_sentence(
    meeting: Meeting, per: Actor, capsys: pytest.CaptureFixture[str]
) -> None:
    ics = answer_of(invitation_in_the_mail(per, meeting), "DECLINED", email="en.annen@example.no")
    assert take(letter(ics)) == NOT_TAKEN
    assert own(meeting, per).answer == Answer.NONE
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


@pytest.mark.parametrize("charset", ["us-ascii", "iso-8859-1", "tull", "utf-16"])
def test_a_charset_that_is_wrong_loses_no_answer(meeting: Meeting, per: Actor, charset: str) -> None:
    ics = answer_of(invitation_in_the_mail(per, meeting), "ACCEPTED")
    assert take(letter(ics, charset=charset)) == DONE
    assert own(meeting, per).answer == Answer.YES


def forwarded(ics: bytes) -> bytes:
    whole = MIMEMultipart()
    whole["Auto-Submitted"] = "auto-replied"
    whole.attach(MIMEText("Se under."))
    whole.attach(MIMEMessage(message_from_bytes(letter(ics))))
    return whole.as_bytes()


def test_what_asks_for_nothing_is_answered_with_nothing(
    meeting: Meeting, per: Actor, capsys: pytest.CaptureFixture[str]
) -> None:
    invitation = invitation_in_the_mail(per, meeting)
    no = answer_of(invitation, "DECLINED")
    away = b"From: per@example.no\r\nAuto-Submitted: auto-replied\r\n\r\nBorte til mandag.\r\n"
    bounce = b"Return-Path: <>\r\n\r\nMailbox full\r\n"
    for content in (away, bounce, forwarded(no), letter(invitation)):
        assert take(content) == DONE
    assert own(meeting, per).answer == Answer.NONE
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "")


def nested(depth: int) -> bytes:
    lines = [b"MIME-Version: 1.0\r\n"]
    for level in range(depth):
        lines.append(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (level, level))
    return b"".join(lines)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff" * 500,
        b"Subject: hei\r\n\r\nKan dere flytte motet?\r\n",
        letter(b"tull"),
        letter(b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"),
        b"Subject: stor\r\n\r\n" + b"x" * 10_000_000,
        nested(50),
        nested(5_000),
    ],
    ids=["empty", "bytes", "a letter", "no calendar", "no answer", "10 MB", "nested", "very nested"],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(
    db: None, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(content) == NOT_TAKEN
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_no_more_than_the_limit_is_read(db: None) -> None:
    stream = BytesIO(b"x" * (LONGEST_MAIL * 2))
    assert hand_in(stream, now=LATER) == NOT_TAKEN
    assert stream.tell() == LONGEST_MAIL + 1


WHOLE = (
    b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:1-2-3-tull@a.no\r\nSEQUENCE:0\r\n"
    b"DTSTAMP:20261123T090000Z\r\nDTSTART:20261209T080000Z\r\n"
    b"ATTENDEE;PARTSTAT=DECLINED:MAILTO:per@example.no\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@given(at=st.integers(0, len(WHOLE)), cut=st.integers(0, 40), put=st.binary(max_size=40))
@how(max_examples=300, suppress_health_check=list(HealthCheck))
@example(at=0, cut=0, put=b"")
def test_whatever_a_calendar_sends_it_is_read_or_refused(at: int, cut: int, put: bytes) -> None:
    broken = WHOLE[:at] + put + WHOLE[at + cut :]
    with pytest.raises(Refused):
        read_reply(broken)
    with pytest.raises(Refused):
        receive_mail(broken, now=LATER)


def test_calendars_answer_to_a_bare_address() -> None:
    assert "<" not in sent_now().email
    assert sent_now().email.count("@") == 1


@pytest.mark.slow
def test_a_database_that_is_away_lets_the_mail_server_try_again(environment_without_database: None) -> None:
    command = [sys.executable, "-m", "samspill.config.main", "mail", "receive"]
    ran = subprocess.run(command, input=b"Subject: hei\r\n\r\n", capture_output=True, check=False)
    assert ran.returncode == TRY_LATER
    assert len(ran.stderr.decode().strip().splitlines()) == 1


@pytest.fixture
def environment_without_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://samspill:x@127.0.0.1:1/samspill")
