"""Interrupted series: made series are given back, memory is allowed for, errors are those of a slow loop."""

import numpy as np
import pytest

from samspill.analysis.appraisal import Errors, interrupted_series, newey_west
from samspill.refusal import Refused


def series(level: float, trend: float, *, memory: float = 0.0, noise: float = 1.0, n: int = 72) -> np.ndarray:
    chance = np.random.default_rng(4)
    errors = np.zeros(n)
    for place in range(1, n):
        errors[place] = memory * errors[place - 1] + noise * chance.standard_normal()
    time = np.arange(n)
    season = 3 * np.sin(2 * np.pi * time / 12) + 2 * np.cos(2 * np.pi * time / 12)
    return 50 + 0.1 * time + season + level * (time >= 36) + trend * np.maximum(time - 36, 0) + errors


@pytest.mark.parametrize("errors", list(Errors))
def test_a_series_without_noise_gives_back_what_it_was_made_from(errors: Errors) -> None:
    found = interrupted_series(series(-8, 0.25, noise=1e-6), 36, season=12, errors=errors)
    assert (found.level.estimate, found.trend.estimate, found.before.estimate) == pytest.approx(
        (-8, 0.25, 0.1), abs=1e-4
    )
    gap = found.fitted - found.expected
    assert gap[:36] == pytest.approx(np.zeros(36), abs=1e-9)
    assert gap[36:38] == pytest.approx([-8, -7.75], abs=1e-4)


@pytest.mark.parametrize("errors", list(Errors))
def test_memory_is_seen_and_makes_the_interval_wider(errors: Errors) -> None:
    remembering = interrupted_series(series(-8, 0, memory=0.7, n=240), 36, season=12, errors=errors)
    assert remembering.memory > 0.3
    blind = interrupted_series(series(-8, 0, memory=0.7, n=240), 36, season=12, lags=0)
    assert remembering.level.high - remembering.level.low > blind.level.high - blind.level.low
    assert remembering.level.estimate == pytest.approx(-8, abs=1.5)


def test_prais_winsten_leaves_no_memory() -> None:
    found = interrupted_series(series(-8, 0, memory=0.7, n=240), 36, season=12, errors=Errors.PRAIS_WINSTEN)
    assert found.durbin_watson == pytest.approx(2, abs=0.3)


def test_newey_west_is_that_of_a_slow_loop() -> None:
    chance = np.random.default_rng(5)
    design, residuals = chance.normal(size=(30, 3)), chance.normal(size=30)
    middle = np.zeros((3, 3))
    for one in range(30):
        for other in range(30):
            weight = max(0, 1 - abs(one - other) / 4)
            middle += weight * residuals[one] * residuals[other] * np.outer(design[one], design[other])
    bread = np.linalg.inv(design.T @ design)
    assert newey_west(design, residuals, 3) == pytest.approx(bread @ middle @ bread * 30 / 27)


@pytest.mark.parametrize(
    ("do", "code"),
    [
        (lambda: interrupted_series([1, np.nan] * 20, 20), "not_a_number"),
        (lambda: interrupted_series(np.arange(12.0), 6), "too_short"),
        (lambda: interrupted_series(np.arange(24.0), 10, season=12), "too_short"),
        (lambda: interrupted_series(series(1, 0), 36, lags=50), "lags"),
    ],
)
def test_what_cannot_be_told_is_refused(do: object, code: str) -> None:
    assert callable(do)
    with pytest.raises(Refused) as refused:
        do()
    assert refused.value.code == code
