"""Who an invitation comes from: the installation's address and mailbox, now. For faces and links."""

from django.conf import settings
from django.utils import timezone

from samspill.governance.meeting_calendar import From


def sent_now() -> From:
    return From(settings.ORIGIN, settings.DEFAULT_FROM_EMAIL, timezone.now())
