"""Random futures: the same for the same seed, percentiles of sums from sums, wider for fewer people."""

from dataclasses import replace

import numpy as np
import population_worlds as worlds
import pytest

from samspill.analysis.figures import embedded
from samspill.analysis.population import Projection, Uncertainty, project
from samspill.refusal import Refused

NONE = (0.0,) * 8
CERTAIN = Uncertainty(
    mortality_level=0,
    mortality_walk=0,
    mortality_drift=0,
    births_walk=0,
    migration=0,
    group=NONE,
    area=NONE,
    noise=NONE,
)


def run(
    draws: int = 200, *, seed: int = 1, to: int = 2026, areas: tuple[str, ...] = worlds.AREAS
) -> Projection:
    history = worlds.history().only(areas)
    return project(history, worlds.rates(), jump_off=2016, to=to, draws=draws, seed=seed)


def test_without_errors_every_draw_is_the_point() -> None:
    history = worlds.history()
    rates = replace(worlds.rates(), population=history.total())
    sure = project(history, rates, jump_off=2016, to=2030, draws=3, uncertainty=CERTAIN)
    assert sure.provenance.to_nation
    assert sure.draws is not None
    assert np.allclose(sure.draws, sure.persons[..., None], rtol=1e-4)


def test_another_seed_gives_other_futures() -> None:
    assert not np.array_equal(run(seed=1).draws, run(seed=2).draws)


def test_an_area_has_the_same_futures_whichever_areas_are_run_with_it() -> None:
    """Group and nation are shared, so order and company must not matter once the ratios are the same."""
    history, rates, _ = embedded()
    back = history.only(history.areas[::-1])
    ours = project(history, rates, jump_off=2026, to=2030, draws=5)
    theirs = project(back, rates, jump_off=2026, to=2030, draws=5)
    assert np.allclose(ours.draws, theirs.draws[:, ::-1], rtol=1e-5)


def test_the_band_of_a_sum_is_computed_from_sums() -> None:
    future = run()
    sums = future.draws[:, :, :, 80:].sum(axis=(1, 2, 3), dtype=float)
    assert np.allclose(future.band(80), np.percentile(sums, (10, 50, 90), axis=-1).T)
    added = sum(future.band(80, areas=[area]) for area in future.areas)
    whole = future.band(80)
    assert np.all(whole[1:, 2] - whole[1:, 0] < added[1:, 2] - added[1:, 0])


def test_areas_share_the_nations_fate() -> None:
    """Were the areas independent, the band of their sum would be much narrower than it is."""
    future = run(400)
    ends = future.draws[-1, :, :, 80:].sum(axis=(1, 2), dtype=float)
    assert np.corrcoef(ends)[1, 2] > 0.2


def test_bands_widen_with_the_years_and_hold_the_point() -> None:
    future = run(400, to=2036)
    low, _, high = future.band(67).T
    assert np.all(np.diff((high - low)[[0, 5, 10, 20]]) > 0)
    assert np.all((low <= future.total(67)) & (future.total(67) <= high))
    assert np.allclose(future.band(67)[:, 1], future.total(67), rtol=0.02)


def test_small_places_are_less_certain_than_large_ones() -> None:
    future = run(400, to=2021)
    widths = []
    for area in future.areas:
        low, middle, high = future.band(67, areas=[area])[-1]
        widths.append((high - low) / middle)
    assert widths[0] > widths[1] > widths[2]


def test_a_run_without_draws_has_no_band_and_says_so() -> None:
    with pytest.raises(Refused) as refused:
        run(0).band(80)
    assert refused.value.code == "no_draws"
