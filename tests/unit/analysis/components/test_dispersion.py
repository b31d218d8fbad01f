"""What the random futures vary by is learned from how much the past varied, less mere chance."""

import flow_worlds as nations
import numpy as np
import pytest

from samspill.analysis.components import ComponentEvents, ComponentUncertainty, estimate_uncertainty
from samspill.analysis.components.dispersion import block_variance
from samspill.analysis.population import AGES
from samspill.refusal import Refused

AREAS = 300


def moved(shocks: float, seed: int = 3, years: int = 10) -> ComponentEvents:
    """Arrivals whose shares follow an AR(1) of these shocks around each area's own."""
    chance = np.random.default_rng(seed)
    memory = ComponentUncertainty().attraction_memory
    log_share = shocks / np.sqrt(1 - memory**2) * chance.standard_normal(AREAS)
    own = np.exp(chance.normal(0, 1, AREAS))
    into = np.zeros((years, AREAS, 2, AGES))
    for year in range(years):
        share = own * np.exp(log_share)
        into[year, :, 0, 30] = chance.multinomial(AREAS * 400, share / share.sum())
        log_share = memory * log_share + shocks * chance.standard_normal(AREAS)
    nobody = np.zeros_like(into)
    first = 2026 - years
    codes = tuple(str(number) for number in range(AREAS))
    return ComponentEvents(tuple(range(first, 2026)), codes, nobody[..., 0], nobody, into, into, nobody, into)


@pytest.mark.parametrize("shocks", [0.03, 0.08, 0.2])
def test_the_shocks_that_shares_were_made_with_are_found_again(shocks: float) -> None:
    found = estimate_uncertainty(moved(shocks), jump_off=2026)
    assert found.attraction == pytest.approx(shocks, rel=0.2)


def test_where_shares_only_vary_by_chance_next_to_nothing_is_found() -> None:
    assert estimate_uncertainty(moved(0.0), jump_off=2026).attraction < 0.01
    assert estimate_uncertainty(nations.world(60).events, jump_off=2026).attraction < 0.02


def test_the_variance_between_blocks_is_that_of_many_simulated_series() -> None:
    chance, memory = np.random.default_rng(1), 0.8
    series = np.zeros((20_000, 10))
    series[:, 0] = chance.standard_normal(20_000) / np.sqrt(1 - memory**2)
    for year in range(1, 10):
        series[:, year] = memory * series[:, year - 1] + chance.standard_normal(20_000)
    blocks = series[:, 5:].mean(axis=1) - series[:, :5].mean(axis=1)
    assert blocks.var() == pytest.approx(block_variance(memory), rel=0.03)


def test_too_short_a_past_or_one_without_moves_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        estimate_uncertainty(moved(0.1, years=9), jump_off=2026)
    assert refused.value.code == "history_too_short"
    with pytest.raises(Refused) as refused:
        estimate_uncertainty(moved(0.1), jump_off=2022)
    assert refused.value.code == "history_too_short"
    events = nations.world(4).events
    bare = ComponentEvents(events.years, events.areas, events.births, events.deaths)
    with pytest.raises(Refused) as refused:
        estimate_uncertainty(bare, jump_off=2026)
    assert refused.value.code == "moves_missing"
