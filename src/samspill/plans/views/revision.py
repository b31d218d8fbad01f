"""The revision of a plan: begun, and measured against the former one line by line."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspill.directory.public import Actor, AuditEvent
from samspill.plans.actions.begin_from import begin_from
from samspill.plans.actions.revising import accept_sure, set_fate, undo_fates
from samspill.plans.actions.revision_start import begin_revision, leave_revision
from samspill.plans.models import Plan
from samspill.plans.permissions import check_may_act
from samspill.plans.queries.place import place_of
from samspill.plans.queries.plans import find_plan
from samspill.plans.queries.revision import next_waiting, revision_of
from samspill.plans.revision_in_words import accepted_in_words, fate_said
from samspill.plans.views.revision_page import revision_page
from samspill.plans.wording import plan_in_words
from samspill.refusal import Refused


@require_safe
def revision(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan that replaces none has no former measures: then it is itself what a revision begins from."""
    plan = find_plan(pk, request.actor)  # type: ignore[attr-defined]
    found = revision_of(plan, request.actor)  # type: ignore[attr-defined]
    if found is None:
        return redirect("plans:begin-revision", pk)
    return revision_page(request, plan, found)


@require_POST
def say_fate(request: HttpRequest, pk: int, old: int) -> HttpResponse:
    plan = find_plan(pk, request.actor)  # type: ignore[attr-defined]
    new = request.POST.get("new", "")

    def act() -> str:
        event = set_fate(
            plan,
            old=old,
            fate=request.POST.get("fate", ""),
            new=int(new) if new.isdecimal() and len(new) < 18 else None,
            reason=request.POST.get("reason", ""),
            by=request.actor,  # type: ignore[attr-defined]
        )
        return _tell(request, plan, event)

    return _do(request, plan, act, old)


@require_POST
def accept_fates(request: HttpRequest, pk: int) -> HttpResponse:
    plan = find_plan(pk, request.actor)  # type: ignore[attr-defined]

    def act() -> str:
        event = accept_sure(plan, by=request.actor)  # type: ignore[attr-defined]
        if event is None:
            raise Refused("revision.none_sure", _("There is no sure proposal left. Look at them one by one."))
        messages.success(
            request, accepted_in_words(len(event.details["fates"])), extra_tags=_undo(plan, event)
        )
        return ""

    return _do(request, plan, act)


@require_POST
def undo(request: HttpRequest, pk: int, event: int) -> HttpResponse:
    plan = find_plan(pk, request.actor)  # type: ignore[attr-defined]

    def act() -> str:
        undo_fates(plan, event, by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, _("It is as it was."))
        return ""

    return _do(request, plan, act)


def _tell(request: HttpRequest, plan: Plan, event: AuditEvent) -> str:
    """Says what was done, and returns where the next one waits."""
    found = revision_of(plan, request.actor)  # type: ignore[attr-defined]
    (said,) = event.details["fates"]
    if found is None:
        return ""
    name = next((line.old.measure.name for line in found.lines if line.id == said["old"]), "")
    messages.success(request, fate_said(name, said["after"]["fate"]), extra_tags=_undo(plan, event))
    onward = next_waiting(found, said["old"])
    return f"#o{onward}" if onward else "#ferdig"


def _undo(plan: Plan, event: AuditEvent) -> str:
    return reverse("plans:undo-fates", args=[plan.pk, event.pk])


def _do(request: HttpRequest, plan: Plan, act: Callable[[], str], at: int | None = None) -> HttpResponse:
    """`act` does it and returns where on the page to go on; what is refused stands at the measure `at`."""
    try:
        place = act()
    except Refused as refused:
        found = revision_of(plan, request.actor)  # type: ignore[attr-defined]
        if refused.forbidden or found is None:
            raise
        return revision_page(request, plan, found, error=(at, refused.sentence))
    return HttpResponseRedirect(reverse("plans:revision", args=[plan.pk]) + place, status=303)


@login_required
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Two ways to a revision: read in its document, or (POST) begin from the plan as it stands."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    plan = find_plan(pk, actor)
    check_may_act(actor, "plans.revise", plan)
    place = place_of(plan, actor)
    error = ""
    if request.method == "POST":
        try:
            new = begin_from(plan, by=actor)
        except Refused as refused:
            error = refused.sentence
        else:
            messages.success(request, _("«%(plan)s» is begun.") % {"plan": plan_in_words(new)})
            return HttpResponseRedirect(reverse("plans:revision", args=[new.pk]), status=303)
    context: dict[str, Any] = {
        "plan": plan,
        "place": place,
        "name": plan_in_words(plan),
        "next_name": plan_in_words(place.successor) if place.successor else "",
        "error": error,
    }
    return render(request, "plans/revision/begin.html", context, status=422 if error else 200)


@require_POST
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes, the plan is a revision of the one whose number is sent."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    plan = find_plan(pk, actor)
    number = request.POST.get("of", "")
    of = find_plan(int(number) if number.isdecimal() and len(number) < 18 else 0, actor)
    begin_revision(plan, of=of, by=actor)
    messages.success(request, _("Now say what became of each measure of the former plan."))
    return HttpResponseRedirect(reverse("plans:revision", args=[plan.pk]), status=303)


@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    plan = leave_revision(find_plan(pk, request.actor), by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("The plan stands by itself now."))
    return HttpResponseRedirect(reverse("plans:plan", args=[plan.pk]), status=303)
