"""Which assumption moves the answer most, one at a time and two at a time, and where the ranking flips.

Briggs, Claxton & Sculpher 2006, ch. 1 and 4; bounds are the 10th and 90th percentile of each assumption
unless said otherwise, the others at their means. The correlation of assumptions is not seen one at a time.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from samspill.analysis.appraisal.contest import Contest, varying
from samspill.analysis.appraisal.distributions import Distribution
from samspill.analysis.appraisal.outcomes import Floats
from samspill.refusal import Refused

BOUNDS = (10.0, 90.0)
STEPS = 201
PARTS = 64  # an interval is narrowed by
LARGEST_GRID = 401
REACH = (0.001, 0.999)  # where flips are looked for: nearly everything that is thought possible

# Assumptions by key, (n,) each, to one outcome (n,); an assumption that is not given has its mean.
Judge = Callable[[Mapping[str, Floats]], Floats]


@dataclass(frozen=True)
class Bar:
    """The outcome when one assumption is low and when it is high."""

    name: str
    low: float
    high: float
    outcome_low: float
    outcome_high: float

    @property
    def width(self) -> float:
        return abs(self.outcome_high - self.outcome_low)


@dataclass(frozen=True)
class Tornado:
    """`base` is the outcome with every assumption at its mean; bars by falling width, ties by name."""

    base: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class TwoWay:
    """The outcome (first, second) over a grid of two assumptions."""

    first: str
    second: str
    first_values: Floats
    second_values: Floats
    outcome: Floats


@dataclass(frozen=True)
class Flip:
    """Where another scenario takes the lead as an assumption rises: `before` leads below `value`.

    `likely` is how probable it is that the assumption lies on the other side than its mean does (None when
    the range was given by hand). `base` is the mean.
    """

    name: str
    value: float
    before: str
    after: str
    base: float
    likely: float | None


def tornado(
    assumptions: Mapping[str, Distribution], judge: Judge, *, bounds: tuple[float, float] = BOUNDS
) -> Tornado:
    """One assumption at a time at its `bounds` (percentiles), the others at their means.

    Assumptions that are known for sure have no bar. Refuses bounds that do not rise within 0-100 (`bounds`).
    """
    lower, upper = bounds
    if not 0 < lower < upper < 100:
        raise Refused(
            "bounds", "The bounds are two percentiles that rise, between 0 and 100.", field="bounds"
        )
    shares = np.array([lower, upper]) / 100
    base = float(judge({})[0])
    bars = []
    for name, distribution in varying(assumptions).items():
        ends = distribution.quantile(shares)
        low, high = judge({name: ends})
        bars.append(Bar(name, float(ends[0]), float(ends[1]), float(low), float(high)))
    return Tornado(base, tuple(sorted(bars, key=lambda bar: (-bar.width, bar.name))))


def two_way(
    assumptions: Mapping[str, Distribution],
    judge: Judge,
    first: str,
    second: str,
    *,
    steps: int = 11,
    bounds: tuple[float, float] = BOUNDS,
) -> TwoWay:
    """The outcome over a grid from bound to bound of two assumptions. Refuses unknown names and huge
    grids.
    """
    for name in (first, second):
        if name not in varying(assumptions):
            raise Refused("unknown_parameter", f"{name} is no assumption that varies.", field=name)
    if first == second or not 2 <= steps <= LARGEST_GRID:
        raise Refused(
            "grid", f"Give two different assumptions, and 2 to {LARGEST_GRID} steps.", field="steps"
        )
    shares = np.array(bounds) / 100
    ends = [assumptions[name].quantile(shares) for name in (first, second)]
    axes = [np.linspace(low, high, steps) for low, high in ends]
    across, down = np.meshgrid(*axes, indexing="ij")
    found = judge({first: across.ravel(), second: down.ravel()})
    return TwoWay(first, second, axes[0], axes[1], np.asarray(found).reshape(steps, steps))


def flips(contest: Contest) -> tuple[Flip, ...]:
    """The assumptions that, alone, would give another scenario the lead; the most likely to do so first.

    Looked for between the 0.1st and the 99.9th percentile on 201 steps, then ever finer; a lead that is
    taken and lost between two steps is not seen.
    """
    found = []
    for name, distribution in varying(contest.assumptions()).items():
        shares = np.linspace(*REACH, STEPS)

        def at(points: Floats, name: str = name, distribution: Distribution = distribution) -> Sequence[int]:
            return contest.leaders({name: distribution.quantile(points)})

        middle = _share_below(distribution)
        for share, before, after in _changes(at, shares):
            value = float(distribution.quantile(np.array([share]))[0])
            likely = share if share < middle else 1 - share
            found.append(_flip(contest, name, value, before, after, distribution.mean, likely))
    return tuple(sorted(found, key=lambda one: (-(one.likely or 0), one.name)))


def thresholds(contest: Contest, name: str, low: float, high: float) -> tuple[Flip, ...]:
    """All values of one assumption between `low` and `high` at which the lead changes, rising.

    Also for an assumption that is known for sure, or beyond what is thought possible: how bad would it have
    to be? Refuses an unknown name (`unknown_parameter`) and bounds that do not rise (`bounds`).
    """
    assumptions = contest.assumptions()
    if name not in assumptions:
        raise Refused("unknown_parameter", f"There is no assumption {name}.", field=name)
    if not low < high:
        raise Refused("bounds", f"{low:g} to {high:g} does not rise.", field="low")

    def at(points: Floats) -> Sequence[int]:
        return contest.leaders({name: points})

    base = assumptions[name].mean
    return tuple(
        _flip(contest, name, value, before, after, base, None)
        for value, before, after in _changes(at, np.linspace(low, high, STEPS))
    )


def _flip(
    contest: Contest, name: str, value: float, before: int, after: int, base: float, likely: float | None
) -> Flip:
    return Flip(name, value, contest.names[before], contest.names[after], base, likely)


def _changes(at: Callable[[Floats], Sequence[int]], points: Floats) -> list[tuple[float, int, int]]:
    """(place, leader below, leader above) of every change of the lead along `points`."""
    leaders = at(points)
    found = []
    for place in range(len(points) - 1):
        low, high = float(points[place]), float(points[place + 1])
        before = leaders[place]
        while before != leaders[place + 1]:
            low, after = _narrowed(at, low, high, before)
            found.append((low, before, after))
            before = after
    return found


def _narrowed(
    at: Callable[[Floats], Sequence[int]], low: float, high: float, before: int
) -> tuple[float, int]:
    """The first place where `before` does not lead, to the precision of the machine, and who leads there.

    Many points at a time: asking about one costs as much as asking about all of them.
    """
    after = at(np.array([high]))[0]
    while True:
        points = np.linspace(low, high, PARTS + 1)
        points = points[(low < points) & (points < high)]
        if not points.size:
            return high, after
        leaders = at(points)
        place = next((place for place, leader in enumerate(leaders) if leader != before), len(points))
        low = float(points[place - 1]) if place else low
        if place < len(points):
            high, after = float(points[place]), leaders[place]


def _share_below(distribution: Distribution) -> float:
    """How probable it is to lie below the mean."""
    shares = np.linspace(*REACH, 2 * STEPS)
    return float(np.interp(distribution.mean, distribution.quantile(shares), shares))
