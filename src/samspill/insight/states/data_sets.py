"""How far a version of a data set has come, and where a data set is from."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class VersionState(TextChoices):
    """Brought in, checked row by row, taken in use by somebody. Of a table one is in use at a time."""

    FETCHED = "fetched", pgettext_lazy("data version", "Being checked")
    CHECKED = "checked", pgettext_lazy("data version", "Checked")
    IN_USE = "in_use", pgettext_lazy("data version", "In use")
    REPLACED = "replaced", pgettext_lazy("data version", "Replaced")
    REFUSED = "refused", pgettext_lazy("data version", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("data version", "Withdrawn")


TRANSITIONS: dict[VersionState, frozenset[VersionState]] = {
    VersionState.FETCHED: frozenset({VersionState.CHECKED, VersionState.REFUSED}),
    VersionState.CHECKED: frozenset({VersionState.IN_USE, VersionState.REFUSED}),
    VersionState.IN_USE: frozenset({VersionState.REPLACED, VersionState.WITHDRAWN}),
    VersionState.REPLACED: frozenset({VersionState.IN_USE, VersionState.WITHDRAWN}),
    VersionState.REFUSED: frozenset(),
    VersionState.WITHDRAWN: frozenset(),
}


class Origin(TextChoices):
    """Where the versions of a data set are from."""

    FILE = "file", pgettext_lazy("data set", "Files somebody brings in")
    CONNECTOR = "connector", pgettext_lazy("data set", "Fetched from a source")
    PLATFORM = "platform", pgettext_lazy("data set", "Counted in Samspill")
