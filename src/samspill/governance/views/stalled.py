"""What stands still, and cases of which nothing is waited for any more."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from samspill.directory.public import back_to, resolve
from samspill.governance.actions.follow_up_cases import close_case
from samspill.governance.models import Case
from samspill.governance.permissions import is_secretariat
from samspill.governance.queries.closing import closable
from samspill.governance.queries.stalled import Stalled, stalled
from samspill.governance.states.follow_ups import Stuck
from samspill.governance.views.follow_ups import actor_of
from samspill.governance.views.ways import ways
from samspill.governance.wording_follow_ups import in_words, sentence_case


@login_required
@require_safe
def stalled_list(request: HttpRequest) -> HttpResponse:
    """What stands still, by why; and the cases of which nothing is waited for, with «Lukk saken»."""
    actor = actor_of(request)
    found = stalled(actor)
    seen = resolve({one.about for one in found}, actor)
    groups = [
        (why, [(one, seen.get(one.about), _since(one, actor.today)) for one in found if one.why == why])
        for why in Stuck
    ]
    context = {
        "ways": ways(actor, "governance:follow-up-list"),
        "heading": _stalled_heading(len(found)),
        "groups": [(why, rows) for why, rows in groups if rows],
        "closable": closable(actor) if is_secretariat(actor) else [],
    }
    return render(request, "governance/follow_ups/stalled.html", context)


def _stalled_heading(count: int) -> str:
    if not count:
        return _("Nothing stands still.")
    text = ngettext("%(count)s thing stands still.", "%(count)s things stand still.", count)
    return sentence_case(text % {"count": in_words(count)})


def _since(one: Stalled, today: date) -> str:
    if one.why == Stuck.POSTPONED:
        return ngettext("put off %(count)s time", "put off %(count)s times", one.count) % {"count": one.count}
    days = (today - one.since).days if one.since else 0
    return ngettext("for %(count)s day", "for %(count)s days", days) % {"count": days}


@login_required
@require_POST
def close_settled(request: HttpRequest, pk: int) -> HttpResponse:
    """A case is closed: its decisions are sent, and every point is begun or needs nothing."""
    actor = actor_of(request)
    case = get_object_or_404(Case.objects.visible_to(actor), pk=pk, community_id=actor.community_id)
    close_case(case, by=actor)
    messages.success(request, _("«%(case)s» is closed.") % {"case": case})
    return HttpResponseRedirect(back_to(request, reverse("governance:stalled")), status=303)
