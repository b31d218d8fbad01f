"""«Hvor mange senger trengs?» and «Senger to kan dele»: sliders, and the answer."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from samspill.directory.public import Actor, Community
from samspill.insight.calculating import Plain
from samspill.insight.calculations.beds import BEDS, NUMBERS, OWN
from samspill.insight.calculations.beds import KEY as BEDS_KEY
from samspill.insight.calculations.shared_beds import KEY as SHARED_KEY
from samspill.insight.calculations.shared_beds import NUMBERS as SHARED_NUMBERS
from samspill.insight.calculations.shared_beds import PRICES, answered
from samspill.insight.views.answering import answer_page
from samspill.insight.views.trying import (
    MISSING,
    asked_in,
    calculated_on,
    source_now,
    try_out,
)
from samspill.refusal import Refused


def need_asked(data: Mapping[str, str]) -> Plain:
    return asked_in(data, (*NUMBERS, *OWN), ("service",))


def shared_asked(data: Mapping[str, str]) -> Plain:
    return asked_in(data, (*SHARED_NUMBERS, *PRICES))


@require_safe
def need(request: HttpRequest, slug: str) -> HttpResponse:
    community = get_object_or_404(Community, slug=slug)
    asked = need_asked(request.GET)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    try:
        tried = try_out(BEDS_KEY, asked, (*NUMBERS, *OWN), of=community, names={}, source=source_now(actor))
    except Refused as refused:
        if refused.code not in MISSING:
            raise
        return render(request, "insight/beds/no_figures.html", {"shown_community": community})
    chosen = asked.get("service") or next(iter(BEDS))
    return answer_page(
        request,
        "insight/beds/need.html",
        {
            "shown_community": community,
            "tried": tried,
            "moved": tried.sliders[: len(NUMBERS)],
            "own": tried.sliders[len(NUMBERS) :],
            "choices": [(code, label, code == chosen) for code, label in BEDS.items()],
        },
        tried.told,
        status=tried.status,
    )


@require_safe
def shared(request: HttpRequest, slug: str) -> HttpResponse:
    community = get_object_or_404(Community, slug=slug)
    numbers: Sequence = (*SHARED_NUMBERS, *PRICES)
    tried = try_out(
        SHARED_KEY,
        shared_asked(request.GET),
        numbers,
        of=community,
        names={},
        source=calculated_on(request.actor),  # type: ignore[attr-defined]
        answer=answered,
    )
    return answer_page(
        request,
        "insight/beds/shared.html",
        {
            "shown_community": community,
            "tried": tried,
            "moved": tried.sliders[: len(SHARED_NUMBERS)],
            "own": tried.sliders[len(SHARED_NUMBERS) :],
        },
        tried.told,
        status=tried.status,
    )
