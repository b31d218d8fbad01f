"""List items that are whole sentences: they are judged as running text, and what stands below them is theirs.

«Ahus skal oppdatere opplæringen innen 1. mars» is a measure in whatever list it stands, «Underernæring er …»
beside it is none. Not here: the lists themselves (`bullets`), or how a sentence is judged (`judging`).
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from samspill.documents.blocks import BlockKind, Document
from samspill.plans.reading.bullets import ListReader
from samspill.plans.reading.details import take_details
from samspill.plans.reading.drafts import Draft


def with_told_items(document: Document, items: Collection[int]) -> Document:
    """The document with the items at these places as paragraphs, each to be read for itself."""
    blocks = (
        replace(block, kind=BlockKind.PARAGRAPH) if index in items else block
        for index, block in enumerate(document.blocks)
    )
    return replace(document, blocks=tuple(blocks)) if items else document


def complete(drafts: Iterable[Draft], lists: ListReader) -> None:
    """Who and when that stand below an item go to the measures of its sentence."""
    for draft in drafts:
        for said in lists.said_below.get(draft.index, ()):
            take_details(draft, said)
