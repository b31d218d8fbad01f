"""The pages of a revision, put together: several views end in them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from samspill.directory.public import Actor, Ref, address, case_form_for
from samspill.plans.forms import AdoptForm
from samspill.plans.models import Plan
from samspill.plans.queries.adoption import decided_in, lacking, put_forward
from samspill.plans.queries.place import said_adoption
from samspill.plans.queries.plans import find_plan
from samspill.plans.queries.revision import AreaTally, Line, Revision, choices_for, revision_of
from samspill.plans.queries.rows import PLAN, is_keeper
from samspill.plans.revision_in_words import (
    brought_in_words,
    case_heading,
    fate_columns,
    fate_in_words,
    promised,
    revision_heading,
    tally_cells,
)
from samspill.plans.states import Fate
from samspill.plans.views.ways import ways
from samspill.plans.wording import plan_in_words

WAITING = "venter"
FATE_IN_ADDRESS = {
    "viderefort": Fate.CARRIED_FORWARD,
    "endret": Fate.CHANGED,
    "fullfort": Fate.COMPLETED,
    "avsluttet": Fate.ENDED,
}

# The key that says it; a proposal answers to its own as well as to G.
KEY_OF = {Fate.CARRIED_FORWARD: "V", Fate.CHANGED: "E", Fate.COMPLETED: "F"}


def revision_page(
    request: HttpRequest, plan: Plan, revision: Revision, *, error: tuple[int | None, str] | None = None
) -> HttpResponse:
    """Old and new side by side. `error` is what was refused, at an old measure or at none."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    shown, chosen = request.GET.get("vis", ""), request.GET.get("velg", "")
    path = reverse("plans:revision", args=[plan.pk])
    context = {
        "plan": plan,
        "revision": revision,
        "heading": revision_heading(revision),
        "former_name": plan_in_words(revision.former),
        "plan_name": plan_in_words(plan),
        "legend": _legend(revision, path, shown),
        "areas": [_area(area, shown) for area in revision.areas if _wanted(area, shown)],
        "may_say": is_keeper(plan, actor) and not plan.is_adopted,
        "choosing": int(chosen) if chosen.isdecimal() and len(chosen) < 18 else 0,
        "choices": choices_for(revision) if chosen else [],
        "path": address(path, {"vis": shown} if shown else {}),
        "fates": Fate,
        "error_at": error[0] if error else None,
        "error": error[1] if error else "",
        "ways": ways(plan, actor, "plans:revision"),
    }
    return render(request, "plans/revision/revision.html", context, status=422 if error else 200)


def _is_shown(line: Line, shown: str) -> bool:
    if shown == WAITING:
        return line.is_waiting
    return shown not in FATE_IN_ADDRESS or bool(line.fate and line.fate.fate == FATE_IN_ADDRESS[shown])


def _wanted(area: AreaTally, shown: str) -> bool:
    return any(_is_shown(line, shown) for line in area.lines)


def _area(area: AreaTally, shown: str) -> dict[str, Any]:
    lines = [line for line in area.lines if _is_shown(line, shown)]
    return {
        "area": area.area,
        "lines": [
            {
                "line": line,
                "because": fate_in_words(line),
                "brings": brought_in_words(line),
                "fate": Fate(line.fate.fate) if line.fate else None,
                "key": KEY_OF.get(line.proposal.fate, "") if line.proposal and not line.fate else "",
            }
            for line in lines
        ],
    }


def _legend(revision: Revision, path: str, shown: str) -> list[dict[str, Any]]:
    """Counts per fate, each leading to the measures it counts; the current one leads back to all."""
    counts = revision.counts
    items = [(WAITING, "unknown", len(revision.waiting), pgettext("count of measures", "left"))]
    items += [
        (word, fate.glyph, counts[fate], str(fate.label).lower()) for word, fate in FATE_IN_ADDRESS.items()
    ]
    return [
        {
            "g": glyph,
            "count": count,
            "label": label,
            "current": shown == word,
            "href": path if shown == word else address(path, {"vis": word}),
        }
        for word, glyph, count, label in items
        if count
    ]


@require_safe
def adoption_case(request: HttpRequest, pk: int) -> HttpResponse:
    """«Til vedtaket»: what those who are to adopt the plan should know, on paper too."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    plan = find_plan(pk, actor)
    revision = revision_of(plan, actor)
    rows = put_forward(plan, revision, actor)
    holes = lacking(rows)
    may_adopt = is_keeper(plan, actor) and not plan.is_adopted
    brought = decided_in(plan, actor)
    context = {
        "plan": plan,
        "name": plan_in_words(plan),
        "heading": case_heading(len(rows), len(holes["owner"]), len(holes["deadline"])),
        "lacking": holes,
        "brought": brought,
        "case_form": case_form_for(Ref(PLAN, plan.pk)) if may_adopt and not brought else "",
        "revision": revision,
        "former_name": plan_in_words(revision.former) if revision else "",
        "promised": promised(revision) if revision else "",
        "fates": fate_columns(),
        "tallies": [
            (area, list(zip(fate_columns(), tally_cells(area.counts, area.waiting), strict=True)))
            for area in revision.areas
        ]
        if revision
        else [],
        "ended": revision.of(Fate.ENDED) if revision else [],
        "may_adopt": may_adopt and not holes["area"] and not (revision and revision.waiting),
        "adopt_form": adopt_form(plan, actor) if may_adopt else None,
        "ways": ways(plan, actor, "plans:adoption-case"),
    }
    return render(request, "plans/revision/adoption_case.html", context)


def adopt_form(plan: Plan, actor: Actor) -> AdoptForm:
    """Filled with what the plan's document says of its own adoption, where it says something."""
    asked = plan.replaces_id and not plan.is_adopted
    said = said_adoption(plan, actor) if asked else {"on": "", "adopted_by": ""}
    return AdoptForm(
        initial={"on": said["on"] or actor.today, "adopted_by": said["adopted_by"] or plan.adopted_by}
    )
