"""The report of a plan: as a page to read and print, as a Word document and as PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from samspill.plans.queries.plans import find_plan
from samspill.plans.report.making import make_report
from samspill.plans.report.paper import paper_of
from samspill.plans.report.span import span_of
from samspill.plans.views.documents_out import sent
from samspill.plans.views.ways import ways

PERIODS = (("halvar", _("The last half-year")), ("ar", _("The last year")))


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The frame is in the reader's language, the report in the plan's."""
    actor = request.actor  # type: ignore[attr-defined]
    plan = find_plan(pk, actor)
    span = span_of(request.GET, actor.today)
    context = {
        "plan": plan,
        "report": make_report(plan, actor, span),
        "span": span,
        "periods": PERIODS,
        "ways": ways(plan, actor, "plans:plan-report"),
    }
    return render(request, "plans/report/report.html", context)


@require_safe
def report_docx(request: HttpRequest, pk: int) -> HttpResponse:
    return _report(request, pk, "docx")


@require_safe
def report_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    return _report(request, pk, "pdf")


def _report(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    plan = find_plan(pk, actor)
    report = make_report(plan, actor, span_of(request.GET, actor.today))
    paper = paper_of(report, made_at=timezone.localtime(), ending=ending)
    return sent(paper, f"{slugify(report.title) or 'rapport'}-{actor.today}", ending)
