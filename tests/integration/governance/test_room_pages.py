"""The room as its pages: the item is decided, kept while it is typed, put together, taken back, closed."""

import re
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories.bodies import Bodies, give_mandate
from factories.people import actor
from factories.rooms import attendance, called_meeting, first_item, items, under_way
from samspill.directory.public import Account, Actor, Party, scope
from samspill.governance.models import (
    AgendaItem,
    Attendance,
    Decision,
    FollowUp,
    Forwarding,
    ItemAttendance,
    MinuteText,
    RepresentationRule,
)
from samspill.governance.public import note
from samspill.governance.states import Answer, Authority, MeetingState, Presence

BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(by: Actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=by.account_id), backend=BACKEND)
    return client


@pytest.fixture
def randi(bodies: Bodies) -> Client:
    return signed_in(actor("ostfold", "secretariat", name="Randi Høgåsen"))


def path(meeting: object, rest: str = "") -> str:
    return f"/moter/{meeting.pk}/rom/{rest}"  # type: ignore[attr-defined]


def form_of(page: str) -> dict[str, str]:
    """What a browser would send of the open item without anybody touching it."""
    form = page[page.index("data-room ") :]
    form = form[: form.index("<template")] if "<template" in form else form
    values = dict(re.findall(r'<input type="(?:hidden|date)" name="([^"]+)"[^>]*value="([^"]*)"', form))
    values |= dict(re.findall(r'<textarea name="(point-\d+)"[^>]*>([^<]*)', form))
    for name, options in re.findall(r'<select name="((?:owner|binds)-\d+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        values[name] = chosen.group(1) if chosen else ""
    return values


def test_an_ordinary_item_takes_an_outcome_and_what_is_proposed(bodies: Bodies, randi: Client) -> None:
    meeting = under_way(bodies, bodies.fsu, ("Første", "Andre"))
    one, _two = items(meeting)
    page = randi.get(path(meeting)).content.decode()
    answer = randi.post(path(meeting, f"{one.pk}/"), form_of(page) | {"outcome": "decided"})
    assert (answer.status_code, answer.headers["Location"]) == (303, path(meeting))
    decision = Decision.objects.get()
    assert decision.points.get().text == "Om recommendation."
    assert FollowUp.objects.get().accountable_body == bodies.fsu
    assert "Andre</h2>" in randi.get(path(meeting)).content.decode()


def test_what_was_typed_stands_when_the_act_says_no(bodies: Bodies, randi: Client) -> None:
    meeting = under_way(bodies, bodies.fsu)
    item = first_item(meeting)
    typed = {"outcome": "decided", "point-1": "Ansett tre.", "owner-1": "", "text": "Moss var i tvil."}
    answer = randi.post(path(meeting, f"{item.pk}/"), typed)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Ansett tre." in said
    assert "Moss var i tvil." in said
    assert "Punkt 1 mangler en ansvarlig" in said
    assert not Decision.objects.exists()


def test_a_day_that_is_none_is_told_and_nothing_is_lost(bodies: Bodies, randi: Client) -> None:
    meeting = under_way(bodies, bodies.fsu)
    item = first_item(meeting)
    typed = {"outcome": "decided", "point-1": "Ansett tre.", "due-1": "i morgen"}
    answer = randi.post(path(meeting, f"{item.pk}/"), typed)
    assert answer.status_code == 422
    assert "i morgen" in answer.content.decode()


def test_what_is_typed_is_kept_by_itself_and_stands_when_the_page_is_opened_again(
    bodies: Bodies, randi: Client
) -> None:
    meeting = under_way(bodies, bodies.fsu)
    item = first_item(meeting)
    typed = {"text": "Moss spurte.", "point-1": "Ansett tre.", "due-1": "2027-05-01"}
    typed |= {"owner-1": f"body:{bodies.ssu.pk}"}
    answer = randi.post(path(meeting, f"{item.pk}/lagre/"), typed)
    assert answer.json()["beside"] is False
    assert set(answer.json()["rows"]) == {"minutes", "decision", "choices"}
    page = randi.get(path(meeting)).content.decode()
    assert "Moss spurte." in page
    assert form_of(page)["point-1"] == "Ansett tre."
    assert (form_of(page)["owner-1"], form_of(page)["due-1"]) == (f"body:{bodies.ssu.pk}", "2027-05-01")


def test_two_texts_are_shown_and_put_together(bodies: Bodies, randi: Client) -> None:
    meeting = under_way(bodies, bodies.fsu)
    item = first_item(meeting)
    liv = signed_in(actor("ostfold", "secretariat", name="Liv Rognerud", email="liv@example.no"))
    randi.post(path(meeting, f"{item.pk}/lagre/"), {"text": "Fra Randi.", "based-minutes": "0"})
    answer = liv.post(path(meeting, f"{item.pk}/lagre/"), {"text": "Fra Liv.", "based-minutes": "0"})
    assert answer.json()["beside"] is True
    page = randi.get(path(meeting)).content.decode()
    assert "Fra Randi." in page
    assert "Liv Rognerud" in page
    randi.post(path(meeting, f"{item.pk}/samle/"), {"text": "Fra begge.", "part": "minutes"})
    assert "To har skrevet" not in randi.get(path(meeting)).content.decode()
    assert MinuteText.objects.count() == 3


def test_the_room_says_why_it_recommends_with_the_mandate_s_words(bodies: Bodies, randi: Client) -> None:
    mandate = give_mandate(bodies.fsu, Authority.ADVISORY, version=2, from_day=date(2026, 1, 1))
    mandate.limits = "Utvalget gir råd."
    mandate.save()
    meeting = under_way(bodies, bodies.fsu)
    page = randi.get(path(meeting)).content.decode()
    assert "Utvalget gir råd." in page
    assert 'value="decided"' not in page
    assert "Løft til SSU-P" in page


def test_a_case_is_lifted_with_a_reason_alone(bodies: Bodies, randi: Client) -> None:
    meeting = under_way(bodies, bodies.fsu)
    item = first_item(meeting)
    form = form_of(randi.get(path(meeting)).content.decode())
    randi.post(path(meeting, f"{item.pk}/"), form | {"outcome": "escalated", "reason": "economy"})
    forwarding = Forwarding.objects.get()
    assert forwarding.words == "Saken koster mer enn vi kan bestemme her. Vi ber SSU-P avgjøre den."
    assert forwarding.recommendation == "Om recommendation."


def test_votes_are_noted_where_the_rule_says_so(bodies: Bodies, randi: Client) -> None:
    RepresentationRule.objects.filter(body=bodies.fsu).update(decision_method="majority")
    meeting = under_way(bodies, bodies.fsu)
    item = first_item(meeting)
    page = randi.get(path(meeting)).content.decode()
    seats = set(re.findall(r'name="(vote-\d+)"', page))
    assert len(seats) == 4
    form = form_of(page) | {"outcome": "decided", "method": "majority"} | dict.fromkeys(seats, "for")
    assert randi.post(path(meeting, f"{item.pk}/"), form).status_code == 303
    assert Decision.objects.get().votes.count() == 4


def test_an_outcome_is_taken_back_and_the_item_opens_again(bodies: Bodies, randi: Client) -> None:
    meeting = under_way(bodies, bodies.fsu, ("Første", "Andre"))
    one, _two = items(meeting)
    note(one, by=bodies.by)
    assert randi.post(path(meeting, f"{one.pk}/angre/")).status_code == 303
    assert AgendaItem.objects.get(pk=one.pk).outcome == ""
    assert "Første</h2>" in randi.get(path(meeting)).content.decode()


def test_who_is_there_is_corrected_with_one_press(bodies: Bodies, randi: Client) -> None:
    meeting = under_way(bodies, bodies.fsu)
    row = attendance(meeting, "Anne Vik")
    randi.post(path(meeting, f"oppmote/{row.pk}/"))
    assert Attendance.objects.get(pk=row.pk).presence == Presence.ABSENT
    item = first_item(meeting)
    randi.post(path(meeting, f"oppmote/{row.pk}/"), {"punkt": item.pk, "presence": "present"})
    assert ItemAttendance.objects.get(attendance=row).presence == Presence.PRESENT


def test_one_press_notes_everybody_who_has_not_said_no(bodies: Bodies, randi: Client) -> None:
    meeting = called_meeting(bodies, bodies.fsu)
    assert randi.post(path(meeting, "oppmote/")).status_code == 422, "the meeting has not begun"
    randi.post(path(meeting, "start/"))
    row = attendance(meeting, "Per Solbakken")
    Attendance.objects.filter(pk=row.pk).update(answer=Answer.NO)
    assert "Alle er her" in randi.get(path(meeting)).content.decode()
    assert randi.post(path(meeting, "oppmote/")).status_code == 303
    there = dict(Attendance.objects.filter(meeting=meeting).values_list("tenure__name", "presence"))
    assert there.pop("Per Solbakken") == Presence.ABSENT
    assert set(there.values()) == {Presence.PRESENT}
    assert "Alle er her" not in randi.get(path(meeting)).content.decode()


def test_a_meeting_begins_and_ends_from_its_page(bodies: Bodies, randi: Client) -> None:
    meeting = called_meeting(bodies, bodies.fsu)
    assert "Start møtet" in randi.get(path(meeting)).content.decode()
    randi.post(path(meeting, "start/"))
    refused = randi.post(path(meeting, "avslutt/"))
    assert refused.status_code == 422
    assert "Felles kveldspatrulje" in refused.content.decode()
    item = first_item(meeting)
    randi.post(path(meeting, f"{item.pk}/"), {"outcome": "noted"})
    assert randi.post(path(meeting, "avslutt/")).headers["Location"] == f"/moter/{meeting.pk}/referat/"
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.HELD


def test_the_wall_shows_the_open_item(bodies: Bodies, randi: Client) -> None:
    meeting = under_way(bodies, bodies.fsu, ("Første", "Andre"))
    wall = f"/moter/{meeting.pk}/vis/"
    assert "Første</h1>" in randi.get(wall).content.decode()
    randi.post(path(meeting, f"{items(meeting)[1].pk}/apne/"))
    assert "Andre</h1>" in randi.get(wall).content.decode()


def test_items_without_debate_are_taken_from_the_page(bodies: Bodies, randi: Client) -> None:
    meeting = under_way(bodies, bodies.fsu, ("Første", "Andre"))
    meeting.items.update(is_consent=True)
    randi.post(path(meeting, "samlet/"))
    assert [one.outcome for one in items(meeting)] == ["noted", "noted"]


@pytest.mark.parametrize("rest", ["", "start/", "avslutt/", "samlet/"])
def test_the_room_is_for_the_secretariat(bodies: Bodies, rest: str) -> None:
    meeting = called_meeting(bodies, bodies.fsu)
    for client in (Client(), signed_in(actor("ostfold", "member", name="Jonas", email="j@example.no"))):
        answer = client.post(path(meeting, rest)) if rest else client.get(path(meeting))
        assert answer.status_code in {302, 403, 404}
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CALLED


def test_the_room_asks_the_database_the_same_whatever_stands_on_the_agenda(
    bodies: Bodies, randi: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    meeting = under_way(bodies, bodies.fsu, tuple(f"Sak {number}" for number in range(8)))
    with django_assert_max_num_queries(25):
        assert randi.get(path(meeting)).status_code == 200
    with django_assert_max_num_queries(25):
        randi.get(f"/moter/{meeting.pk}/vis/")


def test_in_another_helsefellesskap_there_is_no_such_room(bodies: Bodies) -> None:
    meeting = under_way(bodies, bodies.fsu)
    siri = actor("vestfold", "secretariat", name="Siri Holm")
    with scope(siri):
        assert signed_in(siri).get(path(meeting)).status_code in {403, 404}


def test_helpers_and_the_day_it_holds_from_go_with_the_decision(bodies: Bodies, randi: Client) -> None:
    meeting = under_way(bodies, bodies.fsu, ("Første", "Andre"))
    one, _two = items(meeting)
    page = randi.get(path(meeting)).content.decode()
    helper, body = Party.objects.filter(community=bodies.community).first(), bodies.ssu
    assert helper is not None
    typed: dict[str, object] = form_of(page) | {
        "outcome": "decided",
        "effective_from": "2027-01-01",
        "helper-1": [f"party:{helper.pk}", f"body:{body.pk}"],
    }
    assert randi.post(path(meeting, f"{one.pk}/"), typed).status_code == 303
    decision = Decision.objects.get()
    assert decision.effective_from == date(2027, 1, 1)
    assert {str(row.party or row.body) for row in FollowUp.objects.get().helpers.all()} == {
        str(helper),
        str(body),
    }
    said = randi.get(f"/vedtak/{decision.pk}/").content.decode()
    assert "1.\xa0januar 2027" in said


def test_helpers_that_are_kept_while_one_types_stand_on_the_page(bodies: Bodies, randi: Client) -> None:
    meeting = under_way(bodies, bodies.fsu)
    one = first_item(meeting)
    typed: dict[str, object] = form_of(randi.get(path(meeting)).content.decode()) | {
        "helper-1": [f"body:{bodies.ssu.pk}"]
    }
    assert randi.post(path(meeting, f"{one.pk}/lagre/"), typed).status_code == 200
    page = randi.get(path(meeting)).content.decode()
    assert f'data-field="helper" value="body:{bodies.ssu.pk}" checked' in page


def test_a_helper_of_another_helsefellesskap_is_refused(bodies: Bodies, randi: Client) -> None:
    meeting = under_way(bodies, bodies.fsu)
    one = first_item(meeting)
    form = form_of(randi.get(path(meeting)).content.decode())
    typed: dict[str, object] = form | {"outcome": "decided", "helper-1": ["party:999999"]}
    assert randi.post(path(meeting, f"{one.pk}/"), typed).status_code == 422
    assert not Decision.objects.exists()


def test_the_agenda_says_what_is_taken_without_debate(bodies: Bodies, randi: Client) -> None:
    meeting = called_meeting(bodies, bodies.fsu, ("Første", "Andre"))
    before = randi.get(f"/moter/{meeting.pk}/").content.decode()
    meeting.items.update(is_consent=True)
    after = randi.get(f"/moter/{meeting.pk}/").content.decode()
    assert "tas uten debatt" not in before
    assert "2 saker tas uten debatt" in after
