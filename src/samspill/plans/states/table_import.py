"""How far a table that somebody brought has come, and what is said of each of its rows."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class TableState(TextChoices):
    """A table is checked row by row, and taken in only when somebody has seen the result."""

    CHECKING = "checking", pgettext_lazy("table", "Being checked")
    READY = "ready", pgettext_lazy("table", "Checked, not taken in")
    REFUSED = "refused", pgettext_lazy("table", "Could not be read")
    TAKING = "taking", pgettext_lazy("table", "Being taken in")
    TAKEN = "taken", pgettext_lazy("table", "Taken in")
    UNDOING = "undoing", pgettext_lazy("table", "Being undone")
    UNDONE = "undone", pgettext_lazy("table", "Undone")


TABLE_TRANSITIONS: dict[TableState, frozenset[TableState]] = {
    TableState.CHECKING: frozenset({TableState.READY, TableState.REFUSED}),
    TableState.READY: frozenset({TableState.TAKING}),
    TableState.REFUSED: frozenset(),
    TableState.TAKING: frozenset({TableState.TAKEN}),
    TableState.TAKEN: frozenset({TableState.UNDOING}),
    TableState.UNDOING: frozenset({TableState.UNDONE}),
    TableState.UNDONE: frozenset(),
}

# While it is in one of these, a job is at work on it.
AT_WORK = frozenset({TableState.CHECKING, TableState.TAKING, TableState.UNDOING})


class Verdict(TextChoices):
    """What a row is to the plan."""

    REFUSED = "refused", pgettext_lazy("row of a table", "Must be mended")
    NEW = "new", pgettext_lazy("row of a table", "New")
    CHANGED = "changed", pgettext_lazy("row of a table", "Changed")
    UNCHANGED = "unchanged", pgettext_lazy("row of a table", "As before")

    @property
    def glyph(self) -> str:
        return {"refused": "late", "new": "yes", "changed": "progress"}.get(self.value, "none")


class Outcome(TextChoices):
    """What has become of a row that is new or changed."""

    WAITING = "waiting", pgettext_lazy("row of a table", "Waits")
    TAKEN = "taken", pgettext_lazy("row of a table", "Taken in")
    UNDONE = "undone", pgettext_lazy("row of a table", "Undone")
    KEPT = "kept", pgettext_lazy("row of a table", "Not undone: it has been changed since")
