"""The staff room: all professions side by side, and one profession with its levers."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from samspill.directory.public import Community
from samspill.insight.actions.calculations import answer_to
from samspill.insight.asked.staff import SECTORS as SECTOR_WORDS
from samspill.insight.asked.staff import VACANCY, YEARS, asked_in, kept_of, pulls_of
from samspill.insight.calculating import Plain
from samspill.insight.shown.staff import rows_of, told_now
from samspill.insight.views.answering import answer_page
from samspill.insight.wording.staff import BY_SLUG, SECTOR_NAMES, capital, headline, is_even, name_of
from samspill.refusal import Refused

MISSING = {"calculation.no_figures", "calculation.no_municipalities", "pack.gone", "staff.nothing"}
"""Codes of refusals that mean there are no figures, rather than a question that cannot be asked."""
BASE = "staff.not_counted"


@require_safe
def staff(request: HttpRequest, slug: str) -> HttpResponse:
    """Every profession of the helsefellesskap."""
    community = get_object_or_404(Community, slug=slug)
    try:
        asked, found = answer_to("staff", asked_in(request.GET), of=community)
    except Refused as refused:
        return nothing(request, community, refused)
    told = told_now("staff", community, asked, found, request.actor)  # type: ignore[attr-defined]
    return answer_page(
        request,
        "insight/staff/all.html",
        {
            "shown_community": community,
            "rows": rows_of(found, community.slug, request.GET.urlencode()),
            "first": found["years"][0],  # type: ignore[index]
            "last": found["years"][-1],  # type: ignore[index]
            "ways": _ways(request),
            "years": YEARS,
            "asked": asked,
        },
        told,
    )


@require_safe
def profession(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """One profession: the curves, the levers and what they do. 422 and the figures without levers when
    something typed cannot be used."""
    community = get_object_or_404(Community, slug=slug)
    code = BY_SLUG.get(name)
    if code is None:
        raise Http404
    try:
        asked, found, refused = _answered(request, community, code)
    except Refused as problem:
        return nothing(request, community, problem)
    told = told_now("staff", community, asked, found, request.actor)  # type: ignore[attr-defined]
    first, more = pulls_of(request.GET, code, list(found["sectors"]), refused)  # type: ignore[call-overload]
    context = {
        "shown_community": community,
        "profession_name": capital(name_of(code)),
        "standing": _standing(code, asked, found),
        "slug_of_profession": name,
        "asked": asked,
        "first": first,
        "more": more,
        "ways": _ways(request),
        "years": YEARS,
        "refused": refused,
        "query": urlencode(kept_of(request.GET)),
        "may_close": _lacks(found) and refused is None,
        "is_closing": bool(asked["closing"]),
        "closing_key": str(len(told.passages) + 1),
        "vacancy": request.GET.get("tomme", "") or f"{VACANCY:g}",
        "vacancy_error": refused.sentence if refused and refused.field in ("vacancy", "tomme") else "",
    }
    status = 422 if refused else 200
    return answer_page(request, "insight/staff/one.html", context, told, status=status)


def _answered(request: HttpRequest, community: Community, code: str) -> tuple[Plain, Plain, Refused | None]:
    """The answer, or, when it cannot be had, the answer without levers and the reason."""
    try:
        asked = {**asked_in(request.GET, code), "closing": "lukke" in request.GET}
        return *answer_to("staff", asked, of=community), None
    except Refused as refused:
        if refused.code in MISSING or refused.code == BASE:
            raise
        return *answer_to("staff", {"profession": code, "closing": False}, of=community), refused


def _standing(code: str, asked: Any, found: Any) -> str:
    """The heading of the page: what it comes to when no lever is pulled."""
    gap, need = found["before"]["values"][-1], found["need"]["values"][-1]
    return headline(code, gap, need, asked["to"], asked["sector"])


def _lacks(found: Any) -> bool:
    """Whether there is a gap to close."""
    before = found["before"]["values"][-1]
    return before > 0 and not is_even(before, found["need"]["values"][-1])


def _ways(request: HttpRequest) -> list[dict[str, object]]:
    chosen = request.GET.get("niva", "")
    words = {"": "", **SECTOR_WORDS}
    return [
        {"word": word, "label": SECTOR_NAMES[code], "is_here": word == (chosen if chosen in words else "")}
        for word, code in words.items()
    ]


def nothing(request: HttpRequest, community: Community, refused: Refused) -> HttpResponse:
    """No figures, said calmly, with what is possible all the same."""
    if refused.code not in MISSING and refused.code != BASE:
        raise refused
    has_people = refused.code in ("staff.nothing", BASE)
    return render(
        request,
        "insight/staff/nothing.html",
        {
            "shown_community": community,
            "reason": refused.sentence,
            "has_people": has_people,
            "is_one": refused.code == BASE,
        },
    )
