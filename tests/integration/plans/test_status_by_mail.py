"""How it goes is said from a mail in two clicks, once, by those who answer for the measure."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail as django_mail
from django.test import Client
from django.utils import timezone

from factories.people import TODAY, member
from integration.plans.small_plans import bring, small_plan
from integration.plans.test_pages import signed_in
from samspill.directory.public import Account, Actor, Body, Membership, acting_as, machine, scope
from samspill.plans.link_acts import ask_for_status
from samspill.plans.public import Measure, Plan, StatusReport, report_status
from samspill.worklist import mail
from samspill.worklist import public as worklist

pytestmark = pytest.mark.django_db

ORIGIN = "https://samspill.example.no"
MONDAY = date(2026, 11, 23)
MAIL_TIME = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


@pytest.fixture
def plan(secretariat: Actor) -> Plan:
    """A measure that is late, one whose time has not come, and one that is another's."""
    rows = (
        ("Avtale fast telefontid mellom BUP og skolene", "SSU", "30.06.2026"),
        ("Lage felles kurs i samtaler med pårørende", "SSU", "30.06.2045"),
        ("Prøve ut besøk første uke etter utskriving", "Halden", "30.06.2026"),
    )
    return bring(small_plan(rows=rows), secretariat).plan


@pytest.fixture
def measure(plan: Plan, secretariat: Actor) -> Measure:
    """The late measure that SSU answers for."""
    with scope(secretariat):
        return Measure.objects.get(plan=plan, order=0)


@pytest.fixture
def jonas(plan: Plan) -> Actor:
    """A member who sits in SSU."""
    account = member("ostfold", "member", name="Jonas Tveitan")
    with scope(machine(plan.community_id, TODAY)):
        ssu = Body.objects.get(community=plan.community_id, short_name="SSU")
        Membership.objects.filter(account=account).update(body=ssu)
    return acting_as(account, today=TODAY)


def asked(plan: Plan, day: date = MONDAY) -> int:
    samspill = machine(plan.community_id, day)
    with scope(samspill):
        return ask_for_status(by=samspill)


def letters(now: datetime = MAIL_TIME) -> list[str]:
    """The mails that leave at `now`, as text."""
    for account, communities in mail.people_with_mail(now).items():
        mail.send_bundle(account, communities, now=now, origin=ORIGIN)
    return [letter.body for letter in django_mail.outbox]


def link_for(someone: Actor, measure: Measure, word: str, now: datetime | None = None) -> str:
    account = Account.objects.get(pk=someone.account_id)
    with scope(machine(someone.community_id, someone.today)):
        token = worklist.make_link(
            worklist.Ask("plans.report", measure.pk, {"word": word}),
            account=account,
            community_id=measure.community_id,
            now=now or timezone.now(),
        )
    return f"/lenke/{token}/"


def reports(measure: Measure, by: Actor) -> list[tuple[str, str]]:
    with scope(by):
        found = StatusReport.objects.filter(measure=measure).order_by("pk")
        return list(found.values_list("word", "by_name"))


def test_two_clicks_from_the_mail_to_a_stored_status(
    client: Client, plan: Plan, measure: Measure, jonas: Actor, secretariat: Actor
) -> None:
    assert asked(plan) == 1
    (letter,) = letters(timezone.now())
    assert "«Avtale fast telefontid mellom BUP og skolene» er forsinket" in letter
    links = dict(re.findall(rf"(I rute|Forsinket|Fullført): {ORIGIN}(/lenke/\S+/)", letter))
    assert list(links) == ["I rute", "Forsinket", "Fullført"]

    page = client.get(links["Fullført"])
    assert "Er tiltaket fullført?" in page.content.decode()
    assert reports(measure, secretariat) == [], "looking changes nothing"
    page = client.post(links["Fullført"])
    assert "legge til en setning" in page.content.decode()
    assert reports(measure, secretariat) == [("done", "Jonas Tveitan")]

    shown = signed_in(secretariat).get(f"/planer/{plan.pk}/?tiltak={measure.pk}").content.decode()
    row = shown[shown.index(f'id="m{measure.pk}"') :]
    assert 'aria-label="Fullført"' in row[: row.index("data-row", 200)]


def test_only_those_who_answer_are_asked_and_only_about_what_waits(plan: Plan, jonas: Actor) -> None:
    member("ostfold", "member", name="Kari Vik", email="kari@example.no")
    assert asked(plan) == 1
    (letter,) = letters()
    assert "Jonas Tveitan" in letter
    assert "Lage felles kurs" not in letter
    assert "Prøve ut besøk" not in letter


def test_one_is_asked_once_a_morning_and_not_every_day(plan: Plan, jonas: Actor) -> None:
    assert [asked(plan), asked(plan)] == [1, 0]
    assert asked(plan, MONDAY + timedelta(days=1)) == 0
    assert asked(plan, MONDAY + timedelta(days=7)) == 1
    assert asked(plan, date(2026, 7, 1)) == 1, "the day after the deadline"


def test_the_question_takes_the_place_of_the_plain_reminder(plan: Plan, jonas: Actor) -> None:
    samspill = machine(plan.community_id, MONDAY)
    asked(plan)
    with scope(samspill):
        worklist.remind(by=samspill)
    (letter,) = (one for one in letters() if "Jonas Tveitan" in one)
    assert letter.count("Avtale fast telefontid") == 1


