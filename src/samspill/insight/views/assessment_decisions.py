"""Joining a minimetodevurdering to the decision that was made on it, and taking over who answers for it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.directory.public import Actor
from samspill.insight.actions.assessments import take_over_assessment
from samspill.insight.actions.deciding import decide_by, not_decided_by
from samspill.insight.queries.assessments import find_assessment
from samspill.insight.views.assessments import page_of
from samspill.refusal import Refused


@login_required
@require_POST
def join_decision(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """`ting` is the decision: "governance.decision:12"."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_assessment(slug, pk, actor)
    try:
        link = decide_by(found, request.POST.get("ting", ""), by=actor)
    except Refused as refused:
        if refused.forbidden:
            raise
        return page_of(request, found, refused)
    undo = reverse("insight:part-decision", args=[slug, pk, link])
    messages.success(
        request, _("They are joined. The assessment stands at the decision too."), extra_tags=undo
    )
    return _to(slug, pk, "#vedtak")


@login_required
@require_POST
def part_decision(request: HttpRequest, slug: str, pk: int, link: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    not_decided_by(find_assessment(slug, pk, actor), link, by=actor)
    messages.success(request, _("They are no longer joined."))
    return _to(slug, pk, "#vedtak")


@login_required
@require_POST
def take_over(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    take_over_assessment(find_assessment(slug, pk, actor), by=actor)
    messages.success(request, _("You answer for it now, and are reminded when it is to be assessed again."))
    return _to(slug, pk, "#hvem")


def _to(slug: str, pk: int, at: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("insight:assessment", args=[slug, pk]) + at, status=303)
