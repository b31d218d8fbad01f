"""A work force followed in parts is the one followed whole."""

import numpy as np
import pytest

from samspill.analysis.cluster import Spread
from samspill.analysis.workforce import (
    Measure,
    draw_that_fit,
    follow,
    follow_in_parts,
    ostfold,
    uncertainty,
)
from samspill.refusal import Refused

LEVER = (Measure("retention", 0.2, "nurse", None),)


@pytest.mark.parametrize("draws", [0, 1, 64, 65, 150])
def test_the_parts_together_are_the_whole(draws: int) -> None:
    shocks = draw_that_fit(ostfold(), uncertainty(), to=2029, draws=draws, seed=3)
    whole = follow(ostfold(), shocks, seed=3, measures=LEVER)
    parts = follow_in_parts(ostfold(), shocks, seed=3, measures=LEVER)
    assert (parts.years, parts.draws, parts.seed) == (whole.years, whole.draws, whole.seed)
    for name in ("persons", "agreed", "supply", "by_age"):
        np.testing.assert_allclose(getattr(parts, name), getattr(whole, name), rtol=1e-12)
    assert parts.flows.keys() == whole.flows.keys()
    for name, values in whole.flows.items():
        np.testing.assert_allclose(parts.flows[name], values, rtol=1e-12, atol=1e-9)


def test_two_processes_give_the_same_to_the_last_bit() -> None:
    shocks = draw_that_fit(ostfold(), uncertainty(), to=2028, draws=130, seed=1)
    alone, spread = (follow_in_parts(ostfold(), shocks, spread=Spread(workers=workers)) for workers in (1, 2))
    assert alone.supply.tobytes() == spread.supply.tobytes()
    assert alone.by_age.tobytes() == spread.by_age.tobytes()


def test_more_draws_than_fit_are_refused() -> None:
    with pytest.raises(Refused) as refusal:
        draw_that_fit(ostfold(), uncertainty(), to=2040, draws=10**8, seed=1)
    assert refusal.value.code == "too_many_draws"
