"""Numbers a plan states, each with its sentence: municipalities, posts, shares; never the years it names.

Not here: how many persons of an age there will be (`stated`), or deadlines (`deadlines`).
"""

import re
from collections.abc import Iterator, Sequence

from samspill.documents.blocks import Block, BlockKind
from samspill.plans.reading.candidates import StatedNumber
from samspill.plans.reading.passages import sentences
from samspill.plans.reading.words import clean

_WORDS = {
    "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "sju": 7, "syv": 7, "åtte": 8, "ni": 9, "ti": 10,
    "elleve": 11, "tolv": 12, "tretten": 13, "femten": 15, "tjue": 20,
}  # fmt: skip
_READ = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)
_NUMBER = (
    r"(?:(?<![\d.,:/-])(?:\d{1,3}(?:[  .]\d{3})+|\d{1,6}(?:,\d+)?)(?:\s?[–-]\s?\d{1,3}(?:,\d+)?)?"
    rf"|\b(?:{'|'.join(_WORDS)})\b)"
)
_UNIT = r"(?:\s?%|\s?prosent|\s(?:[a-zæøå-]+\s)?[a-zæøåA-ZÆØÅ-]{2,})"
_STATED = re.compile(
    rf"(?P<number>{_NUMBER})(?:\s?(?:til|-"
    rf"|–)\s?(?P<to>{_NUMBER}))?(?P<unit>{_UNIT})",
    re.IGNORECASE,
)
_EVERY_SECOND = re.compile(
    r"\b(?:kvart andre|hvert annet|hvert andre|annethvert"
    r"|annakvart) år\b",
    re.IGNORECASE,
)
_NOT_STATED = re.compile(  # what stands before a number that only names something
    r"(?:retningslinje|delavtale|kapittel|kap\.?|nr\.?|figur|tabell|side|punkt|pkt\.?|vedlegg|uke|veke"
    r"|§|NOU|St\.|sak"
    r"|nivå|\d[.:/-])\s*$",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\s?(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember|kvartal"
    r"|halvår|tertial)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def find_numbers(blocks: Sequence[Block]) -> list[StatedNumber]:
    """Every number with what it counts, in the order of the document."""
    return [number for block in blocks if block.kind in _READ for number in _in_block(block)]


def _in_block(block: Block) -> Iterator[StatedNumber]:
    for sentence in sentences(clean(block.text)):
        for found in _EVERY_SECOND.finditer(sentence):
            yield StatedNumber(2.0, found[0], sentence, block.line, block.page)
        for found in _STATED.finditer(sentence):
            number = found["number"]
            named = _NOT_STATED.search(sentence[: found.start()])
            if named or _YEAR.fullmatch(number) or _TIME.match(found["unit"]):
                continue
            yield StatedNumber(
                value=_value(number),
                raw=sentence[found.start() : found.end("unit")].strip(),
                sentence=sentence,
                line=block.line,
                page=block.page,
            )


def _value(number: str) -> float:
    """The first number of a range; «16 179», «2,4» and «tre» as numbers."""
    if number.casefold() in _WORDS:
        return float(_WORDS[number.casefold()])
    first = re.split(r"\s?[–-]\s?", number)[0]
    return float(re.sub(r"[  .]", "", first).replace(",", "."))
