"""How much attraction and immigration have varied: what the random futures vary by, learned from the past.

The variance seen is less what chance among few people would make of it; what is left is put down to an
AR(1) process with the memory that is assumed, so that its yearly shocks can be found.
"""

from dataclasses import replace

import numpy as np

from samspill.analysis.components.chance import ComponentUncertainty
from samspill.analysis.components.events import ComponentEvents
from samspill.analysis.components.rates import Floats
from samspill.refusal import Refused

BLOCK_YEARS = 5
ENOUGH = 200.0  # arrivals in a block; of fewer, chance is nearly all that is seen


def estimate_uncertainty(
    events: ComponentEvents, *, jump_off: int, assumed: ComponentUncertainty | None = None
) -> ComponentUncertainty:
    """`assumed` with the shocks to attraction and to immigration as the years before `jump_off` had them.

    Attraction from the areas' shares in all who moved in, in the last five years against the five before;
    immigration from the nation's sums year by year. Refuses `moves_missing`, and `history_too_short` when
    there are fewer than ten years.
    """
    assumed = assumed or ComponentUncertainty()
    known = events.before(jump_off)
    if not known.moves:
        raise Refused(
            "moves_missing", "Moves were not counted, so their variation cannot be learned. Leave it assumed."
        )
    if len(known.years) < 2 * BLOCK_YEARS:
        raise Refused(
            "history_too_short",
            f"There are {len(known.years)} years of moves before {jump_off}, and {2 * BLOCK_YEARS} are "
            "needed to see how they vary. Add earlier years, or leave the variation assumed.",
        )
    _, into, _, immigration = known.moves
    return replace(
        assumed,
        attraction=_attraction(into.sum(axis=(2, 3)), assumed.attraction_memory),
        immigration=_shocks(
            np.log(np.maximum(immigration.sum(axis=(1, 2, 3)), 1)), assumed.immigration_memory
        ),
    )


def _attraction(into: Floats, memory: float) -> float:
    """Yearly shocks to the log of an area's share, from `into` (years, areas)."""
    before = into[-2 * BLOCK_YEARS : -BLOCK_YEARS].sum(axis=0)
    after = into[-BLOCK_YEARS:].sum(axis=0)
    large = (before >= ENOUGH) & (after >= ENOUGH)
    if not large.any():
        return ComponentUncertainty.attraction
    before, after = before[large], after[large]
    moved = np.log(after / after.sum()) - np.log(before / before.sum())
    seen = np.mean((moved - moved.mean()) ** 2 - 1 / before - 1 / after)
    return float(np.sqrt(max(float(seen), 0.0) / block_variance(memory)))


def block_variance(memory: float) -> float:
    """Variance of the difference of the means of neighbouring blocks of an AR(1) with shocks of 1."""
    years = np.arange(2 * BLOCK_YEARS)
    together = memory ** np.abs(years[:, None] - years) / (1 - memory**2)
    weight = np.where(years < BLOCK_YEARS, -1.0, 1.0) / BLOCK_YEARS
    return float(weight @ together @ weight)


def _shocks(series: Floats, memory: float) -> float:
    away = series - series.mean()
    return float(np.std(away[1:] - memory * away[:-1]))
