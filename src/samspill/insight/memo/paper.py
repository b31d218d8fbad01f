"""A memo on paper: Word and PDF/UA, drawn smaller until it is two pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspill.documents import drawing
from samspill.documents.writing import (
    Block,
    Bullets,
    Figure,
    Heading,
    Paper,
    Text,
    Title,
    Tone,
    page_count,
    to_docx,
    to_pdf,
)
from samspill.insight.memo.contents import Memo, Part
from samspill.refusal import Refused

PAGES = 2
LETTERS = "Libertinus Serif"  # of the figures in a PDF, as of its text
WIDTH = 590  # pixels of a drawing, so that its letters are as large as the text's


@dataclass(frozen=True)
class Room:
    """What a part may take: height of its drawing in pixels, sentences; and sentences of method in all."""

    height: int
    sentences: int
    method: int


ROOMS = (Room(220, 4, 6), Room(180, 3, 5), Room(150, 2, 4), Room(115, 2, 3), Room(95, 1, 2))
"""Tried in turn until the memo is two pages."""


def fitted(memo: Memo, *, made_at: datetime, ending: str) -> bytes:
    """The memo as "pdf" or "docx", with as much room as two pages give.

    Refuses (`memo.too_long`) what does not fit however it is drawn. Word breaks lines by itself: there two
    pages are what they are on paper here, and may be a line more or less.
    """
    for room in ROOMS:
        found = to_pdf(paper_of(memo, room, made_at=made_at, ending="pdf"))
        if page_count(found) <= PAGES:
            if ending == "pdf":
                return found
            return to_docx(paper_of(memo, room, made_at=made_at, ending=ending))
    raise Refused(
        "memo.too_long", _("The memo becomes more than two pages. Choose fewer calculations."), field="u"
    )


def paper_of(memo: Memo, room: Room, *, made_at: datetime, ending: str) -> Paper:
    """The paper with that much room; `ending` says in which form the figures are drawn."""
    with translation.override(memo.language):
        blocks: list[Block] = [Title(), Text(". ".join(memo.facts) + ".", Tone.QUIET)]
        for part in memo.parts:
            blocks += _part(part, memo.language, room, ending)
        blocks += _ending(memo, room)
        page_of = pgettext("foot of a page", "Page %(page)s of %(pages)s")
    return Paper(
        title=memo.title,
        language=memo.language,
        author=memo.facts[0],
        header=memo.facts[0],
        footer=memo.title,
        page_of=page_of,
        made_at=made_at,
        blocks=tuple(blocks),
    )


def _part(part: Part, language: str, room: Room, ending: str) -> Iterator[Block]:
    if part.heading:
        yield Heading(part.heading, level=2)
    for number, sentence in enumerate(part.sentences[: room.sentences]):
        yield Text(sentence, Tone.QUIET if number else Tone.BODY, keep=part.figure is not None)
    if part.figure is not None:
        yield _figure(part, language, room, ending)
    if part.address:
        yield Text(_("Permanent address: %(address)s") % {"address": part.address}, Tone.SMALL)


def _figure(part: Part, language: str, room: Room, ending: str) -> Figure:
    figure = part.figure
    assert figure is not None  # noqa: S101  asked for above
    spec = _drawn(drawing.wide(figure.spec), room.height)
    return Figure(
        svg=drawing.svg(spec, language, font=LETTERS) if ending == "pdf" else "",
        png=drawing.png(spec, language) if ending == "docx" else b"",
        alt=f"{figure.title}. {part.sentences[0]}" if part.sentences else figure.title,
        source=str(figure.source),
    )


def _drawn(spec: dict[str, Any], height: int) -> dict[str, Any]:
    """As wide as the text; as high as there is room for, unless its rows say how high it is."""
    if "layer" not in spec and "mark" not in spec:
        return spec
    by_rows = isinstance(spec.get("height"), dict)
    return {**spec, "width": WIDTH, **({} if by_rows else {"height": height})}


def _ending(memo: Memo, room: Room) -> Iterator[Block]:
    said = memo.method[: room.method]
    if said:
        yield Heading(_("How the figures were made"), level=3)
        yield Bullets(tuple(said))
