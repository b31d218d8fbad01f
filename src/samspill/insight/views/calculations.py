"""A kept answer at its address, the list of them, and the files to take along."""

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from samspill.directory.public import Actor, Community, Ref, joined, saved_file
from samspill.documents.sheets import XLSX
from samspill.documents.writing import DOCX, PDF, to_docx, to_pdf
from samspill.insight.actions.calculations import Recalculated, calculate_again, is_current
from samspill.insight.actions.linking import USED_BY, found_for
from samspill.insight.answer_files import paper, workbook
from samspill.insight.calculating import CALCULATIONS
from samspill.insight.models import Calculation, DataPack
from samspill.insight.models.calculations import CALCULATION
from samspill.insight.permissions import check_may_act
from samspill.insight.provenance import provenance_of, withdrawn_in_words
from samspill.insight.queries.calculations import (
    NEWEST,
    SORTS,
    Wanted,
    calculation_at,
    calculations_of,
    kinds_of,
)
from samspill.insight.retelling import kind_of, names_in, tell, title_of
from samspill.insight.shown.answers import kept_files, show_answer
from samspill.refusal import reason

ON_PAGE = 25


@require_safe
def calculation(request: HttpRequest, key: str) -> HttpResponse:
    return calculation_page(request, find_calculation(request, key))


@require_safe
def check_again(request: HttpRequest, key: str) -> HttpResponse:
    """The same question to the same figures, beside what was kept. Nothing is stored."""
    found = find_calculation(request, key)
    return calculation_page(request, found, checked=calculate_again(found))


def find_calculation(request: HttpRequest, key: str) -> Calculation:
    found = calculation_at(key, request.actor)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def calculation_page(
    request: HttpRequest, calculation: Calculation, *, checked: Recalculated | None = None
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    how, told = kind_of(calculation.kind), tell(calculation)
    is_own = actor.community_id == calculation.community_id
    in_use = DataPack.objects.standing().first()
    context = {
        "calculation": calculation,
        "kind": how.label,
        "shown": show_answer(told, kept_files(calculation.key)),
        "made": [*told.method, *provenance_of(calculation, actor)],
        "withdrawn": withdrawn_in_words(calculation),
        "address": address_of(request, calculation),
        "checked": checked,
        "is_own": is_own,
        "is_current": in_use is not None and is_current(calculation, in_use),
        "cannot_open": reason(check_may_act, actor, "insight.open", calculation),
        "try_on": how.page(calculation.community.slug, calculation.asked) if how.page else "",
        "scenarios": scenarios_with(calculation, actor),
        **(_thread(request, calculation, actor) if is_own else {}),
    }
    return render(request, "insight/calculations/calculation.html", context)


def address_of(request: HttpRequest, calculation: Calculation) -> str:
    return request.build_absolute_uri(reverse("insight:calculation", args=[calculation.key]))


def scenarios_with(calculation: Calculation, actor: Actor) -> list[Any]:
    """The versions of scenarios that rest on it; 1 query."""
    rows = calculation.versions.visible_to(actor).select_related("scenario")
    return list(rows.order_by("scenario__name", "number"))


def _thread(request: HttpRequest, calculation: Calculation, actor: Actor) -> dict[str, Any]:
    """What uses the answer, and what was found to use it in (`?sok=`)."""
    words = request.GET.get("sok", "").strip()[:200]
    ref = Ref(CALCULATION, calculation.pk)
    links = joined([ref], actor)[ref]
    taken = {link.other for link in links if link.kind == USED_BY}
    return {
        "links": links,
        "words": words,
        "found": [one for one in found_for(words, actor) if Ref(one.kind, one.id) not in taken],
        "cannot_link": reason(check_may_act, actor, "insight.link", calculation),
    }


@require_safe
def calculation_list(request: HttpRequest, slug: str) -> HttpResponse:
    community = get_object_or_404(Community, slug=slug)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    wanted = _wanted(request)
    page = Paginator(calculations_of(community, wanted, actor), ON_PAGE).get_page(request.GET.get("side"))
    names = names_in(page.object_list)
    context = {
        "shown_community": community,
        "wanted": wanted,
        "kinds": [(key, how.label) for key in kinds_of(community, actor) if (how := CALCULATIONS.get(key))],
        "sorts": SORTS,
        "page": page,
        "rows": [_row(one, names) for one in page.object_list],
    }
    return render(request, "insight/calculations/list.html", context)


def _wanted(request: HttpRequest) -> Wanted:
    """What the address asks for; what it cannot mean is as if it were not there."""
    kind, sort = request.GET.get("slag", ""), request.GET.get("sorter", "")
    return Wanted(
        words=request.GET.get("q", "").strip()[:200],
        kind=kind if kind in CALCULATIONS else "",
        sort=sort if sort in SORTS else NEWEST,
    )


def _row(calculation: Calculation, names: dict[str, str]) -> dict[str, Any]:
    how = CALCULATIONS.get(calculation.kind)
    told = tell(calculation, names) if how else None
    return {
        "calculation": calculation,
        "kind": how.label if how else calculation.kind,
        "title": told.heading if told else title_of(calculation),
        "question": ". ".join(text for _term, text in told.question) if told else "",
    }


@require_safe
def calculation_file(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """The whole answer as xlsx, pdf or docx, in the reader's language."""
    found = find_calculation(request, key)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    told, provenance = tell(found), provenance_of(found, actor)
    title = title_of(found, told)
    address = address_of(request, found)
    if withdrawn := withdrawn_in_words(found):
        told = replace(told, warnings=[withdrawn, *told.warnings])
    if form == "xlsx":
        return saved_file(workbook(told, provenance, address), XLSX, f"{slugify(title)}.xlsx")
    made = paper(
        told,
        kind=str(kind_of(found.kind).label),
        by=found.community.full_name,
        address=address,
        provenance=provenance,
        made_at=timezone.localtime(found.made_at),
        ending=form,
    )
    content, media_type = (to_pdf(made), PDF) if form == "pdf" else (to_docx(made), DOCX)
    return saved_file(content, media_type, f"{slugify(title)}.{form}")
