"""The pages of figures: one's own community, all communities, a community, a municipality."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from samspill.directory.public import Community
from samspill.insight.age_groups import SHOWN
from samspill.insight.models import Indicator, PopulationRun
from samspill.insight.queries import Place, Profile, communities_with_figures, profile_of, values_of
from samspill.insight.shown import show, source_of
from samspill.insight.wording import decimal, growth, of_ten, rounded, signed

STEPS = (50, 75, 100)
"""Percent growth where the next colour of the tiles begins."""


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Straight to the actor's own community when it has figures, else to the list."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.community and PopulationRun.objects.filter(community_id=actor.community_id).exists():
        return HttpResponseRedirect(reverse("insight:profile", args=[actor.community.slug]))
    return HttpResponseRedirect(reverse("insight:all"))


@require_safe
def everyone(request: HttpRequest) -> HttpResponse:
    """Every community that has figures, most growth first when asked."""
    rows = []
    for community, series in communities_with_figures():
        now, then = series.on(series.run.jump_off), series.on(series.run.to)
        rows.append(
            {
                "community": community,
                "now_year": series.run.jump_off,
                "to": series.run.to,
                "now": round(now),
                "then": rounded(then),
                "percent": growth(now, then),
                "growth": signed(growth(now, then)),
            }
        )
    order = _ordered(request, rows)
    return render(request, "insight/all.html", {"rows": rows, "order": order})


@require_safe
def profile(request: HttpRequest, slug: str) -> HttpResponse:
    community = get_object_or_404(Community, slug=slug)
    found = profile_of(community)
    if found is None:
        return render(request, "insight/nothing_yet.html", {"shown_community": community})
    actor = request.actor  # type: ignore[attr-defined]
    rows = _municipalities(found)
    order = _ordered(request, rows)
    old = found.of(found.whole, "80+")
    return render(
        request,
        "insight/profile.html",
        {
            "profile": found,
            "heading": of_ten(old.on(found.now), old.on(found.to), found.to),
            "inhabitants": round(found.persons(found.whole, "all", found.now)),
            "figures": [show(found, found.whole, group, actor) for group in SHOWN],
            "tiles": [_tile(found, place) for place in found.by_growth("80+")],
            "steps": STEPS,
            "rows": rows,
            "order": order,
            "indicators": [_indicator_row(one, found) for one in Indicator.objects.filter(is_in_use=True)],
            "source": source_of(found.run),
        },
    )


@require_safe
def municipality(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    found = profile_of(get_object_or_404(Community, slug=slug))
    place = found.place(code) if found else None
    if found is None or place is None:
        raise Http404
    actor = request.actor  # type: ignore[attr-defined]
    in_use = Indicator.objects.filter(is_in_use=True)
    beside = {here.code: index for index, here in enumerate(found.places)}[code]
    return render(
        request,
        "insight/municipality.html",
        {
            "profile": found,
            "place": place,
            "growth": signed(found.growth(place, "80+")),
            "figures": [show(found, place, group, actor) for group in SHOWN],
            "indicators": [_indicator_row(one, found, place) for one in in_use],
            "before": found.places[beside - 1] if beside else None,
            "after": found.places[beside + 1] if beside + 1 < len(found.places) else None,
            "source": source_of(found.run),
        },
    )


def _municipalities(found: Profile) -> list[dict[str, Any]]:
    return [
        {
            "place": place,
            "now": round(found.persons(place, "80+", found.now)),
            "then": rounded(found.persons(place, "80+", found.to)),
            "percent": found.growth(place, "80+"),
            "growth": signed(found.growth(place, "80+")),
            "younger_now": round(found.persons(place, "67-79", found.now)),
            "younger_then": rounded(found.persons(place, "67-79", found.to)),
            "younger_growth": signed(found.growth(place, "67-79")),
        }
        for place in found.places
    ]


def _ordered(request: HttpRequest, rows: list[dict[str, Any]]) -> str:
    """Sorts `rows` as `?sorter=` says, by name when it says nothing known; returns what was used."""
    keys = {"vekst": lambda row: -(row["percent"] or 0), "antall": lambda row: -row["now"]}
    chosen = request.GET.get("sorter", "")
    if chosen in keys:
        rows.sort(key=keys[chosen])
        return chosen
    return "navn"


def _tile(found: Profile, place: Place) -> dict[str, Any]:
    percent = found.growth(place, "80+")
    return {
        "place": place,
        "growth": signed(percent),
        "step": 1 + sum((percent or 0) >= step for step in STEPS),
        "now": round(found.persons(place, "80+", found.now)),
        "then": rounded(found.persons(place, "80+", found.to)),
    }


def _indicator_row(indicator: Indicator, found: Profile, place: Place | None = None) -> dict[str, Any]:
    values = {value.place.code: value for value in values_of(indicator, found)}
    chosen = values[place.code if place else ""]
    others = [value.now for code, value in values.items() if code and value.now is not None]
    return {
        "indicator": indicator,
        "now": _told(chosen.now, chosen.decimals),
        "then": _told(chosen.then, chosen.decimals, is_expected=True),
        "lowest": _told(min(others, default=None), chosen.decimals),
        "highest": _told(max(others, default=None), chosen.decimals),
    }


def _told(value: float | None, places: int, *, is_expected: bool = False) -> str:
    if value is None:
        return "–"
    return decimal(rounded(value) if is_expected and not places else value, places)
