"""A figure to take along: SVG and PNG drawn from the page's own specification, CSV from its own table."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import get_language

from samspill.directory.registries import Figure
from samspill.documents import drawing


def figure_file(figure: Figure, form: str, *, is_saved: bool = True) -> HttpResponse:
    """`form` of FIGURE_FORMS; not `is_saved`: the browser shows it instead of saving it."""
    content_type, made = FIGURE_FORMS[form]
    response = HttpResponse(made(figure), content_type=content_type)
    name = f"{slugify(figure.title)}.{form}"
    response["Content-Disposition"] = content_disposition_header(is_saved, name) or ""
    return response


def _svg(figure: Figure) -> str:
    return drawing.svg(figure.spec, get_language() or "nb", **_words(figure))


def _png(figure: Figure) -> bytes:
    return drawing.png(figure.spec, get_language() or "nb", **_words(figure))


def _words(figure: Figure) -> dict[str, str]:
    """What a picture says of itself when nothing stands around it."""
    return {"title": figure.title, "source": str(figure.source), "method": str(figure.method)}


def _csv(figure: Figure) -> bytes:
    """Semicolons, decimal commas and a byte order mark: a Norwegian Excel opens it as a table."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([str(name) for name in figure.head])
    writer.writerows(_cells(row) for row in figure.rows)
    writer.writerows([str(words)] for words in (figure.source, figure.method) if words)
    return text.getvalue().encode("utf-8-sig")


def _cells(row: Iterable[str | int | float | None]) -> list[str]:
    return [
        str(cell).replace(".", ",") if isinstance(cell, float) else "" if cell is None else str(cell)
        for cell in row
    ]


FIGURE_FORMS: Mapping[str, tuple[str, Callable[[Figure], str | bytes]]] = {
    "svg": ("image/svg+xml", _svg),
    "png": ("image/png", _png),
    "csv": ("text/csv; charset=utf-8", _csv),
}
