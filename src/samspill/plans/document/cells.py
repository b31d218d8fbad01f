"""What a cell of the exported plan must say so that reading it gives the same again. Plain values, no Django.

The plan reader divides cells: it takes labels off, parts people at commas, turns words into days. Each is
therefore tried on the reader's own rules here, in the plainest way of writing first, until one comes back as
it was. Not here: the document around the cells (`contents`).
"""

from collections.abc import Mapping, Sequence
from datetime import date

from samspill.plans.reading.candidates import Period
from samspill.plans.reading.cells import split_measures
from samspill.plans.reading.deadlines import read_deadline
from samspill.plans.reading.details import DETAIL, split_details, split_name
from samspill.plans.reading.responsible import read_responsible
from samspill.plans.reading.words import clean

MARKS = ("", "• ", "– ")
"""Before a measure whose first word would be taken for a label; the reader takes the mark off."""
SEPARATORS = (", ", "; ", "\n", " og ", " / ")
_SMALL_START = "• "


def one_line(text: str) -> str:
    """A text as the reader keeps it: on one line, with single spaces."""
    return " ".join(text.split())


def measure_cell(text: str, *, stands_alone: bool) -> str:
    """The words of a measure. `stands_alone`: nothing large-lettered beside it says that a row begins.

    A measure that begins with a small letter at the top of a page may be read as the rest of the one before.
    """
    text = one_line(text)
    if stands_alone and text[:1].islower():
        return _SMALL_START + text
    return next((mark + text for mark in MARKS if _measure_in(mark + text) == text), text)


def _measure_in(cell: str) -> str:
    """What the reader would take for the measure; "" when it would see several."""
    parts = split_measures(cell)
    if len(parts) != 1:
        return ""
    _label, text = split_name(clean(parts[0]))
    return split_details(text)[0] if DETAIL.search(text) else text


def responsible_cell(
    raws: Sequence[str], abbreviations: Mapping[str, str], *, language: str, names: Sequence[str]
) -> str:
    """Everybody who answers or takes part, the first one first."""
    wanted = [one_line(raw) for raw in raws]

    def reads_back(cell: str) -> bool:
        found = read_responsible(cell, abbreviations, language=language, names=names)
        return [one.raw for one in found] == wanted

    written = [separator.join(wanted) for separator in SEPARATORS]
    return next(filter(reads_back, written), written[0])


def deadline_cell(raw: str, day: date | None, period: Period, in_words: str) -> str:
    """The deadline as the plan words it, unless that no longer says the day it has; then `in_words`."""
    said = one_line(raw)
    if said and read_deadline(said, period).day == day:
        return said
    return in_words if day else said
