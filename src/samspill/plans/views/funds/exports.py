"""Applications and payments of a call as tables to take along: CSV and Excel."""

from collections.abc import Iterator
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspill.directory.public import Actor, saved_file
from samspill.documents.sheets import CSV, XLSX, xlsx_of
from samspill.plans.actions.funds.calls import check_may_manage
from samspill.plans.models import BudgetLine, Call
from samspill.plans.queries.funds.applications import applications_of
from samspill.plans.queries.funds.awards import payments_in
from samspill.plans.queries.funds.calls import find_call
from samspill.plans.states import BudgetSource
from samspill.plans.views.exports import csv_of

Cell = str | date | int | None
Table = list[list[Cell]]


@login_required
@require_safe
def applications(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    call = find_call(pk, actor)
    check_may_manage(actor, call.community_id)
    return _table(call, _("applications"), list(_applications(call, actor)), ending)


@login_required
@require_safe
def payments(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    call = find_call(pk, actor)
    check_may_manage(actor, call.community_id)
    return _table(call, _("payments"), list(_payments(call, actor)), ending)


def _applications(call: Call, actor: Actor) -> Iterator[list[Cell]]:
    yield [
        _("Number"), _("Title"), _("Applicant"), _("State"), _("Sent"), _("Costs"), _("Asked for"),
        _("Own shares"), _("Others"), _("Awarded"),
    ]  # fmt: skip
    rows = applications_of(call, actor)
    sums: dict[tuple[int, str], int] = {}
    for one in BudgetLine.objects.filter(application__in=rows):
        key = (one.application_id, one.source)
        sums[key] = sums.get(key, 0) + one.nok
    for row in rows:
        award = getattr(row, "award", None)
        yield [
            row.pk, row.title, row.applicant.name, str(row.get_state_display()), row.submitted_on,
            *(
                sums.get((row.pk, source), 0)
                for source in (BudgetSource.COST, BudgetSource.GRANT, BudgetSource.PARTY, BudgetSource.OTHER)
            ),
            award.nok if award else None,
        ]  # fmt: skip


def _payments(call: Call, actor: Actor) -> Iterator[list[Cell]]:
    yield [_("Day"), _("Applicant"), _("Title"), _("Amount"), _("Condition"), _("Paid")]
    for one in payments_in(call, actor):
        yield [one.due, one.award.applicant.name, one.award.title, one.nok, one.condition, one.paid_on]


def _table(call: Call, name: str, rows: Table, ending: str) -> HttpResponse:
    file = f"{slugify(call.title) or 'utlysning'}-{slugify(name)}.{ending}"
    if ending == "csv":
        return saved_file(csv_of(rows), CSV, file)
    return saved_file(xlsx_of(rows), XLSX, file)
