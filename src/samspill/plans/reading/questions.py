"""Questions and answers of a joint reply to a question set: what follows a question answers it.

A question ends with a question mark, or says «Spørsmål 4: Beskriv …». It may stand in a line, a heading, an
item with a number or a letter, or in the left cell of a table whose right cell answers it. A bullet that ends
with a question mark is part of an answer. A row of any other table answers as «what: answer», and the names
of its columns are no answer. Not here: two-column tables that lost their columns.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from samspill.documents.blocks import Block, BlockKind
from samspill.plans.reading.candidates import Question
from samspill.plans.reading.cells import row_text
from samspill.plans.reading.passages import sentences
from samspill.plans.reading.words import clean, fold, split_label

_ASKS = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_SHORTEST = 15  # characters; «Hva?» in a heading is no question of a set
_LONGEST_CHAPTER = 60
_NAMED = re.compile(
    r"(?:del)?spørsmål(?:\s\d{1,2}(?:\s?[a-h]|\.\d{1,2})?)?\s?[.:)–-]\s*(?=\S)", re.IGNORECASE
)
_ANSWER = re.compile(
    r"(?:vårt\s|felles\s)?svar(?:et)?\s?(?:fra\s[^:]{3,60}|frå\s[^:]{3,60})?[:–]\s*", re.IGNORECASE
)
_ORDERS = re.compile(
    r"(?:beskriv|skildre|gi|gje|gjer|gjør|nevn|nemn|forklar|oppgi|oppgje|kommenter|list|vurder)\b",
    re.IGNORECASE,
)
_TO_YOU = re.compile(r"\b(?:dere|dykk|deres|dykkar|helsefellesskapet)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,2}[.)]\s+(?=\S)")
_ASKS_FREELY = re.compile(
    rf"{_ORDERS.pattern}|(?:andre|øvrige|eventuelle|generelle) (?:innspill|innspel|merknader|merknadar"
    rf"|kommentarer"
    r"|kommentarar|forhold|tilhøve)\b",
    re.IGNORECASE,
)
# «7. Anna» at the end of a set, however it is set
_ASKS_THE_REST = re.compile(
    r"(?:annet|anna|eventuelt|ymist|ymse|diverse"
    r"|(?:annet|anna|andre|øvrige) (?:innspill|innspel|merknade?r|merknadar"
    r"|kommentare?r|forhold|tilhøve)"
    r"|(?:annet|anna) (?:dere|de|partene|partane) (?:vil|ønsker|ønskjer)\b.*)\W?",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"(?:vi |helsefellesskapet )?takk(?:er|ar)?\b|(?:med )?(?:vennlig|venleg|beste) hels", re.IGNORECASE
)
_LONGEST_THANKS = 150
# Orders for a text; what one would have others do («Gi kommunene …») may be an answer
_ASKS_FOR_TEXT = re.compile(
    r"(?:beskriv|skildre|gj(?:ø|e)r (?:kort )?(?:rede|greie)|nevn|nemn|forklar|oppgi|oppgje|kommenter)\b",
    re.IGNORECASE,
)
_ASKED_LABEL = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2})?|[a-hA-H])[.):]{0,2}")
_CHAPTER = re.compile(r"\d{1,2}\.?\s[A-ZÆØÅ][^.:;?!]{2,58}")  # a heading that nobody declared
_APPENDIX = re.compile(r"vedlegg\b")
_HEADS = re.compile(r"(?:spørsmål|problemstilling|tema og spørsmål|spørsmål frå|spørsmål fra)\b")


class _Said(NamedTuple):
    """One thing a block says: a question, or (a part of) an answer."""

    text: str
    asks: bool
    block: Block
    place: int
    is_row: bool = False


def find_questions(blocks: Sequence[Block]) -> list[Question]:
    """All questions in order. Two on lines right after each other are asked, and answered, as one."""
    questions: list[Question] = []
    chapters = _chapters_without_questions(blocks)
    answers: list[list[str]] = []
    last = 0
    for said in _told(blocks):
        block = said.block
        goes_on = not block.label and block.line == last + 1 and not said.is_row
        if said.asks and questions and goes_on and not answers[-1]:
            questions[-1] = replace(questions[-1], text=f"{questions[-1].text} {said.text}")
        elif said.asks:
            questions.append(Question(said.text, (), block.line, block.page))
            answers.append([])
        elif answers and said.text and said.place not in chapters:
            answers[-1].append(said.text)
        last = block.last_line
    if answers and len(answers[-1]) > 1 and _only_thanks(answers[-1][-1]):
        answers[-1].pop()
    return [
        Question(question.text, tuple(said), question.line, question.page)
        for question, said in zip(questions, answers, strict=True)
    ]


def places_of_answers(blocks: Sequence[Block]) -> set[int]:
    """The places of the blocks that answer a question."""
    chapters, asked, places = _chapters_without_questions(blocks), False, set[int]()
    for said in _told(blocks):
        asked = asked or said.asks
        if asked and not said.asks and said.text and said.place not in chapters:
            places.add(said.place)
    return places


def _only_thanks(text: str) -> bool:
    return len(text) <= _LONGEST_THANKS and bool(_THANKS.match(text))


def _told(blocks: Sequence[Block]) -> Iterator[_Said]:
    """What the blocks say, in order; names of columns and headings above questions are left out."""
    asking = tables_of_questions(blocks)
    for index, block in enumerate(blocks):
        if block.table in asking and block.kind is BlockKind.TABLE_ROW:
            yield from _row(index, block)
        elif is_question(block) and not _is_chapter_of_the_rest(blocks, index, asking):
            yield _Said(question_in(clean(block.text)), True, block, index)
        elif not stands_above_question(blocks, index, asking):
            yield _Said(_answer(block), False, block, index)


def _is_chapter_of_the_rest(blocks: Sequence[Block], index: int, asking: Collection[int]) -> bool:
    """«4. Annet» with a question of its own right below it."""
    rest = _asks_the_rest(blocks[index], clean(blocks[index].text))
    return rest and stands_above_question(blocks, index, asking)


def _row(index: int, block: Block) -> Iterator[_Said]:
    question, *rest = [clean(cell.text) for cell in block.cells]
    if asks(split_label(question)[1]) or _NAMED.match(question):
        yield _Said(question_in(split_label(question)[1]), True, block, index, is_row=True)
        question = ""
    elif block.is_header or _HEADS.match(fold(question)):
        return
    for cell in block.cells[1:] if rest else ():
        for line in cell.text.split("\n"):
            if said := _ANSWER.sub("", split_label(clean(line))[1]):
                yield _Said(said, False, block, index, is_row=True)


def _chapters_without_questions(blocks: Sequence[Block]) -> set[int]:
    """The places of numbered chapters that ask nothing, where the ones before them asked.

    Headings without numbers stand in answers as well, so they end nothing, but for appendices.
    """
    apart: set[int] = set()
    chapter, asked, is_apart = 0, 0, False
    for index, block in enumerate(blocks):
        if is_question(block):
            asked, is_apart = chapter, False
        elif block.kind is BlockKind.HEADING or _CHAPTER.fullmatch(clean(block.text)):
            number = (block.label or block.text.split()[0]).strip(". ")
            chapter = int(number) if number.isdecimal() else chapter
            is_next = number.isdecimal() and 0 < asked < chapter
            is_apart = is_next or is_apart or bool(asked and _APPENDIX.match(fold(block.text)))
        if is_apart:
            apart.add(index)
    return apart


def tables_of_questions(blocks: Sequence[Block]) -> set[int]:
    """The tables with questions down the first column and answers beside them."""
    firsts: dict[int, list[str]] = {}
    for block in blocks:
        if block.kind is BlockKind.TABLE_ROW and len(block.cells) > 1:
            firsts.setdefault(block.table, []).append(split_label(clean(block.cells[0].text))[1])
    return {
        table
        for table, texts in firsts.items()
        if (count := sum(asks(text) or bool(_NAMED.match(text)) for text in texts))
        and 2 * count >= len(texts) - 1
    }


def stands_above_question(blocks: Sequence[Block], index: int, asking: Collection[int] = ()) -> bool:
    """A heading with nothing but a question below it is a chapter of the set, not an answer."""
    if blocks[index].kind is not BlockKind.HEADING and not _is_numbered_alone(blocks, index):
        return False
    after = next((block for block in blocks[index + 1 :] if block.kind is not BlockKind.PAGE_BREAK), None)
    return after is not None and (is_question(after) or after.table in asking)


def _is_numbered_alone(blocks: Sequence[Block], index: int) -> bool:
    """«2. Gode eksempler»: short, without a full stop, and no item of a list that begins above it."""
    block, above = blocks[index], blocks[index - 1] if index else None
    numbered = block.kind is BlockKind.LIST_ITEM and block.label[:1].isdigit()
    numbered = numbered or (block.kind is BlockKind.PARAGRAPH and bool(_CHAPTER.fullmatch(clean(block.text))))
    listed = above is not None and above.kind is BlockKind.LIST_ITEM and above.label[:1].isdigit()
    return numbered and not listed and len(block.text) <= _LONGEST_CHAPTER and block.text[-1:] not in ".:;!"


def _answer(block: Block) -> str:
    if block.kind is BlockKind.TABLE_ROW:
        return "" if block.is_header else row_text(block)
    return _ANSWER.sub("", clean(block.text), count=1) if block.kind in _ASKS else ""


def is_question(block: Block) -> bool:
    text = clean(block.text)
    if block.kind not in _ASKS:
        return False
    if block.kind is BlockKind.LIST_ITEM and not _ASKED_LABEL.fullmatch(block.label):
        return False
    named = _NAMED.match(text)
    freely = _asks_without_mark(block, text) or _asks_somehow(block, text)
    return (
        asks(text)
        or _asks_whoever_answers(block, text)
        or bool(named and _ORDERS.match(text[named.end() :]))
        or freely
    )


def _asks_without_mark(block: Block, text: str) -> bool:
    """«3. Beskriv gode eksempler.», «5. Andre innspill»: numbered, and set as questions are."""
    number = _NUMBER.match(f"{block.label} {text}".strip())
    stands_out = block.kind is BlockKind.HEADING or (
        block.kind is BlockKind.PARAGRAPH and block.verbatim.lstrip().startswith("**")
    )
    return bool(number and stands_out and _ASKS_FREELY.match(_NUMBER.sub("", text, count=1)))


def _asks_whoever_answers(block: Block, text: str) -> bool:
    """«Gi eksempler på tiltak dere mener andre kan bruke.»: an order of one sentence, to those asked."""
    is_line = block.kind is not BlockKind.LIST_ITEM and len(sentences(text)) == 1
    return is_line and bool(_ORDERS.match(text) and _TO_YOU.search(text))


def _asks_somehow(block: Block, text: str) -> bool:
    """«3. Gjer greie for …», «7. Anna»: numbered, whether or not it is set as questions are."""
    number = _NUMBER.match(f"{block.label} {text}".strip())
    orders = number and _ASKS_FOR_TEXT.match(_NUMBER.sub("", text, count=1))
    return bool(orders) or _asks_the_rest(block, text)


def _asks_the_rest(block: Block, text: str) -> bool:
    number = _NUMBER.match(f"{block.label} {text}".strip())
    return bool(number and _ASKS_THE_REST.fullmatch(_NUMBER.sub("", text, count=1)))


def asks(text: str) -> bool:
    return text.endswith("?") and len(text) >= _SHORTEST


def question_in(text: str) -> str:
    """«Hva trenger dere?» of «Spørsmål 4: Hva trenger dere?»."""
    return _NUMBER.sub("", _NAMED.sub("", text, count=1), count=1)
