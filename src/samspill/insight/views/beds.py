"""«Hvor mange senger trengs?» and «Senger to kan dele»: sliders, the answer, and the button that keeps it."""

from collections.abc import Callable, Mapping, Sequence

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from samspill.directory.public import Actor, Community
from samspill.insight.actions.calculations import calculate
from samspill.insight.calculating import Plain
from samspill.insight.calculations.beds import BEDS, NUMBERS, OWN
from samspill.insight.calculations.beds import KEY as BEDS_KEY
from samspill.insight.calculations.shared_beds import KEY as SHARED_KEY
from samspill.insight.calculations.shared_beds import NUMBERS as SHARED_NUMBERS
from samspill.insight.calculations.shared_beds import PRICES, answered
from samspill.insight.calculations.week import KEY as WEEK_KEY
from samspill.insight.views.keeping import check_may_keep, may_keep
from samspill.insight.views.trying import (
    MISSING,
    asked_in,
    calculated_on,
    source_now,
    try_out,
)
from samspill.insight.views.week import counts_asked
from samspill.refusal import Refused

Read = Callable[[Mapping[str, str]], Plain]


def need_asked(data: Mapping[str, str]) -> Plain:
    return asked_in(data, (*NUMBERS, *OWN), ("service",))


def shared_asked(data: Mapping[str, str]) -> Plain:
    return asked_in(data, (*SHARED_NUMBERS, *PRICES))


ASKED: Mapping[str, Read] = {BEDS_KEY: need_asked, SHARED_KEY: shared_asked, WEEK_KEY: counts_asked}
"""How the question of a kind is read from a form, by kind."""


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
    return render(
        request,
        "insight/beds/need.html",
        {
            "shown_community": community,
            "tried": tried,
            "moved": tried.sliders[: len(NUMBERS)],
            "own": tried.sliders[len(NUMBERS) :],
            "choices": [(code, label, code == chosen) for code, label in BEDS.items()],
            "keep_url": reverse("insight:beds-keep", args=[slug, BEDS_KEY]),
            "may_keep": may_keep(request, community),
        },
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
    return render(
        request,
        "insight/beds/shared.html",
        {
            "shown_community": community,
            "tried": tried,
            "moved": tried.sliders[: len(SHARED_NUMBERS)],
            "own": tried.sliders[len(SHARED_NUMBERS) :],
            "keep_url": reverse("insight:beds-keep", args=[slug, SHARED_KEY]),
            "may_keep": may_keep(request, community),
        },
        status=tried.status,
    )


@require_POST
@login_required
def keep(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Keep the answer to the question in the form; then to its page, which has a fixed address."""
    community = get_object_or_404(Community, slug=slug)
    if kind not in ASKED:
        raise Http404
    check_may_keep(request, community)
    kept = calculate(kind, ASKED[kind](request.POST), by=request.actor)  # type: ignore[attr-defined]
    return HttpResponseRedirect(reverse("insight:calculation", args=[kept.key]), status=303)
