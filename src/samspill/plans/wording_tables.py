"""A table that was brought, in sentences: what was found, how far the work has come, what a row says."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.plans.models import TableImport, TableRow
from samspill.plans.queries.table_import import TableView
from samspill.plans.rules.dates import short_day
from samspill.plans.rules.tables.columns import FACTS, LABELS, Column
from samspill.plans.rules.tables.refusals import in_words
from samspill.plans.states import Outcome, TableState, Verdict
from samspill.plans.wording import in_words as number_in_words
from samspill.plans.wording import measures_in_words

SHOWN_OF_A_CELL = 200
_ISO_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")


def heading(view: TableView) -> str:
    """The table as a message."""
    state = view.table.state
    if state == TableState.REFUSED:
        return _("The table could not be read")
    if view.is_at_work:
        return _at_work(view.table)
    if state == TableState.READY:
        return _found(view.counts)
    return _undone(view) if state == TableState.UNDONE else _taken(view)


def _at_work(table: TableImport) -> str:
    values = {"done": table.done, "total": table.total}
    if table.state == TableState.TAKING:
        return _("Taking in: %(done)s of %(total)s rows") % values
    if table.state == TableState.UNDOING:
        return _("Undoing: %(done)s of %(total)s rows") % values
    if not table.total:
        return _("Reading «%(file)s»") % {"file": table.file_name}
    return _("Checking: %(done)s of %(total)s rows") % values


def _found(counts: Mapping[Verdict, int]) -> str:
    """«Two measures are new. One measure is changed. 3 rows must be mended.»"""
    new, changed, refused = counts[Verdict.NEW], counts[Verdict.CHANGED], counts[Verdict.REFUSED]
    said = []
    if new:
        text = ngettext("%(measures)s is new.", "%(measures)s are new.", new)
        said.append(capfirst(text % {"measures": measures_in_words(new)}))
    if changed:
        text = ngettext("%(measures)s is changed.", "%(measures)s are changed.", changed)
        said.append(capfirst(text % {"measures": measures_in_words(changed)}))
    if refused:
        said.append(_to_mend(refused))
    return " ".join(said) or _("Everything is as before. There is nothing to take in.")


def _to_mend(count: int) -> str:
    text = ngettext("One row must be mended.", "%(count)s rows must be mended.", count)
    return capfirst(text % {"count": number_in_words(count)})


def _taken(view: TableView) -> str:
    taken = view.outcomes[Outcome.TAKEN]
    text = ngettext("%(measures)s is taken in.", "%(measures)s are taken in.", taken)
    said = capfirst(text % {"measures": measures_in_words(taken)})
    refused = view.counts[Verdict.REFUSED]
    return f"{said} {_to_mend(refused)}" if refused else said


def _undone(view: TableView) -> str:
    kept = view.outcomes[Outcome.KEPT]
    if not kept:
        return _("It is undone. The plan is as it was.")
    text = ngettext(
        "It is undone, but %(measures)s has been changed since and stays.",
        "It is undone, but %(measures)s have been changed since and stay.",
        kept,
    )
    return text % {"measures": measures_in_words(kept)}


def state_in_words(table: TableImport) -> str:
    return str(TableState(table.state).label)


def what_was_read(table: TableImport) -> list[str]:
    """Which sheet was read, and what was left alone: sentences under the heading."""
    header = table.header
    said = []
    if header.get("sheet"):
        said.append(_("We read the sheet «%(sheet)s».") % {"sheet": header["sheet"]})
    if header.get("unknown"):
        names = _listed(header["unknown"])
        said.append(
            ngettext(
                "We do not know the column %(names)s, so it is left alone.",
                "We do not know the columns %(names)s, so they are left alone.",
                len(header["unknown"]),
            )
            % {"names": names}
        )
    return said


def columns_in_words(table: TableImport) -> str:
    """«Tiltak, Ansvarlig, Frist»: the columns that were understood."""
    places = sorted((place, column) for column, place in table.header.get("columns", {}).items())
    known = [Column(column) for _place, column in places]
    return ", ".join(str(LABELS[column]) for column in known if column not in FACTS)


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"«{Truncator(name).chars(40)}»" for name in names[:8])
    return f"{shown} …" if len(names) > 8 else shown


def row_in_words(row: TableRow) -> dict[str, Any]:
    """What a line of the result prints. `changes` are (column, from, to); of a new measure `from` is ""."""
    verdict = Verdict(row.verdict)
    return {
        "number": row.number,
        "glyph": verdict.glyph,
        "verdict": verdict.label,
        "name": Truncator(row.name).chars(SHOWN_OF_A_CELL),
        "measure": row.measure_id,
        "outcome": Outcome(row.outcome).label if row.outcome == Outcome.KEPT else "",
        "problem": in_words(row.problem, row.number),
        "remarks": [in_words(one) for one in row.remarks],
        "changes": [
            (str(LABELS[Column(column)]), _cut(_day(before)), _cut(_read(one, column, after)))
            for one in row.changes
            for column, before, after in one["shown"]
            if not (verdict == Verdict.NEW and column in (Column.TEXT, Column.TITLE))
        ],
    }


def _day(text: str) -> str:
    """A day as people write it; other texts as they are."""
    return short_day(date.fromisoformat(text)) if _ISO_DAY.fullmatch(text) else text


def _read(change: Mapping[str, Any], column: str, text: str) -> str:
    """What a cell was understood as: of a deadline the day, with the words it was told by."""
    day = change["after"]["day"] if column == Column.DEADLINE and text else None
    if not day:
        return text
    is_words = any(letter.isalpha() for letter in text)
    return f"{_day(day)} ({text})" if is_words else _day(day)


def _cut(text: str) -> str:
    return Truncator(text).chars(SHOWN_OF_A_CELL)
