"""The plan as a document to take along: Word and PDF, in the plan's language. Reading it gives the plan."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from samspill.documents.writing import DOCX, PDF, Paper, to_docx, to_pdf
from samspill.plans.document.making import plan_paper
from samspill.plans.queries.plans import find_plan

WRITERS: dict[str, tuple[str, Callable[[Paper], bytes]]] = {"docx": (DOCX, to_docx), "pdf": (PDF, to_pdf)}
"""Ending of the file -> its media type, and what writes it."""


@require_safe
def plan_docx(request: HttpRequest, pk: int) -> HttpResponse:
    return _plan(request, pk, "docx")


@require_safe
def plan_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    return _plan(request, pk, "pdf")


def _plan(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    plan = find_plan(pk, actor)
    address = request.build_absolute_uri(reverse("plans:plan", args=[plan.pk]))
    paper = plan_paper(plan, actor, address)
    return sent(paper, f"{slugify(plan.title) or 'plan'}-{actor.today}", ending)


def sent(paper: Paper, name: str, ending: str) -> HttpResponse:
    """The paper as a file to save, called `name`."""
    media_type, write = WRITERS[ending]
    response = HttpResponse(write(paper), content_type=media_type)
    disposition = content_disposition_header(True, f"{name}.{ending}")
    response.headers["Content-Disposition"] = disposition or "attachment"
    return response
