"""The measures of a plan as a table to take along: CSV and Excel."""

import csv
import io
from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from openpyxl import Workbook
from openpyxl.cell import Cell as ExcelCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from samspill.directory.public import Actor
from samspill.plans.models import Plan
from samspill.plans.queries.plans import find_plan
from samspill.plans.queries.rows import Row, rows_without_holes

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")

Cell = str | date | int | None


@require_safe
def as_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Semicolons and a byte order mark: a Norwegian Excel opens it as a table with æ, ø and å."""
    plan = find_plan(pk, request.actor)  # type: ignore[attr-defined]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    for cells in table(plan, request.actor):  # type: ignore[attr-defined]
        writer.writerow([disarmed(cell) for cell in cells])
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    return _named(response, plan, "csv")


@require_safe
def as_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """Every text is written as text, so that nothing in it is worked out as a formula."""
    plan = find_plan(pk, request.actor)  # type: ignore[attr-defined]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Measures"))
    sheet.freeze_panes = "A2"
    for column, width in zip(
        "ABCDEFGHIJKLM", (8, 34, 34, 8, 60, 24, 24, 14, 22, 16, 50, 12, 28), strict=True
    ):
        sheet.column_dimensions[column].width = width
    for number, cells in enumerate(table(plan, request.actor)):  # type: ignore[attr-defined]
        sheet.append([_excel_cell(sheet, cell, is_head=number == 0) for cell in cells])
    content = io.BytesIO()
    book.save(content)
    return _named(HttpResponse(content.getvalue(), content_type=XLSX), plan, "xlsx")


def table(plan: Plan, actor: Actor) -> Iterator[list[Cell]]:
    """A header, then a row per measure."""
    yield [
        _("Row number"),
        _("Focus area"),
        _("Goal"),
        _("Label in the plan"),
        _("Measure"),
        _("Responsible"),
        _("Take part"),
        _("Deadline"),
        _("Deadline in the plan"),
        _("Status of the measure"),
        _("Latest report"),
        _("Line"),
        _("Document"),
    ]
    for number, row in enumerate(rows_without_holes([plan], actor), 1):
        yield _cells(number, row)


def _cells(number: int, row: Row) -> list[Cell]:
    measure = row.measure
    return [
        number,
        str(measure.area or ""),
        str(measure.goal or ""),
        measure.label,
        measure.text,
        str(row.accountable or ""),
        ", ".join(str(one) for one in row.helpers),
        measure.deadline,
        measure.deadline_raw,
        str(row.shown.status.label),
        row.report.sentence if row.report else "",
        measure.line,
        measure.document.file_name,
    ]


def disarmed(cell: Cell) -> str:
    """Text that a spreadsheet would run gets an apostrophe in front."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(FORMULA_STARTS) else text


def _excel_cell(sheet: object, cell: Cell, *, is_head: bool) -> ExcelCell:
    made = WriteOnlyCell(sheet, value=cell)  # type: ignore[arg-type]
    if isinstance(cell, str):
        made.data_type = "s"
    if is_head:
        made.font = Font(bold=True)
    return made


def _named(response: HttpResponse, plan: Plan, ending: str) -> HttpResponse:
    name = f"{slugify(plan.title) or 'plan'}.{ending}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
