"""From counted events to rates: a whole nation is invented, forgotten, and found again."""

from dataclasses import replace
from pathlib import Path

import flow_worlds as nations
import numpy as np
import pytest

from samspill.analysis.components import (
    ComponentEvents,
    ComponentRates,
    estimate_rates,
    expected_events,
    follow,
    project_components,
)
from samspill.analysis.components.mortality import dying, lee_carter
from samspill.analysis.components.residual import dampened, of_nation
from samspill.analysis.components.shrinking import around, calmed, shrunk_level
from samspill.analysis.packs import Pack
from samspill.analysis.population import AGES, Rates
from samspill.refusal import Refused

PACK = Path(__file__).resolve().parents[5] / "shared" / "data"
AHEAD = 10
SHOWN = np.arange(1, 80)  # above, too few move to judge a rate


@pytest.fixture(scope="module")
def nation() -> nations.World:
    return nations.world()


@pytest.fixture(scope="module")
def found(nation: nations.World) -> ComponentRates:
    return estimate_rates(nation.history, nation.rates, nation.events, jump_off=2026, to=2026 + AHEAD)


def off(found: np.ndarray, true: np.ndarray) -> float:
    return float(np.abs(found - true).mean())


def without_moves(events: ComponentEvents) -> ComponentEvents:
    return ComponentEvents(events.years, events.areas, events.births, events.deaths)


def test_rates_are_nearer_the_truth_than_the_raw_ones_and_than_the_nations(
    nation: nations.World, found: ComponentRates
) -> None:
    events, true = nation.events, nation.truth
    assert events.out is not None
    assert events.into is not None
    begun = np.stack([nation.history.on(year)[..., :-1] for year in events.years]).sum(axis=0)
    raw = events.out[..., 1:].sum(axis=0) / np.maximum(begun, 1)
    whole = events.out[..., 1:].sum(axis=(0, 1)) / begun.sum(axis=0)
    ages = SHOWN - 1
    ours = off(found.out[..., SHOWN], true.out[..., SHOWN])
    assert ours < 0.5 * off(raw[..., ages], true.out[..., SHOWN])
    assert ours < 0.75 * off(np.broadcast_to(whole[..., ages], (365, 2, 79)), true.out[..., SHOWN])
    arrived = events.into.sum(axis=0)
    ours = off(found.moves.shares[..., SHOWN] / true.moves.shares[..., SHOWN], 1.0)
    assert ours < 0.6 * off((arrived / arrived.sum(axis=0))[..., SHOWN] / true.moves.shares[..., SHOWN], 1.0)


@pytest.mark.parametrize("name", ["mortality_level", "fertility_level"])
def test_levels_of_small_areas_are_shrunk_and_of_large_ones_found(
    nation: nations.World, found: ComponentRates, name: str
) -> None:
    ours, true = getattr(found, name), getattr(nation.truth, name)
    assert off(np.log(ours), np.log(true)) < off(np.log(true), 0.0)
    assert ours[:50].std() < 0.5 * true[:50].std()
    assert np.corrcoef(ours[-50:].ravel(), true[-50:].ravel())[0, 1] > 0.9


def test_the_projection_from_estimated_rates_is_near_that_from_the_true_ones(
    nation: nations.World, found: ComponentRates
) -> None:
    start = nation.history.on(2026).astype(float)
    ours = follow(start, found, AHEAD)[-1].end
    true = follow(start, nation.truth, AHEAD)[-1].end
    for low, high, most in ((0, 105, 2.0), (0, 17, 4.0), (18, 66, 2.5), (67, 79, 3.0), (80, 105, 4.0)):
        sums = [values[..., low : high + 1].sum(axis=(1, 2)) for values in (ours, true, start)]
        error = 100 * off(sums[0] / sums[1], 1.0)
        assert error < most
        assert error < 0.5 * 100 * off(sums[2] / sums[1], 1.0), "no better than no change"
        assert abs(sums[0].sum() / sums[1].sum() - 1) < 0.01


def test_where_moves_were_not_counted_what_is_left_of_the_change_serves(nation: nations.World) -> None:
    rates = estimate_rates(
        nation.history, nation.rates, without_moves(nation.events), jump_off=2026, to=2026 + AHEAD
    )
    run = project_components(nation.history, rates, jump_off=2026, to=2026 + AHEAD)
    true = follow(nation.history.on(2026).astype(float), nation.truth, AHEAD)[-1].end
    sums = [values.sum(axis=(1, 2)) for values in (run.persons[-1], true)]
    assert 100 * off(sums[0] / sums[1], 1.0) < 3.0
    assert run.components is not None
    assert not run.components.out.any()


