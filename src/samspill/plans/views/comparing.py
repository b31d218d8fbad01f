"""Plans side by side, the same as a table to take along, and what is like one measure elsewhere."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspill.directory.public import Actor, Community
from samspill.plans.queries.comparing import NO_THEME, Cell, Comparison, Opened, compare
from samspill.plans.queries.plans import find_measure
from samspill.plans.queries.similar import Similar, similar_to
from samspill.plans.rules.themes import by_code, themes
from samspill.plans.states import ShownStatus
from samspill.plans.views.exports import disarmed
from samspill.plans.views.lines import address
from samspill.plans.wording import in_words, measures_in_words

ANCHOR = "apen"  # the part of the page with the opened cell
_DIGITS = 9  # of a community's number in an address


@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    theme, community_id = _choice(request.GET)
    found = compare(actor, theme=theme, community_id=community_id)
    context = {
        "heading": _heading(found),
        "total": found.total.measures,
        "communities": found.communities,
        "legend": [
            {"g": mark["g"], "count": mark["count"], "label": mark["label"]} for mark in _marks(found.total)
        ],
        "rows": [_row(code, found, theme, community_id) for code in found.codes if found.in_theme(code)],
        "absent": [_name(code) for code in found.codes if code != NO_THEME and not found.in_theme(code)],
        "opened": _opened(found, theme, community_id),
        "words": [(_name(one.code), _words(one.terms)) for one in themes()],
    }
    return render(request, "plans/compare/comparison.html", context)


@require_safe
def comparison_csv(request: HttpRequest) -> HttpResponse:
    """A row per theme and helsefellesskap that has measures in it, for a spreadsheet."""
    found = compare(request.actor)  # type: ignore[attr-defined]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    head = [_("Theme"), _("Helsefellesskap"), _("Measures"), _("With a responsible"), _("With a deadline")]
    writer.writerow([*head, *(str(status.label) for status in ShownStatus)])
    for code in found.codes:
        for community in found.communities:
            if cell := found.cells.get((code, community.pk)):
                statuses = [cell.statuses[status] for status in ShownStatus]
                names = [disarmed(_name(code)), disarmed(community.name)]
                writer.writerow([*names, cell.measures, cell.owned, cell.dated, *statuses])
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    name = pgettext("file name", "plans-compared") + ".csv"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@require_safe
def similar(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    plan, found = find_measure(pk, measure, request.actor)  # type: ignore[attr-defined]
    alike = similar_to(found, request.actor)  # type: ignore[attr-defined]
    context = {"plan": plan, "measure": found, "similar": [_alike(one) for one in alike]}
    return render(request, "plans/compare/similar.html", context)


def _choice(query: Mapping[str, str]) -> tuple[str, int | None]:
    """The theme and the community that the address opens a cell of."""
    theme, who = query.get("tema", ""), query.get("hos", "")
    is_number = who.isdecimal() and len(who) <= _DIGITS
    return theme, int(who) if is_number else None


def _heading(found: Comparison) -> str:
    if not found.total.measures:
        return _("There is no plan to compare yet")
    count = len(found.communities)
    text = ngettext(
        "%(measures)s in one helsefellesskap, theme by theme",
        "%(measures)s in %(count)s helsefellesskap, theme by theme",
        count,
    )
    return text % {
        "measures": capfirst(measures_in_words(found.total.measures)),
        "count": in_words(count),
    }


def _name(code: str) -> str:
    return by_code()[code].name(get_language() or "nb") if code != NO_THEME else _("No shared theme")


def _words(terms: tuple[tuple[str, ...], ...]) -> str:
    """The words of a theme as people read them: «digital samhandl…», «…legevakt…», «rus»."""
    return ", ".join(" ".join(map(_word, term)) for term in terms)


def _word(written: str) -> str:
    if written.startswith("="):
        return written[1:]
    return f"…{written[1:]}…" if written.startswith("-") else f"{written}…"


def _row(code: str, found: Comparison, theme: str, community_id: int | None) -> dict[str, Any]:
    cells = [
        _cell(code, one, found.cells.get((code, one.pk)), is_open=(code, one.pk) == (theme, community_id))
        for one in found.communities
    ]
    return {"name": _name(code), "cells": cells}


def _cell(code: str, community: Community, cell: Cell | None, *, is_open: bool) -> dict[str, Any]:
    if cell is None:
        return {}
    here = reverse("plans:compare")
    return {
        "id": f"c-{code}-{community.pk}",
        "url": address(here, {"tema": code, "hos": str(community.pk)}) + f"#{ANCHOR}",
        "count": cell.measures,
        "owned": cell.owned,
        "dated": cell.dated,
        "marks": _marks(cell),
        "is_open": is_open,
    }


def _marks(cell: Cell) -> list[dict[str, Any]]:
    return [
        {"g": status.glyph, "count": cell.statuses[status], "label": str(status.label)}
        for status in ShownStatus
        if cell.statuses[status]
    ]


def _opened(found: Comparison, theme: str, community_id: int | None) -> dict[str, Any] | None:
    if not found.opened or community_id is None:
        return None
    community = next(one for one in found.communities if one.pk == community_id)
    return {
        "theme": _name(theme),
        "community": community.full_name,
        "cell": f"c-{theme}-{community_id}",
        "lines": [_line(one) for one in found.opened],
    }


def _line(one: Opened) -> dict[str, Any]:
    measure = one.measure
    source = reverse("plans:source", args=[measure.plan_id])
    return {
        "measure": measure,
        "url": reverse("plans:measure", args=[measure.plan_id, measure.pk]),
        "source": address(source, {"dokument": str(measure.document_id)}) + f"#l{measure.line}",
        "status": one.status,
        "because": one.said.words if one.said else "",
    }


def _alike(one: Similar) -> dict[str, Any]:
    return {
        "measure": one.measure,
        "url": reverse("plans:measure", args=[one.measure.plan_id, one.measure.pk]),
        "community": one.measure.community,
        "responsible": one.responsible,
        "status": one.status,
        "themes": ", ".join(theme.name(get_language() or "nb") for theme in one.themes),
        "words": ", ".join(f"«{word}»" for word in one.words),
    }
