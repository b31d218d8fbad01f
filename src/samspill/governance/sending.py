"""Who an invitation comes from: the installation's address and mailbox, now. For faces and links."""

from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone

from samspill.governance.meeting_calendar import From


def sent_now() -> From:
    return sent_at(timezone.now())


def sent_at(at: datetime) -> From:
    """Calendars answer to a bare address; the sender of mails may have a name before it."""
    return From(settings.ORIGIN, parseaddr(settings.ANSWERS_EMAIL or settings.DEFAULT_FROM_EMAIL)[1], at)
