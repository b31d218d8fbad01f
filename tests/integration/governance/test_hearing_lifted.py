"""A body that only recommends the answer to a hearing does not leave it waiting."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from hearing import compiled
from pytest_django import Settings

from factories.bodies import Bodies, give_mandate
from factories.cases import meeting_of
from factories.people import actor
from samspill.directory.public import Account, Body
from samspill.governance.actions.approving_consultations import send_for_approval
from samspill.governance.actions.deciding import NewPoint, decide, note
from samspill.governance.actions.lifting_consultations import lift_for_approval
from samspill.governance.actions.passages import passage_under_way, put_on
from samspill.governance.actions.room import start_meeting
from samspill.governance.actions.taking_back import take_back
from samspill.governance.models import AgendaItem, Case, Consultation, Forwarding, Mandate
from samspill.governance.states import (
    CaseState,
    ConsultationState,
    ForwardingKind,
    MeetingState,
    Outcome,
)
from samspill.refusal import Refused

S = ConsultationState


@pytest.fixture(autouse=True)
def _own_store(settings: Settings, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def secretariat(bodies: Bodies) -> Client:
    client = Client()
    account = Account.objects.get(pk=actor("ostfold", "secretariat").account_id)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def mandates(body: Body, authority: str) -> None:
    """The body has this authority, and nothing above itself but its parent."""
    if not Mandate.objects.filter(body=body).update(authority=authority, lifts_to=None):
        give_mandate(body, authority)


def meets(found: Consultation, body: Body, bodies: Bodies) -> AgendaItem:
    """The body's meeting is under way with the answer on its agenda."""
    passage = passage_under_way(Case.objects.get(consultation=found))
    assert passage is not None
    meeting = meeting_of(body)
    item = put_on(meeting, passage, by=bodies.by)
    meeting.state = MeetingState.CALLED
    meeting.save(update_fields=["state"])
    start_meeting(meeting, by=bodies.by)
    item.refresh_from_db()
    return item


def recommended(bodies: Bodies) -> tuple[Consultation, AgendaItem]:
    """A body that only advises has recommended the answer."""
    found = compiled(bodies)
    mandates(bodies.fsu, "advisory")
    send_for_approval(found, bodies.fsu, by=bodies.by)
    found.refresh_from_db()
    item = meets(found, bodies.fsu, bodies)
    points = [NewPoint("Svaret godkjennes.", no_follow_up=True)]
    decide(item, points=points, outcome=Outcome.RECOMMENDED, by=bodies.by)
    return found, item


def page(client: Client, found: Consultation) -> str:
    content = client.get(reverse("governance:consultation", args=[found.pk])).content.decode()
    return re.sub(r"\s+", " ", content)


def tasks(client: Client) -> str:
    return client.get("/").content.decode()


def put_above(body: Body, above: Body | None) -> None:
    Body.objects.filter(pk=body.pk).update(parent=above)
    body.refresh_from_db()


def test_a_recommendation_leads_on_to_the_body_with_authority(bodies: Bodies, secretariat: Client) -> None:
    put_above(bodies.fsu, bodies.ssu)
    mandates(bodies.ssu, "binding")
    found, item = recommended(bodies)
    case = Case.objects.get(consultation=found)
    passage = passage_under_way(case)
    assert passage is not None and (passage.body, case.state) == (bodies.ssu, CaseState.READY)
    sent = Forwarding.objects.get(treatment=item.treatment)
    assert (sent.kind, sent.recommendation) == (ForwardingKind.ESCALATED, "Svaret godkjennes.")
    said = page(secretariat, found)
    assert f"Felles svar venter på neste møte i {bodies.ssu}." in said
    assert f"{bodies.fsu} tilrår det." in said
    above = meets(found, bodies.ssu, bodies)
    assert f"{bodies.ssu} tar opp felles svar" in page(secretariat, found)
    decide(above, points=[NewPoint("Godkjent.", no_follow_up=True)], by=bodies.by)
    found.refresh_from_db()
    assert (found.state, found.approved_by_body) == (S.APPROVED, bodies.ssu)
    sent.refresh_from_db()
    assert sent.answered_by == above.treatment


