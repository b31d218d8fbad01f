"""The goal that stands above a table: «Mål: …» on a line, in a heading, or below the heading «Mål».

Not here: goals in the cells of a table (`tables`), and goals of lists (`bullets`).
"""

import re
from collections.abc import Sequence

from samspill.documents.blocks import Block, BlockKind
from samspill.plans.reading.headings import EXPLICIT, PART_OF_AREA
from samspill.plans.reading.words import clean, fold

_KIND = (
    r"(?:(?:vårt|felles|overordne(?:t|de|dt)|overordna|strategisk|hoved|hovud|del)[\s-]?)?"
    r"mål(?:et|setting(?:en)?|setjing(?:a)?)?"
)
_TOLD = re.compile(
    rf"{_KIND}(?:\svårt|\sfor\s[^:]{{2,60}})?\s?\d{{0,2}}(?:\.\d{{1,2}}){{0,2}}\s?[:–]\s+(?P<text>\S.{{3,}})",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"{_KIND}(?:\s(?:vårt|for\s.{{2,60}}))?\s?:?", re.IGNORECASE)
# «Mål», the goal and «Tiltak» on three lines that were read as one
_FLOWED = re.compile(r"Mål(?:setting|setjing)?\s(?P<text>[A-ZÆØÅ][^:.]{3,150}?)\sTiltak")
_LINES = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_ABLE = (*_LINES, BlockKind.HEADING)
_PARTS = (*_ABLE, BlockKind.TABLE_ROW)
_LONGEST = 200


def goals_above(blocks: Sequence[Block], start: int) -> list[tuple[int, str]]:
    """Place and text of the goals told between the table at `start` and the heading of its area, in order."""
    told: list[tuple[int, str]] = []
    below: list[tuple[int, str]] = []  # lines that a heading «Mål» may open
    for place in range(start - 1, -1, -1):
        block, text = blocks[place], clean(blocks[place].text)
        told += _told_at(block, text, place, blocks, below)
        if _ends(block, text, is_told=bool(told)):
            break
        if block.kind in _LINES and not _opens_a_part(block, text):
            below.append((place, text))
        elif block.kind in _PARTS:
            below = []
    return told[::-1]


def _told_at(
    block: Block, text: str, place: int, blocks: Sequence[Block], below: Sequence[tuple[int, str]]
) -> list[tuple[int, str]]:
    if block.kind not in _ABLE:
        return []
    if found := _TOLD.fullmatch(text) or _FLOWED.fullmatch(text):
        return [(place, found["text"])]
    return _opened(blocks, below) if _NAMED.fullmatch(text) else []


def _ends(block: Block, text: str, *, is_told: bool) -> bool:
    """Above this nothing belongs to the table: a table, an area, or a heading that is no part of one."""
    if block.kind is BlockKind.PARAGRAPH:
        return bool(EXPLICIT.fullmatch(text))  # an area that nothing but its words marks
    if block.kind is BlockKind.HEADING:
        return is_told or not PART_OF_AREA.fullmatch(fold(text))
    return block.kind is BlockKind.TABLE_ROW and is_told


def _opens_a_part(block: Block, text: str) -> bool:
    return block.kind is BlockKind.PARAGRAPH and bool(
        PART_OF_AREA.fullmatch(fold(text)) or _TOLD.fullmatch(text) or _NAMED.fullmatch(text)
    )


def _opened(blocks: Sequence[Block], below: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """One line below «Mål», or the list right below it; more text than that explains."""
    listed = [one for one in below if blocks[one[0]].kind is BlockKind.LIST_ITEM]
    chosen = listed if below and below[-1] in listed else list(below) if len(below) == 1 else []
    return [one for one in chosen if len(one[1]) <= _LONGEST]
