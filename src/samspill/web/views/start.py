"""The start page: «Mine oppgaver» for those who work here, what Samspill is for everybody else."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from samspill.directory.public import Actor, Community, briefs_for, own_page_of
from samspill.worklist.public import day_and_week, start_page

BRIEF_KIND = "web.start"
"""Apps that have something for the start page register a brief for this kind: insight's figure of the day."""


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What waits for the person who is signed in; the open front page for a visitor.

    A patient, or somebody near, is led to the page that is home to them.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.is_known:
        return render(request, "web/front.html", {"regions": _by_region()})
    if home := own_page_of(actor):
        return HttpResponseRedirect(reverse(home))
    page = start_page(actor)
    return render(
        request,
        "web/start.html",
        {
            "day": day_and_week(actor.today),
            "agenda": page.agenda,
            "news": page.news,
            "briefs": _briefs(request, actor),
        },
    )


def _by_region() -> list[tuple[str, list[Community]]]:
    found = Community.objects.order_by("health_region", "name")
    return [(region, list(members)) for region, members in groupby(found, key=lambda one: one.health_region)]


def _briefs(request: HttpRequest, actor: Actor) -> list[SafeString]:
    if actor.community_id is None:
        return []
    return [
        render_to_string(brief.template, dict(brief.context), request)
        for brief in briefs_for(BRIEF_KIND, actor.community_id, actor)
    ]
