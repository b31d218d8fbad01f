"""Limits of counts and shares, crude rates, means and groups of equal size, against published figures."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from samspill.analysis.rates import (
    SENTENCES,
    Estimate,
    Note,
    byar_limits,
    exact_limits,
    mean,
    poisson_limits,
    proportion,
    quantiles,
    rate,
    ratio,
    wilson_limits,
)
from samspill.refusal import Refused

# (count, population, 95 %, 99.8 %) per 100,000: PHStatsMethods 0.1.16 (Department of Health and Social Care),
# `ph_rate` and `ph_proportion`.
RATES = [
    (1, 100, (25.317807984289896, 5571.643390938898), (1.0005003335835345, 9233.413476451586)),
    (4, 560, (194.61881671898664, 1828.8551206078025), (76.52721671936123, 2641.812361167359)),
    (9, 200, (2057.686548689167, 8542.401725709584), (1226.2122021818875, 11328.686654531466)),
    (10, 9000, (53.19388793297292, 204.3495400639608), (32.40353749661874, 268.8191658653394)),
    (65, 100, (50163.18771045943, 82849.13854593984), (42880.261471480204, 94000.290844318)),
    (1045, 20000, (4912.966009036663, 5551.656064928249), (4739.7035178051865, 5744.030804940166)),
]
SHARES = [
    (1, 100, (0.0017674320641406468, 0.054486196178705315), (0.0008730656972999851, 0.10455445283705818)),
    (9, 200, (0.023852543001492994, 0.08329670400181959), (0.01686396896993896, 0.11460630899204487)),
    (65, 100, (0.5525444329688797, 0.7363575175690247), (0.4954946574070431, 0.7783540614089697)),
    (1045, 20000, (0.049251019514001446, 0.05542094877424025), (0.04759758104454566, 0.057329795354385156)),
]
# Newcombe 1998, Statistics in Medicine 17:857, table I, method 3 (score without continuity correction).
NEWCOMBE = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]
# Exact limits of Poisson counts at 95 %, as printed to three decimals in tables from Garwood 1936 on.
GARWOOD = [(0, 0.0, 3.689), (1, 0.025, 5.572), (2, 0.242, 7.225), (5, 1.623, 11.668), (10, 4.795, 18.390)]

whole = st.integers(0, 5_000)
levels = st.sampled_from([0.9, 0.95, 0.99, 0.998])


@pytest.mark.parametrize(("count", "population", "usual", "outer"), RATES)
def test_rates_agree_with_the_reference_package(
    count: int, population: int, usual: tuple[float, float], outer: tuple[float, float]
) -> None:
    for level, limits in ((0.95, usual), (0.998, outer)):
        found = rate(count, population, confidence=level)
        assert (found.lower, found.upper) == pytest.approx(limits, rel=1e-12)
        assert found.value == pytest.approx(count / population * 100_000, rel=1e-14)
        assert found.method == ("exact" if count < 10 else "byar")


@pytest.mark.parametrize(("count", "population", "usual", "outer"), SHARES)
def test_proportions_agree_with_the_reference_package(
    count: int, population: int, usual: tuple[float, float], outer: tuple[float, float]
) -> None:
    for level, limits in ((0.95, usual), (0.998, outer)):
        found = proportion(count, population, confidence=level)
        assert (found.lower, found.upper) == pytest.approx(limits, rel=1e-12)
        per_cent = proportion(count, population, confidence=level, multiplier=100)
        assert per_cent.upper == pytest.approx(100 * limits[1], rel=1e-12)


@pytest.mark.parametrize(("count", "population", "lower", "upper"), NEWCOMBE)
def test_wilsons_limits_are_those_newcombe_prints(
    count: int, population: int, lower: float, upper: float
) -> None:
    assert wilson_limits(count, population) == pytest.approx((lower, upper), abs=0.00005)


@pytest.mark.parametrize(("count", "lower", "upper"), GARWOOD)
def test_exact_limits_are_those_in_print(count: int, lower: float, upper: float) -> None:
    assert exact_limits(count) == pytest.approx((lower, upper), abs=0.0006)


def obvious_exact(count: int, level: float) -> tuple[float, float]:
    """The means at which as many, or as few, events are just too rare: bisection on the Poisson sums."""

    def solved(far: Callable[[float], bool], low: float, high: float) -> float:
        for _step in range(200):
            middle = (low + high) / 2
            low, high = (middle, high) if far(middle) else (low, middle)
        return (low + high) / 2

    tail = (1 - level) / 2

    def too_few(average: float) -> bool:
        return count > 0 and stats.poisson.sf(count - 1, average) < tail

    def too_many(average: float) -> bool:
        return stats.poisson.cdf(count, average) > tail

    top = 10 * count + 50.0
    return (solved(too_few, 0.0, top) if count else 0.0), solved(too_many, 0.0, top)


@pytest.mark.parametrize("count", [0, 1, 2, 7, 9, 10, 40])
@pytest.mark.parametrize("level", [0.9, 0.95, 0.998])
def test_exact_limits_equal_those_sought_on_the_poisson_sums(count: int, level: float) -> None:
    assert exact_limits(count, confidence=level) == pytest.approx(
        obvious_exact(count, level), rel=1e-9, abs=1e-9
    )


def obvious_byar(count: float, z: float) -> tuple[float, float]:
    lower = count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3 if count else 0.0
    more = count + 1
    return lower, more * (1 - 1 / (9 * more) + z / (3 * math.sqrt(more))) ** 3


@given(st.integers(10, 100_000))
def test_byar_is_its_formula_and_within_two_thousandths_of_exact_from_ten(count: int) -> None:
    assert byar_limits(count) == pytest.approx(obvious_byar(count, stats.norm.ppf(0.975)), rel=1e-12)
    assert byar_limits(count) == pytest.approx(exact_limits(count), rel=0.002)


def test_byar_gives_no_lower_limit_where_it_is_not_valid() -> None:
    lower, upper = byar_limits([0, 1], confidence=0.998)
    assert lower[0] == 0
    assert math.isnan(lower[1])
    assert upper == pytest.approx([obvious_byar(count, stats.norm.ppf(0.999))[1] for count in (0, 1)])


def obvious_wilson(part: int, people: int, z: float) -> tuple[float, float]:
    share = part / people
    middle = share + z**2 / (2 * people)
    half = z * math.sqrt(share * (1 - share) / people + z**2 / (4 * people**2))
    return (middle - half) / (1 + z**2 / people), (middle + half) / (1 + z**2 / people)


@given(whole, st.integers(1, 5_000), levels)
def test_wilson_equals_the_textbook_form(part: int, more: int, level: float) -> None:
    z = stats.norm.ppf(0.5 + level / 2)
    expected = obvious_wilson(part, part + more, z)
    assert wilson_limits(part, part + more, confidence=level) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(whole, st.integers(1, 10**6), levels)
def test_r4_limits_are_round_the_value_and_no_events_have_a_lower_limit_of_0(
    count: int, population: int, level: float
) -> None:
    found = rate(count, population, confidence=level)
    assert found.lower <= found.value <= found.upper
    assert (found.lower == 0) == (count == 0)
    share = proportion(min(count, population), population, confidence=level)
    assert 0 <= share.lower <= share.value <= share.upper <= 1


def test_many_are_as_one_by_one() -> None:
    counts, people = np.array([[0, 4, 9], [10, 65, 300]]), np.array([100, 560, 2000])
    many = rate(counts, people)
    assert many.value.shape == many.method.shape == many.population.shape == (2, 3)
    for place in np.ndindex(2, 3):
        assert many[place] == rate(counts[place], people[place[1]])
    assert len(many) == 2
    with pytest.raises(ValueError, match="read-only"):
        many.value[0] = 1


def test_one_area_is_plain_numbers() -> None:
    found = rate(3, 1000, multiplier=1000)
    assert found == Estimate(3.0, found.lower, found.upper, 3.0, 1000.0, "exact", "", 1000.0, 0.95)
    assert type(found.value) is float
    assert not found.is_missing


def test_nobody_is_not_nothing() -> None:
    found = rate([0, 5], [0, 100])
    assert np.isnan([found.value[0], found.lower[0], found.upper[0]]).all()
    assert list(found.note) == ["no_population", ""]
    assert list(found.is_missing) == [True, False]
    assert proportion(0, 0).is_missing
    assert ratio(0, 0).note == Note.NOTHING_EXPECTED


def test_a_ratio_is_a_rate_of_expected_events() -> None:
    found = ratio(12, 8.5, multiplier=100)
    assert found.value == pytest.approx(1200 / 8.5)
    assert (found.lower, found.upper) == pytest.approx(np.array(poisson_limits(12)) / 8.5 * 100)


REFUSED = [
    (lambda: rate(-1, 10), "negative"),
    (lambda: rate(float("nan"), 10), "not_a_number"),
    (lambda: rate([1, None], [10, 10]), "not_a_number"),
    (lambda: rate("many", 10), "not_a_number"),
    (lambda: rate([1, 2, 3], [10, 10]), "different_lengths"),
    (lambda: rate([], []), "nothing_to_count"),
    (lambda: rate(3, 0), "events_without_population"),
    (lambda: rate(3, 10, confidence=95), "confidence"),
    (lambda: rate(3, 10, confidence=float("nan")), "number_out_of_range"),
    (lambda: rate(3, 10, multiplier=0), "number_out_of_range"),
    (lambda: proportion(11, 10), "numerator_above_denominator"),
    (lambda: wilson_limits(11, 10), "numerator_above_denominator"),
    (lambda: exact_limits(-2), "negative"),
    (lambda: mean([1.0, float("inf")]), "not_a_number"),
    (lambda: mean([]), "nothing_to_count"),
    (lambda: quantiles([1, 2], 1), "number_out_of_range"),
    (lambda: quantiles([1, 2], 2.0), "number_out_of_range"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("wrong", "code"), REFUSED)
def test_wrong_numbers_are_refused_with_a_reason(wrong: Callable[[], object], code: str) -> None:
    with pytest.raises(Refused) as caught:
        wrong()
    assert caught.value.code == code
    assert caught.value.sentence.endswith(".")
    assert caught.value.field


def test_the_refusal_tells_where() -> None:
    with pytest.raises(Refused) as caught:
        rate([[1, 2], [3, -4]], [10, 10])
    assert caught.value.sentence == "count number 2 2 is -4; it must be 0 or more."
    assert caught.value.facts["place"] == (1, 1)


def test_means_agree_with_the_reference_package() -> None:
    """PHStatsMethods 0.1.16, `ph_mean`."""
    values = [20.0, 30, 40, 32.5, 27, 61]
    found = mean(values)
    assert (found.value, found.lower, found.upper) == pytest.approx(
        (35.083333333333336, 20.08551868352075, 50.081147983145925), rel=1e-12
    )
    outer = mean([values, values[::-1]], confidence=0.998)
    assert outer.lower == pytest.approx([0.6986805914260472] * 2, rel=1e-9)
    assert outer.count.tolist() == [6, 6]


@given(st.lists(st.floats(-1000, 1000), min_size=2, max_size=30))
def test_a_mean_equals_the_textbook_form(values: list[float]) -> None:
    size, middle = len(values), sum(values) / len(values)
    spread = math.sqrt(sum((value - middle) ** 2 for value in values) / (size - 1))
    half = stats.t.ppf(0.975, size - 1) * spread / math.sqrt(size)
    found = mean(values)
    assert (found.value, found.upper - found.value) == pytest.approx((middle, half), rel=1e-6, abs=1e-9)


def test_one_value_has_no_limits() -> None:
    found = mean([7.0])
    assert (found.value, found.note) == (7.0, "one_value")
    assert math.isnan(found.lower)


# (groups, highest first, the group of each): PHStatsMethods 0.1.16, `ph_quantile`.
VALUES = [3, 9, 9, 1, 4, 4, 4, 12, 7, 8, 2, 5, 6]
GROUPED = [
    (5, True, [4, 1, 1, 5, 3, 3, 3, 1, 2, 2, 5, 3, 2]),
    (4, False, [1, 4, 4, 1, 1, 1, 1, 4, 3, 3, 1, 2, 3]),
    (10, True, [8, 1, 1, 10, 6, 6, 6, 1, 4, 3, 9, 5, 4]),
]


@pytest.mark.parametrize(("groups", "highest_first", "expected"), GROUPED)
def test_quantiles_agree_with_the_reference_package(
    groups: int, highest_first: bool, expected: list[int]
) -> None:
    assert quantiles(VALUES, groups, highest_first=highest_first).quantile.tolist() == expected


@given(st.lists(st.integers(0, 50), min_size=5, max_size=60), st.integers(2, 5))
def test_quantiles_equal_the_slow_rule_and_know_no_order(values: list[int], groups: int) -> None:
    def slow(value: int) -> int:
        rank = 1 + sum(other > value for other in values)
        return max(1, groups + 1 - math.ceil((len(values) + 1 - rank) * groups / len(values) - 1e-9))

    found = quantiles(values, groups).quantile
    assert found.tolist() == [slow(value) for value in values]
    assert quantiles(values[::-1], groups).quantile[::-1].tolist() == found.tolist()


def test_fewer_areas_than_groups_are_not_grouped() -> None:
    found = quantiles([3, 1, 2], 5)
    assert (found.quantile.tolist(), found.note) == ([0, 0, 0], "few_areas")


def test_every_note_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Note)
    assert all(sentence.endswith(".") for note, sentence in SENTENCES.items() if note)
