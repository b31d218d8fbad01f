"""What is put before those who adopt a plan: what it lacks, and what became of what was promised."""

import re
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories.people import actor, member
from integration.plans.revising import map_all, seen
from integration.plans.small_plans import bring, small_plan
from samspill.directory.public import LINK_KINDS, Account, Actor, AuditEvent, scope
from samspill.plans.actions.revising import set_fate
from samspill.plans.public import Measure, Plan, adopt
from samspill.plans.states import Fate

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def client(secretariat: Actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=secretariat.account_id), backend=BACKEND)
    return client


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def case(plan: Plan) -> str:
    return f"/planer/{plan.pk}/til-vedtaket/"


def test_measures_without_responsible_or_deadline_are_listed_in_the_case(client: Client, new: Plan) -> None:
    page = text_of(client, case(new))
    assert "Tre tiltak legges fram. To mangler ansvarlig, og to mangler frist." in page
    owners = page[page.index("Uten ansvarlig") : page.index("Uten frist")]
    assert "Opprette ambulant team for unge" in owners
    assert "to ganger i året" not in owners
    assert "Alle tiltak står i et innsatsområde." in page


def test_a_measure_outside_the_areas_stands_in_the_way_and_is_led_to(
    client: Client, new: Plan, secretariat: Actor
) -> None:
    with scope(secretariat):
        lost = Measure.objects.filter(plan=new)[0]
        Measure.objects.filter(pk=lost.pk).update(area=None)
        map_all(new, secretariat)
    answer = client.get(case(new)).content.decode()
    assert "Planen kan ikke vedtas mens tiltak står utenfor innsatsområdene" in answer
    assert f'href="/planer/{new.pk}/tiltak/{lost.pk}/"' in answer
    assert 'id="vedta"' not in answer
    sent = client.post(f"/planer/{new.pk}/vedta/", {"on": "2026-11-01", "adopted_by": "Partnerskapsmøtet"})
    assert sent.status_code == 422


def test_what_is_not_accounted_for_stands_in_the_way_and_is_led_to(
    client: Client, new: Plan, old: Plan, secretariat: Actor
) -> None:
    answer = client.get(case(new)).content.decode()
    with scope(secretariat):
        for measure in Measure.objects.filter(plan=old):
            assert f'href="/planer/{new.pk}/revisjon/#o{measure.pk}"' in answer
    assert 'id="vedta"' not in answer
    sent = client.post(f"/planer/{new.pk}/vedta/", {"on": "2026-11-01", "adopted_by": "Partnerskapsmøtet"})
    assert sent.status_code == 422
    assert "4 tiltak i den forrige planen er ikke gjort rede for" in sent.content.decode()
    assert f'href="{case(new)}">Se hva som står i veien' in sent.content.decode()


def test_what_became_of_what_was_promised_is_counted_never_typed(
    client: Client, new: Plan, secretariat: Actor
) -> None:
    with scope(secretariat):
        third = seen(new, secretariat).lines[2]
        set_fate(new, old=third.id, fate=Fate.COMPLETED, by=secretariat)
        map_all(new, secretariat)
    page = text_of(client, case(new))
    assert (
        "Den forrige planen lovte fire tiltak: ett fullført, ett videreført, ett videreført i endret form og "
        "ett avsluttet." in page
    )
    assert "1 Barn og unge 4 1 1 1 1 –" in page
    assert "Kommunene gjør dette selv." in page
    assert 'id="vedta"' in client.get(case(new)).content.decode()


def test_the_plan_is_adopted_from_the_case(client: Client, new: Plan, secretariat: Actor) -> None:
    with scope(secretariat):
        map_all(new, secretariat)
    sent = client.post(f"/planer/{new.pk}/vedta/", {"on": "2026-11-01", "adopted_by": "Partnerskapsmøtet"})
    assert sent.status_code == 303
    assert "Hva det ble av det som var lovet" in text_of(client, f"/planer/{new.pk}/revisjon/")
    assert 'id="vedta"' not in client.get(case(new)).content.decode()
    with scope(secretariat):
        event = AuditEvent.objects.get(act="plan.adopt")
        names = Measure.objects.filter(pk__in=event.details["without_accountable"])
        assert [one.text for one in names.order_by("order")] == [
            "Avtale fast telefontid mellom BUP og skolene",
            "Opprette ambulant team for unge",
        ]
        assert AuditEvent.objects.filter(act="measure.fate").count() == 4


def test_what_its_document_says_of_its_adoption_is_offered_when_it_can_be_adopted(
    client: Client, old: Plan, secretariat: Actor
) -> None:
    """A plan read in as adopted waits all the same until the former measures are accounted for."""
    later = small_plan(years="2027-2028", adopted="Vedtatt i Partnerskapsmøtet 01.11.2026")
    new = bring(later, secretariat, "ny.md").plan
    assert new.adopted_on == date(2026, 11, 1)
    assert client.post(f"/planer/{new.pk}/revisjon/av/", {"of": old.pk}).status_code == 303
    with scope(secretariat):
        assert Plan.objects.get(pk=new.pk).adopted_on is None
        map_all(new, secretariat)
    page = client.get(case(new)).content.decode()
    assert 'value="2026-11-01"' in page
    assert 'value="Partnerskapsmøtet"' in page


def test_adopting_again_gives_no_measure_another_state(new: Plan, old: Plan, secretariat: Actor) -> None:
    with scope(secretariat):
        map_all(new, secretariat)
        adopt(new, on=secretariat.today, adopted_by="Partnerskapsmøtet", by=secretariat)
        before = list(Measure.objects.order_by("pk").values_list("pk", "state"))
        adopt(new, on=secretariat.today, adopted_by="Partnerskapsmøtet", by=secretariat)
        assert list(Measure.objects.order_by("pk").values_list("pk", "state")) == before
        assert AuditEvent.objects.filter(act="measure.fate").count() == 4


def test_a_decision_can_adopt_a_plan() -> None:
    kind = LINK_KINDS["adopted_by"]
    assert (kind.from_kinds, kind.to_kinds) == ({"plans.plan"}, {"governance.decision"})


def test_the_case_is_open_to_read_and_only_its_keepers_adopt(new: Plan, secretariat: Actor) -> None:
    with scope(secretariat):
        map_all(new, secretariat)
    client = Client()
    client.force_login(member("ostfold", "member", name="Jonas Tveitan"), backend=BACKEND)
    answer = client.get(case(new))
    assert answer.status_code == 200
    assert 'id="vedta"' not in answer.content.decode()
    other = Client()
    other.force_login(
        Account.objects.get(pk=actor("vestfold", name="Eli Ramsøy").account_id), backend=BACKEND
    )
    assert other.get(case(new)).status_code == 404


def test_the_case_does_not_ask_more_of_the_database_when_the_plans_are_longer(
    client: Client, new: Plan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(16):
        client.get(case(new))
