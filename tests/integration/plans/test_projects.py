"""Projects: made, joined to measures, stopped with a reason, opened to everybody, found by searching."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from factories.people import TODAY, actor
from integration.plans.carrying_people import acting_for, measures_of, party, plan_of
from integration.plans.test_pages import signed_in, text_of
from samspill.directory.public import LINK_KINDS, Actor, Community, Ref, joined, nobody, scope, search
from samspill.plans.actions.projects import edit_project, part_from_project, undo_move
from samspill.plans.public import (
    Measure,
    Plan,
    Project,
    ProjectWords,
    create_project,
    join_to_project,
    move_project,
    open_project,
)
from samspill.plans.queries.projects import view_of
from samspill.plans.states import PROJECT_TRANSITIONS, ProjectState
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db


def words(**changed: object) -> ProjectWords:
    return ProjectWords(
        **{  # type: ignore[arg-type]
            "name": "Trygg hjem-uke",
            "purpose": "Besøk innen to døgn",
            "lead": party("Halden").pk,
            "pilots": frozenset({party("Moss").pk}),
            "partners": frozenset({party("SØ").pk}),
            "starts": date(2026, 1, 1),
            "ends": date(2027, 12, 31),
            "transfer_value": "Skjemaet kan brukes som det er",
            **changed,
        }
    )


@pytest.fixture
def project(secretariat: Actor) -> Project:
    with scope(secretariat):
        return create_project(Community.objects.get(slug="ostfold"), words(), by=secretariat)


@pytest.fixture
def plan(secretariat: Actor) -> Plan:
    return plan_of(secretariat)


@pytest.fixture
def measure(plan: Plan, secretariat: Actor) -> Measure:
    return measures_of(plan, secretariat)[2]


def test_a_project_has_a_lead_pilots_and_partners(project: Project, secretariat: Actor) -> None:
    with scope(secretariat):
        view = view_of(project, secretariat)
        assert view.lead is not None
        assert str(view.lead) == "Halden"
        assert [[str(one) for one in some] for some in (view.pilots, view.partners)] == [["Moss"], ["SØ"]]
        edit_project(project, words(lead=party("Moss").pk, pilots=frozenset()), by=secretariat)
        view = view_of(project, secretariat)
        assert view.lead is not None
        assert (str(view.lead), view.pilots) == ("Moss", [])


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": " "}, "project.name"),
        ({"name": "trygg HJEM-uke"}, "project.twice"),
        ({"name": "Annet", "ends": date(2025, 1, 1)}, "project.days"),
        ({"name": "Annet", "lead": 999_999}, "project.who"),
        ({"name": "Annet", "steered_by": 999_999}, "project.body"),
    ],
)
def test_what_cannot_be_a_project_is_refused_in_words(
    project: Project, secretariat: Actor, changed: dict, code: str
) -> None:
    with scope(secretariat), pytest.raises(Refused) as refused:
        create_project(project.community, words(**changed), by=secretariat)
    assert refused.value.code == code


def test_a_party_takes_part_in_one_way(project: Project, secretariat: Actor) -> None:
    halden = party("Halden").pk
    with scope(secretariat), pytest.raises(Refused) as refused:
        edit_project(project, words(pilots=frozenset({halden})), by=secretariat)
    assert refused.value.code == "project.one_way"


@pytest.mark.parametrize("before", list(ProjectState))
@pytest.mark.parametrize("after", list(ProjectState))
def test_a_project_moves_as_its_table_says(
    project: Project, secretariat: Actor, before: ProjectState, after: ProjectState
) -> None:
    with scope(secretariat):
        Project.objects.filter(pk=project.pk).update(
            state=before, stopped_because="Ingen søkte." if before == ProjectState.STOPPED else ""
        )
        project.refresh_from_db()
        if after in PROJECT_TRANSITIONS[before]:
            move_project(project, to=after, because="Ingen søkte.", by=secretariat)
            project.refresh_from_db()
            assert project.state == after
            assert bool(project.stopped_because) == (after == ProjectState.STOPPED)
        else:
            with pytest.raises(Refused):
                move_project(project, to=after, because="Ingen søkte.", by=secretariat)


def test_it_is_stopped_for_a_reason_and_that_is_undone(project: Project, secretariat: Actor) -> None:
    with scope(secretariat):
        with pytest.raises(Refused) as refused:
            move_project(project, to=ProjectState.STOPPED, by=secretariat)
        assert refused.value.code == "project.reason"
        with pytest.raises(IntegrityError), transaction.atomic():
            Project.objects.filter(pk=project.pk).update(state=ProjectState.STOPPED)
        event = move_project(project, to=ProjectState.STOPPED, because="Ingen søkte.", by=secretariat)
        back = undo_move(event.pk, by=secretariat)
    assert (back.state, back.stopped_because) == (ProjectState.PLANNED, "")


def test_a_measure_is_carried_out_by_a_project_seen_from_both_ends(
    project: Project, measure: Measure, secretariat: Actor
) -> None:
    assert LINK_KINDS["carried_out_by"].from_kinds == {"plans.measure"}
    assert LINK_KINDS["carried_out_by"].to_kinds == {"plans.project"}
    ref = Ref("plans.measure", measure.pk)
    with scope(secretariat):
        join_to_project(measure, project, by=secretariat)
        join_to_project(measure, project, by=secretariat)
        (link,) = joined([ref], secretariat)[ref]
        assert (link.kind, link.other) == ("carried_out_by", Ref("plans.project", project.pk))
        (back,) = view_of(project, secretariat).measures
        assert back.target is not None
        assert back.target.title == measure.name
        part_from_project(measure, project, by=secretariat)
        assert joined([ref], secretariat)[ref] == []


def test_others_neither_make_nor_change_projects(project: Project, measure: Measure) -> None:
    for somebody in (acting_for("Halden"), actor("vestfold", name="Ola Vik")):
        with scope(somebody):
            with pytest.raises(Refused) as refused:
                move_project(project, to=ProjectState.RUNNING, by=somebody)
            assert refused.value.forbidden
            with pytest.raises(Refused):
                join_to_project(measure, project, by=somebody)
    with scope(nobody(TODAY)), pytest.raises(Refused):
        create_project(project.community, words(name="Annet"), by=nobody(TODAY))


def test_it_is_found_and_read_by_others_only_when_it_is_open(project: Project, secretariat: Actor) -> None:
    page, stranger = reverse("plans:project", args=[project.pk]), actor("vestfold", name="Ola Vik")
    with scope(secretariat):
        assert [hit.title for hit in search("hjem-uke", secretariat).hits] == ["Trygg hjem-uke"]
    for who, client in ((stranger, signed_in(stranger)), (nobody(TODAY), Client())):
        with scope(who):
            assert "Trygg hjem-uke" not in [hit.title for hit in search("hjem-uke", who).hits]
        assert client.get(page).status_code == 404
        assert "Trygg" not in text_of(client.get("/prosjekter/"))
    with scope(secretariat):
        open_project(project, is_open=True, by=secretariat)
    for who, client in ((stranger, signed_in(stranger)), (nobody(TODAY), Client())):
        with scope(who):
            assert [hit.title for hit in search("hjem-uke", who).hits] == ["Trygg hjem-uke"]
        shown = text_of(client.get(page))
        assert "Halden kommune" in shown
        assert "Stopp prosjektet" not in shown
        assert "Trygg" in text_of(client.get("/prosjekter/"))


def test_a_project_is_made_changed_and_stopped_on_its_pages(secretariat: Actor) -> None:
    client = signed_in(secretariat)
    assert client.post("/prosjekter/nytt/", {"purpose": "Noe viktig"}).status_code == 422
    made = client.post(
        "/prosjekter/nytt/", {"name": "Trygg hjem-uke", "lead": party("Halden").pk, "starts": "2026-01-01"}
    )
    assert made.status_code == 303
    page = made["Location"]
    changed = client.post(f"{page}endre/", {"name": "Trygg hjem-uke", "ends": "2027-01-01"})
    assert changed.status_code == 303
    assert "1. januar 2027" in text_of(client.get(page))
    refused = client.post(f"{page}tilstand/", {"to": "stopped", "because": ""})
    assert (refused.status_code, "nyttig for andre" in text_of(refused)) == (422, True)
    client.post(f"{page}tilstand/", {"to": "stopped", "because": "Ingen søkte."})
    assert "Ingen søkte." in text_of(client.get(page))
    client.post(f"{page}apne/", {"open": "1"})
    assert Client().get(page).status_code == 200


def test_a_measure_is_joined_where_its_milestones_stand(
    project: Project, measure: Measure, secretariat: Actor
) -> None:
    client = signed_in(secretariat)
    join = reverse("plans:join-project", args=[measure.plan_id, measure.pk])
    measure_page = reverse("plans:measure", args=[measure.plan_id, measure.pk])
    assert "Velg et prosjekt" in text_of(client.post(join, {"project": ""}, follow=True))
    client.post(join, {"project": project.pk})
    assert "Trygg hjem-uke" in text_of(client.get(measure_page))
    client.post(reverse("plans:part-project", args=[measure.plan_id, measure.pk, project.pk]))
    assert "Trygg hjem-uke" not in text_of(client.get(measure_page))


def test_a_list_of_many_projects_asks_the_database_at_most_25_times(
    secretariat: Actor, measure: Measure, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with scope(secretariat):
        community = Community.objects.get(slug="ostfold")
        for number in range(20):
            made = create_project(community, words(name=f"Prosjekt {number}"), by=secretariat)
            join_to_project(measure, made, by=secretariat)
    client = signed_in(secretariat)
    for path in ("/prosjekter/", f"/prosjekter/{made.pk}/", f"/prosjekter/{made.pk}/endre/"):
        with django_assert_max_num_queries(25):
            assert client.get(path).status_code == 200
