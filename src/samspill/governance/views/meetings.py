"""The meetings of the helsefellesskap, those to come first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samspill.governance.models import Meeting
from samspill.governance.states import COMING
from samspill.governance.views.ways import ways


@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Meetings to come in the actor's community; for a visitor those of every community."""
    meetings = Meeting.objects.visible_to(request.actor).filter(  # type: ignore[attr-defined]
        state__in=sorted(COMING),
        day__gte=request.actor.today,  # type: ignore[attr-defined]
    )
    context = {
        "ways": ways(request.actor, "governance:meeting-list"),  # type: ignore[attr-defined]
        "meetings": meetings.select_related("body", "community")[:50],
    }
    return render(request, "governance/meetings/meetings.html", context)
