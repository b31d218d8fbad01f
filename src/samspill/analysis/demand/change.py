"""How use per need changes: forecasts of use per area, by name, and how several are combined.

Use per need has fallen for a decade, so demography alone overshoots. The lines, for the region as a whole:

    no_change      the count stays
    per_resident   the use per resident stays, whatever their age
    constant_use   the use per need stays: rates by age times the population (β = 0)
    change_in_use  rate(t + h) = rate(t) · exp(β Σ_{k≤h} φ^k): β is the region's trend of
                   the last years, φ phases it out

A recipe takes the mean of one or more (Bates & Granger 1969: combined forecasts err less). Each area starts
at its last figure and goes over `TESTED` years to the level of its last three, its anchor: no jump, and one
odd year is not carried on. A recipe lets an area's own departure from the region live on (`momentum`, shrunk
and phased out) and draws it a little towards the region (`reversion`). After `TESTED` years nothing was ever
tested: from there the departure from constant use is phased out too, so that age counts again.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.demand.use import Floats, Need, Use
from samspill.refusal import Refused

LINES = ("no_change", "per_resident", "constant_use", "change_in_use")
ANCHORS = ("last", "mean", "line")
TESTED = 5  # years ahead that the back-test reaches
YEARS = 3  # of the anchor
WINDOW = 5  # years of the region's trend


@dataclass(frozen=True)
class Recipe:
    """How one service is carried forward.

    `anchor` is the level at the jump-off: the last figure, the mean of the last three years, or the end of
    the straight line through them. `momentum` and `reversion` are shares, 0 to 1; `phase` is φ. A `flat`
    one stays so after the tested years too.
    """

    lines: tuple[str, ...] = ("constant_use",)
    anchor: str = "mean"
    momentum: float = 0.0
    reversion: float = 0.0
    phase: float = 0.9
    flat: bool = False

    def __post_init__(self) -> None:
        wrong = sorted(set(self.lines) - set(LINES))
        if wrong or not self.lines:
            raise Refused(
                "unknown_line",
                f"There is no line {', '.join(wrong) or 'without a name'}. There are {', '.join(LINES)}.",
                field="lines",
            )
        if self.anchor not in ANCHORS:
            raise Refused("unknown_anchor", f"The anchor must be {', '.join(ANCHORS)}.", field="anchor")
        for name in ("momentum", "reversion", "phase"):
            if not 0 <= getattr(self, name) <= 1:
                raise Refused(
                    "not_a_share",
                    f"The {name} is {getattr(self, name)}, but it is a share: give 0 to 1.",
                    field=name,
                )


NO_CHANGE = Recipe(lines=("no_change",), anchor="last", flat=True)


@dataclass(frozen=True, eq=False)
class Change:
    """The way of one service from its jump-off.

    level   (areas,) use at the jump-off as anchored, not a number where it is not published
    noise   (areas,) standard deviation of its logarithm: counting and the scatter of three years
    count   (years ahead + 1, areas) from the last figure along the recipe; the first row is the jump-off
    growth  (years ahead + 1, areas) count over its first row, also where that is not published
    trend   β, the region's yearly change in use per need
    """

    level: Floats
    noise: Floats
    count: Floats
    growth: Floats
    trend: float


@dataclass(frozen=True)
class Region:
    """What all areas of the figures do together, whichever of them are asked for.

    trend  β, the yearly change of log use per need over the last years
    level  log use per resident, as anchored; `step` its mean yearly change over the last three years
    """

    trend: float
    level: float
    step: float


def region_of(use: Use, need: Need, recipe: Recipe) -> Region:
    """The region of all areas of `use`; a level that is nowhere published is not a number."""
    past = need.of(use.years)
    logs, residents = _logs(use.values, past.residents), past.residents[-1]
    level, _ = _anchored(logs, use.values, recipe)
    known = np.isfinite(level)
    together = (
        float(np.log((np.exp(level[known]) * residents[known]).sum() / residents[known].sum()))
        if known.any()
        else float("nan")
    )
    steps, whole = _steps(logs)
    weights = (np.exp(logs[-1]) * residents)[whole]
    step = float(np.average(steps[whole], weights=weights)) if whole.any() else 0.0
    return Region(_trend(use, past), together, step)


def forecast(use: Use, need: Need, future: Need, recipe: Recipe, region: Region | None = None) -> Change:
    """Carry `use` forward; `need` holds its years, `future` the jump-off (its last year) and those after.

    `region` is that of all areas where `use` is of some; by default that of `use`. Refuses a year without
    population (`year_missing`).
    """
    past = need.of(use.years)
    region = region or region_of(use, need, recipe)
    logs = _logs(use.values, past.residents)
    ages_only = np.log(future.expected / future.expected[0])
    ahead = _phased(recipe.phase, len(future.years) - 1)
    lines = {
        "no_change": np.zeros_like(ages_only),
        "per_resident": np.log(future.residents / future.residents[0]),
        "constant_use": ages_only,
        "change_in_use": ages_only + region.trend * ahead[:, None],
    }
    mean = np.log(np.mean([np.exp(lines[name]) for name in recipe.lines], axis=0))
    growth = mean if recipe.flat else _beyond_the_tested(mean, ages_only, recipe.phase)
    level, noise = _anchored(logs, use.values, recipe)
    last = np.where(np.isfinite(logs[-1]), logs[-1], level)
    gone = np.minimum(np.arange(len(ahead)) / TESTED, 1)[:, None]
    growth = growth + _own_way(level, logs, region, recipe, ahead)
    growth = np.exp(growth + gone * np.where(np.isfinite(level), level - last, 0.0))
    residents = past.residents[-1]
    return Change(np.exp(level) * residents, noise, np.exp(last) * residents * growth, growth, region.trend)


def _logs(values: Floats, residents: Floats) -> Floats:
    """log of use per resident, not a number where there is none or it is not published."""
    known = np.where((values > 0) & (residents > 0), values, np.nan)
    return np.asarray(np.log(known / np.where(residents > 0, residents, np.nan)))


def _trend(use: Use, past: Need) -> float:
    """The slope of the region's log use per need over the last years, of areas known in all of them."""
    values, expected = use.values[-WINDOW:], past.expected[-WINDOW:]
    whole = np.all(np.isfinite(values), axis=0)
    if len(values) < 2 or not whole.any() or np.any(values[:, whole].sum(axis=1) <= 0):
        return 0.0
    region = np.log(values[:, whole].sum(axis=1) / expected[:, whole].sum(axis=1))
    years = np.arange(len(region)) - (len(region) - 1) / 2
    return float((years * region).sum() / (years**2).sum())


