"""The brief of a case on one page: each part saves by itself, and two who write at once lose nothing."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspill.directory.public import Actor
from samspill.governance.actions.briefs import check_may_draft, freeze_brief, save_part, settle_part
from samspill.governance.models import Case, CaseText
from samspill.governance.permissions import may_act
from samspill.governance.queries.cases import case_for, find_case
from samspill.governance.queries.wordings import Saved, of_rows
from samspill.governance.rules.access import may_read
from samspill.governance.rules.briefs import PartTemplate, template_of
from samspill.governance.rules.passages import missing_parts
from samspill.governance.rules.writing import Choice
from samspill.governance.states import BriefPart
from samspill.governance.views.acting_cases import do
from samspill.governance.views.cases import frame
from samspill.governance.views.texts_shown import Beside, kept_beside, number, other_writer, versions_of
from samspill.refusal import Refused

CHOICES = (
    (Choice.BOTH.value, gettext_lazy("Take in both")),
    (Choice.MINE.value, gettext_lazy("Keep mine")),
    (Choice.THEIRS.value, gettext_lazy("Keep theirs")),
)
FEW_ROWS = 2
ROWS = {BriefPart.SUMMARY: 4, BriefPart.QUESTION: 2, BriefPart.PRIVACY: 2}


@dataclass(frozen=True)
class PartShown:
    """A part as the page draws it. `text` is what stands in the field, `based_on` what it came from."""

    template: PartTemplate
    saved: Saved[CaseText]
    text: str
    based_on: int | None
    beside: tuple[Beside, ...]
    writer: str
    rows: int
    error: str = ""
    was_saved: bool = False


def _find(request: HttpRequest, pk: int) -> Case:
    """The case, if its brief may be written by the actor now. Refuses otherwise."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = find_case(pk, actor)
    check_may_draft(case, actor)
    if not case_for(case, actor).may_read_closed:
        raise Refused("case.closed", _("This case is closed for you."), forbidden=True)
    return case


@login_required
@require_safe
def brief(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _find(request, pk))


def _page(request: HttpRequest, case: Case, shown: PartShown | None = None) -> HttpResponse:
    """The whole brief; `shown` is a part that came back with an error."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows: dict[str, list[CaseText]] = {}
    for row in CaseText.objects.filter(case=case).order_by("pk"):
        rows.setdefault(row.part, []).append(row)
    parts = [
        shown
        if shown and shown.template.part == one.part
        else _part(one, of_rows(rows.get(one.part.value, [])), actor)
        for one in _templates(case)
    ]
    written = {one.template.part.value for one in parts if one.saved.stands and one.saved.stands.text.strip()}
    missing = set(missing_parts(case.kind, written))
    context = {
        **frame(case_for(case, actor), actor, "governance:brief"),
        "parts": parts,
        "choices": CHOICES,
        "missing": [one.template for one in parts if one.template.part in missing],
        "open_besides": sum(len(one.beside) for one in parts),
        "newest": case.briefs.first(),
        "may_freeze": may_act(actor, "cases.prepare", case),
    }
    return render(
        request, "governance/cases/brief.html", context, status=422 if shown and shown.error else 200
    )


def _templates(case: Case) -> tuple[PartTemplate, ...]:
    """Headings in the case's målform, which is the document's; what the writer is told in the reader's."""
    return template_of(case.kind, case.language, writer=get_language() or "")


def _part(
    template: PartTemplate,
    saved: Saved[CaseText],
    actor: Actor,
    *,
    typed: str | None = None,
    based_on: int | None = None,
    error: str = "",
    was_saved: bool = False,
) -> PartShown:
    row = saved.row
    text = typed if typed is not None else (saved.stands.text if saved.stands else "")
    return PartShown(
        template=template,
        saved=saved,
        text=text,
        based_on=based_on if error else (row.pk if row else None),
        beside=tuple(kept_beside(one, saved) for one in saved.beside),
        writer=other_writer(saved, actor),
        rows=ROWS.get(template.part, 7) if text else FEW_ROWS,
        error=error,
        was_saved=was_saved,
    )


def _template(case: Case, part: str) -> PartTemplate:
    found = next((one for one in _templates(case) if one.part.value == part), None)
    if found is None:
        raise Http404
    return found


@require_POST
def save(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """With htmx the line under the part comes back, and both texts when two wrote at once."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = _find(request, pk)
    template, typed = _template(case, part), request.POST.get("text", "").replace("\r\n", "\n")
    based_on = number(request.POST.get("based_on", ""))
    try:
        saved = save_part(case, part, typed, based_on=based_on, by=actor)
    except Refused as refused:
        rows = CaseText.objects.filter(case=case, part=part).order_by("pk")
        shown = _part(template, of_rows(rows), actor, typed=typed, based_on=based_on, error=refused.sentence)
        return _answer(request, case, shown)
    if request.htmx or saved.is_beside:  # type: ignore[attr-defined]
        return _answer(request, case, _part(template, saved, actor, typed=typed, was_saved=True))
    messages.success(request, _("It is saved."))
    return HttpResponseRedirect(f"{reverse('governance:brief', args=[pk])}#{part}", status=303)


def _answer(request: HttpRequest, case: Case, shown: PartShown) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        status = 422 if shown.error else 200
        context = {"case": case, "one": shown, "choices": CHOICES}
        return render(request, "governance/cases/part_saved.html", context, status=status)
    return _page(request, case, shown)


@require_POST
def settle(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = _find(request, pk)
    template = _template(case, part)
    choice, beside, over = [*request.POST.get("choice", "").split(":"), "", ""][:3]

    def again(refused: Refused) -> HttpResponse:
        rows = CaseText.objects.filter(case=case, part=part).order_by("pk")
        return _page(request, case, _part(template, of_rows(rows), actor, error=refused.sentence))

    return do(
        request,
        lambda: settle_part(
            case, part, beside=number(beside) or 0, over=number(over) or 0, choice=choice, by=actor
        ),
        said=_("It is saved. The other text stands among the earlier versions."),
        to=f"{reverse('governance:brief', args=[pk])}#{part}",
        again=again,
    )


@login_required
@require_safe
def versions(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """Every wording of a part, the newest first, each with what it changed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = _find(request, pk)
    template = _template(case, part)
    rows = list(CaseText.objects.filter(case=case, part=part).order_by("pk"))
    context = {
        **frame(case_for(case, actor), actor, "governance:brief"),
        "template": template,
        "versions": versions_of(rows),
        "stands": of_rows(rows).stands,
    }
    return render(request, "governance/cases/versions.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def frozen(request: HttpRequest, pk: int) -> HttpResponse:
    """A version of the brief to read and print; POST fixes one as it stands now."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = find_case(pk, actor)
    seen = case_for(case, actor)
    if not seen.may_read:
        raise Refused("case.closed", _("This case is closed for you."), forbidden=True)
    if request.method == "POST":
        made = freeze_brief(case, by=actor)
        messages.success(request, _("Version %(version)s is fixed.") % {"version": made.version})
        return HttpResponseRedirect(reverse("governance:brief-versions", args=[pk]), status=303)
    sent = case.briefs.visible_to(actor)
    versions = [one for one in sent if may_read(one.access, seen.reader)]
    context = {**frame(seen, actor, "governance:brief"), "versions": versions}
    return render(request, "governance/cases/frozen.html", context)
