"""Cases with their way through the bodies, and papers with the fingerprint of each file."""

from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspill.governance.models import Case, Decision, Paper, PaperVersion, Treatment
from samspill.governance.open_api.organisations import COMMUNITY, HTML, OF_COMMUNITY
from samspill.governance.open_api.shapes import (
    DAY,
    ID,
    LANGUAGE,
    MOMENT,
    SOME_DAY,
    SOME_ID,
    TEXT,
    URL,
    Field,
    Filter,
    Resource,
    list_of,
    one_of,
    record_of,
    some_of,
)
from samspill.governance.queries.open_addresses import path_of
from samspill.governance.states import (
    HANDED_OUT,
    NOARK_CODE,
    Access,
    CaseKind,
    CaseState,
    OpenKind,
    Outcome,
    TreatmentState,
)


def _case(row: Case, origin: str) -> dict[str, Any]:
    return {
        "id": row.pk,
        "community": row.community_id,
        "reference": row.reference,
        "name": row.title,
        "classification": row.kind,
        "state": row.state,
        "language": row.language,
        "question": row.question,
        "summary": row.summary,
        "treatments": [_treatment(one) for one in row.treatments.all()],
        "papers": [one.pk for one in row.papers.all()],
        "decisions": [one.pk for one in row.decisions.all()],
        "html": origin + path_of(OpenKind.CASE, row.pk),
    }


def _treatment(row: Treatment) -> dict[str, Any]:
    return {
        "order": row.order,
        "body": row.body_id,
        "state": row.state,
        "outcome": row.outcome or None,
        "noarkCode": NOARK_CODE[Outcome(row.outcome)] if row.outcome else None,
        "treatedOn": row.treated_on and row.treated_on.isoformat(),
    }


def open_papers() -> Any:
    """Papers that are handed out, each with its files, the newest first."""
    files = PaperVersion.objects.filter(scan__in=sorted(HANDED_OUT)).order_by("-version")
    return (
        Paper.objects.filter(Paper.open_rows(), versions__scan__in=sorted(HANDED_OUT))
        .distinct()
        .prefetch_related(Prefetch("versions", files))
    )


def _case_rows() -> Any:
    return (
        Case.objects.select_related("gist")
        .filter(Case.open_rows())
        .prefetch_related(
            Prefetch("treatments", Treatment.objects.order_by("order")),
            Prefetch("papers", Paper.objects.filter(Paper.open_rows())),
            Prefetch("decisions", Decision.objects.filter(Decision.open_rows())),
        )
    )


def _paper(row: Paper, origin: str) -> dict[str, Any]:
    file = row.versions.all()[0]
    belongs = (
        path_of(OpenKind.CASE, row.case_id) if row.case_id else path_of(OpenKind.MEETING, row.meeting_id or 0)
    )
    return {
        "id": row.pk,
        "community": row.community_id,
        "name": row.title,
        "case": row.case_id,
        "meeting": row.meeting_id,
        "access": row.access,
        "fileName": file.name,
        "mimeType": file.content_type,
        "size": file.size_bytes,
        "sha256": file.sha256,
        "version": file.version,
        "date": file.uploaded_at.isoformat(),
        "accessUrl": origin + reverse("governance:open-paper", args=[row.pk]),
        "html": origin + belongs,
    }


CASES = Resource(
    "cases",
    "Case",
    _("Cases"),
    _("One case with one number from the first report to the last follow-up, through every body."),
    {
        "id": Field(ID, _("Its number here")),
        "community": COMMUNITY,
        "reference": Field(TEXT, _("Its case number, such as 2026/14")),
        "name": Field(TEXT, _("Its title")),
        "classification": Field(one_of(CaseKind), _("What the meeting is asked to do")),
        "state": Field(one_of(CaseState), _("How far it has come")),
        "language": Field(LANGUAGE, _("The written form of its papers")),
        "question": Field(TEXT, _("What is asked, in one sentence")),
        "summary": Field(TEXT, _("What it is about, in three lines")),
        "treatments": Field(
            list_of(
                record_of(
                    {
                        "order": ID,
                        "body": ID,
                        "state": one_of(TreatmentState),
                        "outcome": some_of(Outcome),
                        "noarkCode": {"type": ["string", "null"], "enum": ["BE", "UT", "TB", None]},
                        "treatedOn": SOME_DAY,
                    }
                )
            ),
            _("Its way through the bodies; the outcome also as Noark 5 has it (M055)"),
        ),
        "papers": Field(list_of(ID), _("Its open papers")),
        "decisions": Field(list_of(ID), _("What was decided in it")),
        "html": HTML,
    },
    _case_rows,
    _case,
    {
        "community": OF_COMMUNITY,
        "body": Filter("treatments__body", ID, _("Only of the body with this id")),
        "year": Filter("year", {"type": "integer"}, _("Only from this year")),
        "state": Filter("state", one_of(CaseState), _("Only those that have come this far")),
    },
    OpenKind.CASE,
)
PAPERS = Resource(
    "papers",
    "Paper",
    _("Papers"),
    _("Attachments of cases and meetings, with the fingerprint of the newest file."),
    {
        "id": Field(ID, _("Its number here")),
        "community": COMMUNITY,
        "name": Field(TEXT, _("Its title")),
        "case": Field(SOME_ID, _("The case it belongs to")),
        "meeting": Field(SOME_ID, _("The meeting it belongs to")),
        "access": Field({"type": "string", "const": str(Access.PUBLIC)}, _("Who may read it")),
        "fileName": Field(TEXT, _("The file's name")),
        "mimeType": Field(TEXT, _("What kind of file it is")),
        "size": Field({"type": "integer", "minimum": 0}, _("Its size in bytes")),
        "sha256": Field({"type": "string", "pattern": "^[0-9a-f]{64}$"}, _("The SHA-256 of the file")),
        "version": Field(ID, _("Which version it is")),
        "date": Field(MOMENT, _("When the file came")),
        "accessUrl": Field(URL, _("The file itself")),
        "html": HTML,
    },
    open_papers,
    _paper,
    {
        "community": OF_COMMUNITY,
        "case": Filter("case", ID, _("Only of the case with this id")),
        "meeting": Filter("meeting", ID, _("Only of the meeting with this id")),
        "from": Filter("versions__uploaded_at__date__gte", DAY, _("Not before this day")),
    },
    OpenKind.PAPER,
)
