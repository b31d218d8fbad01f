"""Who may read a document: everybody unless somebody has said otherwise, by law and in words."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Access(TextChoices):
    """How wide a document is open, widest first. There is no empty value: no state is silent."""

    PUBLIC = "public", pgettext_lazy("access", "Everybody")
    PARTIES = "parties", pgettext_lazy("access", "The parties of the helsefellesskap")
    BODY = "body", pgettext_lazy("access", "The body that treats it")
    SECRETARIAT = "secretariat", pgettext_lazy("access", "The secretariat")


class ScanState(TextChoices):
    """What the virus scan said of a file. A file that is not clean is never handed out."""

    WAITING = "waiting", pgettext_lazy("scan", "Waiting for the virus scan")
    CLEAN = "clean", pgettext_lazy("scan", "Scanned, nothing found")
    UNSCANNED = "unscanned", pgettext_lazy("scan", "No virus scan is set up")
    INFECTED = "infected", pgettext_lazy("scan", "The virus scan found something")


HANDED_OUT = frozenset({ScanState.CLEAN, ScanState.UNSCANNED})
