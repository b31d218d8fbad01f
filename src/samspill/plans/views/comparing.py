"""Plans side by side, the same as a table to take along, and what is like one measure elsewhere."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspill.directory.public import Actor, Community, address, saved_file
from samspill.directory.register.themes import by_code, is_group, patient_groups, themes
from samspill.documents.sheets import CSV
from samspill.plans.models import Measure
from samspill.plans.permissions import KEEPERS
from samspill.plans.queries.comparing import NO_THEME, Among, Cell, Comparison, Opened, compare
from samspill.plans.queries.plans import find_measure
from samspill.plans.queries.similar import Similar, similar_to
from samspill.plans.states import PlanKind, ShownStatus
from samspill.plans.views.exports import csv_of
from samspill.plans.wording import in_words, measures_in_words

ANCHOR = "apen"  # the part of the page with the opened cell
KEPT = ("gruppe", "slag", "aar")  # what narrows the comparison, in its address
_DIGITS = 9  # of a community's number in an address
_YEAR = 4


@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    theme, community_id = _choice(request.GET)
    among = _among(request.GET)
    found = compare(actor, theme=theme, community_id=community_id, among=among)
    kept = {key: request.GET[key] for key in KEPT if request.GET.get(key)}
    context = {
        "form": _form(found, among),
        "is_narrowed": among != Among(),
        "csv": address(reverse("plans:compare-csv"), kept),
        "whole": address(reverse("plans:compare"), kept),
        "heading": _heading(found),
        "total": found.total.measures,
        "communities": found.communities,
        "legend": [
            {"g": mark["g"], "count": mark["count"], "label": str(mark["label"]).lower()}
            for mark in _marks(found.total)
        ],
        "rows": [
            _row(code, found, (theme, community_id), kept) for code in found.codes if found.in_theme(code)
        ],
        "absent": [_name(code) for code in found.codes if code != NO_THEME and not found.in_theme(code)],
        "opened": _opened(found, theme, community_id, actor),
        "words": [(_name(one.code), _words(one.terms)) for one in themes()],
    }
    return render(request, "plans/compare/comparison.html", context)


@require_safe
def comparison_csv(request: HttpRequest) -> HttpResponse:
    """A row per theme and helsefellesskap that has measures in it, for a spreadsheet."""
    found = compare(request.actor, among=_among(request.GET))  # type: ignore[attr-defined]
    head = [_("Theme"), _("Helsefellesskap"), _("Measures"), _("With a responsible"), _("With a deadline")]
    rows: list[list[str | int]] = [[*head, *(str(status.label) for status in ShownStatus)]]
    for code in found.codes:
        for community in found.communities:
            if cell := found.cells.get((code, community.pk)):
                statuses = [cell.statuses[status] for status in ShownStatus]
                rows.append([_name(code), community.name, cell.measures, cell.owned, cell.dated, *statuses])
    return saved_file(csv_of(rows), CSV, pgettext("file name", "plans-compared") + ".csv")


@require_safe
def similar(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    plan, found = find_measure(pk, measure, request.actor)  # type: ignore[attr-defined]
    actor: Actor = request.actor  # type: ignore[attr-defined]
    alike = similar_to(found, actor)
    context = {"plan": plan, "measure": found, "similar": [_alike(one, actor) for one in alike]}
    return render(request, "plans/compare/similar.html", context)


def _choice(query: Mapping[str, str]) -> tuple[str, int | None]:
    """The theme and the community that the address opens a cell of."""
    theme, who = query.get("tema", ""), query.get("hos", "")
    is_number = who.isdecimal() and len(who) <= _DIGITS
    return theme, int(who) if is_number else None


def _among(query: Mapping[str, str]) -> Among:
    """What the address narrows the comparison to; what it does not know is left out."""
    group, kind, year = query.get("gruppe", ""), query.get("slag", ""), query.get("aar", "")
    return Among(
        group=group if is_group(group) else "",
        kind=kind if kind in PlanKind.values else "",
        year=int(year) if year.isdecimal() and len(year) == _YEAR else None,
    )


def _form(found: Comparison, among: Among) -> dict[str, list[tuple[str, str, bool]]]:
    """Choices: (value, name, whether it is chosen)."""
    language = get_language() or "nb"
    return {
        "groups": [(one.code, one.name(language), one.code == among.group) for one in patient_groups()],
        "kinds": [(kind.value, str(kind.label), kind == among.kind) for kind in found.kinds],
        "years": [(str(year), str(year), year == among.year) for year in found.years],
    }


def _heading(found: Comparison) -> str:
    if not found.total.measures:
        return _("No measure is like that") if found.kinds else _("There is no plan to compare yet")
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


def _row(
    code: str, found: Comparison, opened: tuple[str, int | None], kept: Mapping[str, str]
) -> dict[str, Any]:
    cells = [
        _cell(code, one, found.cells.get((code, one.pk)), kept, is_open=(code, one.pk) == opened)
        for one in found.communities
    ]
    return {"name": _name(code), "cells": cells}


def _cell(
    code: str, community: Community, cell: Cell | None, kept: Mapping[str, str], *, is_open: bool
) -> dict[str, Any]:
    if cell is None:
        return {}
    here = reverse("plans:compare")
    return {
        "id": f"c-{code}-{community.pk}",
        "url": address(here, {**kept, "tema": code, "hos": str(community.pk)}) + f"#{ANCHOR}",
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


def _opened(found: Comparison, theme: str, community_id: int | None, actor: Actor) -> dict[str, Any] | None:
    if not found.opened or community_id is None:
        return None
    community = next(one for one in found.communities if one.pk == community_id)
    return {
        "theme": _name(theme),
        "community": community.full_name,
        "cell": f"c-{theme}-{community_id}",
        "lines": [_line(one, actor) for one in found.opened],
    }


def _line(one: Opened, actor: Actor) -> dict[str, Any]:
    measure = one.measure
    source = reverse("plans:source", args=[measure.plan_id])
    return {
        "measure": measure,
        "url": reverse("plans:measure", args=[measure.plan_id, measure.pk]),
        "source": address(source, {"dokument": str(measure.document_id)}) + f"#l{measure.line}",
        "status": one.status,
        "because": one.said.words if one.said else "",
        "take_up": take_up_address(measure, actor),
    }


def _alike(one: Similar, actor: Actor) -> dict[str, Any]:
    return {
        "measure": one.measure,
        "url": reverse("plans:measure", args=[one.measure.plan_id, one.measure.pk]),
        "community": one.measure.community,
        "responsible": one.responsible,
        "status": one.status,
        "themes": ", ".join(theme.name(get_language() or "nb") for theme in one.themes),
        "words": ", ".join(f"«{word}»" for word in one.words),
        "take_up": take_up_address(one.measure, actor),
    }


def take_up_address(measure: Measure, actor: Actor) -> str:
    """Where a keeper takes a measure of others in use; "" for everybody else, and for one's own."""
    if actor.community_id in (None, measure.community_id) or not actor.has_role(*KEEPERS):
        return ""
    return reverse("plans:take-up", args=[measure.plan_id, measure.pk])
