"""«Tabell»: take the plan along as a table, bring a table in, see what each row does, take it in, undo it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspill.directory.public import address, saved_file
from samspill.documents.sheets import CSV, XLSX
from samspill.plans.actions.bringing_in import bring, take_in, undo_all
from samspill.plans.forms_tables import BringForm
from samspill.plans.jobs import put_to_work
from samspill.plans.models import Plan, TableImport
from samspill.plans.permissions import check_may_act
from samspill.plans.queries.plans import find_plan
from samspill.plans.queries.table_import import (
    VERDICT_IN_ADDRESS,
    TableView,
    find_table,
    refused_rows,
    table_view,
    tables_of,
)
from samspill.plans.rules.tables.columns import LABELS, Column
from samspill.plans.rules.tables.refusals import in_words
from samspill.plans.states import TableState
from samspill.plans.views.exports import Rows, csv_of, xlsx_of
from samspill.plans.views.ways import ways
from samspill.plans.wording import plan_in_words
from samspill.plans.wording_tables import columns_in_words, heading, row_in_words, what_was_read
from samspill.refusal import Refused

SHOWN_TABLES = 20


@login_required
@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    plan = find_plan(pk, actor)
    check_may_act(actor, "plans.change", plan)
    form = BringForm(request.POST, request.FILES) if request.method == "POST" else BringForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            table = bring(plan, content=file.read(), file_name=file.name, by=actor)
        except Refused as refused:
            if refused.forbidden:
                raise
            form.add_error("file", refused.sentence)
        else:
            put_to_work(table)
            return _to(table)
    context = {
        "plan": plan,
        "over": plan_in_words(plan),
        "form": form,
        "tables": tables_of(plan, actor)[:SHOWN_TABLES],
        "ways": ways(plan, actor, "plans:bring-in"),
    }
    return render(request, "plans/bringing_in/choose.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def table(request: HttpRequest, pk: int, table: int) -> HttpResponse:
    plan, found = _find(request, pk, table)
    return _page(request, plan, found)


@require_POST
def take(request: HttpRequest, pk: int, table: int) -> HttpResponse:
    return _start(request, pk, table, take_in)


@require_POST
def undo(request: HttpRequest, pk: int, table: int) -> HttpResponse:
    return _start(request, pk, table, undo_all)


@require_POST
def go_on(request: HttpRequest, pk: int, table: int) -> HttpResponse:
    """Put work that has stopped back in the queue; work that goes on is not disturbed."""
    _plan, found = _find(request, pk, table)
    put_to_work(found)
    return _to(found)


@login_required
@require_safe
def to_mend(request: HttpRequest, pk: int, table: int) -> HttpResponse:
    """The rows that were refused, as they stood, with what is wrong in a column of its own."""
    _plan, found = _find(request, pk, table)
    ending = _("to-mend")
    name = f"{slugify(found.file_name.rpartition('.')[0]) or 'plan'}-{ending}"
    rows = _to_mend(found, request)
    if found.format == "xlsx":
        places = list(found.header["columns"].items())
        by_place = {place: Column(column) for column, place in places}
        width = len(found.header["headers"])
        columns = [by_place.get(place, Column.GOAL) for place in range(width)] + [Column.TEXT]
        return saved_file(xlsx_of(rows, columns=columns), XLSX, f"{name}.xlsx")
    return saved_file(csv_of(rows), CSV, f"{name}.csv")


def _to_mend(table: TableImport, request: HttpRequest) -> Rows:
    headers = table.header.get("headers", [])
    yield [*headers, str(LABELS[Column.PROBLEM])]
    for row in refused_rows(table, request.actor):  # type: ignore[attr-defined]
        cells = [*row.cells, *[""] * (len(headers) - len(row.cells))]
        yield [*cells[: len(headers)], in_words(row.problem, row.number)]


def _find(request: HttpRequest, pk: int, number: int) -> tuple[Plan, TableImport]:
    actor = request.actor  # type: ignore[attr-defined]
    plan = find_plan(pk, actor)
    check_may_act(actor, "plans.change", plan)
    return plan, find_table(plan, number, actor)


def _start(request: HttpRequest, pk: int, number: int, act: Any) -> HttpResponse:
    plan, found = _find(request, pk, number)
    try:
        started = act(found, by=request.actor)  # type: ignore[attr-defined]
    except Refused as refused:
        if refused.forbidden:
            raise
        return _page(request, plan, found, error=refused.sentence)
    put_to_work(started)
    return _to(started)


def _to(table: TableImport) -> HttpResponse:
    return HttpResponseRedirect(reverse("plans:table", args=[table.plan_id, table.pk]), status=303)


def _page(request: HttpRequest, plan: Plan, found: TableImport, error: str = "") -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    view = table_view(found, request.GET, actor)
    here = reverse("plans:table", args=[plan.pk, found.pk])
    context = {
        "plan": plan,
        "table": found,
        "view": view,
        "heading": heading(view),
        "problem": in_words(found.problem),
        "facts": what_was_read(found),
        "columns": columns_in_words(found),
        "legend": _legend(view, here),
        "rows": [row_in_words(row) for row in view.rows],
        "pages": _pages(view, here, request),
        "can_take": found.state == TableState.READY and view.to_take > 0,
        "can_undo": found.state == TableState.TAKEN and bool(view.outcomes["taken"]),  # type: ignore[index]
        "ways": ways(plan, actor, "plans:bring-in"),
        "error": error,
        "here": here,
    }
    return render(request, "plans/bringing_in/table.html", context, status=422 if error else 200)


def _legend(view: TableView, here: str) -> list[dict[str, Any]]:
    return [
        {
            "g": verdict.glyph,
            "count": view.counts[verdict],
            "label": str(verdict.label).lower(),
            "current": view.only == verdict,
            "href": here if view.only == verdict else address(here, {"vis": word}),
        }
        for word, verdict in VERDICT_IN_ADDRESS.items()
        if view.counts[verdict]
    ]


def _pages(view: TableView, here: str, request: HttpRequest) -> dict[str, str]:
    """Addresses of the pages before and after, "" where there is none."""
    kept = {"vis": request.GET["vis"]} if view.only else {}
    page = view.rows
    before = str(page.previous_page_number()) if page.has_previous() else ""
    after = str(page.next_page_number()) if page.has_next() else ""
    return {
        name: address(here, {**kept, "side": number}) if number else ""
        for name, number in (("before", before), ("after", after))
    }
