"""Compare any areas in any indicators. The address carries everything, so it can be sent to others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspill.directory.public import alphabetical, saved_file
from samspill.documents.sheets import CSV, XLSX, csv_of, xlsx_of
from samspill.insight.area_names import name_of
from samspill.insight.area_search import area_labels, area_named, is_area
from samspill.insight.models import Indicator
from samspill.insight.queries.measured import measured_in, newest
from samspill.insight.shown.compared_areas import Compared, compared, file_rows
from samspill.insight.shown.placings import named
from samspill.insight.states import Period
from samspill.insight.wording.runs import source_of_runs

MOST_AREAS, MOST_INDICATORS = 8, 6
WIDTHS = (44, 26, 8, 24, 10, 10, 10, 14, 10, 10, 40)


@dataclass(frozen=True)
class Asked:
    """`omrade` (codes) and `indikator` (ids), in the order they were added; `fault` is what could not be."""

    areas: Sequence[str]
    indicators: Sequence[str]
    fault: str = ""

    def address(self) -> str:
        query = QueryDict(mutable=True)
        query.setlist("indikator", list(self.indicators))
        query.setlist("omrade", list(self.areas))
        return f"?{query.urlencode()}"

    def without(self, *, area: str = "", indicator: str = "") -> str:
        areas = [one for one in self.areas if one != area]
        return Asked(areas, [one for one in self.indicators if one != indicator]).address()


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """`?navn=` adds an area by its name, and leads to the address that has its code."""
    asked = _asked(request)
    words = request.GET.get("navn", "").strip()
    if words and not asked.fault:
        asked = _with_area(asked, words)
    if "navn" in request.GET and not asked.fault:
        return HttpResponseRedirect(f"{request.path}{asked.address()}#svar")
    return render(
        request, "insight/compare_areas.html", _context(asked, words), status=422 if asked.fault else 200
    )


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    return saved_file(csv_of(file_rows(_found(asked))), CSV, "sammenligning.csv")


@require_safe
def as_xlsx(request: HttpRequest) -> HttpResponse:
    rows = file_rows(_found(_asked(request)))
    content = xlsx_of(rows, name=_("Compared areas"), widths=WIDTHS, frozen="B2")
    return saved_file(content, XLSX, "sammenligning.xlsx")


def _asked(request: HttpRequest) -> Asked:
    areas = [one for one in dict.fromkeys(request.GET.getlist("omrade")) if is_area(one)]
    indicators = [one for one in dict.fromkeys(request.GET.getlist("indikator")) if one]
    too_many = len(areas) > MOST_AREAS or len(indicators) > MOST_INDICATORS
    return Asked(areas[:MOST_AREAS], indicators[:MOST_INDICATORS], _too_many() if too_many else "")


def _with_area(asked: Asked, words: str) -> Asked:
    code = area_named(words)
    if code and code not in asked.areas and len(asked.areas) < MOST_AREAS:
        return Asked([*asked.areas, code], asked.indicators)
    return Asked(asked.areas, asked.indicators, _fault(words, code, asked))


def _too_many() -> str:
    return _(
        "At most %(areas)s areas and %(indicators)s figures fit beside each other. Take one away first."
    ) % {"areas": MOST_AREAS, "indicators": MOST_INDICATORS}


def _fault(words: str, code: str, asked: Asked) -> str:
    if not code:
        return _("No area, or more than one, is called «%(words)s». Choose one from the list.") % {
            "words": words[:80]
        }
    if code in asked.areas:
        return _("%(name)s is there already.") % {"name": name_of(code)}
    return _too_many()


def _found(asked: Asked) -> list[Compared]:
    """In the order they were asked for; 2 queries."""
    answers = newest(Period.YEAR).filter(indicator__code__in=asked.indicators, indicator__is_in_use=True)
    held = {one.indicator.code: one for one in measured_in(list(answers), asked.areas)}
    return [compared(held[code], asked.areas) for code in asked.indicators if code in held]


def _context(asked: Asked, words: str) -> dict[str, Any]:
    found = _found(asked) if asked.areas else []
    known = list(Indicator.objects.filter(is_in_use=True))
    titles = {one.code: one.title() for one in known}
    return {
        "asked": asked,
        "areas": [(one, name_of(one), asked.without(area=one)) for one in asked.areas],
        "chosen": [
            (one, titles[one], asked.without(indicator=one)) for one in asked.indicators if one in titles
        ],
        "found": found,
        "without_figures": [
            titles[one]
            for one in asked.indicators
            if one in titles and one not in {held.measured.indicator.code for held in found}
        ],
        "labels": list(area_labels().values()),
        "choices": _choices(known, asked),
        "words": words,
        "query": asked.address(),
        "source": source_of_runs(one.measured.run for one in found),
    }


def _choices(known: Sequence[Indicator], asked: Asked) -> list[tuple[str, list[tuple[str, str]]]]:
    """Indicators that are not chosen, by theme."""
    left = sorted((one for one in known if one.code not in asked.indicators), key=_by_title)
    return [
        (name, held)
        for theme, name in named()["themes"].items()
        if (held := [(one.code, one.title()) for one in left if one.definition["theme"] == theme])
    ]


def _by_title(one: Indicator) -> tuple[object, ...]:
    return (alphabetical(one.title()),)
