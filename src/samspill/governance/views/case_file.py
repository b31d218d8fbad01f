"""«Hele sakspapiret»: the whole set of a meeting's papers on one page to read or print, as PDF and ZIP."""

from tempfile import SpooledTemporaryFile

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from samspill.governance.case_file_paper import to_one_pdf, write_originals
from samspill.governance.meeting_wording import body_and_number, when
from samspill.governance.models import Meeting
from samspill.governance.queries.case_file import CaseFile, case_file
from samspill.governance.queries.meetings import find_meeting
from samspill.governance.states import ANNOUNCED
from samspill.worklist.public import number_in_words

IN_MEMORY = 20_000_000  # bytes; a larger ZIP is written to disk while it is sent


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    """A meeting whose notice is out; before that there is no set."""
    meeting = find_meeting(pk, request.actor)  # type: ignore[attr-defined]
    if meeting.state not in ANNOUNCED:
        raise Http404
    return meeting


def _found(request: HttpRequest, pk: int) -> CaseFile:
    """In the meeting's own written form, as the file is kept by the reader and not by the page."""
    meeting = _meeting(request, pk)
    with translation.override(meeting.language):
        return case_file(meeting, request.actor)  # type: ignore[attr-defined]


@require_safe
def whole(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything the reader may see, to be read in one go and printed as it is."""
    actor = request.actor  # type: ignore[attr-defined]
    meeting = _meeting(request, pk)
    found = case_file(meeting, actor)
    context = {
        "meeting": meeting,
        "over": body_and_number(meeting),
        "when": when(meeting, actor.today),
        "found": found,
        "counted": number_in_words(len(found.items)),
        "is_here": actor.is_known and actor.community_id == meeting.community_id,
        "may_take": actor.is_known,
    }
    return render(request, "governance/meetings/case_file.html", context)


@login_required
@require_safe
def as_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    content = to_one_pdf(found, made_at=timezone.localtime())
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{_name(found)}.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@login_required
@require_safe
def as_zip(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The attachments as they were sent in."""
    found = _found(request, pk)
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the answer closes it
    with translation.override(found.meeting.language):
        write_originals(found, file)
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=f"{_name(found)}.zip", content_type="application/zip"
    )


def _name(found: CaseFile) -> str:
    body = slugify(str(found.meeting.body).translate(str.maketrans("æøåÆØÅ", "eoaEOA")))
    return f"sakspapir-{body}-{found.meeting.day.isoformat()}"
