"""Tables put together again where a page break, a footer or a footnote has parted them.

Not here: what the rows say (`tables`).
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from samspill.documents.blocks import Block, BlockKind
from samspill.plans.reading.actors import is_somebody
from samspill.plans.reading.candidates import Period
from samspill.plans.reading.columns import Columns, Role, is_card, read_second_header
from samspill.plans.reading.deadlines import read_deadline
from samspill.plans.reading.set_aside import stands_aside
from samspill.plans.reading.told_by_content import headers_of
from samspill.plans.reading.words import LABEL, PAGE_NUMBER, clean, fold

_PAGE_IN_LINE = re.compile(r"\b(?:side|page)\s\d|\b\d{1,3}\s(?:av|/)\s\d", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_OFTEN = 3  # pages that say the same line say it at their top or foot
_LONGEST_FOOTER = 100
_PROMISED = (Role.MEASURE, Role.RESPONSIBLE, Role.DEADLINE)
_ANY_YEAR = Period(2000, 2000)  # only whether a day is said is asked
_SHORT_FORM = re.compile(r"\b[A-ZÆØÅ]{2,6}\b")
_BETWEEN = (BlockKind.PAGE_BREAK, BlockKind.FOOTNOTE)
_TEXTUAL = (BlockKind.PARAGRAPH, BlockKind.HEADING)


@dataclass(slots=True)
class Row:
    """One row with its place. `after_break`: another table number or page than the row before it."""

    index: int
    block: Block
    after_break: bool = False


@dataclass(slots=True)
class Run:
    """The rows below one header, or of one card; without either nobody knows what they are."""

    table: int
    start: int
    columns: Columns | None = None
    is_card: bool = False
    above: list[Row] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


def find_runs(blocks: Sequence[Block]) -> list[Run]:
    """The tables that promise something, each from its header on; one that is repeated begins nothing."""
    noise = _noise(blocks)
    cards, headers = _cards(blocks), headers_of(blocks)
    runs: list[Run] = []
    before: Row | None = None
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.TABLE_ROW and block.table in cards:
            _add_card(runs, Row(index, block))
            before = None
        elif block.kind is BlockKind.TABLE_ROW:
            before = _add(runs, Row(index, block), before, headers)
        elif index not in noise:
            before = None
    for run in runs:
        if run.columns and run.columns.has(Role.REASON):
            gathers = _gathers(run.columns, run.rows)
            run.columns = run.columns.with_reason_as(Role.GOAL if gathers else Role.REMARK)
    promising = [run for run in runs if not _stands_aside(blocks, run)]
    _lend_columns(promising)
    return promising


def without_answers(runs: Sequence[Run], answers: Collection[int]) -> list[Run]:
    """The tables that do not stand at one of the places where questions are answered.

    One that says who and when is a plan all the same, wherever it stands.
    """
    return [
        run
        for run in runs
        if not run.rows
        or run.rows[0].index not in answers
        or (run.columns and run.columns.has(Role.RESPONSIBLE) and run.columns.has(Role.DEADLINE))
    ]


def _gathers(columns: Columns, rows: Sequence[Row]) -> bool:
    """Some reasons are given once for several measures: a third of the rows have none, or the same again."""
    said = [
        fold(columns.text(row.block.cells, Role.REASON))
        for row in rows
        if columns.text(row.block.cells, Role.MEASURE)
    ]
    again = sum(one in ("", before) for before, one in pairwise(said))
    return bool(said and said[0]) and 3 * again >= len(said)


def _stands_aside(blocks: Sequence[Block], run: Run) -> bool:
    return stands_aside(blocks, [row.block for row in run.rows], run.columns, run.start)


def _lend_columns(runs: Sequence[Run]) -> None:
    """A table whose header only an earlier one has: as wide, and its cells say what that header promises."""
    known: dict[int, Columns] = {}
    for run in runs:
        if run.columns:
            known[run.columns.width] = run.columns
        elif not run.is_card and (columns := known.get(_width(run.rows))) and _keeps(columns, run.rows):
            run.columns = columns


def _width(rows: Sequence[Row]) -> int:
    return max((cell.column + cell.spans for row in rows for cell in row.block.cells), default=0)


def _keeps(columns: Columns, rows: Sequence[Row]) -> bool:
    """Somebody stands under who, a time under when, and more than a name under what."""
    promised = [role for role in _PROMISED if columns.has(role)]
    fits = {Role.MEASURE: _says_much, Role.RESPONSIBLE: _names_somebody, Role.DEADLINE: _says_when}
    if columns.has(Role.DEADLINE):
        fits[Role.RESPONSIBLE] = _is_like_a_name  # the times are proof enough
    return len(promised) > 1 and all(_mostly(fits[role], columns, role, rows) for role in promised)


def _mostly(fits: Callable[[str], bool], columns: Columns, role: Role, rows: Sequence[Row]) -> bool:
    said = [text for row in rows if (text := columns.text(row.block.cells, role))]
    return bool(said) and 4 * sum(map(fits, said)) >= 3 * len(said)


def _says_much(text: str) -> bool:
    return len(text.split()) > 2


def _names_somebody(text: str) -> bool:
    return is_somebody(text) or bool(_SHORT_FORM.search(text))


def _is_like_a_name(text: str) -> bool:
    return _names_somebody(text) or (text[:1].isupper() and len(text.split()) < 4)


def _says_when(text: str) -> bool:
    when = read_deadline(text, _ANY_YEAR)
    return when.day is not None or when.precision != ""


def _add(runs: list[Run], row: Row, before: Row | None, headers: Mapping[int, Columns]) -> Row:
    """`before` is the row right before this one, noise apart; None when text stands between."""
    run = runs[-1] if runs and before is not None else None
    columns = headers.get(row.index)
    if run and columns and run.columns and columns.roles == run.columns.roles:
        # The header again: the next row comes after a break
        return Row(row.index, row.block, after_break=True)
    new_table = before is not None and before.block.table != row.block.table
    row.after_break = before is not None and (
        new_table or before.block.page != row.block.page or (before.after_break and before.index in headers)
    )
    if columns:
        above = run.rows if run and not run.columns and not new_table else []
        if above:
            runs.pop()
        start = above[0].index if above else row.index
        runs.append(Run(row.block.table, start, columns, above=list(above)))
        return row
    if run is None or (new_table and not _fits(run, row)):
        if runs and _fits(runs[-1], row) and _is_rest(row, runs[-1]):
            run, row.after_break = runs[-1], True
        else:
            run = Run(row.block.table, row.index)
            runs.append(run)
    if run.columns and not run.rows and (divided := read_second_header(run.columns, row.block)):
        run.columns = divided
    else:
        run.rows.append(row)
    return row


def _cards(blocks: Sequence[Block]) -> set[int]:
    rows: dict[int, list[Block]] = {}
    for block in blocks:
        if block.kind is BlockKind.TABLE_ROW:
            rows.setdefault(block.table, []).append(block)
    return {table for table, own in rows.items() if is_card(own)}


def _add_card(runs: list[Run], row: Row) -> None:
    if not (runs and runs[-1].is_card and runs[-1].table == row.block.table):
        runs.append(Run(row.block.table, row.index, is_card=True))
    runs[-1].rows.append(row)


def _fits(run: Run, row: Row) -> bool:
    """A table without a header goes on with the one before when it is as wide."""
    width = max((cell.column + cell.spans for cell in row.block.cells), default=0)
    return run.columns is not None and run.columns.width == width


def _is_rest(row: Row, run: Run) -> bool:
    """Rows that lost their table at a page break: no header, no goal, and a labelled measure."""
    if row.block.is_header or run.columns is None:
        return False
    goal = run.columns.text(row.block.cells, Role.GOAL, Role.SUB_GOAL)
    measure = run.columns.text(row.block.cells, Role.MEASURE)
    return not goal and bool(LABEL.match(measure)) and run.columns.has(Role.GOAL)


def _noise(blocks: Sequence[Block]) -> set[int]:
    """What may stand between two pages of one table: page breaks, footnotes, headers and footers."""
    pages: dict[str, set[int | None]] = {}
    for index, block in enumerate(blocks):
        if block.kind in _TEXTUAL and len(block.text) <= _LONGEST_FOOTER and not block.text.endswith(":"):
            # What ends in a colon opens something. A line that counts stands once at each foot, wherever the
            # pages of this rendition break
            pattern = _DIGITS if block.kind is BlockKind.PARAGRAPH else _PAGE_IN_LINE
            counts = pattern.search(block.text)
            place = -index if counts else block.page
            pages.setdefault(_masked(block), set()).add(place)
    often = Counter({text: len(where) for text, where in pages.items()})
    return {
        index
        for index, block in enumerate(blocks)
        if block.kind in _BETWEEN
        or (
            block.kind in _TEXTUAL
            and (PAGE_NUMBER.fullmatch(clean(block.text)) or often[_masked(block)] >= _OFTEN)
        )
    }


def _masked(block: Block) -> str:
    return _DIGITS.sub("#", fold(f"{block.label} {block.text}"))
