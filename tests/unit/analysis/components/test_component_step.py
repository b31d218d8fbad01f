"""A year by components: nobody appears, nobody vanishes, and every flow has a name."""

from dataclasses import replace

import component_worlds as worlds
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.analysis.components import (
    FlowMatrix,
    NationalFlows,
    Pool,
    YearRates,
    follow,
    from_flow_rates,
    national_path,
    step,
)
from samspill.analysis.population import AGES
from samspill.refusal import Refused

seeds = st.integers(0, 2**32 - 1)
few = settings(max_examples=25, deadline=None)


def slow_step(persons: np.ndarray, rates: YearRates, shares: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The equations of the method written out cell by cell: who is there in the end, and births by area."""
    areas = len(persons)
    end = np.zeros_like(persons, dtype=float)
    births = np.zeros(areas)
    for age in [*range(1, AGES), 0]:
        for sex in range(2):
            if age == 0:
                n = [births[r] * (1 / 2.055 if sex == 0 else 1.055 / 2.055) for r in range(areas)]
            else:
                n = [
                    persons[r, sex, age - 1] + (persons[r, sex, 105] if age == 105 else 0)
                    for r in range(areas)
                ]
            pool = sum(n[r] * rates.out[r, sex, age] for r in range(areas))
            for r in range(areas):
                out, abroad = n[r] * rates.out[r, sex, age], n[r] * rates.emigration[r, sex, age]
                into, came = pool * shares[r, sex, age], rates.immigration[r, sex, age]
                q = rates.death[r, sex, age]
                if age == 0:
                    left = rates.out[r, sex, age] + rates.emigration[r, sex, age]
                    dead = q * (n[r] * (1 - 2 / 3 * left) + 2 / 3 * (into + came))
                else:
                    dead = n[r] * q - (out + abroad) * q / 2 + (into + came) * q / 2
                end[r, sex, age] = n[r] - dead - out - abroad + into + came
        if age == AGES - 1:
            for r in range(areas):
                births[r] = sum(
                    rates.birth[r, x] * (persons[r, 0, x] + end[r, 0, x]) / 2 for x in range(15, 50)
                )
    return end, births


def test_the_fast_year_is_the_year_written_out_cell_by_cell() -> None:
    rates, persons = worlds.rates(), worlds.persons()
    year = step(persons, rates.in_year(0))
    end, births = slow_step(persons, rates.in_year(0), rates.moves.shares)
    assert np.allclose(year.end, end, rtol=1e-12, atol=1e-12)
    assert np.allclose(year.births.sum(axis=1), births, rtol=1e-12)


@few
@given(seeds, st.booleans(), st.booleans())
def test_every_cell_is_its_start_and_its_flows_and_every_mover_arrives(
    seed: int, matrix: bool, held: bool
) -> None:
    rates, persons = worlds.rates(seed=seed, matrix=matrix), worlds.persons(seed=seed).astype(float)
    nation = national_path(persons.sum(axis=0), rates, 5) if held else None
    run = follow(persons, rates, 5, nation)
    assert worlds.identity_errors(run) < 1e-9
    for year in run:
        assert np.allclose(year.into.sum(axis=0), year.out.sum(axis=0), rtol=1e-12, atol=1e-12)
        assert np.all(year.end >= 0)


@few
@given(seeds)
def test_areas_sum_to_the_nation_in_every_flow_and_cell(seed: int) -> None:
    rates, persons = worlds.rates(seed=seed), worlds.persons(seed=seed).astype(float)
    nation = national_path(persons.sum(axis=0), rates, 5)
    for year, whole in zip(follow(persons, rates, 5, nation), nation, strict=True):
        for flow in ("births", "deaths", "emigration", "immigration"):
            assert np.allclose(getattr(year, flow).sum(axis=0), getattr(whole, flow), rtol=1e-9, atol=1e-9)


def test_held_to_the_nation_the_areas_sum_to_its_persons() -> None:
    rates, persons = worlds.rates(), worlds.persons().astype(float)
    alone = persons.sum(axis=0)
    for year in range(5):
        alone = step(alone[None], rates.nation_in_year(year)).end[0]
    held = follow(persons, rates, 5, national_path(persons.sum(axis=0), rates, 5))
    assert np.allclose(held[-1].end.sum(axis=0), alone, rtol=1e-9)


def test_without_deaths_moves_and_births_cohorts_only_grow_older() -> None:
    persons = worlds.persons(3).astype(float)
    last = follow(persons, worlds.still(), 5)[-1].end
    assert np.array_equal(last[..., 5:105], persons[..., :100])
    assert np.array_equal(last[..., 105], persons[..., 100:].sum(axis=-1))
    assert np.all(last[..., :5] == 0)


def test_the_open_age_keeps_its_own_and_loses_only_those_who_die_or_leave() -> None:
    persons = np.zeros((3, 2, AGES))
    persons[..., 104:] = 3.0
    run = follow(persons, worlds.still(), 4)
    assert all(np.array_equal(year.end.sum(), 36.0) for year in run)
    assert np.all(run[0].end[..., 105] == 6.0)


def test_a_matrix_of_rank_one_gives_the_result_of_the_pool() -> None:
    rates, persons = worlds.rates(), worlds.persons()
    flow_rates = rates.out[:, None] * rates.moves.shares[None]
    out, matrix = from_flow_rates(flow_rates)
    pooled = step(persons, rates.in_year(0))
    directed = step(persons, replace(rates, out=out, moves=matrix).in_year(0))
    assert np.allclose(directed.end, pooled.end, rtol=1e-12)
    assert np.allclose(directed.into, pooled.into, rtol=1e-12)


def test_a_matrix_sends_people_where_it_says() -> None:
    flow_rates = np.zeros((3, 3, 2, AGES))
    flow_rates[0, 2] = 0.1
    out, matrix = from_flow_rates(flow_rates)
    persons = np.full((3, 2, AGES), 100.0)
    year = step(persons, replace(worlds.still(), out=out, moves=matrix).in_year(0))
    assert np.allclose(year.end[0, :, 1:105], 90)
    assert np.allclose(year.end[1, :, 1:105], 100)
    assert np.allclose(year.end[2, :, 1:105], 110)


@few
@given(seeds, st.floats(0.05, 0.95))
def test_splitting_an_area_in_two_with_its_rates_changes_no_sum(seed: int, part: float) -> None:
    rates, persons = worlds.rates(seed=seed), worlds.persons(seed=seed).astype(float)
    whole = follow(persons, rates, 5)

    def split(values: np.ndarray) -> np.ndarray:
        return np.concatenate([values[:1] * part, values[:1] * (1 - part), values[1:]])

    def doubled(values: np.ndarray) -> np.ndarray:
        return np.concatenate([values[:1], values])

    halves = replace(
        rates,
        mortality_level=doubled(rates.mortality_level),
        fertility_level=doubled(rates.fertility_level),
        out=doubled(rates.out),
        emigration=doubled(rates.emigration),
        moves=Pool(split(rates.moves.shares)),
        immigration_share=split(rates.immigration_share),
    )
    last = follow(split(persons), halves, 5)[-1].end
    assert np.allclose(last[:2].sum(axis=0), whole[-1].end[0], rtol=1e-9, atol=1e-9)
    assert np.allclose(last[2:], whole[-1].end[1:], rtol=1e-9, atol=1e-9)


def test_shares_that_are_normalised_over_ages_within_an_area_are_refused() -> None:
    """The error of propop 2.1 `calculate_shares`: with it most of those who move would vanish."""
    arrivals = worlds.shares(4, np.random.default_rng(3)) * worlds.moving()
    within = arrivals / arrivals.sum(axis=(1, 2), keepdims=True)
    lost = 1 - within.sum(axis=0).mean()
    assert lost > 0.9
    with pytest.raises(Refused, match="appear or vanish"):
        Pool(within)
    with pytest.raises(Refused, match="appear or vanish"):
        FlowMatrix(np.stack([within] * 4))


def test_more_leaving_a_cell_than_are_there_is_refused_with_its_name() -> None:
    rates = worlds.still()
    crowded = replace(rates, out=rates.out + 0.7, emigration=rates.emigration + 0.7)
    with pytest.raises(Refused, match=r"Area 9003, sex K, age 1 .* -.* persons") as refused:
        persons = np.zeros((3, 2, AGES))
        persons[2, 0, 0] = 10.0
        step(persons, crowded.in_year(0), areas=("9001", "9002", "9003"))
    assert refused.value.code == "negative_cell"


def test_a_national_flow_where_no_area_has_any_is_refused() -> None:
    nobody = np.zeros((2, AGES))
    nation = NationalFlows(births=np.zeros(2), deaths=nobody + 1, emigration=nobody, immigration=nobody)
    with pytest.raises(Refused, match=r"deaths for sex K, age 1") as refused:
        step(worlds.persons(3), worlds.still().in_year(0), nation)
    assert refused.value.code == "nothing_to_scale"


@pytest.mark.parametrize("name", ["mortality", "out", "emigration"])
def test_a_rate_above_one_is_refused(name: str) -> None:
    rates = worlds.rates()
    with pytest.raises(Refused) as refused:
        replace(rates, **{name: getattr(rates, name) + 1.0})
    assert refused.value.code == "rate_out_of_range"


def test_a_risk_of_dying_that_its_local_level_lifts_above_one_is_refused() -> None:
    with pytest.raises(Refused, match="mortality of an area"):
        replace(worlds.rates(), mortality_level=np.full((4, 2), 2.0))
