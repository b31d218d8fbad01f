"""The report of a plan: as a page to read and print, and as a Word document."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from samspill.directory.public import briefs_for
from samspill.plans.models import Plan
from samspill.plans.queries.plans import find_plan
from samspill.plans.queries.rows import rows_of
from samspill.plans.report.contents import Report, report_of, since_of
from samspill.plans.report.word import DOCX, as_docx
from samspill.plans.views.ways import ways


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The frame is in the reader's language, the report in the plan's."""
    plan = find_plan(pk, request.actor)  # type: ignore[attr-defined]
    since = since_of(request.GET.get("siden", ""), request.actor.today)  # type: ignore[attr-defined]
    context = {
        "plan": plan,
        "report": _report(request, plan),
        "since": since,
        "ways": ways(plan, request.actor, "plans:plan-report"),  # type: ignore[attr-defined]
    }
    return render(request, "plans/report/report.html", context)


@require_safe
def report_docx(request: HttpRequest, pk: int) -> HttpResponse:
    plan = find_plan(pk, request.actor)  # type: ignore[attr-defined]
    content = as_docx(_report(request, plan), made_at=timezone.now())
    response = HttpResponse(content, content_type=DOCX)
    name = f"{slugify(plan.title) or 'plan'}-{request.actor.today}.docx"  # type: ignore[attr-defined]
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _report(request: HttpRequest, plan: Plan) -> Report:
    actor = request.actor  # type: ignore[attr-defined]
    since = since_of(request.GET.get("siden", ""), actor.today)
    with translation.override(plan.language):
        briefs = briefs_for("plans.plan", plan.community_id, actor)
        return report_of(plan, rows_of(plan, actor), briefs, since=since, today=actor.today)
