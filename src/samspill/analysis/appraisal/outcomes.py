"""The outcome of a probabilistic analysis: cost and effect of each strategy in each draw.

What `certainty` and `information` compute from. Not here: where the draws come from (`scenario`,
`markov`).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samspill.analysis.appraisal.icer import Strategy
from samspill.refusal import Refused

Floats = NDArray[np.float64]
MEMORY = 500_000_000  # bytes of one array of draws at most; the calculations hold about four such


@dataclass(frozen=True)
class Outcomes:
    """Costs and effects per person, both (draws, strategies); a row is one draw, the same for all strategies.

    Refuses arrays of other shapes (`outcome_shape`), cells that are not numbers (`not_a_number`), names that
    are missing or the same (`strategy_twice`), and more than fits in memory (`too_many_draws`).
    """

    strategies: tuple[str, ...]
    cost: Floats
    effect: Floats

    def __post_init__(self) -> None:
        for field in ("cost", "effect"):
            values = np.asarray(getattr(self, field), dtype=np.float64)
            _check(field, values, self.strategies)
            object.__setattr__(self, field, values)
        if len(self.cost) != len(self.effect):
            raise Refused(
                "outcome_shape",
                f"There are {len(self.cost)} draws of cost and {len(self.effect)} of effect. "
                "Give one of each per draw.",
                field="effect",
            )

    @property
    def draws(self) -> int:
        return len(self.cost)

    def means(self) -> tuple[Strategy, ...]:
        """Mean cost and effect of each strategy, for `compare_strategies`."""
        cost, effect = self.cost.mean(axis=0).tolist(), self.effect.mean(axis=0).tolist()
        return tuple(map(Strategy, self.strategies, cost, effect))

    def net_benefit(self, threshold: float) -> Floats:
        """Net monetary benefit λ · effect - cost, (draws, strategies), at a threshold in currency per
        unit.
        """
        return threshold * self.effect - self.cost


def thresholds_from(values: ArrayLike) -> Floats:
    """Willingness to pay per unit of effect, rising. Refuses none, negative or unordered ones
    (`thresholds`).
    """
    found = np.atleast_1d(np.asarray(values, dtype=np.float64))
    if found.ndim != 1 or not found.size or not np.all(np.isfinite(found)) or found[0] < 0:
        raise Refused("thresholds", "Give thresholds of 0 or more, in currency per unit of effect.")
    if np.any(np.diff(found) <= 0):
        raise Refused("thresholds", "The thresholds must rise. Sort them, each once.")
    return found


def _check(field: str, values: Floats, strategies: tuple[str, ...]) -> None:
    if values.ndim != 2 or values.shape[1] != len(strategies) or not values.size:
        raise Refused(
            "outcome_shape",
            f"The {field} has shape {values.shape}; it must be draws × {len(strategies)} strategies.",
            field=field,
        )
    if len(set(strategies)) < len(strategies) or not all(name.strip() for name in strategies):
        raise Refused("strategy_twice", "Give every strategy a name of its own.", field="strategies")
    if values.nbytes > MEMORY:
        most = MEMORY // (8 * len(strategies))
        raise Refused(
            "too_many_draws", f"{len(values)} draws do not fit in memory. Give at most {most}.", field=field
        )
    if not np.all(np.isfinite(values)):
        draw, column = np.argwhere(~np.isfinite(values))[0]
        raise Refused(
            "not_a_number",
            f"The {field} of {strategies[column]} in draw {draw + 1} is missing or not a number. "
            "A missing one is not 0: leave the draw out or mend the model.",
            field=field,
        )
