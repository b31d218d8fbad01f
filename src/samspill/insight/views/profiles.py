"""The pages of figures: one's own community, all communities, a community, a municipality."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from samspill.directory.public import Community
from samspill.insight.age_groups import SHOWN
from samspill.insight.models import Indicator, PopulationRun
from samspill.insight.multiples import multiples
from samspill.insight.queries import communities_with_figures, profile_of
from samspill.insight.queries.ages import ages_of
from samspill.insight.queries.districts import cities_of, districts_of
from samspill.insight.ranking import ranking
from samspill.insight.shown.people import show, source_of
from samspill.insight.shown.people_drawn import OLD
from samspill.insight.views import profile_parts as parts
from samspill.insight.wording import growth, of_ten, rounded, signed


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
    found = communities_with_figures()
    for community, series in found:
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
    order = parts.ordered(request, rows)
    return render(request, "insight/all.html", {"rows": rows, "order": order, "passage": ranking(found)})


@require_safe
def profile(request: HttpRequest, slug: str) -> HttpResponse:
    community = get_object_or_404(Community, slug=slug)
    found = profile_of(community)
    if found is None:
        return render(request, "insight/nothing_yet.html", {"shown_community": community})
    actor = request.actor  # type: ignore[attr-defined]
    ages = ages_of(found.run)
    rows = parts.municipalities(found)
    old = found.of(found.whole, OLD)
    in_use = list(Indicator.objects.of_ages())
    return render(
        request,
        "insight/profile.html",
        {
            "profile": found,
            "heading": of_ten(old.on(found.now), old.on(found.to), found.to),
            "inhabitants": round(found.persons(found.whole, "all", found.now)),
            "figures": [show(found, found.whole, group, actor) for group in SHOWN],
            "where": parts.where(found),
            "moving": parts.moving(request, found, found.whole, ages),
            "shares": parts.shares(found, found.whole, ages),
            "method": parts.method(found),
            "multiples": multiples(found, ages, request.GET.get("vis", "")),
            "order": parts.ordered(request, rows),
            "rows": rows,
            "cities": cities_of(found),
            "spine": parts.spine(found, in_use),
            "indicators": [parts.indicator_row(one, found) for one in in_use],
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
    ages = ages_of(found.run)
    in_use = Indicator.objects.of_ages()
    beside = {here.code: index for index, here in enumerate(found.places)}[code]
    inside = districts_of(found, place)
    return render(
        request,
        "insight/municipality.html",
        {
            "profile": found,
            "place": place,
            "growth": signed(found.growth(place, OLD)),
            "figures": [show(found, place, group, actor) for group in SHOWN],
            "moving": parts.moving(request, found, place, ages),
            "shares": parts.shares(found, place, ages),
            "method": parts.method(found),
            "indicators": [parts.indicator_row(one, found, place) for one in in_use],
            "before": found.places[beside - 1] if beside else None,
            "after": found.places[beside + 1] if beside + 1 < len(found.places) else None,
            "districts": parts.municipalities(inside.profile) if inside else [],
            "source": source_of(found.run),
        },
    )


@require_safe
def district(request: HttpRequest, slug: str, code: str, district: str) -> HttpResponse:
    """A city district: the same figures as of a municipality, held to the city in every draw."""
    found = profile_of(get_object_or_404(Community, slug=slug))
    city = found.place(code) if found and code else None
    inside = districts_of(found, city) if found and city else None
    place = inside.profile.place(district) if inside else None
    if inside is None or place is None:
        raise Http404
    actor = request.actor  # type: ignore[attr-defined]
    here = inside.profile
    in_use = Indicator.objects.of_ages()
    return render(
        request,
        "insight/district.html",
        {
            "profile": here,
            "city": inside.city,
            "place": place,
            "growth": signed(here.growth(place, OLD)),
            "figures": [show(here, place, group, actor) for group in SHOWN],
            "moving": parts.moving(request, here, place, inside.ages),
            "shares": parts.shares(here, place, inside.ages),
            "method": parts.method(here),
            "indicators": [parts.indicator_row(one, here, place) for one in in_use],
            "rows": parts.municipalities(here),
            "source": source_of(here.run),
        },
    )
