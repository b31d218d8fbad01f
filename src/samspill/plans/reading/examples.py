"""Good examples a document tells of, each as one text with what can be transferred from it.

Found below a heading or a label («Gode eksempler», «Godt eksempel: …», «Døme på …») and in the answer to a
question that asks for them: a table row, a bullet or a paragraph each. Where titles and explanations follow
each other, as in two columns that were flattened, an example is a title with what stands up to the next one.
Not here: whether an example is good.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samspill.documents.blocks import Block, BlockKind
from samspill.plans.reading.cells import OPEN_ENDS, row_text
from samspill.plans.reading.entities import patient_groups_in
from samspill.plans.reading.questions import (
    find_questions,
    is_question,
    stands_above_question,
    tables_of_questions,
)
from samspill.plans.reading.words import clean, fold

_GOOD = r"(?:gode?|godt|positive?|vellykk(?:ede|et|a)) (?:eks?emp(?:el|ler|la)|døme)"
_HEADING = re.compile(
    rf"(?:(?:våre|noen|nokre|andre|et|eit|flere|fleire) )?{_GOOD}\b|(?:eksempler|døme) på\b"
)
_LABEL = re.compile(rf"(?:et |eit )?{_GOOD}\b.{{0,80}}$")
_ASKED_FOR = re.compile(rf"\b{_GOOD}\b|\b(?:døme|eksempler) på\b")
_LABELLED = re.compile(
    r"(?:(?:et |eit )?(?:gode?|godt)\s(?:eksempel|eksempler|døme)|døme|eksempel)"
    r"(?:\s(?:på|fra|frå)\s[^:]{2,60})?(?:\s\d{1,2})?\s?[:–]\s+(?P<text>\S.{10,})",
    re.IGNORECASE,
)
_TRANSFERS = re.compile(
    r"(?:overføringsverdi|overførbarhet|overførbart|læring|lærdom|(?:hva|kva) (?:andre )?kan (?:andre )?"
    r"(?:lære|overføres"
    r"|overførast)|slik kan andre|kan overføres|kan overførast)\b",
    re.IGNORECASE,
)
_TRANSFER = re.compile(rf"{_TRANSFERS.pattern}[^:]{{0,60}}:", re.IGNORECASE)
_MOST_WORDS_OF_NAME = 6
_TOLD_APART = 2  # examples with what can be transferred tell that examples are asked for
_COLUMN_NAMES = re.compile(
    r"(?:tjeneste[rn]?|teneste[rn]?|eksempe[lr]\w*|døme|tiltak|overføringsverdi|problemstilling)\b[^.!?]*$",
    re.IGNORECASE,
)
# «Tidlig vurdering Innsats tidlig gjør …»: the left column and the first line of the right one
_FLATTENED = re.compile(
    r"(?P<title>[A-ZÆØÅ][^.:;!?]{8,70}?[a-zæøå)])\s+(?P<text>[A-ZÆØÅ][a-zæøå]+\s[a-zæøå].{20,})"
)
_ADDRESS = re.compile(r"https?://\S+$")
_ANSWER = re.compile(r"(?:vårt )?svar(?:et)?(?: (?:fra|frå) .{3,60})?\s?:\s*", re.IGNORECASE)  # «Svar: …»
_LONGEST_TITLE, _MOST_TITLE_WORDS = 110, 14
_TEXTUAL = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)


@dataclass(frozen=True, slots=True)
class Examples:
    """`texts` in the order of the document, `places` the blocks they were read from."""

    texts: Sequence[str]
    places: frozenset[int]


def find_examples(blocks: Sequence[Block], *, in_answers: bool) -> Examples:
    """All examples of a document; `in_answers` reads what answers a question for good examples."""
    texts: dict[str, None] = {}
    places: set[int] = set()
    for section in _sections(blocks, in_answers=in_answers):
        places |= set(section)
        texts |= dict.fromkeys(_examples_of([blocks[place] for place in section]))
    if in_answers:
        texts |= dict.fromkeys(_in_tables(blocks))
    return Examples(tuple(texts), frozenset(places))


def _in_tables(blocks: Sequence[Block]) -> Iterator[str]:
    """What answers a question for examples that stands in the left column of a table."""
    tables = tables_of_questions(blocks)
    rows = [block for block in blocks if block.kind is BlockKind.TABLE_ROW and block.table in tables]
    for question in find_questions(rows):
        if _ASKED_FOR.search(fold(question.text)):
            yield from question.answers


def _sections(blocks: Sequence[Block], *, in_answers: bool) -> Iterator[list[int]]:
    """The places of the blocks that tell of examples together."""
    place = 0
    while place < len(blocks):
        end = _end(blocks, place, in_answers=in_answers)
        if end > place:
            own = [one for one in range(place, end) if blocks[one].kind in _TEXTUAL]
            yield [one for one in own if one > place or _LABELLED.fullmatch(clean(blocks[one].text))]
        place = max(end, place + 1)


def _end(blocks: Sequence[Block], place: int, *, in_answers: bool) -> int:
    """The place after the section of examples that begins here; `place` itself when none does."""
    block, text = blocks[place], clean(blocks[place].text)
    rest = range(place + 1, len(blocks))
    if in_answers and is_question(block):
        end = next((one for one in rest if _begins_anew(blocks, one)), len(blocks))
        asked = _ASKED_FOR.search(fold(text)) or _tells_what_transfers(blocks[place + 1 : end])
        return end if asked else place
    if in_answers and stands_above_question(blocks, place):
        return place
    if block.kind is BlockKind.HEADING and _HEADING.match(fold(text)):
        return next(
            (
                one
                for one in rest
                if _is_heading_above(blocks[one], block) or (in_answers and _begins_anew(blocks, one))
            ),
            len(blocks),
        )
    if block.kind is BlockKind.PARAGRAPH and _LABELLED.fullmatch(text):
        return next((one for one in rest if not _TRANSFER.match(clean(blocks[one].text))), len(blocks))
    if block.kind is BlockKind.PARAGRAPH and text.endswith(":") and _LABEL.match(fold(text)):
        return next((one for one in rest if blocks[one].kind is not BlockKind.LIST_ITEM), len(blocks))
    return place


def _tells_what_transfers(answers: Sequence[Block]) -> bool:
    """Each item says «Overføringsverdi: …», or a column of the table is for that."""
    items = [clean(one.text) for one in answers if one.kind is BlockKind.LIST_ITEM]
    named = any(_names_transfer(cell.text) for one in answers for cell in one.cells)
    told = sum(bool(_TRANSFER.search(item)) for item in items)
    return named or (told >= _TOLD_APART and told == len(items))


def _names_transfer(cell: str) -> bool:
    """«Overføringsverdi», «Kva andre kan lære»: the name of a column, which says nothing itself."""
    text = clean(cell)
    return bool(_TRANSFERS.match(text)) and len(text.split()) <= _MOST_WORDS_OF_NAME and ":" not in text


def _begins_anew(blocks: Sequence[Block], place: int) -> bool:
    return is_question(blocks[place]) or stands_above_question(blocks, place)


def _is_heading_above(block: Block, heading: Block) -> bool:
    return block.kind is BlockKind.HEADING and (block.level <= heading.level or bool(block.label))


def _examples_of(blocks: Sequence[Block]) -> list[str]:
    told = [block for block in blocks if _tells(block)]
    parts = [(_title_of(block), _text_of(block)) for block in told]
    titled = any(block.label[:1].isdigit() or block.kind is BlockKind.HEADING for block in told)
    examples: list[list[str]] = []
    for title, text in parts:
        starts = bool(title) if titled else not _TRANSFER.match(text)
        if starts or (not titled and not examples):
            examples.append([title, text.removeprefix(title).strip(" :")] if titled else [text])
        elif examples:
            examples[-1].append(text)
    return [_joined(example, titled=titled) for example in examples if not titled or any(example[1:])]


def _joined(example: Sequence[str], *, titled: bool) -> str:
    if not titled:
        return " ".join(example)
    title, *rest = example
    return f"{title}: {' '.join(text for text in rest if text)}"


def _tells(block: Block) -> bool:
    text = _ANSWER.sub("", clean(block.text), count=1)
    named = len(text.split()) <= _MOST_TITLE_WORDS // 2 and patient_groups_in(text)
    heads = block.is_header or (block.kind is not BlockKind.TABLE_ROW and _COLUMN_NAMES.match(text))
    return bool(text) and not named and not heads and not _ADDRESS.match(text)


def _title_of(block: Block) -> str:
    """A numbered item, a short line without a full stop, or the left column of two that were flattened."""
    text = clean(block.text)
    if block.kind is BlockKind.HEADING:
        return text
    if block.kind is BlockKind.LIST_ITEM:
        return text if block.label[:1].isdigit() else ""
    if block.kind is not BlockKind.PARAGRAPH or text.endswith(":"):
        return ""
    if len(text) <= _LONGEST_TITLE and len(text.split()) <= _MOST_TITLE_WORDS and text[-1:] not in ".!?":
        return text
    flattened = _FLATTENED.fullmatch(text)
    goes_on = flattened and flattened["title"].split()[-1] in OPEN_ENDS  # «gitt i | Nasjonal plan» is one
    return flattened["title"] if flattened and not goes_on else ""


def _text_of(block: Block) -> str:
    if block.kind is BlockKind.TABLE_ROW:
        return row_text(block)
    text = (
        _ANSWER.sub("", clean(block.text), count=1)
        if block.kind is BlockKind.PARAGRAPH
        else clean(block.text)
    )
    labelled = _LABELLED.fullmatch(text)
    return labelled["text"] if labelled else text
