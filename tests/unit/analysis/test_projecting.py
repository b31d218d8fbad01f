"""The projection: what must hold for any input, and the fast version against the slow one."""

from dataclasses import replace

import numpy as np
import population_worlds as worlds
import pytest
import slow_projection as slow

from samspill.analysis.figures import embedded
from samspill.analysis.population import (
    AGES,
    NationalRates,
    Parameters,
    PopulationHistory,
    Rates,
    project,
)
from samspill.analysis.population.change import Change, estimate
from samspill.analysis.population.mortality import survival
from samspill.analysis.population.projecting import walk
from samspill.refusal import Refused

LIKE_THE_NATION = Parameters(cell_weight=1e15, band_weight=1e15, newborn_weight=1e15)


def still(areas: int, years: int) -> Change:
    """Nobody dies, moves or is born."""
    return Change(
        survival=np.ones((years, 2, AGES)),
        residual=np.ones((2, AGES)),
        local=np.ones((areas, 2, AGES)),
        fertility=np.zeros(AGES),
        newborns=np.zeros(areas),
        newborns_nation=0.0,
        births=np.ones(years),
        memory=np.ones(AGES),
    )


def test_a_projection_of_no_years_returns_the_input() -> None:
    history = worlds.history()
    run = project(history, worlds.rates(), jump_off=2016, to=2016, draws=5)
    assert run.years == (2016,)
    assert np.array_equal(run.persons[0], history.on(2016))
    assert run.draws is not None
    assert np.all(run.draws[0] == history.on(2016)[..., None])


def test_without_deaths_moves_and_births_cohorts_only_grow_older() -> None:
    start = worlds.history().on(2016).astype(float)
    persons, _ = walk(start, still(3, 7), 7)
    assert np.array_equal(persons[7][..., 7:105], start[..., :98])
    assert np.array_equal(persons[7][..., 105], start[..., 98:].sum(axis=-1))
    assert np.all(persons[7][..., :7] == 0)


def test_a_worked_example_to_the_person() -> None:
    """Two years of a small country, worked by hand in the way of Preston, Heuveline & Guillot (2001), ch. 6.

    1 January, women and men: 1000 and 1055 aged 0, 2000 and 2110 aged 19, 800 and 400 aged 104.
    Of those who reach 1: 99 %; 20: 98 % and 96 %; 105: 50 %. Moving adds 5 % to those who reach 20 or 21.
    205.5 children are there on 1 January for each 1,000 women aged 20, and the same of each 21.
    Women aged 20 a year later: 2000 x 0.98 x 1.05 = 2058; men 2110 x 0.96 x 1.05 = 2126.88.
    Children: 2058 x 0.2055 = 422.919, of whom 205.8 are girls and 217.119 boys (1.055 boys for each girl).
    105 and older: 800 x 0.5 = 400 and 200; a year later 200 and 100.
    Women aged 21 the second year: 2058 x 0.99 x 1.05 = 2139.291; children 2139.291 x 0.2055 = 439.6243005.
    All: 1055 + 1000 + 4110 + 1200 = 7365; then 422.919 + 2034.45 + 4184.88 + 600 = 7242.249; then 439.6243
    + 418.68981 + 2014.1055 + 2139.291 + 2210.89176 + 300 = 7522.6024.
    """
    start = np.zeros((1, 2, AGES))
    start[0, :, 0], start[0, :, 19], start[0, :, 104] = (1000, 1055), (2000, 2110), (800, 400)
    change = still(1, 2)
    change.survival[:, :, 1:] = 0.99
    change.survival[:, :, 20] = (0.98, 0.96)
    change.survival[:, :, 105] = 0.5
    change.residual[:, 20:22] = 1.05
    change.fertility[20:22] = 1.0
    persons, _ = walk(start, replace(change, newborns=np.array([0.2055])), 2)
    assert persons[1, 0, :, [0, 1, 20, 105]] == pytest.approx(
        np.array([[205.8, 217.119], [990, 1044.45], [2058, 2126.88], [400, 200]])
    )
    assert persons[2, 0, 0, [0, 1, 2, 21, 105]] == pytest.approx(
        np.array([439.6243005 / 2.055, 205.8 * 0.99, 990 * 0.99, 2139.291, 200])
    )
    assert persons.sum(axis=(1, 2, 3)).round().tolist() == [7365, 7242, 7523]


