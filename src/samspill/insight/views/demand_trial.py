"""Try what may make demand less: sliders that answer at once."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from samspill.directory.public import Community
from samspill.insight.asked.demand import whole
from samspill.insight.asked.demand_addresses import SERVICE, address_of, asked_in
from samspill.insight.shown.demand import (
    answered,
    as_the_evidence_says,
    sliders,
    without_anything,
)
from samspill.insight.views.answering import answer_page
from samspill.insight.views.demand import NOTHING, choice, refused
from samspill.insight.wording.services import SERVICES
from samspill.refusal import Refused

NONE: Mapping[str, str] = MappingProxyType({})
FIRST = "liggedogn"  # the service one sees first: what most of it counts


@require_safe
@vary_on_headers("HX-Request")
def trial(request: HttpRequest, slug: str) -> HttpResponse:
    community = get_object_or_404(Community, slug=slug)
    written = {SERVICE: FIRST, **request.GET.dict()}
    try:
        answer = answered(asked_in(written), community, request.actor)  # type: ignore[attr-defined]
    except Refused as refusal:
        return _not_this(request, community, written, refusal)
    address = request.path + address_of(answer.whole)
    context = {**_around(request, community, answer.whole), "answer": answer, "address": address}
    response = answer_page(request, "insight/demand/trial.html", context, answer.told, here=address)
    response["HX-Replace-Url"] = address
    return response


def _around(
    request: HttpRequest, community: Community, asked: Any, written: Mapping[str, str] = NONE
) -> dict[str, object]:
    """What stands around an answer: sliders, presets, the way back."""
    return {
        "community": community,
        "sliders": sliders(asked, written),
        "services": SERVICES,
        "chosen": asked["services"][0],
        "choice": choice(asked),
        "as_evidence": address_of(as_the_evidence_says(asked)),
        "none": address_of(without_anything(asked)),
        "undo": _before(request, asked),
    }


def _before(request: HttpRequest, asked: Any) -> str:
    """The address of what was tried before this; empty when one comes from elsewhere or it is the same."""
    came = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
    if came.path != request.path:
        return ""
    try:
        earlier = address_of(whole(asked_in({SERVICE: FIRST, **dict(parse_qsl(came.query))})))
    except Refused:
        return ""
    return earlier if earlier != address_of(asked) else ""


def _not_this(
    request: HttpRequest, community: Community, written: dict[str, str], refusal: Refused
) -> HttpResponse:
    """The page with what was written still there, and what is wrong with it."""
    if refusal.code in NOTHING:
        return refused(request, community, refusal)
    asked = whole(asked_in({SERVICE: FIRST}))
    return render(
        request,
        "insight/demand/trial.html",
        {**_around(request, community, asked, written), "refusal": refusal},
        status=422,
    )
