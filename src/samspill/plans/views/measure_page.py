"""The measure page, put together: several views end in it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.urls import reverse

from samspill.directory.public import Actor, AuditEvent, Ref, acts_on, briefs_about
from samspill.plans.acts_in_words import act_in_words
from samspill.plans.forms import DeadlineForm, IndicatorForm, ResponsibleForm, TextForm
from samspill.plans.models import Measure, Plan
from samspill.plans.queries.placed_here import in_words, place_in_document
from samspill.plans.queries.rows import (
    MEASURE,
    Row,
    indicator_candidates,
    is_keeper,
    key_of,
    owner_candidates,
    row_of,
)
from samspill.plans.states import Answers
from samspill.plans.views.lines import opened, row_context, undo_address


def measure_page(
    request: HttpRequest,
    plan: Plan,
    measure: Measure,
    *,
    error: str = "",
    bound: Mapping[str, forms.Form] | None = None,
) -> HttpResponse:
    """One measure with everything about it. `bound` are forms that were sent with errors, by name."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = row_of(plan, measure, actor)
    here = reverse("plans:measure", args=[plan.pk, row.id])
    keeper = is_keeper(plan, actor)
    history = list(acts_on("plans.measure", [row.id], actor)) if keeper else []
    elsewhere = place_in_document(measure, history)
    context = {
        "line": row_context(plan, row, here, actor.today) | opened(row, actor),
        "row": row,
        "measure": measure,
        "plan": plan,
        "is_keeper": keeper,
        "history": [_told(plan, event, here) for event in history if act_in_words(event)],
        "forms": change_forms(row, plan, actor) | dict(bound or {}) if keeper else {},
        "forms_open": bool(bound),
        "error": error,
        "briefs": _briefs(request, row),
        "document": measure.document,
        "place_in_document": in_words(elsewhere) if elsewhere else [],
    }
    return render(request, "plans/measure.html", context, status=422 if error or bound else 200)


def _briefs(request: HttpRequest, row: Row) -> list[str]:
    """What other apps put on the measure, already drawn."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return [
        loader.get_template(brief.template).render(dict(brief.context), request)
        for brief in briefs_about(Ref(MEASURE, row.id), actor)
    ]


def change_forms(row: Row, plan: Plan, actor: Actor) -> dict[str, forms.Form]:
    people = [
        (one.key, one.words if not one.short_name else f"{one.short_name}: {one.words}")
        for one in row.people or owner_candidates(plan.community_id)
    ]
    offered = indicator_candidates(actor) if row.offered is None else row.offered
    indicators = [(one.key, one.label) for one in offered]
    accountable = row.accountable
    found: dict[str, forms.Form] = {
        "responsible": ResponsibleForm(
            choices=[("", "–"), *people],
            initial={
                "who": key_of(accountable) if accountable else "",
                "helpers": [key_of(one) for one in row.responsibles if one.role == Answers.HELPER],
            },
        ),
        "deadline": DeadlineForm(initial={"deadline": row.measure.deadline}),
        "text": TextForm(initial={"title": row.measure.title, "text": row.measure.text}),
    }
    if indicators:
        found["indicator"] = IndicatorForm(choices=[("", "–"), *indicators])
    return found


def _told(plan: Plan, event: AuditEvent, here: str) -> dict[str, Any]:
    return {
        "text": act_in_words(event),
        "by": event.by_name,
        "at": event.at,
        "undo": undo_address(plan, event, here) if "part" in event.details else "",
    }
