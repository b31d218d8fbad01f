"""The implementation matrix as a table to take along: CSV and Excel."""

import csv
import io
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from samspill.directory.public import Actor
from samspill.plans.models import Plan
from samspill.plans.queries.matrix import Matrix, MatrixChoice, matrix
from samspill.plans.queries.plans import find_plan
from samspill.plans.views.exports import XLSX, disarmed

Cell = str | int


@require_safe
def matrix_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Semicolons and a byte order mark: a Norwegian Excel opens it as a table with æ, ø and å."""
    plan = find_plan(pk, request.actor)  # type: ignore[attr-defined]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    for cells in table(_whole(plan, request.actor)):  # type: ignore[attr-defined]
        writer.writerow([disarmed(cell) for cell in cells])
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    return _named(response, plan, "csv")


@require_safe
def matrix_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """Every text is written as text, so that nothing in it is worked out as a formula."""
    plan = find_plan(pk, request.actor)  # type: ignore[attr-defined]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Implementation"))
    sheet.freeze_panes = "C2"
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 28, 60
    for number, cells in enumerate(table(_whole(plan, request.actor))):  # type: ignore[attr-defined]
        made = [WriteOnlyCell(sheet, value=cell) for cell in cells]
        for one in made:
            one.data_type = "s" if isinstance(one.value, str) else one.data_type
            one.font = Font(bold=number == 0)
            one.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.append(made)
    content = io.BytesIO()
    book.save(content)
    return _named(HttpResponse(content.getvalue(), content_type=XLSX), plan, "xlsx")


def table(found: Matrix) -> Iterator[list[Cell]]:
    """A header with the parties, then a row per measure: a word where it concerns the party, else empty."""
    parties = [one.party for one in found.columns]
    yield [_("Focus area"), _("Measure"), _("Introduced"), _("Concerns"), *(str(one) for one in parties)]
    for row in found.rows:
        cells = (row.standings.get(party.pk) for party in parties)
        yield [
            str(row.measure.area or ""),
            row.measure.name,
            row.progress.in_place,
            row.progress.of,
            *(one.words if one else "" for one in cells),
        ]


def _whole(plan: Plan, actor: Actor) -> Matrix:
    return matrix(plan, MatrixChoice(), actor)


def _named(response: HttpResponse, plan: Plan, ending: str) -> HttpResponse:
    about = pgettext("file name", "implementation")
    name = f"{slugify(plan.title) or 'plan'}-{about}.{ending}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
