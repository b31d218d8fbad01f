"""What the given rows say of all other cells: do the totals add up, and which cells can anyone compute."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from samspill.analysis.disclosure.elimination import PRIME, Basis
from samspill.analysis.disclosure.layout import Cube, Key, Whole, blocks
from samspill.refusal import Refused


@dataclass(frozen=True, eq=False)
class Completed:
    """`known` (codes of each axis) tells which cells follow from the rows, and `values` what they are.

    `inner` and `inner_known` are the same for inner cells.
    """

    known: np.ndarray
    values: Whole
    inner: Whole
    inner_known: np.ndarray


def complete(cube: Cube, keys: Sequence[Key], values: Sequence[int]) -> Completed:
    """All that follows from the cells given. Refuses totals that do not add (`totals_do_not_add`)."""
    probe, solution = np.ones((cube.size, 2), dtype=np.int64), np.zeros(cube.size, dtype=np.int64)
    rows = cube.rows(keys)
    covers = np.split(rows.indices, rows.indptr[1:-1])
    for of_rows, of_columns in blocks(rows):
        basis = _solved(cube, keys, values, of_rows, of_columns, covers)
        probe[of_columns], solution[of_columns] = basis.probe, basis.solution
    known = np.logical_and(*(cube.sums(probe[:, one]) % PRIME == 0 for one in (0, 1)))
    inner_known = (probe == 0).all(axis=1)
    inner = _signed(solution)
    summed = _signed(cube.sums(solution) % PRIME)
    wrong = np.argwhere(known & (summed < 0))
    if len(wrong):
        raise _does_not_add(cube, tuple(int(one) for one in wrong[0]), int(summed[tuple(wrong[0])]))
    return Completed(known, summed, inner, inner_known)


def _solved(
    cube: Cube,
    keys: Sequence[Key],
    values: Sequence[int],
    of_rows: Whole,
    of_columns: Whole,
    covers: Sequence[Whole],
) -> Basis:
    """The finest rows first, so that the first that does not fit is a total."""
    basis = Basis(len(of_columns))
    place = {int(column): number for number, column in enumerate(of_columns)}
    for row in sorted((int(one) for one in of_rows), key=lambda one: len(covers[one])):
        cover = np.array([place[int(column)] for column in covers[row]])
        if basis.residual(cover).any():
            basis.add(cover, values[row])
        elif (found := int(basis.solution[cover].sum() % PRIME)) != values[row]:
            raise _does_not_add(cube, keys[row], found, values[row])
    return basis


def _signed(numbers: Whole) -> Whole:
    return np.where(numbers > PRIME // 2, numbers - PRIME, numbers)


def _does_not_add(cube: Cube, key: Key, found: int, value: int | None = None) -> Refused:
    where = ", ".join(f"{name} {code}" for name, code in cube.at(key))
    says = f"is {value}, but the other rows make it {found}" if value is not None else f"would be {found}"
    return Refused(
        "totals_do_not_add",
        f"The cell {where or 'of all'} {says}. Mend the rows it is a sum of, or the total.",
        facts={"value": value, "sum": found, **dict(cube.at(key))},
    )