def _phased(phase: float, years: int) -> Floats:
    """Σ_{k≤h} φ^k for h = 0..years."""
    return np.concatenate([[0.0], np.cumsum(phase ** np.arange(1, years + 1))])


def _beyond_the_tested(line: Floats, ages_only: Floats, phase: float) -> Floats:
    """From the tested years on, yearly steps go over from the line's own to those of constant use."""
    ahead = np.arange(1, len(line))
    kept = (phase ** np.maximum(ahead - TESTED, 0))[:, None]
    steps = kept * np.diff(line, axis=0) + (1 - kept) * np.diff(ages_only, axis=0)
    return np.concatenate([line[:1], np.cumsum(steps, axis=0)])


def _anchored(logs: Floats, values: Floats, recipe: Recipe) -> tuple[Floats, Floats]:
    """The log level per resident and its noise (areas,), from the last three years that are published."""
    last = logs[-YEARS:]
    whole = np.all(np.isfinite(last), axis=0) & (len(last) == YEARS)
    some = np.any(np.isfinite(last), axis=0)
    known = np.where(some, last, 0.0)
    mean = np.where(some, np.nanmean(known, axis=0), np.nan)
    counting = 1 / np.nanmean(np.where(some, np.maximum(np.nan_to_num(values[-YEARS:]), 1), 1), axis=0)
    scatter = np.where(some, np.nanvar(known, axis=0), np.nan) / len(last)
    noise = np.sqrt(np.where(some, counting + scatter, np.nan))
    if recipe.anchor == "mean" or len(last) < YEARS:
        return mean, noise
    ends = logs[-1] if recipe.anchor == "last" else mean + (last[-1] - last[0]) / 2
    return np.where(whole, ends, np.where(np.isfinite(logs[-1]), logs[-1], mean)), noise


def _own_way(level: Floats, logs: Floats, region: Region, recipe: Recipe, ahead: Floats) -> Floats:
    """What an area does that the region does not: (years ahead + 1, areas), 0 in the first."""
    pull = recipe.reversion * np.minimum(np.arange(len(ahead)) / TESTED, 1)
    gap = np.where(np.isfinite(level), np.nan_to_num(region.level) - level, 0.0)
    steps, whole = _steps(logs)
    moved = recipe.momentum * ahead[:, None] * np.where(whole, steps - region.step, 0.0)
    return np.asarray(moved + pull[:, None] * (gap - moved))


def _steps(logs: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """The yearly step over the last three years (areas,), and which areas are published in all of them."""
    last = logs[-YEARS:]
    whole = np.all(np.isfinite(last), axis=0) & (len(last) == YEARS)
    return (last[-1] - last[0]) / (YEARS - 1), whole
