"""The projection by components is a projection like any other, and tells why."""

from dataclasses import replace
from pathlib import Path

import component_worlds as worlds
import numpy as np
import pytest

from samspill.analysis.components import (
    ComponentProjection,
    ComponentRates,
    Components,
    ComponentUncertainty,
    NationalFlows,
    Spread,
    national_path,
    project_components,
)
from samspill.analysis.population import PopulationHistory, to_rows, whole_persons, write
from samspill.refusal import Refused

AREAS = ("9001", "9002", "9003", "9004")


def history(order: tuple[int, ...] = (0, 1, 2, 3)) -> PopulationHistory:
    chosen = list(order)
    return PopulationHistory((2026,), tuple(AREAS[i] for i in chosen), worlds.persons()[chosen][None])


def run(**asked: object) -> ComponentProjection:
    return project_components(
        history(),
        worlds.rates(),
        **{"jump_off": 2026, "to": 2031, **asked},  # type: ignore[arg-type]
    )


def test_a_projection_of_no_years_returns_the_input() -> None:
    same = run(to=2026, draws=3)
    assert np.array_equal(same.persons[0], worlds.persons())
    assert same.draws is not None
    assert np.all(same.draws[0] == worlds.persons()[..., None])
    assert same.components is not None
    assert same.components.deaths.shape == (0, 4, 2, 106)


def test_the_components_account_for_every_change_of_the_population() -> None:
    made = run()
    parts = made.components
    assert isinstance(parts, Components)
    change = np.diff(made.persons.sum(axis=(2, 3)), axis=0)
    told = parts.births.sum(axis=2) + sum(
        sign * flow.sum(axis=(2, 3))
        for sign, flow in (
            (-1, parts.deaths),
            (-1, parts.out),
            (1, parts.into),
            (-1, parts.emigration),
            (1, parts.immigration),
        )
    )
    assert np.allclose(change, told, atol=1e-9)


def test_it_can_be_made_whole_written_and_read_as_any_projection(tmp_path: Path) -> None:
    made = run(draws=20)
    assert np.array_equal(whole_persons(made).sum(axis=(1, 2, 3)), np.rint(made.persons.sum(axis=(1, 2, 3))))
    assert next(to_rows(made))["area"] == "9001"
    write(made, tmp_path / "out.parquet", keep_draws=True)
    low, middle, high = made.band(80)[-1]
    assert low < middle < high


def test_a_nation_that_was_held_to_tells_the_factors_and_warns_of_unusual_ones() -> None:
    rates, start = worlds.rates(), worlds.persons().astype(float)
    usual = project_components(history(), rates, jump_off=2026, to=2031)
    assert [one.flow for one in usual.stretch] == ["births", "deaths", "emigration", "immigration"]
    assert usual.warnings == ()
    more = tuple(
        NationalFlows(flows.births * 1.3, flows.deaths, flows.emigration, flows.immigration)
        for flows in national_path(start.sum(axis=0), rates, 5)
    )
    held = project_components(history(), rates, jump_off=2026, to=2031, nation=more)
    (warned,) = held.warnings
    assert warned.flow == "births"
    assert warned.typical > 1.2
    assert held.correction[1] >= warned.high


def test_without_a_nation_nothing_is_scaled() -> None:
    free = run(to_nation=False)
    assert free.stretch == ()
    assert free.correction == (1.0, 1.0)
    assert not free.provenance.to_nation


def test_the_same_seed_gives_the_same_futures_and_another_seed_others() -> None:
    first, again, other = (run(draws=4, seed=seed).draws for seed in (7, 7, 8))
    assert first is not None
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_a_draw_is_the_same_however_many_are_made() -> None:
    few, many = run(draws=3).draws, run(draws=6).draws
    assert few is not None
    assert many is not None
    assert np.array_equal(few, many[..., :3])


