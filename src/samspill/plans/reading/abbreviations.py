"""Abbreviations a plan explains: in a list («SSU = …»), in a table, or in running text («… (SSU)»)."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from samspill.documents.blocks import Block, BlockKind
from samspill.plans.reading.words import clean, fold

_SECTION = re.compile(r"forkort(?:ing|else)|ordliste|ordforklaring|begrep|omgrep", re.IGNORECASE)
_SHORT = r"[A-ZÆØÅ][\wÆØÅæøå.+/-]{0,11}(?:\s[A-ZÆØÅ0-9][\wÆØÅæøå.+/-]{0,11}){0,3}"
_EQUALS = re.compile(rf"\s*(?P<short>{_SHORT}|[\w.+/-]{{2,12}})\s?=\s?(?P<long>\S.{{2,150}})")
_LISTED = re.compile(rf"\s*(?P<short>{_SHORT})\s?(?:[:–—]|\s-)\s?(?P<long>\S.{{2,150}})")
_IN_TEXT = re.compile(r"\((?P<short>[A-ZÆØÅ][A-ZÆØÅa-zæøå]{1,7}(?:\s[A-ZÆØÅ]{2,8})?)\)")
_MOST_WORDS = 8
_TEXTUAL = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


def find_abbreviations(blocks: Sequence[Block]) -> dict[str, str]:
    """Short form to full name, as written. The first explanation wins, and a list beats the text."""
    found: dict[str, str] = {}
    for short, long in (*_explained(blocks), *_in_text(blocks)):
        found.setdefault(short.strip(" ."), long.strip().rstrip(".;,"))
    return found


def _explained(blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    inside = False
    for block in blocks:
        if block.kind is BlockKind.HEADING or (
            block.kind is BlockKind.PARAGRAPH and block.text.endswith(":")
        ):
            inside = bool(_SECTION.search(block.text))
        elif block.kind in _TEXTUAL:
            yield from _pairs(block.text, inside=inside)
        elif block.kind is BlockKind.TABLE_ROW and inside and len(block.cells) == 2 and not block.is_header:
            short, long = (clean(cell.text) for cell in block.cells)
            if short and long:
                yield short, long


def _pairs(text: str, *, inside: bool) -> Iterator[tuple[str, str]]:
    """Lines of one block; outside a list of abbreviations only the equals sign is believed."""
    for line in text.splitlines() or [text]:
        found = _EQUALS.fullmatch(clean(line)) or (_LISTED.fullmatch(clean(line)) if inside else None)
        if found:
            yield found["short"], found["long"]


def _in_text(blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        if block.kind in _TEXTUAL:
            text = clean(block.text)
            for found in _IN_TEXT.finditer(text):
                if long := _named_before(text[: found.start()].rstrip(), found["short"]):
                    yield found["short"], long


def _named_before(before: str, short: str) -> str:
    """The fewest words right before the bracket that can spell the short form, from its first letter on."""
    words = re.split(r"\s+", re.split(r"[.,:;?!(]\s", before)[-1])[-_MOST_WORDS:]
    letters = [letter for letter in short.casefold() if letter.isalpha()]
    for start in range(len(words) - 1, -1, -1):
        phrase = " ".join(words[start:])
        if (
            fold(phrase).startswith(letters[0])
            and len(phrase) > len(short) + 2
            and _can_spell(phrase, letters)
        ):
            return phrase
    return ""


def _can_spell(phrase: str, letters: Sequence[str]) -> bool:
    """Half of the letters begin a word of their own, and the rest follow in the phrase."""
    initials = Counter(word[0] for word in fold(phrase).split())
    of_words = (initials & Counter(letters)).total()
    if of_words * 2 < len(letters):
        return False
    rest = iter(fold(phrase))
    return of_words == len(letters) or all(letter in rest for letter in letters)
