"""The back-test: honest about the future it must not know, exact where the answer is known."""

from dataclasses import replace

import numpy as np
import population_worlds as worlds
import pytest

from samspill.analysis.population import (
    AGE_GROUPS,
    AGES,
    PopulationHistory,
    Score,
    Uncertainty,
    backtest,
    project,
)
from samspill.analysis.population.backtesting import CONSTANT_RATIOS, NO_CHANGE, OURS, constant_ratios
from samspill.refusal import Refused


def pick(scores: tuple[Score, ...], **wanted: object) -> Score:
    (found,) = [s for s in scores if all(getattr(s, key) == value for key, value in wanted.items())]
    return found


def world() -> PopulationHistory:
    return worlds.history(range(2004, 2023))


def test_there_is_a_score_for_every_method_horizon_level_and_age_group() -> None:
    scores = backtest(world(), worlds.rates(), jump_off=2014, horizons=(3, 5))
    assert len(scores) == 3 * 2 * 5 * len(AGE_GROUPS)
    assert {score.method for score in scores} == {OURS, NO_CHANGE, CONSTANT_RATIOS}
    assert pick(scores, method=OURS, horizon=5, level="community", ages="80+").units == 2


def test_municipalities_are_judged_by_their_size_at_the_jump_off() -> None:
    scores = backtest(world(), worlds.rates(), jump_off=2014, horizons=(3,))
    every, small, large = (
        pick(scores, method=OURS, level=level, ages="80+")
        for level in ("municipality", "5000-19999", "20000+")
    )
    assert (every.units, small.units, large.units) == (3, 1, 2)
    assert every.error == pytest.approx((small.error + 2 * large.error) / 3)


def test_a_future_that_goes_as_projected_has_no_error() -> None:
    history = worlds.history()
    run = project(history, worlds.rates(), jump_off=2016, to=2020)
    future = PopulationHistory(
        (*history.years, *run.years[1:]),
        history.areas,
        np.concatenate([history.persons, np.rint(run.persons[1:]).astype(int)]),
        history.groups,
    )
    scores = backtest(future, worlds.rates(), jump_off=2016, horizons=(4,))
    for score in scores:
        if score.method == OURS and score.level == "all":
            assert score.error < 0.5


def test_bias_and_error_are_the_percentages_they_say() -> None:
    """Everything stands still, then one place doubles and one is halved."""
    persons = np.repeat(np.full((1, 2, 2, AGES), 100), 11, axis=0)
    persons[10, 0], persons[10, 1] = 200, 50
    history = PopulationHistory(tuple(range(2006, 2017)), ("9001", "9002"), persons)
    scores = backtest(history, worlds.rates(), jump_off=2015, horizons=(1,))
    score = pick(scores, method=NO_CHANGE, level="municipality", ages="80+")
    assert score.error == pytest.approx((50 + 100) / 2)
    assert score.bias == pytest.approx((200 / 250 - 1) * 100)
    assert not [score for score in scores if score.level == "community"]


def test_constant_ratios_of_a_place_that_stands_still_keep_it_still() -> None:
    persons = np.repeat(np.full((1, 1, 2, AGES), 100), 6, axis=0)
    persons[..., 90:] = 0
    history = PopulationHistory(tuple(range(2010, 2016)), ("9001",), persons)
    ahead = constant_ratios(history, 10)
    assert np.allclose(ahead[..., :85].sum(axis=2), 200)
    assert np.allclose(ahead[..., 90:], 0)


def test_what_came_later_changes_the_judgement_and_not_the_projection() -> None:
    history, rates = world(), worlds.rates(range(1990, 2022), range(2000, 2023))
    later = np.array(history.years)[:, None, None, None] > 2016
    doubled = replace(history, persons=np.where(later, history.persons * 2, history.persons))
    before, after = (
        pick(backtest(known, rates, jump_off=2016, horizons=(5,)), method=OURS, level="all", ages="all")
        for known in (history, doubled)
    )
    assert 1 + after.bias / 100 == pytest.approx((1 + before.bias / 100) / 2)


def test_a_horizon_nobody_can_judge_yet_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        backtest(world(), worlds.rates(), jump_off=2016, horizons=(5, 10))
    assert refused.value.code == "year_missing"
    assert "2026" in refused.value.sentence


def test_intervals_that_are_certain_cover_nothing_and_wide_ones_everything() -> None:
    none = (0.0,) * 8
    narrow = Uncertainty(
        mortality_level=0,
        mortality_walk=0,
        mortality_drift=0,
        births_walk=0,
        migration=0,
        group=none,
        area=none,
        noise=none,
    )
    wide = replace(narrow, area=(0.5,) * 8)
    covered = [
        pick(
            backtest(
                world(), worlds.rates(), jump_off=2014, horizons=(5,), draws=60, uncertainty=uncertainty
            ),
            method=OURS,
            level="municipality",
            ages="all",
        ).covered
        for uncertainty in (narrow, wide)
    ]
    assert covered == [0.0, 100.0]
