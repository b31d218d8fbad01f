"""What goes along with a body besides what it decided: minutes with their hash, papers, cases on their way.

A case stands with the body it waits in. One that stands on the agenda of a meeting to come is told as ready,
in the queue: the meeting does not go along. Drafts stay with those who write them, and remarks where
they were answered.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from samspill.directory.public import Body
from samspill.governance.models import (
    AgendaItem,
    Case,
    CaseGist,
    CaseText,
    Forwarding,
    Meeting,
    Minutes,
    Paper,
    Treatment,
)
from samspill.governance.queries.moved_rows import values
from samspill.governance.states import CaseState, MinutesState, TreatmentState

Row = dict[str, Any]
SENT = (MinutesState.OUT, MinutesState.APPROVED)
WAITING = (TreatmentState.PREPARING, TreatmentState.QUEUED, TreatmentState.ON_AGENDA)
ASKED = (CaseState.REPORTED, CaseState.RETURNED)


def minutes_values(body: Body) -> list[Row]:
    """Minutes that were sent, each with its meeting, its versions and what was corrected afterwards."""
    found = Minutes.objects.filter(meeting__body=body, state__in=SENT).select_related("meeting")
    return [
        {
            **values(one),
            "meeting": values(one.meeting, leave=["body"]),
            "versions": [values(version) for version in one.versions.order_by("version", "is_public")],
            "addenda": [values(addendum) for addendum in one.addenda.order_by("number")],
        }
        for one in found.order_by("meeting__day", "meeting__starts", "meeting__pk")
    ]


def meeting_papers(body: Body) -> list[Row]:
    """Papers of the body's meetings that are in the file: those with a decision, or with minutes."""
    decided = AgendaItem.objects.filter(meeting=OuterRef("pk"), decision__isnull=False)
    told = Meeting.objects.filter(Exists(decided) | Q(minutes__state__in=SENT), body=body)
    papers = Paper.objects.filter(meeting__in=told, case__isnull=True).select_related("meeting")
    return [
        {**_paper(one), "meeting": values(one.meeting, leave=["body"])}  # type: ignore[arg-type]
        for one in papers.order_by("meeting__day", "meeting__starts", "order", "pk")
    ]


def case_values(case: Case) -> Row:
    """A case with its few words and its papers."""
    gist = CaseGist.objects.filter(case=case).first()
    return {
        **values(case),
        "gist": values(gist) if gist else None,
        "papers": [_paper(one) for one in case.papers.order_by("order", "pk")],
    }


def _paper(one: Paper) -> Row:
    return {**values(one), "versions": [values(version) for version in one.versions.order_by("version")]}


def undecided_cases(body: Body) -> list[Row]:
    """Cases that wait in the body, or were reported to it, with their way here and what is written."""
    here = Treatment.objects.filter(body=body, state__in=WAITING).values("case")
    begun = Exists(Treatment.objects.filter(case=OuterRef("pk")))
    asked = Q(~begun, proposed_body=body, state__in=ASKED)
    return [
        _undecided(case) for case in Case.objects.filter(Q(pk__in=here) | asked).order_by("year", "number")
    ]


def _undecided(case: Case) -> Row:
    passages = list(case.treatments.order_by("order"))
    order = {one.pk: one.order for one in passages}
    sent = Forwarding.objects.filter(treatment__in=passages).order_by("pk")
    said = case_values(case)
    if case.state == CaseState.ON_AGENDA:
        said["state"] = CaseState.READY
    return {
        **said,
        "passages": [_passage(one) for one in passages],
        "forwardings": [
            {
                **values(one),
                "passage": order[one.treatment_id],
                "answered_by": order.get(one.answered_by_id or 0),
                "arrived_as": next((each.order for each in passages if each.came_by_id == one.pk), None),
            }
            for one in sent
        ],
        "texts": [values(one) for one in _standing(case)],
    }


def _passage(one: Treatment) -> Row:
    said = values(one)
    if one.state == TreatmentState.ON_AGENDA:
        said["state"] = TreatmentState.QUEUED
    return said


def _standing(case: Case) -> list[CaseText]:
    """The wording that stands of each part."""
    newest: dict[str, CaseText] = {}
    for one in CaseText.objects.filter(case=case, beside=False).order_by("pk"):
        newest[one.part] = one
    return [newest[part] for part in sorted(newest)]
