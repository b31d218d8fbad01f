"""Hide in linked counts (`linked.Linked`) until every hidden cell could as well be many other numbers.

The proof of a hidden cell is an exchange: some persons are counted under another atom, or none, in one
area, and as many the other way round in another area of the same sum. Every cell where that shows is
hidden. How far exchanges reach within all limits is summed along the tree for all cells at once; where it
is too short, the cells that cost least to hide are hidden.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.disclosure.linked import FAR, Bools, Linked, Whole

Floats = NDArray[np.float64]
NEVER = 1e15


@dataclass(frozen=True, eq=False)
class Exchanged:
    """`hidden` (areas, years, sets); `stuck` are (area, set, year) that nothing hidden here can help."""

    hidden: Bools
    stuck: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, eq=False)
class Pairs:
    """Every way to exchange: atom `first` becomes `then`; the last atom is outside all sets.

    `loses` and `gains` (pairs, sets) are the sets that shows in; `back` is the pair the other way round.
    """

    first: Whole
    loses: Bools
    gains: Bools
    back: Whole

    @classmethod
    def of(cls, holds: Bools) -> "Pairs":
        within = np.concatenate([holds, np.zeros((len(holds), 1), dtype=bool)], axis=1)
        found = list(permutations(range(within.shape[1]), 2))
        number = {pair: place for place, pair in enumerate(found)}
        first, then = np.array(found).T
        loses = (within[:, first] & ~within[:, then]).T
        gains = (within[:, then] & ~within[:, first]).T
        back = np.array([number[second, one] for one, second in found])
        shows = (loses | gains).any(axis=1)
        place = np.cumsum(shows) - 1
        return cls(first[shows], loses[shows], gains[shows], place[back[shows]])


def exchange(linked: Linked) -> Exchanged:
    """Hides what is small, and what else must be so that each hidden cell spans `width`."""
    work = _Work(linked)
    layers = np.flatnonzero((linked.small & ~linked.out).any(axis=(0, 2)))
    while len(layers):
        reach = _Reach(work, layers)
        layers = layers[[work.mend(reach, number, int(one)) for number, one in enumerate(layers)]]
    return Exchanged(work.hidden, tuple(sorted(work.stuck)))


class _Work:
    """What is hidden so far."""

    def __init__(self, linked: Linked) -> None:
        self.linked, self.tree = linked, linked.tree
        self.pairs = Pairs.of(linked.holds)
        self.touches = (self.pairs.loses | self.pairs.gains).astype(np.float32)
        self.hidden = linked.small & ~linked.out
        self.can_hide = linked.asked & ~linked.out & (linked.values >= linked.lowest)
        self.asked = np.minimum(linked.width, np.maximum(linked.high - linked.lowest, 0))
        self.cost = linked.tree.leaves[:, None, None] * (1 + 0.1 * np.log2(1 + linked.values))
        self.stuck: set[tuple[int, int, int]] = set()

    def shown(self, layers: Whole | int) -> Bools:
        return (self.linked.asked[:, layers] & ~self.hidden[:, layers]) | self.linked.out[:, layers]

    def mend(self, reach: "_Reach", number: int, layer: int) -> bool:
        """Hide more where cells of a layer are too narrow, one per group of areas; False when none is."""
        lacks = reach.lacks(number)
        for area, of, _layer in (one for one in self.stuck if one[2] == layer):
            lacks[area, of] = 0
        areas, sets = np.nonzero(lacks > 0)
        if not len(areas):
            return False
        order = np.lexsort((sets, areas, -lacks[areas, sets]))
        groups = set[int]()
        before = self.hidden[:, layer].sum()
        step = _Step(self, reach, number, layer)
        for area, one in zip(areas[order], sets[order], strict=True):
            group = int(self.tree.parent[area])
            if group not in groups:
                groups.add(group)
                if not step.widen(int(area), int(one)):
                    self.stuck.add((int(area), int(one), layer))
        if self.hidden[:, layer].sum() == before:  # nothing more can be hidden for the worst one
            self.stuck.add((int(areas[order[0]]), int(sets[order[0]]), layer))
        return True


class _Reach:
    """How far each exchange goes with what is hidden now, (areas, layers, pairs), and so each cell."""

    def __init__(self, work: _Work, layers: Whole) -> None:
        linked, tree, pairs = work.linked, work.tree, work.pairs
        self.work, self.layers = work, layers
        shown, hidden = work.shown(layers), work.hidden[:, layers]
        self.is_open = (shown.astype(np.float32) @ work.touches.T) == 0
        room = np.where(hidden, linked.values[:, layers] - linked.lowest, FAR)
        self.limit = limits(linked, pairs, layers, room)
        self.within = np.where(self.is_open, self.limit, 0)
        below = np.zeros_like(self.within)
        for tier in tree.tiers[::-1]:
            inner = tier[~tree.is_leaf[tier]]
            self.within[inner] = np.minimum(self.within[inner], below[inner])
            above = tier[tree.parent[tier] >= 0]
            np.add.at(below, tree.parent[above], self.within[above])
        self.outside = np.full_like(self.within, FAR)
        for tier in tree.tiers[1:]:
            up = tree.parent[tier]
            beside = below[up][..., pairs.back] - self.within[tier][..., pairs.back]
            through = np.where(self.is_open[up], np.minimum(self.outside[up], self.limit[up]), 0)
            self.outside[tier] = np.minimum(beside + through, FAR)
        moves = np.minimum(self.within, self.outside)
        self.down, self.up = (
            np.stack([moves[..., of].max(axis=-1, initial=0) for of in sides.T], axis=-1)
            for sides in (pairs.loses, pairs.gains)
        )

    def lacks(self, number: int) -> Whole:
        """(areas, sets): by how much each hidden cell of a layer is too narrow."""
        layer = self.layers[number]
        span = self.down[:, number] + self.up[:, number]
        return np.where(self.work.hidden[:, layer], self.work.asked[:, layer] - span, 0)


def limits(linked: Linked, pairs: Pairs, layers: Whole | int, room: Whole) -> Whole:
    """How many can be exchanged in each area, its sums aside; `room` is how far each set can fall."""
    inner = linked.inner[:, layers]
    outside = np.full((*inner.shape[:-1], 1), FAR)
    counts = np.concatenate([inner, outside], axis=-1)[..., pairs.first]
    is_leaf = linked.tree.is_leaf.reshape(-1, *[1] * (counts.ndim - 1))
    found = np.where(is_leaf, counts, FAR)
    headroom = np.maximum(linked.high - linked.values, 0)[:, layers]
    for one in range(len(linked.holds)):
        for of, least in ((pairs.loses[:, one], room[..., one]), (pairs.gains[:, one], headroom[..., one])):
            if (least < FAR // 2).any():
                found[..., of] = np.minimum(found[..., of], least[..., None])
    return np.maximum(found, 0)


class _Step:
    """One layer: what it costs to open an exchange, and the cheapest way to widen a cell."""

    def __init__(self, work: _Work, reach: _Reach, number: int, layer: int) -> None:
        self.work, self.tree, self.pairs, self.layer = work, work.tree, work.pairs, layer
        linked = work.linked
        self.within, self.outside = reach.within[:, number], reach.outside[:, number]
        self.down, self.up = reach.down[:, number], reach.up[:, number]
        published = (linked.asked | linked.small)[:, layer] & ~linked.out[:, layer]
        room = np.where(published, linked.values[:, layer] - linked.lowest, FAR)
        self.limit = limits(linked, work.pairs, layer, room)
        shown = work.shown(layer)
        price = np.where(work.can_hide[:, layer], work.cost[:, layer], NEVER)
        self.price = np.minimum(np.where(shown, price, 0) @ work.touches.T, NEVER)

    def widen(self, area: int, of: int) -> bool:
        """Open the cheapest exchange that brings the cell as far as asked, or else farther than it is."""
        asked = int(self.work.asked[area, self.layer, of])
        pairs = np.flatnonzero(self.pairs.loses[:, of] | self.pairs.gains[:, of])
        loses = self.pairs.loses[pairs, of]
        here = np.where(loses, self.down[area, of], self.up[area, of])
        other = np.where(loses, self.up[area, of], self.down[area, of])
        for less in range(asked):
            amount = asked - other - less
            amount = np.where(amount > here, amount, FAR)
            if self._opened(_Way(self, pairs, amount, amount), area, amount < FAR):
                return True
        for more in range(asked, 0, -1):  # one more area, beside those the exchange has
            far = self.outside[area, pairs] + more
            if self._opened(_Way(self, pairs, far, np.full(len(pairs), more), adds=True), area, here < asked):
                return True
        return False

    def _opened(self, way: "_Way", area: int, may: Bools) -> bool:
        inside = np.where(may, way.inside(np.array([area]))[0], NEVER)
        if (inside >= NEVER).all():
            return False
        cost = inside + way.beyond(area)
        if (cost >= NEVER).all():
            cost = inside + way.beyond(area, above_too=True)
        best = int(np.argmin(cost))
        if cost[best] >= NEVER:
            return False
        way.take(area, best)
        return True


class _Way:
    """What opening an exchange of some size costs, for several pairs at once, and opening it.

    `amount` is exchanged within the area and `other` back outside it; `adds`: in an area not open yet.
    """

    def __init__(self, step: _Step, pairs: Whole, amount: Whole, other: Whole, *, adds: bool = False) -> None:
        self.step, self.tree, self.amount, self.other, self.adds = step, step.tree, amount, other, adds
        self.pairs, self.back = pairs, step.pairs.back[pairs]

    def inside(self, areas: Whole, *, back: bool = False) -> Floats:
        """(areas, pairs): cost of letting so many be exchanged within each area."""
        pairs, amount = (self.back, self.other) if back else (self.pairs, self.amount)
        place = np.ix_(areas, pairs)
        cost = np.where(self.step.limit[place] >= amount, self.step.price[place], NEVER)
        is_leaf = self.tree.is_leaf[areas]
        if back and self.adds:
            cost[is_leaf] = np.where(cost[is_leaf] > 0, cost[is_leaf], NEVER)
        for number in np.flatnonzero(~is_leaf):
            cost[number] += self.inside(self.tree.children[areas[number]], back=back).min(axis=0)
        there = (self.step.within[place] >= amount) & (not (back and self.adds))
        return np.where(there, 0, np.minimum(cost, NEVER))

    def beside(self, area: int) -> tuple[Whole, Floats]:
        """The other areas of the same sum, and the cost of the exchange back in each."""
        above = int(self.tree.parent[area])
        others = self.tree.children[above]
        others = others[others != area]
        return others, self.inside(others, back=True)

    def beyond(self, area: int, *, above_too: bool = False) -> Floats:
        """(pairs,): cost of the exchange back outside the area; sums above are hidden only if need be."""
        above = int(self.tree.parent[area])
        if above < 0:
            return np.zeros(len(self.pairs))
        _others, costs = self.beside(area)
        cost = costs.min(axis=0, initial=NEVER)
        if above_too or (cost >= NEVER).all():
            cost = np.where(cost >= NEVER, self.through(above), cost)
        return np.where(self.there(area), 0, cost)

    def there(self, area: int) -> Bools:
        return (self.step.outside[area, self.pairs] >= self.other) & (not self.adds)

    def through(self, above: int) -> Floats:
        """The cost when the sum above changes too."""
        can = self.step.limit[above, self.pairs] >= self.other
        own = np.where(can, self.step.price[above, self.pairs], NEVER)
        return np.minimum(own + self.beyond(above, above_too=True), NEVER)

    def take(self, area: int, best: int) -> None:
        """Hide what the exchange numbered `best` shows in."""
        chosen = (part[[best]] for part in (self.pairs, self.amount, self.other))
        one = _Way(self.step, *chosen, adds=self.adds)
        for place in one.opened_inside(area, back=False):
            self.hide(place, int(one.pairs[0]))
        for place in one.opened_beyond(area):
            self.hide(place, int(one.pairs[0]))

    def hide(self, area: int, pair: int) -> None:
        """The sets an exchange shows in are those of the exchange back."""
        work, layer = self.step.work, self.step.layer
        touched = work.touches[pair] > 0
        work.hidden[area, layer] |= touched & work.linked.asked[area, layer] & ~work.linked.out[area, layer]

    def opened_inside(self, area: int, *, back: bool) -> Iterator[int]:
        """Of one pair: the areas to open so that so many can be exchanged within this one."""
        pair, amount = (self.back, self.other) if back else (self.pairs, self.amount)
        if self.step.within[area, pair[0]] >= amount[0] and not (back and self.adds):
            return
        yield area
        if not self.tree.is_leaf[area]:
            parts = self.tree.children[area]
            cheapest = int(parts[np.argmin(self.inside(parts, back=back)[:, 0])])
            yield from self.opened_inside(cheapest, back=back)

    def opened_beyond(self, area: int) -> Iterator[int]:
        """Of one pair: the areas to open so that so many can be exchanged back outside this one."""
        above = int(self.tree.parent[area])
        if above < 0 or self.there(area)[0]:
            return
        others, costs = self.beside(area)
        if costs.min(initial=NEVER) < NEVER:
            yield from self.opened_inside(int(others[np.argmin(costs[:, 0])]), back=True)
        else:
            yield above
            yield from self.opened_beyond(above)
