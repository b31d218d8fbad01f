"""Questions and answers of a joint reply to a question set: what follows a question answers it.

A bullet that ends with a question mark is part of an answer. A row of a table answers as «what: answer», and
the names of its columns are no answer. Not here: two-column tables that lost their columns.
"""

from collections.abc import Sequence
from dataclasses import replace

from samspill.documents.blocks import Block, BlockKind
from samspill.plans.reading.candidates import Question
from samspill.plans.reading.cells import row_text
from samspill.plans.reading.words import clean

_ASKS = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_SHORTEST = 15  # characters; «Hva?» in a heading is no question of a set


def find_questions(blocks: Sequence[Block]) -> list[Question]:
    """All questions in order. Two on lines right after each other are asked, and answered, as one."""
    questions: list[Question] = []
    answers: list[list[str]] = []
    last = 0
    for block in blocks:
        if (
            is_question(block)
            and questions
            and not block.label
            and block.line == last + 1
            and not answers[-1]
        ):
            questions[-1] = replace(questions[-1], text=f"{questions[-1].text} {clean(block.text)}")
        elif is_question(block):
            questions.append(Question(clean(block.text), (), block.line, block.page))
            answers.append([])
        elif answers and (said := _answer(block)):
            answers[-1].append(said)
        last = block.last_line
    return [
        Question(question.text, tuple(said), question.line, question.page)
        for question, said in zip(questions, answers, strict=True)
    ]


def _answer(block: Block) -> str:
    if block.kind is BlockKind.TABLE_ROW:
        return "" if block.is_header else row_text(block)
    return clean(block.text) if block.kind in _ASKS else ""


def is_question(block: Block) -> bool:
    text = clean(block.text)
    bullet = block.kind is BlockKind.LIST_ITEM and not block.label[:1].isdigit()
    return block.kind in _ASKS and not bullet and text.endswith("?") and len(text) >= _SHORTEST
