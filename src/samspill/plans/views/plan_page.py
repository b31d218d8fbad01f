"""The plan page, put together: several views end in it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.urls import reverse

from samspill.directory.public import Actor, AuditEvent, address, briefs_for
from samspill.plans.models import Plan
from samspill.plans.permissions import MAY
from samspill.plans.queries.overview import STATUS_IN_ADDRESS, AreaView, Choice, Overview, overview
from samspill.plans.queries.plans import documents_of
from samspill.plans.queries.rows import Row
from samspill.plans.states import ShownStatus
from samspill.plans.views.lines import opened, row_context, undo_address
from samspill.plans.views.place import place_context
from samspill.plans.views.revision_page import adopt_form as filled_adopt_form
from samspill.plans.views.ways import ways
from samspill.plans.wording import (
    adoption_in_words,
    area_in_words,
    headline,
    holes_in_words,
    plan_in_words,
)

# In the address while one row is open or has just been changed; not part of the filter.
PASSING = ("tiltak", "gjort")


def plan_page(
    request: HttpRequest,
    plan: Plan,
    *,
    query: Mapping[str, str] | None = None,
    error: tuple[int, str] | None = None,
    adopt_form: forms.Form | None = None,
) -> HttpResponse:
    """The plan with what `query` asks for. `error` is a measure's id and what was refused about it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    query = request.GET if query is None else query
    choice = Choice.read(query)
    shown = overview(plan, choice, actor)
    kept = {key: value for key, value in query.items() if key not in PASSING}
    done = _just_done(query.get("gjort", ""), actor)
    lines = _Lines(shown, kept, done, error, actor)
    documents = documents_of(plan, actor)
    context = {
        "plan": plan,
        "overview": shown,
        "choice": choice,
        "heading": headline(shown.rows, is_keeper=shown.is_keeper),
        "over": over_heading(plan),
        "legend": legend(shown.rows, reverse("plans:plan", args=[plan.pk]), kept, choice.status),
        "areas": [lines.area(view) for view in shown.areas],
        "flat": [lines.line(row) for row in shown.flat],
        "links": _links(kept, shown),
        "kept": kept,
        "briefs": _briefs(request, plan, actor),
        "ways": ways(plan, actor, "plans:plan"),
        "documents": documents,
        "abbreviations": next((one.abbreviations for one in reversed(documents) if one.abbreviations), {}),
        "adoption": adoption_in_words(plan),
        "decided_by": next((row.decided_by for row in shown.rows), None),
        "place": place_context(plan, actor),
        "may_adopt": shown.is_keeper and not plan.is_adopted,
        "may_publish": actor.community_id == plan.community_id and actor.has_role(*MAY["plans.publish"]),
        "adopt_form": adopt_form or filled_adopt_form(plan, actor),
        "error": error[1] if error else "",
    }
    return render(request, "plans/plan.html", context, status=422 if error or adopt_form else 200)


def over_heading(plan: Plan) -> str:
    """What stands small above the message: the plan's own name, and when it was adopted."""
    name = plan_in_words(plan)
    return f"{name}. {adoption_in_words(plan)}." if plan.is_adopted else f"{name}."


class _Lines:
    """Rows with all that the template prints."""

    def __init__(
        self,
        shown: Overview,
        kept: Mapping[str, str],
        done: AuditEvent | None,
        error: tuple[int, str] | None,
        actor: Actor,
    ) -> None:
        self.shown, self.done, self.error, self.actor = shown, done, error, actor
        self.base = address(reverse("plans:plan", args=[shown.plan.pk]), kept)

    def area(self, view: AreaView) -> dict[str, Any]:
        area = view.area
        return {
            "view": view,
            "number": area.number if area else "",
            "title": area.title if area else "",
            "states": [row.shown.status.glyph for row in view.rows],
            "holes": holes_in_words(view.holes) if self.shown.is_keeper else "",
            "label": area_in_words(view.rows),
            "groups": [(title, [self.line(row) for row in rows]) for title, rows in view.groups],
        }

    def line(self, row: Row) -> dict[str, Any]:
        is_open = row.id == self.shown.choice.open_id
        open_address = address(self.base, {"tiltak": str(row.id)})
        here = open_address if is_open else self.base
        done = self.done if self.done and self.done.on_id == row.id else None
        line = {
            **row_context(self.shown.plan, row, here, self.actor.today),
            "is_open": is_open,
            "toggle": self.base if is_open else open_address,
            "done": done.details["part"] if done and done.act != "measure.undo" else "",
            "undo": undo_address(self.shown.plan, done, here) if done else "",
            "error": self.error[1] if self.error and self.error[0] == row.id else "",
            "with_indicator": self.shown.choice.only_holes,
        }
        if is_open:
            line |= opened(row, self.actor)
        return line


def _just_done(number: str, actor: Actor) -> AuditEvent | None:
    if not (number.isdecimal() and len(number) < 18 and actor.is_known):
        return None
    return (
        AuditEvent.objects.visible_to(actor)
        .filter(pk=int(number), on_kind="plans.measure", details__has_key="part")
        .first()
    )


def legend(
    rows: Iterable[Row], path: str, kept: Mapping[str, str] | None = None, current: ShownStatus | None = None
) -> list[dict[str, Any]]:
    """Counts per status, each leading to the measures it counts; the current one leads back to all."""
    shown = Counter(row.shown.status for row in rows)
    others = {key: value for key, value in (kept or {}).items() if key != "tilstand"}
    return [
        {
            "g": status.glyph,
            "count": shown[status],
            "label": str(status.label).lower(),
            "current": current == status,
            "href": address(path, others if current == status else {**others, "tilstand": word}),
        }
        for word, status in STATUS_IN_ADDRESS.items()
        if shown[status]
    ]


def _links(kept: Mapping[str, str], shown: Overview) -> dict[str, str]:
    """Addresses of what the list can be turned into."""
    path = reverse("plans:plan", args=[shown.plan.pk])
    without_holes = {key: value for key, value in kept.items() if key not in {"vis", "slag"}}
    unsorted = {key: value for key, value in kept.items() if key != "sorter"}
    return {
        "all": path,
        "holes": address(path, {**without_holes, "vis": "hull"}),
        "not_holes": address(path, without_holes),
        "in_order": address(path, unsorted),
        **{
            f"by_{word}": address(path, {**unsorted, "sorter": word})
            for word in ("ansvarlig", "frist", "tilstand")
        },
    }


def _briefs(request: HttpRequest, plan: Plan, actor: Actor) -> list[str]:
    """What other apps put beside the plan, already drawn."""
    return [
        loader.get_template(brief.template).render(dict(brief.context), request)
        for brief in briefs_for("plans.plan", plan.community_id, actor)
    ]