def test_nobody_is_lost_from_the_open_age() -> None:
    start = np.zeros((1, 2, AGES))
    start[..., 104:] = 3.0
    persons, _ = walk(start, still(1, 4), 4)
    assert np.allclose(persons.sum(axis=(1, 2, 3)), 12.0)


def test_no_cell_is_ever_negative() -> None:
    history = worlds.history()
    empty = replace(history, persons=np.where(np.arange(AGES) > 60, 0, history.persons))
    run = project(empty, worlds.rates(), jump_off=2016, to=2056, draws=20)
    assert run.draws is not None
    assert run.persons.min() >= 0
    assert run.draws.min() >= 0
    assert np.isfinite(run.draws).all()


def whole_country() -> tuple[PopulationHistory, NationalRates]:
    """The areas, and rates whose nation is their sum."""
    history = worlds.history()
    return history, replace(worlds.rates(), population=history.total())


def test_areas_held_to_the_nation_sum_to_it_in_every_cell() -> None:
    history, rates = whole_country()
    run = project(history, rates, jump_off=2016, to=2030)
    nation = project(history.total(), rates, jump_off=2016, to=2030, parameters=LIKE_THE_NATION)
    assert np.allclose(run.persons.sum(axis=1), nation.persons[:, 0], rtol=1e-9, atol=1e-9)
    assert run.correction[0] < 1 < run.correction[1]


def test_areas_that_are_the_whole_nation_are_held_to_it_and_others_are_not() -> None:
    history, rates = whole_country()
    part = history.only(("9001",))
    assert project(history, rates, jump_off=2016, to=2020).provenance.to_nation
    assert not project(part, rates, jump_off=2016, to=2020).provenance.to_nation
    with pytest.raises(Refused) as refused:
        project(part, rates, jump_off=2016, to=2020, to_nation=True)
    assert refused.value.code == "not_the_nation"


def test_splitting_an_area_in_two_with_the_same_rates_changes_no_sum() -> None:
    start = worlds.history().on(2016).astype(float)
    change = estimate(worlds.history(), worlds.rates(), 2030, Parameters())
    whole, _ = walk(start[:1], replace(change, local=change.local[:1], newborns=change.newborns[:1]), 14)
    halves = np.concatenate([start[:1] * 0.3, start[:1] * 0.7])
    twice = [0, 0]
    split, _ = walk(halves, replace(change, local=change.local[twice], newborns=change.newborns[twice]), 14)
    assert np.allclose(split.sum(axis=1), whole[:, 0], rtol=1e-12)


@pytest.mark.parametrize("years", [range(2004, 2017), range(2001, 2017, 5), range(2010, 2017, 2)])
def test_the_fast_projection_equals_the_slow_obvious_one(years: range) -> None:
    history, parameters = worlds.history(years), Parameters()
    rates = worlds.rates(nation_years=years if years.step > 1 else range(2000, 2017))
    nation = rates.population
    first, to = nation.years[0], 2026
    alive = survival(rates.mortality, first, to - 1, windows=parameters.mortality_windows)
    by_year = dict(zip(range(first, to), alive.tolist(), strict=True))
    residual = slow.slow_residual(nation, by_year, parameters)
    national = [
        [[s * r for s, r in zip(by_year[year][sex], residual[sex], strict=True)] for sex in range(2)]
        for year in range(2016, to)
    ]
    expected = slow.slow_walk(
        history.on(2016).astype(float).tolist(),
        national,
        slow.slow_local(history, nation, parameters),
        [parameters.local_memory if age < 60 else parameters.old_local_memory for age in range(AGES)],
        slow.slow_newborns(history, nation, rates, parameters),
        slow.slow_births(nation, rates, parameters, to - 2016),
        rates.fertility.values[-1].tolist(),
    )
    run = project(history, rates, jump_off=2016, to=to, to_nation=False)
    assert np.allclose(run.persons, np.array(expected), rtol=1e-10)


def test_a_place_like_the_nation_follows_the_nation() -> None:
    rates = worlds.rates()
    nation = rates.population
    run = project(replace(nation, areas=("9009",)), rates, jump_off=2016, to=2030, to_nation=False)
    change = estimate(nation, rates, 2030, Parameters())
    assert np.allclose(change.local[..., :97], 1.0, atol=1e-5)
    assert run.total()[-1] > 0


