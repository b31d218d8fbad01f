"""User representatives: cases in plain words on the start page, the word list, a talk before the meeting."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories.bodies import Bodies
from factories.meetings import called, give_account, holder_of, seat_of
from factories.people import TODAY
from samspill.directory.public import Account, Actor, Brief, RoleCode, scope
from samspill.governance.actions.talking import Talk, propose_talk
from samspill.governance.models import Case, Meeting
from samspill.governance.queries.user_view import user_view_brief
from samspill.governance.states import Access
from samspill.refusal import Refused
from samspill.worklist.models import Notice, Task

pytestmark = pytest.mark.django_db
WHERE = "69 00 00 12"


@pytest.fixture
def mona(bodies: Bodies) -> Actor:
    """Sits in FSU for patients, with an account."""
    return give_account(holder_of(seat_of(bodies, 9)), role=RoleCode.OBSERVER)


@pytest.fixture
def meeting(bodies: Bodies, mona: Actor) -> Meeting:
    return called(bodies)


def brief_of(actor: Actor) -> Brief | None:
    assert actor.community_id is not None
    with scope(actor):
        return user_view_brief("web.start", actor.community_id, actor)


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(
        Account.objects.get(pk=actor.account_id), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def talk(day: date = TODAY + timedelta(days=3), where: str = WHERE) -> Talk:
    return Talk(day, time(10), where)


def test_the_start_page_of_a_user_representative_has_the_cases_of_the_next_meeting(
    meeting: Meeting, mona: Actor
) -> None:
    brief = brief_of(mona)
    assert brief is not None
    assert brief.context["meeting"] == meeting
    assert {read.case for read in brief.context["reads"]} == {  # type: ignore[attr-defined]
        item.treatment.case for item in meeting.items.exclude(treatment=None)
    }


def test_nobody_else_has_it_and_it_costs_them_one_query(
    bodies: Bodies, meeting: Meeting, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    kari = give_account(holder_of(seat_of(bodies, 0)))
    assert kari.community_id is not None
    with scope(kari), django_assert_max_num_queries(1):
        assert user_view_brief("web.start", kari.community_id, kari) is None
    assert user_view_brief("web.start", bodies.community.pk, bodies.by) is None


def test_a_case_that_is_closed_to_them_is_not_there(meeting: Meeting, mona: Actor) -> None:
    case = meeting.items.exclude(treatment=None).first().treatment.case  # type: ignore[union-attr]
    law = {"access": Access.SECRETARIAT, "law_reference": "offentleglova § 13", "public_title": "En sak"}
    Case.objects.filter(pk=case.pk).update(**law)
    brief = brief_of(mona)
    assert brief is not None
    assert case not in [read.case for read in brief.context["reads"]]  # type: ignore[attr-defined]


def test_a_talk_is_told_by_mail_and_the_secretariat_tells_those_without_account(
    bodies: Bodies, meeting: Meeting, mona: Actor
) -> None:
    first = propose_as(mona, meeting, talk())
    assert (first.by_mail, first.by_phone) == ([], ["Mona Brukås"]), "the one in SSU has no account yet"
    assert "69 00 00 12" in Task.objects.latest("pk").text
    give_account(holder_of(seat_of(bodies, 9, "ssu")), email="ssu@example.no", role=RoleCode.OBSERVER)
    second = propose_as(mona, meeting, talk(TODAY + timedelta(days=4)))
    assert (second.by_mail, second.by_phone) == (["Mona Brukås"], [])
    assert WHERE in Notice.objects.get(account__email="ssu@example.no", key__startswith="talk:").text


def propose_as(actor: Actor, meeting: Meeting, wanted: Talk):  # type: ignore[no-untyped-def]
    with scope(actor):
        return propose_talk(meeting, wanted, by=actor)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (talk(TODAY - timedelta(days=1)), "talk.day"),
        (talk(date(2027, 1, 1)), "talk.day"),
        (talk(where=" "), "talk.where"),
    ],
)
def test_a_talk_nobody_can_come_to_is_refused(meeting: Meeting, mona: Actor, wanted: Talk, code: str) -> None:
    with pytest.raises(Refused) as refused:
        propose_as(mona, meeting, wanted)
    assert refused.value.code == code
    assert not Task.objects.filter(due=wanted.day).exists()


def test_who_does_not_sit_there_for_patients_proposes_no_talk(bodies: Bodies, meeting: Meeting) -> None:
    kari = give_account(holder_of(seat_of(bodies, 0)))
    with pytest.raises(Refused) as refused:
        propose_as(kari, meeting, talk())
    assert refused.value.forbidden
    assert signed_in(kari).get(f"/moter/{meeting.pk}/samtale/").status_code == 403


def test_what_is_missing_in_the_form_is_said_and_what_was_written_stays(
    meeting: Meeting, mona: Actor
) -> None:
    answer = signed_in(mona).post(
        f"/moter/{meeting.pk}/samtale/", {"day": "2026-12-01", "at": "09:30", "where": ""}
    )
    assert answer.status_code == 422
    assert "09:30" in answer.content.decode()
    assert "Skriv et nummer å ringe" in answer.content.decode()


@pytest.mark.parametrize(("form", "word"), [("nb", "Saksliste"), ("nn", "Sakliste")])
def test_the_word_list_is_open_to_everybody_in_both_written_forms(form: str, word: str) -> None:
    client = Client()
    client.cookies["samspill_language"] = form
    page = client.get("/moter/ordliste/").content.decode()
    assert word in page
    assert page.index("Brukar" if form == "nn" else "Bruker") < page.index("Vedtak"), "by the alphabet"
