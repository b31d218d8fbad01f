"""«Hva ble bestemt?»: the front of what is open, what a search finds, and the calendar."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from samspill.directory.public import Body, Community, Party, PartyKind, alphabetical, as_visitor, saved_file
from samspill.documents.sheets import CSV, csv_of
from samspill.governance.models import OpenEntry
from samspill.governance.queries.open_addresses import path_of_entry
from samspill.governance.queries.open_calendar import coming
from samspill.governance.queries.open_search import (
    BEST,
    NEWEST,
    ON_PAGE,
    Answer,
    Wanted,
    fragments,
    matching,
    newest_decisions,
    ordered,
    search_open,
)
from samspill.governance.queries.open_wanted import kept, read
from samspill.governance.rules.carried_out import shown
from samspill.governance.states import GLYPH, CarriedOut, OpenKind
from samspill.governance.wording_follow_ups import in_words, sentence_case

IN_CSV = 5000
FIRST_YEAR = 2020


@require_safe
@as_visitor
def front(request: HttpRequest) -> HttpResponse:
    """Search first; before it, the newest decisions and the meetings to come."""
    wanted, today = read(request.GET), request.actor.today  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "wanted": wanted,
        "query": request.GET,
        "form": _form(wanted, today),
        "feeds": _feeds(request),
    }
    if wanted.is_empty:
        context["decisions"] = [_line(one, today) for one in newest_decisions(limit=8)]
        context["meetings"] = coming(today, limit=6)
        return render(request, "governance/open/front.html", context)
    page, answer = _page(request, wanted, today)
    context |= {
        "page": page,
        "answer": answer,
        "hits": [_line(one, today) for one in answer.hits],
        "heading": _heading(wanted, answer),
        "kinds": _kinds(request, wanted, answer),
        "sorts": _sorts(request, wanted),
        "pages": _pages(request, page),
    }
    return render(request, "governance/open/results.html", context)


class _Hits:
    """What a paginator needs of an answer: how many there are, without fetching them."""

    def __init__(self, total: int) -> None:
        self._total = total

    @cached_property
    def count(self) -> int:
        return self._total

    def __len__(self) -> int:
        return self._total

    def __getitem__(self, part: slice) -> range:
        return range(self._total)[part]


def _page(request: HttpRequest, wanted: Wanted, today: date) -> tuple[Any, Answer]:
    number = request.GET.get("side", "1")
    offset = (
        (int(number) - 1) * ON_PAGE if number.isascii() and number.isdecimal() and 0 < len(number) < 6 else 0
    )
    answer = search_open(wanted, today, offset=max(offset, 0))
    hits: Any = _Hits(answer.total)
    page: Any = Paginator(hits, ON_PAGE).get_page(number)
    if (page.number - 1) * ON_PAGE != max(offset, 0):
        answer = search_open(wanted, today, offset=(page.number - 1) * ON_PAGE)
    return page, answer


def _line(entry: OpenEntry, today: date) -> dict[str, Any]:
    state = shown(entry.carried, entry.due, today) if entry.carried else None
    return {
        "entry": entry,
        "url": path_of_entry(entry),
        "kind": OpenKind(entry.kind).label,
        "state": state.label if state else "",
        "glyph": GLYPH[state] if state else "",
        "snippet": fragments(getattr(entry, "snippet", "")),
    }


def _heading(wanted: Wanted, answer: Answer) -> str:
    if not answer.total:
        return _("Nothing that is open matches")
    if wanted.words:
        pattern = ngettext("One hit for «%(words)s»", "%(count)s hits for «%(words)s»", answer.total)
        return pattern % {"count": answer.total, "words": wanted.words}
    return ngettext("One open thing", "%(count)s open things", answer.total) % {"count": answer.total}


def _kinds(request: HttpRequest, wanted: Wanted, answer: Answer) -> list[dict[str, Any]]:
    """Counts of every kind, which are filters; the chosen one leads back to all."""
    here, total = reverse("governance:open"), sum(answer.counts.values())
    every = {
        "label": pgettext("open things", "Everything"),
        "count": total,
        "url": here + kept(request.GET, "slag"),
        "is_chosen": not wanted.kind,
    }
    return [every] + [
        {
            "label": _PLURAL[kind],
            "count": answer.counts.get(kind, 0),
            "url": here + kept(request.GET, "slag", slag=kind.value),
            "is_chosen": wanted.kind == kind,
        }
        for kind in OpenKind
        if answer.counts.get(kind) or wanted.kind == kind
    ]


_PLURAL = {
    OpenKind.DECISION: pgettext_lazy("open things", "Decisions"),
    OpenKind.CASE: pgettext_lazy("open things", "Cases"),
    OpenKind.MEETING: pgettext_lazy("open things", "Meetings"),
    OpenKind.MINUTES: pgettext_lazy("open things", "Minutes"),
    OpenKind.PAPER: pgettext_lazy("open things", "Papers"),
    OpenKind.CONSULTATION: pgettext_lazy("open things", "Answers to hearings"),
}


def _sorts(request: HttpRequest, wanted: Wanted) -> list[dict[str, Any]]:
    if not wanted.words:
        return []
    names = ((NEWEST, _("Newest first")), (BEST, _("Best first")))
    here = reverse("governance:open")
    return [
        {"label": label, "url": here + kept(request.GET, sorter=key), "is_chosen": wanted.sort == key}
        for key, label in names
    ]


def _pages(request: HttpRequest, page: Any) -> dict[str, str]:
    here = reverse("governance:open")
    return {
        "before": here + kept(request.GET, side=str(page.number - 1)) if page.has_previous() else "",
        "after": here + kept(request.GET, side=str(page.number + 1)) if page.has_next() else "",
    }


def _form(wanted: Wanted, today: date) -> dict[str, Any]:
    """What the filters offer. 3 queries."""
    bodies = (
        Body.objects.filter(community_id=wanted.community_id) if wanted.community_id else Body.objects.none()
    )
    municipalities = Party.objects.filter(kind=PartyKind.MUNICIPALITY, left__isnull=True)
    if wanted.community_id:
        municipalities = municipalities.filter(community_id=wanted.community_id)
    return {
        "communities": [
            (one.slug, one.name, one.pk == wanted.community_id) for one in Community.objects.all()
        ],
        "bodies": [
            (one.pk, one.name, one.pk == wanted.body_id)
            for one in sorted(bodies, key=lambda one: alphabetical(one.name))
        ],
        "municipalities": [
            (one.municipality_code, str(one), one.pk == wanted.party_id)
            for one in sorted(municipalities, key=lambda one: alphabetical(str(one)))
        ],
        "years": [(year, year == wanted.year) for year in range(today.year, FIRST_YEAR - 1, -1)],
        "states": [(one.value, one.label, one == wanted.carried) for one in CarriedOut],
        "is_narrowed": bool(wanted.year or wanted.party_id or wanted.carried or wanted.body_id),
    }


def _feeds(request: HttpRequest) -> dict[str, str]:
    said = kept(request.GET, "sorter")
    return {
        "atom": reverse("governance:open-atom") + said,
        "csv": reverse("governance:open-csv") + kept(request.GET),
        "subscribe": reverse("governance:open-subscribe") + said,
    }


@require_safe
@as_visitor
def results_csv(request: HttpRequest) -> HttpResponse:
    """What the page finds, without its pages; the first five thousand."""
    wanted, today = read(request.GET), request.actor.today  # type: ignore[attr-defined]
    rows = (
        ordered(matching(wanted, today), wanted).select_related("community", "body").defer("vector", "text")
    )
    table: list[list[object]] = [
        [
            _("Helsefellesskap"),
            _("Body"),
            _("Kind"),
            _("Day"),
            _("Title"),
            _("In plain words"),
            _("Carried out"),
            _("Address"),
        ]
    ]
    for one in rows[:IN_CSV]:
        line = _line(one, today)
        body, url = str(one.body or ""), request.build_absolute_uri(line["url"])
        table.append(
            [one.community.name, body, line["kind"], one.day, one.title, one.plain, line["state"], url]
        )
    return saved_file(csv_of(table), CSV, pgettext("file name", "what-was-decided") + ".csv")


@require_safe
@as_visitor
def calendar_page(request: HttpRequest) -> HttpResponse:
    """Meetings to come, of all or of one helsefellesskap or body."""
    wanted, today = read(request.GET), request.actor.today  # type: ignore[attr-defined]
    meetings = coming(today, community_id=wanted.community_id, body_id=wanted.body_id)
    said = kept(request.GET, "sok", "aar", "slag", "kommune", "tilstand", "sorter")
    address = request.build_absolute_uri(reverse("governance:open-ics") + said)
    context = {
        "wanted": wanted,
        "form": _form(wanted, today),
        "meetings": meetings,
        "counted": sentence_case(in_words(len(meetings))),
        "months": _by_month(meetings),
        "address": address,
        "webcal": "webcal://" + address.partition("://")[2],
    }
    return render(request, "governance/open/calendar.html", context)


def _by_month(meetings: list[Any]) -> list[tuple[date, list[Any]]]:
    months: dict[date, list[Any]] = {}
    for one in meetings:
        months.setdefault(one.meeting.day.replace(day=1), []).append(one)
    return list(months.items())
