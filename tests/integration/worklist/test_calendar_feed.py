"""The calendar feed: deadlines as all-day events, to whoever has the address."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar, Event

from integration.worklist.at_work import at_the_door
from samspill.directory.public import TASK_SOURCES, Account, Actor, AuditEvent, Due, scope
from samspill.worklist import public as worklist

pytestmark = pytest.mark.django_db


def address(someone: Actor) -> str:
    return f"/kalender/{Account.objects.get(pk=someone.account_id).feed_token}.ics"


def events(client: Client, someone: Actor) -> list[Event]:
    answer = client.get(address(someone))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.content).events)


def with_task(randi: Actor, title: str, due: date | None) -> int:
    today = replace(randi, today=timezone.localdate())
    with scope(today):
        return worklist.add_task(by=today, title=title, due=due).pk


def test_a_deadline_is_an_all_day_event(client: Client, randi: Actor) -> None:
    due = timezone.localdate() + timedelta(days=9)
    pk = with_task(randi, "Send innkalling; til SSU, og så: «vent»", due)
    with_task(randi, "Uten frist", None)
    (event,) = events(client, randi)
    assert str(event["SUMMARY"]) == "Send innkalling; til SSU, og så: «vent»"
    assert event["SUMMARY"].params["LANGUAGE"] == "nb"
    assert (event.start, event.end) == (due, due + timedelta(days=1))
    assert str(event["URL"]).endswith(f"/oppgaver/{pk}/")


def test_an_event_keeps_its_number(client: Client, randi: Actor) -> None:
    with_task(randi, "Send innkalling", timezone.localdate())
    assert [event["UID"] for event in events(client, randi)] == [
        event["UID"] for event in events(client, randi)
    ]


def test_what_other_apps_derive_is_in_the_feed_too(
    client: Client, randi: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = Due("x:1", "Status mangler", "Tiltak 4.2.", "/planer/1/", "Meld status", due=date(2027, 1, 15))
    monkeypatch.setitem(TASK_SOURCES._entries, "test", lambda actor: [due])
    assert [str(event["SUMMARY"]) for event in events(client, randi)] == ["Status mangler"]


def test_what_is_done_is_no_longer_in_the_calendar(client: Client, randi: Actor) -> None:
    pk = with_task(randi, "Send innkalling", timezone.localdate())
    with scope(randi):
        worklist.finish(worklist.Task.objects.get(pk=pk), by=randi)
    assert events(client, randi) == []


def test_the_feed_holds_ones_own_deadlines_only(
    client: Client, randi: Actor, jonas: Actor, siri: Actor
) -> None:
    with_task(randi, "Send innkalling", timezone.localdate())
    assert events(client, jonas) == []
    assert events(client, siri) == []


def test_the_calendar_is_named_in_the_persons_written_form(client: Client, randi: Actor) -> None:
    Account.objects.filter(pk=randi.account_id).update(written_form="nn")
    answer = client.get(address(randi))
    assert Calendar.from_ical(answer.content).calendar_name == "Fristar i Samspill"
    assert answer.headers["Content-Language"] == "nn"


@pytest.mark.parametrize("token", ["x", "0" * 43])
def test_an_unknown_address_is_not_found(client: Client, token: str) -> None:
    assert client.get(f"/kalender/{token}.ics").status_code == 404


def test_a_closed_account_has_no_calendar(client: Client, randi: Actor) -> None:
    Account.objects.filter(pk=randi.account_id).update(is_active=False)
    assert client.get(address(randi)).status_code == 404


def test_a_new_address_ends_the_old_one(client: Client, randi: Actor) -> None:
    old = address(randi)
    me = at_the_door(client, randi)
    assert client.post("/kalender/ny-adresse/").status_code == 303
    assert client.get(old).status_code == 404
    assert client.get(address(randi)).status_code == 200
    assert address(randi) in client.get("/kalender/").content.decode()
    with scope(me):
        assert AuditEvent.objects.filter(act="account.new_feed_token").exists()


def test_the_page_with_the_address_asks_who_you_are(client: Client) -> None:
    assert client.get("/kalender/").status_code == 302
