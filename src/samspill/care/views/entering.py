"""Pages where values are entered: by the patient, by somebody near, and by staff."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from samspill.care import sheet
from samspill.care.actions.answering import way_of
from samspill.care.actions.deciding import Wish
from samspill.care.actions.entering import LONGEST_KEY, PART, WHAT, Result, enter
from samspill.care.actions.opening import Opened, opening
from samspill.care.actions.undoing import undo
from samspill.care.drawing import said
from samspill.care.entry_fields import Field, Written, fields_of, read
from samspill.care.models import SafetyNetPlan
from samspill.care.queries.own import helpers, shown
from samspill.care.queries.replies import Reply, replies
from samspill.care.safety_net_states import PlanState
from samspill.care.states import Entered
from samspill.care.views.safety_net import actor_of
from samspill.care.wording_aside import why
from samspill.directory.public import Actor
from samspill.rulebook.triage import Colour

LOOK = Wish(part=PART)


def numbers_of(request: HttpRequest, name: str) -> list[int]:
    """The whole numbers that were sent under a name; what is none is left out."""
    return [
        int(one) for one in request.POST.getlist(name) if one.isascii() and one.isdigit() and len(one) < 16
    ]


def next_of(request: HttpRequest, otherwise: str) -> str:
    """Where the form asks to go on to, when it is a page of ours."""
    said = request.POST.get("next", "") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(said, allowed_hosts={request.get_host()})
    return said if is_ours and said.startswith("/") else otherwise


@login_required
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "POST"])
def enter_page(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows what can be entered, what is due first; POST keeps it and answers at once."""
    now = timezone.now()
    with opening(pk, by=actor_of(request), what=WHAT, wish=LOOK) as opened:
        plans = plans_in_force(pk)
        if not may_enter(opened, actor_of(request)):
            return _form(request, opened, (), now)
        fields = fields_of(shown(opened.known, opened.tenants, now), plans)
        if request.method != "POST":
            return _form(request, opened, fields, now)
        written = read(request.POST, fields, now)
        if written.errors:
            return _form(request, opened, written.fields, now, written)
        result = enter(
            pk,
            written.values,
            by=actor_of(request),
            effective=written.effective,
            entered=_way(request, opened),
            key=request.POST.get("key", "")[:LONGEST_KEY],
            told_by=request.POST.get("told_by", ""),
            now=now,
        )
        return _entered(request, opened, result, now)


def may_enter(opened: Opened, actor: Actor) -> bool:
    """All who have it open, but a relative who is to read and no more."""
    return way_of(opened) != Entered.RELATIVE or any(
        one.account_id == actor.account_id and one.may_enter for one in opened.known.related
    )


def plans_in_force(pk: int) -> list[SafetyNetPlan]:
    return list(SafetyNetPlan.objects.filter(patient=pk, state=PlanState.SENT).order_by("pk"))


def _way(request: HttpRequest, opened: Opened) -> str:
    """Staff say whether it was told by phone; the others enter for themselves."""
    way = way_of(opened)
    is_phone = way == Entered.STAFF and request.POST.get("how") == Entered.PHONE
    return str(Entered.PHONE) if is_phone else way


def _form(
    request: HttpRequest,
    opened: Opened,
    fields: Iterable[Field],
    now: datetime,
    written: Written | None = None,
) -> HttpResponse:
    local = timezone.localtime(now)
    posted = request.POST if written else {}
    context = {
        "patient": opened.patient,
        "fields": tuple(fields),
        "may_enter": may_enter(opened, actor_of(request)),
        "errors": written.errors if written else {},
        "is_at_work": way_of(opened) == Entered.STAFF,
        "day": posted.get("day") or f"{local:%Y-%m-%d}",
        "time": posted.get("time") or f"{local:%H:%M}",
        "how": posted.get("how", ""),
        "told_by": posted.get("told_by", ""),
        "key": posted.get("key") or f"page-{uuid4()}",
        "helpers": helpers(opened.known, opened.tenants),
        "back": _back(request, opened),
    }
    return render(request, "care/enter.html", context, status=422 if written else 200)


def _back(request: HttpRequest, opened: Opened) -> str:
    """To where one came from: one's own page, or the patient's."""
    is_at_work = way_of(opened) == Entered.STAFF
    return next_of(request, page_of(opened.patient.pk) if is_at_work else reverse("care:own"))


def page_of(pk: int) -> str:
    """The page of a patient for those at work; the plans while there is none."""
    try:
        return reverse("care:patient", args=[pk])
    except NoReverseMatch:
        return reverse("care:plan-list", args=[pk])


def _entered(request: HttpRequest, opened: Opened, result: Result, now: datetime) -> HttpResponse:
    told = replies(opened.patient.pk, result.kept, now)
    context = {
        "patient": opened.patient,
        "result": result,
        "heading": _HEADING[told[0].colour if told else ""](),
        "replies": [(one, calls_of(one), said(one.value)) for one in told],
        "aside": [(one, why(one.reasons)) for one in result.aside],
        "helpers": helpers(opened.known, opened.tenants),
        "back": _back(request, opened),
    }
    return render(request, "care/entered.html", context)


_HEADING = {
    "": lambda: _("This cannot be right. Measure again."),
    Colour.GREEN: lambda: _("Inside what is usual"),
    Colour.NONE: lambda: _("The value is kept"),
    Colour.YELLOW: lambda: _("Outside what is usual"),
    Colour.RED: lambda: _("Outside what is usual"),
}


def calls_of(one: Reply) -> list[Any]:
    """Whom to call now, as the plan says."""
    if one.placed is None or one.plan is None or one.placed.is_inside:
        return []
    return [sheet.call_of(contact, one.plan.language) for contact in one.placed.call if contact.number]


@login_required
@require_POST
def undo_entry(request: HttpRequest, pk: int) -> HttpResponse:
    undo(pk, numbers_of(request, "entry"), by=actor_of(request), now=timezone.now())
    messages.success(request, _("The value is taken back. It does not count."))
    return HttpResponseRedirect(next_of(request, page_of(pk)), status=303)
