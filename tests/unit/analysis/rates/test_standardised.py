"""Directly and indirectly standardised rates, against a reference package and slow obvious versions."""

import math
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from samspill.analysis.rates import (
    directly_standardised,
    directly_standardised_repeated,
    indirectly_standardised,
    poisson_limits,
    rate,
    standard_population,
    standards,
)
from samspill.refusal import Refused

# One invented area, a reference, and what PHStatsMethods 0.1.16 (`ph_dsr`, `ph_ISRate`, `ph_ISRatio`; the
# Department of Health and Social Care's Python edition of PHEindicatormethods) says of them.
EVENTS = [0, 1, 0, 2, 3, 1, 4, 5, 4, 9, 12, 15, 22, 31, 40, 52, 61, 44, 38]
PEOPLE = [
    1480,
    1620,
    1710,
    1695,
    1540,
    1710,
    1830,
    1770,
    1690,
    1905,
    2010,
    1880,
    1760,
    1585,
    1430,
    1120,
    690,
    380,
    205,
]
REFERENCE_EVENTS = [
    310, 205, 260, 480, 590, 640, 800, 1010, 1300, 2100, 3400, 4700, 6500, 8800, 11900, 14600, 15800, 13100,
    10400,
]  # fmt: skip
REFERENCE_PEOPLE = [
    291000, 312000, 330000, 331000, 340000, 370000, 385000, 366000, 352000, 371000, 382000, 350000, 322000,
    287000, 263000, 201000, 124000, 71000, 46000,
]  # fmt: skip
DIRECT = {
    0.95: (1290.5651032490864, 1156.8921354809995, 1435.3653517435505),
    0.998: (1290.5651032490864, 1084.7938787040766, 1521.9445699150908),
}
INDIRECT_RATE = {
    0.95: (1176.936280006864, 1055.832872305381, 1308.120646012147),
    0.998: (1176.936280006864, 990.5141715178725, 1386.5586318799744),
}
INDIRECT_RATIO = {
    0.95: (66.73293691478106, 59.86630683157812, 74.17116289995084),
    0.998: (66.73293691478106, 56.162700431592874, 78.61864000772567),
}
EXPECTED = 515.4875776549337

ages = st.integers(2, 8)


@st.composite
def areas(draw: st.DrawFn) -> tuple[list[int], list[int], list[int]]:
    """Events, people and a standard by age, with ten events or more."""
    many = draw(ages)
    people = draw(st.lists(st.integers(50, 5_000), min_size=many, max_size=many))
    events = [draw(st.integers(0, min(50, person))) for person in people]
    events[0] += max(0, 10 - sum(events))
    return events, people, draw(st.lists(st.integers(1, 100), min_size=many, max_size=many))


@pytest.mark.parametrize("level", [0.95, 0.998])
def test_direct_standardisation_agrees_with_the_reference_package(level: float) -> None:
    found = directly_standardised(EVENTS, PEOPLE, confidence=level)
    assert (found.value, found.lower, found.upper) == pytest.approx(DIRECT[level], rel=1e-12)
    assert (found.count, found.population, found.method) == (344, 28010, "dobson")


@pytest.mark.parametrize("level", [0.95, 0.998])
def test_indirect_standardisation_agrees_with_the_reference_package(level: float) -> None:
    found = indirectly_standardised(
        EVENTS, PEOPLE, REFERENCE_EVENTS, REFERENCE_PEOPLE, multiplier=100, confidence=level
    )
    assert (found.value, found.lower, found.upper) == pytest.approx(INDIRECT_RATIO[level], rel=1e-12)
    of_rate = found.rate
    assert (of_rate.value, of_rate.lower, of_rate.upper) == pytest.approx(INDIRECT_RATE[level], rel=1e-12)
    assert found.expected == pytest.approx(EXPECTED, rel=1e-12)
    assert found.reference_rate == pytest.approx(1763.651255915544, rel=1e-12)


def obvious_direct(
    events: Sequence[float],
    people: Sequence[float],
    standard: Sequence[float],
    squares: Sequence[float] | None = None,
) -> tuple[float, float, float]:
    """Dobson's limits written out, age by age."""
    whole, total = sum(standard), sum(events)
    value = sum(w * o / n for w, o, n in zip(standard, events, people, strict=True)) / whole
    parts = zip(standard, squares or events, people, strict=True)
    variance = sum(w**2 * o / n**2 for w, o, n in parts) / whole**2
    z = stats.norm.ppf(0.975)
    lower = total * (1 - 1 / (9 * total) - z / (3 * math.sqrt(total))) ** 3
    upper = (total + 1) * (1 - 1 / (9 * (total + 1)) + z / (3 * math.sqrt(total + 1))) ** 3
    width = math.sqrt(variance / total)
    return value, value + width * (lower - total), value + width * (upper - total)


