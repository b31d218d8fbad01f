"""The start page: the message, the groups, one dark button, a way back; and the open front page."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from factories.people import TODAY, actor
from integration.worklist.at_work import at_the_door
from samspill.directory.public import (
    BRIEFS,
    TASK_SOURCES,
    Account,
    Actor,
    Brief,
    Due,
    Membership,
    Ref,
    machine,
    scope,
)
from samspill.worklist import public as worklist
from samspill.worklist.models import Notice, Task

pytestmark = pytest.mark.django_db


def add(by: Actor, title: str, due: date | None = None, of: Actor | None = None, **more: object) -> Task:
    who = worklist.person(of.account_id) if of and of.account_id else None
    with scope(by):
        return worklist.add_task(by=by, title=title, due=due, who=who, **more)  # type: ignore[arg-type]


def text(client: Client, path: str = "/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def state(task: Task, by: Actor) -> str:
    with scope(by):
        return Task.objects.get(pk=task.pk).state


def undo_address(page: str) -> str:
    found = re.search(r'action="(/oppgaver/\d+/angre/\d+/)"', page)
    assert found, "the toast has a way back"
    return found.group(1)


def test_a_visitor_sees_what_it_is_and_every_helsefellesskap(client: Client) -> None:
    page = text(client)
    assert "Sykehus og kommuner planlegger sammen" in page
    assert len(re.findall(r'href="/helsefellesskap/[a-z-]+/"', page)) == 19
    assert 'href="/logg-inn/"' in page


def test_the_heading_is_the_message_and_only_the_first_act_is_dark(client: Client, randi: Actor) -> None:
    me = at_the_door(client, randi)
    add(me, "Send innkalling", TODAY)
    add(me, "Les utkastet", TODAY + timedelta(days=30))
    page = text(client)
    assert "<h1>I dag: Send innkalling.</h1>" in page
    buttons = re.findall(r'<button[^>]*class="ds-button"[^>]*>', page)
    dark = [button for button in buttons if "data-variant" not in button and 'data-key="E"' in button]
    assert len(dark) == 1
    assert page.index("Send innkalling") < page.index(dark[0]) < page.index("Les utkastet")


def test_nothing_to_do_is_said_in_the_heading(client: Client, randi: Actor, jonas: Actor) -> None:
    me = at_the_door(client, randi)
    assert "<h1>Ingenting venter på deg.</h1>" in text(client)
    add(me, "Svar Halden", TODAY + timedelta(days=2), of=jonas)
    assert "<h1>Ingenting venter på deg. Neste frist er" in text(client)


def test_what_apps_derive_stands_among_ones_own_tasks(
    client: Client, randi: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    me = at_the_door(client, randi)
    add(me, "Send innkalling", TODAY)
    late = Due(
        "x:1", "Status mangler", "Tiltak 4.2.", "/planer/1/", "Meld status", due=TODAY - timedelta(days=3)
    )
    monkeypatch.setitem(
        TASK_SOURCES._entries, "test", lambda actor: [late] if actor.account_id == me.account_id else []
    )
    page = text(client)
    assert "<h1>Én frist har gått ut. I dag: Send innkalling.</h1>" in page
    assert page.index('id="late-h"') < page.index(">Status mangler<") < page.index('id="today-h"')
    assert 'href="/planer/1/"' in page
    assert "Meld status" in page


def test_an_app_may_put_a_box_on_the_start_page(
    client: Client, randi: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    me = at_the_door(client, randi)

    def brief(kind: str, community_id: int, actor: Actor) -> Brief | None:
        is_ours = (kind, community_id, actor.account_id) == ("web.start", me.community_id, me.account_id)
        return Brief("worklist/link.html", {"refused": "Et tall å ha med seg"}) if is_ours else None

    monkeypatch.setitem(BRIEFS._entries, "test", brief)
    assert "Et tall å ha med seg" in text(client)


def test_forty_tasks_cost_at_most_25_queries(
    client: Client, randi: Actor, jonas: Actor, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    me = at_the_door(client, randi)
    first = add(me, "Den første", TODAY)
    for number in range(20):
        add(me, f"Min {number}", TODAY + timedelta(days=number), about=Ref("worklist.task", first.pk))
        add(me, f"Din {number}", TODAY + timedelta(days=number), of=jonas)
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        assert "Min 19" in text(client)


def test_done_on_the_row_can_be_taken_back_with_the_toast(client: Client, randi: Actor) -> None:
    me = at_the_door(client, randi)
    task = add(me, "Send innkalling", TODAY)
    answer = client.post(f"/oppgaver/{task.pk}/ferdig/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert state(task, me) == "done"
    page = text(client)
    assert "Ferdig: Send innkalling" in page
    assert client.post(undo_address(page)).status_code == 303
    assert state(task, me) == "open"
    assert "Angret: Send innkalling" in text(client)


def test_undo_works_from_the_tasks_own_page_later_too(client: Client, randi: Actor) -> None:
    me = at_the_door(client, randi)
    task = add(me, "Send innkalling")
    client.post(f"/oppgaver/{task.pk}/dropp/", {"reason": "Trengs ikke"})
    text(client)
    page = text(client, f"/oppgaver/{task.pk}/")
    assert "Trengs ikke" in page
    client.post(undo_address(page))
    assert state(task, me) == "open"


def test_a_row_is_put_off_to_the_next_workday(client: Client, randi: Actor) -> None:
    me = at_the_door(client, randi)
    task = add(me, "Send innkalling", TODAY)
    client.post(f"/oppgaver/{task.pk}/utsett/")
    with scope(me):
        until = Task.objects.get(pk=task.pk).snoozed_until
    assert until
    assert TODAY < until <= TODAY + timedelta(days=7)
    assert "Du har utsatt" in text(client)


def test_a_form_with_an_error_comes_back_with_a_sentence_and_nothing_is_changed(
    client: Client, randi: Actor
) -> None:
    me = at_the_door(client, randi)
    task = add(me, "Send innkalling")
    answer = client.post(f"/oppgaver/{task.pk}/utsett/", {"until": TODAY.isoformat()})
    assert answer.status_code == 422
    assert "Velg en etter i dag" in answer.content.decode()
    assert state(task, me) == "open"
    assert client.get(f"/oppgaver/{task.pk}/utsett/").headers["Location"] == f"/oppgaver/{task.pk}/"


def test_a_new_task_needs_three_answers_and_has_two_of_them_ready(
    client: Client, randi: Actor, jonas: Actor
) -> None:
    at_the_door(client, randi)
    form = text(client, "/oppgaver/ny/")
    assert f'<option value="account:{randi.account_id}" selected>Randi Høgåsen</option>' in form
    assert 'type="date" name="due" value="20' in form
    sent = {"title": "Svar Halden", "who": f"account:{jonas.account_id}", "due": TODAY.isoformat()}
    assert client.post("/oppgaver/ny/", sent).status_code == 303
    page = text(client)
    assert "Lagt til: Svar Halden" in page
    assert "Du venter på" in page
    with scope(jonas):
        assert Notice.objects.get().account_id == jonas.account_id


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "id_title"),
        ({"due": "2020-01-01"}, "Fristen er før i dag"),
        ({"who": "account:999999"}, "id_who"),
    ],
)
def test_a_new_task_that_makes_no_sense_is_not_made(
    client: Client, randi: Actor, wrong: dict, sentence: str
) -> None:
    me = at_the_door(client, randi)
    sent = {"title": "Svar Halden", "who": f"account:{randi.account_id}", "due": TODAY.isoformat()} | wrong
    answer = client.post("/oppgaver/ny/", sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    with scope(me):
        assert not Task.objects.exists()


def test_a_task_about_a_thing_leads_to_it(client: Client, randi: Actor) -> None:
    me = at_the_door(client, randi)
    first = add(me, "Skriv utkastet")
    assert "Skriv utkastet" in text(client, f"/oppgaver/ny/?om=worklist.task:{first.pk}")
    sent = {"title": "Les det", "who": f"account:{randi.account_id}", "om": f"worklist.task:{first.pk}"}
    client.post("/oppgaver/ny/", sent)
    with scope(me):
        assert Task.objects.get(title="Les det").about_id == first.pk


def test_a_task_of_another_community_is_not_found(client: Client, randi: Actor, siri: Actor) -> None:
    theirs = add(siri, "Vestfolds oppgave")
    at_the_door(client, randi)
    assert "Vestfolds oppgave" not in text(client)
    for path in ("", "ferdig/", "utsett/", "dropp/", "overlat/", "purr/"):
        assert client.post(f"/oppgaver/{theirs.pk}/{path}").status_code in (404, 405)
    assert client.get(f"/oppgaver/{theirs.pk}/").status_code == 404
    assert state(theirs, siri) == "open"


def test_who_cannot_change_a_task_reads_why(client: Client, randi: Actor, jonas: Actor) -> None:
    task = add(randi, "Send innkalling")
    at_the_door(client, jonas)
    page = text(client, f"/oppgaver/{task.pk}/")
    assert "Denne oppgaven venter på Randi Høgåsen" in page
    assert f"/oppgaver/{task.pk}/ferdig/" not in page
    assert client.post(f"/oppgaver/{task.pk}/ferdig/").status_code == 403


def test_everybody_one_waits_for_is_reminded_with_one_press(
    client: Client, randi: Actor, jonas: Actor
) -> None:
    me = at_the_door(client, randi)
    for title in ("Svar Halden", "Svar Moss"):
        add(me, title, TODAY, of=jonas)
    assert "/oppgaver/purr/" in text(client)
    client.post("/oppgaver/purr/")
    assert "Det går en e-post om to ting." in text(client)
    client.post("/oppgaver/purr/")
    assert "Alle er purret i dag allerede." in text(client)


def test_what_others_have_done_is_news_and_what_one_did_oneself_is_not(
    client: Client, randi: Actor, jonas: Actor, siri: Actor
) -> None:
    for one in (jonas, siri, randi):
        task = add(one, f"Oppgaven til {one.name}")
        with scope(one):
            worklist.finish(task, by=one)
    at_the_door(client, randi)
    page = text(client)
    assert "Jonas Tveitan ble ferdig med «Oppgaven til Jonas Tveitan»." in page
    assert "Siri Holm" not in page
    assert "Randi Høgåsen ble ferdig" not in page


def test_one_without_a_role_is_told_what_to_do(client: Client) -> None:
    lost = actor("ostfold", "observer", name="Ola Uten")
    with scope(machine(lost.community_id, lost.today)):
        Membership.objects.filter(account_id=lost.account_id).update(to_day=TODAY)
    client.force_login(Account.objects.get(pk=lost.account_id))
    assert "Du har ingen rolle i et helsefellesskap i dag." in text(client)
    assert client.get("/oppgaver/ny/").status_code == 403


def test_the_page_is_written_in_the_form_one_has_chosen(client: Client, randi: Actor) -> None:
    me = at_the_door(client, randi)
    add(me, "Send innkalling", TODAY + timedelta(days=90))
    client.cookies["samspill_language"] = "nn"
    page = text(client)
    assert "Ingenting hastar. Neste frist er" in page
    assert '<html lang="nn"' in page


@pytest.mark.parametrize("path", ["/oppgaver/1/", "/oppgaver/ny/", "/oppgaver/1/ferdig/", "/kalender/"])
def test_pages_for_those_who_work_here_ask_who_you_are(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/logg-inn/?next={path}"
