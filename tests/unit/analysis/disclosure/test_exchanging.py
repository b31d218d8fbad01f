"""Linked counts over a tree of areas: what is hidden stays so for one who solves for it in whole numbers."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, sparse

from samspill.analysis.disclosure import audit, suppress
from samspill.analysis.disclosure.auditing_sums import Sums, audit_sums
from samspill.analysis.disclosure.exchanging import exchange
from samspill.analysis.disclosure.linked import FAR, Linked, Tree
from samspill.refusal import Refused

LOWEST, WIDTH = 1, 5
# parents of areas, the parts before their sum
TREES = ([-1], [2, 2, -1], [3, 3, 3, -1], [4, 4, 5, 5, 6, 6, -1], [3, 3, 4, 4, -1], [-1, -1, -1])
# sets by the atoms they hold; the rows beyond the number are differences of them
FAMILIES = (
    ([[1]], 1),
    ([[1, 1], [1, 0], [0, 1]], 2),
    ([[1, 1], [1, 0], [0, 1]], 3),
    ([[1, 1, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1]], 3),
    ([[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], 3),
    ([[1, 1, 1], [1, 1, 0], [0, 1, 1], [1, 0, 0], [0, 0, 1], [0, 1, 0]], 3),
)


@dataclass
class Held:
    """What is shown and hidden of one year, and the system an outsider has."""

    covers: np.ndarray
    values: np.ndarray
    shown: np.ndarray
    sought: np.ndarray
    low: np.ndarray

    def span(self, cell: int) -> float:
        """Between the lowest and the highest whole number the cell can be, by integer programming."""
        both = [
            optimize.LinearConstraint(
                self.covers[self.shown], self.values[self.shown], self.values[self.shown]
            ),
            optimize.LinearConstraint(self.covers[self.sought], self.low[self.sought], np.inf),
        ]
        ends = []
        for sign in (1, -1):
            found = optimize.milp(
                sign * self.covers[cell].astype(float),
                constraints=[one for one in both if one.A.shape[0]],
                integrality=np.ones(self.covers.shape[1]),
                bounds=optimize.Bounds(0, 10_000),
            )
            assert found.x is not None
            ends.append(sign * round(found.fun))
        return ends[1] - ends[0]


@st.composite
def tables(draw: st.DrawFn, most: int = 9) -> Linked:
    tree = Tree(np.array(draw(st.sampled_from(TREES))))
    rows, sets = draw(st.sampled_from(FAMILIES))
    holds = np.array(rows, dtype=bool)
    shape = (len(tree.parent), 1, holds.shape[1])
    counts = draw(st.lists(st.integers(0, most), min_size=shape[0] * shape[2], max_size=shape[0] * shape[2]))
    inner = tree.summed(np.array(counts, dtype=np.int64).reshape(shape))
    values = inner @ holds.T.astype(np.int64)
    small = (values > 0) & (values < WIDTH)
    asked = np.zeros(values.shape, dtype=bool)
    asked[..., :sets] = True
    lowest = np.array([LOWEST] * sets + [0] * (len(holds) - sets))
    nothing = np.zeros(values.shape, dtype=bool)
    return Linked(tree, holds, inner, small, asked, nothing, np.full(values.shape, FAR), lowest, WIDTH)


def held(linked: Linked, hidden: np.ndarray) -> Held:
    leaves = np.flatnonzero(linked.tree.is_leaf)
    within = linked.tree.summed(np.eye(len(linked.tree.parent), dtype=np.int64)[:, leaves])
    covers = np.kron(within, linked.holds.astype(np.int64))
    shown = linked.asked & ~hidden
    low = np.tile(linked.lowest, len(linked.tree.parent))
    return Held(covers, linked.values.ravel(), shown.ravel(), hidden.ravel(), low)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(tables())
def test_no_hidden_number_is_nearly_known_to_one_who_solves_for_it(linked: Linked) -> None:
    found = exchange(linked)
    stuck = {(area, of) for area, of, _year in found.stuck}
    system = held(linked, found.hidden)
    for place, cell in enumerate(np.ndindex(linked.values.shape)):
        if found.hidden[cell] and (cell[0], cell[2]) not in stuck:
            assert system.span(place) >= WIDTH
    assert not (found.hidden & (linked.values == 0)).any()


@settings(max_examples=60, deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_the_audit_finds_just_what_one_finds_who_solves_for_it(linked: Linked, chance) -> None:  # type: ignore[no-untyped-def]
    hidden = linked.small.copy()
    for cell in np.ndindex(hidden.shape):
        hidden[cell] |= bool(linked.asked[cell] and linked.values[cell] > 0 and chance.random() < 0.3)
    system = held(linked, hidden)
    sums = Sums(
        sparse.csr_array(system.covers),
        system.values,
        system.shown,
        system.sought,
        system.low,
        np.full(len(system.values), 1e12),
        tiles(linked),
    )
    table = linked.inner[linked.tree.is_leaf, 0].ravel()
    found = {one.cell for one in audit_sums(sums, table, WIDTH)}
    expected = {place for place in np.flatnonzero(system.sought) if system.span(place) < WIDTH}
    assert found == expected


def tiles(linked: Linked) -> sparse.csr_array:
    """Each sum is that of its parts."""
    rows = []
    for area, parts in enumerate(linked.tree.children):
        if len(parts):
            row = np.zeros(len(linked.tree.parent), dtype=np.int64)
            row[parts], row[area] = 1, -1
            rows.append(row)
    whole = np.array(rows, dtype=np.int64).reshape(-1, len(linked.tree.parent))
    return sparse.csr_array(np.kron(whole, np.eye(len(linked.holds), dtype=np.int64)))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=6, max_size=6))
def test_areas_alone_are_hidden_as_safely_as_by_the_general_method(counts: list[int]) -> None:
    tree = Tree(np.array([6, 6, 6, 7, 7, 7, 8, 8, -1]))
    inner = tree.summed(np.array([*counts, 0, 0, 0], dtype=np.int64).reshape(-1, 1, 1))
    small, nothing = (inner > 0) & (inner < WIDTH), np.zeros(inner.shape, dtype=bool)
    linked = Linked(
        tree,
        np.ones((1, 1), dtype=bool),
        inner,
        small,
        ~nothing,
        nothing,
        np.full(inner.shape, FAR),
        np.array([1]),
        WIDTH,
    )
    ours = exchange(linked).hidden.ravel()
    names = ["a", "b", "c", "d", "e", "f", "abc", "def", "all"]
    area = {"area": {"all": ["abc", "def"], "abc": ["a", "b", "c"], "def": ["d", "e", "f"]}}
    rows = [{"area": name, "count": int(one)} for name, one in zip(names, inner.ravel(), strict=True)]
    shown = [{**row, "count": None if hide else row["count"]} for row, hide in zip(rows, ours, strict=True)]
    rules = suppress(rows, dimensions=area).rules.__class__(zeros_shown=True, hide_complement=False)
    assert audit(shown, dimensions=area, rules=rules).ok
    general = suppress(rows, dimensions=area, rules=rules)
    assert ours.sum() <= 2 * len(general.hidden)


def test_a_table_that_does_not_agree_with_what_is_published_is_refused() -> None:
    sums = Sums(
        sparse.csr_array(np.array([[1, 0], [0, 1], [1, 1]])),
        np.array([3, 4, 8]),
        np.array([False, False, True]),
        np.array([True, True, False]),
        np.ones(3, dtype=np.int64),
        np.full(3, 1e12),
        sparse.csr_array((0, 3), dtype=np.int64),
    )
    with pytest.raises(Refused) as refused:
        audit_sums(sums, np.array([3, 4]), WIDTH)
    assert refused.value.code == "published_cannot_be"
