"""Find the headings nobody declared, and give all headings levels that fit together.

A heading that is declared (a style, `#`, a larger font) is believed. Where a document declares none, a
heading is a line alone that is numbered, that the contents name, or that is short, starts large and has no
full stop. Not here: how a format declares headings (the readers).
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from samspill.documents.blocks import BlockKind
from samspill.documents.contents import is_contents_title
from samspill.documents.marks import (
    bare_number,
    heading_label,
    is_address,
    is_caption,
    is_labelled,
    numbers,
    starts_large,
    starts_small,
)
from samspill.documents.pieces import Piece

_LONGEST_NUMBERED = 130
_LONGEST_PLAIN = 80
_DECLARED_ENOUGH = 2  # a title alone does not tell how the rest is divided
_ROW_OF_SHORT_LINES = 4  # as many short lines in a row, with nothing below each, are a list of names
_LINES_OF_FRONT = 7  # at the top of the document: a title, a name, a year, and the first chapter
_DEEPEST = 6
_DATE = re.compile(r"\d{1,2}\.\s?(?:\d{1,2}\.|\w{3,9})\s?\d{4}$")
_ABBREVIATION = re.compile(r"[A-ZÆØÅ][\wÆØÅæøå]*(?:\s[A-ZÆØÅ]{2,})?\s(?:=|[–-]\s[a-zæøå])|.{1,60}\s=\s")
_QUOTED = re.compile(r"[«“\"].{0,200}[»”\"]")
_NOT_LETTERS = re.compile(r"[\W_]+")
_SKIPPED = (BlockKind.FOOTNOTE, BlockKind.PAGE_BREAK)


def find_headings(pieces: Sequence[Piece]) -> None:
    """Turn what are headings into headings, in place; levels are relative until `repair_levels`."""
    flow = [piece for piece in pieces if piece.kind not in _SKIPPED]
    titles = {_key(piece.text): numbers(piece.label) for piece in flow if piece.kind is BlockKind.CONTENTS}
    declared = sum(piece.declared and not is_contents_title(piece.text) for piece in flow)
    for piece in flow:
        if _is_textual(piece) and _is_named(piece, titles):
            _make_heading(piece)
    if declared < _DECLARED_ENOUGH:
        _find_numbered(flow)
        _find_plain(flow)
    _nest_plain(flow)


def repair_levels(pieces: Sequence[Piece]) -> None:
    """Numbered headings of one depth get one level, the highest any of them has; deeper ones a lower one.

    A heading without a number in the same letters as the numbered one before it keeps beside that one.
    """
    numbered = [
        (len(numbers(piece.label)), piece)
        for piece in pieces
        if piece.kind is BlockKind.HEADING and numbers(piece.label)
    ]
    levels: dict[int, int] = {}
    for depth in sorted({depth for depth, _ in numbered}):
        own = min(piece.level for found, piece in numbered if found == depth)
        above = max((level for shallower, level in levels.items() if shallower < depth), default=0)
        levels[depth] = min(max(own, above + 1), _DEEPEST)
    before: tuple[int, int] = (0, 0)  # the level of the numbered heading above as it was, and as it is now
    for piece in pieces:
        if piece.kind is not BlockKind.HEADING:
            continue
        if depth := len(numbers(piece.label)):
            before = (piece.level, levels[depth])
            piece.level = levels[depth]
        elif piece.level == before[0]:
            piece.level = before[1]


def _key(text: str) -> str:
    """The words of a title, so that «Barn og unge.» is «barn og unge»."""
    return _NOT_LETTERS.sub(" ", text).strip().casefold()


def _is_textual(piece: Piece) -> bool:
    return piece.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


def _is_named(piece: Piece, titles: dict[str, tuple[int, ...]]) -> bool:
    """The contents name this line, with the same number if both have one: a list may name it as well."""
    label = heading_label(piece.text) if not piece.label else None
    words, number = (label.rest, numbers(label.label)) if label else (piece.text, numbers(piece.label))
    key = _key(words)
    return piece.alone and bool(key) and key in titles and (not number or titles[key] in (number, ()))


def _make_heading(piece: Piece) -> None:
    if not piece.label:
        label = heading_label(piece.text)
        piece.label, piece.parts = label.label, [label.rest]
    piece.kind = BlockKind.HEADING
    piece.level = max(1, len(numbers(piece.label)))


def _find_numbered(flow: Sequence[Piece]) -> None:
    candidates = [_numbered_depth(piece) for piece in flow]
    for index, after in enumerate(flow[1:]):
        if after.kind is BlockKind.PARAGRAPH and starts_small(after.text):  # the sentence goes on
            candidates[index] = 0
    listed = set()
    for index, (first, second) in enumerate(pairwise(flow)):
        # «1. …» right before «2. …» are items of a list, «1. …» right before «1.1 …» are not
        if candidates[index] and candidates[index] == candidates[index + 1] and _follows(first, second):
            listed |= {index, index + 1}
    for index, piece in enumerate(flow):
        if candidates[index] and index not in listed:
            _make_heading(piece)


def _numbered_depth(piece: Piece) -> int:
    """How many numbers the label of a candidate has; 0 when it is no candidate."""
    if not (_is_textual(piece) and piece.alone) or len(piece.text) > _LONGEST_NUMBERED:
        return 0
    label = bare_number(piece.text) if piece.kind is BlockKind.PARAGRAPH else None
    words, number = (label.rest, label.label) if label else (piece.text, piece.label)
    if not starts_large(words) or words[-1] in ".:;,-":
        return 0
    return len(numbers(number)) if not number.endswith(")") else 0


def _follows(first: Piece, second: Piece) -> bool:
    one, two = (numbers(piece.label or heading_label(piece.text).label) for piece in (first, second))
    return one[:-1] == two[:-1] and one[-1] + 1 == two[-1]


def _find_plain(flow: Sequence[Piece]) -> None:
    candidates = [_is_plain_heading(piece, after) for piece, after in pairwise(flow)]
    start = 0
    while start < len(candidates):
        end = start
        while end < len(candidates) and candidates[end]:
            end += 1
        most = _LINES_OF_FRONT if start == 0 else _ROW_OF_SHORT_LINES
        if 0 < end - start < most:
            for piece in flow[start:end]:
                _make_heading(piece)
        start = end + 1


def _is_plain_heading(piece: Piece, after: Piece) -> bool:
    text = piece.text
    if piece.kind is not BlockKind.PARAGRAPH or not piece.alone or not 2 < len(text) <= _LONGEST_PLAIN:
        return False
    if text[-1] in ".:;,!-" or not (starts_large(text) or text[0].isdigit()):
        return False
    if after.kind is BlockKind.PARAGRAPH and starts_small(after.text):
        return False
    return not _is_something_else(text)


def _is_something_else(text: str) -> bool:
    """An abbreviation explained, a date of adoption, a slogan, a caption or an address."""
    patterned = _ABBREVIATION.match(text) or _DATE.search(text) or _QUOTED.fullmatch(text)
    return bool(patterned) or is_caption(text) or is_address(text) or is_labelled(text)


def _nest_plain(flow: Sequence[Piece]) -> None:
    """Undeclared headings without a number stand below the numbered one before them, or what lists them."""
    numbered, section, listed = 0, 0, dict[str, int]()
    for piece in flow:
        if piece.kind is BlockKind.HEADING:
            if numbers(piece.label):
                numbered = piece.level
            elif not piece.declared:
                piece.level = min(listed.get(_key(piece.text), numbered) + 1, _DEEPEST)
            section = piece.level
        elif piece.kind is BlockKind.LIST_ITEM:
            listed.setdefault(_key(piece.text), section)
