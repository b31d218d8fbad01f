"""Rounding instead of hiding: every count to a multiple of a base, a cell alike in whatever table it is."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from samspill.analysis.disclosure.cells import At, Cell, Flag
from samspill.analysis.disclosure.hierarchies import dimension_of
from samspill.analysis.disclosure.layout import Cube, axis_of
from samspill.analysis.disclosure.reading import Dimensions, Rows, cells_of, hierarchies_of, rows_of
from samspill.refusal import Refused

BASES = (3, 5)
STEPS = 2**64


def round_counts(
    rows: Rows,
    *,
    dimensions: Dimensions,
    value: str = "count",
    base: int = 3,
    seed: str = "",
    additive: bool = True,
) -> list[dict[str, Any]]:
    """The same rows in the same order, each count a multiple of `base` less than `base` from the true one.

    Up or down is drawn from the codes of the cell and `seed`, so that in the long run nothing is added or
    taken (1 of base 3 becomes 3 one time of three), and the same cell with the same count is always rounded
    alike: a second table tells nothing new. Keep `seed` secret, and the same for all tables of a data set.

    `additive`: a total whose finest cells are all in the table becomes the sum of what they became, if that
    is less than `base` from the truth; else, and always when false, it is rounded by itself. "additive" in a
    row tells which. A row without a count has None, and "flag" 1, or the flag it came with. Refuses a base
    that is not 3 or 5 (`base_not_known`) and what `suppress` refuses of rows.
    """
    if base not in BASES:
        raise Refused("base_not_known", f"The base is {base}; counts are rounded to 3 or 5.", field="base")
    table, hierarchies = rows_of(rows), hierarchies_of(dimensions)
    cells = cells_of(table, hierarchies, value, None)
    own = [_rounded(cell.at, cell.value, base, seed) for cell in cells]
    sums = _sums(hierarchies, cells, own) if additive else [None] * len(cells)
    return [
        _row(row, cell, alone, summed, value, base)
        for row, cell, alone, summed in zip(table, cells, own, sums, strict=True)
    ]


def _row(
    row: Mapping[str, Any], cell: Cell, alone: int | None, summed: int | None, value: str, base: int
) -> dict[str, Any]:
    fits = cell.value is not None and summed is not None and abs(summed - cell.value) < base
    flag = Flag.SHOWN if cell.value is not None and cell.flag is not Flag.HIDDEN else cell.flag
    count = None if flag is not Flag.SHOWN else summed if fits else alone
    return {**row, value: count, "flag": int(flag), "additive": fits}


def _rounded(at: At, count: int | None, base: int, seed: str) -> int | None:
    if count is None:
        return None
    rest = count % base
    named = "\x1f".join(f"{name}\x1e{code}" for name, code in sorted(at))
    drawn = int.from_bytes(hashlib.sha256(f"{seed}\x1d{named}".encode()).digest()[:8])
    return count - rest + (base if drawn * base < rest * STEPS else 0)


def _sums(
    hierarchies: Mapping[str, Any], cells: Sequence[Cell], own: Sequence[int | None]
) -> list[int | None]:
    """The sum of the rounded finest cells of each cell; None where one of them has no count."""
    axes = []
    for name, hierarchy in hierarchies.items():
        codes = [cell.where.get(name) for cell in cells]
        dimension = dimension_of(name, [hierarchy], (code for code in codes if code is not None))
        axes.append(axis_of(dimension, codes, all_codes=True))
    cube = Cube(tuple(axes))
    covers = [cube.inner(cube.key(cell.at)).tolist() for cell in cells]
    finest = {cover[0]: count for cover, count in zip(covers, own, strict=True) if len(cover) == 1}
    parts = [[finest.get(one) for one in cover] for cover in covers]
    return [None if None in one else sum(part for part in one if part is not None) for one in parts]
