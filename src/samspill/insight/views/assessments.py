"""Minimetodevurderinger: the list, one of them as a page and on paper, and making one."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspill.directory.public import Actor, Community, Joined, Ref, acts_on
from samspill.documents.writing import DOCX, PDF, to_docx, to_pdf
from samspill.insight.actions.assessments import ASSESSMENT, start_assessment
from samspill.insight.actions.deciding import decisions_found, decisions_on
from samspill.insight.assessments.paper import paper_of
from samspill.insight.forms.assessments import StartForm
from samspill.insight.models import Assessment
from samspill.insight.permissions.assessments import check_may_assess
from samspill.insight.queries.assessments import assessments_in, find_assessment
from samspill.insight.shown.assessments import GLYPHS, STUDY_HEAD, PartShown, parts_of
from samspill.insight.states.assessments import AssessmentState
from samspill.refusal import Refused, reason

WRITERS = {"pdf": (PDF, to_pdf), "docx": (DOCX, to_docx)}


@require_safe
def assessment_list(request: HttpRequest, slug: str) -> HttpResponse:
    """`?tilstand=` keeps those in one state."""
    community = get_object_or_404(Community, slug=slug)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = list(assessments_in(community, actor))
    counts = Counter(one.state for one in found)
    chosen = request.GET.get("tilstand", "")
    shown = [one for one in found if one.state == chosen] if chosen in AssessmentState.values else found
    context = {
        "shown_community": community,
        "heading": _list_heading(found),
        "lines": [_line(one) for one in shown],
        "chosen": chosen,
        "states": [(state.value, state.label, counts[state]) for state in AssessmentState if counts[state]],
        "may_write": actor.community_id == community.pk
        and not reason(check_may_assess, actor, "assessments.write"),
    }
    return render(request, "insight/assessments/list.html", context)


def _list_heading(found: list[Assessment]) -> str:
    if not found:
        return _("No minimetodevurdering is written yet")
    under_way = sum(one.state != AssessmentState.FINISHED for one in found)
    if not under_way:
        return _("Every minimetodevurdering is decided")
    return ngettext(
        "%(count)s minimetodevurdering is under way",
        "%(count)s minimetodevurderinger are under way",
        under_way,
    ) % {"count": under_way}


def _line(one: Assessment) -> dict[str, Any]:
    return {
        "assessment": one,
        "glyph": GLYPHS[AssessmentState(one.state)],
        "people": one.content.get("question", {}).get("population", ""),
        "verdict": one.content.get("decision", {}).get("verdict", ""),
    }


@login_required
@require_http_methods(["GET", "POST"])
def new_assessment(request: HttpRequest, slug: str) -> HttpResponse:
    community = get_object_or_404(Community, slug=slug)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    check_may_assess(actor, "assessments.write", Assessment(community=community))
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = start_assessment(community, form.cleaned_data["title"], by=actor)
        except Refused as refused:
            form.add_error("title", refused.sentence)
        else:
            messages.success(request, _("It is begun. Write the parts in the order you like."))
            return HttpResponseRedirect(reverse("insight:assessment", args=[slug, made.pk]), status=303)
    context = {"shown_community": community, "form": form}
    return render(request, "insight/assessments/new.html", context, status=422 if form.errors else 200)


@require_safe
def assessment(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = find_assessment(slug, pk, request.actor)  # type: ignore[attr-defined]
    return page_of(request, found)


def page_of(request: HttpRequest, found: Assessment, refused: Refused | None = None) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    decisions = decisions_on(found, actor)
    parts = parts_of(found, actor, decisions)
    may_decide = not reason(check_may_assess, actor, "assessments.decide", found)
    may_write = not reason(check_may_assess, actor, "assessments.write", found)
    context = {
        "assessment": found,
        "shown_community": found.community,
        "glyph": GLYPHS[AssessmentState(found.state)],
        "heading": _heading(found, parts),
        "parts": parts,
        "study_head": STUDY_HEAD,
        "may_write": may_write,
        "may_decide": may_decide,
        "may_open": not reason(check_may_assess, actor, "assessments.open", found),
        "onward": _onward(found, parts) if may_write else None,
        "refused": refused,
        "decisions": decisions,
        **(_to_join(request, found, decisions) if may_decide else {}),
        "history": list(acts_on(ASSESSMENT, [found.pk], actor)) if may_write else [],
    }
    return render(request, "insight/assessments/assessment.html", context, status=422 if refused else 200)


def _to_join(request: HttpRequest, found: Assessment, decisions: list[Joined]) -> dict[str, Any]:
    """Decisions to join it to (`?sok=`), once it is with a peer or decided."""
    words = request.GET.get("sok", "").strip()[:200]
    taken = {one.other for one in decisions}
    hits = decisions_found(words, request.actor)  # type: ignore[attr-defined]
    return {
        "may_join": found.state != AssessmentState.DRAFT,
        "words": words,
        "hits": [one for one in hits if Ref(one.kind, one.id) not in taken],
    }


def _heading(found: Assessment, parts: list[PartShown]) -> str:
    lacks = sum(bool(part.lacks) for part in parts)
    if found.state == AssessmentState.FINISHED or not lacks:
        return found.title
    return ngettext(
        "%(title)s: one part is not finished", "%(title)s: %(count)s parts are not finished", lacks
    ) % {"title": found.title, "count": lacks}


def _onward(found: Assessment, parts: list[PartShown]) -> dict[str, Any]:
    """The step that is next, whether anything stands in its way, and the way back."""
    lacks = any(part.lacks for part in parts)
    step = {
        AssessmentState.DRAFT: ("in_review", _("Send it to a peer"), "", ""),
        AssessmentState.IN_REVIEW: ("finished", _("It is decided"), "draft", _("Take it back to write more")),
        AssessmentState.FINISHED: ("", "", "draft", _("Assess it again")),
    }[AssessmentState(found.state)]
    why = _("Something is missing. It is marked at each part.") if lacks else ""
    return dict(zip(("to", "label", "back", "back_label"), step, strict=True)) | {"why": why}


@require_safe
def assessment_file(request: HttpRequest, slug: str, pk: int, ending: str) -> HttpResponse:
    """In the reader's language, as Word or PDF."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_assessment(slug, pk, actor)
    address = request.build_absolute_uri(reverse("insight:assessment", args=[slug, found.pk]))
    language = get_language() or "nb"
    paper = paper_of(
        found,
        parts_of(found, actor, decisions_on(found, actor)),
        language=language,
        made_at=timezone.localtime(),
        address=address,
    )
    media_type, write = WRITERS[ending]
    response = HttpResponse(write(paper), content_type=media_type)
    name = f"{slugify(found.title) or 'metodevurdering'}.{ending}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
