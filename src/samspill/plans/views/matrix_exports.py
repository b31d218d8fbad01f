"""The implementation matrix as a table to take along: CSV and Excel."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from samspill.directory.public import Actor, saved_file
from samspill.documents.sheets import CSV, XLSX, xlsx_of
from samspill.plans.models import Plan
from samspill.plans.queries.matrix import Matrix, MatrixChoice, matrix
from samspill.plans.queries.plans import find_plan
from samspill.plans.views.exports import csv_of

Cell = str | int


@require_safe
def matrix_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Semicolons and a byte order mark: a Norwegian Excel opens it as a table with æ, ø and å."""
    plan = find_plan(pk, request.actor)  # type: ignore[attr-defined]
    content = csv_of(table(_whole(plan, request.actor)))  # type: ignore[attr-defined]
    return saved_file(content, CSV, _name(plan, "csv"))


@require_safe
def matrix_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """Every text is written as text, so that nothing in it is worked out as a formula."""
    plan = find_plan(pk, request.actor)  # type: ignore[attr-defined]
    rows = table(_whole(plan, request.actor))  # type: ignore[attr-defined]
    content = xlsx_of(rows, name=_("Implementation"), widths=(28, 60), frozen="C2")
    return saved_file(content, XLSX, _name(plan, "xlsx"))


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


def _name(plan: Plan, ending: str) -> str:
    about = pgettext("file name", "implementation")
    return f"{slugify(plan.title) or 'plan'}-{about}.{ending}"