def test_net_migration_is_held_to_the_nation_that_is_given(nation: nations.World) -> None:
    wanted = np.full((2, AGES), 50.0)
    rates = estimate_rates(
        nation.history,
        nation.rates,
        without_moves(nation.events),
        jump_off=2026,
        to=2027,
        net_nation=wanted,
    )
    at_risk = np.stack([nation.history.on(year) for year in range(2018, 2026)]).mean(axis=0)
    older = np.concatenate([at_risk[..., :1], at_risk[..., :-1]], axis=-1)
    older[..., -1] += at_risk[..., -1]
    net = rates.immigration[0] - (rates.emigration * older).sum(axis=0)
    assert np.allclose(net[:, 1:], 50.0, atol=1e-6)


def test_nothing_later_than_the_jump_off_is_read(nation: nations.World) -> None:
    asked = {"jump_off": 2022, "to": 2024}
    all_years = estimate_rates(nation.history, nation.rates, nation.events, **asked)
    known = estimate_rates(
        nation.history.until(2022), nation.rates.until(2022), nation.events.before(2022), **asked
    )
    assert all_years.fingerprint() == known.fingerprint()


def test_a_year_far_above_its_others_is_brought_down_and_the_others_are_left() -> None:
    events = np.full((8, 3, 2, AGES), 2.0)
    events[5, 1] *= 10
    calm = calmed(events)
    assert calm[5, 1].sum() < 1.2 * events[0, 1].sum()
    events[5, 1], calm[5, 1] = 0, 0
    assert np.array_equal(calm, events)


def test_a_rate_smoothed_over_ages_keeps_the_newborn_apart() -> None:
    events = np.zeros((1, 2, AGES))
    events[..., 0], events[..., 10] = 7.0, 1.0
    smooth = around(events)
    assert smooth[0, 0, 0] == 7.0
    assert smooth[0, 0, 1:8].sum() == 0.0
    assert np.allclose(smooth[0, 0, 8:13], 1.0)


def test_the_fewer_are_expected_the_nearer_a_level_is_to_one() -> None:
    """Poisson-gamma: 4 found where 2 are expected says less than 400 where 200 are."""
    few, many = shrunk_level(np.array([4.0, 400.0]), np.array([2.0, 200.0]), 50.0)
    assert few == pytest.approx(54 / 52)
    assert many == pytest.approx(450 / 250)


def test_lee_and_carter_find_again_what_a_table_was_made_of() -> None:
    a, b, k = np.linspace(-8, -1, 100), np.linspace(2, 0, 100) / 100, -np.arange(30.0)
    level, slopes, index = lee_carter(a + (k - k.mean())[:, None] * b)
    assert np.allclose(slopes, b)
    assert np.allclose(index, k - k.mean())
    assert np.allclose(level, a)


def test_mortality_goes_on_falling_from_where_it_was() -> None:
    years = tuple(range(1996, 2026))
    known = Rates(years, years, np.array([nations.hazards(year) for year in years]))
    ahead = dying(known, 2026, 20)
    true = np.array([nations.risks(year) for year in range(2026, 2046)])
    ages = np.r_[1:85]
    assert np.allclose(ahead[..., ages], true[..., ages], rtol=0.06)
    assert np.all(np.diff(ahead, axis=0) <= 1e-12)


def test_death_rates_of_every_fifth_year_give_nearly_the_same() -> None:
    years = np.arange(1996, 2026)
    yearly = np.array([nations.hazards(year) for year in years])
    known = Rates(tuple(years), tuple(years), yearly)
    fifth = Rates(tuple(years[::5]), tuple(years[4::5]), yearly.reshape(6, 5, 2, 100).mean(axis=1))
    assert np.allclose(dying(fifth, 2026, 10), dying(known, 2026, 10), rtol=0.02)


def test_too_few_death_rates_are_refused(nation: nations.World) -> None:
    few = replace(nation.rates, mortality=Rates((2024,), (2024,), nations.hazards(2024)[None]))
    with pytest.raises(Refused) as refused:
        estimate_rates(nation.history, few, nation.events, jump_off=2026, to=2030)
    assert refused.value.code == "mortality_too_short"


def spoilt(events: ComponentEvents, name: str, value: float) -> dict[str, object]:
    flow = getattr(events, name).copy()
    flow[3, 7, 1, ...] = value
    return {name: flow}


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("deaths", -1.0, "not_whole_events"),
        ("births", 0.5, "not_whole_events"),
        ("out", np.nan, "not_whole_events"),
        ("into", 1e6, "moves_do_not_close"),
    ],
)
def test_events_that_cannot_be_are_refused(nation: nations.World, name: str, value: float, code: str) -> None:
    with pytest.raises(Refused) as refused:
        replace(nation.events, **spoilt(nation.events, name, value))
    assert refused.value.code == code
    assert "2019" in refused.value.sentence


