"""The answer to a hearing on paper: Word and PDF/UA with the same blocks, in the målform of the hearing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspill.documents.writing import Block, Bullets, Heading, Paper, Row, Table, Text, Title, Tone
from samspill.governance.rules.answer_parts import Grid, Items, Part, Words, parts_of
from samspill.governance.rules.days import long_day

TWO_COLUMNS = (0.38, 0.62)


@dataclass(frozen=True)
class Answered:
    """A question in the asker's words, with its number ("" for none), and the joint answer."""

    number: str
    text: str
    answer: str

    @property
    def heading(self) -> str:
        return f"{self.number} {self.text}".strip()


@dataclass(frozen=True)
class Reply:
    """What the paper says. `approved_by`: the body, "" while it is a draft; `made_on`: the day of a draft."""

    title: str
    community: str
    asked_by: str
    language: str
    intro: str
    made_on: date
    delivered_on: date | None
    approved_by: str
    answered: Sequence[Answered]


def paper_of(reply: Reply, *, made_at: datetime) -> Paper:
    with translation.override(reply.language):
        return Paper(
            title=reply.title,
            language=reply.language,
            author=reply.community,
            header=reply.community,
            footer=reply.title,
            page_of=pgettext("foot of a page", "Page %(page)s of %(pages)s"),
            made_at=made_at,
            blocks=(Title(), *_front(reply), *_answers(reply)),
        )


def _front(reply: Reply) -> Iterator[Block]:
    values = {"community": reply.community, "asker": reply.asked_by}
    said = _("Answer from %(community)s to %(asker)s.") if reply.asked_by else _("Answer from %(community)s.")
    yield Text(said % values, Tone.LEAD)
    yield Text(_standing(reply), Tone.QUIET)
    for part in parts_of(reply.intro):
        yield from _block(part, reply.title)


def _standing(reply: Reply) -> str:
    """How far the answer has come: what is no draft says who approved it."""
    if not reply.approved_by:
        return _("Draft, %(day)s. Not approved yet.") % {"day": long_day(reply.made_on)}
    said = _("Approved by %(body)s.") % {"body": reply.approved_by}
    if reply.delivered_on is None:
        return f"{said} {_('Not delivered yet.')}"
    return f"{said} {_('Delivered %(day)s.') % {'day': long_day(reply.delivered_on)}}"


def _answers(reply: Reply) -> Iterator[Block]:
    for one in reply.answered:
        yield Heading(one.heading, level=2)
        parts = parts_of(one.answer)
        if not parts:
            yield Text(_("No answer yet."), Tone.QUIET)
        for part in parts:
            yield from _block(part, one.heading)


def _block(part: Part, caption: str) -> Iterator[Block]:
    match part:
        case Words(text):
            yield Text(text)
        case Items(texts):
            yield Bullets(texts)
        case Grid(head, rows):
            shares = TWO_COLUMNS if len(head) == len(TWO_COLUMNS) else ()
            yield Table(caption=caption, head=head, rows=tuple(Row(row) for row in rows), shares=shares)
