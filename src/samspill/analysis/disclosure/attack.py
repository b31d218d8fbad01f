"""What an outsider holds: all cells ever shown, as sums of inner cells, and the hidden ones to find out.

Made for `audit` from the releases alone. It shares with `suppress` only how rows are read and hierarchies
checked; sums are laid out, solved and bounded on their own here and in `rank` and `bounds`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.disclosure.cells import At, Cell, Flag, Release
from samspill.analysis.disclosure.hierarchies import Dimension, dimension_of
from samspill.analysis.disclosure.tightening import ENDLESS
from samspill.refusal import Refused

Place = tuple[frozenset[int], ...]
"""A cell by what it holds of each dimension: cells that hold the same are one cell, whatever their codes."""
MOST_INNER = 200_000


@dataclass(frozen=True)
class Shown:
    """A number that is out: the first release it stands in, and where."""

    value: int
    at: At
    release: str


@dataclass(frozen=True)
class Sought:
    """A hidden cell, under all codes and releases that name it, and what is known of it beforehand."""

    names: Mapping[At, str]
    low: int
    high: int | None


@dataclass(frozen=True, eq=False)
class Holdings:
    """`shown` and `sought` by place; `sizes` is the number of parts of each dimension."""

    sizes: tuple[int, ...]
    shown: Mapping[Place, Shown]
    sought: Mapping[Place, Sought]
    populations: Mapping[Place, int]

    def inner(self, place: Place) -> list[int]:
        """Numbers of the inner cells in a cell."""
        found = [0]
        for size, parts in zip(self.sizes, place, strict=True):
            found = [one * size + part for one in found for part in sorted(parts)]
        return found

    def all_inner(self) -> Iterator[tuple[int, Place]]:
        for number, parts in enumerate(product(*map(range, self.sizes))):
            yield number, tuple(frozenset([part]) for part in parts)


def holdings(releases: Sequence[Release]) -> Holdings:
    """The union of releases. Refuses two that show different numbers for one cell (`releases_differ`)."""
    names = dict.fromkeys(name for release in releases for name in release.dimensions)
    cells = [(cell, release) for release in releases for cell in release.cells]
    places = [_parts(name, releases, [cell for cell, _ in cells]) for name in names]
    sizes = tuple(len(frozenset().union(*of_code.values())) for of_code in places)
    if np.prod(np.array(sizes, dtype=float)) > MOST_INNER:
        raise Refused(
            "too_many_cells", f"The releases have more than {MOST_INNER} inner cells; audit a part at a time."
        )
    shown: dict[Place, Shown] = {}
    sought: dict[Place, Sought] = {}
    populations: dict[Place, int] = {}
    for cell, release in cells:
        named = dict(cell.at)
        place = tuple(of_code[named.get(name)] for name, of_code in zip(names, places, strict=True))
        if cell.population is not None:
            populations[place] = cell.population
        _hold(shown, sought, place, cell, release)
    return Holdings(sizes, shown, sought, populations)


def _hold(
    shown: dict[Place, Shown], sought: dict[Place, Sought], place: Place, cell: Cell, release: Release
) -> None:
    empty = cell.flag is Flag.NOT_POSSIBLE and cell.population == 0
    if cell.flag is Flag.HIDDEN:
        lowest = int(release.rules.zeros_shown)
        before = sought.get(place)
        low = max(lowest, before.low if before else 0)
        high = cell.population if cell.population is not None else (before.high if before else None)
        names = dict(before.names) if before else {}
        names.setdefault(cell.at, release.name)
        sought[place] = Sought(names, low, high)
    elif empty or (cell.flag is Flag.SHOWN and cell.value is not None):
        value = 0 if empty else int(cell.value or 0)
        first = shown.setdefault(place, Shown(value, cell.at, release.name))
        if first.value != value:
            where = ", ".join(f"{name} {code}" for name, code in cell.at)
            raise Refused(
                "releases_differ",
                f"{where or 'The total'} is {first.value} in one release and {value} in another. Audit "
                "releases of one version of the data together.",
                facts=dict(cell.at),
            )


def _parts(name: str, releases: Sequence[Release], cells: Iterable[Cell]) -> dict[str | None, frozenset[int]]:
    """The parts each code in use holds; a part is what no code in use divides. None is the whole."""
    used = list(dict.fromkeys(dict(cell.at).get(name) for cell in cells))
    several = [release.dimensions.get(name) for release in releases]
    dimension = dimension_of(name, several, (code for code in used if code is not None))
    below = {code: _below(dimension, code) for code in used}
    kinds: dict[frozenset[str | None], int] = {}
    holds: dict[str | None, set[int]] = {code: set() for code in used}
    for leaf in dimension.leaves:
        held_by = frozenset(code for code in used if leaf in below[code])
        part = kinds.setdefault(held_by, len(kinds))
        for code in held_by:
            holds[code].add(part)
    return {code: frozenset(parts) for code, parts in holds.items()}


def _below(dimension: Dimension, code: str | None) -> set[str]:
    """Leaves under a code, found from the leaves up."""
    if code is None:
        return set(dimension.leaves)
    found, ahead = set(), [code]
    while ahead:
        one = ahead.pop()
        ahead += dimension.children.get(one, ())
        if one not in dimension.children:
            found.add(one)
    return found


@dataclass(frozen=True, eq=False)
class System:
    """A part of the holdings that shares no unknown with the rest, unknown inner cells numbered anew.

    `rows` (shown, unknowns) sum to `values`; `shown` says which cells they are. `targets` (sought, unknowns)
    plus `constants` are the hidden cells. `low` and `high` bound the unknowns; `ENDLESS` is no limit.
    """

    rows: NDArray[np.int64]
    values: NDArray[np.int64]
    shown: tuple[Place, ...]
    targets: NDArray[np.int64]
    constants: NDArray[np.int64]
    sought: tuple[Place, ...]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def systems(held: Holdings) -> Iterator[System]:
    """Every part of the holdings where something is sought."""
    direct = {held.inner(place)[0]: one.value for place, one in held.shown.items() if _single(place)}
    covers = {place: held.inner(place) for place in (*held.shown, *held.sought)}
    open_cells = {place: [one for one in cover if one not in direct] for place, cover in covers.items()}
    for group in _groups(open_cells):
        if any(place in held.sought for place in group):
            yield _system(held, group, covers, open_cells, direct)


def _single(place: Place) -> bool:
    return all(len(parts) == 1 for parts in place)


def _groups(open_cells: Mapping[Place, Sequence[int]]) -> list[list[Place]]:
    """Cells that share unknowns, directly or through others; a cell with no unknown is a group of its own."""
    leader: dict[int, int] = {}

    def find(one: int) -> int:
        while leader.setdefault(one, one) != one:
            leader[one] = one = leader[leader[one]]
        return one

    for cover in open_cells.values():
        for one in cover[1:]:
            leader[find(one)] = find(cover[0])
    groups: dict[object, list[Place]] = {}
    for place, cover in open_cells.items():
        groups.setdefault(find(cover[0]) if cover else place, []).append(place)
    return list(groups.values())


def _system(
    held: Holdings,
    group: Sequence[Place],
    covers: Mapping[Place, Sequence[int]],
    open_cells: Mapping[Place, Sequence[int]],
    direct: Mapping[int, int],
) -> System:
    number = {
        one: place for place, one in enumerate(dict.fromkeys(x for one in group for x in open_cells[one]))
    }
    known = {one: sum(direct.get(x, 0) for x in covers[one]) for one in group}
    shown = sorted(
        (one for one in group if one in held.shown and open_cells[one]), key=lambda one: len(covers[one])
    )
    sought = [one for one in group if one in held.sought]

    def matrix(places: Sequence[Place]) -> NDArray[np.int64]:
        rows = np.zeros((len(places), len(number)), dtype=np.int64)
        for row, place in enumerate(places):
            rows[row, [number[one] for one in open_cells[place]]] = 1
        return rows

    low, high = np.zeros(len(number)), np.full(len(number), ENDLESS)
    for place in sought:
        if _single(place) and open_cells[place]:
            low[number[covers[place][0]]] = held.sought[place].low
    for place, people in held.populations.items():
        if _single(place) and (one := held.inner(place)[0]) in number:
            high[number[one]] = people
    return System(
        rows=matrix(shown),
        values=np.array([held.shown[one].value - known[one] for one in shown], dtype=np.int64),
        shown=tuple(shown),
        targets=matrix(sought),
        constants=np.array([known[one] for one in sought], dtype=np.int64),
        sought=tuple(sought),
        low=low,
        high=high,
    )
