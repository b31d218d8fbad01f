"""«Purr alle», reminders on mornings, and answers from a mail in two clicks, once, without signing in."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail as django_mail
from django.test import Client
from django.utils import timezone

from factories.bodies import Bodies
from factories.decisions import binds, decided, followed, point_of
from factories.people import TODAY, actor
from integration.governance.following import acting, acting_for, party, signed_in, sitting_in, text_of
from samspill.directory.public import Actor, machine, scope
from samspill.governance.actions import chasing, follow_ups
from samspill.governance.models import DecisionParty, DecisionPoint, FollowUp
from samspill.governance.states import CarryingState, FollowUpState
from samspill.worklist import mail
from samspill.worklist.models import Notice

ORIGIN = "https://samspill.example.no"
MONDAY = date(2026, 11, 23)
MAIL_TIME = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
C = CarryingState
chase_parties = acting(chasing.chase_parties)
take_back_chase = acting(chasing.take_back_chase)


@pytest.fixture
def secretariat(bodies: Bodies) -> Actor:
    return actor("ostfold", name="Randi Høgåsen")


@pytest.fixture
def point(bodies: Bodies) -> DecisionPoint:
    """A decided point that binds Halden, Moss, Råde and Marker; the last has nobody with an account."""
    made = point_of(decided(bodies, points=("Felles kveldspatrulje.", "Halden skriver avtalen.")))
    binds(made, [party(name) for name in ("Halden", "Moss", "Råde", "Marker")])
    return made


@pytest.fixture
def directors(point: DecisionPoint) -> dict[str, Actor]:
    return {name: acting_for(name) for name in ("Halden", "Moss", "Råde")}


def letters(now: datetime | None = None) -> dict[str, str]:
    """The mails that leave now, by whom they go to."""
    django_mail.outbox.clear()
    for account, communities in mail.people_with_mail(now or timezone.now()).items():
        mail.send_bundle(account, communities, now=now or timezone.now(), origin=ORIGIN)
    return {letter.to[0]: str(letter.body) for letter in django_mail.outbox}


def links_in(letter: str) -> dict[str, str]:
    return dict(re.findall(rf"([^\n:]+): {ORIGIN}(/lenke/\S+/)", letter))


def test_one_press_asks_everybody_and_says_how_many_and_whom(
    point: DecisionPoint, directors: dict[str, Actor], secretariat: Actor
) -> None:
    followed(point_of(point.decision, 2), party("Halden"), due=TODAY - timedelta(days=4))
    client = signed_in(secretariat)
    assert "4 parter og organer skylder 5 svar." in text_of(client.get("/oppfolging/"))
    page = text_of(client.post("/oppfolging/purr/", follow=True))
    assert "Halden (2), Moss (1) og Råde (1) får e-post, til 3 personer." in page
    assert "Ingen har konto for Marker, så de fikk ingenting." in page
    sent = letters()
    assert len(sent) == 3, "one bundled mail each"
    halden = sent["director.halden@example.no"]
    assert "«Halden skriver avtalen.» er forsinket" in halden
    assert "Hvor langt er Halden kommet med «Felles kveldspatrulje.»?" in halden


def test_who_was_asked_today_is_not_asked_again(
    point: DecisionPoint, directors: dict[str, Actor], secretariat: Actor
) -> None:
    assert chase_parties(by=secretariat).told == {"Halden": 1, "Moss": 1, "Råde": 1}
    again = chase_parties(by=secretariat)
    assert (again.told, again.already) == ({}, ["Halden", "Moss", "Råde"])


def test_a_chase_is_taken_back_until_it_is_sent(
    point: DecisionPoint, directors: dict[str, Actor], secretariat: Actor
) -> None:
    first = chase_parties(by=secretariat)
    assert first.event is not None
    assert take_back_chase(first.event.pk, by=secretariat) == 3
    assert letters() == {}
    second = chase_parties(by=secretariat)
    assert second.event is not None
    assert second.told == {"Halden": 1, "Moss": 1, "Råde": 1}, "it may be pressed again"
    assert len(letters()) == 3
    answer = signed_in(secretariat).post(f"/oppfolging/purr/{second.event.pk}/angre/", follow=True)
    assert "E-postene er sendt" in text_of(answer)


def test_one_is_chased_alone_from_its_row(
    point: DecisionPoint, directors: dict[str, Actor], secretariat: Actor
) -> None:
    assert chase_parties(by=secretariat, only=f"party:{party('Moss').pk}").told == {"Moss": 1}
    assert list(letters()) == ["director.moss@example.no"]


def test_only_the_secretariat_chases(point: DecisionPoint, directors: dict[str, Actor]) -> None:
    assert signed_in(directors["Moss"]).post("/oppfolging/purr/").status_code == 403


def test_three_municipalities_answer_from_their_mails_in_two_clicks_without_signing_in(
    client: Client, point: DecisionPoint, directors: dict[str, Actor], secretariat: Actor
) -> None:
    chase_parties(by=secretariat)
    sent = letters()
    said = {"Halden": ("Innført", ""), "Moss": ("I gang", "Vi øver i mars."), "Råde": ("Planlagt", "")}
    for name, (word, sentence) in said.items():
        links = links_in(sent[f"director.{name.lower()}@example.no"])
        assert list(links) == ["Planlagt", "I gang", "Innført", "Ikke aktuelt"]
        assert client.get(links[word]).status_code == 200
        assert DecisionParty.objects.get(point=point, party=party(name)).told_at is None
        done = client.post(links[word], {"sentence": sentence})
        assert done.status_code == 200
        assert client.post(links[word]).status_code == 410, "once"
    rows = {str(one.party): (one.state, one.note) for one in DecisionParty.objects.filter(point=point)}
    assert rows == {
        "Halden": (C.IN_PLACE, ""),
        "Moss": (C.STARTED, "Vi øver i mars."),
        "Råde": (C.PLANNED, ""),
        "Marker": (C.NOT_STARTED, ""),
    }
    page = text_of(signed_in(secretariat).get(f"/vedtak/{point.decision_id}/innforing/{point.pk}/"))
    assert "1 av 4 har innført det. 1 har ikke svart." in page


def test_does_not_concern_us_asks_why_and_keeps_the_link_until_it_is_said(
    client: Client, point: DecisionPoint, directors: dict[str, Actor], secretariat: Actor
) -> None:
    chase_parties(by=secretariat)
    link = links_in(letters()["director.moss@example.no"])["Ikke aktuelt"]
    refused = client.post(link, {"sentence": " "})
    assert refused.status_code == 422
    assert "hvorfor det ikke gjelder dere" in text_of(refused)
    assert client.post(link, {"sentence": "Vi kjøper det av Råde."}).status_code == 200
    assert DecisionParty.objects.get(party=party("Moss")).note == "Vi kjøper det av Råde."


def test_a_follow_up_is_answered_from_a_mail_too(
    client: Client, point: DecisionPoint, directors: dict[str, Actor], secretariat: Actor
) -> None:
    one = followed(point_of(point.decision, 2), party("Råde"), due=TODAY - timedelta(days=4))
    chase_parties(by=secretariat)
    links = links_in(letters_of("råde"))
    assert "Levert" in links
    assert client.post(links["Levert"], {"sentence": "Sendt alle."}).status_code == 200
    one.refresh_from_db()
    assert one.state == FollowUpState.DELIVERED


def letters_of(name: str) -> str:
    return next(body for to, body in letters().items() if name in to)


def test_what_has_been_answered_is_not_asked_when_the_mail_leaves(
    point: DecisionPoint, directors: dict[str, Actor], secretariat: Actor
) -> None:
    one = followed(point_of(point.decision, 2), party("Halden"), due=TODAY - timedelta(days=4))
    chase_parties(by=secretariat)
    acting(follow_ups.confirm)(one, by=secretariat)
    assert "Halden skriver avtalen" not in letters_of("halden")


# Mornings


def asked(bodies: Bodies, day: date) -> int:
    samspill = machine(bodies.community.pk, day)
    with scope(samspill):
        return chasing.remind_of_follow_ups(by=samspill)


def test_one_is_asked_the_workday_before_the_day_after_and_each_monday_while_it_is_late(
    bodies: Bodies, secretariat: Actor
) -> None:
    point = point_of(decided(bodies))
    followed(point, bodies.ssu, due=date(2026, 11, 30))  # a Monday
    sitting_in(bodies.ssu)
    days = [date(2026, 11, 20) + timedelta(days=number) for number in range(26)]
    workdays = [day for day in days if day.weekday() < 5]
    assert [day.isoformat() for day in workdays if asked(bodies, day)] == [
        "2026-11-27",
        "2026-12-01",
        "2026-12-07",
        "2026-12-14",
    ]
    assert asked(bodies, date(2026, 12, 14)) == 0, "once a morning"


def test_silence_is_asked_about_once_a_month(
    point: DecisionPoint, directors: dict[str, Actor], bodies: Bodies
) -> None:
    assert asked(bodies, MONDAY) == 3
    assert asked(bodies, MONDAY + timedelta(days=1)) == 0
    assert asked(bodies, date(2026, 12, 1)) == 3


def test_a_morning_s_question_and_the_worklist_s_own_reminder_are_one(
    bodies: Bodies, secretariat: Actor
) -> None:
    from samspill.worklist.public import remind

    one = followed(point_of(decided(bodies)), bodies.ssu, due=MONDAY - timedelta(days=3))
    jonas = sitting_in(bodies.ssu)
    samspill = machine(bodies.community.pk, MONDAY)
    with scope(samspill):
        remind(by=samspill)
        mine = Notice.objects.filter(account=jonas.account_id, key__contains=f"follow_up:{one.pk}")
        assert [notice.key for notice in mine] == [f"remind:governance.follow_up:{one.pk}:due:{MONDAY}"]
    assert FollowUp.objects.get().state == FollowUpState.OPEN
