"""«Who has solved this?»: the page, and what was found as a table to take along."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspill.directory.public import Actor, address, saved_file
from samspill.directory.register.themes import SUBJECT, Theme, by_code, is_group, patient_groups, themes
from samspill.documents.sheets import CSV
from samspill.plans.queries.overview import STATUS_IN_ADDRESS
from samspill.plans.queries.solved import Answer, Shown, Wanted, show, solved
from samspill.plans.states import ShownStatus
from samspill.plans.states.transfer import Way
from samspill.plans.views.comparing import take_up_address
from samspill.plans.views.exports import csv_of
from samspill.plans.wording import in_words, measures_in_words

ON_PAGE, IN_CSV = 20, 1000
LONGEST = 200
HAS = {"ansvarlig": "owner", "frist": "deadline"}
_DIGITS = 9
_WORD = re.compile(r"[^\W\d_]+")
# How it is told that a word was found in another way than one can see.
_SENTENCES: Mapping[str, Any] = {
    Way.SYNONYM: gettext_lazy("«%(word)s» is another word for «%(typed)s»"),
    Way.SPELLING: gettext_lazy("«%(word)s» is spelt almost like «%(typed)s»"),
    Way.PART: gettext_lazy("«%(word)s» is a part of «%(typed)s»"),
}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    wanted = read(request.GET)
    answer = solved(wanted, actor)
    page = Paginator(answer.hits, ON_PAGE).get_page(request.GET.get("side"))
    shown = show(list(page), answer.concepts, actor)
    context = {
        "wanted": wanted,
        "answer": answer,
        "heading": _heading(answer),
        "form": _form(wanted, answer),
        "legend": _legend(answer, request.GET),
        "hits": [_line(one, actor) for one in shown],
        "page": page,
        "pages": _pages(page, request.GET),
        "csv": address(reverse("plans:solved-csv"), _kept(request.GET)),
        "ways_in": [_way_in(theme) for theme in themes()],
        "near": [_way_in(by_code()[code], count) for code, count in answer.near],
        "unknown": [one.typed for one in answer.concepts if not one.single and not one.together],
    }
    return render(request, "plans/solved/solved.html", context)


@require_safe
def search_csv(request: HttpRequest) -> HttpResponse:
    """What the page finds, without its pages; the first thousand."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    answer = solved(read(request.GET), actor)
    head = [
        _("Helsefellesskap"), _("Plan"), _("Focus area"), _("Measure"), _("Word for word"), _("Line"),
        _("Responsible"), _("Deadline"), _("Status"), _("Address"),
    ]  # fmt: skip
    rows = (_cells(one, request) for one in show(answer.hits[:IN_CSV], answer.concepts, actor))
    content = csv_of([head, *rows])
    return saved_file(content, CSV, pgettext("file name", "who-has-solved") + ".csv")


def read(query: Mapping[str, str]) -> Wanted:
    """What the address asks for; what it does not know is left out."""
    group, theme, who = query.get("gruppe", ""), query.get("tema", ""), query.get("hos", "")
    has = query.getlist("har") if isinstance(query, QueryDict) else [query.get("har", "")]
    return Wanted(
        words=" ".join(query.get("sok", "").replace("\x00", "").split())[:LONGEST],
        group=group if is_group(group) else "",
        theme=theme if theme in by_code() else "",
        community_id=int(who) if who.isdecimal() and len(who) <= _DIGITS else None,
        status=STATUS_IN_ADDRESS.get(query.get("tilstand", "")),
        has=frozenset(HAS[one] for one in has if one in HAS),
    )


def _heading(answer: Answer) -> str:
    if answer.wanted.is_empty:
        return _("Who has solved this?")
    if not answer.hits:
        return _("Nobody has written of this in a plan that is open")
    count = len({hit.community_id for hit in answer.hits})
    done = answer.statuses[ShownStatus.DONE]
    text = ngettext(
        "%(measures)s in one helsefellesskap", "%(measures)s in %(count)s helsefellesskap", count
    ) % {"measures": capfirst(measures_in_words(len(answer.hits))), "count": in_words(count)}
    if answer.wanted.status or not done:
        return text
    finished = ngettext("%(count)s is done", "%(count)s are done", done) % {"count": capfirst(in_words(done))}
    return f"{text}. {finished}."


