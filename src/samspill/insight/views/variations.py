"""Which indicators vary between areas beyond chance, with the funnel of one of them."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspill.directory.public import saved_file
from samspill.documents.sheets import CSV, csv_of
from samspill.insight.area_names import levels, name_of
from samspill.insight.queries.variations import LEAST_EXPECTED, Varied, varied
from samspill.insight.shown.variations import MUCH, SOME, Line, drawn_of, heading_of, line_of
from samspill.insight.states import Level
from samspill.insight.wording.runs import source_of_runs

LEVELS = {"kommune": Level.MUNICIPALITY, "helsefellesskap": Level.COMMUNITY}
"""`?niva=`."""


@require_safe
def variation(request: HttpRequest) -> HttpResponse:
    """`?niva=` chooses what is compared, `?i=` a helsefellesskap to look inside, `?indikator=` the funnel."""
    level, within = _asked(request)
    found = varied(LEVELS[level], within=within)
    lines = _lines(found)
    chosen = next((one for one in found if one.answer.indicator.code == request.GET.get("indikator")), None)
    chosen = chosen or next(iter(found), None)
    context = {
        "heading": heading_of(lines) if lines else "",
        "lines": [one for one in lines if one.varied.found],
        "thin": [one for one in lines if one.varied.found is None],
        "chosen": chosen,
        "drawn": drawn_of(chosen) if chosen else None,
        "level": level,
        "within": within,
        "communities": [(code, name_of(code)) for code in levels()["community"]],
        "least": LEAST_EXPECTED,
        "some": SOME,
        "much": MUCH,
        "source": source_of_runs(one.answer.run for one in found),
    }
    return render(request, "insight/variation.html", context)


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    level, within = _asked(request)
    found = varied(LEVELS[level], within=within)
    rows = [
        [
            _("Indicator"),
            _("Year"),
            _("Areas"),
            _("Systematic component"),
            _("Highest against lowest"),
            _("Without the outermost"),
            _("In words"),
        ],
        *(
            [one.title, one.varied.period, one.areas, *_figures(one.varied), one.said]
            for one in _lines(found)
        ),
        [source_of_runs(one.answer.run for one in found)],
    ]
    return saved_file(csv_of(rows), CSV, f"{_('variation')}.csv")


def _asked(request: HttpRequest) -> tuple[str, str]:
    within = request.GET.get("i", "")
    if within in levels()["community"]:
        return "kommune", within
    level = request.GET.get("niva", "")
    return (level if level in LEVELS else "kommune"), ""


def _lines(found: Sequence[Varied]) -> list[Line]:
    most = max((one.found.systematic for one in found if one.found), default=0.0)
    return [line_of(one, most) for one in found]


def _figures(one: Varied) -> list[Any]:
    if one.found is None:
        return [None, None, None]
    quotients = (one.found.quotient, one.found.quotient_trimmed)
    return [round(one.found.systematic, 3), *(round(q, 3) if q == q else None for q in quotients)]
