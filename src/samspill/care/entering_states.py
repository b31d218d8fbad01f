"""Code sets of what people enter: what becomes of a value that cannot be kept as it was sent."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AsideState(TextChoices):
    WAITING = "waiting", _("waits for somebody to look")
    MENDED = "mended", _("mended")
    DISMISSED = "dismissed", _("does not count")


ASIDE_MOVES: Mapping[str, frozenset[str]] = {
    AsideState.WAITING: frozenset({AsideState.MENDED, AsideState.DISMISSED}),
    AsideState.MENDED: frozenset(),
    AsideState.DISMISSED: frozenset(),
}
