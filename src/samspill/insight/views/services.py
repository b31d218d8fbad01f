"""The room of services: every indicator of a community or a municipality beside the country, or its likes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from samspill.directory.public import Community, saved_file
from samspill.documents.sheets import CSV, XLSX, csv_of, xlsx_of
from samspill.insight.area_names import ALL, COUNTRY, municipalities_in, name_of
from samspill.insight.queries.peers import Peers, peers_of
from samspill.insight.queries.placings import Placing, placings_among, placings_of
from samspill.insight.shown.placings import (
    AWAY,
    NAME,
    SORTED,
    THEME,
    Part,
    Row,
    Wanted,
    named,
    parts_of,
    row_of,
)
from samspill.insight.states import Level
from samspill.insight.wording.comparing import LIKE, WHOM, heading_of
from samspill.insight.wording.runs import source_of_runs

LIKELY = "lignende"
"""`?mot=` for those that are like it."""
WIDTHS = (44, 26, 12, 12, 16, 12, 14, 16, 48, 10, 10)


@dataclass(frozen=True)
class Asked:
    """A profile as its address asks for it."""

    community: Community
    code: str
    level: str
    wanted: Wanted
    peers: Peers | None
    has_peers: bool
    placings: Sequence[Placing] = field(repr=False)

    @property
    def whom(self) -> str:
        if self.peers:
            return LIKE
        found = (one.measured.whole for one in self.placings)
        return next((one.code for one in found if one), ALL)

    def rows(self) -> list[Row]:
        return [row_of(one, self.whom) for one in self.placings]


@require_safe
def services(request: HttpRequest, slug: str, code: str = "") -> HttpResponse:
    """`?mot=lignende` compares with those that are like it; see `_wanted` for what else an address asks."""
    asked = _asked(request, slug, code)
    rows = asked.rows()
    parts = parts_of(rows, asked.wanted)
    return render(request, "insight/services.html", _context(request, asked, rows, parts))


@require_safe
def as_csv(request: HttpRequest, slug: str, code: str = "") -> HttpResponse:
    asked = _asked(request, slug, code)
    return saved_file(csv_of(file_rows(asked)), CSV, f"{_file_name(asked)}.csv")


@require_safe
def as_xlsx(request: HttpRequest, slug: str, code: str = "") -> HttpResponse:
    asked = _asked(request, slug, code)
    content = xlsx_of(file_rows(asked), name=_("Services"), widths=WIDTHS, frozen="B2")
    return saved_file(content, XLSX, f"{_file_name(asked)}.xlsx")


def file_rows(asked: Asked) -> Iterator[list[Any]]:
    """What the page shows, in its order: exactly these rows, nothing that the page hides."""
    yield [
        _("Indicator"),
        _("Unit"),
        _("Year"),
        name_of(asked.code),
        _("95 % limits, from"),
        _("95 % limits, to"),
        str(WHOM[asked.whom]),
        _("Position"),
        _("In words"),
        _("Direction"),
        _("Number"),
    ]
    for part in parts_of(asked.rows(), asked.wanted):
        for _name, rows in part.themes:
            yield from (_file_row(row) for row in rows)
    yield [source_of_runs(one.measured.run for one in asked.placings)]


def _file_row(row: Row) -> list[Any]:
    placing, point = row.placing, row.placing.point
    return [
        row.title,
        placing.measured.indicator.unit(),
        placing.measured.latest,
        placing.value,
        point.lower if point else None,
        point.upper if point else None,
        placing.beside.value if placing.beside and placing.is_comparable else None,
        row.place,
        row.said,
        row.better,
        point.count if point else None,
    ]


def _asked(request: HttpRequest, slug: str, code: str) -> Asked:
    community = get_object_or_404(Community, slug=slug)
    if code and code not in municipalities_in(community.code):
        raise Http404
    area = code or community.code
    level = Level.MUNICIPALITY if code else Level.COMMUNITY
    peers = peers_of(area, level)
    chosen = peers if request.GET.get("mot") == LIKELY else None
    placings = placings_among(area, chosen.codes) if chosen else placings_of(area)
    return Asked(community, area, level, _wanted(request), chosen, peers is not None, placings)


def _wanted(request: HttpRequest) -> Wanted:
    """`gruppe`, `tema`, `skiller=1`, `q` and `sorter`; what is not known is as nothing."""
    given, known = request.GET, named()
    group, theme, order = given.get("gruppe", ""), given.get("tema", ""), given.get("sorter", "")
    return Wanted(
        group if group in known["groups"] else "",
        theme if theme in known["themes"] else "",
        given.get("skiller") == "1",
        given.get("q", "")[:80].strip(),
        order if order in SORTED else THEME,
    )


def _context(
    request: HttpRequest, asked: Asked, rows: Sequence[Row], parts: Sequence[Part]
) -> dict[str, Any]:
    compared = [row for row in rows if row.is_compared]
    return {
        "shown_community": asked.community,
        "area": {"code": asked.code, "name": name_of(asked.code), "is_whole": asked.level == Level.COMMUNITY},
        "municipalities": [(one, name_of(one)) for one in municipalities_in(asked.community.code)],
        "heading": heading_of([(row.standing, row.verdict) for row in compared], asked.whom),
        "has_figures": bool(rows),
        "compared": len(compared),
        "asked": asked.wanted,
        "peers": asked.peers,
        "has_peers": asked.has_peers,
        "beside": {COUNTRY: _("Norway"), ALL: _("All in the figures"), LIKE: _("Those like it")}[asked.whom],
        "of": max((row.placing.of for row in compared), default=0),
        "parts": parts,
        "found": sum(len(held) for part in parts for _name, held in part.themes),
        "all": len(rows),
        "named": named(),
        "orders": (
            (THEME, _("group and theme")),
            (AWAY, _("what differs most")),
            (NAME, pgettext("sort", "name")),
        ),
        "query": request.GET.urlencode(),
        "source": source_of_runs(one.measured.run for one in asked.placings),
    }


def _file_name(asked: Asked) -> str:
    return slugify(_("Services in %(place)s") % {"place": name_of(asked.code)})