def test_some_moves_without_the_others_are_refused(nation: nations.World) -> None:
    with pytest.raises(Refused, match="not into") as refused:
        replace(nation.events, into=None)
    assert refused.value.code == "moves_missing"


def test_events_of_other_areas_or_without_their_people_are_refused(nation: nations.World) -> None:
    fewer = nation.history.only(nation.history.areas[:-1])
    with pytest.raises(Refused, match="1364") as refused:
        estimate_rates(fewer, nation.rates, nation.events, jump_off=2026, to=2030)
    assert refused.value.code == "areas_differ"
    late = replace(nation.history, years=nation.history.years[4:], persons=nation.history.persons[4:])
    with pytest.raises(Refused, match="1 January 2016") as refused:
        estimate_rates(late, nation.rates, nation.events, jump_off=2026, to=2030)
    assert refused.value.code == "year_missing"


def test_a_jump_is_moved_towards_the_ordinary_years() -> None:
    chance = np.random.default_rng(3)
    net = chance.poisson(3.0, (10, 2, 2, AGES)) - chance.poisson(3.0, (10, 2, 2, AGES)) + 0.0
    jump = net.copy()
    jump[6, 0] += 5.0
    calm = dampened(jump, 3.0)
    assert abs(calm.mean(axis=0)[0].sum() - net.mean(axis=0)[0].sum()) < 25
    assert np.allclose(calm[:, 1], dampened(net, 3.0)[:, 1])


@pytest.fixture(scope="module")
def real(real_pack: Pack) -> tuple[object, ...]:
    return real_pack.history(), real_pack.rates()


@pytest.mark.parametrize(("name", "code", "jump_off"), [("Råde", "3112", 2024), ("Etnedal", "3450", 2026)])
def test_a_reception_centre_does_not_set_the_course_of_a_municipality(
    real: tuple, name: str, code: str, jump_off: int
) -> None:
    """Råde grew 9 % in 2023, Etnedal 10 % in 2024, -8 % and +27 % after: nobody believes that it goes on."""
    history, rates = (part.until(jump_off) for part in real)
    events = expected_events(history, rates)
    place = history.areas.index(code)
    run = project_components(
        history,
        estimate_rates(history, rates, events, jump_off=jump_off, to=jump_off + 10),
        jump_off=jump_off,
        to=jump_off + 10,
    )
    persons = run.persons[:, place].sum(axis=(1, 2))
    recent = history.persons[-4:, place].sum(axis=(1, 2))
    assert np.abs(np.diff(recent) / recent[:-1]).max() > 0.08
    assert np.abs(np.diff(persons) / persons[:-1]).max() < 0.02, name


def test_net_migration_alone_would_have_foretold_2026_from_2016(real: tuple) -> None:
    """As near as shrunken cohort-change ratios raked to the main alternative of Statistics Norway: 5.8 % for
    those of 80 and more, 1.5 % over the helsefellesskap, 4.4 % for all ages."""
    history, rates = real
    known, rates = history.until(2016), rates.until(2016)
    found = estimate_rates(known, rates, expected_events(known, rates), jump_off=2016, to=2026)
    run = project_components(known, found, jump_off=2016, to=2026)
    groups = np.unique(history.groups, return_inverse=True)[1]

    def errors(low: int) -> tuple[float, float]:
        ours, true = (values[..., low:].sum(axis=(1, 2)) for values in (run.persons[-1], history.on(2026)))
        summed = np.bincount(groups, ours) / np.bincount(groups, true)
        return 100 * off(ours / true, 1.0), 100 * off(summed, 1.0)

    municipalities, communities = errors(80)
    assert municipalities <= 5.6
    assert communities <= 1.4
    assert errors(0)[0] <= 4.3


def test_the_nations_net_immigration_is_the_mean_of_a_longer_past(real: tuple) -> None:
    """Derived in the open data by the same residual: 25 556 in 2019, 47 142 in 2012, 58 010 in 2022."""
    history, rates = real
    year = of_nation(history.until(2020), rates.until(2020), years=1)
    assert year is not None
    assert year.sum() == pytest.approx(25_556, rel=0.1)
    assert of_nation(history.only(("3101",)), rates, years=15) is None
    assert of_nation(history, replace(rates, population=None), years=15) is None


def test_all_municipalities_can_be_projected_by_net_migration(real: tuple) -> None:
    history, rates = real
    rates_found = estimate_rates(history, rates, expected_events(history, rates), jump_off=2026, to=2050)
    run = project_components(history, rates_found, jump_off=2026, to=2050)
    total = run.persons.sum(axis=(1, 2, 3))
    assert total[0] == pytest.approx(5_627_400, rel=1e-4)
    assert 5_800_000 < total[-1] < 6_700_000
    assert run.persons.min() >= 0