@given(areas())
def test_direct_standardisation_equals_the_slow_version(area: tuple[list[int], list[int], list[int]]) -> None:
    found = directly_standardised(*area, multiplier=1)
    assert (found.value, found.lower, found.upper) == pytest.approx(obvious_direct(*area), rel=1e-9)
    assert found.lower <= found.value <= found.upper


@given(areas(), st.integers(2, 50))
def test_r1_more_of_everything_leaves_the_rate_and_narrows_its_limits(
    area: tuple[list[int], list[int], list[int]], times: int
) -> None:
    events, people, standard = area
    one = directly_standardised(events, people, standard)
    many = directly_standardised(np.array(events) * times, np.array(people) * times, standard)
    assert many.value == pytest.approx(one.value, rel=1e-12)
    narrower = (one.upper - one.lower) / (many.upper - many.lower)
    assert narrower == pytest.approx(math.sqrt(times), rel=0.12)  # Byar's limits are not quite symmetric


@given(areas())
def test_r2_its_own_population_as_standard_gives_the_crude_rate(
    area: tuple[list[int], list[int], list[int]],
) -> None:
    events, people, _standard = area
    crude = rate(sum(events), sum(people))
    own = directly_standardised(events, people, people)
    assert own.value == pytest.approx(crude.value, rel=1e-12)
    assert (own.lower, own.upper) == pytest.approx((crude.lower, crude.upper), rel=1e-9)


@given(areas())
def test_r3_its_own_rates_as_reference_give_one(area: tuple[list[int], list[int], list[int]]) -> None:
    events, people, _standard = area
    found = indirectly_standardised(events, people, events, people)
    assert found.value == pytest.approx(1, rel=1e-12)
    assert found.rate.value == pytest.approx(rate(sum(events), sum(people)).value, rel=1e-12)


@given(areas(), st.randoms())
def test_r5_the_order_of_ages_is_of_no_matter(
    area: tuple[list[int], list[int], list[int]], chance: object
) -> None:
    order = list(range(len(area[0])))
    chance.shuffle(order)  # type: ignore[attr-defined]
    turned = [[row[place] for place in order] for row in area]
    one, other = directly_standardised(*area), directly_standardised(*turned)
    assert (other.value, other.lower, other.upper) == pytest.approx(
        (one.value, one.lower, one.upper), rel=1e-12
    )


def test_many_areas_are_as_one_by_one() -> None:
    chance = np.random.default_rng(8)
    people = chance.integers(100, 9_000, (30, 19))
    events = chance.binomial(people, np.geomspace(0.0001, 0.03, 19))
    events[3] = 0
    many = directly_standardised(events, people)
    against = indirectly_standardised(events, people, REFERENCE_EVENTS, REFERENCE_PEOPLE)
    for area in range(30):
        one = directly_standardised(events[area], people[area])
        assert [many[area].value, many[area].upper] == pytest.approx(
            [one.value, one.upper], rel=1e-13, nan_ok=True
        )
        assert many[area].note == one.note
        alone = indirectly_standardised(events[area], people[area], REFERENCE_EVENTS, REFERENCE_PEOPLE)
        assert against.value[area] == pytest.approx(alone.value, rel=1e-13)
        assert against.rate.lower[area] == pytest.approx(alone.rate.lower, rel=1e-13)
        assert against.expected[area] == pytest.approx(alone.expected, rel=1e-13)


def test_fewer_than_ten_events_give_no_rate_and_ten_do() -> None:
    nine = directly_standardised([4, 5], [100, 100], [1, 1])
    assert np.isnan([nine.value, nine.lower, nine.upper]).all()
    assert (nine.count, nine.note) == (9, "few_events")
    assert directly_standardised([5, 5], [100, 100], [1, 1]).note == ""
    assert directly_standardised([0, 0], [100, 100], [1, 1]).note == "few_events"


def test_an_empty_age_group_gives_no_rate_unless_the_standard_leaves_it_out() -> None:
    assert directly_standardised([20, 0], [100, 0], [1, 1]).note == "no_population"
    found = directly_standardised([20, 0], [100, 0], [1, 0])
    assert found.value == pytest.approx(20_000)


def test_indirect_standardisation_at_none_and_at_one_event() -> None:
    none = indirectly_standardised([0, 0], [100, 50], [10, 20], [1000, 1000])
    assert (none.value, none.lower, none.method) == (0, 0, "exact")
    one = indirectly_standardised([1, 0], [100, 50], [10, 20], [1000, 1000])
    assert (one.lower, one.upper) == pytest.approx(np.array(poisson_limits(1)) / 2)
    assert indirectly_standardised([0, 0], [0, 0], [10, 20], [1000, 1000]).note == "nothing_expected"


