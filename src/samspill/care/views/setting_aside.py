"""What was set aside, for those who answer for it: what came, why it is not kept, and what it should be."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from samspill.care.actions.deciding import Wish
from samspill.care.actions.entering import PART, WHAT
from samspill.care.actions.opening import opening
from samspill.care.actions.setting_aside import dismiss, mend
from samspill.care.drawing import said
from samspill.care.entered_values import moment
from samspill.care.entering_states import AsideState
from samspill.care.models import SetAside
from samspill.care.states import Right
from samspill.care.views.safety_net import actor_of
from samspill.care.wording_aside import why
from samspill.refusal import Refused

AT_WORK = Wish(right=Right.MEASURE, part=PART)
MOST_SETTLED = 20


@login_required
@cache_control(no_store=True, private=True)
@require_safe
def aside_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk)


def _page(request: HttpRequest, pk: int, *, wrong: int = 0, error: str = "") -> HttpResponse:
    with opening(pk, by=actor_of(request), what=WHAT, wish=AT_WORK) as opened:
        rows = SetAside.objects.filter(patient=pk).select_related(
            "entry", "episode__team", "measurement", "settled_by"
        )
        waiting = rows.filter(state=AsideState.WAITING)
        settled = rows.exclude(state=AsideState.WAITING).order_by("-settled_at")[:MOST_SETTLED]
        context = {
            "patient": opened.patient,
            "waiting": [
                (one, why(one.reasons), said(one.sent_value), _local(one), error if one.pk == wrong else "")
                for one in waiting
            ],
            "settled": [(one, said(one.sent_value)) for one in settled],
            "posted": request.POST if error else {},
        }
        return render(request, "care/set_aside.html", context, status=422 if error else 200)


def _local(one: SetAside) -> str:
    """When it was measured as a field has it; when it came, when that cannot be read."""
    found = moment(one.sent_time)
    at = found if isinstance(found, datetime) and found.tzinfo else one.entry.at
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}"


@login_required
@require_POST
def settle_aside(request: HttpRequest, pk: int, aside: int) -> HttpResponse:
    """Mend it, or say that it does not count; with a reason either way."""
    actor, now, reason = actor_of(request), timezone.now(), request.POST.get("reason", "")
    try:
        if request.POST.get("act") == "dismiss":
            dismiss(aside, pk, reason=reason, by=actor, now=now)
        else:
            mend(
                aside, pk, value=request.POST.get("value", "")[:60], effective=_when(request), reason=reason,
                by=actor, now=now,
            )  # fmt: skip
    except Refused as refused:
        if refused.forbidden:
            raise
        return _page(request, pk, wrong=aside, error=refused.sentence)
    messages.success(request, _("It is settled. What was sent is kept beside it."))
    return HttpResponseRedirect(reverse("care:aside", args=[pk]), status=303)


def _when(request: HttpRequest) -> object:
    """The instant that the field says, on a wall clock in Norway; as it was written when it is none."""
    written = request.POST.get("at", "")
    found = moment(written)
    if isinstance(found, datetime) and found.tzinfo is None:
        return timezone.make_aware(found)
    return found
