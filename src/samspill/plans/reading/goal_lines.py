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
_LONGEST = 200


def goals_above(blocks: Sequence[Block], start: int) -> list[tuple[int, str]]:
    """Place and text of the goals told between the table at `start` and the heading of its area, in order."""
    told: list[tuple[int, str]] = []
    below: list[tuple[int, str]] = []  # lines that a heading «Mål» may open
    for place in range(start - 1, -1, -1):
        block, text = blocks[place], clean(blocks[place].text)
        if block.kind is BlockKind.TABLE_ROW:
            if told:
                break
            below = []
        elif block.kind in _ABLE and (found := _TOLD.fullmatch(text) or _FLOWED.fullmatch(text)):
            told.append((place, found["text"]))
        elif block.kind in _ABLE and _NAMED.fullmatch(text):
            told += _opened(blocks, below)
        elif block.kind is BlockKind.PARAGRAPH and EXPLICIT.fullmatch(text):
            break  # an area that nothing but its words marks
        elif block.kind is BlockKind.PARAGRAPH and PART_OF_AREA.fullmatch(fold(text)):
            below = []
        elif block.kind in _LINES:
            below.append((place, text))
        if block.kind is BlockKind.HEADING:
            if not PART_OF_AREA.fullmatch(fold(text)) or told:
                break
            below = []
    return told[::-1]


def _opened(blocks: Sequence[Block], below: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """One line below «Mål», or the list right below it; more text than that explains."""
    listed = [one for one in below if blocks[one[0]].kind is BlockKind.LIST_ITEM]
    chosen = listed if below and below[-1] in listed else list(below) if len(below) == 1 else []
    return [one for one in chosen if len(one[1]) <= _LONGEST]
