"""The list of plans, one plan, and what is done with a plan as a whole."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.plans.actions.adoption import adopt, publish
from samspill.plans.forms import AdoptForm
from samspill.plans.permissions import MAY
from samspill.plans.queries.place import chains
from samspill.plans.queries.plans import PlanLine, find_plan, own_plans, plans_of_others
from samspill.plans.views.plan_page import legend, plan_page
from samspill.plans.wording import adoption_in_words, late_in_words, measures_in_words, plan_in_words
from samspill.refusal import Refused


@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    own = own_plans(actor)
    context = {
        "own": _chains(own),
        "heading": late_in_words(sum(line.late for line in own)),
        "others": plans_of_others(actor),
        "may_import": actor.community_id is not None and actor.has_role(*MAY["plans.import"]),
    }
    return render(request, "plans/plans.html", context)


def _chains(own: list[PlanLine]) -> list[dict[str, Any]]:
    """The plan in force of each chain; a coming one is named beside it, earlier ones are folded under it."""
    line_of = {line.plan.pk: line for line in own}
    found = []
    for chain in chains(line.plan for line in own):
        at = next((place for place, plan in enumerate(chain) if plan.is_adopted), 0)
        shown = _line(line_of[chain[at].pk])
        shown["coming"] = [_line(line_of[plan.pk]) for plan in chain[:at]]
        shown["earlier"] = [_line(line_of[plan.pk]) for plan in chain[at + 1 :]]
        found.append(shown)
    return found


def _line(line: PlanLine) -> dict[str, Any]:
    plan = line.plan
    facts = [measures_in_words(len(line.rows)), adoption_in_words(plan)]
    if plan.is_published:
        facts.append(_("Open to everybody"))
    path = reverse("plans:plan", args=[plan.pk])
    return {
        "id": plan.pk,
        "url": path,
        "name": plan_in_words(plan),
        "legend": legend(line.rows, path),
        "facts": ". ".join(capfirst(fact) for fact in facts) + ".",
    }


@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    return plan_page(request, find_plan(pk, request.actor))  # type: ignore[attr-defined]


@require_POST
def adopt_plan(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_plan(pk, request.actor)  # type: ignore[attr-defined]
    form = AdoptForm(request.POST)
    if form.is_valid():
        try:
            adopt(found, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
        except Refused as refused:
            if refused.forbidden:
                raise
            form.add_error(refused.field or None, refused.sentence)
        else:
            messages.success(request, _("The plan is adopted."))
            return HttpResponseRedirect(reverse("plans:plan", args=[pk]), status=303)
    return plan_page(request, found, adopt_form=form)


@require_POST
def publish_plan(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_plan(pk, request.actor)  # type: ignore[attr-defined]
    is_open = request.POST.get("open") == "1"
    publish(found, by=request.actor, is_open=is_open)  # type: ignore[attr-defined]
    said = (
        _("Everybody can read the plan now.")
        if is_open
        else _("Only your helsefellesskap can read the plan now.")
    )
    messages.success(request, said)
    return HttpResponseRedirect(reverse("plans:plan", args=[pk]), status=303)
