"""The calculators of the staff room: people without a GP, midwives for the births, posts for a workload."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from samspill.directory.public import Community
from samspill.insight.actions.calculations import answer_to
from samspill.insight.asked.tools import (
    Slid,
    activity_rows,
    asked_of_lists,
    asked_of_midwives,
    asked_of_workload,
    list_sliders,
    midwife_sliders,
    workload_sliders,
)
from samspill.insight.calculating import Plain
from samspill.insight.shown.staff import told_now
from samspill.insight.views.answering import answer_page
from samspill.insight.views.staff import MISSING, nothing
from samspill.refusal import Refused


@dataclass(frozen=True)
class Tool:
    """A calculator: the kind that answers, its template, how its address is read, and its sliders."""

    kind: str
    template: str
    asked_in: Callable[[Mapping[str, str]], Plain]
    sliders: Callable[[Mapping[str, str], Refused | None], list[Slid]]


TOOLS = {
    "fastlegelister": Tool("gp_lists", "insight/staff/gp_lists.html", asked_of_lists, list_sliders),
    "jordmorbehov": Tool("midwives", "insight/staff/midwives.html", asked_of_midwives, midwife_sliders),
    "arbeidsmengde": Tool("workload", "insight/staff/workload.html", asked_of_workload, workload_sliders),
}


@require_safe
def gp_lists(request: HttpRequest, slug: str) -> HttpResponse:
    """People without a GP, when lists are as long as now or change."""
    return _tried(request, slug, "fastlegelister", {})


@require_safe
def midwives(request: HttpRequest, slug: str) -> HttpResponse:
    """Midwives for the births, by hours of each part of care."""
    return _tried(request, slug, "jordmorbehov", {})


@require_safe
def workload(request: HttpRequest, slug: str) -> HttpResponse:
    """Posts for a workload that is typed in."""
    extra = {
        "activities": activity_rows(request.GET),
        "others_hours": request.GET.get("noen-timer", ""),
        "time": "dag" if request.GET.get("turnus") == "dag" else "turnus",
    }
    return _tried(request, slug, "arbeidsmengde", extra)


def _tried(request: HttpRequest, slug: str, name: str, extra: dict[str, Any]) -> HttpResponse:
    """The page with its answer; 422 with the answer to the default question when it cannot be asked."""
    community = get_object_or_404(Community, slug=slug)
    tool = TOOLS[name]
    try:
        asked, found, refused = _answered(tool, request, community)
    except Refused as problem:
        return nothing(request, community, problem)
    actor = request.actor  # type: ignore[attr-defined]
    told = told_now(tool.kind, community, asked, found, actor, own=tool.kind == "workload")
    context = {
        "shown_community": community,
        "tool_kind": tool.kind,
        "asked": asked,
        "sliders": tool.sliders(request.GET, refused),
        "refused": refused,
        **extra,
    }
    return answer_page(request, tool.template, context, told, status=422 if refused else 200)


def _answered(tool: Tool, request: HttpRequest, community: Community) -> tuple[Plain, Plain, Refused | None]:
    try:
        return *answer_to(tool.kind, tool.asked_in(request.GET), of=community), None
    except Refused as refused:
        if refused.code in MISSING:
            raise
        return *answer_to(tool.kind, {}, of=community), refused
