"""A link in a mail does one thing, once, for one person, for two weeks."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from integration.worklist.at_work import at_the_door
from samspill.directory.public import (
    Account,
    Actor,
    AuditEvent,
    Membership,
    Party,
    acting_as,
    machine,
    scope,
    sign_out_everywhere,
)
from samspill.refusal import Refused
from samspill.worklist import public as worklist
from samspill.worklist.models import MailLink, Task

pytestmark = pytest.mark.django_db

Link = Callable[..., str]


@pytest.fixture
def task(randi: Actor, jonas: Actor) -> Task:
    """Something Randi asked Jonas for."""
    assert jonas.account_id
    with scope(randi):
        return worklist.add_task(by=randi, title="Svar Halden", who=worklist.person(jonas.account_id))


def link_for(
    someone: Actor, task: Task, act: str = "worklist.finish", now: datetime | None = None, **arguments: str
) -> str:
    """The address of a fresh link."""
    account = Account.objects.get(pk=someone.account_id)
    with scope(machine(someone.community_id, someone.today)):
        token = worklist.make_link(
            worklist.Ask(act, task.pk, arguments),
            account=account,
            community_id=task.community_id,
            now=now or timezone.now(),
        )
    return f"/lenke/{token}/"


def state_of(task: Task) -> str:
    with scope(machine(task.community_id, timezone.localdate())):
        return Task.objects.get(pk=task.pk).state


def test_looking_at_a_link_changes_nothing_however_often(client: Client, jonas: Actor, task: Task) -> None:
    address = link_for(jonas, task)
    for _time in range(3):
        page = client.get(address)
        assert page.status_code == 200
        assert "Svar Halden" in page.content.decode()
    assert state_of(task) == "open"


def test_one_press_does_it_without_signing_in_and_is_written_down(
    client: Client, jonas: Actor, task: Task
) -> None:
    page = client.post(link_for(jonas, task))
    assert page.status_code == 200
    assert "Ferdig: Svar Halden" in page.content.decode()
    assert state_of(task) == "done"
    with scope(jonas):
        act = AuditEvent.objects.get(act="task.finish")
    assert (act.by_id, act.details["via"]) == (jonas.account_id, "link")
    assert "_auth_user_id" not in client.session, "a link lets nobody in"


def test_what_is_done_through_a_link_for_a_party_is_written_down_on_its_behalf(
    client: Client, randi: Actor, jonas: Actor
) -> None:
    party = Party.objects.filter(community_id=randi.community_id, kind="municipality").first()
    assert party
    with scope(machine(randi.community_id, randi.today)):
        Membership.objects.filter(account_id=jonas.account_id).update(party=party)
    with scope(randi):
        task = worklist.add_task(by=randi, title="Svar", who=worklist.party(party.pk))
    client.post(link_for(jonas, task))
    with scope(jonas):
        assert AuditEvent.objects.get(act="task.finish").on_behalf_of_id == party.pk


def test_a_link_is_used_once_and_says_when(client: Client, jonas: Actor, task: Task) -> None:
    address = link_for(jonas, task)
    client.post(address)
    for again in (client.get(address), client.post(address)):
        assert again.status_code == 410
        assert "Denne lenken er brukt" in again.content.decode()
    with scope(jonas):
        assert AuditEvent.objects.filter(act="task.finish").count() == 1


def test_a_link_that_was_undone_does_not_work_again(client: Client, jonas: Actor, task: Task) -> None:
    address = link_for(jonas, task)
    client.post(address)
    with scope(jonas):
        worklist.undo(task, event=worklist.last_event(task), by=jonas)
    client.post(address)
    assert state_of(task) == "open"


def test_a_link_lasts_two_weeks(client: Client, jonas: Actor, task: Task) -> None:
    old = link_for(jonas, task, now=timezone.now() - timedelta(days=14, minutes=1))
    fresh = link_for(jonas, task, now=timezone.now() - timedelta(days=13, hours=23))
    refused = client.post(old)
    assert refused.status_code == 410
    assert "for gammel" in refused.content.decode()
    assert state_of(task) == "open"
    client.post(fresh)
    assert state_of(task) == "done"


@pytest.mark.parametrize("token", ["1-abc", "x", "-", "99999999-x", "²-x", "1" * 40 + "-x", "0-" + "a" * 43])
def test_a_made_up_link_leads_nowhere(client: Client, token: str) -> None:
    page = client.get(f"/lenke/{token}/")
    assert page.status_code == 410
    assert "fører ingen steder" in page.content.decode()


def test_a_link_of_one_community_opens_nothing_in_another(
    client: Client, jonas: Actor, siri: Actor, task: Task
) -> None:
    address = link_for(jonas, task).replace(f"/{task.community_id}-", f"/{siri.community_id}-")
    assert "fører ingen steder" in client.post(address).content.decode()
    assert state_of(task) == "open"


def test_a_link_does_nothing_but_what_it_was_made_for(
    client: Client, randi: Actor, jonas: Actor, task: Task
) -> None:
    assert jonas.account_id
    with scope(randi):
        other = worklist.add_task(by=randi, title="Noe annet", who=worklist.person(jonas.account_id))
    until = timezone.localdate() + timedelta(days=3)
    address = link_for(jonas, task, "worklist.snooze", until=until.isoformat())
    client.post(address, {"act": "worklist.finish", "thing_id": other.pk, "until": "2030-01-01"})
    assert (state_of(task), state_of(other)) == ("snoozed", "open")
    with scope(jonas):
        assert Task.objects.get(pk=task.pk).snoozed_until == until


def test_a_link_does_not_act_for_somebody_else_who_is_signed_in(
    client: Client, randi: Actor, jonas: Actor, task: Task
) -> None:
    address = link_for(jonas, task)
    at_the_door(client, randi)
    page = client.post(address)
    assert page.status_code == 403
    assert "Jonas Tveitan" in page.content.decode()
    assert state_of(task) == "open"


def test_signing_out_everywhere_ends_the_links_too(client: Client, jonas: Actor, task: Task) -> None:
    address = link_for(jonas, task)
    with scope(jonas):
        sign_out_everywhere(Account.objects.get(pk=jonas.account_id), by=jonas)
    assert client.post(address).status_code == 410
    assert state_of(task) == "open"


def test_links_can_be_taken_back(client: Client, jonas: Actor, task: Task) -> None:
    address = link_for(jonas, task)
    account = Account.objects.get(pk=jonas.account_id)
    with scope(machine(jonas.community_id, jonas.today)):
        count = worklist.revoke_links(account, community_id=task.community_id, now=timezone.now())
    assert count == 1
    assert client.post(address).status_code == 410
    assert state_of(task) == "open"


def test_who_has_left_can_do_nothing_through_an_old_link(client: Client, jonas: Actor, task: Task) -> None:
    address = link_for(jonas, task)
    with scope(machine(jonas.community_id, jonas.today)):
        Membership.objects.filter(account_id=jonas.account_id).update(to_day=timezone.localdate())
    assert client.post(address).status_code == 403
    assert state_of(task) == "open"


def test_a_link_for_a_task_that_was_handed_over_does_nothing(
    client: Client, randi: Actor, jonas: Actor, task: Task
) -> None:
    address = link_for(jonas, task)
    assert randi.account_id
    with scope(randi):
        worklist.hand_over(task, by=randi, to=worklist.person(randi.account_id))
    page = client.post(address)
    assert page.status_code == 410
    assert "venter ikke på deg lenger" in page.content.decode()


def test_a_refused_act_does_not_use_the_link_up(jonas: Actor, task: Task) -> None:
    token = link_for(jonas, task).split("/")[2]
    with scope(jonas):
        worklist.drop(task, by=jonas, reason="Trengs ikke")
        with pytest.raises(Refused):
            worklist.use_link(
                token,
                visitor=acting_as(Account.objects.get(pk=jonas.account_id), today=jonas.today),
                now=timezone.now(),
            )
        assert MailLink.objects.get().used is None


def test_the_token_itself_is_kept_nowhere(jonas: Actor, task: Task) -> None:
    token = link_for(jonas, task).split("/")[2]
    with scope(jonas):
        row = MailLink.objects.values().get()
        history = list(MailLink.objects.get().events.values())  # type: ignore[attr-defined]
    assert token not in str(row)
    assert token not in str(history)
    assert row["token_hash"] not in str(history)


def test_the_page_speaks_the_written_form_of_the_one_it_was_sent_to(
    client: Client, jonas: Actor, task: Task
) -> None:
    Account.objects.filter(pk=jonas.account_id).update(written_form="nn")
    page = client.get(link_for(jonas, task))
    assert page.headers["Content-Language"] == "nn"
    assert "før du trykkjer på knappen" in page.content.decode()


def test_an_app_may_add_an_act_of_its_own(
    client: Client, jonas: Actor, task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, str, str]] = []
    act = worklist.LinkAct(
        describe=lambda thing, arguments, actor: worklist.Asked(
            "I rute", "Går det bra?", "Kveldspatrulje", "/planer/"
        ),
        perform=lambda thing, arguments, actor: (
            told.append((thing, arguments["status"], actor.name)) or "Takk"
        ),  # type: ignore[func-returns-value]
    )
    monkeypatch.setitem(worklist.LINK_ACTS, "plans.report_status", act)
    address = link_for(jonas, task, "plans.report_status", status="on_track")
    assert "Går det bra?" in client.get(address).content.decode()
    client.post(address)
    assert told == [(task.pk, "on_track", "Jonas Tveitan")]


def test_an_act_that_asks_for_no_sentence_gets_none(client: Client, jonas: Actor, task: Task) -> None:
    address = link_for(jonas, task)
    assert "<textarea" not in client.get(address).content.decode()
    assert client.post(address, {"sentence": "x" * 501}).status_code == 200
    with scope(jonas):
        assert "sentence" not in AuditEvent.objects.get(act="task.finish").details
    assert state_of(task) == "done"
