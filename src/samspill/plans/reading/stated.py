"""What a plan says by itself about how many people of an age there will be: so that ours can stand beside it.

A statement is one sentence with an age group, a number of persons and a year after it was written; anything
less is left alone. Percentages, money and shares are not persons.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from samspill.documents.blocks import Block, BlockKind
from samspill.plans.reading.candidates import StatedPopulation
from samspill.plans.reading.words import clean

OPEN_AGE = 105  # 105 years and older, as the population statistics end
READ = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW})

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ«])")
_CLOSED = re.compile(
    r"(?<!\d)(\d{2})\s?(?:–|-|til|til og med)\s?(\d{2})\s?(?:år(?:inger|ingar)?\b|-?åringe?r)", re.IGNORECASE
)
_OPEN = re.compile(
    r"(?<!\d)(?P<from>\d{2})\s?(?:\+|år(?:\sog|\seller|/)\s?(?:eldre|over|oppover|meir|mer)\b)"
    r"|\b(?:over|fylt|fylte)\s(?P<over>\d{2})\s?år\b",
    re.IGNORECASE,
)
_COUNT = re.compile(r"(?<![\d.,/])\d{1,3}(?:[  .]\d{3})+(?![\d,])|(?<![\d.,/])\d{3,6}(?![\d,/])")
_YEAR = re.compile(r"\b20[2-9]\d\b")
_NOT_PERSONS = re.compile(r"\s?(?:%|prosent|kroner|kr\b|mill|årsverk|senger|plass|timer|døgn)", re.IGNORECASE)
_FROM_TO = re.compile(r"\bfr[åa]\b.*\btil\b", re.IGNORECASE)


def find_stated(blocks: Sequence[Block]) -> list[StatedPopulation]:
    """Every statement, in the order of the document; the same group and year twice is kept once."""
    found: dict[tuple[int, int, int], StatedPopulation] = {}
    for block in blocks:
        if block.kind in READ:
            for stated in _in_block(block):
                found.setdefault((stated.low, stated.high, stated.year), stated)
    return list(found.values())


def _in_block(block: Block) -> Iterator[StatedPopulation]:
    for sentence in _SENTENCE.split(clean(block.text)):
        group = _group(sentence)
        years = list(_YEAR.finditer(sentence))
        if group is None or not years:
            continue
        said = _persons(sentence, years)
        if said is not None:
            year, persons = said
            yield StatedPopulation(*group, year, persons, sentence, block.line, block.page)


def _group(sentence: str) -> tuple[int, int] | None:
    """(low, high), both included; None without an age group, or with several."""
    closed = {(int(low), int(high)) for low, high in _CLOSED.findall(sentence) if int(low) < int(high)}
    opened = {(int(match["from"] or match["over"]), OPEN_AGE) for match in _OPEN.finditer(sentence)}
    groups = closed | opened
    return groups.pop() if len(groups) == 1 else None


def _persons(sentence: str, years: Sequence[re.Match[str]]) -> tuple[int, int] | None:
    """The last year named, and the persons that go with it.

    «fra 16 000 til 30 000 fram til 2040»: the last number is the later one. Otherwise the number nearest to
    the year.
    """
    last = max(years, key=lambda match: int(match.group()))
    counts = [match for match in _counts(sentence) if match.span() != last.span()]
    if not counts:
        return None
    if _FROM_TO.search(sentence) and len(counts) > 1:
        chosen = counts[-1]
    else:
        chosen = min(counts, key=lambda match: abs(match.start() - last.start()))
    return int(last.group()), int(re.sub(r"\D", "", chosen.group()))


def _counts(sentence: str) -> Iterable[re.Match[str]]:
    for match in _COUNT.finditer(sentence):
        is_year = len(match.group()) == 4 and match.group()[:2] in {"19", "20"}
        if not is_year and not _NOT_PERSONS.match(sentence, match.end()):
            yield match
