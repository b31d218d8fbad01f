"""All indicators: found as one types, with the newest figure of one's own area; definitions to print."""

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspill.directory.public import Community
from samspill.insight.area_names import COUNTRY, name_of
from samspill.insight.queries.indicator_list import MOST_LETTERS, Wanted, chosen, indicators_listed
from samspill.insight.shown.indicator_list import grouped, words_of
from samspill.insight.states import Level

EVERYBODY = "alle"
LEVELS = {
    "kommune": Level.MUNICIPALITY,
    "fellesskap": Level.COMMUNITY,
    "region": Level.REGION,
    "land": Level.COUNTRY,
}
HAVING = ("har", "uten")

Choices = list[tuple[str, object, bool]]


@require_safe
def indicator_list(request: HttpRequest) -> HttpResponse:
    communities = list(Community.objects.order_by("name"))
    area, slug = _area(request, communities)
    every = indicators_listed(area)
    sources = sorted({one.indicator.definition["source"] for one in every})
    wanted = _wanted(request, sources)
    found = chosen(every, wanted)
    whole = next((one.whole for one in every if one.whole), None)
    name = whole.name if area == COUNTRY and whole else name_of(area)
    return render(
        request,
        "insight/indicators.html",
        {
            "groups": grouped(found, name),
            "found": len(found),
            "count": len(every),
            "having": sum(one.measured is not None for one in every),
            "is_narrowed": wanted != Wanted(),
            "is_invented": any(one.measured and one.measured.run.is_invented for one in found),
            "wanted": wanted,
            "form": _form(wanted, sources, communities, slug),
            "area": name,
            "slug": slug,
        },
    )


@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    """Every definition on one page, to be read through or printed."""
    every = indicators_listed(COUNTRY)
    kept = grouped(every, "")
    return render(request, "insight/definitions.html", {"groups": kept, "count": len(every)})


def _area(request: HttpRequest, communities: Sequence[Community]) -> tuple[str, str]:
    """Code of the area whose figures are shown, and its word in the address; visitors get all together."""
    asked = request.GET.get("for", "")
    actor = request.actor  # type: ignore[attr-defined]
    slug = asked or (actor.community.slug if actor.community else EVERYBODY)
    found = next((one for one in communities if slug in (one.slug, one.code)), None)
    return (found.code, found.slug) if found else (COUNTRY, EVERYBODY)


def _wanted(request: HttpRequest, sources: Sequence[str]) -> Wanted:
    """What is asked for; a word that is none of those offered is left out."""

    def one_of(name: str, known: Iterable[str]) -> str:
        sent = request.GET.get(name, "")
        return sent if sent in set(known) else ""

    return Wanted(
        words=" ".join(request.GET.get("sok", "").replace("\x00", " ").split())[:MOST_LETTERS],
        group=one_of("gruppe", words_of("groups")),
        theme=one_of("tema", words_of("themes")),
        source=one_of("kilde", sources),
        level=str(LEVELS.get(request.GET.get("nivaa", ""), "")),
        having=one_of("tall", HAVING),
    )


def _form(
    wanted: Wanted, sources: Sequence[str], communities: Sequence[Community], slug: str
) -> dict[str, Choices]:
    levels = {key: level.label for key, level in LEVELS.items()}
    having = {"har": _("Have figures"), "uten": _("Have no figures, and why")}
    level = next((key for key, one in LEVELS.items() if one == wanted.level), "")
    areas = {EVERYBODY: _("Everybody"), **{one.slug: one.name for one in communities}}
    return {
        "groups": [(key, name, key == wanted.group) for key, name in words_of("groups").items()],
        "themes": [(key, name, key == wanted.theme) for key, name in words_of("themes").items()],
        "sources": [(one, one, one == wanted.source) for one in sources],
        "levels": [(key, name, key == level) for key, name in levels.items()],
        "having": [(key, name, key == wanted.having) for key, name in having.items()],
        "areas": [(key, name, key == slug) for key, name in areas.items()],
    }