def test_six_months_of_silence_are_asked_about_once_a_month(
    plan: Plan, jonas: Actor, secretariat: Actor
) -> None:
    with scope(secretariat):
        quiet = Measure.objects.get(plan=plan, order=1)
        report_status(quiet, word="on_track", by=secretariat, at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    tuesday = MONDAY + timedelta(days=1)
    assert [asked(plan, tuesday), asked(plan, tuesday + timedelta(days=1))] == [1, 0]
    (letter,) = letters()
    assert "Hvordan går det med «Lage felles kurs i samtaler med pårørende»?" in letter
    assert asked(plan, date(2026, 12, 1)) == 1


def test_a_link_used_twice_says_so_and_writes_nothing(
    client: Client, measure: Measure, jonas: Actor, secretariat: Actor
) -> None:
    address = link_for(jonas, measure, "on_track")
    client.post(address)
    again = client.post(address)
    assert again.status_code == 410
    assert "Denne lenken er brukt" in again.content.decode()
    assert reports(measure, secretariat) == [("on_track", "Jonas Tveitan")]


def test_a_link_with_another_letter_in_it_leads_nowhere(
    client: Client, measure: Measure, jonas: Actor, secretariat: Actor
) -> None:
    address = link_for(jonas, measure, "done")
    other = address[:-2] + ("a" if address[-2] != "a" else "b") + "/"
    answer = client.post(other)
    assert answer.status_code == 410
    assert "fører ingen steder" in answer.content.decode()
    assert reports(measure, secretariat) == []


def test_an_old_link_says_so_and_writes_nothing(
    client: Client, measure: Measure, jonas: Actor, secretariat: Actor
) -> None:
    answer = client.post(link_for(jonas, measure, "done", now=timezone.now() - timedelta(days=14)))
    assert answer.status_code == 410
    assert "for gammel" in answer.content.decode()
    assert reports(measure, secretariat) == []


@pytest.mark.parametrize("state", ["completed", "ended", "carried_forward", "in_operation"])
def test_a_measure_that_is_closed_is_not_opened_by_an_old_mail(
    client: Client, measure: Measure, jonas: Actor, secretariat: Actor, state: str
) -> None:
    address = link_for(jonas, measure, "on_track")
    with scope(secretariat):
        Measure.objects.filter(pk=measure.pk).update(state=state)
    for answer in (client.get(address), client.post(address)):
        assert answer.status_code == 410
        assert "så ingen trenger å si hvordan det går" in answer.content.decode()
    assert reports(measure, secretariat) == []
    with scope(secretariat):
        assert Measure.objects.get(pk=measure.pk).state == state


def test_a_measure_a_newer_document_has_left_out_is_not_reported_on(
    client: Client, plan: Plan, measure: Measure, jonas: Actor, secretariat: Actor
) -> None:
    address = link_for(jonas, measure, "done")
    with scope(secretariat):
        Measure.objects.filter(pk=measure.pk).update(gone_in=measure.document_id)
    answer = client.post(address)
    assert "står ikke lenger i planen" in answer.content.decode()
    assert reports(measure, secretariat) == []


def test_who_no_longer_answers_for_the_measure_says_nothing_about_it(
    client: Client, measure: Measure, jonas: Actor, secretariat: Actor
) -> None:
    address = link_for(jonas, measure, "done")
    with scope(machine(jonas.community_id, TODAY)):
        Membership.objects.filter(account=jonas.account_id).update(body=None)
    answer = client.post(address)
    assert answer.status_code == 403
    assert reports(measure, secretariat) == []


def test_what_is_finished_before_the_mail_leaves_is_not_in_it(
    plan: Plan, measure: Measure, jonas: Actor, secretariat: Actor
) -> None:
    asked(plan)
    with scope(secretariat):
        report_status(measure, word="done", by=secretariat)
    assert letters() == []


def test_an_observer_is_asked_nothing(plan: Plan, jonas: Actor) -> None:
    with scope(machine(plan.community_id, TODAY)):
        Membership.objects.filter(account=jonas.account_id).update(role="observer")
    assert asked(plan) == 0


def test_the_question_is_in_the_person_s_own_written_form(plan: Plan, jonas: Actor) -> None:
    Account.objects.filter(pk=jonas.account_id).update(written_form="nn")
    asked(plan)
    (letter,) = letters()
    assert "er forseinka" in letter
    assert "Forseinka: " in letter


def test_a_sentence_goes_with_the_answer_in_the_same_two_clicks(
    client: Client, measure: Measure, jonas: Actor, secretariat: Actor
) -> None:
    address = link_for(jonas, measure, "on_track")
    page = client.get(address).content.decode()
    assert "Én setning om det, om du vil" in page
    said = client.post(address, {"sentence": "  Første <b>møte</b> er holdt  "}).content.decode()
    assert "Første &lt;b&gt;møte&lt;/b&gt; er holdt" in said, "shown as it was written, never as markup"
    with scope(secretariat):
        report = StatusReport.objects.get(measure=measure)
    assert (report.word, report.sentence) == ("on_track", "Første <b>møte</b> er holdt")
    assert client.post(address, {"sentence": "Enda en"}).status_code == 410


def test_a_sentence_there_is_no_room_for_comes_back_and_the_link_is_not_used(
    client: Client, measure: Measure, jonas: Actor, secretariat: Actor
) -> None:
    address = link_for(jonas, measure, "on_track")
    answer = client.post(address, {"sentence": "x" * 501})
    assert answer.status_code == 422
    assert "501 tegn lang; det er plass til 500" in answer.content.decode()
    assert "x" * 501 in answer.content.decode(), "what was written is still there"
    assert reports(measure, secretariat) == []
    assert client.post(address, {"sentence": "x" * 500}).status_code == 200
    assert reports(measure, secretariat) == [("on_track", "Jonas Tveitan")]
