"""Tables for tests: made, brought into a plan, checked and taken in, as the pages and the job do it."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from samspill.directory.public import Actor, scope
from samspill.plans.actions.bringing_in import bring, take_in, undo_all
from samspill.plans.jobs import work_through
from samspill.plans.models import TableImport, TableRow
from samspill.plans.public import Measure, Plan
from samspill.plans.public import rows_of as plan_rows
from samspill.plans.views.exports import csv_of, table, xlsx_of

Rows = Sequence[Sequence[Any]]
HEAD = ("Innsatsområde", "Tiltak", "Ansvarlig", "Frist")


def csv_file(*rows: Sequence[object], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def excel_file(*rows: Sequence[Any], title: str = "Tiltak") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return bytes_of(book)


def bytes_of(book: Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def exported(plan: Plan, by: Actor, kind: str) -> bytes:
    with scope(by):
        rows = list(table(plan, by))
    return csv_of(rows) if kind == "csv" else xlsx_of(rows, explained=True)


def brought(plan: Plan, content: bytes, by: Actor, name: str = "tiltak.csv", chunk: int = 250) -> TableImport:
    """The table, checked."""
    with scope(by):
        made = bring(plan, content=content, file_name=name, by=by)
    return worked_on(made, by, chunk)


def worked_on(made: TableImport, by: Actor, chunk: int = 250) -> TableImport:
    work_through(made.community_id, made.pk, today=by.today, chunk=chunk)
    with scope(by):
        return TableImport.objects.get(pk=made.pk)


def taken(made: TableImport, by: Actor) -> TableImport:
    with scope(by):
        take_in(made, by=by)
    return worked_on(made, by)


def undone(made: TableImport, by: Actor) -> TableImport:
    with scope(by):
        undo_all(made, by=by)
    return worked_on(made, by)


def rows_of(made: TableImport, by: Actor) -> list[TableRow]:
    with scope(by):
        return list(TableRow.objects.filter(table=made).order_by("number"))


def verdicts(made: TableImport, by: Actor) -> list[str]:
    return [row.verdict for row in rows_of(made, by)]


def codes(made: TableImport, by: Actor) -> list[str]:
    """Why rows were refused, "" for the others."""
    return [row.problem.get("code", "") for row in rows_of(made, by)]


def key(measure: Measure) -> str:
    return f"P{measure.plan_id}T{measure.pk}"


def in_plan(plan: Plan, by: Actor) -> list[str]:
    with scope(by):
        return [row.measure.text for row in plan_rows(plan, by)]


def row_for(measure: Measure, by: Actor):  # type: ignore[no-untyped-def]
    with scope(by):
        return next(row for row in plan_rows(measure.plan, by) if row.id == measure.pk)
