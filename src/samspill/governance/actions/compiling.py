"""The joint text: written from the contributions, paragraph by paragraph, with what each rests on."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, record
from samspill.governance.actions.moving_consultations import (
    check_is_in,
    lock_consultation,
    move_consultation,
)
from samspill.governance.actions.writing import save_text, settle
from samspill.governance.models import Consultation, ConsultationQuestion, Contribution, JointText
from samspill.governance.permissions import check_may_act, is_secretariat
from samspill.governance.queries.consultations import lead_of, speaks_for
from samspill.governance.queries.wordings import Saved
from samspill.governance.rules.joint_text import added, carried
from samspill.governance.states import ANSWERED_IN, WRITTEN_IN, ConsultationState
from samspill.refusal import Refused


def check_may_write_joint(question: ConsultationQuestion, by: Actor) -> None:
    """The secretariat writes every joint text; who leads a question writes its own. Refuses others."""
    consultation = question.consultation
    check_may_act(by, "consultations.contribute", consultation)
    check_is_in(consultation, WRITTEN_IN)
    lead = lead_of(question)
    if not is_secretariat(by) and not (lead and speaks_for(lead, by)):
        raise Refused(
            "consultation.lead_writes",
            _("The joint text is written by who leads the question, and by the secretariat."),
            forbidden=True,
        )


def _hold(question: ConsultationQuestion, by: Actor) -> Consultation:
    """The question's hearing as it stands now, kept from others; refuses one who may not write here."""
    question.consultation = lock_consultation(question.consultation)
    check_may_write_joint(question, by)
    return question.consultation


def save_joint(
    question: ConsultationQuestion, text: str, *, based_on: int | None, by: Actor
) -> Saved[JointText]:
    """Save the joint text. Its paragraphs keep what they rest on, also when they are moved or changed."""
    with transaction.atomic():
        _hold(question, by)
        return save_text(JointText, {"question": question}, text, based_on, by=by, also=_sources)


def _sources(text: str, bases: Sequence[JointText]) -> dict[str, Any]:
    return {"sources": carried(text, [(one.text, one.sources) for one in bases])}


def settle_joint(
    question: ConsultationQuestion, *, beside: int, over: int, choice: str, by: Actor
) -> Saved[JointText]:
    """Decide about a wording that was kept beside the one that stands; both bring what they rest on."""
    with transaction.atomic():
        _hold(question, by)
        keys = {"question": question}
        return settle(JointText, keys, beside=beside, over=over, choice=choice, by=by, also=_sources)


def take_in(
    question: ConsultationQuestion, contribution: Contribution, *, based_on: int | None, by: Actor
) -> Saved[JointText]:
    """«Ta med»: a contribution's words below the joint text its reader saw, each paragraph resting on it."""
    if contribution.question_id != question.pk:
        raise Refused("consultation.other_question", _("This was said to another question."))
    with transaction.atomic():
        _hold(question, by)
        seen = JointText.objects.filter(question=question, pk=based_on or 0).first()
        text, sources = added(
            seen.text if seen else "", seen.sources if seen else [], contribution.text, contribution.pk
        )
        saved = save_text(
            JointText,
            {"question": question},
            text,
            based_on,
            by=by,
            also=lambda _text, _bases: {"sources": sources},
        )
        record(by=by, act="consultation.take_in", on=question.consultation, contribution=contribution.pk)
    return saved


def mark_done(question: ConsultationQuestion, *, is_done: bool = True, by: Actor) -> None:
    """The joint answer to a question is ready, or not after all. Refuses an empty one."""
    with transaction.atomic():
        consultation = _hold(question, by)
        if is_done:
            _check_written([question])
        elif consultation.state == ConsultationState.COMPILED:
            move_consultation(consultation, ConsultationState.CONTRIBUTIONS)
        question.is_done = is_done
        question.save(update_fields=["is_done"])
        act = "consultation.done" if is_done else "consultation.not_done"
        record(by=by, act=act, on=consultation, words=question.number or question.text[:80])


def _check_written(questions: Sequence[ConsultationQuestion]) -> None:
    for one in questions:
        text = one.joint_texts.filter(beside=False).first()
        if text is None or not text.text.strip():
            raise Refused(
                "consultation.empty",
                _("Question %(number)s has no joint answer yet. Write it first.")
                % {"number": one.number or one.order},
                field="text",
            )


def compile_consultation(consultation: Consultation, *, by: Actor) -> Consultation:
    """All joint answers are written; contributions are over. Refuses while a question is not done."""
    check_may_act(by, "consultations.manage", consultation)
    with transaction.atomic():
        consultation = lock_consultation(consultation)
        check_is_in(consultation, ANSWERED_IN)
        questions = list(consultation.questions.all())
        _check_written(questions)
        waiting = [one for one in questions if not one.is_done]
        if waiting:
            raise Refused(
                "consultation.not_done",
                _("Question %(number)s is not marked as done yet.")
                % {"number": waiting[0].number or waiting[0].order},
            )
        move_consultation(consultation, ConsultationState.COMPILED)
        record(by=by, act="consultation.compile", on=consultation)
    return consultation


def reopen(consultation: Consultation, *, by: Actor) -> Consultation:
    """Contributions may come again."""
    check_may_act(by, "consultations.manage", consultation)
    with transaction.atomic():
        consultation = lock_consultation(consultation)
        check_is_in(consultation, {ConsultationState.COMPILED})
        move_consultation(consultation, ConsultationState.CONTRIBUTIONS)
        record(by=by, act="consultation.reopen", on=consultation)
    return consultation
