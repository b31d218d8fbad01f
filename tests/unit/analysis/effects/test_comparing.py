"""Against others: the ratio of a Poisson regression, errors as published, 5 per cent false alarms."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest

from samspill.analysis.appraisal import fit_counts
from samspill.analysis.effects import Area, Way, assess, compare
from samspill.analysis.effects.comparing import _cluster_ratio, _permuted, regress
from unit.analysis.effects.worlds import series, world

COUNTS = np.array(
    [
        [120, 118, 125, 90],
        [60, 66, 58, 49],
        [200, 190, 210, 150],
        [80, 85, 79, 83],
        [150, 149, 160, 152],
        [300, 310, 295, 305],
        [90, 88, 95, 91],
    ],
    dtype=float,
)
PEOPLE = np.array(
    [
        [700, 710, 705, 715],
        [330, 335, 331, 338],
        [1200, 1210, 1190, 1205],
        [500, 505, 500, 510],
        [900, 905, 900, 910],
        [1700, 1710, 1700, 1705],
        [600, 600, 610, 605],
    ],
    dtype=float,
)
REACHED = 3


def areas(counts: np.ndarray = COUNTS, people: np.ndarray = PEOPLE) -> list[Area]:
    rows = zip(counts, people, strict=True)
    return [Area(str(number), count / whom * 100, count, whom) for number, (count, whom) in enumerate(rows)]


def test_gathered_over_many_areas_it_is_the_ratio_of_a_poisson_regression() -> None:
    """statsmodels 0.15.0, Poisson GLM with offset: the coefficient of reached × after."""
    halves = np.stack([COUNTS[:, :3].sum(axis=1), COUNTS[:, 3]], axis=1)
    people = np.stack([PEOPLE[:, :3].sum(axis=1), PEOPLE[:, 3]], axis=1)
    on, off = (_cluster_ratio(halves[part], people[part])[0] for part in (slice(0, 3), slice(3, 7)))
    assert on - off == pytest.approx(-0.290192888, abs=1e-9)
    is_on, after = np.repeat(np.arange(7) < REACHED, 4), np.tile([False, False, False, True], 7)
    design = np.column_stack([np.ones(28), is_on, after, is_on & after]).astype(float)
    names = ("level", "reached", "after", "effect")
    fit = fit_counts(COUNTS.ravel(), design, PEOPLE.ravel(), names=names, dispersion=0)
    assert on - off == pytest.approx(fit.coefficients[3], abs=1e-9)


def test_errors_between_areas_are_the_published_ones() -> None:
    """BCG vaccine, 13 trials (Colditz et al. 1994): τ² 0.3088, −0.7141; Hartung and Knapp's error 0.1807
    (statsmodels 0.15.0, combine_effects; metafor has the same).
    """
    ill = np.array([4, 6, 3, 62, 33, 180, 8, 505, 29, 17, 186, 5, 27])
    well = np.array([119, 300, 228, 13536, 5036, 1361, 2537, 87886, 7470, 1699, 50448, 2493, 16886])
    ill_without = np.array([11, 29, 11, 248, 47, 372, 10, 499, 45, 65, 141, 3, 29])
    well_without = np.array([128, 274, 209, 12619, 5761, 1079, 619, 87892, 7232, 1600, 27197, 2338, 17825])
    given, without = ill + well, ill_without + well_without
    logs = np.log(ill / given / (ill_without / without))
    chance = 1 / ill - 1 / given + 1 / ill_without - 1 / without
    found, errors, weights = regress(logs, chance, np.ones((13, 1)))
    assert found[0] == pytest.approx(-0.71411722, abs=1e-8)
    assert errors[0] == pytest.approx(0.18069663, abs=1e-8)
    assert 1 / weights - chance == pytest.approx(np.full(13, 0.30876026), abs=1e-8)


def test_errors_of_many_areas_leave_each_out_in_turn() -> None:
    def ratio(rows: Sequence[int]) -> float:
        events, people = COUNTS[rows][:, [0, 3]].sum(axis=0), PEOPLE[rows][:, [0, 3]].sum(axis=0)
        return float(np.log(events[1] / people[1]) - np.log(events[0] / people[0]))

    every = list(range(7))
    slow = sum((ratio([one for one in every if one != out]) - ratio(every)) ** 2 for out in every) * 6 / 7
    assert _cluster_ratio(COUNTS[:, [0, 3]], PEOPLE[:, [0, 3]])[1] == pytest.approx(slow)


def test_permuting_is_that_of_a_slow_loop() -> None:
    chance = np.random.default_rng(3)
    logs, weights = chance.normal(size=8), chance.uniform(1, 5, 8)
    treated = np.arange(8) < 3

    def apart(chosen: Sequence[int]) -> float:
        inside = np.isin(np.arange(8), chosen)
        gap = np.average(logs[inside], weights=weights[inside]) - np.average(
            logs[~inside], weights=weights[~inside]
        )
        return float(abs(gap) / np.sqrt(1 / weights[inside].sum() + 1 / weights[~inside].sum()))

    every = [apart(chosen) for chosen in combinations(range(8), 3)]
    share = np.mean([one >= apart((0, 1, 2)) - 1e-12 for one in every])
    assert _permuted(logs, weights, treated) == pytest.approx((share, 1 / 56))


def test_one_among_twelve_can_never_be_told_by_permuting_alone() -> None:
    found = assess(world(np.random.default_rng(1), reached=1, others=12)).compared
    assert found is not None and found.fewest == pytest.approx(1 / 13)


def test_an_area_with_a_hidden_figure_or_few_events_is_left_out_and_told() -> None:
    counts, people = COUNTS.copy(), PEOPLE.copy()
    counts[4, 1] = np.nan
    counts[5] = 1
    found = compare(areas(counts, people)[:3], areas(counts, people)[3:], slice(0, 3), slice(3, 4))
    assert found is None  # two others are too few
    counts[5] = COUNTS[5]
    found = compare(areas(counts, people)[:3], areas(counts, people)[3:], slice(0, 3), slice(3, 4))
    assert found is not None
    assert (found.areas, found.left_out, found.way) == ((3, 3), ("4",), Way.AREAS)


def test_the_order_of_areas_and_the_unit_change_nothing() -> None:
    every = areas()
    one = compare(every[:3], every[3:], slice(0, 3), slice(3, 4))
    per_mille = [Area(area.code, area.values * 10, area.counts, area.populations) for area in every]
    other = compare(per_mille[2::-1], per_mille[:2:-1], slice(0, 3), slice(3, 4))
    assert one is not None and other is not None
    assert (one.ratio.estimate, one.ratio.error) == pytest.approx((other.ratio.estimate, other.ratio.error))


def test_means_without_counts_weigh_the_same() -> None:
    others = [series([value, value * 1.02], code=str(value)) for value in (70.0, 71.0, 74.0, 69.0)]
    found = compare([series([72, 66])], others, slice(0, 1), slice(1, 2))
    assert found is not None
    assert found.ratio.estimate == pytest.approx(66 / 72 / 1.02)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("reached", "others", "rounds"),
    [
        (4, 9, 400),
        *(
            pytest.param(*one, marks=pytest.mark.slow)
            for one in ((1, 18, 400), (13, 100, 200), (30, 60, 300))
        ),
    ],
)
def test_without_an_effect_it_says_so_nineteen_times_of_twenty(
    reached: int, others: int, rounds: int
) -> None:
    """Binomial chance around 5 per cent in so many rounds, three errors wide."""
    chance = np.random.default_rng(11)
    made = (world(chance, reached=reached, others=others) for _round in range(rounds))
    found = [assess(one) for one in made]
    wide = 3 * np.sqrt(0.05 * 0.95 / rounds)
    assert np.mean([one.compared.ratio.p < 0.05 for one in found]) == pytest.approx(0.05, abs=wide)
    assert np.mean([one.pre_trend_p < 0.05 for one in found]) == pytest.approx(0.05, abs=wide)


@pytest.mark.slow
def test_the_smallest_effect_it_tells_of_is_seen_about_eight_times_of_ten() -> None:
    chance = np.random.default_rng(12)
    nothing = [assess(world(chance, reached=1, others=18, events=1500)) for _round in range(200)]
    effect = float(np.median([one.smallest.down for one in nothing]))
    some = [assess(world(chance, reached=1, others=18, events=1500, effect=effect)) for _round in range(400)]
    seen = np.mean([one.compared.ratio.is_told_apart for one in some])
    assert seen == pytest.approx(0.8, abs=0.08)
