"""The mail of a running demonstration: the morning's jobs are done for a day, and the letters are read."""

import os
import re
import subprocess
import sys
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from functional.conftest import Server

# What the worker does in the morning, in the demonstration's own home and at the time it is told.
MORNING = """
import sys
from datetime import datetime

import django

django.setup()
from samspill.directory.public import Community
from samspill.worklist import mail
from samspill.worklist.jobs import remind_in, send_mail_to

community = Community.objects.get(slug=sys.argv[1])
when = datetime.fromisoformat(sys.argv[2]).astimezone()
stamp = int(when.timestamp())
remind_in(community_id=community.pk, timestamp=stamp)
for account, communities in mail.people_with_mail(when).items():
    if community.pk in communities:
        send_mail_to(account_id=account, community_ids=[community.pk], timestamp=stamp)
"""

# The quarter of an hour after somebody pressed a button: only those who are told of it get their letter now.
SENDING = """
import sys
from datetime import datetime

import django

django.setup()
from django.db import transaction

from samspill.directory.public import Community, machine, scope
from samspill.worklist.jobs import send_mail_to
from samspill.worklist.models import Notice

community = Community.objects.get(slug=sys.argv[1])
when = datetime.fromisoformat(sys.argv[2]).astimezone()
with transaction.atomic(), scope(machine(community.pk, when.date())):
    told = Notice.objects.filter(community=community, state="waiting", title__contains=sys.argv[3])
    accounts = list(told.order_by("account").values_list("account", flat=True).distinct())
for account in accounts:
    send_mail_to(account_id=account, community_ids=[community.pk], timestamp=int(when.timestamp()))
"""


def morning(server: Server, community: str, when: datetime) -> list[EmailMessage]:
    """The letters that leave on a morning at `when` to those who work in `community` (its short name)."""
    return _letters(server, MORNING, community, when.isoformat())


def sent_about(server: Server, community: str, when: datetime, title: str) -> list[EmailMessage]:
    """The letters that tell something whose title has `title`; what else waits, waits on.

    The demonstration's own worker may have sent some of them in working hours, so the whole folder is read.
    """
    _letters(server, SENDING, community, when.isoformat(), title)
    letters = [letter for file in sorted(folder(server)) for letter in letters_in(server, file)]
    return [letter for letter in letters if title in text_of(letter)]


def _letters(server: Server, program: str, *arguments: str) -> list[EmailMessage]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("SAMSPILL_", "DATABASE_"))
    }
    environ = kept | {
        "SAMSPILL_HOME": str(server.home),
        "SAMSPILL_ORIGIN": server.url,
        "SAMSPILL_DB_POOL": "0",
        "DJANGO_SETTINGS_MODULE": "samspill.config.settings",
    }
    before = set(folder(server))
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env=environ, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return [letter for file in sorted(set(folder(server)) - before) for letter in letters_in(server, file)]


def folder(server: Server) -> list[str]:
    mail = server.home / "mail"
    return [file.name for file in mail.iterdir()] if mail.exists() else []


def letters_in(server: Server, file: str) -> list[EmailMessage]:
    """A file holds a letter or several, each followed by a line of dashes."""
    content = (server.home / "mail" / file).read_bytes()
    parts = re.split(rb"\n-{70,}\n", content)
    return [message_from_bytes(part, policy=default) for part in parts if part.strip()]  # type: ignore[misc]


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def links_about(letter: EmailMessage, title: str) -> dict[str, str]:
    """Word -> link, of the part of the letter that names a thing; empty when it asks nothing of it."""
    parts = text_of(letter).split("\n\n")
    about = "\n".join(one for one in parts if title in one)
    return dict(re.findall(r"^(.+): (https?://\S+/lenke/\S+)$", about, re.MULTILINE))
