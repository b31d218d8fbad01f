"""Random cubes with random hierarchies, and the slow obvious audit: fractions, and all tables tried."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import count, product
from math import inf
from typing import Any

from hypothesis import strategies as st

Row = dict[str, Any]
Hierarchies = dict[str, dict[str, list[str]] | None]


def leaves(hierarchy: Mapping[str, Sequence[str]] | None, code: str) -> list[str]:
    under = (hierarchy or {}).get(code)
    return [code] if under is None else [leaf for one in under for leaf in leaves(hierarchy, one)]


def codes(hierarchy: Mapping[str, Sequence[str]]) -> list[str]:
    return list(dict.fromkeys([*hierarchy, *(part for under in hierarchy.values() for part in under)]))


@st.composite
def hierarchy(draw: st.DrawFn, letter: str) -> dict[str, list[str]]:
    """A whole, perhaps groups below it, perhaps a second way to group the same leaves."""
    count = draw(st.integers(2, 4))
    below = [f"{letter}{number}" for number in range(count)]
    found = {f"{letter}-all": below}
    if count > 2 and draw(st.booleans()):
        cut = draw(st.integers(1, count - 1))
        found = {f"{letter}-all": [f"{letter}-1", f"{letter}-2"]}
        found |= {f"{letter}-1": below[:cut], f"{letter}-2": below[cut:]}
    if count > 2 and draw(st.booleans()):
        found[f"{letter}-other"] = [below[0], below[-1]]
    return found


@st.composite
def cubes(draw: st.DrawFn, most: int = 12, dimensions: int = 3) -> tuple[list[Row], Hierarchies]:
    """All cells of a cube with all its totals; one dimension may have no totals."""
    names = "abc"[: draw(st.integers(1, dimensions))]
    by_name: Hierarchies = {name: draw(hierarchy(name)) for name in names}
    if len(names) > 1 and draw(st.booleans()):
        by_name[names[-1]] = None
    all_codes = [["x", "y"] if one is None else codes(one) for one in by_name.values()]
    inner = [leaves_of(one) for one in by_name.values()]
    counts = {key: draw(st.integers(0, most)) for key in product(*inner)}
    return [
        dict(zip(names, key, strict=True), count=total(key, by_name, counts)) for key in product(*all_codes)
    ], by_name


def leaves_of(one: dict[str, list[str]] | None) -> list[str]:
    return ["x", "y"] if one is None else [code for code in codes(one) if code not in one]


def total(key: Sequence[str], by_name: Hierarchies, counts: Mapping[tuple[str, ...], int]) -> int:
    parts = [leaves(one, code) for one, code in zip(by_name.values(), key, strict=True)]
    return sum(counts[one] for one in product(*parts))


def matrix(rows: Sequence[Row], by_name: Hierarchies) -> list[list[int]]:
    """Rows over inner cells, written out. A row without a dimension is a total over it."""
    inner = list(product(*(leaves_of(one) for one in by_name.values())))
    found = []
    for row in rows:
        held = [
            set(leaves(one, row[name])) if name in row else set(leaves_of(one))
            for name, one in by_name.items()
        ]
        found.append([int(all(code in part for code, part in zip(key, held, strict=True))) for key in inner])
    return found


def recoverable(shown: Sequence[Sequence[int]], hidden: Sequence[int]) -> bool:
    """rank([X; h]) = rank(X), by fractions."""
    return rank([*shown, hidden]) == rank(shown)


def rank(rows: Sequence[Sequence[int]]) -> int:
    left = [[Fraction(one) for one in row] for row in rows]
    found = 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((row for row in range(found, len(left)) if left[row][column]), None)
        if pivot is None:
            continue
        left[found], left[pivot] = left[pivot], left[found]
        for row in range(found + 1, len(left)):
            times = left[row][column] / left[found][column]
            if times:
                left[row] = [one - times * other for one, other in zip(left[row], left[found], strict=True)]
        found += 1
    return found


class TooManyTables(Exception):
    """Trying them all would take minutes."""


def tables(
    rows: Sequence[Sequence[int]], values: Sequence[int], most: int, *, tries: float = inf
) -> Iterator[tuple[int, ...]]:
    """Every table of whole numbers from 0 to `most` that agrees with the rows.

    Raises TooManyTables after `tries` beginnings of one.
    """
    size, tried = len(rows[0]), count()

    def grow(start: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if next(tried) > tries:
            raise TooManyTables
        for row, value in zip(rows, values, strict=True):
            so_far = sum(weight * one for weight, one in zip(row, start, strict=False))
            if so_far > value or (so_far < value and not any(row[len(start) :])):
                return
        if len(start) == size:
            yield start
            return
        for one in range(most + 1):
            yield from grow((*start, one))

    yield from grow(())
