"""The page of an indicator, its files at the page's own address, and what other sites may frame."""

import json

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.text import slugify
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from samspill.directory.public import FIGURE_FORMS, figure_file, saved_file
from samspill.documents.sheets import CSV, XLSX, csv_of, in_csv, xlsx_of
from samspill.insight.models import Indicator
from samspill.insight.queries.looks import Asked, Kept, Look, kept_figures, look_at
from samspill.insight.shown import indicator_page as shown
from samspill.insight.shown import indicator_table as table
from samspill.insight.shown.expected import expected_of
from samspill.insight.telling.indicator_history import HISTORY
from samspill.insight.telling.indicator_page import not_comparable
from samspill.insight.telling.indicator_ranking import RANKING
from samspill.insight.wording.measured import is_invented, said, source_line
from samspill.insight.wording.measured_method import definition_in_words

FILE, TABLE = "fil", "tabell"
JSON = "application/json; charset=utf-8"
WIDTHS = (8, 28, 10, 16, 10, 10, 12, 12, 12)
LANGUAGES = ("nb", "nn", "en")


@require_safe
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """`?for=HF01&nivaa=kommuner&ar=2024&omrade=3101`; `?utregning=5` is what was published then."""
    found = get_object_or_404(Indicator, code=code, is_in_use=True)
    kept, look = looked_at(request, code)
    if look is None:
        context = {"indicator": found, "kept": kept, "definition": definition_in_words(found.definition)}
        return render(request, "insight/indicator.html", {**context, **expected_of(request, found)})
    if FILE in request.GET:
        return file_of(request, look)
    order = _order(request, look)
    return render(
        request,
        "insight/indicator.html",
        {
            "indicator": found,
            "kept": kept,
            "page": shown.page_of(look, wide=_is_wide(request)),
            "order": order,
            "is_sorted": "sorter" in request.GET,
            "rows": table.rows_of(look, order, shown.urls_of(look)),
            "source_line": source_line(look.measured),
            **_ways(request, look, order),
            **expected_of(request, found),
        },
    )


def _ways(request: HttpRequest, look: Look, order: str) -> dict[str, object]:
    """Where else one can look, and what one can take along."""
    return {
        "scopes": shown.scopes(look),
        "communities": shown.communities(look),
        "places": shown.places(look),
        "periods": list(reversed(look.measured.periods)),
        "sorted_by": {one: shown.at(look, sorter=one) for one in (table.BY_NAME, table.BY_VALUE)},
        "period_links": [
            (str(one), shown.at(look, sorter=str(one)))
            for one in reversed(look.measured.periods)
            if one != look.period
        ],
        "files": {form: shown.at(look, fil=f"{TABLE}.{form}", sorter=order) for form in SAVED},
        "wider": shown.at(look, trakt=shown.WIDE),
        "narrower": shown.at(look),
        "newest": shown.at(look, utregning=""),
        "stable": request.build_absolute_uri(shown.stable_at(look)),
        "site": request.build_absolute_uri("/")[:-1],
    }


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]
def embedded(request: HttpRequest, code: str) -> HttpResponse:
    """`?figur=rangering`: one figure with its words, source and a way back, for other sites to frame.

    Nothing can be done there, so nobody can be led to do it.
    """
    asked = request.GET.get("sprak", "")
    language = asked if asked in LANGUAGES else request.LANGUAGE_CODE
    with translation.override(language):
        answer = _embedded(request, code)
    answer.headers["Content-Language"] = language
    return answer


def _embedded(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Indicator, code=code, is_in_use=True)
    kept, look = looked_at(request, code)
    context: dict[str, object] = {"indicator": found, "kept": kept, "look": look}
    if look is not None:
        key = request.GET.get("figur", HISTORY if not_comparable(look.measured) else RANKING)
        passage = shown.passage_named(look, key, wide=_is_wide(request))
        if passage is None:
            raise Http404
        context |= {"passage": passage, "title": said(look.measured, "title"), "back": shown.at(look)}
        context["is_invented"] = is_invented(look.measured)
    return render(request, "insight/indicators/embedded.html", context)


def looked_at(request: HttpRequest, code: str) -> tuple[Kept, Look | None]:
    """The figures the address names, and what of them is shown; None without figures."""
    asked = Asked(*(request.GET.get(name, "") for name in ("for", "ar", "nivaa", "omrade", "utregning")))
    kept = kept_figures(code, asked.run)
    if kept.measured is None:
        return kept, None
    return kept, look_at(kept.measured, asked, request.actor)  # type: ignore[attr-defined]


def file_of(request: HttpRequest, look: Look) -> HttpResponse:
    """`?fil=rangering.svg`, `?fil=tabell.xlsx`: what the page shows, and no more. 404 for what it has not."""
    key, _dot, form = request.GET[FILE].partition(".")
    if key == TABLE and form in SAVED:
        name = slugify(f"{said(look.measured, 'title')}-{look.own_name}")
        content_type, made = SAVED[form]
        return saved_file(made(look, _order(request, look)), content_type, f"{name}.{form}")
    figure = shown.figure_named(look, key, wide=_is_wide(request)) if form in FIGURE_FORMS else None
    if figure is None:
        raise Http404
    return figure_file(figure, form)


def _csv(look: Look, order: str) -> bytes:
    return csv_of(table.lines_of(look, order), cell=_with_comma)


def _with_comma(cell: object) -> object:
    return str(cell).replace(".", ",") if isinstance(cell, float) else in_csv(cell)


def _xlsx(look: Look, order: str) -> bytes:
    name = said(look.measured, "title")
    return xlsx_of(table.lines_of(look, order), name=name, widths=WIDTHS, frozen="C2")


def _json(look: Look, order: str) -> bytes:
    return json.dumps(table.as_json(look, order), ensure_ascii=False).encode()


SAVED = {"csv": (CSV, _csv), "xlsx": (XLSX, _xlsx), "json": (JSON, _json)}
"""Forms of the table."""


def _order(request: HttpRequest, look: Look) -> str:
    asked = request.GET.get("sorter", "")
    known = {table.BY_NAME, table.BY_VALUE, *map(str, look.measured.periods)}
    return asked if asked in known else table.BY_VALUE


def _is_wide(request: HttpRequest) -> bool:
    return request.GET.get("trakt") == shown.WIDE
