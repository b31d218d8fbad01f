"""Taking a measure of others in use at home, undoing it, and giving it up."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samspill.directory.public import Actor
from samspill.plans.actions.transfer import LONGEST, check_is_of_others, drop, take_up, undo_take_up
from samspill.plans.models import Measure, MeasureAdoption, Plan
from samspill.plans.permissions import KEEPERS
from samspill.plans.queries.plans import find_measure
from samspill.plans.queries.transfer import Place, adoption_of, find_own, nearest, places
from samspill.plans.views.measure_page import measure_page
from samspill.refusal import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    plan, source = find_measure(pk, measure, actor)
    offered = places(actor)
    if request.method != "POST":
        return _form(request, plan, source, offered)
    place = next((one for one in offered if one.key == request.POST.get("place", "")), None)
    try:
        check_is_of_others(source, actor)
        adoption, is_new = take_up(
            source,
            plan=place.plan if place else _own_plan(offered),
            area=place.area if place else None,
            text=request.POST.get("text", ""),
            because=request.POST.get("because", ""),
            by=actor,
        )
    except Refused as refused:
        if refused.forbidden:
            raise
        return _form(request, plan, source, offered, refused=refused)
    return _to_own(request, adoption, source, is_new=is_new)


def _own_plan(offered: list[Place]) -> Plan:
    if not offered:
        raise Refused("transfer.no_plan", _("Read in a plan of your own first. The measure needs a place."))
    return offered[0].plan


def _to_own(
    request: HttpRequest, adoption: MeasureAdoption, source: Measure, *, is_new: bool
) -> HttpResponse:
    """To the measure as it stands at home, with the way back."""
    own = reverse("plans:measure", args=[adoption.plan_id, adoption.measure_id])
    if is_new:
        undo = reverse("plans:undo-take-up", args=[adoption.plan_id, adoption.measure_id])
        said = _("The measure stands in your plan now. %(community)s will see that you use it.")
        messages.success(request, said % {"community": source.plan.community.name}, extra_tags=undo)
    else:
        messages.info(request, _("You have this measure already. Here it is."))
    return HttpResponseRedirect(own, status=303)


def _form(
    request: HttpRequest, plan: Plan, source: Measure, offered: list[Place], *, refused: Refused | None = None
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    near = nearest(source, offered) if offered else None
    typed = request.POST if request.method == "POST" else {}
    chosen = typed.get("place", near.key if near and not typed else "")
    context: dict[str, Any] = {
        "plan": plan,
        "measure": source,
        "own": find_own(source, actor),
        "is_own": source.community_id == actor.community_id,
        "may": actor.community_id is not None and actor.has_role(*KEEPERS),
        "places": [(one.plan, one.key, one.area, one.key == chosen) for one in offered],
        "text": typed.get("text", source.text),
        "because": typed.get("because", ""),
        "longest": LONGEST,
        "error": refused.sentence if refused else "",
        "error_at": refused.field if refused else "",
    }
    return render(request, "plans/transfer/take.html", context, status=422 if refused else 200)


@require_POST
def undo(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    plan, found, adoption = _adopted(request, pk, measure)
    source = adoption.source_id
    try:
        undo_take_up(adoption, by=request.actor)  # type: ignore[attr-defined]
    except Refused as refused:
        if refused.forbidden:
            raise
        return measure_page(request, plan, found, error=refused.sentence)
    messages.success(request, _("It is as it was."))
    there = Measure.objects.visible_to(request.actor).filter(pk=source).first()  # type: ignore[attr-defined]
    back = ("plans:measure", [there.plan_id, there.pk]) if there else ("plans:plan", [plan.pk])
    return HttpResponseRedirect(reverse(back[0], args=back[1]), status=303)


@require_POST
def give_up(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    plan, found, adoption = _adopted(request, pk, measure)
    try:
        drop(adoption, because=request.POST.get("because", ""), by=request.actor)  # type: ignore[attr-defined]
    except Refused as refused:
        if refused.forbidden:
            raise
        return measure_page(request, plan, found, error=refused.sentence)
    messages.success(request, _("The measure is ended here. Those it came from can read why."))
    return HttpResponseRedirect(reverse("plans:measure", args=[plan.pk, found.pk]), status=303)


def _adopted(request: HttpRequest, pk: int, measure: int) -> tuple[Plan, Measure, MeasureAdoption]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    plan, found = find_measure(pk, measure, actor)
    adoption = adoption_of(found, actor)
    if adoption is None:
        raise Http404
    return plan, found, adoption
