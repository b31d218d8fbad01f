"""The pages of a revision as people meet them, without script."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories.people import member
from integration.plans.revising import NEW, OLD, map_all, seen
from samspill.directory.public import Account, Actor, scope
from samspill.plans.models import MeasureFate
from samspill.plans.public import Plan, publish
from samspill.plans.states import Fate

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def client(secretariat: Actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=secretariat.account_id), backend=BACKEND)
    return client


@pytest.fixture
def member_of_committee() -> Client:
    client = Client()
    client.force_login(member("ostfold", "member", name="Jonas Tveitan"), backend=BACKEND)
    return client


def page(plan: Plan) -> str:
    return f"/planer/{plan.pk}/revisjon/"


def ids(plan: Plan, by: Actor) -> list[int]:
    with scope(by):
        return [line.id for line in seen(plan, by).lines]


def html(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_plan_is_read_in_as_the_one_that_comes_after(client: Client, old: Plan, secretariat: Actor) -> None:
    assert "Ta med planen som kommer etter" in html(client, f"/planer/les-inn/?erstatter={old.pk}")
    sent = client.post(f"/planer/les-inn/?erstatter={old.pk}", {"file": SimpleUploadedFile("ny.md", NEW)})
    assert sent.status_code == 303
    with scope(secretariat):
        new = Plan.objects.get(replaces=old)
    assert sent["Location"] == f"/planer/{new.pk}/gjennomgang/"
    assert f'href="{page(new)}"' in html(client, sent["Location"])


def test_the_same_document_is_no_new_plan(client: Client, old: Plan, secretariat: Actor) -> None:
    sent = client.post(f"/planer/les-inn/?erstatter={old.pk}", {"file": SimpleUploadedFile("igjen.md", OLD)})
    assert sent.status_code == 422
    assert "Velg dokumentet til den nye planen" in sent.content.decode()
    with scope(secretariat):
        assert Plan.objects.count() == 1


def test_old_and_new_stand_side_by_side_and_what_differs_is_marked(client: Client, new: Plan) -> None:
    shown = html(client, page(new))
    assert "Fire tiltak i den forrige planen venter på svar." in shown
    inserted = re.findall(r"<ins><span class=\"ds-sr-only\">\(satt inn: </span>([^<]*)<", shown)
    assert inserted == ["og holde", "to ganger i året"]
    assert "Ordrett likt." in shown
    assert "Ingenting i den nye planen ligner." in shown
    assert "Følger med når planen blir vedtatt: SSU og frist 31." in shown


def test_an_answer_leads_to_the_next_that_waits_and_can_be_taken_back(
    client: Client, new: Plan, secretariat: Actor
) -> None:
    first, second, *_rest = ids(new, secretariat)
    with scope(secretariat):
        led_to = seen(new, secretariat).lines[0].new
    assert led_to is not None
    sent = client.post(f"{page(new)}{first}/", {"fate": "carried_forward", "new": led_to.id})
    assert (sent.status_code, sent["Location"]) == (303, f"{page(new)}#o{second}")
    shown = html(client, page(new))
    (undo,) = re.findall(rf'action="({page(new)}angre/\d+/)"', shown)
    assert "Tre av fire tiltak venter på svar." in shown
    assert client.post(undo).status_code == 303
    assert "Fire tiltak i den forrige planen venter på svar." in html(client, page(new))
    assert client.post(undo).status_code == 422


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"fate": "ended", "reason": " "}, "Si med få ord hvorfor"),
        ({"fate": "carried_forward"}, "Velg hvilket tiltak i den nye planen"),
        ({"fate": "changed", "new": "999999999"}, "Velg hvilket tiltak i den nye planen"),
        ({"fate": "changed", "new": "9" * 30}, "Velg hvilket tiltak i den nye planen"),
        ({"fate": "glemt"}, "Si hva det ble av det"),
        ({}, "Si hva det ble av det"),
    ],
)
def test_what_makes_no_sense_is_said_at_the_measure_and_nothing_is_written(
    client: Client, new: Plan, secretariat: Actor, typed: dict[str, str], said: str
) -> None:
    first = ids(new, secretariat)[0]
    sent = client.post(f"{page(new)}{first}/", typed)
    assert sent.status_code == 422
    row = sent.content.decode().split(f'id="o{first}"')[1]
    assert said in row[: row.index("data-row-main", 800)]
    with scope(secretariat):
        assert not MeasureFate.objects.exists()


def test_another_measure_of_the_new_plan_can_be_chosen(client: Client, new: Plan, secretariat: Actor) -> None:
    last = ids(new, secretariat)[3]
    shown = html(client, f"{page(new)}?velg={last}")
    options = re.findall(r'<option value="(\d+)"', shown)
    assert len(options) == 3
    sent = client.post(f"{page(new)}{last}/", {"fate": "changed", "new": options[2]})
    assert sent.status_code == 303
    with scope(secretariat):
        assert MeasureFate.objects.get(old=last).new_id == int(options[2])


def test_the_sure_ones_are_accepted_at_once_and_taken_back_at_once(
    client: Client, new: Plan, secretariat: Actor
) -> None:
    assert client.post(f"{page(new)}godta/").status_code == 303
    shown = html(client, page(new))
    assert "Godtatt: ett tiltak." in shown
    assert client.post(f"{page(new)}godta/").status_code == 422
    (undo,) = re.findall(rf'action="({page(new)}angre/\d+/)"', shown)
    client.post(undo)
    with scope(secretariat):
        assert not MeasureFate.objects.exists()


def test_only_those_with_one_answer_are_shown_when_asked_for(
    client: Client, new: Plan, secretariat: Actor
) -> None:
    with scope(secretariat):
        map_all(new, secretariat)
    shown = html(client, f"{page(new)}?vis=avsluttet")
    assert "Kartlegge ventetider for unge" in shown
    assert "Avtale fast telefontid" not in shown.split("s-fates")[1].split('id="nye"')[0]
    assert "Alt er gjort rede for: fire tiltak i den forrige planen" in shown


def test_the_new_plan_is_begun_from_the_former_one(client: Client, old: Plan, secretariat: Actor) -> None:
    start = f"/planer/{old.pk}/revisjon/start/"
    assert client.get(page(old)).status_code == 302
    assert "Begynn fra denne planen" in html(client, start)
    sent = client.post(start)
    assert sent.status_code == 303
    assert "Alt er gjort rede for" in html(client, sent["Location"])
    with scope(secretariat):
        new = Plan.objects.get(replaces=old)
    for path in ("", "kilde/", "gjennomgang/", "rapport/", "til-vedtaket/"):
        html(client, f"/planer/{new.pk}/{path}")
    assert "Revisjonen er i gang" in html(client, start)
    assert client.post(start).status_code == 422


def test_it_is_taken_back_that_it_is_a_revision(client: Client, new: Plan, old: Plan) -> None:
    client.post(f"{page(new)}godta/")
    sent = client.post(f"{page(new)}ikke/")
    assert sent.status_code == 303
    assert client.get(page(new)).status_code == 302
    assert client.post(f"{page(new)}av/", {"of": old.pk}).status_code == 303


def test_others_read_and_say_nothing(
    member_of_committee: Client, new: Plan, old: Plan, secretariat: Actor
) -> None:
    shown = html(member_of_committee, page(new))
    assert "Avtale fast telefontid" in shown
    assert "data-key=" not in shown.split("s-fates")[1]
    first = ids(new, secretariat)[0]
    for path in (f"{page(new)}{first}/", f"{page(new)}godta/", f"{page(new)}ikke/"):
        assert member_of_committee.post(path, {"fate": "completed"}).status_code == 403
    assert member_of_committee.get(f"/planer/{old.pk}/revisjon/start/").status_code == 403
    visitor = Client()
    assert visitor.get(page(new)).status_code == 404


def test_a_visitor_sees_an_open_revision_of_an_open_plan(new: Plan, old: Plan, secretariat: Actor) -> None:
    with scope(secretariat):
        map_all(new, secretariat)
        publish(Plan.objects.get(pk=new.pk), by=secretariat)
    visitor = Client()
    assert visitor.get(page(new)).status_code == 302
    with scope(secretariat):
        publish(old, by=secretariat)
    assert str(Fate.ENDED.label) in html(visitor, page(new))


def test_the_page_does_not_ask_more_of_the_database_when_the_plans_are_longer(
    client: Client, new: Plan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(16):
        client.get(page(new))
