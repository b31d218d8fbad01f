"""Tables of a Word document: where each cell stands in the grid, and what is merged with what.

A cell merged with the one above it comes out empty at its column, as in a table typed with tabs. Not here:
what the cells say (`word.reader`).
"""

from dataclasses import dataclass

from samspill.documents.word.parts import Element, W, is_on, number, value

_WRAPPERS = frozenset(f"{W}{tag}" for tag in ("sdt", "sdtContent", "customXml", "ins"))
_WIDEST = 1_000  # columns; Word itself stops at 63


@dataclass(frozen=True, slots=True)
class Place:
    """A cell's place. `element` is None when another cell covers it."""

    column: int
    spans: int
    element: Element | None


@dataclass(frozen=True, slots=True)
class TableRow:
    places: tuple[Place, ...]
    is_header: bool


def rows_of(table: Element) -> list[TableRow]:
    """The rows that show, each with places for all columns of the table."""
    found = [row for row in _children(table, f"{W}tr") if row.find(f"{W}trPr/{W}del") is None]
    rows = [_places(row) for row in found]
    columns = max((_end(places) for places in rows), default=0)
    return [
        TableRow(
            (*places, *(Place(column, 1, None) for column in range(_end(places), columns))),
            is_on(value(row, "trPr/tblHeader")),
        )
        for row, places in zip(found, rows, strict=True)
    ]


def columns_of(rows: list[TableRow]) -> int:
    return max((_end(row.places) for row in rows), default=0)


def cells_below(cell: Element) -> tuple[list[Element], list[Element]]:
    """Paragraphs and tables directly in a cell, through content controls."""
    found = _children(cell, f"{W}p", f"{W}tbl")
    return [child for child in found if child.tag == f"{W}p"], [
        child for child in found if child.tag == f"{W}tbl"
    ]


def _end(places: tuple[Place, ...]) -> int:
    return places[-1].column + places[-1].spans if places else 0


def _places(row: Element) -> tuple[Place, ...]:
    column = min(max(number(value(row, "trPr/gridBefore")), 0), _WIDEST)
    places = [Place(empty, 1, None) for empty in range(column)]
    for cell in _children(row, f"{W}tc"):
        properties = cell.find(f"{W}tcPr")
        spans = min(max(number(value(properties, "gridSpan"), 1), 1), _WIDEST)
        if value(properties, "hMerge") in ("", "continue") and places:
            last = places.pop()
            places.append(Place(last.column, last.spans + spans, last.element))
        else:
            merged = value(properties, "vMerge") in ("", "continue")
            places.append(Place(column, spans, None if merged else cell))
        column += spans
    return tuple(places)


def _children(element: Element, *tags: str) -> list[Element]:
    found: list[Element] = []
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        if child.tag in tags:
            found.append(child)
        elif child.tag in _WRAPPERS:
            waiting.extend(reversed(child))
    return found
