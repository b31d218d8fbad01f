"""What everybody can find, and how far the carrying out of a decision has come as they are told."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class OpenKind(TextChoices):
    """Kinds of things that are open to everybody, in the order they are offered."""

    DECISION = "decision", pgettext_lazy("open thing", "Decision")
    CASE = "case", pgettext_lazy("open thing", "Case")
    MEETING = "meeting", pgettext_lazy("open thing", "Meeting")
    MINUTES = "minutes", pgettext_lazy("open thing", "Minutes")
    PAPER = "paper", pgettext_lazy("open thing", "Paper")
    CONSULTATION = "consultation", pgettext_lazy("open thing", "Answer to a hearing")


class CarriedOut(TextChoices):
    """How far a decision has come, all its points together. Late follows from the day and is never stored."""

    LATE = "late", pgettext_lazy("carried out", "Late")
    NOT_BEGUN = "not_begun", pgettext_lazy("carried out", "Not begun")
    UNDER_WAY = "under_way", pgettext_lazy("carried out", "Under way")
    DONE = "done", pgettext_lazy("carried out", "Carried out")
    NOTHING = "nothing", pgettext_lazy("carried out", "Needs no follow-up")


GLYPH: dict[CarriedOut, str] = {
    CarriedOut.LATE: "late",
    CarriedOut.NOT_BEGUN: "none",
    CarriedOut.UNDER_WAY: "progress",
    CarriedOut.DONE: "done",
    CarriedOut.NOTHING: "silent",
}
