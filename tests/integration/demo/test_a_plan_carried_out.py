"""What Østfold has done with its plan: revised a former one, told how far, taken from others."""

import pytest
from django.test import Client

from factories.people import TODAY
from integration.demo.conftest import sign_in
from integration.demo.looking import actor_of
from samspill.demo.public import Demonstration
from samspill.directory.public import Community, PartyKind, machine, scope
from samspill.plans.public import (
    Fate,
    ImplementationState,
    Measure,
    MeasureAdoption,
    MeasureFate,
    MeasureState,
    Milestone,
    PartyImplementation,
    Plan,
    Project,
)

pytestmark = pytest.mark.django_db
SECRETARIAT = "Sekretariatet, Østfold"
DIRECTOR = "Kommunedirektør i Halden, Østfold"


@pytest.fixture
def plans(world: Demonstration) -> list[Plan]:
    """Østfold's plans, the one in force first."""
    return list(Plan.objects.filter(community__slug="ostfold").order_by("-period_start"))


def test_the_plan_in_force_revised_a_former_one(world: Demonstration, plans: list[Plan]) -> None:
    with scope(actor_of(world, SECRETARIAT)):
        present, former = plans
        assert present.replaces == former
        assert present.is_adopted
        assert former.is_adopted
        assert present.is_published
        assert former.is_published


def test_every_measure_of_the_former_plan_is_accounted_for(world: Demonstration, plans: list[Plan]) -> None:
    with scope(actor_of(world, SECRETARIAT)):
        old = Measure.objects.filter(plan=plans[1])
        fates = MeasureFate.objects.filter(plan=plans[0])
        assert {fate.old_id for fate in fates} == {measure.pk for measure in old}
        assert {fate.fate for fate in fates} == set(Fate.values)
        states = set(old.values_list("state", flat=True))
    assert states == {MeasureState.CARRIED_FORWARD, MeasureState.COMPLETED, MeasureState.ENDED}


def test_the_parties_have_told_every_thing_one_can_tell(world: Demonstration, plans: list[Plan]) -> None:
    with scope(actor_of(world, SECRETARIAT)):
        told = PartyImplementation.objects.filter(plan=plans[0]).select_related("party")
        assert {one.state for one in told} == set(ImplementationState.values)
        municipalities = {one.party.name for one in told if one.party.kind == PartyKind.MUNICIPALITY}
        assert len(municipalities) == 13
        assert not any(one.is_on_behalf for one in told)
        assert all(one.told_at.date() <= TODAY for one in told)


def test_milestones_are_reached_late_and_to_come(world: Demonstration, plans: list[Plan]) -> None:
    with scope(actor_of(world, SECRETARIAT)):
        found = Milestone.objects.filter(plan=plans[0])
        assert found.filter(done_on__isnull=False).exists()
        assert found.filter(done_on__isnull=True, due__lt=TODAY).exists()
        assert found.filter(done_on__isnull=True, due__gt=TODAY).exists()


def test_a_measure_is_taken_in_use_from_the_other_written_form(
    world: Demonstration, plans: list[Plan]
) -> None:
    with scope(actor_of(world, SECRETARIAT)):
        taken = MeasureAdoption.objects.get(plan=plans[0])
        assert taken.source_community.slug == "more-og-romsdal"
        assert taken.measure.name != taken.title
        assert taken.because


def test_one_project_of_ostfold_is_open_and_says_what_others_can_take_from_it(
    world: Demonstration, visitor: Client
) -> None:
    with scope(machine(Community.objects.get(slug="ostfold").pk, TODAY)):
        own = Project.objects.filter(community__slug="ostfold", steered_by__isnull=False).order_by("pk")
        shown, hidden = own
        assert (shown.is_published, hidden.is_published) == (True, False)
    page = visitor.get(f"/prosjekter/{shown.pk}/")
    assert shown.transfer_value in page.content.decode()
    assert visitor.get(f"/prosjekter/{hidden.pk}/").status_code == 404


def test_what_binds_the_own_municipality_is_there_for_its_director(world: Demonstration) -> None:
    page = sign_in(world, DIRECTOR).get("/min-kommune/")
    assert "Prøve ut hjemmebesøk innen to døgn etter utskriving" in page.content.decode()


@pytest.mark.parametrize("rest", ["revisjon/", "til-vedtaket/"])
def test_what_became_of_the_former_plan_stands_on_its_pages(
    world: Demonstration, plans: list[Plan], rest: str
) -> None:
    page = sign_in(world, SECRETARIAT).get(f"/planer/{plans[0].pk}/{rest}")
    assert "Ungdommene ville heller snakke med et menneske" in page.content.decode()


def test_what_was_taken_does_not_hide_what_the_plan_s_own_document_says(
    world: Demonstration, plans: list[Plan]
) -> None:
    page = sign_in(world, SECRETARIAT).get(f"/planer/{plans[0].pk}/innhold/").content.decode()
    assert "handlingsplan-ostfold-2026-2027.md" in page
    assert "Tatt fra" not in page


def test_others_meet_the_plan_in_force_and_not_the_one_it_replaced(
    world: Demonstration, visitor: Client, plans: list[Plan]
) -> None:
    page = visitor.get("/planer/").content.decode()
    assert f'href="/planer/{plans[0].pk}/"' in page
    assert f'href="/planer/{plans[1].pk}/"' not in page
    assert visitor.get(f"/planer/{plans[1].pk}/").status_code == 200


def test_what_was_carried_forward_is_not_offered_beside_what_it_became(
    world: Demonstration, plans: list[Plan]
) -> None:
    client = sign_in(world, "Sekretariatet, Møre og Romsdal")
    source = Measure.objects.get(plan__community__slug="more-og-romsdal", label="1.1")
    page = client.get(f"/planer/{source.plan_id}/tiltak/{source.pk}/lignende/").content.decode()
    assert "Åpne en rådtelefon til geriater" in page
    assert "Finne ut om sykehjemmene vil ringe en geriater" not in page
