"""What a calendar sent back by mail: the answer to an invitation, read from the text/calendar part (iMIP)."""

from datetime import datetime

from django.utils.translation import gettext as _

from samspill.governance.actions.answering import receive_reply
from samspill.governance.meeting_calendar import method_of
from samspill.governance.sending import sent_at

CALENDAR = "text/calendar"
FORWARDED = frozenset({"REQUEST", "CANCEL", "PUBLISH"})
"""Our own invitation, sent on by somebody: it says nothing to us."""


def read_answer(content: bytes, now: datetime) -> str:
    """The answer is written down, and what follows from it done; "" for an invitation that was sent on."""
    if method_of(content) in FORWARDED:
        return ""
    answered = receive_reply(content, sent=sent_at(now))
    return _("%(name)s: %(answer)s.") % {
        "name": answered.tenure.name,
        "answer": answered.get_answer_display(),
    }
