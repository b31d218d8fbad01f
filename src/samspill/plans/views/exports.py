"""The measures of a plan as a table to take along: CSV and Excel. The same file can be brought in again."""

import io
from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from openpyxl import Workbook
from openpyxl.cell import Cell as ExcelCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from samspill.directory.public import Actor, saved_file
from samspill.documents import armour, sheets
from samspill.documents.sheets import CSV, XLSX
from samspill.plans.models import Plan
from samspill.plans.queries.plans import find_plan
from samspill.plans.queries.table_cells import Cell, cells_of, head, rows_with_links, text_of
from samspill.plans.rules.tables.columns import EXPORTED, LABELS, MEANS, Column

WIDE = {Column.TEXT, Column.SENTENCE}
MIDDLE = {Column.AREA, Column.GOAL, Column.TITLE, Column.RESPONSIBLE, Column.HELPERS, Column.DEADLINE_RAW}

Rows = Iterable[Sequence[Cell]]


@require_safe
def as_csv(request: HttpRequest, pk: int) -> HttpResponse:
    plan = find_plan(pk, request.actor)  # type: ignore[attr-defined]
    return saved_file(csv_of(table(plan, request.actor)), CSV, f"{_name(plan)}.csv")  # type: ignore[attr-defined]


@require_safe
def as_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    plan = find_plan(pk, request.actor)  # type: ignore[attr-defined]
    content = xlsx_of(table(plan, request.actor), explained=True)  # type: ignore[attr-defined]
    return saved_file(content, XLSX, f"{_name(plan)}.xlsx")


def table(plan: Plan, actor: Actor) -> Rows:
    """A header, then a row per measure."""
    yield head()
    for row in rows_with_links(plan, actor):
        cells = cells_of(row)
        yield [cells[column] for column in EXPORTED]


def csv_of(rows: Rows) -> bytes:
    """As every CSV of ours, with cells that can be brought in again."""
    return sheets.csv_of(rows, cell=disarmed)


def disarmed(cell: Cell) -> str:
    """A cell as a CSV writes it; text that a spreadsheet would run gets an apostrophe in front.

    Nothing but space is written as nothing: behind an apostrophe it would come back as an apostrophe.
    """
    if not isinstance(cell, str):
        return text_of(cell)
    text = armour.printable(cell)
    return armour.disarmed(text) if text.strip() else ""


def xlsx_of(rows: Rows, *, explained: bool = False, columns: Sequence[Column] = EXPORTED) -> bytes:
    """A workbook; every text is written as text, so that nothing in it is worked out as a formula.

    `explained` adds a sheet that says what each column is for.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Measures"))
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, 1):
        width = 60 if column in WIDE else 28 if column in MIDDLE else 14
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, cells in enumerate(rows):
        sheet.append([_excel_cell(sheet, cell, is_head=number == 0) for cell in cells])
    if explained:
        _explain(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _explain(book: Workbook) -> None:
    sheet = book.create_sheet(_("What the columns are"))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 90
    rows = [(_("The column"), _("What it is for")), *((LABELS[one], MEANS[one]) for one in EXPORTED)]
    for number, (name, means) in enumerate(rows):
        sheet.append([_excel_cell(sheet, str(text), is_head=number == 0) for text in (name, means)])


def _excel_cell(sheet: object, cell: Cell, *, is_head: bool) -> ExcelCell:
    value = armour.plain(cell) if isinstance(cell, str) else cell
    made = WriteOnlyCell(sheet, value=value)  # type: ignore[arg-type]
    made.alignment = Alignment(vertical="top", wrap_text=isinstance(cell, str))
    if isinstance(value, str):
        made.data_type = "s"
        made.quotePrefix = armour.disarmed(value) != value
    if is_head:
        made.font = Font(bold=True)
    return made


def _name(plan: Plan) -> str:
    return slugify(plan.title) or "plan"
