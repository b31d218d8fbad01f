"""The questions of a document for who is to answer them: with the asker's numbers, and where they stand.

Here: numbers, and questions on lines of their own in a set nobody has answered yet. What a question is, and
which lines ask one together in a reply, is `reading.questions`.
"""

import re
from collections.abc import Iterator, Sequence

from samspill.directory.public import QuestionFound
from samspill.documents.blocks import Block, BlockKind
from samspill.plans.actions.importing.plan import read_bytes
from samspill.plans.reading.candidates import Question
from samspill.plans.reading.questions import find_questions
from samspill.plans.reading.words import clean

_NUMBER = re.compile(
    r"(?:(?:del)?spørsmål\s)?(\d{1,2}(?:\.\d{1,2}){0,2}\s?[a-h]?|[a-h](?=[.)]))[.):]*(?=\s|$)", re.IGNORECASE
)
_SHORTEST = 15  # characters of a question in a list of bullets
_ASKED = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


def read_question_set(content: bytes, name: str) -> list[QuestionFound]:
    """The questions in a document's bytes. Refuses what cannot be read, in the reader's language."""
    return question_set(read_bytes(content, name).blocks)


def question_set(blocks: Sequence[Block]) -> list[QuestionFound]:
    """The same for blocks. Where few questions are answered, each line that asks is a question of its own,
    but for those right below a numbered one; where nothing asks, bullets with a question mark do."""
    found = find_questions(blocks)
    if not found:
        return [QuestionFound("", clean(one.text), one.line) for one in blocks if _asks(one)]
    if 2 * sum(bool(one.answers) for one in found) >= len(found):
        return [_with_number(one, blocks) for one in found]
    return [part for one, until in _with_ends(found) for part in _apart(one, until, blocks)]


def _asks(block: Block) -> bool:
    return block.kind in _ASKED and block.text.endswith("?") and len(block.text) >= _SHORTEST


def _with_ends(found: Sequence[Question]) -> Iterator[tuple[Question, int]]:
    """Each question, and the line the next one begins on."""
    ends = [one.line for one in found[1:]]
    yield from zip(found, [*ends, 10**9], strict=True)


def _apart(one: Question, until: int, blocks: Sequence[Block]) -> list[QuestionFound]:
    whole = _with_number(one, blocks)
    lines = [block for block in blocks if one.line <= block.line < until]
    asked = [part for block in lines for part in find_questions([block])]
    if whole.number or len(asked) < 2:
        return [whole]
    return [_with_number(part, blocks) for part in asked]


def _with_number(one: Question, blocks: Sequence[Block]) -> QuestionFound:
    block = next(
        (block for block in blocks if block.line <= one.line <= block.last_line and block.text), None
    )
    said = f"{block.label} {clean(block.cells[0].text if block.cells else block.text)}" if block else ""
    number = _NUMBER.match(said.strip())
    return QuestionFound(number[1].replace(" ", "") if number else "", one.text, one.line)