def test_what_led_on_is_taken_back_with_the_recommendation(bodies: Bodies) -> None:
    put_above(bodies.fsu, bodies.ssu)
    mandates(bodies.ssu, "binding")
    found, item = recommended(bodies)
    take_back(item, by=bodies.by)
    case = Case.objects.get(consultation=found)
    passage = passage_under_way(case)
    assert passage is not None and (passage.body, case.state) == (bodies.fsu, CaseState.ON_AGENDA)
    assert not Forwarding.objects.filter(treatment=item.treatment).exists()


@pytest.fixture
def stuck(bodies: Bodies) -> Consultation:
    """Nobody above the body may approve the answer."""
    put_above(bodies.fsu, None)
    mandates(bodies.ssu, "binding")
    return recommended(bodies)[0]


def test_without_anybody_above_the_page_and_the_tasks_say_so(
    bodies: Bodies, stuck: Consultation, secretariat: Client
) -> None:
    said = page(secretariat, stuck)
    assert f"{bodies.fsu} tilrår svaret, men kan ikke godkjenne det. Velg hvem som gjør det." in said
    assert f'<option value="{bodies.ssu.pk}"' in said and f'<option value="{bodies.fsu.pk}"' not in said
    assert "Ingen med myndighet har svaret på" in tasks(secretariat)


def test_the_secretariat_lifts_it_from_the_page(
    bodies: Bodies, stuck: Consultation, secretariat: Client
) -> None:
    send = reverse("governance:consultation-approval", args=[stuck.pk])
    assert secretariat.post(send, {"organ": str(bodies.ssu.pk)}).status_code == 303
    passage = passage_under_way(Case.objects.get(consultation=stuck))
    assert passage is not None and passage.body == bodies.ssu
    assert "Ingen med myndighet har svaret på" not in tasks(secretariat)
    assert "Velg hvem" not in page(secretariat, stuck)
    decide(meets(stuck, bodies.ssu, bodies), points=[NewPoint("Godkjent.", no_follow_up=True)], by=bodies.by)
    stuck.refresh_from_db()
    assert (stuck.state, stuck.approved_by_body) == (S.APPROVED, bodies.ssu)


def test_it_is_not_lifted_twice_nor_to_who_only_advises(
    bodies: Bodies, stuck: Consultation, secretariat: Client
) -> None:
    with pytest.raises(Refused, check=lambda no: no.code == "consultation.body_recommends"):
        lift_for_approval(stuck, bodies.fsu, by=bodies.by)
    lift_for_approval(stuck, bodies.ssu, by=bodies.by)
    with pytest.raises(Refused, check=lambda no: no.code == "consultation.under_way"):
        lift_for_approval(stuck, bodies.ssu, by=bodies.by)
    send = reverse("governance:consultation-approval", args=[stuck.pk])
    assert secretariat.post(send, {"organ": str(bodies.ssu.pk)}).status_code == 422


def test_an_answer_that_was_only_heard_can_be_lifted_too(bodies: Bodies, secretariat: Client) -> None:
    found = compiled(bodies)
    mandates(bodies.ssu, "binding")
    send_for_approval(found, bodies.fsu, by=bodies.by)
    found.refresh_from_db()
    note(meets(found, bodies.fsu, bodies), by=bodies.by)
    assert f"{bodies.fsu} har behandlet svaret uten å godkjenne det." in page(secretariat, found)
    lift_for_approval(found, bodies.ssu, by=bodies.by)
    assert Forwarding.objects.filter(to_body=bodies.ssu).exists()


def test_the_page_takes_few_queries(
    stuck: Consultation, secretariat: Client, django_assert_max_num_queries: Callable
) -> None:
    page(secretariat, stuck)
    with django_assert_max_num_queries(25):
        page(secretariat, stuck)
