"""What the paragraphs of a joint text rest on, and how that follows them when the text changes. Plain values.

A paragraph is what stands between empty lines; a table is one. Its sources are numbers of contributions.
"""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

Sources = Sequence[Sequence[int]]
Base = tuple[str, Sources]
"""A text that a new one was made from, with the sources of its paragraphs."""

KEPT = 0.5
"""A paragraph rests on what an older one did when half the words of the shorter of the two are the same."""
_GAP = re.compile(r"\n[^\S\n]*\n\s*")
_WORD = re.compile(r"\w+")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, without the space around them; empty ones are no paragraphs."""
    return [part.strip() for part in _GAP.split(text.replace("\r\n", "\n").strip()) if part.strip()]


def carried(text: str, bases: Iterable[Base]) -> list[list[int]]:
    """The sources of each paragraph of `text`, from the texts it was made from.

    A paragraph that is the same keeps what it had, wherever it stands now. One that was changed, divided or
    put together has those of every older paragraph it still shares half its words with. What is new rests on
    nothing. No source is made up, and what rests on something else is not touched.
    """
    old = [
        (part, list(rests))
        for base, sources in bases
        for part, rests in zip(paragraphs(base), _padded(sources), strict=False)
    ]
    new = paragraphs(text)
    same = {part: _joined(rests for other, rests in old if other == part) for part in new}
    gone = [(part, rests) for part, rests in old if part not in same and rests]
    stood = {part for part, _rests in old}
    return [
        same[part] if part in stood else _joined(rests for other, rests in gone if is_made_from(part, other))
        for part in new
    ]


def added(text: str, sources: Sources, words: str, source: int) -> tuple[str, list[list[int]]]:
    """`text` with `words` below it, each new paragraph resting on `source`."""
    before = paragraphs(text)
    whole = "\n\n".join(part for part in (text.strip(), words.strip()) if part)
    rests = [list(one) for one, _part in zip(_padded(sources), before, strict=False)]
    return whole, [*rests, *([source] for _part in paragraphs(words))]


def is_made_from(new: str, old: str) -> bool:
    """Whether the two share, in order, half the words of the shorter one."""
    mine, theirs = (_WORD.findall(one.casefold()) for one in (new, old))
    if not mine or not theirs:
        return False
    blocks = SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()
    return sum(one.size for one in blocks) >= KEPT * min(len(mine), len(theirs))


def _padded(sources: Sources) -> Iterable[Sequence[int]]:
    yield from sources
    while True:
        yield ()


def _joined(many: Iterable[Iterable[int]]) -> list[int]:
    """Each source once, in the order they came."""
    return list(dict.fromkeys(one for rests in many for one in rests))
