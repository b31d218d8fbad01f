"""From a cube with its small cells to everything that must be hidden, block by block."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import optimize, sparse

from samspill.analysis.disclosure.layout import Cube, Key, Whole, blocks
from samspill.analysis.disclosure.secondary import Block, hide
from samspill.analysis.disclosure.widening import LARGE, NEVER, Bools, Limits, widen
from samspill.refusal import Refused


@dataclass(frozen=True)
class Known:
    """A cell of the system. `value` is None when nobody can know it; `why` is set for one that is hidden.

    `out` cells stand in an earlier release, or cannot be hidden (a zero that is always shown).
    """

    key: Key
    value: int | None
    population: int | None = None
    why: str = ""
    out: bool = False


@dataclass(frozen=True)
class Protected:
    """`why` by cell, "" for a shown one. `given_away` tell of themselves whatever is hidden here."""

    why: tuple[str, ...]
    given_away: tuple[int, ...]


def protect(
    cube: Cube, cells: Sequence[Known], inner: Whole, inner_known: Bools, *, lowest: int, width: int
) -> Protected:
    """`lowest` is what a hidden cell is known to be at least; `width` the least span it must have."""
    why = [cell.why for cell in cells]
    lost = {place for place, cell in enumerate(cells) if cell.why and cell.out}
    rows = cube.rows([cell.key for cell in cells])
    table = inner if inner_known.all() or not any(why) else _any_inner(rows, cells)
    while any(why):
        narrow = _widened(cube, cells, why, table, lowest, width)
        before = sum(map(bool, why))
        told = _secured(cube, cells, why, rows)
        if sum(map(bool, why)) == before:  # what the second hides the first must look at again
            lost |= narrow | told
            break
    return Protected(tuple(why), tuple(sorted(lost)))


def _secured(cube: Cube, cells: Sequence[Known], why: list[str], rows: sparse.csr_array) -> set[int]:
    """Marks in `why` what else is hidden so that nothing is computed; gives the places of what still is."""
    told = set[int]()
    for of_rows, of_columns in blocks(rows):
        part = [cells[one] for one in of_rows]
        small = np.array([bool(why[one]) for one in of_rows])
        if small.any():
            found = hide(_block(cube, rows[of_rows][:, of_columns], part, small))
            told |= {int(of_rows[one]) for one in found.given_away}
            for place in np.flatnonzero(found.hidden):
                why[of_rows[place]] = why[of_rows[place]] or "protects_others"
    return told


def _block(cube: Cube, rows: sparse.csr_array, part: Sequence[Known], small: Bools) -> Block:
    """The order to publish in: what sums most first, then what is largest.

    A count is taken by its number of binary digits and small cells as if all were alike: what is shown then
    tells less of how large the hidden ones are.
    """
    known = np.array([cell.out for cell in part])
    order = sorted(
        (one for one, cell in enumerate(part) if not cell.out and not small[one] and cell.value is not None),
        key=lambda one: (
            -cube.leaves(part[one].key),
            -(part[one].value or 0).bit_length(),
            part[one].key,
        ),
    )
    return Block(sparse.csr_array(rows), known, small, order)


def _widened(
    cube: Cube, cells: Sequence[Known], why: list[str], inner: Whole, lowest: int, width: int
) -> set[int]:
    """Marks in `why` what else is hidden; gives the places of cells that stay too nearly known."""
    limits = _limits(cube, cells, inner, lowest)
    hidden = np.zeros(limits.values.shape, dtype=bool)
    for cell, reason in zip(cells, why, strict=True):
        hidden[cell.key] = bool(reason) and not cell.out
    asked = np.minimum(width, limits.high - limits.low)
    wide = widen(cube, limits, hidden, asked)
    for place, cell in enumerate(cells):
        if wide.hidden[cell.key] and not why[place]:
            why[place] = "protects_others"
    return {place for place, cell in enumerate(cells) if cell.key in set(wide.narrow)}


def _limits(cube: Cube, cells: Sequence[Known], inner: Whole, lowest: int) -> Limits:
    """Limits of all cells there can be. An inner cell that nobody has counted is at least 0."""
    values = cube.sums(inner)
    low, high, cost = np.full(values.shape, -LARGE), np.full(values.shape, LARGE), np.zeros(values.shape)
    singles = [np.flatnonzero(axis.covers.sum(axis=1) == 1) for axis in cube.axes]
    low[np.ix_(*singles)] = 0
    for cell in cells:
        low[cell.key] = 0 if not cell.value else lowest
        high[cell.key] = LARGE if cell.population is None else cell.population
        price = cube.leaves(cell.key) * (1 + 0.1 * np.log2(1 + (cell.value or 0)))
        cost[cell.key] = NEVER if cell.out else price
    return Limits(values, low, high, cost)


def _any_inner(rows: sparse.csr_array, part: Sequence[Known]) -> Whole:
    """A table of whole numbers that agrees with all cells that have one. Refuses when there is none."""
    with_value = [one for one, cell in enumerate(part) if cell.value is not None]
    values = np.array([part[one].value for one in with_value], dtype=float)
    found = optimize.milp(
        np.zeros(rows.shape[1]),
        constraints=optimize.LinearConstraint(rows[with_value], values, values),
        integrality=np.ones(rows.shape[1]),
    )
    inner = np.zeros(0) if found.x is None else np.rint(found.x)
    if found.x is None or (rows[with_value] @ inner != values).any():
        raise Refused(
            "totals_do_not_add", "Some total is less than the sum of its parts that are known. Mend it."
        )
    return inner.astype(np.int64)
