"""The columns of a plan as a table: their names, what they mean, and how they are known from a header.

A header is known in bokmål, nynorsk and English, by the words people use for the same (`reading.columns`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspill.plans.reading.columns import Role, role_of
from samspill.plans.reading.words import fold


class Column(StrEnum):
    KEY = "key"
    AREA = "area"
    GOAL = "goal"
    LABEL = "label"
    TITLE = "title"
    TEXT = "text"
    RESPONSIBLE = "responsible"
    HELPERS = "helpers"
    DEADLINE = "deadline"
    DEADLINE_RAW = "deadline_raw"
    STATUS = "status"
    SENTENCE = "sentence"
    INDICATORS = "indicators"
    JUDGED = "judged"
    LINE = "line"
    DOCUMENT = "document"
    PROBLEM = "problem"


LABELS: dict[Column, str | Promise] = {
    Column.KEY: pgettext_lazy("column", "Key"),
    Column.AREA: _("Focus area"),
    Column.GOAL: _("Goal"),
    Column.LABEL: _("Label in the plan"),
    Column.TITLE: pgettext_lazy("column", "Short name"),
    Column.TEXT: _("Measure"),
    Column.RESPONSIBLE: _("Responsible"),
    Column.HELPERS: _("Take part"),
    Column.DEADLINE: _("Deadline"),
    Column.DEADLINE_RAW: _("Deadline in the plan"),
    Column.STATUS: _("Status of the measure"),
    Column.SENTENCE: _("Latest report"),
    Column.INDICATORS: _("Measured by"),
    Column.JUDGED: pgettext_lazy("column", "Judged"),
    Column.LINE: _("Line"),
    Column.DOCUMENT: _("Document"),
    Column.PROBLEM: pgettext_lazy("column", "What must be mended"),
}

MEANS: dict[Column, str | Promise] = {
    Column.KEY: _("Tells which measure the row is. Do not change it. Empty: the row is a new measure."),
    Column.AREA: _("The focus area, with its number. A name nobody has used becomes a new area."),
    Column.GOAL: _("The goal the measure serves."),
    Column.LABEL: _("The letter or number the plan's document gives the measure."),
    Column.TITLE: _("What lists call the measure. Empty: the text itself."),
    Column.TEXT: _("What is to be done. This column must be there when a row is new."),
    Column.RESPONSIBLE: _("Who answers: one body or party, as it is called in Samspill."),
    Column.HELPERS: _("Who takes part, divided by semicolons."),
    Column.DEADLINE: _("The last day, as a date. Words such as «våren 2027» are understood too."),
    Column.DEADLINE_RAW: _("The deadline in the plan's own words."),
    Column.STATUS: _("How it goes. A new word becomes a new report, and the earlier ones stay."),
    Column.SENTENCE: _("One sentence about how it goes, at most 500 characters."),
    Column.INDICATORS: _("Indicators by name, divided by semicolons."),
    Column.JUDGED: _("What a person said of what was read: a measure, or not a measure. Empty: nobody has."),
    Column.LINE: _("The line in the document. It is not read back."),
    Column.DOCUMENT: _("The document the measure was read from. It is not read back."),
}

EXPORTED = tuple(column for column in Column if column is not Column.PROBLEM)
FACTS = frozenset({Column.LINE, Column.DOCUMENT, Column.PROBLEM})
"""Written for people, and left alone when a table comes back."""

ROOM = {
    Column.AREA: 300,
    Column.GOAL: 500,
    Column.LABEL: 20,
    Column.TITLE: 200,
    Column.TEXT: 20_000,
    Column.RESPONSIBLE: 2_000,
    Column.HELPERS: 4_000,
    Column.DEADLINE: 200,
    Column.DEADLINE_RAW: 200,
    Column.SENTENCE: 500,
}
"""Characters there is room for."""

_OF_ROLE = {
    Role.NUMBER: Column.LABEL,
    Role.AREA: Column.AREA,
    Role.GOAL: Column.GOAL,
    Role.SUB_GOAL: Column.GOAL,
    Role.MEASURE: Column.TEXT,
    Role.ACTIVITY: Column.TEXT,
    Role.RESPONSIBLE: Column.RESPONSIBLE,
    Role.HELPERS: Column.HELPERS,
    Role.DEADLINE: Column.DEADLINE,
    Role.STATUS: Column.STATUS,
    Role.INDICATOR: Column.INDICATORS,
}
# English and everyday words that plans' own tables do not use
_ALSO = {
    "action": Column.TEXT, "activity": Column.TEXT, "task": Column.TEXT, "description": Column.TEXT,
    "owner": Column.RESPONSIBLE, "lead": Column.RESPONSIBLE, "accountable": Column.RESPONSIBLE,
    "helpers": Column.HELPERS, "partners": Column.HELPERS, "participants": Column.HELPERS,
    "due": Column.DEADLINE, "due date": Column.DEADLINE, "date": Column.DEADLINE,
    "area": Column.AREA, "theme": Column.AREA, "objective": Column.GOAL,
    "indicator": Column.INDICATORS, "indicators": Column.INDICATORS, "progress": Column.STATUS,
    "siste status": Column.STATUS, "statuskommentar": Column.SENTENCE, "statustekst": Column.SENTENCE,
    "kommentar til status": Column.SENTENCE, "kortnavn": Column.TITLE, "kortnamn": Column.TITLE,
    "tittel": Column.TITLE, "title": Column.TITLE, "name": Column.TITLE,
}  # fmt: skip
WRITTEN_IN = ("nb", "nn", "en")
HEADER_WITHIN = 20  # rows; above it people write a title and a date
ENOUGH = 2
LONGEST, MOST_WORDS = 60, 7  # of one header; more is a row


@dataclass(frozen=True)
class Header:
    """Which columns a table has. `columns` maps them to places from 0; `unknown` are headers left alone."""

    columns: dict[Column, int] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    @property
    def is_enough(self) -> bool:
        """A measure can be told from it: by its text or its key, and something more is said."""
        known = self.columns.keys() - FACTS
        return bool(known & {Column.TEXT, Column.KEY}) and len(known) >= ENOUGH


def read_header(cells: Sequence[str]) -> Header:
    """The columns that a row names. Of two for the same, the first one counts."""
    columns: dict[Column, int] = {}
    unknown = []
    for place, text in enumerate(cells):
        column = column_of(text)
        if column and column not in columns:
            columns[column] = place
        elif text.strip():
            unknown.append(text.strip())
    return Header(columns, tuple(unknown))


def find_header(rows: Sequence[Sequence[str]]) -> tuple[int, Header] | None:
    """(place from 0, columns) of the first row that is a header; None when there is none.

    A list of measures under one single header counts when nothing better is found.
    """
    first = rows[:HEADER_WITHIN]
    for place, cells in enumerate(first):
        header = read_header(cells)
        if header.is_enough:
            return place, header
    for place, cells in enumerate(first):
        named = [text for text in cells if text.strip()]
        if len(named) == 1 and _own_names().get(fold(named[0])) is Column.TEXT:
            return place, read_header(cells)
    return None


def column_of(header: str) -> Column | None:
    """By our own names in any language, by everyday words, or as the plan reader knows them."""
    words = fold(header)
    own = _own_names().get(words) or _ALSO.get(words)
    if own or not words or len(words) > LONGEST or len(words.split()) > MOST_WORDS:
        return own
    role = role_of(header)
    return _OF_ROLE.get(role) if role else None


@cache
def _own_names() -> dict[str, Column]:
    names = {}
    for language in WRITTEN_IN:
        with translation.override(language):
            names.update({fold(str(label)): column for column, label in LABELS.items()})
    return names
