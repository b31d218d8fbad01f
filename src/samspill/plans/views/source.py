"""The document a plan was read from: its lines with the measures marked, and the file itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from samspill.plans.queries.plans import find_plan
from samspill.plans.queries.source import find_document, marked_lines
from samspill.plans.views.ways import ways


@require_safe
def source(request: HttpRequest, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    plan = find_plan(pk, actor)
    document = find_document(plan, request.GET.get("dokument", ""), actor)
    return render(
        request,
        "plans/source.html",
        {
            "plan": plan,
            "document": document,
            "lines": marked_lines(document, actor),
            "ways": ways(plan, actor, "plans:source"),
        },
    )


@require_safe
def original(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    """The file as it came, always saved and never shown: it is somebody else's file."""
    actor = request.actor  # type: ignore[attr-defined]
    found = find_document(find_plan(pk, actor), str(document), actor)
    response = HttpResponse(bytes(found.content), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = (
        content_disposition_header(True, found.file_name) or "attachment"
    )
    return response
