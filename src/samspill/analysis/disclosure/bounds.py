"""How near one comes to a hidden cell: the lowest and highest it is in any table that agrees with the shown.

Tables are whole numbers, checked to agree exactly, so that a cell is called wide only with two tables as
proof. Where a few tables do not show it the bounds are found by integer programming (HiGHS).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

from samspill.analysis.disclosure.attack import System
from samspill.analysis.disclosure.rank import Reduced
from samspill.analysis.disclosure.tightening import ENDLESS, Sums, range_of, tightened

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
TRIES = 24
STEPS, STRIDE = 12, 1000
MOST_BARRED = 8
FAR = np.iinfo(np.int64).max // 4
UNBOUNDED = (
    3,
    4,
)  # HiGHS: unbounded, or cannot tell that from infeasible; there is a table, so it is the first


@dataclass(frozen=True, eq=False)
class Bounds:
    """By sought cell. `settled` where the bounds are the exact ones, and not only as wide as was asked."""

    least: Whole
    most: Whole
    settled: NDArray[np.bool_]


class Impossible(Exception):
    """No table agrees with what is shown."""


def bounds(
    system: System, solved: Reduced, low: Floats, high: Floats, asked: Floats, table: Whole | None = None
) -> Bounds:
    """`low` and `high` are what is known of each sought cell beforehand; `table` are unknowns that agree.

    Raises `Impossible`.
    """
    search = _Search(system, solved, low, high)
    if table is None:
        search.start()
    else:
        search.see(table)
    search.spread(asked)
    settled = np.zeros(len(low), dtype=bool)
    for cell in map(int, search.short(asked)):
        if not search.is_wide(cell, asked):  # a table made for another cell may have shown it
            search.settle(cell)
            settled[cell] = True
    return Bounds(search.least, search.most, settled)


def seen(system: System, solved: Reduced, low: Floats, high: Floats, table: Whole, asked: Floats) -> Bounds:
    """How far each sought cell is seen to reach by steps from one table that agrees, till as far as asked."""
    search = _Search(system, solved, low, high, tighten=False)
    search.see(table)
    search.climb(table, asked)
    return Bounds(search.least, search.most, np.zeros(len(low), dtype=bool))


class _Search:
    def __init__(
        self, system: System, solved: Reduced, low: Floats, high: Floats, *, tighten: bool = True
    ) -> None:
        self.system, self.low, self.high = system, low, high
        if tighten:
            self._limit(solved)
        moves = solved.moves()
        self._all = np.concatenate([np.eye(moves.shape[1], dtype=np.int64), system.targets])
        self._base = np.concatenate([np.zeros(moves.shape[1], np.int64), system.constants])
        self._low = np.concatenate([system.low, low])
        self._high = np.concatenate([system.high, high])
        self._along = sparse.csr_array(self._all) @ moves.T
        self.least = np.full(len(low), FAR)
        self.most = np.full(len(low), -FAR)

    def _limit(self, solved: Reduced) -> None:
        """What the solver is told."""
        self.targets, self.rows = sparse.csr_array(self.system.targets), sparse.csr_array(self.system.rows)
        low, high = self.low - self.system.constants, self.high - self.system.constants
        self._limits = [
            optimize.LinearConstraint(self.rows, self.system.values, self.system.values),
            optimize.LinearConstraint(self.targets, low, _open(high)),
        ]
        self._tighten(solved)

    def _tighten(self, solved: Reduced) -> None:
        """Limits of unknowns (`lowest`, `highest`) and of sought cells (`floor`, `ceiling`) in any table."""
        system = self.system
        rows, values = solved.small_rows(system.values)
        sums = Sums(
            np.concatenate([system.rows, rows, system.targets]),
            np.concatenate([system.values, values, self.low - system.constants]),
            np.concatenate([system.values, values, self.high - system.constants]),
        )
        self.lowest, self.highest = tightened(sums, system.low, system.high)
        if (self.lowest > self.highest).any():
            raise Impossible
        floor, ceiling = range_of(system.targets, self.lowest, self.highest)
        self.floor = np.maximum(floor + system.constants, self.low)
        self.ceiling = np.minimum(ceiling + system.constants, self.high)

    def start(self) -> None:
        """A table that is not at its limits, so that there is room to move in."""
        size = len(self.system.low)
        if not size:
            return self.see(np.zeros(0, np.int64))
        beside = sparse.csr_array((self.rows.shape[0], size))
        slack = optimize.LinearConstraint(
            sparse.hstack([sparse.eye_array(size), -sparse.eye_array(size)], format="csr"),
            self.system.low,
            np.inf,
        )
        wide = [
            optimize.LinearConstraint(sparse.hstack([one.A, extra], format="csr"), one.lb, one.ub)
            for one, extra in zip(
                self._limits, (beside, sparse.csr_array((self.targets.shape[0], size))), strict=True
            )
        ]
        found = optimize.milp(
            np.concatenate([np.zeros(size), -np.ones(size)]),
            constraints=[*wide, slack],
            integrality=np.concatenate([np.ones(size), np.zeros(size)]),
            bounds=optimize.Bounds(
                np.concatenate([self.lowest, np.zeros(size)]),
                np.concatenate([_open(self.highest), np.full(size, 8.0)]),
            ),
            options={"mip_rel_gap": 0.05},
        )
        if found.x is None:
            raise Impossible
        return self.see(np.rint(found.x[:size]).astype(np.int64))

    def climb(self, table: Whole, asked: Floats) -> None:
        """From one table to the next, along the move that brings a cell farthest, for each too near."""
        moves = np.concatenate([self._along, -self._along], axis=1)
        start = self._all @ table + self._base
        for cell in map(int, self.short(asked)):
            for sign in (1, -1):
                values = start
                for _ in range(STEPS):
                    if self.most[cell] - self.least[cell] >= asked[cell]:
                        break
                    step = self._step(moves, values, len(table) + cell, sign)
                    if step is None:
                        break
                    values = values + step
                    own = values[len(table) :]
                    self.least, self.most = np.minimum(self.least, own), np.maximum(self.most, own)

    def _step(self, moves: Whole, values: Whole, place: int, sign: int) -> Whole | None:
        """The change that brings one number farthest up or down: a move, or two when one is barred."""
        towards = moves[:, sign * moves[place] > 0]
        for tried in (towards, self._pairs(moves, towards, values, place, sign)):
            gains = sign * tried[place] * self._steps(tried, values)
            if len(gains) and gains.max() > 0:
                best = int(np.argmax(gains))
                return tried[:, best] * min(int(self._steps(tried[:, [best]], values)[0]), STRIDE)
        return None

    def _pairs(self, moves: Whole, towards: Whole, values: Whole, place: int, sign: int) -> Whole:
        """Each of some moves that a limit bars, with another that makes room there."""
        found = [np.zeros((len(values), 0), dtype=np.int64)]
        for move in towards.T[np.argsort(np.abs(towards).sum(axis=0), kind="stable")[:MOST_BARRED]]:
            after = values + move
            barred = np.flatnonzero((after > self._high) | (after < self._low))
            if len(barred):
                room = (moves[barred[0]] * move[barred[0]] < 0) & (sign * (moves[place] + move[place]) > 0)
                found.append(moves[:, room] + move[:, None])
        return np.concatenate(found, axis=1)

    def spread(self, asked: Floats) -> None:
        """Tables that push all cells still too near at once, some up and some down by chance."""
        chance, idle = np.random.default_rng(1), 0
        for _ in range(TRIES):
            short = self.short(asked)
            if not len(short) or idle > 3:
                return
            self._push(self.targets[short].T @ chance.uniform(-1, 1, len(short)), whole=False)
            idle = idle + 1 if len(self.short(asked)) == len(short) else 0

    def short(self, asked: Floats) -> Whole:
        return np.flatnonzero(self.most - self.least < asked)

    def is_wide(self, cell: int, asked: Floats) -> bool:
        """It is, or is shown to be by pushing it alone, fractions allowed on the way."""
        goal = self.system.targets[cell].astype(float)
        for sign in (1.0, -1.0):
            if self.most[cell] - self.least[cell] < asked[cell]:
                self._push(sign * goal, whole=False)
        return bool(self.most[cell] - self.least[cell] >= asked[cell])

    def settle(self, cell: int) -> None:
        """The exact bounds of one cell."""
        goal = self.system.targets[cell].astype(float)
        if self.least[cell] > self.floor[cell]:
            self._push(goal, whole=True)
        if self.most[cell] < self.ceiling[cell] and not self._push(-goal, whole=True):
            self.most[cell] = FAR

    def _push(self, goal: Floats, *, whole: bool) -> bool:
        """The table where `goal` is least. False when it has no least: nobody shows a total above it."""
        found = optimize.milp(
            goal,
            constraints=self._limits,
            bounds=optimize.Bounds(self.lowest, _open(self.highest)),
            integrality=np.full(len(goal), float(whole)),
            options={"mip_rel_gap": 0.0},
        )
        if found.x is not None:
            self.see(np.rint(found.x).astype(np.int64))
        return found.status not in UNBOUNDED

    def see(self, unknowns: Whole) -> None:
        """A table, and what each move makes of it within all limits. One that does not agree is not used."""
        values = self._all @ unknowns + self._base
        if (self.system.rows @ unknowns != self.system.values).any() or not self._within(values):
            return
        own = values[len(unknowns) :]
        self.least, self.most = np.minimum(self.least, own), np.maximum(self.most, own)
        for along in (self._along, -self._along):
            reached = along[len(unknowns) :] * self._steps(along, values)
            self.least = np.minimum(self.least, own + reached.min(axis=1, initial=0))
            self.most = np.maximum(self.most, own + reached.max(axis=1, initial=0))

    def _within(self, values: Whole) -> bool:
        return bool((values >= self._low).all() and (values <= self._high).all())

    def _steps(self, along: Whole, values: Whole) -> Whole:
        with np.errstate(divide="ignore", invalid="ignore"):
            up = np.where(along > 0, (self._high - values)[:, None] / along, np.inf)
            down = np.where(along < 0, (values - self._low)[:, None] / -along, np.inf)
        farthest = np.minimum(up.min(axis=0, initial=np.inf), down.min(axis=0, initial=np.inf))
        return np.floor(np.minimum(farthest, 1e6)).astype(np.int64)


def _open(high: Floats) -> Floats:
    """For the solver, which knows what endless is."""
    return np.where(high >= ENDLESS / 2, np.inf, high)
