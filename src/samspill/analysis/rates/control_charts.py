"""XmR charts: does a series vary as it always has, or has something happened?

Shewhart 1931; Wheeler 2000, Understanding Variation: limits at the mean ± 2.66 times the mean moving range.
The rules, the colours and the assurance against a target are those of NHS England's "Making data count"
(`ptd_spc` of NHSRplotthedots): a point outside a limit; seven rising or falling; two of three beyond two
thirds of the way to a limit, all three on that side of the mean; seven on one side of the mean. Series are
rows, so that a thousand charts are made at once. What the points mean is in `spc_rules`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samspill.analysis.rates.checks import Floats, check_above_zero, check_whole, numbers, word
from samspill.analysis.rates.estimates import Note
from samspill.analysis.rates.spc_rules import (
    NO_RULE,
    Assurance,
    Direction,
    assured,
    kinds_of,
    rules_of,
    side_of,
)
from samspill.refusal import Refused

FACTOR = 2.66  # 3 / 1.128, the mean range of two normal values
SCREEN = 3.267  # mean moving ranges; a larger one is left out of the mean
FEWEST_POINTS = 12


@dataclass(frozen=True)
class Chart:
    """One chart (points,) or many (charts, points). All arrays have that shape unless said.

    centre, lower, upper  the mean and the limits of each point's segment; NaN limits in a run chart
    near_lower, near_upper  two thirds of the way to the limits
    rule        the first rule a point breaks: 1 outside, 2 trend, 3 two of three, 4 shift; 0 none
    kind        "common", "improvement", "concern"; "high" or "low" where neither is better
    segment     (points,) number of the segment between steps, from 0
    variation   the kind of the last point, one word or (charts,)
    assurance   against the target with the limits of the last segment, one word or (charts,); "" without
    moving_range  the mean moving range of each point's segment, after screening
    """

    values: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    moving_range: Floats
    rule: NDArray[np.int64]
    kind: NDArray[np.str_]
    segment: NDArray[np.int64]
    variation: Any
    assurance: Any
    improvement: Direction
    target: float | None
    note: str

    @property
    def is_special(self) -> NDArray[np.bool_]:
        """Points that are not common cause."""
        return self.rule != NO_RULE


def spc_xmr(
    values: ArrayLike,
    *,
    improvement: Direction | str = Direction.NEUTRAL,
    rebase: int | Sequence[int] = (),
    baseline: int | None = None,
    target: float | None = None,
    screen: bool = True,
    minimum_points: int = FEWEST_POINTS,
    factor: float = FACTOR,
) -> Chart:
    """Charts of `values` (points,) or (charts, points), in order of time without gaps.

    improvement  "increase", "decrease" or "neutral": which way is better
    rebase       numbers of the points, from 0, where the limits are reckoned anew; a person decides this
    baseline     limits from the first so many points of each segment alone; the rules see all
    target       assurance is "consistent_pass", "inconsistent" or "consistent_fail" of it
    screen       leave moving ranges above 3.267 times their mean out, once

    Fewer points than `minimum_points` in all: a run chart, its centre the median, no limits (`few_points`).
    In a segment or baseline: limits, but `provisional_limits`. Refuses missing values (`not_a_number`), steps
    that are not in the series (`step_outside`), and fewer than two points (`too_short`).
    """
    found = numbers(values, "values")
    rows = np.atleast_2d(found)
    if found.ndim > 2 or rows.shape[1] < 2:
        raise Refused(
            "too_short",
            "A chart needs two points or more, and a row for each chart.",
            field="values",
            facts={},
        )
    better = word(Direction, improvement, "improvement")
    wanted = None if target is None else float(numbers(target, "target"))
    fewest = check_whole(minimum_points, "minimum_points", least=2)
    steps = _steps(rebase, rows.shape[1])
    chart = _Chart(rows, steps, _baseline(baseline), screen, check_above_zero(factor, "factor"), fewest)
    return chart.told(better, wanted, one=found.ndim == 1)


def _steps(rebase: int | Sequence[int], points: int) -> tuple[int, ...]:
    given = rebase if isinstance(rebase, Iterable) else (rebase,)
    steps = sorted({check_whole(step, "rebase", least=-points) for step in given})
    if any(not 0 < step < points for step in steps):
        raise Refused(
            "step_outside",
            f"A step must be a point of the series after the first: from 1 to {points - 1}.",
            field="rebase",
            facts={"where": "rebase"},
        )
    return (0, *steps, points)


def _baseline(baseline: int | None) -> int | None:
    return None if baseline is None else check_whole(baseline, "baseline", least=2)


class _Chart:
    """Rows of points with limits segment by segment."""

    def __init__(
        self,
        rows: Floats,
        steps: tuple[int, ...],
        baseline: int | None,
        screen: bool,
        factor: float,
        fewest: int,
    ) -> None:
        self.rows, self.screen, self.factor = rows, screen, factor
        self.segment = np.repeat(np.arange(len(steps) - 1), np.diff(steps))
        self.runs_only = rows.shape[1] < fewest
        self.centre, self.range = np.empty_like(rows), np.empty_like(rows)
        self.rule = np.zeros(rows.shape, dtype=np.int64)
        self.side = np.zeros(rows.shape, dtype=np.int64)
        used = []
        for start, stop in pairwise(steps):
            part = slice(start, stop)
            used.append(min(stop - start, baseline or stop - start))
            self._segment(part, rows[:, start : start + used[-1]])
        self.note = self._note(min(used), fewest)

    def _segment(self, part: slice, base: Floats) -> None:
        points = self.rows[:, part]
        if self.runs_only:
            centre, spread = np.median(base, axis=1), np.full(len(base), np.nan)
        else:
            centre, spread = base.mean(axis=1), _mean_range(base, self.screen)
        self.centre[:, part], self.range[:, part] = centre[:, None], spread[:, None]
        self.side[:, part] = side_of(points, centre[:, None])
        self.rule[:, part] = rules_of(points, centre[:, None], self.factor * spread[:, None])

    def _note(self, fewest_used: int, fewest: int) -> str:
        if self.runs_only:
            return str(Note.FEW_POINTS)
        return str(Note.PROVISIONAL_LIMITS if fewest_used < fewest else Note.NOTHING)

    def told(self, better: Direction, target: float | None, *, one: bool) -> Chart:
        half = self.factor * self.range
        lower, upper = self.centre - half, self.centre + half
        kind = kinds_of(self.rows, self.rule, self.side, better)
        of_target = np.full(len(self.rows), str(Assurance.NONE), dtype="<U20")
        if target is not None:
            of_target = assured(lower[:, -1], upper[:, -1], target, better)

        def shown(rows: Any) -> Any:
            return rows[0] if one else rows

        return Chart(
            values=shown(self.rows),
            centre=shown(self.centre),
            lower=shown(lower),
            upper=shown(upper),
            near_lower=shown(self.centre - 2 * half / 3),
            near_upper=shown(self.centre + 2 * half / 3),
            moving_range=shown(self.range),
            rule=shown(self.rule),
            kind=shown(kind),
            segment=self.segment,
            variation=str(kind[0, -1]) if one else kind[:, -1],
            assurance=str(of_target[0]) if one else of_target,
            improvement=better,
            target=target,
            note=self.note,
        )


def _mean_range(base: Floats, screen: bool) -> Floats:
    """The mean moving range of each row; 0 of a single point, whose next has no range either."""
    if base.shape[1] < 2:
        return np.full(len(base), np.nan)
    moving = np.abs(np.diff(base, axis=1))
    middle = moving.mean(axis=1)
    if not screen:
        return np.asarray(middle, dtype=np.float64)
    kept = moving <= SCREEN * middle[:, None]
    return np.asarray((moving * kept).sum(axis=1) / kept.sum(axis=1), dtype=np.float64)
