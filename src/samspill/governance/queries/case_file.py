"""«Hele sakspapiret»: what a meeting's whole set of papers is, for the one who reads it.

What is closed to the reader has its place in the set with the reason, and nothing of what it says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samspill.directory.public import Actor
from samspill.governance.models import AgendaItem, Meeting, PaperVersion
from samspill.governance.queries.reading import ItemRead, reading
from samspill.governance.states import BriefPart

PDF = "application/pdf"


@dataclass(frozen=True)
class FilePaper:
    """An attachment. `version` is None when it is not handed out; `why` says so."""

    title: str
    version: PaperVersion | None
    why: str = ""

    @property
    def is_pdf(self) -> bool:
        return self.version is not None and self.version.content_type == PDF


@dataclass(frozen=True)
class FileItem:
    """An item of the agenda with its brief and papers; `left_out` says why there is nothing."""

    item: AgendaItem
    number: str
    title: str
    left_out: str = ""
    question: str = ""
    parts: Sequence[Mapping[str, Any]] = ()
    papers: Sequence[FilePaper] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing is written or sent in for it: it has its line on the agenda and no page of its own."""
        return not (self.left_out or self.question or self.parts or self.papers)


@dataclass(frozen=True)
class CaseFile:
    """The set: the meeting, and its items in order."""

    meeting: Meeting
    items: Sequence[FileItem]

    @property
    def papers(self) -> list[FilePaper]:
        return [paper for one in self.items for paper in one.papers]

    @property
    def originals(self) -> list[FilePaper]:
        return [one for one in self.papers if one.version is not None]

    @property
    def left_out(self) -> list[FileItem]:
        return [one for one in self.items if one.left_out]


def case_file(meeting: Meeting, actor: Actor) -> CaseFile:
    """As many queries as the meeting's page (`reading`)."""
    reads = reading(meeting, actor)
    return CaseFile(meeting, [_item(read, place) for place, read in enumerate(reads, 1)])


def _item(read: ItemRead, place: int) -> FileItem:
    number = read.item.reference or str(place)
    if read.is_shut or read.is_closed:
        return FileItem(read.item, number, read.item.public_title, left_out=_why(read))
    parts = [one for one in read.content if one["part"] != BriefPart.QUESTION and one["text"].strip()]
    return FileItem(
        read.item,
        number,
        read.title or read.item.public_title,
        question=read.question,
        parts=parts,
        papers=[_paper(line) for line in read.papers],
    )


def _why(read: ItemRead) -> str:
    if read.is_disqualified:
        return _("You are disqualified in this item, so its papers are not here.")
    if read.is_shut:
        return _("Whether you are disqualified is being concluded, so the papers are not here.")
    return _("This item is closed for you, so its papers are not here.")


def _paper(line: Any) -> FilePaper:
    if not line.may_read:
        return FilePaper(line.title, None, _("closed for you"))
    if not line.is_handed_out:
        return FilePaper(line.title, None, _("waits for the virus scan"))
    return FilePaper(line.title, line.newest)
