"""The outbox of the teams one works in: what is on its way to other systems, and what is stuck."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samspill.care.actions.outbox import resend
from samspill.care.outbox_wording import why_in_words
from samspill.care.queries.outbox import WAITING, outgoing_of, sending, teams_of
from samspill.directory.public import Actor


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


@login_required
@never_cache
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """By team; names nobody: what it is about is opened from there by those who may."""
    actor = _actor(request)
    teams = [
        (team, [(one, why_in_words(one.why)) for one in outgoing_of(team, by=actor)])
        for team in sending(teams_of(actor))
    ]
    return render(request, "care/outbox.html", {"teams": teams, "waiting": WAITING})


@login_required
@require_POST
def send_again(request: HttpRequest, pk: int, outgoing: int) -> HttpResponse:
    resend(outgoing, pk, by=_actor(request), now=timezone.now())
    messages.success(request, _("It is sent again."))
    return HttpResponseRedirect(reverse("care:outbox"), status=303)
