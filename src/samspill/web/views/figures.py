"""Take a figure along, from any app that has registered where its figures are."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from samspill.directory.public import FIGURE_FORMS, FIGURES, Figure, figure_file


@require_safe
def download(request: HttpRequest, source: str, key: str, form: str) -> HttpResponse:
    """The figure `key` of `source` as svg, png or csv; `?vis` shows it in the page instead of saving it."""
    if source not in FIGURES or form not in FIGURE_FORMS:
        raise Http404
    figure: Figure | None = FIGURES[source](key, request.actor)  # type: ignore[attr-defined]
    if figure is None:
        raise Http404
    return figure_file(figure, form, is_saved="vis" not in request.GET)
