"""What the document of a plan says besides its measures: questions, examples, whom and what it names."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, pgettext
from django.views.decorators.http import require_safe

from samspill.directory.register.themes import by_code
from samspill.plans.contents_in_words import contents_in_words, heading_of
from samspill.plans.queries.contents import Contents, contents_of_plan
from samspill.plans.queries.plans import find_plan
from samspill.plans.views.ways import ways

PATIENT_GROUPS = "patient_groups"


@require_safe
def contents(request: HttpRequest, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    plan = find_plan(pk, actor)
    found = contents_of_plan(plan, actor)
    context = {
        "plan": plan,
        "found": found,
        "heading": contents_in_words(found) or pgettext("contents of a plan", "Nothing but measures"),
        "named": _named(found) if found else [],
        "ways": ways(plan, actor, "plans:contents"),
    }
    return render(request, "plans/contents.html", context)


def _named(found: Contents) -> list[dict[str, object]]:
    return [
        {"key": name, "heading": heading_of(name), "rows": _rows(name, rows)}
        for name, rows in found.named.items()
    ]


def _rows(name: str, rows: tuple) -> list[dict[str, object]]:
    """Each as `text` and, where the reading gives one, the `line` it stands on."""
    if name == PATIENT_GROUPS:
        language = get_language() or ""
        return [{"text": by_code()[row].name(language)} for row in rows if row in by_code()]
    return [_row(row) for row in rows]


def _row(row: object) -> dict[str, object]:
    if isinstance(row, dict):
        return {"text": row.get("sentence") or row.get("text", ""), "line": row.get("line")}
    return {"text": str(row)}
