"""The pages of meetings: who sees what, every act by its form, and how often the database is asked."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from factories.bodies import Bodies
from factories.meetings import called, give_account, holder_of, meeting_with_cases, seat_of, substitute
from factories.people import TODAY, member
from samspill.directory.public import Account, AuditEvent, machine, scope
from samspill.governance.models import (
    AgendaItem,
    Attendance,
    ConflictAssessment,
    Meeting,
    PrivateNote,
    RaisedPoint,
)
from samspill.governance.queries.agenda import live_items
from samspill.governance.states import Answer, ItemKind, MeetingState
from samspill.worklist.models import Task

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
MOST_QUERIES = 25
MOST_DRAWN_FIRST = 30  # by whoever is first to read the agenda as it now is


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.utils import timezone

    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_kwargs: TODAY)


@pytest.fixture
def bodies(settled: Bodies) -> Bodies:
    return settled


@pytest.fixture
def secretariat(bodies: Bodies) -> Client:
    return signed_in(member("ostfold", "secretariat"))


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend=BACKEND)
    return client


@pytest.fixture
def per(bodies: Bodies) -> Client:
    """Holds a municipal seat of FSU; there is one substitute."""
    with scope(bodies.by):
        actor = give_account(holder_of(seat_of(bodies, 1)))
        substitute(seat_of(bodies, 1), "Vara Først")
    return signed_in(Account.objects.get(pk=actor.account_id))


@pytest.fixture
def sent(bodies: Bodies, per: Client) -> Iterator[Meeting]:
    """A meeting that is called, and the test inside the community."""
    with scope(bodies.by):
        yield called(bodies)


def url(name: str, meeting: Meeting, *more: int) -> str:
    return reverse(f"governance:{name}", args=[meeting.pk, *more])


def kind(meeting: Meeting, wanted: ItemKind) -> AgendaItem:
    return live_items(meeting).get(kind=wanted)


def test_the_secretariat_fills_and_sends_in_two_clicks_on_the_page(
    bodies: Bodies, secretariat: Client
) -> None:
    with scope(bodies.by):
        meeting = meeting_with_cases(bodies)
        assert (
            "Tre saker er klare for sakslisten" in secretariat.get(url("meeting", meeting)).content.decode()
        )
        assert secretariat.post(url("fill-agenda", meeting)).status_code == 303
        assert live_items(meeting).count() == 5
        assert secretariat.post(url("send-notice", meeting)).status_code == 303
        meeting.refresh_from_db()
        assert meeting.state == MeetingState.CALLED


def test_a_pages_queries_are_few(
    sent: Meeting, secretariat: Client, per: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for client in (secretariat, per, Client()):
        with django_assert_max_num_queries(MOST_DRAWN_FIRST):
            assert client.get(url("meeting", sent)).status_code == 200
        for path in (url("meeting", sent), reverse("governance:meeting-list")):
            with django_assert_max_num_queries(MOST_QUERIES):
                assert client.get(path).status_code == 200, path
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(reverse("web:start")).status_code == 200
    for name in ("move-meeting", "cancel-meeting", "meeting-ics"):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert secretariat.get(url(name, sent)).status_code == 200


def test_a_meeting_leads_on_to_its_room_its_cases_and_what_a_body_is_followed_by(
    sent: Meeting, secretariat: Client, per: Client
) -> None:
    page = secretariat.get(url("meeting", sent)).content.decode()
    assert url("room", sent) in page
    read = per.get(url("meeting", sent)).content.decode()
    assert url("room", sent) not in read
    assert re.search(r'href="/saker/\d+/"', read)
    body = Client().get(reverse("governance:body", args=[sent.body_id])).content.decode()
    assert f"/apent/folg/?organ={sent.body_id}" in body
    assert url("meeting", sent) in body
    community = Client().get(reverse("directory:community", args=["ostfold"])).content.decode()
    assert f'href="/organer/{sent.body_id}/"' in community


def test_a_member_reads_what_is_asked_and_answers_on_the_page(sent: Meeting, per: Client) -> None:
    page = per.get(url("meeting", sent)).content.decode()
    assert "To saker trenger svar fra deg." in page
    assert "Onsdag 9.\xa0desember kl. 12–15" in page
    assert "Dette blir du spurt om" in page
    assert per.post(url("answer", sent), {"svar": "yes"}).status_code == 303
    assert per.post(url("answer", sent), {"svar": "tull"}).status_code == 422
    assert per.post(url("cannot-come", sent)).status_code == 303
    assert "Vara Først er kalt inn i stedet" in per.get(url("meeting", sent)).content.decode()


def test_a_draft_agenda_is_the_secretariats_alone(bodies: Bodies, secretariat: Client, per: Client) -> None:
    with scope(bodies.by):
        meeting = meeting_with_cases(bodies)
        secretariat.post(url("fill-agenda", meeting))
        for client in (per, Client()):
            page = client.get(url("meeting", meeting)).content.decode()
            assert "Sak om decision" not in page
            assert "Sakslisten er ikke sendt ut ennå" in page


def test_a_note_saves_itself_and_is_its_writers_alone(
    bodies: Bodies, sent: Meeting, per: Client, secretariat: Client
) -> None:
    item = kind(sent, ItemKind.DECISION)
    answer = per.post(
        url("note", sent, item.pk),
        {"text": "Hvem har journalansvaret?"},
        headers={"Accept": "application/json"},
    )
    assert set(answer.json()) == {"saved"}
    assert "Hvem har journalansvaret?" in per.get(url("meeting", sent)).content.decode()
    assert "Hvem har journalansvaret?" not in secretariat.get(url("meeting", sent)).content.decode()
    assert "Hvem har" not in secretariat.get(url("meeting", sent) + "?vis=les").content.decode()
    assert not PrivateNote.objects.exists()
    assert not AuditEvent.objects.filter(act__contains="note").exists()
    assert per.post(url("note", sent, item.pk), {"text": "x" * 30_000}).status_code == 422
    assert Client().post(url("note", sent, item.pk), {"text": "x"}).status_code == 404


def test_a_member_raises_a_point_asks_and_says_that_they_may_be_disqualified(
    sent: Meeting, per: Client, secretariat: Client
) -> None:
    item = kind(sent, ItemKind.DECISION)
    assert per.post(url("raise-point", sent, item.pk), {"words": "Hvem betaler?"}).status_code == 303
    assert "Hvem betaler?" in secretariat.get(url("meeting", sent)).content.decode()
    assert per.post(url("take-point-back", sent, item.pk)).status_code == 303
    assert not RaisedPoint.objects.exists()
    assert per.post(url("ask-secretariat", sent, item.pk), {"question": "Hva er IHT?"}).status_code == 303
    assert Task.objects.get().role == "secretariat"
    assert per.post(url("raise-conflict", sent, item.pk), {"ground": "represents"}).status_code == 303
    assert "Det blir vurdert om du er inhabil" in per.get(url("meeting", sent)).content.decode()
    conflict = ConflictAssessment.objects.get()
    where = url("conflict", sent, conflict.pk)
    assert secretariat.get(where).status_code == 200
    assert secretariat.post(where, {"conclusion": "disqualified"}).status_code == 422
    typed = {"conclusion": "disqualified", "because": "Søker selv.", "law_reference": "forvaltningsloven § 6"}
    assert secretariat.post(where, typed).status_code == 303
    assert "Du er inhabil." in per.get(url("meeting", sent)).content.decode()
    assert per.get(where).status_code == 403


def test_the_agenda_is_changed_on_the_page_and_each_act_has_its_way_back(
    bodies: Bodies, secretariat: Client
) -> None:
    with scope(bodies.by):
        meeting = meeting_with_cases(bodies)
        secretariat.post(url("fill-agenda", meeting))
        ids = list(live_items(meeting).values_list("pk", flat=True))
        secretariat.post(url("order-items", meeting), {"flytt": ids[0], "steg": "ned"})
        assert list(live_items(meeting).values_list("pk", flat=True))[:2] == [ids[1], ids[0]]
        secretariat.post(url("order-items", meeting) + f"?rekkefolge={','.join(map(str, ids))}")
        secretariat.post(url("take-away", meeting), {"punkt": ids[0]})
        assert live_items(meeting).count() == 4
        secretariat.post(url("put-back", meeting) + f"?punkt={ids[0]}")
        assert list(live_items(meeting).values_list("pk", flat=True)) == ids
        typed = {f"i{ids[0]}-minutes_wanted": "25", f"i{ids[0]}-presenter": "Kari"}
        assert secretariat.post(url("change-item", meeting, ids[0]), typed).status_code == 303
        typed[f"i{ids[0]}-minutes_wanted"] = "0"
        assert secretariat.post(url("change-item", meeting, ids[0]), typed).status_code == 422
        secretariat.post(url("take-away", meeting), {"punkt": ids[0]})
        waiting = AgendaItem.objects.get(pk=ids[0]).treatment_id
        assert secretariat.post(url("add-case", meeting), {"sak": waiting}).status_code == 303


def test_a_late_case_asks_the_chair_and_without_a_reason_nothing_is_lost(
    bodies: Bodies, sent: Meeting, secretariat: Client
) -> None:
    item = kind(sent, ItemKind.DECISION)
    secretariat.post(url("take-away", sent), {"punkt": item.pk})
    assert secretariat.post(url("add-case", sent), {"sak": item.treatment_id}).status_code == 422
    more = {"sak": item.treatment_id, "late_because": "Det haster."}
    assert secretariat.post(url("add-case", sent), more).status_code == 303
    late = live_items(sent).get(is_late=True)
    assert secretariat.post(url("take-late", sent, late.pk)).status_code == 403
    chair = give_account(holder_of(seat_of(bodies, 0)))
    leads = signed_in(Account.objects.get(pk=chair.account_id))
    assert leads.post(url("take-late", sent, late.pk)).status_code == 303
    late.refresh_from_db()
    assert late.reference


def test_the_year_is_planned_in_one_form(bodies: Bodies, secretariat: Client) -> None:
    where = (
        reverse("governance:year-plan") + f"?body={bodies.fsu.pk}&year=2027&nth=2&weekday=2&every=2&first=2"
    )
    assert "2027-02-10" in secretariat.get(where).content.decode()
    typed = {
        "dag-TOTAL_FORMS": "3", "dag-INITIAL_FORMS": "0",
        "dag-0-day": "2027-02-10", "dag-0-starts": "12:00", "dag-0-ends": "15:00", "dag-0-place": "Kalnes",
        "dag-1-day": "2027-04-14", "dag-1-starts": "12:00", "dag-1-ends": "15:00",
        "dag-2-day": "", "dag-2-starts": "", "dag-2-ends": "",
        "frist-report": "28", "frist-brief": "14", "frist-notice": "7", "frist-minutes": "7",
        "frist-remarks": "14",
    }  # fmt: skip
    assert secretariat.post(where, {**typed, "frist-notice": "60"}).status_code == 422
    assert secretariat.post(where, typed).status_code == 303
    with scope(bodies.by):
        first = Meeting.objects.earliest("day")
        assert Meeting.objects.count() == 2
    assert (first.day, first.notice_by, first.place) == (date(2027, 2, 10), date(2027, 2, 3), "Kalnes")
    assert secretariat.post(where, typed).status_code == 303
    with scope(bodies.by):
        assert Meeting.objects.count() == 2


def test_a_meeting_is_made_moved_and_cancelled_on_its_pages(bodies: Bodies, secretariat: Client) -> None:
    typed = {
        "body": bodies.fsu.pk,
        "day": "2026-12-09",
        "starts": "12:00",
        "ends": "15:00",
        "place": "Kalnes",
    }
    assert secretariat.post(reverse("governance:new-meeting"), {**typed, "ends": "11:00"}).status_code == 422
    assert secretariat.post(reverse("governance:new-meeting"), typed).status_code == 303
    with scope(bodies.by):
        meeting = Meeting.objects.get()
    moved = {**typed, "day": "2026-12-10", "follow": "on"}
    assert secretariat.post(url("move-meeting", meeting), moved).status_code == 303
    assert secretariat.post(url("cancel-meeting", meeting), {"because": ""}).status_code == 422
    assert secretariat.post(url("cancel-meeting", meeting), {"because": "Uvær."}).status_code == 303
    assert "Møtet er avlyst. Uvær." in Client().get(url("meeting", meeting)).content.decode()


def test_the_calendar_of_meetings_is_open_to_everybody(sent: Meeting) -> None:
    answer = Client().get(reverse("governance:meeting-feed") + f"?organ={sent.body_id}")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(event["SUMMARY"]) == "FSU-P"
    assert Client().get(reverse("governance:meeting-feed") + "?fellesskap=finnes-ikke").status_code == 200
    for bad in ("?organ=x", "?organ=99999999999999999999999"):
        assert Client().get(reverse("governance:meeting-list") + bad).status_code == 200


def test_another_helsefellesskap_can_read_and_change_nothing(sent: Meeting) -> None:
    stranger = signed_in(member("vestfold", "secretariat"))
    assert stranger.get(url("meeting", sent)).status_code == 200
    item = kind(sent, ItemKind.DECISION)
    for name in ("fill-agenda", "send-notice", "cannot-come", "order-items", "take-away"):
        assert stranger.post(url(name, sent), {"punkt": item.pk}).status_code == 403
    for name in ("note", "raise-point", "ask-secretariat", "raise-conflict", "change-item"):
        assert stranger.post(url(name, sent, item.pk), {"text": "x"}).status_code == 404
    assert not Attendance.objects.exclude(answer=Answer.NONE).exists()


def test_tasks_of_meetings_stand_on_the_start_page(bodies: Bodies, sent: Meeting, per: Client) -> None:
    assert "Kommer du til FSU-P" in per.get("/").content.decode()
    per.post(url("answer", sent), {"svar": "yes"})
    page = per.get("/").content.decode()
    assert "Les sakene til FSU-P" in page
    assert "Neste møte: FSU-P" in page
    assert machine(bodies.community.pk, TODAY).is_known is False
