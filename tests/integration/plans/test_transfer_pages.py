"""A measure taken in use: what changes at its source, its pages from offer to own plan and back."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from integration.plans.test_comparing import measure_like
from integration.plans.test_pages import signed_in, text_of
from integration.plans.transfer_at_hand import area_of
from samspill.directory.public import Actor, scope
from samspill.plans.actions.importing import import_plan
from samspill.plans.models import Measure, MeasureAdoption, Plan
from samspill.plans.public import edit_text, publish
from samspill.plans.queries.transfer import neighbour_of

pytestmark = pytest.mark.django_db


def test_later_changes_of_the_words_are_shown_as_a_difference(
    adoption: MeasureAdoption, source: Measure, own: Plan, secretariat: Actor, owner: Actor
) -> None:
    with scope(owner):
        there = Measure.objects.select_related("plan").get(pk=source.pk)
        edit_text(there, title="", text="Gje pårørande to kurs i å halde ut", by=owner)
    with scope(secretariat):
        found = neighbour_of(adoption.measure, secretariat).source
    assert found is not None
    assert [(one.kind, one.text) for one in found.changes] == [
        ("same", "Gje pårørande"),
        ("gone", "eit"),
        ("new", "to"),
        ("same", "kurs i å halde ut"),
    ]
    page = signed_in(secretariat).get(f"/planer/{own.pk}/tiltak/{adoption.measure_id}/")
    assert "De har endret ordene siden" in text_of(page)
    assert b"<ins>to</ins>" in page.content


def test_a_source_that_is_closed_again_is_told_without_its_words(
    adoption: MeasureAdoption, theirs: Plan, own: Plan, secretariat: Actor, owner: Actor
) -> None:
    with scope(owner):
        publish(theirs, by=owner, is_open=False)
    page = text_of(signed_in(secretariat).get(f"/planer/{own.pk}/tiltak/{adoption.measure_id}/"))
    assert "Planen det kommer fra, er ikke åpen lenger." in page


def test_on_the_page_from_offer_to_own_plan_and_back(
    source: Measure, theirs: Plan, own: Plan, secretariat: Actor
) -> None:
    client = signed_in(secretariat)
    there = f"/planer/{theirs.pk}/tiltak/{source.pk}/"
    assert f'href="{there}ta-i-bruk/"'.encode() in client.get(there).content
    assert "Gje pårørande eit kurs" in text_of(client.get(f"{there}ta-i-bruk/"))
    area = area_of(own, secretariat)
    answer = client.post(f"{there}ta-i-bruk/", {"place": f"{own.pk}:{area.pk}", "text": "", "because": ""})
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"])
    assert "Tatt fra Møre og Romsdal" in text_of(page)
    assert "Nabo" in text_of(page)
    assert "Dere har dette tiltaket fra før" in text_of(client.get(f"{there}ta-i-bruk/"))
    again = client.post(f"{there}ta-i-bruk/", {"place": f"{own.pk}:{area.pk}"})
    assert again.headers["Location"] == answer.headers["Location"]
    undone = client.post(f"{answer.headers['Location']}ta-i-bruk/angre/")
    assert undone.headers["Location"] == there
    assert client.get(answer.headers["Location"]).status_code == 404


def test_a_form_without_an_area_comes_back_with_what_was_typed(
    source: Measure, theirs: Plan, own: Plan, secretariat: Actor
) -> None:
    answer = signed_in(secretariat).post(
        f"/planer/{theirs.pk}/tiltak/{source.pk}/ta-i-bruk/",
        {"place": "", "text": "Mitt", "because": "Fordi"},
    )
    assert answer.status_code == 422
    assert "Velg innsatsområdet" in text_of(answer)
    assert b">Mitt</textarea>" in answer.content
    assert b'value="Fordi"' in answer.content


@pytest.mark.parametrize("act", ["angre/", "../gi-opp/"])
def test_a_measure_that_came_from_nobody_has_nothing_to_undo(act: str, own: Plan, secretariat: Actor) -> None:
    measure = measure_like(own, "telefontid", secretariat)
    path = f"/planer/{own.pk}/tiltak/{measure.pk}/" + ("gi-opp/" if "gi" in act else "ta-i-bruk/angre/")
    assert signed_in(secretariat).post(path).status_code == 404


def test_a_visitor_sees_no_offer(source: Measure, theirs: Plan) -> None:
    page = Client().get(f"/planer/{theirs.pk}/tiltak/{source.pk}/")
    assert "Ta i bruk hos oss" not in text_of(page)


def test_the_measure_page_takes_two_queries_for_its_neighbours(
    adoption: MeasureAdoption, secretariat: Actor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with scope(secretariat), django_assert_max_num_queries(2):
        assert neighbour_of(adoption.measure, secretariat).source


def test_the_kept_document_can_be_brought_in_again_without_harm(
    adoption: MeasureAdoption, own: Plan, secretariat: Actor
) -> None:
    with scope(secretariat):
        document = adoption.measure.document
        result = import_plan(
            document_bytes=bytes(document.content),
            file_name=document.file_name,
            community=own.community,
            by=secretariat,
        )
    assert (result.plan, result.created) == (own, 0)
