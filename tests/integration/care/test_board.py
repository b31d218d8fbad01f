"""«Pasienter»: the list of a team is the worst first, from the narrow set, in few queries."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factories.board import at_the_list, list_of, many_patients, names_in, page_of
from factories.care import HALDEN, LONG_AGO, CareWorld, nurse
from factories.measuring import ASTRID, SPO2, due_daily, value, watch
from factories.people import member
from samspill.care.actions import alerting
from samspill.care.actions.missing import raise_missing
from samspill.care.actions.opening import opening, opening_by_duty
from samspill.care.carrying import deciding
from samspill.care.models import AccessLogEntry, Alert, Block, Patient
from samspill.directory.public import scope

MOST_QUERIES = 20


def test_the_list_says_what_it_is_about_who_it_is_and_that_nobody_has_it(world: CareWorld) -> None:
    watch(world)
    value(world, "75.5")
    page = page_of(at_the_list(world.nurses["Service"]))
    (row,) = list_of(page)
    assert row == "Vekt 75,5 kg | Astrid Lunde, 85, Halden | 0 min | Ingen eier"
    assert "Rødt, 1" in page
    assert "Svar innen 15 min" in page
    assert 'data-says="Rødt: 1. 1 har ingen eier."' in page


def test_the_worst_is_first_and_then_the_oldest(world: CareWorld) -> None:
    watch(world)
    watch(world, code=SPO2)
    value(world, "71", hours_ago=5)
    value(world, "90", code=SPO2, hours_ago=1)
    (row,) = list_of(page_of(at_the_list(world.nurses["Service"])))
    assert row.startswith("Vekt 90 kg | Også: Vekt 71 kg | Astrid Lunde")


def test_what_stays_away_is_said_once_in_days(world: CareWorld) -> None:
    due_daily(world, watch(world))
    with scope(world.machine), opening_by_duty(by=world.machine):
        assert raise_missing(now=timezone.now(), by=world.machine) == 3
    page = page_of(at_the_list(world.nurses["Service"]))
    (row,) = list_of(page)
    assert row.startswith("Vekt: ingenting på to dager | Astrid Lunde")
    assert "Mangler eller uklart, 1" in page


def test_each_team_sees_its_own_and_nobody_else_is_let_in(world: CareWorld) -> None:
    watch(world)
    value(world, "75")
    assert list_of(page_of(at_the_list(world.nurses["Moss"]))) == []
    ida, other = at_the_list(world.nurses["Service"]), world.teams["Moss"]
    assert ida.get("/pasienter/", {"team": other.pk}).status_code == 403
    outsider = Client()
    outsider.force_login(member("ostfold", "secretariat", name="Randi Høgåsen"), backend=BACKEND)
    assert outsider.get("/pasienter/").status_code == 403
    assert Client().get("/pasienter/").status_code == 302


BACKEND = "django.contrib.auth.backends.ModelBackend"


def test_the_list_opens_at_the_highest_level_alone(world: CareWorld) -> None:
    client = at_the_list(world.nurses["Service"], level=3)
    answer = client.get("/pasienter/")
    assert answer.status_code == 403
    assert "nivå" in answer.content.decode()


def test_only_those_who_work_with_patients_find_it_in_the_menu(world: CareWorld) -> None:
    link = 'href="/pasienter/"'
    assert link in at_the_list(world.nurses["Service"]).get("/").content.decode()
    other = Client()
    other.force_login(member("ostfold", "member", name="Jonas Tveitan"), backend=BACKEND)
    assert link not in other.get("/").content.decode()
    assert link not in Client().get("/").content.decode()


def test_who_stood_on_the_list_is_in_the_log_once(world: CareWorld) -> None:
    watch(world)
    value(world, "75")
    ida = world.nurses["Service"]
    client = at_the_list(ida)
    page_of(client)
    page_of(client)
    with scope(ida):
        listed = AccessLogEntry.objects.filter(what="care.board")
        assert [(one.act, one.patients) for one in listed] == [("list", [world.patients[ASTRID].pk])]


def test_a_name_that_is_searched_for_stands_in_no_address(world: CareWorld) -> None:
    watch(world)
    value(world, "75")
    client = at_the_list(world.nurses["Service"])
    assert list_of(client.post("/pasienter/", {"navn": "lund"}).content.decode()) != []
    page = client.post("/pasienter/", {"navn": "Nilsen"}).content.decode()
    assert list_of(page) == []
    assert "Ingen på listen passer" in page
    assert "?navn" not in page
    assert client.get("/pasienter/").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("query", "posted", "is_there"),
    [
        ({"vis": "mine"}, {}, True),
        ({"vis": "uten-eier"}, {}, False),
        ({}, {"kommune": "Halden"}, True),
        ({}, {"kommune": "Moss"}, False),
        ({}, {"type": "outside"}, True),
        ({}, {"type": "missing"}, False),
        ({"vis": "tull"}, {"type": "", "kommune": "", "navn": ""}, True),
    ],
)
def test_the_list_is_narrowed_to_what_one_asks_for(
    world: CareWorld, query: dict[str, str], posted: dict[str, str], is_there: bool
) -> None:
    watch(world)
    value(world, "75")
    ida = world.nurses["Service"]
    with scope(ida), opening(world.patients[ASTRID].pk, by=ida, what="care.alert", act="write"):
        alerting.take(Alert.objects.get(), by=ida)
    client = at_the_list(ida)
    address = "/pasienter/?" + "&".join(f"{name}={said}" for name, said in query.items())
    page = (client.post(address, posted) if posted else client.get(address)).content.decode()
    assert bool(list_of(page)) is is_there


def test_with_several_teams_one_chooses(world: CareWorld) -> None:
    watch(world)
    value(world, "75")
    ida = world.nurses["Service"]
    from samspill.care.models import TeamMembership

    with scope(world.machine):
        TeamMembership.objects.create(
            community=world.community,
            team=world.teams["Moss"],
            account_id=ida.account_id,
            function="nurse",
            from_day=LONG_AGO,
        )
    client = at_the_list(ida)
    first, second = world.teams["Moss"].pk, world.teams["Service"].pk
    page = client.get("/pasienter/").content.decode()
    assert f'href="/pasienter/?team={first}" aria-current="page"' in page
    assert list_of(client.get("/pasienter/", {"team": second}).content.decode()) != []


def test_the_number_of_queries_is_the_same_for_one_and_for_sixty(world: CareWorld) -> None:
    watch(world)
    value(world, "75")
    client = at_the_list(world.nurses["Service"])
    client.get("/pasienter/")
    with CaptureQueriesContext(connection) as few:
        client.get("/pasienter/")
    many_patients(world, 60)
    with CaptureQueriesContext(connection) as many:
        page = client.get("/pasienter/").content.decode()
    assert len(names_in(page)) == 61
    assert len(many) <= len(few) + 3 <= MOST_QUERIES, "three write who has come to stand on the list"


def test_invariant_19_who_has_said_no_to_somebody_is_not_on_their_list(world: CareWorld) -> None:
    watch(world)
    value(world, "75")
    ida, per = world.nurses["Service"], nurse(world, "Service", "Per Holm")
    astrid = world.patients[ASTRID]
    with scope(world.machine), deciding(astrid.pk):
        Block.objects.create(
            community=world.community,
            patient=astrid,
            against="person",
            account_id=ida.account_id,
            from_day=LONG_AGO,
        )
    assert list_of(page_of(at_the_list(ida))) == []
    assert "Astrid" not in page_of(at_the_list(ida))
    assert len(list_of(page_of(at_the_list(per)))) == 1


def test_invariant_34_a_protected_address_is_gone_from_the_list_at_once(world: CareWorld) -> None:
    watch(world)
    value(world, "75")
    client = at_the_list(world.nurses["Service"])
    assert "Astrid Lunde, 85, Halden" in page_of(client)
    with scope(world.machine), opening_by_duty(by=world.machine):
        held = Patient.objects.filter(pk=world.patients[ASTRID].pk)
        held.update(protection="confidential", family_name="Lunde Vik")
    page = page_of(client)
    assert HALDEN not in page
    assert "Astrid Lunde Vik, 85" in page
    value(world, "76", hours_ago=0)
    assert HALDEN not in page_of(client)


def test_a_value_that_is_taken_back_stands_on_no_list(world: CareWorld) -> None:
    watch(world)
    value(world, "71", hours_ago=2)
    taken = value(world, "75", hours_ago=1).measurement
    with scope(world.machine), opening_by_duty(by=world.machine):
        alerting.tell_withdrawn(taken, by=world.machine, note="Feil pasient")
    (row,) = list_of(page_of(at_the_list(world.nurses["Service"])))
    assert row.startswith("Vekt 71 kg")


def test_the_page_holds_no_national_number(world: CareWorld) -> None:
    watch(world)
    value(world, "75")
    page = page_of(at_the_list(world.nurses["Service"]))
    assert not re.search(r"(?<!\d)\d{11}(?!\d)", page)


def test_an_empty_list_says_that_it_is_fine(world: CareWorld) -> None:
    page = page_of(at_the_list(world.nurses["Service"]))
    assert "Ingenting venter på teamet" in page


def test_in_other_languages_it_is_said_in_them(world: CareWorld) -> None:
    watch(world)
    value(world, "75.5")
    (row,) = list_of(page_of(at_the_list(world.nurses["Service"], language="en")))
    assert row.startswith("Vekt 75.5 kg")
    assert row.endswith("No owner")
    (row,) = list_of(page_of(at_the_list(world.nurses["Service"], language="nn")))
    assert row.endswith("Ingen eigar")
