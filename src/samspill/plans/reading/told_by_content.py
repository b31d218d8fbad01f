"""What the columns of a table are for, told from what stands in them, where the headers do not tell.

Somebody under who, a time under when, and things to do under what: a header «Oppfølgingspunkt» or «Milepæl»
need not be known. Not here: the headers that are known (`columns`), or tables set aside (`set_aside`).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from samspill.documents.blocks import Block, BlockKind
from samspill.plans.reading.actors import is_somebody
from samspill.plans.reading.candidates import Period
from samspill.plans.reading.columns import Columns, Role, read_header, read_known
from samspill.plans.reading.deadlines import read_deadline
from samspill.plans.reading.item_forms import does_something
from samspill.plans.reading.set_aside import is_over
from samspill.plans.reading.words import clean, fold

_ANY_YEAR = Period(2000, 2000)  # only whether a time is said is asked
_SHORT_FORM = re.compile(r"\b[A-ZÆØÅ]{2,6}\b")
_LONGEST_NAME = 9  # words of a cell that names somebody
_FEWEST_ROWS = 2
_WHO_AND_WHEN = frozenset({Role.RESPONSIBLE, Role.DEADLINE})
_PROOF = _WHO_AND_WHEN | {Role.START}
_Roles = Mapping[str, Role]  # by the name of a column, folded


def headers_of(blocks: Sequence[Block]) -> dict[int, Columns]:
    """The columns of every row that is a header, by its place among the blocks."""
    tables: dict[int, list[int]] = {}
    for place, block in enumerate(blocks):
        if block.kind is BlockKind.TABLE_ROW:
            tables.setdefault(block.table, []).append(place)
    alike = _roles_by_name([[blocks[place] for place in places] for places in tables.values()])
    found: dict[int, Columns] = {}
    for places in tables.values():
        found |= _headers_in(blocks, places, alike)
    return found


def _roles_by_name(tables: Sequence[Sequence[Block]]) -> _Roles:
    """What columns of one name are for in all tables of the plan, where those that tell it agree."""
    columns: dict[str, list[list[str]]] = {}
    for header, *rows in tables:
        for cell in header.cells:
            columns.setdefault(fold(cell.text), []).append(_cells(rows, cell.column))
    told = {
        name: {_role_in(said) for said in (*own, [text for said in own for text in said])} - {None}
        for name, own in columns.items()
    }
    return {name: role for name, roles in told.items() if len(roles) == 1 for role in roles if role}


def _headers_in(blocks: Sequence[Block], places: Sequence[int], alike: _Roles) -> dict[int, Columns]:
    """Of one table. Only its first row may be a header by what stands below it."""
    by_words = {place: columns for place in places if (columns := read_header(blocks[place]))}
    starts = sorted({*by_words, *places[:1]})
    found: dict[int, Columns] = {}
    for start, end in zip(starts, [*starts[1:], places[-1] + 1], strict=True):
        rows = [blocks[place] for place in places if start < place < end]
        columns = by_words.get(start)
        if columns is not None:
            found[start] = _completed(columns, rows, alike)
        elif (columns := _by_content(blocks[start], rows, alike)) is not None:
            found[start] = columns
    return found


def _completed(columns: Columns, rows: Sequence[Block], alike: _Roles) -> Columns:
    """Headers nobody knows, above times or somebody."""
    missing = _WHO_AND_WHEN - {role for role, _ in columns.roles}
    told = {column: _told(rows, column, alike.get(fold(name))) for name, column in columns.others}
    added = [(role, column) for column, role in told.items() if role in missing]
    if not added or len({role for role, _ in added}) < len(added):
        return columns
    taken = {column for _, column in added}
    others = tuple(other for other in columns.others if other[1] not in taken)
    return replace(columns, roles=(*columns.roles, *added), others=others)


def _by_content(header: Block, rows: Sequence[Block], alike: _Roles) -> Columns | None:
    """A table whose header has no word for measures: things to do, beside who or when."""
    columns = read_known(header)
    if columns is None or len(rows) < _FEWEST_ROWS:
        return None
    told = {column: _told(rows, column, alike.get(fold(name))) for name, column in columns.others}
    found = _completed(columns, rows, alike)
    kinds = {role for role, _ in found.roles}
    measures = [column for column, role in told.items() if role is Role.MEASURE]
    if not measures and kinds >= _WHO_AND_WHEN:  # who and when are proof enough of one column of things
        left = [column for _, column in found.others if _mostly(_says_much, _cells(rows, column))]
        measures = left if len(left) == 1 else []
    if len(measures) != 1 or not kinds & _PROOF:
        return None
    others = tuple(other for other in found.others if other[1] != measures[0])
    return replace(found, roles=(*found.roles, (Role.MEASURE, measures[0])), others=others)


def _told(rows: Sequence[Block], column: int, alike: Role | None) -> Role | None:
    """By the column itself, else by those of the same name."""
    return _role_in(_cells(rows, column)) or alike


def _role_in(said: Sequence[str]) -> Role | None:
    tests: Mapping[Role, Callable[[str], bool]] = {
        Role.DEADLINE: _says_when,
        Role.MEASURE: does_something,
        Role.RESPONSIBLE: _names_somebody,
    }
    return next((role for role, test in tests.items() if _mostly(test, said)), None)


def _cells(rows: Sequence[Block], column: int) -> list[str]:
    return [
        clean(cell.text) for row in rows for cell in row.cells if cell.column == column and cell.text.strip()
    ]


def _mostly(test: Callable[[str], bool], said: Sequence[str]) -> bool:
    return len(said) >= _FEWEST_ROWS and 4 * sum(map(test, said)) >= 3 * len(said)


def _says_when(text: str) -> bool:
    when = read_deadline(text, _ANY_YEAR)
    return len(text.split()) < 6 and not is_over(text) and (when.day is not None or when.precision != "")


def _names_somebody(text: str) -> bool:
    named = is_somebody(text) or bool(_SHORT_FORM.search(text))
    return named and len(text.split()) <= _LONGEST_NAME and not does_something(text)


def _says_much(text: str) -> bool:
    return len(text.split()) > 2
