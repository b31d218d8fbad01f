"""A report: written and sent by those who got the money, approved or sent back by the secretariat."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samspill.directory.public import Actor
from samspill.plans.actions.funds.reporting import (
    approve_report,
    check_may_report_on,
    needed_in,
    return_report,
    save_report,
)
from samspill.plans.forms_funds import ReportForm, ReturnForm
from samspill.plans.models import FundReport
from samspill.plans.queries.funds.awards import find_report, planned_rows
from samspill.plans.rules.funds.access import is_manager
from samspill.plans.rules.funds.amounts import figures, read_amount
from samspill.plans.states import BudgetSource, ReportKind, ReportState
from samspill.plans.views.funds.acting import do, put_on
from samspill.refusal import Refused, reason


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_report(pk, actor)
    if request.method != "POST":
        return report_page(request, found)
    check_may_report_on(found, actor)
    form = ReportForm(request.POST)
    typed = [request.POST.get(f"spent-{n}", "") for n in range(len(_plan(found)))]
    send = request.POST.get("send") == "1"
    if not form.is_valid():
        return report_page(request, found, form=form, typed=typed)
    try:
        spent = [read_amount(one, field=f"spent-{n}") for n, one in enumerate(typed)]
        save_report(found, spent=spent, send=send, by=actor, **form.cleaned_data)
    except Refused as refused:
        if refused.forbidden:
            raise
        return report_page(request, found, form=put_on(form, refused), typed=typed)
    messages.success(request, _("The report is sent. Thank you.") if send else _("Saved."))
    return HttpResponseRedirect(reverse("plans:fund-report", args=[pk]), status=303)


def _plan(found: FundReport) -> list[dict[str, Any]]:
    return planned_rows(found.award) if found.kind != ReportKind.GAINS else []


def report_page(
    request: HttpRequest,
    found: FundReport,
    *,
    form: Any = None,
    typed: list[str] | None = None,
    return_form: Any = None,
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    writes = not reason(check_may_report_on, found, actor)
    is_sent = found.state in {ReportState.SENT, ReportState.APPROVED}
    plan = found.spent if is_sent else _plan(found)
    kept = [one.get("spent") for one in found.spent]
    texts = typed if typed is not None else [figures(one) if one else "" for one in kept]
    texts += [""] * (len(plan) - len(texts))
    names = ("done", "results", "for_others")
    context = {
        "report": found,
        "award": found.award,
        "call": found.award.call,
        "kind": ReportKind(found.kind).label,
        "writes": writes,
        "form": form
        or ReportForm(initial={name: getattr(found, name) for name in names}, needed=needed_in(found.kind)),
        "rows": [_row(row, text) for row, text in zip(plan, texts, strict=True)],
        "planned": figures(sum(row["planned"] for row in plan)),
        "spent": figures(sum(one or 0 for one in kept)),
        "may_approve": is_manager(actor, found.community_id) and found.state == ReportState.SENT,
        "return_form": return_form or ReturnForm(),
    }
    status = 422 if form or return_form else 200
    return render(request, "plans/funds/report.html", context, status=status)


def _row(row: dict[str, Any], text: str) -> dict[str, Any]:
    who = row["who"] or str(BudgetSource(row["source"]).label)
    return {"year": str(row["year"]), "who": who, "planned": figures(row["planned"]), "typed": text}


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_report(pk, actor)
    return do(
        request,
        lambda: approve_report(found, by=actor),
        said=_("The report is approved."),
        to=reverse("plans:fund-award", args=[found.award_id]),
        again=lambda refused: report_page(request, found, return_form=put_on(ReturnForm({}), refused)),
    )


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_report(pk, actor)
    form = ReturnForm(request.POST)
    form.is_valid()
    return do(
        request,
        lambda: return_report(found, because=form.cleaned_data.get("because", ""), by=actor),
        said=_("The report is sent back with your words."),
        to=reverse("plans:fund-award", args=[found.award_id]),
        again=lambda refused: report_page(request, found, return_form=put_on(form, refused)),
    )
