"""Runs of indicators: what figures rest on, when all that was published was last tried, withdrawing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.insight.actions.withdrawing_runs import take_back_run, withdraw_run
from samspill.insight.area_names import name_of
from samspill.insight.models import Indicator, IndicatorRun
from samspill.insight.permissions.runs import check_may_withdraw
from samspill.insight.queries.published import codes_in
from samspill.insight.shown.tried import tried_of
from samspill.refusal import Refused, reason

MOST_RUNS, MOST_FINDINGS = 100, 50


@require_safe
def run_list(request: HttpRequest) -> HttpResponse:
    runs = list(IndicatorRun.objects.all()[:MOST_RUNS])
    return render(request, "insight/runs.html", {"rows": [(one, tried_of(one)) for one in runs]})


@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, get_object_or_404(IndicatorRun, pk=pk))


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(IndicatorRun, pk=pk)
    because = request.POST.get("because", "")
    try:
        withdraw_run(found, because, by=request.actor)  # type: ignore[attr-defined]
    except Refused as refused:
        if refused.forbidden:
            raise
        return _page(request, found, refused=refused.sentence, typed=because, status=422)
    messages.success(request, _("The figures are withdrawn. They are shown nowhere from now on."))
    return redirect("insight:run", pk)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    take_back_run(get_object_or_404(IndicatorRun, pk=pk), by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("The figures are in use again."))
    return redirect("insight:run", pk)


def _page(
    request: HttpRequest, found: IndicatorRun, *, refused: str = "", typed: str = "", status: int = 200
) -> HttpResponse:
    cannot = reason(check_may_withdraw, request.actor)  # type: ignore[attr-defined]
    codes = codes_in([found])[found.pk]
    tried = tried_of(found)
    context = {
        "run": found,
        "tried": tried,
        "sources": [_source(one) for one in found.sources],
        "indicators": Indicator.objects.filter(code__in=codes) if not found.withdrawn_at else (),
        "count": len(codes),
        "findings": [] if cannot else _findings(tried),
        "cannot": cannot,
        "refused": refused,
        "typed": typed,
    }
    return render(request, "insight/run.html", context, status=status)


def _source(one: dict[str, Any]) -> dict[str, Any]:
    """A table the run rests on: what it is called, who it is from, its version and date."""
    language = get_language() or "nb"
    titles = one.get("titles") or {}
    title = titles.get(language) or titles.get("nb") or one.get("name", "")
    return {**one, "title": title, "from": one.get("source") or one.get("credit", "")}


def _findings(tried: dict[str, Any]) -> list[dict[str, Any]]:
    """For those who may withdraw: never for others, who would have what is hidden."""
    return [{**one, "area": name_of(one["area"])} for one in tried.get("findings", ())[:MOST_FINDINGS]]
