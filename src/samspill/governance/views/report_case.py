"""«Meld sak»: four fields, a draft that saves itself, and a receipt that says what happens next."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspill.directory.public import ADOPTABLES, Actor, Ref, address, resolve
from samspill.governance.actions.cases import CaseWords
from samspill.governance.actions.papers import NewFile, add_paper
from samspill.governance.actions.putting_forward import keep_draft
from samspill.governance.actions.putting_forward import report as send
from samspill.governance.forms_cases import ReportForm
from samspill.governance.models import Case
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.case_tasks import answer_due
from samspill.governance.queries.cases import find_case, visible_cases
from samspill.governance.queries.putting_forward import cases_about, put_forward_in, read_ref
from samspill.governance.queries.suggested import suggested_body
from samspill.governance.states import WRITABLE, CaseState
from samspill.governance.views.refusing import put_on
from samspill.governance.views.uploading import is_too_large, sized
from samspill.refusal import Refused

THING = "om"
"""In the address: what the case puts forward, «plans.plan:12»."""
ROWS = 14
"""Of a text that comes filled in, so that it is read before it is sent."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The form, with what was written last; or the case is sent."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    check_may_act(actor, "cases.report")
    draft = _draft(request, pk)
    if request.method != "POST":
        return _page(request, _filled(draft, _thing(request), actor), draft)
    form = ReportForm(request.POST, request.FILES)
    if is_too_large(request, form, "papers") or not form.is_valid():
        return _page(request, form, draft)
    try:
        case = send(form.words, thing=_thing(request), by=actor, draft=draft, language=get_language() or "")
        for file in form.cleaned_data["papers"]:
            add_paper(NewFile(file.file, file.name, file.size), case=case, by=actor)
    except Refused as refused:
        if refused.forbidden:
            raise
        put_on(form, Refused(refused.code, refused.sentence, field=_field(refused.field)))
        return _page(request, form, draft)
    return HttpResponseRedirect(reverse("governance:case-receipt", args=[case.pk]), status=303)


sized_report = sized(report)


def _field(field: str) -> str:
    return "papers" if field == "file" else field


def _draft(request: HttpRequest, pk: int | None) -> Case | None:
    """The case the address names, the draft the form goes on with, or the actor's newest draft."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    own = visible_cases(actor).filter(community_id=actor.community_id or 0, reported_by_id=actor.account_id)
    if pk is not None:
        return get_object_or_404(own.filter(state__in=sorted(WRITABLE)), pk=pk)
    wanted = request.POST.get("draft", "")
    drafts = own.filter(state=CaseState.DRAFT)
    thing = _thing(request)
    if thing is not None:
        drafts = drafts.filter(pk__in=cases_about(thing, actor))
    if wanted.isdecimal() and len(wanted) < 18:
        return drafts.filter(pk=int(wanted)).first()
    return drafts.first()


def _thing(request: HttpRequest) -> Ref | None:
    """What the case puts forward, by the address that led here or the form that was sent."""
    return read_ref(request.POST.get(THING, "") or request.GET.get(THING, ""))


def _filled(draft: Case | None, thing: Ref | None, actor: Actor) -> ReportForm:
    """What was written last; a new case about a thing begins with what that asks for."""
    if draft is None and thing is not None:
        asked = ADOPTABLES[thing.kind].ask(thing.id, actor)
        return ReportForm(initial={"title": asked.title, "asks": asked.asks, "concerns": asked.concerns})
    if draft is None:
        return ReportForm()
    return ReportForm(initial={"title": draft.title, "asks": draft.asks, "concerns": draft.concerns})


def _page(request: HttpRequest, form: ReportForm, draft: Case | None) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    put = put_forward_in(draft, actor)
    thing = _thing(request) or (put[0].other if put else None)
    if thing:
        form.fields["asks"].widget.attrs["rows"] = ROWS
    context = {"form": form, "thing": _shown(thing, actor), **_about(draft, actor)}
    return render(request, "governance/cases/report.html", context, status=422 if form.errors else 200)


def _shown(thing: Ref | None, actor: Actor) -> dict[str, Any] | None:
    """What the case puts forward, as it is printed; nothing when it may not be seen."""
    seen = resolve([thing], actor).get(thing) if thing else None
    return {"ref": str(thing), "title": seen.title, "url": seen.url} if seen else None


def _about(draft: Case | None, actor: Actor, *, saved: bool = False, error: str = "") -> dict[str, Any]:
    """What stands under the fields: that it is saved, and which body it is suggested for."""
    return {
        "draft": draft,
        "is_returned": draft is not None and draft.state == CaseState.RETURNED,
        "suggested": suggested_body(draft, actor.today) if draft else None,
        "saved_at": f"{timezone.localtime():%H.%M}" if saved else "",
        "error": error,
        "added": list(draft.papers.filter(is_removed=False)) if draft else [],
    }


@login_required
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the draft. With htmx the line under the fields comes back; without, the form."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    draft, error = _draft(request, None), ""
    wanted = request.POST.get("draft", "")
    if draft is None and wanted.isdecimal() and len(wanted) < 18:
        draft = visible_cases(actor).filter(reported_by_id=actor.account_id, pk=int(wanted)).first()
    words = CaseWords(*(request.POST.get(name, "") for name in ("title", "asks", "concerns")))
    try:
        language = get_language() or ""
        draft = keep_draft(words, thing=_thing(request), by=actor, draft=draft, language=language)
    except Refused as refused:
        if refused.forbidden:
            raise
        error = refused.sentence
    if not request.htmx:  # type: ignore[attr-defined]
        if error:
            form = ReportForm(request.POST)
            form.is_valid()
            form.add_error(None, error)
            return _page(request, form, draft)
        back = {THING: str(thing)} if (thing := _thing(request)) else {}
        return HttpResponseRedirect(address(reverse("governance:report-case"), back), status=303)
    return render(
        request, "governance/cases/draft_saved.html", _about(draft, actor, saved=not error, error=error)
    )


@login_required
@require_safe
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """What happens next with a case, and when there is an answer."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = find_case(pk, actor)
    if case.reported_at is None:
        return HttpResponseRedirect(reverse("governance:report-case"), status=303)
    context = {"case": case, "due": answer_due(timezone.localtime(case.reported_at).date())}
    return render(request, "governance/cases/receipt.html", context)
