"""Answers to hearings that everybody may read: each question with the joint answer, never who wrote what."""

from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspill.governance.models import Consultation, ConsultationQuestion, JointText
from samspill.governance.open_api.organisations import COMMUNITY, HTML, OF_COMMUNITY
from samspill.governance.open_api.shapes import (
    DAY,
    ID,
    LANGUAGE,
    SOME_DAY,
    SOME_ID,
    TEXT,
    URL,
    Field,
    Filter,
    Resource,
    list_of,
    record_of,
)
from samspill.governance.queries.open_addresses import path_of
from samspill.governance.states import Access, OpenKind


def _consultation(row: Consultation, origin: str) -> dict[str, Any]:
    case = row.case
    is_case_open = case is not None and case.is_open and case.access == Access.PUBLIC
    return {
        "id": row.pk,
        "community": row.community_id,
        "name": row.title,
        "askedBy": row.asked_by,
        "introduction": row.intro,
        "language": row.language,
        "approvedBy": row.approved_by_body_id,
        "case": row.case_id if is_case_open else None,
        "answerDue": row.answer_by and row.answer_by.isoformat(),
        "delivered": row.delivered_on and row.delivered_on.isoformat(),
        "answers": [_answer(one) for one in row.questions.all()],
        "accessUrl": origin + reverse("governance:consultation-pdf", args=[row.pk]),
        "html": origin + path_of(OpenKind.CONSULTATION, row.pk),
    }


def _answer(row: ConsultationQuestion) -> dict[str, Any]:
    text = next(iter(row.joint_texts.all()), None)
    return {"number": row.number, "question": row.text, "answer": text.text if text else ""}


def _rows() -> Any:
    texts = JointText.objects.filter(JointText.open_rows()).order_by("-pk")
    questions = ConsultationQuestion.objects.prefetch_related(Prefetch("joint_texts", texts))
    return (
        Consultation.objects.filter(Consultation.open_rows())
        .select_related("case")
        .prefetch_related(Prefetch("questions", questions))
    )


CONSULTATIONS = Resource(
    "consultations",
    "Consultation",
    _("Answers to hearings"),
    _("What a helsefellesskap has answered together, from the day it publishes the answer."),
    {
        "id": Field(ID, _("Its number here")),
        "community": COMMUNITY,
        "name": Field(TEXT, _("Its title")),
        "askedBy": Field(TEXT, _("Who asked")),
        "introduction": Field(TEXT, _("What the hearing is about, in the words of the helsefellesskap")),
        "language": Field(LANGUAGE, _("The written form of the answer")),
        "approvedBy": Field(SOME_ID, _("The body that approved the answer")),
        "case": Field(SOME_ID, _("The case it was approved in, when that is open")),
        "answerDue": Field(SOME_DAY, _("The day the answer was due")),
        "delivered": Field(SOME_DAY, _("The day it was delivered")),
        "answers": Field(
            list_of(record_of({"number": TEXT, "question": TEXT, "answer": TEXT})),
            _("Each question with the joint answer"),
        ),
        "accessUrl": Field(URL, _("The whole answer as PDF")),
        "html": HTML,
    },
    _rows,
    _consultation,
    {
        "community": OF_COMMUNITY,
        "body": Filter("approved_by_body", ID, _("Only approved by the body with this id")),
        "from": Filter("delivered_on__gte", DAY, _("Not delivered before this day")),
        "until": Filter("delivered_on__lte", DAY, _("Not delivered after this day")),
    },
    OpenKind.CONSULTATION,
)
