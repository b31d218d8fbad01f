"""Mails about keys and roles, in the person's own målform. They leave when the transaction stands.

Here: how such a mail is put together and sent. What it says: `invitations`. What waits for people, bundled:
the worklist.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from samspill.directory.models import Account


@dataclass(frozen=True)
class Letter:
    """`headline` is the subject too; `act` is what the button says, `path` where it leads."""

    headline: str
    paragraphs: Sequence[str]
    act: str
    path: str
    footer: str


@contextmanager
def written_for(account: Account, otherwise: str) -> Iterator[None]:
    """Words inside are in the account's written form, or in `otherwise` when it has chosen none."""
    with translation.override(account.written_form or otherwise or settings.LANGUAGE_CODE):
        yield


def send_letter(letter: Letter, account: Account) -> None:
    """Send it after the transaction. A mail server that says no is logged; what was done stands, and the
    mail can be sent again.
    """
    context = {
        "letter": letter,
        "name": account.name,
        "address": settings.ORIGIN + letter.path,
        "language": translation.get_language(),
    }
    mail = EmailMultiAlternatives(
        subject=" ".join(letter.headline.split()),
        body=render_to_string("directory/mail/letter.txt", context),
        to=[account.email],
        headers={
            "Message-ID": make_msgid(domain=urlsplit(settings.ORIGIN).hostname),
            "Auto-Submitted": "auto-generated",
            "Content-Language": str(context["language"]),
        },
    )
    mail.attach_alternative(render_to_string("directory/mail/letter.html", context), "text/html")
    transaction.on_commit(mail.send, robust=True)
