"""Effect of a measure: published series and counts, closed forms, slow versions, and what is refused."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import nbinom

from samspill.analysis.appraisal import (
    Panel,
    difference_in_differences,
    fit_counts,
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


@pytest.mark.slow
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
        (lambda: ratio_of_ratios([[1, 0], [1, 1]], np.ones((2, 2))), "shape"),
    ],
)
def test_what_cannot_be_told_is_refused(do: object, code: str) -> None:
    assert callable(do)
    with pytest.raises(Refused) as refused:
        do()
    assert refused.value.code == code