def test_draws_are_the_same_whether_one_process_makes_them_or_two(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    alone, two, kept = (
        run(draws=25, spread=spread).draws
        for spread in (
            None,
            Spread(workers=2, keep=tmp_path),
            Spread(keep=tmp_path, progress=lambda done, parts: told.append((done, parts))),
        )
    )
    assert alone is not None
    assert two is not None
    assert np.array_equal(alone, two)
    assert np.array_equal(alone, kept)
    assert told == [(3, 3)]


def test_the_order_of_the_areas_is_of_no_matter() -> None:
    order = (2, 0, 3, 1)
    rates = worlds.rates()
    turned = replace(
        rates,
        mortality_level=rates.mortality_level[list(order)],
        fertility_level=rates.fertility_level[list(order)],
        out=rates.out[list(order)],
        moves=rates.moves.only(np.array(order)),
        emigration=rates.emigration[list(order)],
        immigration_share=rates.immigration_share[list(order)],
    )
    one = run(draws=3, to_nation=False).draws
    other = project_components(history(order), turned, jump_off=2026, to=2031, draws=3, to_nation=False).draws
    assert one is not None
    assert other is not None
    assert np.array_equal(one[:, list(order)], other)


def test_draws_are_whole_persons_none_of_them_negative() -> None:
    draws = run(draws=10).draws
    assert draws is not None
    assert np.array_equal(draws, np.rint(draws))
    assert draws.min() >= 0


def quiet(**sizes: float) -> dict[str, float]:
    names = ("births", "deaths", "immigration", "attraction")
    return {name: sizes.get(name, 0.0) for name in names}


@pytest.mark.parametrize("matrix", [False, True])
def test_where_only_chance_is_left_the_draws_lie_around_the_main_path(matrix: bool) -> None:
    rates = worlds.rates(matrix=matrix)
    made = project_components(
        history(), rates, jump_off=2026, to=2031, draws=200, uncertainty=ComponentUncertainty(**quiet())
    )
    assert made.draws is not None
    sums = made.draws[-1].sum(axis=(1, 2), dtype=np.float64)
    error = sums.mean(axis=-1) - made.persons[-1].sum(axis=(1, 2))
    assert np.all(np.abs(error) < 4 * sums.std(axis=-1) / np.sqrt(200))
    by_age = made.draws[-1].sum(axis=0, dtype=np.float64)
    error = by_age.mean(axis=-1) - made.persons[-1].sum(axis=0)
    assert np.all(np.abs(error) < 5 * (by_age.std(axis=-1) / np.sqrt(200) + 0.02))


def test_an_areas_own_net_migration_widens_its_band_and_moves_no_mean() -> None:
    sizes = {
        net: project_components(
            history(),
            worlds.rates(),
            jump_off=2026,
            to=2031,
            draws=150,
            uncertainty=ComponentUncertainty(**quiet(), net=net),
        )
        for net in (0.0, 0.01)
    }
    plain, varied = (
        run.draws[-1].sum(axis=(1, 2), dtype=float) for run in sizes.values() if run.draws is not None
    )
    assert np.all(varied.std(axis=-1) > 1.3 * plain.std(axis=-1))
    assert np.allclose(varied.mean(axis=-1), plain.mean(axis=-1), rtol=0.03)


def test_moves_alone_neither_make_nor_lose_anyone_in_any_draw() -> None:
    moving = replace(worlds.still(4), out=worlds.rates().out, moves=worlds.rates().moves)
    made = project_components(history(), moving, jump_off=2026, to=2031, draws=5, to_nation=False)
    assert made.draws is not None
    assert np.all(made.draws.sum(axis=(1, 2, 3)) == worlds.persons().sum())


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"to": 2025}, "backwards"),
        ({"to": 2040}, "rates_too_short"),
        ({"jump_off": 2027}, "year_missing"),
        ({"draws": -1}, "draws_negative"),
        ({"draws": 10**7}, "too_many_draws"),
    ],
)
def test_what_cannot_be_projected_is_refused(asked: dict[str, int], code: str) -> None:
    with pytest.raises(Refused) as refused:
        run(**asked)
    assert refused.value.code == code


def test_rates_of_other_areas_are_refused() -> None:
    rates: ComponentRates = worlds.rates(areas=3)
    with pytest.raises(Refused) as refused:
        project_components(history(), rates, jump_off=2026, to=2031)
    assert refused.value.code == "rates_shape"


def test_the_identity_of_a_run_changes_with_its_rates_but_not_with_later_years() -> None:
    later = PopulationHistory((2026, 2027), AREAS, np.stack([worlds.persons(), worlds.persons(seed=2)]))
    same = project_components(later, worlds.rates(), jump_off=2026, to=2031)
    assert same.provenance.inputs == run().provenance.inputs
    other = project_components(history(), worlds.rates(seed=2), jump_off=2026, to=2031)
    assert other.provenance.inputs != run().provenance.inputs
