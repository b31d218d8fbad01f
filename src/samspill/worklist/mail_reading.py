"""A mail that came in: the part of it that somebody knows how to read, and what to do about all the rest.

The kinds of parts are those of MAIL_READERS. What a machine or a person sent along without asking for
anything (a bounce, an absence, a forwarded invitation) is answered with nothing, so that mails do not answer
each other.
"""

from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes
from email.message import Message

from django.utils.translation import gettext_lazy as _

from samspill.refusal import Refused
from samspill.worklist.registries import MAIL_READERS

LONGEST_MAIL = 5_000_000
"""Bytes. An answer of a calendar is some thousands; the rest is room for the mail it came with."""
MOST_PARTS = 100


def receive_mail(content: bytes, *, now: datetime) -> str:
    """Do what one MIME message asks for; returns what was done in a sentence, or "" when nothing was asked.

    Refuses a mail that is too long, that asks for something that cannot be done, and one that a person wrote
    here without anything we can read in it.
    """
    if len(content) > LONGEST_MAIL:
        raise Refused(
            "mail.too_long",
            _("The mail is longer than %(limit)s million bytes. Send the answer alone.")
            % {"limit": LONGEST_MAIL // 1_000_000},
        )
    try:
        mail = message_from_bytes(content)
        parts = list(_own_parts(mail))
    except RecursionError as fault:
        raise _too_many() from fault
    if len(parts) > MOST_PARTS:
        raise _too_many()
    for part in parts:
        reader = MAIL_READERS.get(part.get_content_type())
        if reader is not None:
            return reader(_text(part), now)
    if is_automatic(mail):
        return ""
    raise Refused(
        "mail.nothing",
        _("There is no answer to an invitation in this mail. Answer on the meeting's page instead."),
    )


def is_automatic(mail: Message) -> bool:
    """Whether a machine sent it: a bounce, an absence, a list (RFC 3834). Nobody reads an answer to it."""
    said = str(mail.get("Auto-Submitted", "no")).partition(";")[0].strip().casefold()
    return (
        said != "no"
        or mail.get_content_type() == "multipart/report"
        or str(mail.get("Return-Path", "")).strip() == "<>"
        or str(mail.get("Precedence", "")).strip().casefold() in {"bulk", "junk", "list", "auto_reply"}
        or "X-Autoreply" in mail
        or "List-Id" in mail
    )


def _own_parts(mail: Message) -> Iterator[Message]:
    """The leaves of a message, in order; what stands inside a forwarded message is not this sender's word."""
    if mail.get_content_maintype() == "message":
        return
    if not mail.is_multipart():
        yield mail
        return
    for part in mail.get_payload():
        if isinstance(part, Message):
            yield from _own_parts(part)


def _text(part: Message) -> bytes:
    """The part as UTF-8. What is UTF-8 is so whatever the mail says; a charset that is none loses nothing."""
    raw = part.get_payload(decode=True)
    content = raw if isinstance(raw, bytes) else b""
    said = part.get_content_charset() or "latin-1"
    for charset in ("utf-8", said) if b"\0" not in content else (said,):
        try:
            return content.decode(charset).encode()
        except (LookupError, ValueError):
            continue
    return content.decode("latin-1").encode()


def _too_many() -> Refused:
    return Refused(
        "mail.parts", _("The mail has more parts inside each other than can be read. Send the answer alone.")
    )