def test_whole_numbers_of_events_serve_where_their_ages_are_not_known() -> None:
    by_age = indirectly_standardised(EVENTS, PEOPLE, REFERENCE_EVENTS, REFERENCE_PEOPLE)
    whole = indirectly_standardised(sum(EVENTS), PEOPLE, REFERENCE_EVENTS, REFERENCE_PEOPLE, totals=True)
    assert whole.value == pytest.approx(by_age.value, rel=1e-14)
    two = indirectly_standardised([344, 7], [PEOPLE, PEOPLE], REFERENCE_EVENTS, REFERENCE_PEOPLE, totals=True)
    assert two.value == pytest.approx([by_age.value, 7 / EXPECTED])


@given(areas())
def test_events_of_one_each_are_independent_ones(area: tuple[list[int], list[int], list[int]]) -> None:
    events, people, standard = area
    one = directly_standardised(events, people, standard)
    same = directly_standardised_repeated(
        [[event, 0] for event in events], people, standard, frequencies=[1, 2]
    )
    assert (same.value, same.lower, same.upper) == pytest.approx((one.value, one.lower, one.upper), rel=1e-12)


def test_repeated_events_widen_the_limits_as_the_slow_version_says() -> None:
    people_with, people, standard = [[10, 4, 1], [30, 6, 2], [8, 3, 3]], [900, 1500, 400], [5, 6, 3]
    events = [10 + 8 + 3, 30 + 12 + 6, 8 + 6 + 9]
    squares = [10 + 16 + 9, 30 + 24 + 18, 8 + 12 + 27]
    found = directly_standardised_repeated(people_with, people, standard, frequencies=[1, 2, 3], multiplier=1)
    assert (found.value, found.lower, found.upper) == pytest.approx(
        obvious_direct(events, people, standard, squares), rel=1e-12
    )
    plain = directly_standardised(events, people, standard, multiplier=1)
    assert found.value == pytest.approx(plain.value)
    assert found.lower < plain.lower < plain.upper < found.upper
    assert found.method == "dobson_repeated"


REFUSED = [
    (lambda: directly_standardised([1, 2], [10, 20], [1, 2, 3]), "different_lengths"),
    (lambda: directly_standardised([1, 2, 3], [10, 20], [1, 2]), "different_lengths"),
    (lambda: directly_standardised(5, 10, [1]), "different_lengths"),
    (lambda: directly_standardised([1, -2], [10, 20], [1, 2]), "negative"),
    (lambda: directly_standardised([1, math.nan], [10, 20], [1, 2]), "not_a_number"),
    (lambda: directly_standardised([1, 2], [10, 0], [1, 2]), "events_without_population"),
    (lambda: directly_standardised([1, 2], [10, 20], [0, 0]), "nothing_to_divide_by"),
    (lambda: directly_standardised([1, 2], [10, 20], "mars"), "unknown_standard"),
    (lambda: directly_standardised([[1, 2], [3]], [10, 20], [1, 2]), "not_a_number"),
    (lambda: indirectly_standardised([1, 2], [10, 20], [5, 6], [0, 100]), "reference_without_population"),
    (lambda: indirectly_standardised([1, 2], [10, 20], [5, 6, 7], [9, 9, 9]), "different_lengths"),
    (lambda: indirectly_standardised([1, 2], [10, 20], [[5, 6]], [[9, 9]]), "different_lengths"),
    (lambda: indirectly_standardised([1], [10, 20], [5, 6], [9, 9]), "different_lengths"),
    (
        lambda: directly_standardised_repeated([9, 8], [100, 90], [1, 1], frequencies=[1, 2]),
        "different_lengths",
    ),
    (
        lambda: directly_standardised_repeated([[9, 8], [1, 1]], [10, 90], [1, 1], frequencies=[1, 2]),
        "numerator_above_denominator",
    ),
]


@pytest.mark.parametrize(("wrong", "code"), REFUSED)
def test_wrong_numbers_are_refused_with_a_reason(wrong: Callable[[], object], code: str) -> None:
    with pytest.raises(Refused) as caught:
        wrong()
    assert caught.value.code == code
    assert caught.value.sentence.endswith(".")


@pytest.mark.parametrize("code", sorted(standards()))
def test_standard_populations_are_dated_sourced_and_whole(code: str) -> None:
    found = standard_population(code)
    assert sum(found.weights) == 100_000
    assert len(found.ages) == len(found.weights)
    assert found.source
    assert found.applies_from
