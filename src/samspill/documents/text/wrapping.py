"""Which lines of a text belong together? Looks at lengths, indents and how sentences end.

Here: `Wrapping`, which knows the lengths of all lines of one text. Not here: lists, tables and headings
(`reader`).
"""

from collections.abc import Sequence
from itertools import pairwise

from samspill.documents.marks import is_labelled, is_open, leading_label, starts_large, starts_small

_LONGEST_TITLE = 60
_TITLE_SHARE = 0.55  # a title takes at most so much of the width of the text below it
_SHORT_SHARE = 0.7
_EVIDENCE = 0.2  # in wrapped Norwegian text about half of the lines go on with a small letter


class Wrapping:
    """How the lines of one text are wrapped. Lines are asked for by their index."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._widths = _block_widths(lines)
        self.is_hard = _is_hard_wrapped(lines)

    def continues(self, index: int, *, in_list: bool) -> bool:
        """Line `index` goes on with the paragraph or list item that the line before it belongs to."""
        line, before = self._lines[index], self._lines[index - 1]
        text, end = line.strip(), before.strip()
        if starts_small(text):
            return True
        if not self.is_hard or is_labelled(text, end):
            return False
        deeper = _indent(line) - _indent(before)
        if deeper >= 2 and not in_list and starts_large(text):
            return False
        if not starts_large(text) or not self._had_room(index, 1):
            return True
        return is_open(end) and not (in_list and _indent(line) == 0 and self._had_room(index, _SHORT_SHARE))

    def is_title(self, index: int) -> bool:
        """Line `index`, first of its block, is a title right on top of its text."""
        if index + 1 >= len(self._lines):
            return False
        text, below = self._lines[index].strip(), self._lines[index + 1].strip()
        short = len(text) <= min(_LONGEST_TITLE, _TITLE_SHARE * self._widths[index])
        return short and is_open(text) and starts_large(below) and leading_label(below) is None

    def _had_room(self, index: int, share: float) -> bool:
        """The first word of this line had room on the line before: the break was meant."""
        word = self._lines[index].split(maxsplit=1)[0]
        return len(self._lines[index - 1].rstrip()) + 1 + len(word) <= share * self._widths[index]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _block_widths(lines: Sequence[str]) -> list[int]:
    """For each line the length of the longest line of its block (lines without a blank between)."""
    widths = [0] * len(lines)
    start = 0
    for end in range(len(lines) + 1):
        if end == len(lines) or not lines[end].strip():
            widest = max((len(line.rstrip()) for line in lines[start:end]), default=0)
            widths[start:end] = [widest] * (end - start)
            start = end + 1
    return widths


def _is_hard_wrapped(lines: Sequence[str]) -> bool:
    pairs = evidence = 0
    for before, line in pairwise(lines):
        end, text = before.strip(), line.strip()
        if end and text and "\t" not in before + line and leading_label(text) is None:
            pairs += 1
            evidence += is_open(end) and starts_small(text)
    return evidence > 0 and evidence >= _EVIDENCE * pairs
