"""The answer to a hearing is found by everybody from the act that publishes it to the act that closes it."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from factories.bodies import Bodies
from factories.open_world import OpenWorld, open_world
from factories.people import TODAY
from samspill.directory.public import nobody, scope
from samspill.governance.actions.delivering_consultations import publish, unpublish
from samspill.governance.actions.indexing_open import Touched, refresh_open
from samspill.governance.models import Case, Consultation, OpenEntry
from samspill.governance.queries.open_search import Wanted, news_since, search_open
from samspill.governance.states import Access, ConsultationState, OpenKind

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
NOWHERE_OPEN = ("/apent/?sok=nødnett", "/apent/treff.csv", "/apent/nytt.atom", "/api/v1/consultations/")


def make_world(bodies: Bodies) -> OpenWorld:
    made = open_world(bodies)
    refresh_open(bodies.community.pk, now=NOW)
    return made


def entries() -> list[int]:
    with scope(nobody(TODAY)):
        rows = OpenEntry.objects.filter(kind=OpenKind.CONSULTATION).order_by("thing_id")
        return list(rows.values_list("thing_id", flat=True))


def delivered(world: OpenWorld) -> Consultation:
    return Consultation.objects.get(pk=world.closed["hearing"])


def test_publishing_makes_it_found_at_once_and_taking_it_back_takes_it_away(world: OpenWorld) -> None:
    assert entries() == [world.hearing.pk]
    publish(delivered(world), by=world.bodies.by)
    assert entries() == [world.hearing.pk, world.closed["hearing"]]
    unpublish(delivered(world), by=world.bodies.by)
    assert entries() == [world.hearing.pk]


def test_publishing_one_says_nothing_of_others(world: OpenWorld) -> None:
    """What an act has not touched stays as it was."""
    before = set(OpenEntry.objects.values_list("kind", "thing_id", "changed"))
    publish(delivered(world), by=world.bodies.by)
    after = set(OpenEntry.objects.values_list("kind", "thing_id", "changed"))
    assert before < after and len(after - before) == 1


def test_what_is_closed_past_every_act_is_gone_in_the_same_transaction(world: OpenWorld) -> None:
    Consultation.objects.filter(pk=world.hearing.pk).update(state=ConsultationState.DELIVERED)
    assert entries() == []


def test_renewing_everything_is_as_renewing_what_was_touched(world: OpenWorld) -> None:
    publish(delivered(world), by=world.bodies.by)
    later = NOW + timedelta(hours=1)
    assert refresh_open(world.bodies.community.pk, now=later) == 0
    touched = Touched(consultations=frozenset({world.hearing.pk}))
    assert refresh_open(world.bodies.community.pk, now=later, of=touched) == 0


def test_it_is_found_by_its_questions_and_its_answers_in_both_written_forms(world: OpenWorld) -> None:
    for words in ("ambulanseplanen", "direktoratet", "vi vil ha fleire"):
        answer = search_open(Wanted(words=words), TODAY)
        assert [(one.kind, one.thing_id) for one in answer.hits] == [
            (OpenKind.CONSULTATION, world.hearing.pk)
        ], words
    entry = search_open(Wanted(kind=OpenKind.CONSULTATION), TODAY).hits[0]
    assert (entry.body, entry.day) == (world.bodies.ssu, world.hearing.delivered_on)


def test_the_case_it_was_approved_in_is_named_only_while_that_is_open(world: OpenWorld) -> None:
    """Otherwise an open row would tell that a closed case is."""
    for case, is_named in ((world.case, True), (Case.objects.get(pk=world.closed["case"]), False)):
        Consultation.objects.filter(pk=world.hearing.pk).update(case=case)
        refresh_open(world.bodies.community.pk, now=NOW)
        entry = OpenEntry.objects.get(kind=OpenKind.CONSULTATION)
        assert entry.case_id == (case.pk if is_named else None)
        said = Client().get(f"/api/v1/consultations/{world.hearing.pk}/").json()
        assert said["case"] == (case.pk if is_named else None)
    closed = {"access": Access.BODY, "law_reference": "offentleglova § 23", "public_title": "En sak"}
    Consultation.objects.filter(pk=world.hearing.pk).update(case=world.case)
    Case.objects.filter(pk=world.case.pk).update(**closed)
    refresh_open(world.bodies.community.pk, now=NOW)
    assert OpenEntry.objects.get(kind=OpenKind.CONSULTATION).case_id is None


def test_the_list_has_a_filter_for_them_and_the_feed_an_entry(world: OpenWorld) -> None:
    page = Client().get("/apent/?slag=consultation").content.decode()
    assert f'href="/horinger/{world.hearing.pk}/"' in page
    assert 'slag=consultation" aria-current="true"' in page
    assert "Svar på høringer" in page
    feed = Client().get("/apent/nytt.atom?slag=consultation").content.decode()
    assert f":consultation:{world.hearing.pk}</id>" in feed
    assert "Innspill til ambulanseplanen" in feed


def test_in_nynorsk_they_are_called_svar_pa_hoyringar(world: OpenWorld) -> None:
    client = Client()
    client.cookies["samspill_language"] = "nn"
    assert "Svar på høyringar" in client.get("/apent/?slag=consultation").content.decode()


def test_those_who_follow_along_are_told_of_it_once_it_is_published(world: OpenWorld) -> None:
    with scope(nobody(TODAY)):
        assert news_since(Wanted(kind=OpenKind.CONSULTATION), NOW, TODAY, limit=5) == []
    publish(delivered(world), by=world.bodies.by)
    with scope(nobody(TODAY)):
        news = news_since(Wanted(kind=OpenKind.CONSULTATION), NOW, TODAY, limit=5)
    assert [one.thing_id for one in news] == [world.closed["hearing"]]


def test_the_open_data_has_each_question_with_the_joint_answer_alone(world: OpenWorld) -> None:
    said = Client().get("/api/v1/consultations/").json()["data"]
    assert [(one["id"], one["approvedBy"], one["askedBy"]) for one in said] == [
        (world.hearing.pk, world.bodies.ssu.pk, "Direktoratet for prøver")
    ]
    assert said[0]["answers"] == [
        {"number": "1", "question": "Hva med Innspill til ambulanseplanen?", "answer": "Vi vil ha flere."}
    ]
    pdf = Client().get("/" + said[0]["accessUrl"].split("/", 3)[3])
    assert (pdf.status_code, pdf.headers["Content-Type"]) == (200, "application/pdf")


@pytest.mark.parametrize("address", NOWHERE_OPEN)
def test_what_is_not_published_stands_nowhere(world: OpenWorld, address: str) -> None:
    said = Client().get(address).content.decode()
    assert f"/horinger/{world.closed['hearing']}/" not in said
    assert "Kaprifolmerke" not in said


def test_the_document_tells_of_it(world: OpenWorld) -> None:
    document = json.loads(Client().get("/api/v1/openapi.json").content)
    assert "/api/v1/consultations/{id}/" in document["paths"]
    assert "answers" in document["components"]["schemas"]["Consultation"]["properties"]
