"""Take a figure along: SVG and PNG drawn from the page's own specification, CSV from its own table."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from samspill.directory.public import FIGURES, Figure
from samspill.documents import drawing


@require_safe
def download(request: HttpRequest, source: str, key: str, form: str) -> HttpResponse:
    """The figure `key` of `source` as svg, png or csv; `?vis` shows it in the page instead of saving it."""
    if source not in FIGURES or form not in FORMS:
        raise Http404
    figure: Figure | None = FIGURES[source](key, request.actor)  # type: ignore[attr-defined]
    if figure is None:
        raise Http404
    content_type, made = FORMS[form]
    response = HttpResponse(made(figure), content_type=content_type)
    name = f"{slugify(figure.title)}.{form}"
    response["Content-Disposition"] = content_disposition_header("vis" not in request.GET, name) or ""
    return response


def _svg(figure: Figure) -> str:
    return drawing.svg(figure.spec, get_language() or "nb", title=figure.title, source=str(figure.source))


def _png(figure: Figure) -> bytes:
    return drawing.png(figure.spec, get_language() or "nb", title=figure.title, source=str(figure.source))


def _csv(figure: Figure) -> bytes:
    """Semicolons, decimal commas and a byte order mark: a Norwegian Excel opens it as a table."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([str(name) for name in figure.head])
    writer.writerows(_cells(row) for row in figure.rows)
    writer.writerow([str(figure.source)])
    return text.getvalue().encode("utf-8-sig")


def _cells(row: Iterable[str | int | float | None]) -> list[str]:
    return [
        str(cell).replace(".", ",") if isinstance(cell, float) else "" if cell is None else str(cell)
        for cell in row
    ]


FORMS: Mapping[str, tuple[str, Callable[[Figure], str | bytes]]] = {
    "svg": ("image/svg+xml", _svg),
    "png": ("image/png", _png),
    "csv": ("text/csv; charset=utf-8", _csv),
}
