"""The pages of demand: every service, one service, and how it is reckoned."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from samspill.directory.public import Community
from samspill.insight.asked.demand_addresses import AREA, TO, address_of, asked_in
from samspill.insight.shown.demand import answered, rows_by_side
from samspill.insight.shown.evidence import measures, services
from samspill.insight.views.answering import answer_page
from samspill.insight.wording.services import BY_SLUG, SERVICES
from samspill.refusal import Refused

NOTHING = ("calculation.no_figures", "calculation.no_municipalities")
YEARS = (2030, 2035, 2040, 2050)
"""Last years that are offered; any other may be written in the address."""


@require_safe
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    community = get_object_or_404(Community, slug=slug)
    asked = {AREA: request.GET.get(AREA, ""), TO: request.GET.get(TO, "")}
    try:
        answer = answered(asked_in(asked), community, request.actor)  # type: ignore[attr-defined]
    except Refused as refusal:
        return refused(request, community, refusal)
    query = address_of(answer.whole)
    return answer_page(
        request,
        "insight/demand/overview.html",
        {
            "community": community,
            "answer": answer,
            "sides": rows_by_side(answer, slug, query),
            "query": query,
            "choice": choice(answer.whole),
            "years": answer.asked.found["years"],
        },
        answer.told,
    )


@require_safe
def service(request: HttpRequest, slug: str, service: str) -> HttpResponse:
    """One service, with what the address tries."""
    community = get_object_or_404(Community, slug=slug)
    if service not in BY_SLUG:
        raise Http404
    try:
        asked = asked_in({**request.GET.dict(), "tjeneste": service})
        answer = answered(asked, community, request.actor)  # type: ignore[attr-defined]
    except Refused as refusal:
        return refused(request, community, refusal)
    order = list(SERVICES)
    place = order.index(BY_SLUG[service])
    return answer_page(
        request,
        "insight/demand/service.html",
        {
            "community": community,
            "answer": answer,
            "words": SERVICES[BY_SLUG[service]],
            "query": address_of(answer.whole),
            "choice": choice(answer.whole),
            "before": SERVICES[order[place - 1]] if place else None,
            "after": SERVICES[order[place + 1]] if place + 1 < len(order) else None,
        },
        answer.told,
    )


@require_safe
def method(request: HttpRequest, slug: str) -> HttpResponse:
    """What may change demand with its evidence, where rates are from, and how far off each way has been."""
    community = get_object_or_404(Community, slug=slug)
    return render(
        request,
        "insight/demand/method.html",
        {"community": community, "measures": measures(), "services": services()},
    )


def choice(whole: Mapping[str, Any]) -> dict[str, object]:
    """What stands chosen in the fields «where» and «until», and what they offer."""
    areas, to = whole["areas"], whole["to"]
    return {"area": areas[0] if len(areas) == 1 else "", "to": to, "years": sorted({*YEARS, to})}


def refused(request: HttpRequest, community: Community, refusal: Refused) -> HttpResponse:
    """Nothing to reckon from is said calmly; a question that cannot be asked is an error of its own."""
    if refusal.code in NOTHING:
        return render(request, "insight/demand/nothing.html", {"community": community})
    context = {"community": community, "refusal": refusal}
    return render(request, "insight/demand/refused.html", context, status=422)
