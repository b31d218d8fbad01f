"""Data: which there are, where from, what is in use; a data set with its versions; one version whole."""

import csv
import io

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspill.directory.public import Actor, saved_file
from samspill.documents.armour import disarmed
from samspill.insight.models import DataPack, DataSet, DataVersion
from samspill.insight.permissions.data_sets import check_may_keep_data
from samspill.insight.queries.data_sets import Listed, data_sets
from samspill.insight.shown.data_sets import (
    GLYPHS,
    asked_in_words,
    difference_shown,
    fault_lines,
    fault_rows,
    lines_of,
    provenance_shown,
    story_of,
    taken_in_words,
    years_of,
)
from samspill.insight.states.data_sets import TRANSITIONS, Origin, VersionState
from samspill.insight.wording.data_tables import TABLES
from samspill.refusal import reason

MOST_EVENTS = 30
TAKEN = (VersionState.IN_USE, VersionState.REPLACED, VersionState.WITHDRAWN)


@require_safe
def data_list(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    packs = list(DataPack.objects.visible_to(actor))
    lines = lines_of(data_sets(actor), packs, actor)
    context = {"lines": lines, "may_keep": may_keep(actor), "silent": sum(one.is_silent for one in lines)}
    return render(request, "insight/data/list.html", context)


@require_safe
def data_set(request: HttpRequest, key: str) -> HttpResponse:
    """Its versions, and the newest whole: for those who keep data, of all; for others, of those taken."""
    found = get_object_or_404(DataSet, key=key)
    newest = _seen_by(request).filter(data_set=found).order_by("-number").first()
    return _page(request, found, newest)


@require_safe
def data_version(request: HttpRequest, key: str, number: int) -> HttpResponse:
    found = get_object_or_404(DataSet, key=key)
    return _page(request, found, get_object_or_404(_seen_by(request), data_set=found, number=number))


@require_safe
@login_required
def faults_file(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The report as a table, to mend the file by."""
    check_may_keep_data(request.actor, "data.bring_in")  # type: ignore[attr-defined]
    version = get_object_or_404(DataVersion, data_set__key=key, number=number)
    text = io.StringIO()
    rows = ([disarmed(cell) for cell in row] for row in fault_rows(version))
    csv.writer(text, delimiter=";").writerows(rows)
    name = _("faults-%(what)s.csv") % {"what": f"{key}-{number}"}
    return saved_file(b"\xef\xbb\xbf" + text.getvalue().encode(), "text/csv; charset=utf-8", name)


def may_keep(actor: Actor) -> bool:
    return actor.is_known and not reason(check_may_keep_data, actor, "data.take")


def _seen_by(request: HttpRequest) -> QuerySet[DataVersion]:
    """A version nobody has taken may hold what is not for everybody, and so may what it changes."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = DataVersion.objects.visible_to(actor)
    return found if may_keep(actor) else found.filter(state__in=TAKEN)


def _page(
    request: HttpRequest, found: DataSet, version: DataVersion | None, *, status: int = 200, error: str = ""
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    versions = list(_seen_by(request).filter(data_set=found).order_by("-number"))
    in_use = next((one for one in versions if one.is_in_use), None)
    context = {
        "data_set": found,
        "title": found.title(get_language() or "nb"),
        "table": TABLES[found.table],
        "version": version,
        "in_use": in_use,
        "asked": asked_in_words(Listed(found, in_use, versions[0] if versions else None)),
        "rows": [_row(one, actor) for one in versions],
        "error": error,
        "may_refresh": found.origin == Origin.CONNECTOR and may_keep(actor),
        "may_keep": may_keep(actor),
        **(_shown(version, actor) if version else {}),
    }
    return render(request, "insight/data/data_set.html", context, status=status)


page = _page
"""For acts that are refused: the same page with the reason."""


def _row(one: DataVersion, actor: Actor) -> dict[str, object]:
    state = VersionState(one.state)
    return {
        "version": one,
        "state": state.label,
        "glyph": GLYPHS[state],
        "years": years_of(one),
        "taken": taken_in_words(one, actor),
    }


def _shown(version: DataVersion, actor: Actor) -> dict[str, object]:
    state = VersionState(version.state)
    shown: dict[str, object] = {
        "state": state,
        "glyph": GLYPHS[state],
        "provenance": provenance_shown(version),
        "story": story_of(version.events.select_related("version__data_set")[:MOST_EVENTS], actor),
        "may": set(),
    }
    if not may_keep(actor):
        return shown
    return shown | {
        "faults": fault_lines(version),
        "difference": difference_shown(version),
        "may": {to.value for to in TRANSITIONS[state]},
    }
