"""Hide in all counts of a release together: families of sets over areas and their sums, year by year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from samspill.analysis.disclosure import Rules
from samspill.analysis.disclosure.exchanging import exchange
from samspill.analysis.disclosure.linked import FAR, Linked, Tree
from samspill.analysis.indicators.counts import Bools, Count, Places, Whole
from samspill.analysis.indicators.families import Counting, Family
from samspill.refusal import Refused

ROUNDS = 20  # what one family hides another may have to look at again


@dataclass(frozen=True, eq=False)
class Layout:
    """A family with its counts: atoms (areas, years, atoms), and which rests are too few to be known."""

    family: Family
    counts: tuple[Count, ...]
    atoms: Whole
    small_rests: Bools


def layouts_of(
    families: Sequence[Family], counts: Mapping[Counting, Count], places: Places, rules: Rules
) -> list[Layout]:
    """Families of which something is to be shown. Rests between what nobody shows need no protection."""
    found = []
    for family in families:
        own = tuple(counts[one] for one in family.sets)
        if any(one.asked.any() for one in own):
            atoms = atoms_of(family, own, places)
            rests = atoms @ family.rests.T.astype(np.int64)
            small = (rests > 0) & (rests <= rules.highest_hidden)
            found.append(Layout(family, own, atoms, small))
    return found


def strictest(rules: Sequence[Rules]) -> Rules:
    """What must hold when counts of several data sets are published together."""
    return Rules(
        highest_hidden=max((one.highest_hidden for one in rules), default=0),
        zeros_shown=all(one.zeros_shown for one in rules),
        protection=max((one.width - 1 for one in rules), default=0),
    )


def atoms_of(family: Family, counts: Sequence[Count], places: Places) -> Whole:
    """How many of each atom, as differences of the counts. Refuses counts that are not so (`not_nested`)."""
    values = np.stack([one.values for one in counts], axis=-1)
    solve = np.linalg.pinv(family.holds.astype(float)).T
    atoms = np.rint(values @ solve).astype(np.int64)
    wrong = np.argwhere(
        (atoms < 0).any(axis=-1) | (atoms @ family.holds.T.astype(np.int64) != values).any(axis=-1)
    )
    if len(wrong):
        place, year = wrong[0]
        code = next(code for code, number in places.codes.items() if number == place)
        told = ", ".join(f"{one.part.table} {int(one.values[place, year])}" for one in counts)
        raise Refused(
            "not_nested",
            f"Counts that are parts of each other are not so in {code}, {places.years[year]}: {told}.",
            facts={"area": code, "year": places.years[year]},
        )
    return atoms


def protect(layouts: Sequence[Layout], tree: Tree, rules: Rules) -> None:
    """Marks in `hidden` of each count what must not be shown: what is small, and what protects it.

    Where earlier releases leave no room to protect what is new, the new counts of that year are `withheld`:
    to say of a number that it is hidden tells already that it is not zero.
    """
    while True:
        for layout in layouts:
            for count in layout.counts:
                count.hidden[:] = (count.small | count.before) & count.asked & ~count.out
        stuck = _settled(layouts, tree, rules)
        if not sum(_withhold(layout, year) for layout, year in stuck):
            return


def _withhold(layout: Layout, year: int) -> bool:
    """Take what is new of a family in a year out of the release; whether there was anything."""
    found = False
    for count in layout.counts:
        new = count.asked[:, year] & ~count.out[:, year] & ~count.before[:, year]
        if new.any():
            count.asked[:, year], count.withheld[year], found = False, True, True
    return found


def _settled(layouts: Sequence[Layout], tree: Tree, rules: Rules) -> list[tuple[Layout, int]]:
    """Hide until no family has to look again at what another hid; gives families and years that are stuck."""
    alone = [one for one in layouts if len(one.counts) == 1]
    waiting = [one for one in layouts if len(one.counts) > 1]
    stuck = _protect(alone, tree, rules) if alone else []
    for _ in range(ROUNDS):
        before = [count.hidden.copy() for layout in waiting for count in layout.counts]
        own = [one for layout in waiting for one in _protect([layout], tree, rules)]
        after = [count.hidden for layout in waiting for count in layout.counts]
        if all((one == other).all() for one, other in zip(before, after, strict=True)):
            break
    return stuck + own if waiting else stuck


def _protect(layouts: Sequence[Layout], tree: Tree, rules: Rules) -> list[tuple[Layout, int]]:
    """Families of the same shape at once: their years beside each other."""
    linked = _linked(layouts, tree, rules)
    found = exchange(linked)
    if found.stuck:  # as a last resort everything that can be is hidden
        years = sorted({year for _area, _set, year in found.stuck})
        can = linked.values[:, years] >= np.maximum(linked.lowest, 1)
        linked.small[:, years] |= linked.asked[:, years] & can
        found = exchange(linked)
    width = layouts[0].atoms.shape[1]
    for number, layout in enumerate(layouts):
        own = slice(number * width, (number + 1) * width)
        for place, count in enumerate(layout.counts):
            count.hidden |= found.hidden[:, own, place] & count.asked
    return [(layouts[year // width], year % width) for _area, _set, year in found.stuck]


def lowest_of(layout: Layout, rules: Rules) -> Whole:
    """By set and rest. That a rest is few is seen nowhere, so it may as well be nobody."""
    sets, rests = len(layout.counts), len(layout.family.rests)
    return np.array([int(rules.zeros_shown)] * sets + [0] * rests, dtype=np.int64)


def _linked(layouts: Sequence[Layout], tree: Tree, rules: Rules) -> Linked:
    def both(cells: str, rests: int | bool) -> np.ndarray:
        """Of sets and then of rests, (areas, years of all layouts, sets)."""
        parts = []
        for one in layouts:
            own = np.stack([getattr(count, cells) for count in one.counts], axis=-1)
            beside = np.full((*own.shape[:2], len(one.family.rests)), rests, dtype=own.dtype)
            parts.append(np.concatenate([own, beside], axis=-1))
        return np.concatenate(parts, axis=1)

    small = both("sought", False)
    sets = len(layouts[0].counts)
    small[..., sets:] = np.concatenate([one.small_rests for one in layouts], axis=1)
    return Linked(
        tree=tree,
        holds=np.concatenate([layouts[0].family.holds, layouts[0].family.rests]),
        inner=np.concatenate([one.atoms for one in layouts], axis=1),
        small=small,
        asked=both("asked", False),
        out=both("out", False),
        high=both("high", FAR),
        lowest=lowest_of(layouts[0], rules),
        width=rules.width,
    )
