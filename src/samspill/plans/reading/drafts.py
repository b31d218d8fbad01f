"""What the ways of finding measures hand over: drafts, before who, when and where are read.

Here also: where in the source a text stands.
"""

from dataclasses import dataclass, field

from samspill.documents.blocks import Block, Document
from samspill.plans.reading.words import pattern_of


@dataclass(slots=True)
class GoalDraft:
    """`index` is the place of its block; `area` is the area a table names, or ""."""

    text: str
    index: int
    line: int
    page: int | None
    area: str = ""


@dataclass(slots=True)
class Draft:
    """A measure as found. `text` has no label; what was split from one cell or sentence shares `origin`."""

    text: str
    label: str
    index: int
    line: int
    last_line: int
    page: int | None
    verbatim: str
    rule: str
    confidence: float
    origin: str
    goal: GoalDraft | None = None
    area: str = ""
    responsible: str = ""
    responsible_from: str = ""
    deadline: str = ""
    strength: str = ""
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Anchor:
    line: int
    last_line: int
    verbatim: str


def anchor_of(document: Document, block: Block, text: str) -> Anchor:
    """The lines of a block where `text` stands; the whole block when the source writes it in another way."""
    source = "\n".join(document.lines[block.line - 1 : block.last_line])
    start, verbatim = source.find(text), text
    if start < 0 and (found := pattern_of(text).search(source)):
        start, verbatim = found.start(), found[0]
    if start < 0 or not text:
        return Anchor(block.line, block.last_line, source)
    first = block.line + source.count("\n", 0, start)
    return Anchor(first, first + verbatim.count("\n"), verbatim)
