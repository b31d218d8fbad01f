"""Signals: what figures say by themselves, for those who follow them to say what it is."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.directory.public import Actor, address, back_to
from samspill.insight.actions.saying import ACT, name_responsible, say_what_it_is, take_back_said
from samspill.insight.models import Indicator, IndicatorSignal
from samspill.insight.permissions import check_may_act
from samspill.insight.queries.indicator_signals import (
    Filter,
    counted,
    expected_by_chance,
    indicators_with_signals,
    responsibles,
    signals_in,
    who_may_follow,
)
from samspill.insight.shown.indicator_signals import show_signals
from samspill.insight.states.indicator_signals import Meaning, SignalKind
from samspill.refusal import Refused, reason

STATES = {"": "open", "sagt": "said", "alle": "all"}
"""Word of the address -> which signals."""
KINDS = {"verre": SignalKind.CONCERN, "bedre": SignalKind.IMPROVEMENT}


@login_required
@require_safe
def signals(request: HttpRequest) -> HttpResponse:
    return signal_page(request)


def signal_page(request: HttpRequest, refused: tuple[int, Refused] | None = None) -> HttpResponse:
    """The list as the address asks for it. `refused`: a signal and why what was said is not taken."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    chosen = _filter(request)
    found = signals_in(actor, chosen)
    charts, alarms = expected_by_chance()
    context = {
        "rows": show_signals(found, responsibles(actor)),
        "counts": counted(actor),
        "chosen": chosen,
        "state": request.GET.get("vis", ""),
        "kind": request.GET.get("vei", ""),
        "indicators": indicators_with_signals(actor),
        "people": who_may_follow(actor),
        "meanings": Meaning.choices,
        "charts": charts,
        "alarms": round(alarms),
        "cannot": reason(check_may_act, actor, ACT),
        "here": request.get_full_path() if request.method == "GET" else reverse("insight:signals"),
        "refused_at": refused[0] if refused else None,
        "refused": refused[1].sentence if refused else "",
        "typed": request.POST.get("said", "") if refused else "",
        "chosen_meaning": request.POST.get("meaning", "") if refused else "",
    }
    return render(request, "insight/signals/list.html", context, status=422 if refused else 200)


@login_required
@require_POST
def say(request: HttpRequest, number: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    signal = _one(number, actor)
    try:
        say_what_it_is(signal, request.POST.get("meaning", ""), request.POST.get("said", ""), by=actor)
    except Refused as refusal:
        if refusal.forbidden:
            raise
        return signal_page(request, (number, refusal))
    here = back_to(request, reverse("insight:signals"))
    undo = address(reverse("insight:take-back-signal", args=[number]), {"neste": here})
    messages.success(request, _("Thank you. It stands beside the figure now."), extra_tags=undo)
    return HttpResponseRedirect(here, status=303)


@login_required
@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    take_back_said(_one(number, actor), by=actor)
    messages.success(request, _("It waits to be looked at again."))
    return HttpResponseRedirect(back_to(request, reverse("insight:signals")), status=303)


@login_required
@require_POST
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Name who follows an indicator: `who` is an account's number, empty for the analysts."""
    indicator = get_object_or_404(Indicator, code=code)
    who = request.POST.get("who", "")
    number = int(who) if who.isdecimal() and len(who) < 18 else None
    name_responsible(indicator, number, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("From now on they are told when it changes."))
    return HttpResponseRedirect(back_to(request, reverse("insight:signals")), status=303)


def _one(number: int, actor: Actor) -> IndicatorSignal:
    rows = IndicatorSignal.objects.visible_to(actor).select_related("indicator")
    return get_object_or_404(rows, pk=number)


def _filter(request: HttpRequest) -> Filter:
    run = request.GET.get("kjoring", "")
    return Filter(
        state=STATES.get(request.GET.get("vis", ""), "open"),
        kind=KINDS.get(request.GET.get("vei", ""), ""),
        indicator=request.GET.get("indikator", ""),
        run=int(run) if run.isdecimal() and len(run) < 18 else None,
    )
