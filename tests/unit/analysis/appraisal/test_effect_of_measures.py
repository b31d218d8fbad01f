"""Effect of a measure: published series and counts, closed forms, slow versions, and what is refused."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.stats import nbinom

from samspill.analysis.appraisal import (
    Errors,
    Panel,
    Plan,
    balance,
    design_effect,
    difference_in_differences,
    fit_counts,
    interrupted_series,
    match,
    newey_west,
    persons_per_arm,
    power_with,
    ratio_of_ratios,
    segments,
)
from samspill.refusal import Refused

# Acute coronary episodes per month in Sicily, January 2002 to November 2006, and the age-standardised
# population; smoking was banned in January 2005, month 36. Lopez Bernal, Cummins & Gasparrini 2017
# (International Journal of Epidemiology 46), supplementary data; first analysed by Barone-Adesi et al. 2011.
EPISODES = np.array(
    [
        "728",
        "659",
        "791",
        "734",
        "757",
        "726",
        "760",
        "740",
        "720",
        "814",
        "795",
        "858",
        "887",
        "766",
        "851",
        "769",
        "781",
        "756",
        "766",
        "752",
        "765",
        "831",
        "879",
        "928",
        "914",
        "808",
        "937",
        "840",
        "916",
        "828",
        "845",
        "818",
        "860",
        "839",
        "887",
        "886",
        "831",
        "796",
        "833",
        "820",
        "877",
        "758",
        "767",
        "738",
        "781",
        "843",
        "850",
        "908",
        "1021",
        "859",
        "976",
        "888",
        "962",
        "838",
        "810",
        "876",
        "843",
        "936",
        "912",
    ],
    dtype=float,
)
PEOPLE = np.array(
    [
        "379875.3",
        "376495.5",
        "377040.8",
        "377116.4",
        "377383.4",
        "374113.1",
        "379513.3",
        "376295.5",
        "374653.2",
        "378485.6",
        "375955.5",
        "378349.7",
        "376762.4",
        "379032.3",
        "379360.4",
        "376162.0",
        "377972.4",
        "381830.7",
        "379888.6",
        "380872.2",
        "380966.9",
        "381240.4",
        "382104.9",
        "381802.7",
        "381656.3",
        "383680.0",
        "383504.2",
        "386462.9",
        "383783.1",
        "380836.8",
        "383483.0",
        "380906.2",
        "382926.8",
        "384052.4",
        "384449.6",
        "383428.4",
        "388153.2",
        "388373.2",
        "386470.1",
        "386033.2",
        "383686.4",
        "385509.3",
        "385901.9",
        "386516.6",
        "388436.5",
        "383255.2",
        "390148.7",
        "385874.9",
        "391613.6",
        "391750.4",
        "394005.6",
        "391364.9",
        "391664.6",
        "389022.3",
        "391878.5",
        "388575.3",
        "392989.0",
        "390018.8",
        "390712.3",
    ],
    dtype=float,
)
BAN = 36
STEP = ("1", "time", "after")


def test_the_smoking_ban_in_sicily_as_published() -> None:
    """Lopez Bernal et al. 2017: 0.894, 95 % 0.864 to 0.925 (Poisson, step and trend); ours 0.8944, 0.8647,
    0.9251.
    """
    design = segments(len(EPISODES), BAN, slope=False)
    fit = fit_counts(EPISODES, design, PEOPLE, names=STEP, dispersion=0)
    assert fit.ratio("after") == pytest.approx((0.894, 0.864, 0.925), abs=1e-3)


def test_the_counts_of_sicily_vary_more_than_poisson_without_the_season() -> None:
    design = segments(len(EPISODES), BAN, slope=False)
    plain = fit_counts(EPISODES, design, PEOPLE, names=STEP)
    assert plain.dispersion > 0
    with_season = segments(len(EPISODES), BAN, slope=False, season=12)
    names = (*STEP, "s1", "c1", "s2", "c2")
    assert fit_counts(EPISODES, with_season, PEOPLE, names=names).dispersion < plain.dispersion / 2


def test_red_mites_on_apple_leaves_as_published() -> None:
    """Bliss & Fisher 1953 (Biometrics 9): 150 leaves, mean 1.1467, exponent k = 1.02459; ours is 1/k."""
    mites = np.repeat(np.arange(8), [70, 38, 17, 10, 9, 3, 2, 1])
    fit = fit_counts(mites, np.ones((150, 1)), np.ones(150), names=("mean",))
    assert np.exp(fit.coefficients[0]) == pytest.approx(172 / 150, rel=1e-9)
    assert 1 / fit.dispersion == pytest.approx(1.02459, abs=1e-4)


def panel(effect: float, *, units: int = 400, apart: float = 0.0, seed: int = 1) -> Panel:
    """Half the units get it; four half-years before and four after; `apart` is a difference in trend."""
    chance = np.random.default_rng(seed)
    unit, period = np.repeat(np.arange(units), 8), np.tile(np.arange(-4, 4), units)
    treated = unit % 2 == 0
    own = chance.gamma(2, 0.5, units)[unit]  # the same person again: why errors are by person
    rate = own * np.exp(0.5 * treated - 0.1 * period + apart * treated * period)
    rate = rate * np.where(treated & (period >= 0), effect, 1)
    time = chance.uniform(0.2, 0.5, len(unit))
    return Panel(unit.tolist(), treated, period, chance.poisson(2 * rate * time), time)


def test_the_effect_is_found_as_often_as_its_interval_promises() -> None:
    """Twenty made worlds: 95 % intervals hold the truth, and equal trends are seldom called unequal."""
    found = [difference_in_differences(panel(0.7, units=200, seed=seed)) for seed in range(20)]
    assert sum(one.ratio.low < 0.7 < one.ratio.high for one in found) >= 17
    assert sum((one.pretrend or 0) < 0.05 for one in found) <= 4
    assert found[0].units == 200
    assert found[0].study[-1].estimate == 1


def test_groups_that_moved_apart_before_are_told() -> None:
    found = difference_in_differences(panel(1.0, apart=0.3, units=1000))
    assert found.pretrend is not None and found.pretrend < 0.01


def test_before_and_after_alone_would_have_called_nothing_an_effect() -> None:
    """The rate falls by a tenth a half-year in both groups; the comparison takes it out."""
    ours = panel(1.0, units=1000)
    got = ours.treated
    after = ours.period >= 0
    rates = [ours.events[got & one].sum() / ours.person_time[got & one].sum() for one in (~after, after)]
    assert rates[1] / rates[0] < 0.75
    found = difference_in_differences(ours)
    assert found.ratio.low < 1 < found.ratio.high


def test_without_covariates_it_is_the_ratio_of_ratios() -> None:
    """By hand: (30/100)/(60/100) over (45/100)/(50/100) = 0.5/0.9."""
    cells = {(False, -1): 50, (False, 0): 45, (True, -1): 60, (True, 0): 30}
    rows = [(on, period, number) for (on, period), number in cells.items() for _ in range(10)]
    ours = Panel(
        [f"{on}{place}" for place, (on, _, _) in enumerate(rows)],
        np.array([row[0] for row in rows]),
        np.array([row[1] for row in rows]),
        np.array([row[2] / 10 for row in rows]).round() * 10,
        np.full(40, 10.0),
    )
    by_hand = ratio_of_ratios([[50, 50], [60, 30]], [[100, 100], [100, 100]])
    assert by_hand == pytest.approx(0.5)
    assert ratio_of_ratios([[50, 45], [60, 30]], np.full((2, 2), 100)) == pytest.approx(0.5 / 0.9)
    sums = [[ours.events[(ours.treated == on) & (ours.period == p)].sum() for p in (-1, 0)] for on in (0, 1)]
    found = difference_in_differences(ours, dispersion=0)
    assert found.ratio.estimate == pytest.approx(ratio_of_ratios(sums, np.full((2, 2), 100)), rel=1e-9)
    assert found.pretrend is None


def test_fast_regression_is_the_slow_maximum_of_the_likelihood() -> None:
    ours = panel(0.8, units=60)
    design = np.column_stack([np.ones(480), ours.treated, ours.period]).astype(float)
    fit = fit_counts(ours.events, design, ours.person_time, names=("1", "treated", "period"))

    def unlikely(guess: np.ndarray) -> float:
        mean = np.exp(design @ guess[:3]) * ours.person_time
        size = np.exp(-guess[3])
        return -float(nbinom.logpmf(ours.events, size, size / (size + mean)).sum())

    slow = minimize(unlikely, np.zeros(4), method="Nelder-Mead", options={"maxiter": 5000, "xatol": 1e-8})
    assert fit.log_likelihood == pytest.approx(-slow.fun, abs=1e-4)
    assert fit.coefficients == pytest.approx(slow.x[:3], abs=1e-3)
    assert fit.dispersion == pytest.approx(np.exp(slow.x[3]), rel=1e-2)


def test_errors_by_cluster_are_those_of_a_slow_loop() -> None:
    ours = panel(0.8, units=40)
    design = np.column_stack([np.ones(320), ours.treated]).astype(float)
    fit = fit_counts(
        ours.events, design, ours.person_time, names=("1", "on"), clusters=ours.unit, dispersion=0.3
    )
    weight = fit.expected / (1 + 0.3 * fit.expected)
    bread = np.linalg.inv(sum(w * np.outer(x, x) for w, x in zip(weight, design, strict=True)))
    middle = np.zeros((2, 2))
    for unit in range(40):
        score = sum(
            design[row] * (ours.events[row] - fit.expected[row]) / (1 + 0.3 * fit.expected[row])
            for row in range(320)
            if ours.unit[row] == unit
        )
        middle += np.outer(score, score)
    assert fit.covariance == pytest.approx(bread @ middle @ bread * 40 / 39)


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


def test_matching_takes_the_nearest_and_nobody_twice() -> None:
    treated = np.array([1, 1, 1, 0, 0, 0, 0], dtype=bool)
    risk = np.array([0.50, 0.51, 0.9, 0.505, 0.49, 0.1, 0.895])
    found = match(treated, risk, caliper=0.5)
    assert dict(zip(found.treated.tolist(), found.controls.tolist(), strict=True)) == {2: 6, 1: 3, 0: 4}
    towns = ["a", "b", "a", "b", "b", "a", "b"]
    apart = match(treated, risk, exact=towns, caliper=0.5)
    assert apart.unmatched.tolist() == [0, 2]
    assert apart.controls.tolist() == [3]


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000))
def test_matched_groups_are_more_alike(seed: int) -> None:
    chance = np.random.default_rng(seed)
    age = np.concatenate([chance.normal(83, 4, 60), chance.normal(78, 6, 600)])
    risk = 1 / (1 + np.exp(-(age - 82) / 5))
    treated = np.arange(660) < 60
    found = match(treated, risk)
    everybody = balance({"age": age}, np.flatnonzero(treated), np.flatnonzero(~treated))[0]
    (matched,) = balance({"age": age}, found.treated, found.controls)
    assert abs(matched.difference) < abs(everybody.difference)
    assert len(set(found.controls.tolist())) == len(found.controls)
    assert not treated[found.controls].any() and treated[found.treated].all()


def test_persons_per_arm_as_published() -> None:
    """Zhu & Lakkis 2014, table I: rate 0.8, ratio 0.85, k 0.4, 0.75 years, power 80 %: 1 316 by this
    variance.
    """
    plan = Plan(rate=0.8, ratio=0.85, dispersion=0.4, years=0.75)
    assert persons_per_arm(plan) == 1316
    assert power_with(plan, 1316) == pytest.approx(0.8, abs=1e-3)


@given(st.floats(0.2, 5), st.floats(0.3, 0.95), st.floats(0, 3), st.floats(0.5, 0.95))
def test_power_is_the_inverse_of_persons(rate: float, ratio: float, k: float, power: float) -> None:
    plan = Plan(rate, ratio, k)
    persons = persons_per_arm(plan, power=power)
    assert power_with(plan, persons) >= power > power_with(plan, persons - 1) - 1e-9 or persons == 1
    assert persons_per_arm(replace(plan, dispersion=k + 1), power=power) >= persons


def test_whole_municipalities_take_more_persons() -> None:
    plan = Plan(2.0, 0.8, 0.8)
    assert design_effect(51, 0.02) == pytest.approx(2)
    assert persons_per_arm(plan, design_effect=2) == pytest.approx(2 * persons_per_arm(plan), abs=1)
    assert power_with(plan, 400, design_effect=2) == pytest.approx(power_with(plan, 200))


OK = panel(0.7, units=20)
ONES, LATE = np.ones((4, 1)), np.array([[1, 0], [1, 0], [1, 1], [1, 1]])
GAP = np.where(OK.period == -1, -2, OK.period)


@pytest.mark.parametrize(
    ("do", "code"),
    [
        (lambda: fit_counts([1, 2, np.nan, 1], ONES, np.ones(4), names=("1",)), "not_a_number"),
        (lambda: fit_counts([1, 2, 0.5, 1], ONES, np.ones(4), names=("1",)), "events"),
        (lambda: fit_counts([1, 2, 0, 1], ONES, np.zeros(4), names=("1",)), "person_time"),
        (lambda: fit_counts([1, 2, 0, 1], np.ones((4, 2)), np.ones(4), names=("1", "2")), "collinear"),
        (lambda: fit_counts([1, 2], ONES, np.ones(4), names=("1",)), "shape"),
        (lambda: fit_counts([0, 0, 0, 0], ONES, np.ones(4), names=("1",)), "not_converged"),
        (lambda: fit_counts([2, 3, 0, 0], LATE, np.ones(4), names=("1", "on")), "not_converged"),
        (
            lambda: fit_counts(range(4), ONES, np.ones(4), names=("1",), clusters=[1, 1, 2, 2]),
            "too_few_clusters",
        ),
        (lambda: replace(OK, treated=np.zeros(160, dtype=bool)), "no_rows"),
        (lambda: replace(OK, period=np.abs(OK.period)), "no_rows"),
        (lambda: replace(OK, unit=[0] * 160), "unit_in_both"),
        (lambda: replace(OK, unit=[0]), "shape"),
        (lambda: difference_in_differences(replace(OK, period=GAP)), "no_rows"),
        (lambda: interrupted_series([1, np.nan] * 20, 20), "not_a_number"),
        (lambda: interrupted_series(np.arange(12.0), 6), "too_short"),
        (lambda: interrupted_series(np.arange(24.0), 10, season=12), "too_short"),
        (lambda: interrupted_series(series(1, 0), 36, lags=50), "lags"),
        (lambda: match([True, False], [0.5, 1.0]), "share"),
        (lambda: match([True, True], [0.5, 0.4]), "no_rows"),
        (lambda: Plan(1, 1, 0), "plan"),
        (lambda: Plan(0, 0.5, 0), "plan"),
        (lambda: persons_per_arm(Plan(1, 0.5, 0), power=1), "plan"),
        (lambda: design_effect(0, 0.1), "plan"),
        (lambda: ratio_of_ratios([[1, 0], [1, 1]], np.ones((2, 2))), "shape"),
    ],
)
def test_what_cannot_be_told_is_refused(do: object, code: str) -> None:
    assert callable(do)
    with pytest.raises(Refused) as refused:
        do()
    assert refused.value.code == code
