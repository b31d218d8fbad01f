"""Funnels, against the published figures of PHEindicatormethods and slow obvious versions."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from samspill.analysis.rates import Funnel, exact_limits, funnel, funnel_limits
from samspill.refusal import Refused

# UKHSA, PHEindicatormethods, tests/testthat/testdata_funnel_prop_outputs.csv: the limits of a share of
# 80.642448 per cent by population, with six decimals: (population, lower and upper of 95 %, of 99.8 %).
SHARES = [
    (2, 25.885383, 100, 0, 100),
    (20, 63.326743, 97.958152, 53.341156, 100),
    (41, 68.548635, 92.73626, 61.574398, 99.710497),
    (356, 76.538232, 84.746663, 74.171421, 87.113475),
    (2861, 79.194689, 82.090207, 78.359798, 82.925098),
    (110000, 80.408963, 80.875933, 80.274317, 81.010578),
]
# …/testdata_funnel_ratio_outputs.csv: the expected events at which so many observed lie on a limit, sought by
# the package by halving: (observed, lower and upper of 95 %, of 99.8 %).
RATIOS = [
    (1, 5.571644585, 0.025317898, 9.233410143, 0.001000547),
    (2, 7.224687515, 0.242209467, 11.22886836, 0.04540199),
    (10, 18.39035799, 4.795387629, 24.13397235, 2.960519925),
    (49, 64.7805979, 36.25047284, 74.7246273, 30.17809181),
    (198, 227.5833343, 171.379868, 245.4564826, 157.3487478),
    (716, 770.4222128, 664.5083011, 802.60414, 636.1521174),
]
# …/testdata_funnel_rate_outputs.csv: a rate of 116.1720835 per 100,000 over three years (events, population
# and rate on the lower limit of 95 %, population and rate on the upper).
RATES = [
    (1, 1598.675694, 20.85059119, 7.264481402, 4588.535848),
    (20, 8862.823734, 75.22057153, 3505.293872, 190.1885237),
    (1360, 411529.9259, 110.158048, 369759.5622, 122.6021934),
]
# …/testdata_funnel_rate_dsr_inputs.csv: events, standardised rate per 100,000, and where the package sees it.
STANDARDISED = [
    (2419, 907.6174266, 2), (2337, 948.5620216, 2), (2291, 799.9690496, 2), (2242, 852.5637927, 2),
    (2218, 868.5358183, 2), (2159, 769.6242217, 2), (2130, 752.3254955, 1), (2111, 710.2689402, 0),
    (2105, 815.3530325, 2), (2083, 717.7035916, 0), (2078, 755.8016993, 2), (2062, 825.9742848, 2),
    (2061, 702.2972468, 0), (2033, 785.6210132, 2), (2033, 743.6763018, 1), (2010, 781.8323058, 2),
    (2004, 772.6781064, 2), (2002, 652.3391553, -2), (1977, 648.4969973, -2), (1944, 727.5777428, 0),
    (1932, 625.6551186, -2), (1922, 688.5582424, 0), (1912, 662.4465438, -1), (1881, 627.1624732, -2),
    (1844, 657.1114147, -1), (1835, 724.8456714, 0), (1833, 659.7820553, -1), (1825, 654.7053631, -2),
    (1816, 624.4435507, -2), (1809, 646.7588823, -2), (1798, 703.1689982, 0), (1754, 567.9922764, -2),
    (1746, 617.7750715, -2), (1709, 610.8327232, -2), (1694, 608.5089462, -2), (1688, 662.3775859, -1),
    (1649, 667.6454503, -1), (1553, 604.1141693, -2), (1332, 469.5645784, -2), (0, math.nan, 0),
]  # fmt: skip
# The same file's populations, and where it sees the crude rates (with the area of no events among them).
POPULATIONS = [
    264102, 259711, 289247, 265029, 284649, 293578, 286718, 307381, 274145, 297424, 272628, 269656,
    294692, 277710, 259213, 285516, 269449, 290888, 287112, 286492, 287012, 291277, 289859, 289653,
    282519, 274220, 280271, 284206, 274508, 288384, 287072, 282744, 289208, 287736, 296175, 303255,
    285959, 274661, 281425, 297820,
]  # fmt: skip
CRUDE = [
    2, 2, 2, 2, 2, 2, 2, 0, 2, 1, 2, 2, 1, 2, 2, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, -2, -2,
    -2, -2, -2, -2, -2, -2, -2,
]  # fmt: skip
# …/testdata_funnel_prop_inputs.csv, some of its areas, against the share of them all: (part, whole, where).
PARTS = [
    (35078.488, 41980, 2), (24803.6256, 31824, -2), (50050.7443, 61921, 0), (26789.238, 33012, 1),
    (36850.0492, 45449, 1), (30277.5312, 37828, -1), (18550.7595, 22905, 0),
]  # fmt: skip


@pytest.mark.parametrize(("population", "lower", "upper", "outer_lower", "outer_upper"), SHARES)
def test_limits_of_shares_are_the_published_ones(
    population: int, lower: float, upper: float, outer_lower: float, outer_upper: float
) -> None:
    low, high = funnel_limits("proportion", 0.80642448, population, multiplier=100)
    assert low[:, 0] == pytest.approx([lower, outer_lower], abs=2e-6)
    assert high[:, 0] == pytest.approx([upper, outer_upper], abs=2e-6)


@pytest.mark.parametrize(("observed", "lower", "upper", "outer_lower", "outer_upper"), RATIOS)
def test_limits_of_ratios_are_the_published_ones(
    observed: int, lower: float, upper: float, outer_lower: float, outer_upper: float
) -> None:
    for level, published in ((0.95, (upper, lower)), (0.998, (outer_upper, outer_lower))):
        on_limits = exact_limits(observed, confidence=level)
        for mine, theirs in zip(on_limits, published, strict=True):
            step = 1e-7 * (1 + observed + theirs) ** 2 / (1 + observed)  # where the package's halving stops
            assert mine == pytest.approx(theirs, abs=step)
        low, high = funnel_limits("ratio", 1, on_limits[::-1], levels=[level])
        assert (low[0, 0], high[0, 1]) == pytest.approx(observed / np.array(on_limits[::-1]), rel=1e-9)


@pytest.mark.parametrize(("events", "few", "lower", "many", "upper"), RATES)
def test_limits_of_rates_are_the_published_ones(
    events: int, few: float, lower: float, many: float, upper: float
) -> None:
    low, high = funnel_limits("rate", 116.1720835 / 100_000, [3 * few, 3 * many], multiplier=100_000)
    assert (low[0, 0], high[0, 1]) == pytest.approx((lower, upper), rel=2e-6)
    assert events == pytest.approx(lower * 3 * few / 100_000, rel=1e-6)


def test_areas_of_standardised_rates_are_where_the_package_sees_them() -> None:
    events, rates, where = zip(*STANDARDISED, strict=True)
    found = funnel(events, POPULATIONS, kind="rate", standardised=rates, multiplier=100_000)
    assert found.signal.tolist() == list(where)
    assert found.value[0] == pytest.approx(rates[0])
    assert (math.isnan(found.value[-1]), found.note[-1]) == (True, "few_events")


def test_areas_of_crude_rates_are_where_the_package_sees_them() -> None:
    found = funnel(
        [events for events, _rate, _where in STANDARDISED], POPULATIONS, kind="rate", multiplier=100_000
    )
    assert found.signal.tolist() == CRUDE
    assert found.words()[-1] == "low_outer"


def test_areas_of_shares_are_where_the_package_sees_them() -> None:
    part, whole, where = zip(*PARTS, strict=True)
    found = funnel(part, whole, kind="proportion", target=0.80642448, multiplier=100)
    assert found.signal.tolist() == list(where)


@given(st.floats(0.05, 5000), st.sampled_from([0.8, 0.95, 0.998]))
def test_limits_of_counts_lie_where_exact_limits_just_reach_what_is_expected(
    expected: float, level: float
) -> None:
    low, high = funnel_limits("ratio", 1, expected, levels=[level])
    on_upper = high[0, 0] * expected
    tail = (1 - level) / 2
    assert exact_limits(on_upper, confidence=level)[0] == pytest.approx(expected, rel=1e-7)
    if math.exp(-expected) >= tail:
        assert low[0, 0] == 0  # no count is so low that it is not by chance
    else:
        assert exact_limits(low[0, 0] * expected, confidence=level)[1] == pytest.approx(expected, rel=1e-7)


def obvious_dispersion(
    observed: list[float], expected: list[float], trim: float, way: str
) -> tuple[float, float]:
    """(φ, τ²) on the log scale, area by area."""
    z = [math.sqrt(e) * math.log((o or 0.5) / e) for o, e in zip(observed, expected, strict=True)]
    if way == "winsorise":
        low, high = np.quantile(z, [trim, 1 - trim])
        kept = [(min(max(one, low), high), e) for one, e in zip(z, expected, strict=True)]
    else:
        ranks = stats.rankdata(z)
        tenths = [math.floor(rank / trim / (len(z) + 1)) for rank in ranks]
        kept = [
            (one, e) for one, e, tenth in zip(z, expected, tenths, strict=True) if 0 < tenth < 1 / trim - 1
        ]
    areas = len(kept)
    phi = sum(one**2 for one, _e in kept) / areas
    weight = [e for _one, e in kept]
    spare = sum(weight) - sum(w**2 for w in weight) / sum(weight)
    return phi, max(0.0, (areas * phi - (areas - 1)) / spare)


LIP_OBSERVED = [
    9, 39, 11, 9, 15, 8, 26, 7, 6, 20, 13, 5, 3, 8, 17, 9, 2, 7, 9, 7, 16, 31, 11, 7, 19, 15, 7, 10, 16,
    11, 5, 3, 7, 8, 11, 9, 11, 8, 6, 4, 10, 8, 2, 6, 19, 3, 2, 3, 28, 6, 1, 1, 1, 1, 0, 0,
]  # fmt: skip
LIP_EXPECTED = [
    1.4, 8.7, 3.0, 2.5, 4.3, 2.4, 8.1, 2.3, 2.0, 6.6, 4.4, 1.8, 1.1, 3.3, 7.8, 4.6, 1.1, 4.2, 5.5, 4.4,
    10.5, 22.7, 8.8, 5.6, 15.5, 12.5, 6.0, 9.0, 14.4, 10.2, 4.8, 2.9, 7.0, 8.5, 12.3, 10.1, 12.7, 9.4,
    7.2, 5.3, 18.8, 15.8, 4.3, 14.6, 50.7, 8.2, 5.6, 9.3, 88.7, 19.6, 3.4, 3.6, 5.7, 7.0, 4.2, 1.8,
]  # fmt: skip


@pytest.mark.parametrize("way", ["winsorise", "truncate"])
def test_overdispersion_is_that_of_the_slow_version(way: str) -> None:
    """Lip cancer in the districts of Scotland 1975–80 (Clayton & Kaldor 1987, Biometrics 43:671)."""
    found = funnel(LIP_OBSERVED, LIP_EXPECTED, kind="ratio", overdispersion=way)
    phi, tau2 = obvious_dispersion(list(map(float, LIP_OBSERVED)), LIP_EXPECTED, 0.1, way)
    assert (found.phi, found.tau2) == pytest.approx((phi, tau2), rel=1e-12)
    assert found.scale == "log"
    half = stats.norm.ppf(0.975) * np.sqrt(1 / np.array(LIP_EXPECTED) + tau2)
    assert found.upper[0] == pytest.approx(np.exp(half), rel=1e-12)
    assert found.lower[0] == pytest.approx(np.exp(-half), rel=1e-12)
    plain = funnel(LIP_OBSERVED, LIP_EXPECTED, kind="ratio")
    assert np.abs(found.signal).sum() < np.abs(plain.signal).sum()


def test_without_more_variation_than_chance_the_limits_are_the_unadjusted_ones() -> None:
    expected = np.linspace(20, 400, 60)
    observed = np.round(expected + np.sin(np.arange(60)))
    plain = funnel(observed, expected, kind="ratio")
    for way in ("winsorise", "truncate", True):
        wide = funnel(observed, expected, kind="ratio", overdispersion=way)
        assert wide.tau2 == 0
        assert np.array_equal(wide.upper, plain.upper)
        assert np.array_equal(wide.lower, plain.lower)


SCALES = [
    ("proportion", "none"), ("proportion", "arcsine"), ("ratio", "none"), ("ratio", "log"), ("ratio", "root"),
    ("rate", "none"), ("rate", "log"), ("rate", "root"), ("counts", "log"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "scale"), SCALES)
def test_r7_limits_widen_as_areas_shrink_and_meet_the_target_at_infinity(kind: str, scale: str) -> None:
    target = 0.2
    low, high = funnel_limits(kind, target, [10, 30, 100, 1000, 1e5, 1e9, 1e12], scale=scale)
    for inner in (0, 1):
        assert np.all(np.diff(low[inner]) >= 0)
        assert np.all(np.diff(high[inner]) <= 0)
        assert low[inner, -1] == pytest.approx(target, rel=1e-4)
        assert high[inner, -1] == pytest.approx(target, rel=1e-4)
    assert np.all(low[1] <= low[0])
    assert np.all(high[1] >= high[0])


@pytest.mark.parametrize(("kind", "scale"), [pair for pair in SCALES if pair[1] != "none"])
def test_r7_no_variance_between_areas_is_the_unadjusted_limit_and_more_is_wider(
    kind: str, scale: str
) -> None:
    bare = funnel_limits(kind, 0.3, [50, 500], scale=scale)
    nothing = funnel_limits(kind, 0.3, [50, 500], scale=scale, tau2=0.0)
    wide = funnel_limits(kind, 0.3, [50, 500], scale=scale, tau2=0.05)
    assert np.array_equal(bare, nothing)
    assert np.all(wide[0] < bare[0])
    assert np.all(wide[1] > bare[1])


@given(st.permutations(range(12)))
def test_r5_the_order_of_areas_is_of_no_matter(order: list[int]) -> None:
    observed, expected = np.array(LIP_OBSERVED[:12]), np.array(LIP_EXPECTED[:12])
    one = funnel(observed, expected, kind="ratio", overdispersion=True)
    other = funnel(observed[order], expected[order], kind="ratio", overdispersion=True)
    assert other.tau2 == pytest.approx(one.tau2)
    assert other.signal.tolist() == one.signal[order].tolist()


def test_the_lines_of_the_funnel_go_through_the_limits_of_its_areas() -> None:
    for way in (False, True):
        found: Funnel = funnel(LIP_OBSERVED, LIP_EXPECTED, kind="ratio", overdispersion=way, multiplier=100)
        lower, upper = found.curve(LIP_EXPECTED)
        assert lower == pytest.approx(found.lower)
        assert upper == pytest.approx(found.upper)


def test_two_counts_are_compared_by_the_error_of_both() -> None:
    found = funnel([12, 40, 3], [30, 80, 0], kind="counts", target=0.5)
    error = math.sqrt(12 / 12.5**2 + 30 / 30.5**2)
    assert found.z[0] == pytest.approx((math.log(12.5 / 30.5) - math.log(0.5)) / error)
    assert found.upper[0, 0] == pytest.approx(0.5 * math.exp(stats.norm.ppf(0.975) * error))
    assert math.isnan(found.value[2])


def test_limits_are_a_choice() -> None:
    found = funnel([5, 20], [10, 10], kind="ratio", levels=[0.9, 0.99, 0.9999])
    assert found.upper.shape == (3, 2)
    assert found.words() == ("none", "high_outer") or found.signal[1] in (2, 3)


def test_an_area_of_nobody_has_no_place_in_the_funnel() -> None:
    found = funnel([5, 0, 7], [100, 0, 90], kind="proportion")
    assert math.isnan(found.value[1])
    assert found.signal[1] == 0
    assert found.note[1] == "no_population"
    assert found.target == pytest.approx(12 / 190)


REFUSED = [
    (lambda: funnel([5], [3], kind="proportion"), "numerator_above_denominator"),
    (lambda: funnel([5], [0], kind="rate"), "events_without_population"),
    (lambda: funnel([0, 0], [10, 20], kind="rate"), "nothing_to_count"),
    (lambda: funnel([1, 2], [10], kind="rate"), "different_lengths"),
    (lambda: funnel([1], [10], kind="odds"), "unknown_word"),
    (lambda: funnel([1], [10], kind="proportion", scale="log"), "unknown_word"),
    (lambda: funnel([1], [10], kind="rate", overdispersion="yes"), "unknown_word"),
    (lambda: funnel([1], [10], kind="rate", overdispersion=True, trim=0.5), "number_out_of_range"),
    (lambda: funnel([10], [10], kind="ratio", standardised=[5]), "unknown_word"),
    (lambda: funnel([10], [10], kind="rate", standardised=[math.nan]), "value_out_of_range"),
    (lambda: funnel_limits("rate", 1, 5, scale="none", tau2=0.1), "unknown_word"),
    (lambda: funnel([1], [10], kind="rate", levels=[2]), "confidence"),
]


@pytest.mark.parametrize(("wrong", "code"), REFUSED)
def test_wrong_numbers_are_refused_with_a_reason(wrong: Callable[[], object], code: str) -> None:
    with pytest.raises(Refused) as caught:
        wrong()
    assert caught.value.code == code
