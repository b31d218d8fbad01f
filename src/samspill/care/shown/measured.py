"""Measurements as rows of a table and of a file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from samspill.care.known_signs import name_of, number_said, value_said
from samspill.care.models import Measurement
from samspill.care.queries.measured import Measured
from samspill.care.shown.graphs import COLOURS, MARKS
from samspill.care.shown.rises import moved_of
from samspill.documents.sheets import csv_of

MOST = 1000  # rows of the page; the file has all
WORSE = {"red": 0, "yellow": 1, "none": 2, "green": 3}


@dataclass(frozen=True)
class Row:
    """A measurement as it is read. `number` is None for what is answered in words; `why` says of one that
    changed too fast how much it may."""

    pk: int
    at: datetime
    name: str
    said: str
    sent: str
    number: float | None
    colour: str
    g: str
    word: str
    why: str
    counts: bool
    sources: str
    by: str


def row_of(one: Measured) -> Row:
    row = one.row
    return Row(
        pk=row.pk,
        at=row.effective,
        name=name_of(row.code, row.indicator.name if row.indicator else ""),
        said=value_said(row.value, row.unit),
        sent=value_said(row.sent_value, row.sent_unit),
        number=_number(row.value),
        colour=one.colour,
        g=MARKS[one.colour],
        word=str(COLOURS[one.colour]),
        why=moved.said if (moved := moved_of(one)) else "",
        counts=one.counts,
        sources=_sources(one),
        by=row.by_name,
    )


def _number(value: Any) -> float | None:
    """Of a value in several parts, the first."""
    first: Any = next(iter(value.values()), None) if isinstance(value, Mapping) else value
    try:
        return float(first)
    except (TypeError, ValueError):
        return None


def _sources(one: Measured) -> str:
    """Where it came from: the systems that sent it, or how it was entered."""
    return ", ".join(dict.fromkeys(one.sources)) or str(
        Measurement(entered=one.row.entered).get_entered_display()
    )


ORDERS: Mapping[str, object] = {
    "tid": gettext_lazy("Time"),
    "hva": gettext_lazy("What"),
    "verdi": gettext_lazy("Value"),
    "farge": gettext_lazy("Colour"),
    "kilde": gettext_lazy("From"),
}
_BY: Mapping[str, Callable[[Row], Any]] = {
    "tid": lambda row: row.at,
    "hva": lambda row: row.name.casefold(),
    "verdi": lambda row: (row.number is None, row.number or 0.0, row.said),
    "farge": lambda row: WORSE[row.colour],
    "kilde": lambda row: row.sources.casefold(),
}


def in_order(rows: Sequence[Row], order: str) -> list[Row]:
    """By a column of ORDERS, with a minus before it from the other end; otherwise the newest first."""
    column = order.removeprefix("-")
    if column not in _BY:
        column, order = "tid", "-tid"
    return sorted(rows, key=_BY[column], reverse=order.startswith("-"))


def as_csv(found: Iterable[Measured]) -> bytes:
    """Semicolons and a byte order mark: a Norwegian Excel opens it as a table. No name and no number of the
    patient stands in it; text that begins like a formula is armed.
    """
    head = [
        _("Time"), _("Code"), _("What"), _("Value"), _("Unit"), _("Colour"), _("Limits, version"),
        _("Counts"), _("Why not"), _("From"), pgettext("a person", "By"),
    ]  # fmt: skip
    return csv_of([head, *(_cells(one) for one in found)])


def _cells(one: Measured) -> list[str]:
    row, shown = one.row, row_of(one)
    bound = row.triage.threshold if hasattr(row, "triage") else None
    value = row.value
    said = "/".join(map(number_said, value.values())) if isinstance(value, Mapping) else number_said(value)
    return [
        timezone.localtime(row.effective).isoformat(timespec="seconds"),
        row.code,
        shown.name,
        said,
        row.unit,
        shown.word,
        str(bound.version) if bound else "",
        _("yes") if one.counts else _("no"),
        "" if one.counts or one.mark is None else one.mark.reason,
        shown.sources,
        row.by_name,
    ]
