"""The page of an answer, and the files of its figures, which stand at the page's own address.

So a file says what the page says: it is drawn from the same answer. `?fil=2.svg` is the second figure.
"""

from collections.abc import Mapping, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from samspill.directory.public import FIGURE_FORMS, address, figure_file
from samspill.insight.shown.answers import Files, figure_numbered, show_answer
from samspill.insight.telling import Pair, Passage, Told

FILE = "fil"


def answer_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object],
    told: Told | None,
    *,
    status: int = 200,
    here: str = "",
) -> HttpResponse:
    """The page, with `told` and `shown` (ShownAnswer, None without an answer); or the file that is asked for.

    `here` is where the answer stands when that is not the address that was asked.
    """
    if told is None:
        return render(request, template, {**context, "told": None, "shown": None}, status=status)
    if FILE in request.GET:
        return file_asked_for(request, told.passages, told.method)
    shown = show_answer(told, files_at(here or request.get_full_path()))
    return render(request, template, {**context, "told": told, "shown": shown}, status=status)


def file_asked_for(
    request: HttpRequest, passages: Sequence[Passage], method: Sequence[Pair] = ()
) -> HttpResponse:
    """The figure of `?fil=`. 404 when there is none such."""
    number, _dot, form = request.GET[FILE].partition(".")
    figure = figure_numbered(int(number), passages, method) if number.isdecimal() else None
    if figure is None or form not in FIGURE_FORMS:
        raise Http404
    return figure_file(figure, form)


def files_at(path: str) -> Files:
    return lambda number, form: address(path, {FILE: f"{number}.{form}"})