def test_a_small_place_is_drawn_closer_to_the_nation_than_a_large_one() -> None:
    """Three places that all lose one in twenty a year: the fewer people, the less of it is believed."""
    years, rates = range(2006, 2017), worlds.rates()
    nation = rates.population
    persons = np.stack(
        [np.stack([nation.on(year)[0] // share for share in (4000, 400, 1)]) for year in years]
    )
    shrinking = persons * (0.95 ** np.arange(len(years)))[:, None, None, None]
    places = PopulationHistory(tuple(years), worlds.AREAS, np.rint(shrinking), ("a", "b", "c"))
    small, middle, large = estimate(places, rates, 2017, Parameters()).local[:, :, 20:50].mean(axis=(1, 2))
    assert small > middle > large
    assert large == pytest.approx(0.95, abs=1e-4)
    assert small > 0.952


def test_later_years_are_never_read() -> None:
    history, rates = worlds.history(range(2004, 2023)), worlds.rates(range(1990, 2022), range(2000, 2023))
    full = project(history, rates, jump_off=2016, to=2030, draws=10, seed=3)
    cut = project(history.until(2016), rates.until(2016), jump_off=2016, to=2030, draws=10, seed=3)
    spoilt = replace(
        history, persons=np.where(np.array(history.years)[:, None, None, None] > 2016, 7, history.persons)
    )
    other = project(spoilt, rates, jump_off=2016, to=2030, draws=10, seed=3)
    for run in (cut, other):
        assert run.persons.tobytes() == full.persons.tobytes()
        assert run.draws.tobytes() == full.draws.tobytes()
        assert run.provenance == full.provenance


def test_a_death_rate_of_the_jump_off_year_itself_is_not_known_yet() -> None:
    rates = worlds.rates(range(1990, 2022), range(2000, 2023)).until(2016)
    assert max(rates.mortality.last) == 2015
    assert max(rates.population.years) == 2016


def test_the_same_input_gives_the_same_result_byte_for_byte() -> None:
    first, second = (
        project(worlds.history(), worlds.rates(), jump_off=2016, to=2026, draws=10, seed=4) for _ in range(2)
    )
    assert first.persons.tobytes() == second.persons.tobytes()
    assert first.draws.tobytes() == second.draws.tobytes()
    assert first.provenance == second.provenance


def test_the_fingerprint_changes_with_the_input() -> None:
    history = worlds.history()
    changed = history.persons.copy()
    changed[0, 0, 0, 0] += 1
    prints = {
        project(known, worlds.rates(), jump_off=2016, to=2017).provenance.inputs
        for known in (history, replace(history, persons=changed))
    }
    assert len(prints) == 2


def test_falling_mortality_leaves_more_of_the_old_alive() -> None:
    rates = worlds.rates()
    flat = np.array([worlds.death_rates(2003)] * len(rates.mortality.first))
    constant = replace(rates, mortality=replace(rates.mortality, values=flat))
    falling, level = (survival(table.mortality, 2016, 2030, windows=(25,)) for table in (rates, constant))
    assert np.all(falling[-1, :, 80] > level[-1, :, 80])
    assert np.allclose(level[0], level[-1])


def test_survival_follows_the_death_rates_it_was_fitted_to() -> None:
    """Rates that fall by a constant 1.5 % a year are continued at 1.5 % a year."""
    alive = survival(worlds.rates().mortality, 2016, 2030, windows=(25,))
    for year, age in ((2016, 60), (2030, 60), (2030, 80)):
        rate = worlds.death_rates(year)
        hazard = 0.5 * (rate[:, age - 1] + rate[:, age])
        assert np.allclose(-np.log(alive[year - 2016, :, age]), hazard, rtol=0.02)


def test_without_a_nation_the_areas_together_stand_in_for_it() -> None:
    run = project(worlds.history(), worlds.rates(nation=False), jump_off=2016, to=2026)
    assert np.isfinite(run.persons).all()
    with pytest.raises(Refused) as refused:
        project(worlds.history(), worlds.rates(nation=False), jump_off=2016, to=2026, to_nation=True)
    assert refused.value.code == "nation_missing"


def test_ostfold_is_projected_from_the_embedded_figures() -> None:
    history, rates, _ = embedded()
    run = project(history, rates, jump_off=2026, to=2040)
    assert run.total(80)[0] == 18306
    assert run.total(80)[-1] == pytest.approx(30027, abs=1)  # the plan's own text says 29 994
    assert sum(run.total(80, areas=[area])[-1] for area in run.areas) == pytest.approx(run.total(80)[-1])


def test_ostfold_from_2021_comes_close_to_what_happened() -> None:
    history, rates, _ = embedded()
    run = project(history, rates, jump_off=2021, to=2026)
    actual = history.on(2026)
    assert run.total(80)[-1] == pytest.approx(actual[..., 80:].sum(), rel=0.04)
    assert run.total(67, 79)[-1] == pytest.approx(actual[..., 67:80].sum(), rel=0.015)
    assert run.total()[-1] == pytest.approx(actual.sum(), rel=0.03)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"jump_off": 2016, "to": 2010}, "backwards"),
        ({"jump_off": 2016, "to": 2100}, "too_far"),
        ({"jump_off": 2017, "to": 2020}, "year_missing"),
        ({"jump_off": 2004, "to": 2010}, "history_too_short"),
        ({"jump_off": 2016, "to": 2026, "draws": 10_000_000}, "too_many_draws"),
        ({"jump_off": 2016, "to": 2026, "draws": -1}, "draws_negative"),
    ],
)
def test_what_cannot_be_projected_is_refused_with_a_sentence(arguments: dict[str, int], code: str) -> None:
    with pytest.raises(Refused) as refused:
        project(worlds.history(), worlds.rates(), **arguments)
    assert refused.value.code == code
    assert refused.value.sentence.endswith(".")


