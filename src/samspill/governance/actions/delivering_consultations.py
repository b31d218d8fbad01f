"""The approved answer is delivered and published; its document is kept by its SHA-256."""

import io
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, record
from samspill.documents.writing import to_docx
from samspill.governance.actions.indexing_open import Touched, refresh_open
from samspill.governance.actions.moving_consultations import lock_consultation, move_consultation
from samspill.governance.actions.papers import store
from samspill.governance.consultation_paper import Answered, Reply, paper_of
from samspill.governance.models import Consultation
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.consultations import Standing, standing_of
from samspill.governance.states import ConsultationState
from samspill.refusal import Refused


def reply_of(standing: Standing, today: date) -> Reply:
    """The joint answers as they stand now."""
    one = standing.consultation
    return Reply(
        title=one.title,
        community=one.community.full_name,
        asked_by=one.asked_by,
        language=one.language,
        intro=one.intro,
        made_on=today,
        delivered_on=one.delivered_on,
        approved_by=str(one.approved_by_body) if one.approved_by_body else "",
        answered=[Answered(row.question.number, row.question.text, row.answer) for row in standing.questions],
    )


def deliver(consultation: Consultation, *, by: Actor, now: datetime | None = None) -> Consultation:
    """The answer is made as a Word document, kept, and marked as delivered. Refuses before it is approved."""
    check_may_act(by, "consultations.manage", consultation)
    with transaction.atomic():
        consultation = lock_consultation(consultation)
        move_consultation(consultation, ConsultationState.DELIVERED)
        consultation.delivered_on = by.today
        paper = paper_of(reply_of(standing_of(consultation, by), by.today), made_at=now or timezone.now())
        consultation.sha256 = store(io.BytesIO(to_docx(paper)))
        consultation.save(update_fields=["sha256", "delivered_on"])
        record(by=by, act="consultation.deliver", on=consultation, sha256=consultation.sha256)
    return consultation


def take_back_delivery(consultation: Consultation, *, by: Actor) -> Consultation:
    """It was not delivered after all. The document that was made is kept in the store."""
    check_may_act(by, "consultations.manage", consultation)
    with transaction.atomic():
        consultation = lock_consultation(consultation)
        if consultation.state != ConsultationState.DELIVERED:
            raise Refused(
                "consultation.state", _("The answer is not delivered, or everybody can read it by now.")
            )
        move_consultation(consultation, ConsultationState.APPROVED)
        consultation.sha256, consultation.delivered_on = "", None
        consultation.save(update_fields=["sha256", "delivered_on"])
        record(by=by, act="consultation.deliver_back", on=consultation)
    return consultation


def publish(consultation: Consultation, *, by: Actor) -> Consultation:
    """Everybody can read the questions and the joint answers; the contributions stay inside."""
    return _publish(consultation, ConsultationState.PUBLISHED, "consultation.publish", by)


def unpublish(consultation: Consultation, *, by: Actor) -> Consultation:
    return _publish(consultation, ConsultationState.DELIVERED, "consultation.unpublish", by)


def _publish(consultation: Consultation, after: ConsultationState, act: str, by: Actor) -> Consultation:
    check_may_act(by, "consultations.manage", consultation)
    with transaction.atomic():
        consultation = lock_consultation(consultation)
        if after == ConsultationState.DELIVERED and consultation.state != ConsultationState.PUBLISHED:
            raise Refused("consultation.state", _("The answer is not published."))
        move_consultation(consultation, after)
        _let_out(consultation, by, is_out=after == ConsultationState.PUBLISHED)
        record(by=by, act=act, on=consultation)
        touched = Touched(consultations=frozenset({consultation.pk}))
        refresh_open(consultation.community_id, now=timezone.now(), of=touched)
    return consultation


def _let_out(consultation: Consultation, by: Actor, *, is_out: bool) -> None:
    """The wordings that stand may be read from outside, and no earlier ones; or none."""
    for asked in standing_of(consultation, by).questions:
        asked.question.published_text = asked.joint if is_out else None
        asked.question.save(update_fields=["published_text"])
