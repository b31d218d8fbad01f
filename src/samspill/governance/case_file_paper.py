"""The whole set of papers as one PDF, and the attachments as they were sent in, as one ZIP.

The agenda first, with the page each item begins on; then each item with its brief, and its PDF attachments
after it. What cannot be put into a PDF is named where it belongs, and is in the ZIP.
"""

import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO

from django.core.files.storage import default_storage
from django.utils import translation
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from samspill.documents.writing import (
    Block,
    Bullets,
    Heading,
    Paper,
    Part,
    Row,
    Table,
    Text,
    Title,
    Tone,
    assemble,
    page_count,
    to_pdf,
)
from samspill.governance.actions.papers import place_of
from samspill.governance.meeting_wording import hours
from samspill.governance.queries.case_file import CaseFile, FileItem, FilePaper
from samspill.governance.rules.days import long_day
from samspill.refusal import Refused

ENCLOSED_AT_MOST = 200_000_000
"""Bytes of attachments in one PDF; what comes after is in the ZIP alone."""


@dataclass
class _Made:
    """An item in the making: its own pages, and the attachments that follow them."""

    one: FileItem
    own: bytes = b""
    pages: int = 0
    enclosed: list[tuple[FilePaper, bytes, int]] = field(default_factory=list)
    beside: list[FilePaper] = field(default_factory=list)

    @property
    def whole(self) -> int:
        return self.pages + sum(count for _paper, _content, count in self.enclosed)


def to_one_pdf(found: CaseFile, *, made_at: datetime) -> bytes:
    """The whole set, in the meeting's own written form."""
    with translation.override(found.meeting.language):
        made = _items(found, made_at)
        pages = page_count(_front(found, [0] * len(made), made_at))
        front = _front(found, _first_pages(made, pages), made_at)
        parts = [Part(_("Agenda"), front)]
        for one in made:
            if one.own:
                parts.append(Part(f"{one.one.number} {one.one.title}", one.own))
            parts += [Part(paper.title, content, 2) for paper, content, _count in one.enclosed]
        return assemble(
            parts,
            title=title_of(found),
            author=found.meeting.community.full_name,
            language=found.meeting.language,
            page_of=_("Page %(page)s of %(pages)s"),
        )


def title_of(found: CaseFile) -> str:
    return _("%(body)s %(day)s: the whole set of papers") % {
        "body": found.meeting.body,
        "day": long_day(found.meeting.day),
    }


def _items(found: CaseFile, made_at: datetime) -> list[_Made]:
    room = ENCLOSED_AT_MOST
    made = []
    for one in found.items:
        entry = _Made(one)
        for paper in one.papers:
            content = bytes_of(paper) if paper.is_pdf and _size(paper) <= room else b""
            count = page_count(content) if content else 0
            if count:
                room -= len(content)
                entry.enclosed.append((paper, content, count))
            else:
                entry.beside.append(paper)
        if not one.is_empty:
            entry.own = to_pdf(_paper(found, one.title, _blocks(entry), made_at))
            entry.pages = page_count(entry.own)
        made.append(entry)
    return made


def _size(paper: FilePaper) -> int:
    return paper.version.size_bytes if paper.version else 0


def _first_pages(made: Sequence[_Made], front: int) -> list[int]:
    first, found = front + 1, []
    for one in made:
        found.append(first)
        first += one.whole
    return found


def _paper(found: CaseFile, title: str, blocks: Sequence[Block], made_at: datetime) -> Paper:
    meeting = found.meeting
    return Paper(
        title=title,
        language=meeting.language,
        author=meeting.community.full_name,
        header=f"{meeting.body}, {long_day(meeting.day)}",
        footer=meeting.community.full_name,
        page_of="",
        made_at=made_at,
        blocks=tuple(blocks),
    )


def _front(found: CaseFile, pages: Sequence[int], made_at: datetime) -> bytes:
    meeting = found.meeting
    when = f"{long_day(meeting.day)}, {hours(meeting.starts, meeting.ends)}"
    blocks: list[Block] = [
        Title(),
        Text(". ".join(part for part in (meeting.body.name, when, meeting.place) if part) + ".", Tone.LEAD),
    ]
    rows = tuple(
        Row((one.number, f"{one.title}\n{one.left_out}", "" if one.is_empty else str(page)))
        for one, page in zip(found.items, pages, strict=True)
    )
    head = (_("Case"), _("What it is about"), _("Page"))
    if rows:
        blocks.append(Table(_("Agenda"), head, rows, shares=(0.14, 0.74, 0.12)))
    return to_pdf(_paper(found, title_of(found), blocks, made_at))


def _blocks(entry: _Made) -> list[Block]:
    return [Title(), *_said(entry)]


def _said(entry: _Made) -> Iterator[Block]:
    one = entry.one
    yield Text(f"{_('Case')} {one.number}, {one.item.get_kind_display()}", Tone.QUIET)
    if one.left_out:
        yield Text(one.left_out)
        return
    if one.question:
        yield Text(one.question, Tone.LEAD)
    for part in one.parts:
        yield Heading(str(part["heading"]))
        yield from (Text(line) for line in str(part["text"]).split("\n") if line.strip())
    if entry.enclosed:
        yield Heading(_("Attachments on the next pages"))
        yield Bullets(tuple(paper.title for paper, _content, _count in entry.enclosed))
    if entry.beside:
        yield Heading(_("Attachments that are not printed here"))
        yield Bullets(tuple(_beside(paper) for paper in entry.beside))


def _beside(paper: FilePaper) -> str:
    where = paper.why or (paper.version.name if paper.version else "")
    return f"{paper.title} ({where})"


def bytes_of(paper: FilePaper) -> bytes:
    """The attachment as it was sent in. Refuses when the file is not what it was, or not there."""
    assert paper.version is not None  # noqa: S101  those that are handed out have one
    place = place_of(paper.version.sha256)
    if default_storage.exists(place):
        with default_storage.open(place, "rb") as file:
            content: bytes = file.read()
        if hashlib.sha256(content).hexdigest() == paper.version.sha256:
            return content
    raise Refused(
        "papers.file",
        _("The file of «%(title)s» is not as it was kept. Tell the secretariat.") % {"title": paper.title},
    )


def write_originals(found: CaseFile, file: IO[bytes]) -> None:
    """A folder for each item, with its attachments in order, and a list of them all."""
    listed = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for place, one in enumerate(found.items, 1):
            listed.append(f"{one.number} {one.title}")
            if one.left_out:
                listed.append(f"  {one.left_out}")
            folder = f"{place:02d}-{_plain(one.number)}"
            for number, paper in enumerate(one.papers, 1):
                if paper.version is None:
                    listed.append(f"  {_beside(paper)}")
                    continue
                path = f"{folder}/{number:02d}-{_plain(paper.version.name)}"
                made.writestr(path, bytes_of(paper))
                listed.append(f"  {paper.title}: {path}")
        made.writestr(_("contents") + ".txt", "\n".join([title_of(found), "", *listed, ""]))


def _plain(name: str) -> str:
    """A name no system takes for a folder or a command."""
    return get_valid_filename(name.replace("/", "-").replace("\\", "-").lstrip(".") or "-")[-80:]
