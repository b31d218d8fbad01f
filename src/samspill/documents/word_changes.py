"""What differs between two wordings of the same thing, word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

_WORD_OR_SIGN = re.compile(r"(\s*)(\w+|[^\w\s])")


class Change(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Piece:
    """Words after one another that are the same in both, gone from the old, or new in the new.

    `is_apart`: there is a space before it; a comma follows its word without one.
    """

    change: Change
    text: str
    is_apart: bool


class _Token(NamedTuple):
    """A word or a sign, compared by its letters alone."""

    letters: str
    is_apart: bool


def word_changes(old: str, new: str) -> list[Piece]:
    """Both wordings in one row: what is gone and what is new in place of it, in the order they are read.

    The pieces that are not new are the words of `old`, those that are not gone the words of `new`.
    """
    before, after = _tokens(old), _tokens(new)
    matcher = SequenceMatcher(
        None, [one.letters for one in before], [one.letters for one in after], autojunk=False
    )
    pieces: list[Piece] = []
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(_piece(Change.SAME, after[new_start:new_end]))
            continue
        pieces += [_piece(Change.GONE, before[start:end])] if start < end else []
        pieces += [_piece(Change.NEW, after[new_start:new_end])] if new_start < new_end else []
    return pieces


def _tokens(text: str) -> list[_Token]:
    return [_Token(found[2], bool(found[1])) for found in _WORD_OR_SIGN.finditer(text.strip())]


def _piece(change: Change, tokens: Sequence[_Token]) -> Piece:
    text = "".join(f" {one.letters}" if one.is_apart else one.letters for one in tokens)
    return Piece(change, text.lstrip(), tokens[0].is_apart)


def of_old(pieces: Sequence[Piece]) -> list[Piece]:
    """What the old wording consists of."""
    return [piece for piece in pieces if piece.change != Change.NEW]


def of_new(pieces: Sequence[Piece]) -> list[Piece]:
    """What the new wording consists of."""
    return [piece for piece in pieces if piece.change != Change.GONE]
