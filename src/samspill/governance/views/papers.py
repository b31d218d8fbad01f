"""The papers of a case: add, order, newer versions, remove, and hand out."""

from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspill.directory.public import Actor
from samspill.governance.actions.papers import (
    NewFile,
    add_paper,
    add_version,
    move_paper,
    place_of,
    remove_paper,
)
from samspill.governance.forms_cases import PaperForm
from samspill.governance.models import Case, Paper, PaperVersion
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.access import may_read_paper
from samspill.governance.queries.cases import case_for, find_case
from samspill.governance.queries.papers import find_paper, papers_for
from samspill.governance.states import HANDED_OUT, Access, ScanState
from samspill.governance.views.acting_cases import do
from samspill.governance.views.cases import frame
from samspill.governance.views.refusing import put_on
from samspill.governance.views.uploading import is_too_large, sized
from samspill.refusal import Refused


def _find(request: HttpRequest, pk: int) -> Case:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = find_case(pk, actor)
    is_own = case.reported_by_id == actor.account_id and actor.is_known
    check_may_act(actor, "cases.report" if is_own else "cases.draft", case)
    if not case_for(case, actor).may_read_closed:
        raise Refused("case.closed", _("This case is closed for you."), forbidden=True)
    return case


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest, pk: int) -> HttpResponse:
    """The list; POST adds a paper, or a newer version of the paper `paper`."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = _find(request, pk)
    if request.method != "POST":
        return _page(request, case, PaperForm())
    form = PaperForm(request.POST, request.FILES)
    if is_too_large(request, form, "file") or not form.is_valid():
        return _page(request, case, form)
    sent = form.cleaned_data["file"]
    file = NewFile(sent.file, sent.name, sent.size)
    newer = request.POST.get("paper", "")

    def act() -> None:
        if newer.isdecimal() and len(newer) < 18:
            add_version(find_paper(case, int(newer), actor), file, by=actor)
        else:
            add_paper(file, case=case, title=form.cleaned_data["title"], by=actor)

    def again(refused: Refused) -> HttpResponse:
        put_on(form, refused)
        return _page(request, case, form)

    to = reverse("governance:papers", args=[pk])
    return do(request, act, said=_("The paper is added."), to=to, again=again)


sized_papers = sized(papers, files=1)


def _page(request: HttpRequest, case: Case, form: PaperForm) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    seen = case_for(case, actor)
    lines = papers_for(case, actor, seen.reader)
    context = {
        **frame(seen, actor, "governance:papers"),
        "form": form,
        "papers": [(line, Access(line.paper.access).label) for line in lines],
        "may_screen": seen.reader.is_secretariat,
    }
    return render(request, "governance/cases/papers.html", context, status=422 if form.errors else 200)


@require_POST
def move(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = _find(request, pk)
    found = find_paper(case, paper, actor)
    return do(
        request,
        lambda: move_paper(found, up=request.POST.get("opp") == "1", by=actor),
        said=_("It is moved."),
        to=reverse("governance:papers", args=[pk]),
        again=lambda refused: _page(request, case, PaperForm()),
    )


@require_POST
def remove(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    """Off the list; with `tilbake` on it again."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = _find(request, pk)
    found = find_paper(case, paper, actor)
    back = request.GET.get("tilbake") == "1"
    undo = "" if back else reverse("governance:paper-remove", args=[pk, paper]) + "?tilbake=1"
    return do(
        request,
        lambda: remove_paper(found, is_removed=not back, by=actor),
        said=_("The paper is back.") if back else _("The paper is removed from the case. The file is kept."),
        to=reverse("governance:papers", args=[pk]),
        undo=undo,
        again=lambda refused: _page(request, case, PaperForm()),
    )


@require_safe
def paper_file(request: HttpRequest, pk: int, paper: int, version: int) -> HttpResponseBase:
    """The file, to keep; never shown in the page, and never one the scan has not cleared."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = find_case(pk, actor)
    reader = case_for(case, actor).reader
    found = Paper.objects.visible_to(actor).filter(case=case, pk=paper).first()
    if found is None and not reader.is_disqualified:
        raise Http404
    if found is None or not may_read_paper(found, case, reader):
        raise Refused("paper.closed", _("This paper is closed for you."), forbidden=True)
    row = PaperVersion.objects.visible_to(actor).filter(paper=found, version=version).first()
    if row is None:
        raise Http404
    if ScanState(row.scan) not in HANDED_OUT:
        raise Refused(
            "paper.scan", _("The file is not handed out: %(why)s.") % {"why": row.get_scan_display()}
        )
    answer = FileResponse(
        default_storage.open(place_of(row.sha256)),
        as_attachment=True,
        filename=row.name,
        content_type=row.content_type,
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Length"] = str(row.size_bytes)
    return answer
