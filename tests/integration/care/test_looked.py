"""«Hvem har sett på meg»: the patient reads every look, in all records, and others no more than their own."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from factories.care import CareWorld
from factories.pages import signed_in
from factories.safety_net import ASTRID, ODD, Family
from factories.tried import a_few
from samspill.care.access_words import done
from samspill.care.actions.asking_about_looks import ask_about
from samspill.care.actions.deciding import Wish
from samspill.care.actions.opening import opening, opening_list, write_listed
from samspill.care.models import AccessLogEntry, AccessReview
from samspill.care.queries.access_log import about, shown
from samspill.directory.public import Actor, scope
from samspill.refusal import Refused

GLASS = Wish(purpose="BTG", reason_code="danger_to_life", reason="Funnet bevisstløs, ukjent medisin")
MOST_QUERIES = 25
SEEN = [("list", "care.list"), ("search", "care.find"), ("export", "care.measurements")]


def look(world: CareWorld, who: Actor, what: str = "care.timeline", wish: Wish | None = None) -> None:
    with scope(who), opening(world.patients[ASTRID].pk, by=who, what=what, wish=wish or Wish()):
        pass


def page(world: CareWorld, who: Actor, query: str = "", language: str = "nb") -> str:
    address = reverse("care:looked", args=[world.patients[ASTRID].pk])
    return signed_in(who, language).get(f"{address}{query}").content.decode()


def all_look(world: CareWorld) -> None:
    look(world, world.nurses["Ward"])
    look(world, world.nurses["Ward"], "care.safety_net")
    look(world, world.nurses["Service"])
    look(world, world.nurses["Moss"], "care.patient", GLASS)
    service = world.nurses["Service"]
    with scope(service), opening_list(world.teams["Service"], by=service) as decision:
        write_listed(decision, [world.patients[ASTRID].pk, world.patients[ODD].pk], what="care.list")


def test_it_is_the_patients_page_also_when_somebody_near_reads_it(world: CareWorld, home: Family) -> None:
    """«Me» is who the page is about; and what was seen is said once."""
    own, near = (page(world, one) for one in (home.astrid, home.daughter))
    assert "Hvem har sett på meg?" in own
    assert "Hvem har sett på Astrid Lunde?" in near
    assert "«du» er Astrid" in near
    assert "«du» er Astrid" not in own
    with override("nb"):
        said = [done(act, what) for act, what in SEEN]
    assert said == [
        "navnet ditt på lista til teamet",
        "navnet ditt i et søk",
        "tok en kopi av målingene dine",
    ]


@pytest.mark.parametrize("who", ["astrid", "daughter"])
def test_the_patient_and_the_daughter_read_every_look_in_all_records(
    world: CareWorld, home: Family, who: str
) -> None:
    all_look(world)
    html = page(world, getattr(home, who))
    trust = str(world.teams["Ward"].tenant)
    people = ("Kari Vold", "Ida Strand", "Nina Berg", "Ward", "Fredrikstad", trust)
    for said in (*people, "Nødtilgang", "liv er i fare", "Hva er innafor", "på lista"):
        assert said in html, said
    assert "bevisstløs" not in html, "the words of a reason are for those who review it"
    assert not re.search(r"\b\d{11}\b", html)


def test_a_line_says_what_its_decision_says(world: CareWorld, home: Family) -> None:
    all_look(world)
    with scope(home.astrid), opening(world.patients[ASTRID].pk, by=home.astrid, what="care.log"):
        nina = AccessLogEntry.objects.get(by_name="Nina Berg")
        assert (nina.purpose, nina.basis, nina.reason_code) == ("BTG", "break_glass", "danger_to_life")
        assert nina.tenants == [world.teams["Moss"].tenant_id]
        assert nina.worked_for_id == world.teams["Moss"].tenant_id
        assert "break_glass" in nina.flags


@pytest.mark.parametrize("who", ["Ward", "Service"])
def test_somebody_at_work_sees_their_own_looks_alone(world: CareWorld, home: Family, who: str) -> None:
    all_look(world)
    nurse = world.nurses[who]
    with scope(nurse), opening(world.patients[ASTRID].pk, by=nurse, what="care.log"):
        assert {one.by_id for one in about(world.patients[ASTRID].pk)} == {nurse.account_id}
    html = page(world, nurse)
    others = {"Kari Vold", "Ida Strand", "Nina Berg"} - {nurse.name}
    assert not any(name in html.split("<main")[1] for name in others)


def test_the_same_person_stands_once_a_day_with_the_times(world: CareWorld, home: Family) -> None:
    for _ in range(3):
        look(world, world.nurses["Ward"])
    with scope(home.astrid), opening(world.patients[ASTRID].pk, by=home.astrid, what="care.log"):
        log = shown(world.patients[ASTRID].pk, today=home.astrid.today)
        (day,) = log.days or [None]
        ward = [one for one in day.looks if one.name == "Kari Vold"]
        assert [(one.count, len(one.seen)) for one in ward] == [(3, 1)]


def test_one_organisation_is_chosen_and_own_looks_are_shown_when_asked_for(
    world: CareWorld, home: Family
) -> None:
    all_look(world)
    trust = world.teams["Ward"].tenant
    html = page(world, home.astrid, f"?virksomhet={trust}").split('id="oppslag"')[1]
    assert "Kari Vold" in html
    assert "Ida Strand" not in html
    assert "<b>Du</b>" not in page(world, home.astrid)
    assert "<b>Du</b>" in page(world, home.astrid, "?egne=1")


def test_it_is_taken_along_as_a_table_and_that_is_logged(world: CareWorld, home: Family) -> None:
    all_look(world)
    pk = world.patients[ASTRID].pk
    made = signed_in(home.astrid).get(reverse("care:looked-file", args=[pk]))
    text = made.content.decode("utf-8-sig")
    assert "Kari Vold" in text
    assert "Astrid" not in made["Content-Disposition"]
    assert made["Cache-Control"] == "no-store"
    with scope(home.astrid), opening(pk, by=home.astrid, what="care.log"):
        assert AccessLogEntry.objects.filter(act="export", what="care.log").exists()


def test_the_patient_wonders_and_the_organisation_is_asked(world: CareWorld, home: Family) -> None:
    all_look(world)
    pk, client = world.patients[ASTRID].pk, signed_in(home.astrid)
    with scope(home.astrid), opening(pk, by=home.astrid, what="care.log"):
        entry = AccessLogEntry.objects.filter(by_name="Kari Vold").first()
        assert entry
    address = reverse("care:looked", args=[pk])
    assert client.post(address, {"oppslag": entry.pk, "question": " "}).status_code == 422
    assert client.post(address, {"oppslag": 10**9, "question": "Hvorfor?"}).status_code == 422
    assert client.post(address, {"oppslag": entry.pk, "question": "Hvorfor så du?"}).status_code == 303
    html = client.get(address).content.decode()
    assert "Hvorfor så du?" in html
    with scope(home.astrid), opening(pk, by=home.astrid, what="care.log"):
        asked = AccessReview.objects.get(kind="question")
        assert (asked.tenant, asked.looked_name) == (world.teams["Ward"].tenant, "Kari Vold")


def test_somebody_at_work_does_not_ask_for_the_patient(world: CareWorld, home: Family) -> None:
    nurse, pk = world.nurses["Ward"], world.patients[ASTRID].pk
    with scope(nurse), opening(pk, by=nurse, what="care.log") as opened:
        entry = about(pk).first()
        assert entry
        with pytest.raises(Refused) as refused:
            ask_about(opened, entry.pk, "Hvorfor?", by=nurse)
        assert refused.value.code == "looked.not_yours"


@a_few("language", ("nb", "nn", "en"), most=1)
def test_the_page_is_read_within_25_queries(
    world: CareWorld, home: Family, django_assert_max_num_queries: DjangoAssertNumQueries, language: str
) -> None:
    all_look(world)
    address = reverse("care:looked", args=[world.patients[ASTRID].pk])
    for who in (home.astrid, home.daughter, world.nurses["Ward"]):
        client = signed_in(who, language)
        client.get(address)
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize(("what", "is_chosen"), [("care.board", False), ("care.find", True)])
def test_who_was_led_by_a_list_is_told_from_who_chose_the_patient(
    world: CareWorld, home: Family, what: str, is_chosen: bool
) -> None:
    service = world.nurses["Service"]
    with scope(service), opening_list(world.teams["Service"], by=service) as decision:
        write_listed(decision, [world.patients[ASTRID].pk], what=what)
    look(world, service)
    look(world, world.nurses["Ward"])
    with scope(home.astrid), opening(world.patients[ASTRID].pk, by=home.astrid, what="care.log"):
        looks = AccessLogEntry.objects.filter(patient_id=world.patients[ASTRID].pk)
        assert looks.get(by_name=service.name).is_chosen == is_chosen
        assert looks.get(by_name=world.nurses["Ward"].name).is_chosen
