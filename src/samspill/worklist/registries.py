"""What apps above may add to the worklist: acts that a mail link can do, and acts that are news."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise

from samspill.directory.public import Actor

Text = str | Promise


@dataclass(frozen=True)
class Ask:
    """One act offered to somebody: which of LINK_ACTS, on which thing, with which plain JSON arguments."""

    act: str
    thing: int
    arguments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """How an ask looks to the one who is asked: the link's words, the question, and the thing."""

    label: str
    question: str
    title: str
    path: str


@dataclass(frozen=True)
class LinkAct:
    """`describe(thing, arguments, actor)` changes nothing and refuses when the act can no longer be done.

    `perform(thing, arguments, actor)` does it, records it with `via="link"` and returns what was done in a
    sentence. Both run in the actor's community, as the actor.

    `asks_for`: what the page calls a sentence one may write (`SAID` of the arguments then, "" when nothing is
    written, at most `LONGEST_SAID` characters); empty when the page asks for none.
    """

    describe: Callable[[int, Mapping[str, str], Actor], Asked]
    perform: Callable[[int, Mapping[str, str], Actor], str]
    asks_for: Text = ""


SAID, LONGEST_SAID = "sentence", 500
LINK_ACTS: dict[str, LinkAct] = {}


@dataclass(frozen=True)
class Told:
    """An act in the audit log as a sentence with %(who)s and %(what)s. News stands on others' start pages."""

    sentence: Text
    is_news: bool = True


ACTS: dict[str, Told] = {}
"""Code of an act -> how it is told. What has no words here is told to nobody."""

REMINDERS: dict[str, Callable[..., int]] = {}
"""What apps put in the outbox on a morning, before the worklist's own reminders.

Called with `by=` Samspill in a community, inside its scope; returns how many notices are new.
"""

MailReader = Callable[[bytes, datetime], str]
"""Does what a part of a mail that came in asks for; returns what was done in a sentence, "" for nothing.

Called outside transactions and scopes, with the part as UTF-8 and now. Refuses what cannot be done.
"""

MAIL_READERS: dict[str, MailReader] = {}
"""Kind of a mail's part ("text/calendar") -> who reads it."""
