"""How wrong one would have been about FTE: methods that know only what was known, against what came.

What can be tested is a level's FTE by unit and year. The flows behind (students, exits, movers) are not
published by region, so that the stock and flow itself cannot be tested here, and the page says so; what can
be shown is how far FTE strayed from «no change», which is how much any gap against today's staff is worth.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from samspill.analysis.workforce.terms import Floats
from samspill.refusal import Refused

# Chosen beforehand as customary values (Gardner & McKenzie 1985, Management Science 31: damped trends), not
# fitted to the figures they are tried on.
LOOK_BACK = 3  # years that a trend is learned from, or fewer if there are no more
DAMPING = 0.8  # of a yearly change that goes on into the next year
SHRINK = 150.0  # FTE at which a unit's own trend weighs as much as the region's

Method = Callable[[Floats, int], Floats]


@dataclass(frozen=True)
class StaffScore:
    """Weighted error and bias in per cent of what came, over units and jump-offs; `better` than no change."""

    method: str
    horizon: int
    jump_offs: tuple[int, ...]
    units: int
    error: float
    bias: float
    better: bool


def no_change(past: Floats, horizon: int) -> Floats:
    """The last year's FTE."""
    del horizon
    return past[-1]


def regional_trend(past: Floats, horizon: int) -> Floats:
    """The whole region's yearly change of the last years, damped, on each unit's last year."""
    return np.asarray(past[-1] * np.exp(_change(past.sum(axis=1)) * _years(horizon)))


def own_trend(past: Floats, horizon: int) -> Floats:
    """Each unit's own change, shrunk towards the region's by size, damped."""
    weight = past[-1] / (past[-1] + SHRINK)
    change = weight * _change(past) + (1 - weight) * _change(past.sum(axis=1))
    return np.asarray(past[-1] * np.exp(change * _years(horizon)))


METHODS: Mapping[str, Method] = {
    "no change": no_change,
    "regional trend": regional_trend,
    "own trend": own_trend,
}


def backtest_staff(
    years: Sequence[int],
    fte: Floats,
    *,
    horizon: int,
    jump_offs: Sequence[int],
    methods: Mapping[str, Method] = METHODS,
) -> tuple[StaffScore, ...]:
    """Scores over all `jump_offs` together; fte (years, units). Only years up to each jump-off are shown.

    Weighted error: the sum of absolute errors over the sum of what came. The first method is what others are
    `better` than. Refuses years that lack, units with a hole, and a horizon past the last year.
    """
    if fte.shape[0] != len(years) or fte.ndim != 2 or np.isnan(fte).any() or (fte <= 0).any():
        raise Refused("staff_history", "The history must hold every unit and year, each above 0 FTE.")
    lacking = [one for one in jump_offs if one not in years or one + horizon not in years]
    if lacking or not jump_offs or horizon < 1:
        raise Refused(
            "missing_year",
            f"From {', '.join(map(str, lacking)) or 'no year'} {horizon} years ahead cannot be tested: the "
            f"figures are for {years[0]} to {years[-1]}.",
            field="horizon",
        )
    found = {name: _errors(years, fte, horizon, jump_offs, method) for name, method in methods.items()}
    first = next(iter(found.values()))[0]
    return tuple(
        StaffScore(name, horizon, tuple(jump_offs), fte.shape[1], error, bias, error < first)
        for name, (error, bias) in found.items()
    )


def _errors(
    years: Sequence[int], fte: Floats, horizon: int, jump_offs: Sequence[int], method: Method
) -> tuple[float, float]:
    missed = expected = came = 0.0
    for jump_off in jump_offs:
        last = list(years).index(jump_off)
        guess, truth = method(fte[: last + 1], horizon), fte[last + horizon]
        missed += float(np.abs(guess - truth).sum())
        expected += float(guess.sum())
        came += float(truth.sum())
    return 100 * missed / came, 100 * (expected / came - 1)


def _change(past: Floats) -> Floats:
    """Yearly change of the logarithm over the last years; none of a single year."""
    back = min(LOOK_BACK, len(past) - 1)
    if not back:
        return np.zeros(past.shape[1:])
    return np.asarray(np.log(past[-1] / past[-1 - back]) / back)


def _years(horizon: int) -> float:
    """How many years' worth of change a damped trend has made after `horizon`."""
    return float(sum(DAMPING**year for year in range(1, horizon + 1)))
