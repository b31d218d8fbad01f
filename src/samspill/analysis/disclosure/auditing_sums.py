"""`audit_sums`: as `audit`, of large tables at once: can a hidden sum be computed, or nearly?

What an outsider holds is a matrix: each cell that is shown or hidden is a sum of inner cells. First what
follows at once is worked out (a sum with one unknown, a sum that leaves nothing), then the rest falls into
parts that share no unknown; for each the exact means of `rank` and `bounds` are used. The owner gives a
whole table that agrees with everything, so that none has to be sought; that it does is checked.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from samspill.analysis.disclosure.attack import System
from samspill.analysis.disclosure.bounds import bounds, seen
from samspill.analysis.disclosure.rank import exact_weights, reduce
from samspill.analysis.disclosure.tightening import ENDLESS
from samspill.refusal import Refused

Whole = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Sums:
    """Cells as sums of inner ones: `covers` (cells, inner) of 0 and 1, `values` of those that are `shown`.

    `sought` ones are hidden, and known to lie between `low` and `high`. `tiles` (sums, cells) has 1 for parts
    and -1 for the cell that is exactly their sum, so that one that says nothing new is left out.
    """

    covers: sparse.csr_array
    values: Whole
    shown: Bools
    sought: Bools
    low: Whole
    high: Floats
    tiles: sparse.csr_array


@dataclass(frozen=True)
class Found:
    """A hidden cell that is not safe: `computed` exactly, `bounded` to one number, or `narrow`."""

    cell: int
    how: str
    low: int
    high: int


def audit_sums(held: Sums, table: Whole, width: int) -> list[Found]:
    """Hidden cells that can be computed, or span less than `width`. `table` are the inner cells of any table
    that agrees. Refuses one that does not (`published_cannot_be`).
    """
    _check(held, table)
    if not held.sought.any():
        return []
    unknown, low = _unknown(held, table)
    rows = np.flatnonzero(held.shown & ~_said(held))
    rows = rows[(held.covers[rows] @ unknown.astype(np.int64)) > 0]
    targets = np.flatnonzero(held.sought)
    touched = held.covers[targets] @ unknown.astype(np.int64)
    found = [_fixed(held, int(cell), table) for cell in targets[touched == 0]]
    for part in _parts(held, table, rows, targets[touched > 0], unknown):
        found += _of_part(held, part, table, low, width)
    return found


def _check(held: Sums, table: Whole) -> None:
    sums = held.covers @ table
    wrong = held.shown & (sums != held.values)
    wrong |= held.sought & ((sums < held.low) | (sums > held.high))
    if wrong.any() or (table < 0).any() or (held.tiles @ held.covers).count_nonzero():
        raise Refused("published_cannot_be", "The table does not agree with what is published.")


def _said(held: Sums) -> Bools:
    """Shown cells that are the sum of shown parts: they say nothing new."""
    parts = held.tiles > 0
    whole = held.tiles < 0
    lacking = parts @ (~held.shown).astype(np.int64)
    return np.asarray(whole.T @ (lacking == 0).astype(np.int64), dtype=bool) & held.shown


def _unknown(held: Sums, table: Whole) -> tuple[Bools, Whole]:
    """Inner cells that do not follow at once, and what each is at least.

    One follows when it is all a shown sum leaves, and when a sum leaves no more than its unknown cells must
    have at least. What is known so is what it is in the table, for the table agrees.
    """
    size = held.covers.shape[1]
    low, unknown = np.zeros(size, dtype=np.int64), np.ones(size, dtype=bool)
    single = np.flatnonzero(held.sought & (np.diff(held.covers.indptr) == 1))
    low[held.covers.indices[held.covers.indptr[single]]] = held.low[single]
    rows = held.covers[np.flatnonzero(held.shown)]
    while True:
        left = rows @ unknown.astype(np.int64)
        spare = rows @ np.where(unknown, table - low, 0)
        tell = (left > 0) & ((left == 1) | (spare == 0))
        if not tell.any():
            return unknown, low
        unknown &= np.asarray(rows[np.flatnonzero(tell)].sum(axis=0) == 0).ravel()


def _fixed(held: Sums, cell: int, table: Whole) -> Found:
    """A hidden cell all of which follows."""
    value = int((held.covers[[cell]] @ table)[0])
    return Found(cell, "computed", value, value)


@dataclass(frozen=True, eq=False)
class _Part:
    """Shown and hidden cells that share unknown inner cells (`columns`)."""

    rows: Whole
    targets: Whole
    columns: Whole


def _parts(held: Sums, table: Whole, rows: Whole, targets: Whole, unknown: Bools) -> Iterator[_Part]:
    both = np.concatenate([rows, targets])
    covers = held.covers[both][:, np.flatnonzero(unknown)]
    joined = sparse.block_array([[None, covers], [covers.T, None]], format="csr")
    number, labels = connected_components(joined, directed=False)
    of_cells, of_columns = labels[: len(both)], labels[len(both) :]
    is_target = np.arange(len(both)) >= len(rows)
    columns = np.flatnonzero(unknown)
    cells_by, cell_ends = _sorted(of_cells, number)
    columns_by, column_ends = _sorted(of_columns, number)
    for one in np.unique(of_cells[is_target]):
        cells = cells_by[cell_ends[one] : cell_ends[one + 1]]
        own = columns[columns_by[column_ends[one] : column_ends[one + 1]]]
        own = own[np.argsort(-table[own], kind="stable")]  # the largest give way most easily
        yield _Part(both[cells[~is_target[cells]]], both[cells[is_target[cells]]], own)


def _sorted(labels: Whole, number: int) -> tuple[Whole, Whole]:
    order = np.argsort(labels, kind="stable")
    return order, np.searchsorted(labels[order], np.arange(number + 1))


def _of_part(held: Sums, part: _Part, table: Whole, low: Whole, width: int) -> list[Found]:
    asked = np.minimum(width, held.high[part.targets] - held.low[part.targets])
    if len(part.rows) <= 1 and len(part.targets) and _are_single(held, part):
        least, most = _star(held, part, table, low)
        short = np.flatnonzero(most - least < asked)
        return [_found(int(part.targets[one]), int(least[one]), int(most[one])) for one in short]
    return _general(held, part, table, low, asked)


def _are_single(held: Sums, part: _Part) -> bool:
    return bool((np.diff(held.covers.indptr)[part.targets] == 1).all())


def _star(held: Sums, part: _Part, table: Whole, low: Whole) -> tuple[Floats, Floats]:
    """One sum and hidden inner cells under it: each is at most what is left when the others are least."""
    place = {int(column): number for number, column in enumerate(part.columns)}
    own = np.array([place[int(held.covers.indices[held.covers.indptr[one]])] for one in part.targets])
    high = np.full(len(part.columns), ENDLESS)
    high[own] = held.high[part.targets]
    least = low[part.columns].astype(float)
    if not len(part.rows):
        return least[own], high[own]
    total = float(table[part.columns].sum())
    most = np.minimum(high, total - (least.sum() - least))
    fewest = np.maximum(least, total - (high.sum() - high))
    return fewest[own], most[own]


def _general(held: Sums, part: _Part, table: Whole, low: Whole, asked: Floats) -> list[Found]:
    system = _system(held, part, table, low)
    solved = reduce(system.rows)
    own_low, own_high = held.low[part.targets].astype(float), held.high[part.targets]
    unknowns = table[part.columns]
    near = seen(system, solved, own_low, own_high, unknowns, asked)
    rest = np.flatnonzero(near.most - near.least < asked)
    found, open_ = [], []
    for one in map(int, rest):
        weights = solved.combination(system.targets[one])
        if weights is not None and exact_weights(weights, system.rows, system.targets[one]) is not None:
            found.append(_fixed(held, int(part.targets[one]), table))
        else:
            open_.append(one)
    if open_:
        exact = bounds(system, solved, own_low, own_high, asked, table=unknowns)
        found += [
            _found(int(part.targets[one]), int(exact.least[one]), int(exact.most[one]))
            for one in open_
            if exact.most[one] - exact.least[one] < asked[one]
        ]
    return found


def _found(cell: int, least: int, most: int) -> Found:
    return Found(cell, "bounded" if least == most else "narrow", least, most)


def _dense(held: Sums, cells: Whole, columns: Whole) -> Whole:
    """(cells, columns) of the covers."""
    chosen = held.covers[cells]
    place = np.full(held.covers.shape[1], -1)
    place[columns] = np.arange(len(columns))
    rows, within = np.repeat(np.arange(len(cells)), np.diff(chosen.indptr)), place[chosen.indices]
    found = np.zeros((len(cells), len(columns)), dtype=np.int64)
    found[rows[within >= 0], within[within >= 0]] = 1
    return found


def _system(held: Sums, part: _Part, table: Whole, low: Whole) -> System:
    order = part.rows[np.argsort(np.diff(held.covers.indptr)[part.rows], kind="stable")]
    rows, targets = (_dense(held, cells, part.columns) for cells in (order, part.targets))
    high = np.full(len(part.columns), ENDLESS)
    single = np.flatnonzero(np.diff(held.covers.indptr)[part.targets] == 1)
    np.minimum.at(high, np.argmax(targets[single], axis=1), held.high[part.targets[single]])
    unknowns = table[part.columns]
    whole = held.covers[part.targets] @ table
    return System(
        rows=rows,
        values=rows @ unknowns,
        shown=(),
        targets=targets,
        constants=whole - targets @ unknowns,
        sought=(),
        low=low[part.columns].astype(float),
        high=high,
    )
