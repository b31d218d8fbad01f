"""A kept answer is joined to the measure or the case that rests on it, and stands in the thread there."""

import pytest
from django.db import transaction
from django.test import Client

from factories.people import actor, member
from integration.plans.small_plans import bring, small_plan
from samspill.directory.public import Actor, Community, Ref, joined, scope
from samspill.governance.public import Case
from samspill.insight.models import DataPack
from samspill.insight.public import Calculation, calculate, use_in
from samspill.plans.public import Measure

pytestmark = pytest.mark.django_db


def analyst() -> Actor:
    return actor("ostfold", "analyst", name="Tone Myhre", email="tone.myhre@example.no")


@pytest.fixture
def kept(figures: DataPack) -> Calculation:
    with transaction.atomic(), scope(analyst()):
        return calculate("people", {"draws": 20, "years": 5}, by=analyst())


@pytest.fixture
def measure(figures: DataPack) -> Measure:
    keeper = actor("ostfold", "plan_owner", name="Eva Lie", email="eva.lie@example.no")
    with transaction.atomic():
        bring(small_plan(), keeper)
        with scope(keeper):
            return Measure.objects.get(text__contains="pårørende")


@pytest.fixture
def signed_in(client: Client) -> Client:
    client.force_login(member("ostfold", "plan_owner"))
    return client


def test_a_measure_is_found_joined_and_parted_again(
    kept: Calculation, measure: Measure, signed_in: Client
) -> None:
    address = f"/tall/utregning/{kept.key}/"
    found = signed_in.get(f"{address}?sok=pårørende").content.decode()
    assert f'value="plans.measure:{measure.pk}"' in found
    joining = signed_in.post(f"{address}bruk/", {"ting": f"plans.measure:{measure.pk}"})
    assert joining.headers["Location"] == address
    with transaction.atomic(), scope(analyst()):
        link = joined([Ref("plans.measure", measure.pk)], analyst())[Ref("plans.measure", measure.pk)][0]
    assert (link.label, link.target and link.target.url) == ("Bygger på tallene", address)
    page = signed_in.get(f"/planer/{measure.plan_id}/tiltak/{measure.pk}/").content.decode()
    assert address in page
    assert (
        f'value="plans.measure:{measure.pk}"'
        not in signed_in.get(f"{address}?sok=pårørende").content.decode()
    )
    signed_in.post(f"{address}bruk/{link.link_id}/bort/")
    with transaction.atomic(), scope(analyst()):
        assert joined([Ref("plans.measure", measure.pk)], analyst())[Ref("plans.measure", measure.pk)] == []


@pytest.mark.parametrize(
    "thing", ["", "plans.measure", "plans.measure:x", "plans.measure:999999", "directory.body:1"]
)
def test_what_cannot_rest_on_an_answer_is_refused(kept: Calculation, signed_in: Client, thing: str) -> None:
    assert signed_in.post(f"/tall/utregning/{kept.key}/bruk/", {"ting": thing}).status_code == 422


def test_who_holds_no_such_role_joins_nothing(kept: Calculation, measure: Measure, client: Client) -> None:
    client.force_login(member("ostfold", "observer"))
    sent = {"ting": f"plans.measure:{measure.pk}"}
    assert client.post(f"/tall/utregning/{kept.key}/bruk/", sent).status_code == 403


def test_a_measure_of_another_community_is_not_offered(
    kept: Calculation, measure: Measure, client: Client
) -> None:
    elsewhere = actor("vestfold", "plan_owner", name="Jo Lie", email="jo.lie@example.no")
    with transaction.atomic():
        bring(small_plan(community="Helsefellesskapet Vestfold"), elsewhere)
    client.force_login(member("ostfold", "plan_owner"))
    found = client.get(f"/tall/utregning/{kept.key}/?sok=pårørende").content.decode()
    assert found.count('name="ting"') == 1


def test_a_case_shows_the_figures_it_rests_on_to_its_own(kept: Calculation, client: Client) -> None:
    secretariat = actor("ostfold", name="Per Dahl", email="per.dahl@example.no")
    with transaction.atomic(), scope(secretariat):
        community = Community.objects.get(slug="ostfold")
        case = Case.objects.create(
            community=community, title="Flere korttidsplasser", state="reported", year=2026, number=7
        )
        use_in(kept, f"governance.case:{case.pk}", by=secretariat)
    client.force_login(member("ostfold", "secretariat"))
    page = client.get(f"/saker/{case.pk}/").content.decode()
    assert "Tallene saken bygger på" in page
    assert f"/tall/utregning/{kept.key}/" in page
    assert "Flere korttidsplasser" in client.get(f"/tall/utregning/{kept.key}/").content.decode()
