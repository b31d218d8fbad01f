"""A joint answer is approved by a body, delivered and published."""

import hashlib
import io

import docx
import pytest
from django.core.files.storage import default_storage
from hearing import QUESTIONS, compiled
from pytest_django import Settings

from factories.bodies import Bodies
from factories.cases import meeting_of
from factories.people import TODAY, actor
from samspill.directory.public import Body, nobody, scope
from samspill.governance.actions.approving_consultations import (
    proposed_body,
    send_for_approval,
    take_back_sending,
)
from samspill.governance.actions.compiling import (
    save_joint,
)
from samspill.governance.actions.deciding import NewPoint, decide, send_back
from samspill.governance.actions.delivering_consultations import (
    deliver,
    publish,
    take_back_delivery,
    unpublish,
)
from samspill.governance.actions.papers import place_of
from samspill.governance.actions.passage_states import passage_under_way
from samspill.governance.actions.passages import put_on
from samspill.governance.actions.room import start_meeting
from samspill.governance.actions.taking_back import take_back
from samspill.governance.models import AgendaItem, Case, Consultation, Contribution, JointText
from samspill.governance.states import (
    CaseState,
    ConsultationState,
    ForwardingReason,
    MeetingState,
)
from samspill.refusal import Refused

S = ConsultationState


@pytest.fixture(autouse=True)
def _own_store(settings: Settings, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path


def state_of(found: Consultation) -> str:
    return Consultation.objects.get(pk=found.pk).state


def to_agenda(found: Consultation, bodies: Bodies) -> AgendaItem:
    case = send_for_approval(found, bodies.ssu, by=bodies.by)
    meeting = meeting_of(bodies.ssu)
    passage = passage_under_way(case)
    assert passage is not None
    item = put_on(meeting, passage, by=bodies.by)
    meeting.state = MeetingState.CALLED
    meeting.save(update_fields=["state"])
    start_meeting(meeting, by=bodies.by)
    item.refresh_from_db()
    return item


def test_the_case_for_approval_is_whole_ready_and_has_the_answer_as_a_paper(bodies: Bodies) -> None:
    found = compiled(bodies)
    case = send_for_approval(found, bodies.ssu, by=bodies.by)
    case = Case.objects.get(pk=case.pk)
    assert state_of(found) == S.FOR_APPROVAL
    assert case.state == CaseState.READY and case.kind == "decision"
    assert case.consultation == found
    version = case.papers.get().versions.get()
    with default_storage.open(place_of(version.sha256)) as file:
        said = "\n".join(one.text for one in docx.Document(file).paragraphs)
    assert "Felles svar på 2b." in said


def test_the_hearing_is_approved_by_the_body_that_decides_and_back_when_that_is_taken_back(
    bodies: Bodies,
) -> None:
    found = compiled(bodies)
    item = to_agenda(found, bodies)
    decide(item, points=[NewPoint("Svaret godkjennes.", no_follow_up=True)], by=bodies.by)
    found.refresh_from_db()
    assert (found.state, found.approved_by_body) == (S.APPROVED, bodies.ssu)
    item.refresh_from_db()
    take_back(item, by=bodies.by)
    found.refresh_from_db()
    assert (found.state, found.approved_by_body) == (S.FOR_APPROVAL, None)
    decide(item, points=[NewPoint("Svaret godkjennes.", no_follow_up=True)], by=bodies.by)
    deliver(found, by=bodies.by)
    item.refresh_from_db()
    with pytest.raises(Refused, check=lambda no: no.code == "consultation.delivered"):
        take_back(item, by=bodies.by)


def test_what_a_body_sends_back_is_written_again_and_comes_with_the_same_case(bodies: Bodies) -> None:
    found = compiled(bodies)
    item = to_agenda(found, bodies)
    send_back(item, reason=ForwardingReason.INCOMPLETE, words="Si mer om helgene.", by=bodies.by)
    assert state_of(found) == S.COMPILED
    question = found.questions.all()[0]
    before = question.joint_texts.first()
    assert before is not None
    save_joint(question, "Felles svar, med helgene.", based_on=before.pk, by=bodies.by)
    case = send_for_approval(found, bodies.ssu, by=bodies.by)
    assert case.pk == item.treatment.case_id  # type: ignore[union-attr]
    assert case.papers.get().versions.count() == 2


def test_sending_for_approval_is_taken_back_until_a_meeting_has_it(bodies: Bodies) -> None:
    found = compiled(bodies)
    case = send_for_approval(found, bodies.ssu, by=bodies.by)
    take_back_sending(found, by=bodies.by)
    assert state_of(found) == S.COMPILED
    assert Case.objects.get(pk=case.pk).state == CaseState.PREPARING
    assert proposed_body(found) == Body.objects.filter(community=bodies.community, kind="strategic").first()
    to_agenda(found, bodies)
    with pytest.raises(Refused, check=lambda no: no.code == "consultation.on_agenda"):
        take_back_sending(found, by=bodies.by)


def test_the_answer_is_kept_by_its_digest_and_published_for_everybody(bodies: Bodies) -> None:
    found = compiled(bodies)
    decide(to_agenda(found, bodies), points=[NewPoint("Svaret godkjennes.", no_follow_up=True)], by=bodies.by)
    found.refresh_from_db()
    deliver(found, by=bodies.by)
    take_back_delivery(found, by=bodies.by)
    found = deliver(found, by=bodies.by)
    with default_storage.open(place_of(found.sha256)) as file:
        content = file.read()
    assert hashlib.sha256(content).hexdigest() == found.sha256
    said = "\n".join(one.text for one in docx.Document(io.BytesIO(content)).paragraphs)
    assert all(one.text in said for one in QUESTIONS)
    assert not Consultation.objects.visible_to(nobody(TODAY)).exists()
    publish(found, by=bodies.by)
    stranger = nobody(TODAY)
    with scope(stranger):
        assert Consultation.objects.visible_to(stranger).count() == 1
        assert JointText.objects.visible_to(stranger).count() == 2
        assert not Contribution.objects.visible_to(stranger).exists()
    unpublish(found, by=bodies.by)
    assert state_of(found) == S.DELIVERED


def test_earlier_wordings_of_a_published_answer_are_not_read_from_outside(bodies: Bodies) -> None:
    found = compiled(bodies)
    question = found.questions.all()[0]
    first = question.joint_texts.get().pk
    save_joint(question, "Svaret på 1.", based_on=first, by=bodies.by)
    save_joint(question, "Skrevet samtidig.", based_on=first, by=actor("ostfold", "secretariat"))
    Consultation.objects.filter(pk=found.pk).update(state=S.DELIVERED)
    publish(found, by=bodies.by)
    stranger, answers = nobody(TODAY), ["Felles svar på 2b.", "Svaret på 1."]
    with scope(stranger):
        assert sorted(JointText.objects.values_list("text", flat=True)) == answers
        assert sorted(JointText.objects.visible_to(stranger).values_list("text", flat=True)) == answers
    unpublish(found, by=bodies.by)
    with scope(stranger):
        assert not JointText.objects.exists()
    assert JointText.objects.filter(question__consultation=found).count() == 4
