"""Put back together what a line or page break took apart: wrapped lines, divided words, sentences over a gap.

Source of the rule for sentences: two parts belong together when the first does not end with . : ; ? ! and the
next starts with a small letter. Not here: where a line ends a paragraph (`text`, `pdf`).
"""

import re
from collections.abc import Sequence
from functools import cached_property

from samspill.documents.blocks import BlockKind
from samspill.documents.marks import is_address, is_labelled, is_open, starts_large, starts_small
from samspill.documents.pieces import Piece

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
DIVIDED = "\xad"
"""At the end of a line: its last word goes on in the next one."""
_HELD = re.compile(r"(?:og|eller|samt|til|and|or)\b", re.IGNORECASE)  # «helse- og omsorgstjenester»
_STEM = re.compile(r"([^\W\d_]+)-$")
_SHORTEST_STEM = 3
_CARRIED = re.compile(r"[^\W\d_]+")
_FRAGMENT = 40  # characters: shorter lines that all start small are a list without bullets, not a sentence

_TEXT = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_BETWEEN = (BlockKind.FOOTNOTE, BlockKind.PAGE_BREAK, BlockKind.CAPTION)


class Joiner:
    """Joins lines of one document; its own words tell whether a hyphen at a line's end is to stay."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(word.casefold() for line in self._lines for word in _WORD.findall(line))

    def flow(self, parts: Sequence[str]) -> str:
        """One running text of several lines. A newline inside a part (`<br>`) becomes a space."""
        text: list[str] = []
        for part in parts:
            words = " ".join(part.split())
            if text and words:
                if text[-1].endswith(DIVIDED):
                    text[-1] = text[-1].removesuffix(DIVIDED)
                elif text[-1].endswith("-") and not _HELD.match(words):
                    text[-1] = self._before(text[-1], words)
                else:
                    text.append(" ")
            text += [words] if words else []
        return "".join(text)

    def _before(self, first: str, second: str) -> str:
        """The end of a line that a hyphen ends, as it stands before the start of the next."""
        stem, carried = _STEM.search(first), _CARRIED.match(second)
        if first.endswith(" -"):
            return first + " "
        if not stem or not carried or not second[0].islower():
            return first
        whole, hyphened = (f"{stem[1]}{between}{carried[0]}".casefold() for between in ("", "-"))
        short = len(stem[1]) < _SHORTEST_STEM or stem[1].isupper()  # «e-helse», «ROP-pasienter»
        if whole in self._words or not (short or hyphened in self._words):
            return first[:-1]
        return first

    def join_sentences(self, pieces: Sequence[Piece]) -> list[Piece]:
        """The pieces with sentences whole again; a note or page break that stood between follows after."""
        joined: list[Piece] = []
        last: Piece | None = None
        for piece in pieces:
            if last is not None and _continues(last, piece):
                last.parts.append(piece.text)
                last.last_line = piece.last_line
                continue
            joined.append(piece)
            if piece.kind in _TEXT and not is_address(piece.text):
                last = piece
            elif piece.kind not in _BETWEEN and piece.kind not in _TEXT:
                last = None
        for piece in joined:
            if len(piece.parts) > 1:
                piece.parts = [self.flow(piece.parts)]
        return joined


def _continues(last: Piece, piece: Piece) -> bool:
    if piece.kind is not BlockKind.PARAGRAPH or not piece.text or not last.parts[-1]:
        return False
    end = last.parts[-1]
    if end.endswith(DIVIDED):
        return True
    if end.endswith("-") and piece.text[0].isdigit():  # «2017-» «2018»
        return True
    if is_open(end) and last.unfinished and starts_large(piece.text) and not is_labelled(piece.text):
        return len(piece.parts[0]) > _FRAGMENT  # the sentence goes on with a name; a title would be short
    if not (is_open(end) and starts_small(piece.text)):
        return False
    fragments = len(last.parts) == 1 and len(end) < _FRAGMENT and starts_small(end) and not last.label
    return not fragments
