"""«Hva skjedde?»: what was expected of a measure, what came, and whether the figures can tell."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspill.directory.public import (
    Actor,
    AuditEvent,
    Community,
    Ref,
    Resolved,
    address,
    back_to,
    resolve,
    search,
)
from samspill.insight.actions.expecting import (
    ACT,
    MEASURE,
    Wanted,
    check_own,
    expect,
    stop_expecting,
    undo_expecting,
)
from samspill.insight.forms.expectations import ExpectationForm, filled
from samspill.insight.models import Expectation, Indicator
from samspill.insight.permissions import check_may_act
from samspill.insight.queries.expectations import compared_with, what_happened
from samspill.insight.queries.indicator_signals import signals_on
from samspill.insight.queries.measured import measured
from samspill.insight.shown.effects import acts_on_expectation
from samspill.insight.states.expectations import ComparedAs
from samspill.insight.telling.effects import asked, heading_for, tell_what_happened
from samspill.insight.views.answering import answer_page
from samspill.insight.wording.effects import goal_in_words
from samspill.refusal import Refused, reason


@require_safe
def happened(request: HttpRequest, measure: int, code: str) -> HttpResponse:
    """The page of a measure and an indicator; its figures' files stand at the same address (`?fil=`)."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    thing, indicator, expectation = _found(measure, code, actor)
    found = what_happened(expectation) if expectation else None
    told = tell_what_happened(found) if found and found.assessed else None
    return answer_page(
        request,
        "insight/effects/happened.html",
        {
            "measure": thing,
            "measure_id": measure,
            "indicator": indicator,
            "expectation": expectation,
            "heading": heading_for(found) if expectation else _("Nothing is expected yet"),
            "asked": asked(expectation, found) if expectation else [],
            "goal": goal_in_words(expectation) if expectation else "",
            "cannot": _cannot(measure, actor),
            "history": acts_on_expectation(measure, indicator, actor),
            "signals": signals_on(indicator, expectation.areas, actor) if expectation else [],
        },
        told,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def set_expectation(request: HttpRequest, measure: int, code: str) -> HttpResponse:
    """The form on a page of its own; what it saves is the link and the expectation in one act."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    thing, indicator, expectation = _found(measure, code, actor)
    check_may_act(actor, ACT)
    check_own(Ref(MEASURE, measure), actor)
    home = Community.objects.get(pk=actor.community_id or 0)
    if request.method == "POST":
        form = ExpectationForm(request.POST, home=home.code, whole=home.full_name)
        if form.is_valid() and (answer := _saved(request, measure, indicator, form, home)):
            return answer
    else:
        initial = filled(expectation, home.code, actor.today.year) | _first_compared(
            expectation, indicator, home
        )
        form = ExpectationForm(initial=initial, home=home.code, whole=home.full_name)
    return render(
        request,
        "insight/effects/expect.html",
        {
            "measure": thing,
            "measure_id": measure,
            "indicator": indicator,
            "form": form,
            "expectation": expectation,
            "back": back_to(request, reverse("insight:what-happened", args=[measure, code])),
        },
        status=422 if form.is_bound else 200,
    )


@login_required
@require_POST
def stop(request: HttpRequest, measure: int, code: str) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    _thing, indicator, _expectation = _found(measure, code, actor)
    event = stop_expecting(Ref(MEASURE, measure), indicator, by=actor)
    return _done(request, event, _("The expectation is taken away."), measure, code)


@login_required
@require_POST
def undo(request: HttpRequest, event: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    try:
        about = undo_expecting(event, by=actor)
    except Refused as refused:
        if refused.forbidden:
            raise
        messages.error(request, refused.sentence)
        return HttpResponseRedirect(back_to(request, reverse("insight:mine")), status=303)
    messages.success(request, _("It is as it was."))
    there = resolve([about], actor).get(about)
    return HttpResponseRedirect(back_to(request, there.url if there else "/"), status=303)


@login_required
@require_safe
def pin(request: HttpRequest, code: str) -> HttpResponse:
    """Pin an indicator to a measure: find the measure here, say what is expected on the next page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    indicator = get_object_or_404(Indicator, code=code, is_in_use=True)
    words = request.GET.get("sok", "").strip()
    here = actor.community.name if actor.community else ""
    hits = [one for one in search(words, actor, kind=MEASURE).hits if one.community == here] if words else []
    context = {
        "indicator": indicator,
        "words": words,
        "found": hits,
        "cannot": reason(check_may_act, actor, ACT),
    }
    return render(request, "insight/effects/pin.html", context)


def _found(measure: int, code: str, actor: Actor) -> tuple[Resolved, Indicator, Expectation | None]:
    ref = Ref(MEASURE, measure)
    thing = resolve([ref], actor).get(ref)
    if thing is None:
        raise Http404
    indicator = get_object_or_404(Indicator, code=code, is_in_use=True)
    rows = Expectation.objects.visible_to(actor).filter(about_kind=ref.kind, about_id=ref.id)
    return thing, indicator, rows.select_related("indicator").filter(indicator=indicator).first()


def _saved(
    request: HttpRequest, measure: int, indicator: Indicator, form: ExpectationForm, home: Community
) -> HttpResponse | None:
    """Where it leads when it was saved; None when it was refused, which then stands in the form."""
    wanted = _wanted(form.cleaned_data, indicator, home.code)
    if wanted.compared_as != ComparedAs.NOBODY and not wanted.compared:
        form.add_error("compared_as", _("None of those have figures. Choose others, or nobody."))
        return None
    try:
        event = expect(Ref(MEASURE, measure), indicator, wanted, by=request.actor)  # type: ignore[attr-defined]
    except Refused as refused:
        if refused.forbidden:
            raise
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return None
    return _done(request, event, _("What is expected stands on the measure now."), measure, indicator.code)


def _first_compared(one: Expectation | None, indicator: Indicator, home: Community) -> dict[str, str]:
    """What is proposed first is something that can be saved: nobody, where the figures are our own alone."""
    if one is not None:
        return {}
    others = compared_with([home.code], home.code, ComparedAs.OTHERS, measured(indicator.code))
    return {} if others else {"compared_as": ComparedAs.NOBODY}


def _wanted(typed: dict[str, Any], indicator: Indicator, home: str) -> Wanted:
    how = typed["compared_as"]
    if how == ComparedAs.CHOSEN:
        compared = typed["chosen_codes"]
    else:
        compared = compared_with(typed["areas"], home, how, measured(indicator.code))
    same = {name: typed[name] for name in ("goal", "goal_is", "by_year", "starts", "areas", "why")}
    return Wanted(**same, compared_as=how, compared=compared)


def _done(request: HttpRequest, event: AuditEvent, said: str, measure: int, code: str) -> HttpResponse:
    here = back_to(request, reverse("insight:what-happened", args=[measure, code]))
    undo_at = address(reverse("insight:undo-expecting", args=[event.pk]), {"neste": here})
    messages.success(request, said, extra_tags=undo_at)
    return HttpResponseRedirect(here, status=303)


def _cannot(measure: int, actor: Actor) -> str:
    """Why the actor may not change it; "" when they may."""
    return reason(check_may_act, actor, ACT) or reason(check_own, Ref(MEASURE, measure), actor)