def test_a_gap_in_the_years_is_refused() -> None:
    history = worlds.history()
    keep = [place for place, year in enumerate(history.years) if year != 2011]
    gap = replace(history, years=tuple(history.years[i] for i in keep), persons=history.persons[keep])
    with pytest.raises(Refused) as refused:
        project(gap, worlds.rates(), jump_off=2016, to=2020)
    assert refused.value.code == "year_missing"


def test_too_few_death_rates_or_no_birth_rates_are_refused() -> None:
    rates = worlds.rates()
    one = Rates((2015,), (2015,), rates.mortality.values[-1:])
    late = Rates((2016,), (2016,), rates.fertility.values[-1:])
    for broken, code in (
        (replace(rates, mortality=one), "mortality_too_short"),
        (replace(rates, fertility=late), "fertility_missing"),
    ):
        with pytest.raises(Refused) as refused:
            project(worlds.history(), broken, jump_off=2016, to=2020)
        assert refused.value.code == code


@pytest.mark.parametrize("wrong", [np.nan, -1.0, 0.5, np.inf])
def test_a_cell_that_is_missing_negative_or_fractional_is_never_taken_for_a_count(wrong: float) -> None:
    persons = worlds.history().persons.astype(float)
    persons[3, 1, 0, 40] = wrong
    with pytest.raises(Refused) as refused:
        replace(worlds.history(), persons=persons)
    assert refused.value.code == "not_whole_persons"
    for part in ("9002", "2007", "sex K", "age 40"):
        assert part in refused.value.sentence


def test_two_areas_with_one_code_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        replace(worlds.history(), areas=("9001", "9002", "9001"))
    assert refused.value.code == "duplicate_area"
    with pytest.raises(Refused):
        worlds.history().only(("9001", "9001"))


def test_ages_must_be_0_to_105() -> None:
    with pytest.raises(Refused) as refused:
        replace(worlds.history(), persons=worlds.history().persons[..., :105])
    assert refused.value.code == "population_shape"


def test_an_area_nobody_knows_is_refused_by_its_code() -> None:
    with pytest.raises(Refused, match="1234"):
        worlds.history().only(("9001", "1234"))
    with pytest.raises(Refused, match="1234"):
        project(worlds.history(), worlds.rates(), jump_off=2016, to=2017).total(areas=["1234"])


def test_a_rate_above_one_is_refused() -> None:
    rates = worlds.rates()
    wild = replace(rates.mortality, values=rates.mortality.values * 100)
    with pytest.raises(Refused) as refused:
        NationalRates(wild, rates.fertility, rates.population)
    assert refused.value.code == "rate_out_of_range"


def test_the_sum_over_no_areas_is_nobody_and_over_all_is_everybody() -> None:
    run = project(worlds.history(), worlds.rates(), jump_off=2016, to=2017)
    assert run.total(areas=[])[0] == 0
    assert run.total()[0] == worlds.history().on(2016).sum()
    assert run.total(80, 89, areas=["9002"], sexes=["M"])[0] == worlds.history().on(2016)[1, 1, 80:90].sum()
