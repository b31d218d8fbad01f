"""`samspill mail receive`: one mail, as the mail server hands it over."""

import importlib
import sys
from datetime import UTC, datetime
from typing import BinaryIO

import click

from samspill.cli.migrate import check_migrated
from samspill.cli.runtime import Runtime
from samspill.refusal import Refused

DONE, NOT_TAKEN, TRY_LATER = 0, 65, 75
"""Exit codes of sysexits.h, which mail servers know: EX_OK, EX_DATAERR, EX_TEMPFAIL."""


@click.group()
def mail() -> None:
    """Take mails that come in."""


@mail.command(epilog="Example: samspill mail receive < svar.eml")
@click.pass_obj
def receive(runtime: Runtime) -> int:
    """Read one mail from standard input: a calendar's answer to an invitation is written on the meeting.

    Exit code 0: done, or nothing to do. 65: refused, with the reason; the mail server sends it back.
    75: the database is away; the mail server keeps the mail and tries again.
    """
    try:
        runtime.start_database()
        check_migrated(runtime)
    except Refused as refused:
        return say(refused.sentence, TRY_LATER)
    return hand_in(sys.stdin.buffer, now=datetime.now(UTC))


def hand_in(stream: BinaryIO, *, now: datetime) -> int:
    """Read the mail and do what it asks for; returns the exit code. Set Django up first."""
    # Models can be imported only now that Django is set up.
    errors = importlib.import_module("django.db")
    door = importlib.import_module("samspill.worklist.public")
    content = stream.read(door.LONGEST_MAIL + 1)
    try:
        done = door.receive_mail(content, now=now)
    except Refused as refused:
        return say(refused.sentence, NOT_TAKEN)
    except (errors.OperationalError, errors.InterfaceError):
        return say("The database is away. Try again later.", TRY_LATER)
    if done:
        click.echo(done)
    return DONE


def say(sentence: str, code: int) -> int:
    click.echo(sentence, err=True)
    return code