def _form(wanted: Wanted, answer: Answer) -> dict[str, Any]:
    language = get_language() or "nb"
    chosen = {value: word for word, value in HAS.items()}
    return {
        "groups": [(one.code, one.name(language), one.code == wanted.group) for one in patient_groups()],
        "themes": [
            (one.code, one.name(language), one.code == wanted.theme)
            for one in themes()
            if one.kind == SUBJECT
        ],
        "communities": [(one.pk, one.name, one.pk == wanted.community_id) for one in answer.communities],
        "has": {word: value in wanted.has for value, word in chosen.items()},
        "is_narrowed": bool(wanted.group or wanted.theme or wanted.community_id or wanted.has),
    }


def _kept(query: QueryDict, *but: str) -> dict[str, Any]:
    return {
        key: query.getlist(key) if key == "har" else value
        for key, value in query.items()
        if key not in but and value
    }


def _legend(answer: Answer, query: QueryDict) -> list[dict[str, Any]]:
    """Counts per status, done first: each leads to those it counts, the chosen one back to all."""
    here, kept = reverse("plans:solved"), _kept(query, "tilstand", "side")
    order = sorted(STATUS_IN_ADDRESS.items(), key=lambda pair: pair[1] != ShownStatus.DONE)
    return [
        {
            "g": status.glyph,
            "count": answer.statuses[status],
            "label": str(status.label).lower(),
            "current": answer.wanted.status == status,
            "href": address(here, kept if answer.wanted.status == status else {**kept, "tilstand": word}),
        }
        for word, status in order
        if answer.statuses[status]
    ]


def _pages(page: Page, query: QueryDict) -> dict[str, str]:
    here, kept = reverse("plans:solved"), _kept(query, "side")
    return {
        "before": address(here, {**kept, "side": str(page.number - 1)}) if page.has_previous() else "",
        "after": address(here, {**kept, "side": str(page.number + 1)}) if page.has_next() else "",
    }


def _way_in(theme: Theme, count: int = 0) -> dict[str, Any]:
    """A theme as a way into the plans."""
    key = "gruppe" if is_group(theme.code) else "tema"
    return {
        "label": theme.name(get_language() or "nb"),
        "url": address(reverse("plans:solved"), {key: theme.code}),
        "count": count,
        "is_group": is_group(theme.code),
    }


def _line(one: Shown, actor: Actor) -> dict[str, Any]:
    measure = one.measure
    marks = {word for word, _typed, _way in one.found}
    source = reverse("plans:source", args=[measure.plan_id])
    return {
        "measure": measure,
        "name": mark(measure.name, marks),
        "verbatim": mark(measure.verbatim, marks) if measure.verbatim.strip() != measure.name.strip() else "",
        "url": reverse("plans:measure", args=[measure.plan_id, measure.pk]),
        "source": address(source, {"dokument": str(measure.document_id)}) + f"#l{measure.line}",
        "status": one.status,
        "responsible": one.responsible,
        "because": _because(one),
        "take_up": take_up_address(measure, actor),
    }


def mark(text: str, words: set[str]) -> str:
    """`text` with these words (in small letters) between the signs that `marked` draws."""
    return _WORD.sub(lambda found: f"\x02{found[0]}\x03" if found[0].lower() in words else found[0], text)


def _because(one: Shown) -> list[str]:
    """Why it was found, where it cannot be seen: other words for what was typed, and the filter's words."""
    said = [
        _SENTENCES[way] % {"word": word, "typed": typed}
        for word, typed, way in one.found
        if way in _SENTENCES and word.lower() != typed.lower()
    ]
    names = {said.code: by_code()[said.code].name(get_language() or "nb") for said in one.said}
    said += [
        _("%(theme)s because of «%(words)s»") % {"theme": names[found.code], "words": found.words}
        for found in one.said
    ]
    return [str(sentence) for sentence in dict.fromkeys(said)]


def _cells(one: Shown, request: HttpRequest) -> list[Any]:
    measure = one.measure
    url = reverse("plans:measure", args=[measure.plan_id, measure.pk])
    return [
        measure.community.name,
        measure.plan.title,
        str(measure.area or ""),
        measure.name,
        measure.verbatim,
        measure.line,
        one.responsible,
        measure.deadline,
        str(one.status.label),
        request.build_absolute_uri(url),
    ]
