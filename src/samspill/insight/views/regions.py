"""A region of one's own: municipalities, ages and a year chosen, how many they become told at once."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspill.directory.public import Actor, Community
from samspill.insight.actions.calculations import answer_to
from samspill.insight.asked.people import AREA, HIGH, LOW, TO
from samspill.insight.calculating import Plain
from samspill.insight.calculations.people import DEFAULTS, KEY, LONGEST, PEOPLE
from samspill.insight.models import DataPack
from samspill.insight.queries.figures import Figures, figures_of, municipalities_of, pack_in_use
from samspill.insight.queries.regions import groups_of, named_regions
from samspill.insight.telling import Asked, Told
from samspill.insight.views.answering import answer_page
from samspill.insight.views.trying import MISSING
from samspill.refusal import Refused

FIELD_OF = {"low": LOW, "high": HIGH, "years": TO, "areas": AREA}


@require_safe
def region(request: HttpRequest, slug: str) -> HttpResponse:
    community = get_object_or_404(Community, slug=slug)
    try:
        pack = pack_in_use()
        figures = figures_of(pack.version)
        own = municipalities_of(figures, community)
    except Refused as refused:
        if refused.code not in MISSING:
            raise
        return render(request, "insight/nothing_yet.html", {"shown_community": community})
    actor: Actor = request.actor  # type: ignore[attr-defined]
    groups, names = groups_of(figures, community)
    asked = question_in(request.GET, figures)
    whole, told, refusal = _tried(asked, community, names, calculated_from(pack, actor))
    chosen = set(request.GET.getlist(AREA))
    others = [
        {"group": one, "is_open": any(code in chosen for code, _name in one.places)} for one in groups[1:]
    ]
    return answer_page(
        request,
        "insight/people/region.html",
        {
            "shown_community": community,
            "own": groups[0],
            "others": others,
            "is_abroad": any(one["is_open"] for one in others),
            "chosen": chosen,
            "quick": _quick(request, community, figures, own, actor),
            "values": _values(request.GET, figures),
            "to_least": figures.history.years[-1] + 1,
            "to_most": figures.history.years[-1] + LONGEST,
            "refusal": refusal,
            "error_in": FIELD_OF.get(refusal.field, "") if refusal else "",
            "asked": whole,
        },
        told,
        status=422 if refusal else 200,
    )


def question_in(data: QueryDict, figures: Figures) -> Plain:
    """The question as the kind takes it. What is no number stays text, so that it is refused by its name."""
    now = figures.history.years[-1]
    asked: dict[str, object] = {"areas": data.getlist(AREA)}
    for key, name in (("low", LOW), ("high", HIGH)):
        if data.get(name):
            asked[key] = _number(str(data[name]))
    if data.get(TO):
        year = _number(str(data[TO]))
        asked["years"] = year - now if isinstance(year, int) else year
    return asked


def _tried(
    asked: Plain, community: Community, names: Mapping[str, str], source: str
) -> tuple[Plain, Told | None, Refused | None]:
    """The question as it was asked, and its answer or why there is none."""
    try:
        whole, found = answer_to(KEY, asked, of=community)
    except Refused as refused:
        return asked, None, refused
    return whole, PEOPLE.tell(Asked(community, whole, found, names, source)), None


def _number(text: str) -> int | str:
    bare = text.strip()
    return int(bare) if bare.isdecimal() else bare


def _values(data: QueryDict, figures: Figures) -> dict[str, str]:
    now = figures.history.years[-1]
    return {
        LOW: data.get(LOW) or str(DEFAULTS["low"]),
        HIGH: data.get(HIGH) or str(DEFAULTS["high"]),
        TO: data.get(TO) or str(now + int(str(DEFAULTS["years"]))),
    }


def _quick(
    request: HttpRequest, community: Community, figures: Figures, own: tuple[str, ...], actor: Actor
) -> list[dict[str, Any]]:
    """Links that choose a region with a name, and keep the ages and the year."""
    others = [(name, request.GET[name]) for name in (LOW, HIGH, TO) if request.GET.get(name)]
    chosen = tuple(sorted(set(request.GET.getlist(AREA))))
    whole = {
        "label": community.name,
        "query": urlencode(others),
        "is_here": chosen in ((), tuple(sorted(own))),
    }
    named = named_regions(figures, community, own, on=actor.today)
    return [
        whole,
        *(
            {
                "label": one.name,
                "query": urlencode([*((AREA, code) for code in one.codes), *others]),
                "is_here": chosen == one.codes,
            }
            for one in named
        ),
    ]


def calculated_from(pack: DataPack, actor: Actor) -> str:
    """The line under a figure that was calculated just now."""
    return _("%(credit)s. Calculated %(day)s") % {
        "credit": pack.credit_of_population,
        "day": date_format(actor.today, "DATE_FORMAT"),
    }
