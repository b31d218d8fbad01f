"""What a plan is called and where it stands, set by its keepers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samspill.directory.public import Actor
from samspill.plans.actions.placing import Placed, set_place, undo_place
from samspill.plans.forms import PlaceForm
from samspill.plans.models import Plan
from samspill.plans.permissions import check_may_act
from samspill.plans.queries.place import Place, parents_for, place_of
from samspill.plans.queries.plans import find_plan
from samspill.plans.queries.rows import is_keeper
from samspill.plans.revision_in_words import overlap_in_words, review_in_words, version_in_words
from samspill.plans.states import PlanKind
from samspill.plans.wording import period_in_words, plan_in_words
from samspill.refusal import Refused

ABOUT = "#om-planen"


def place_context(plan: Plan, actor: Actor) -> dict[str, Any]:
    """What «Om planen» shows of the plan's place: kind, kin, version, review, and what may be a revision."""
    found = place_of(plan, actor)
    return {
        "found": found,
        "may_change": is_keeper(plan, actor),
        "kind": plan.get_kind_display(),
        "period": period_in_words(plan),
        "parent": _linked(found.parent),
        "parts": [_linked(one) for one in found.parts],
        "replaced": _linked(found.replaced),
        "successor": _linked(found.successor),
        "version": version_in_words(found),
        "review": review_in_words(found, actor.today) if plan.kind != PlanKind.SUBMISSION else "",
        "overlaps": [(one.pk, sentence) for one, sentence in overlap_in_words(_may_be_former(found))],
    }


def _linked(plan: Plan | None) -> tuple[str, str] | None:
    return (reverse("plans:plan", args=[plan.pk]), plan_in_words(plan)) if plan else None


def _may_be_former(found: Place) -> list[Plan]:
    """Of two plans for the same days the later one is asked about: it may replace the other."""
    if found.plan.replaces_id:
        return []
    here = (found.plan.period_start, found.plan.pk)
    return [one for one in found.overlaps if (one.period_start, one.pk) < here]


@login_required
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    plan = find_plan(pk, actor)
    check_may_act(actor, "plans.revise", plan)
    form = _form(request, plan, actor)
    if request.method == "POST" and form.is_valid():
        try:
            event = set_place(plan, form.placed, by=actor)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            back = reverse("plans:undo-place", args=[pk, event.pk])
            messages.success(request, _("It is written down."), extra_tags=back)
            return HttpResponseRedirect(reverse("plans:plan", args=[pk]) + ABOUT, status=303)
    context = {"plan": plan, "form": form, "name": plan_in_words(plan)}
    return render(request, "plans/revision/place.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, plan: Plan, actor: Actor) -> PlaceForm:
    parents = [(str(one.pk), plan_in_words(one)) for one in parents_for(plan, actor)]
    if request.method == "POST":
        return PlaceForm(request.POST, parents=parents)
    placed = Placed.of(plan)
    return PlaceForm(initial=vars(placed) | {"parent": placed.parent or ""}, parents=parents)


@require_POST
def undo(request: HttpRequest, pk: int, event: int) -> HttpResponse:
    undo_place(find_plan(pk, request.actor), event, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("It is as it was."))
    return HttpResponseRedirect(reverse("plans:plan", args=[pk]) + ABOUT, status=303)
