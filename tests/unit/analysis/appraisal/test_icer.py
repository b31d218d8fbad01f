"""Dominance and incremental ratios: published examples to 1e-9, and what must hold for any strategies."""

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.analysis.appraisal import Standing, Status, Strategy, compare_strategies
from samspill.refusal import Refused

NUMBERS = st.integers(-1000, 1000)
SOME = st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=7)


def named(pairs: Sequence[tuple[float, float]]) -> list[Strategy]:
    return [Strategy(f"s{place}", cost, effect) for place, (cost, effect) in enumerate(pairs)]


def kept(standings: Sequence[Standing]) -> list[Standing]:
    return [standing for standing in standings if standing.status is Status.KEPT]


def test_hiv_screening_as_published() -> None:
    """Paltiel et al. 2006, Annals of Internal Medicine 145: costs, and quality-adjusted life-months.

    Status quo, once, every five, three and one years; the ratios 37 500, 58 285.71 and 100 800 dollars per
    quality-adjusted life-year, and yearly dominated, are also printed in the dampack package's vignette.
    """
    costs = (26000, 27000, 28020, 28440, 29440)
    months = (277.25, 277.57, 277.78, 277.83, 277.76)
    found = compare_strategies(named([(c, m / 12) for c, m in zip(costs, months, strict=True)]))
    ratios = [standing.icer for standing in found]
    assert ratios[0] is None and ratios[4] is None
    # 12 · ΔC/Δmonths by hand: 12000/0.32, 12240/0.21, 5040/0.05
    assert ratios[1:4] == pytest.approx([37500, 12240 / 0.21, 100800], rel=1e-9)
    assert found[4].status is Status.DOMINATED
    assert found[4].because == "Dominated: it costs more than s3 and gives less."


def test_bowel_cancer_screening_as_published() -> None:
    """Australia and New Zealand Health Policy 2005, 2:10, table 7: dollars, life-years gained, kept
    strategies.
    """
    costs = (0, 140_117_791, 248_112_291, 304_301_903, 370_181_240, 422_777_702)
    years = (0, 3551, 6023, 6720, 7076, 7299)
    found = compare_strategies(named(list(zip(costs, years, strict=True))))
    assert [standing.extra_cost for standing in found[2:4]] == [107_994_500, 56_189_612]
    published = [39_459, 43_687, 80_616, 185_054, 235_859]  # printed to the dollar
    assert [standing.icer for standing in found[1:]] == pytest.approx(published, abs=0.51)


def test_a_lecture_with_both_kinds_of_dominance() -> None:
    """Frick, Johns Hopkins, Decision rules (lecture 11, 2007): five options; solved here by hand.

    In order of cost: 2, 1 (20 000 a QALY), 4 (5 000 to 1, so 1 falls; 8 750 to 2), 5 dominated, 3 (7 500 to
    4, so 4 falls; 250 000/30 to 2).
    """
    options = {"1": (300, 25), "2": (200, 20), "3": (450, 50), "4": (375, 40), "5": (400, 15)}
    found = compare_strategies([Strategy(name, 1000 * cost, qaly) for name, (cost, qaly) in options.items()])
    fates = [Status.KEPT, Status.EXTENDED, Status.EXTENDED, Status.DOMINATED, Status.KEPT]
    assert [standing.strategy.name for standing in found] == ["2", "1", "4", "5", "3"]
    assert [standing.status for standing in found] == fates
    assert found[-1].icer == pytest.approx(250_000 / 30, rel=1e-12)


def test_extended_dominance_by_hand() -> None:
    """Made by hand: B's ratio 10 000/0.5 is above C's 10 000/1, so B falls; C to A is 20 000/1.5."""
    found = compare_strategies([Strategy("A", 0, 0), Strategy("B", 10000, 0.5), Strategy("C", 20000, 1.5)])
    assert [standing.status for standing in found] == [Status.KEPT, Status.EXTENDED, Status.KEPT]
    assert found[2].icer == pytest.approx(20000 / 1.5, rel=1e-12)
    assert found[2].than == "A"
    assert "mix of A and C" in found[1].because


def test_extended_dominance_is_looked_for_again_after_one_has_fallen() -> None:
    """Ratios 1, 2, 1.9, 1.3 along the way: C falls to D, and then B (ratio 2) falls too."""
    found = compare_strategies(named([(0, 0), (10, 10), (30, 20), (49, 30), (62, 40)]))
    assert [standing.strategy.name for standing in kept(found)] == ["s0", "s1", "s4"]
    assert kept(found)[-1].icer == pytest.approx(52 / 30)


def test_a_strategy_on_the_line_between_two_is_kept() -> None:
    assert len(kept(compare_strategies(named([(0, 0), (10, 1), (20, 2)])))) == 3


def test_ties_are_told() -> None:
    found = compare_strategies([Strategy("first", 5, 1), Strategy("second", 5, 1), Strategy("worse", 5, 0.5)])
    by_name = {standing.strategy.name: standing for standing in found}
    assert by_name["second"].status is Status.TIED
    assert "exactly the same as first" in by_name["second"].because
    assert by_name["worse"].because == "Dominated: it costs as much as first and gives less."


@given(SOME)
def test_kept_are_those_that_no_strategy_or_mix_beats(pairs: list[tuple[int, int]]) -> None:
    """Slow and obvious: kept if no single one, and no mix of two, gives as much for less."""
    strategies = named(pairs)
    names = {standing.strategy.name for standing in kept(compare_strategies(strategies))}
    for one in strategies:
        rivals = [other for other in strategies if (other.cost, other.effect) != (one.cost, one.effect)]
        beaten = any(other.cost <= one.cost and other.effect >= one.effect for other in rivals)
        for low, high in product(rivals, rivals):
            if low.effect < one.effect < high.effect:
                # cost of the mix, times (high - low) so that the numbers stay whole
                mix = low.cost * (high.effect - one.effect) + high.cost * (one.effect - low.effect)
                beaten |= mix < one.cost * (high.effect - low.effect)
        twin = any(
            other.name in names and (other.cost, other.effect) == (one.cost, one.effect)
            for other in strategies
        )
        assert twin is not beaten


@given(SOME)
def test_a_dominated_strategy_changes_nothing_for_the_kept(pairs: list[tuple[int, int]]) -> None:
    strategies = named(pairs)
    before = kept(compare_strategies(strategies))
    worst = Strategy("worst", before[-1].strategy.cost + 1, before[-1].strategy.effect - 1)
    assert kept(compare_strategies([worst, *strategies])) == before


@given(SOME, st.sampled_from([0.25, 2, 1024]))
def test_scaling_the_currency_scales_the_ratio(pairs: list[tuple[int, int]], scale: float) -> None:
    plain = kept(compare_strategies(named(pairs)))
    scaled = kept(compare_strategies(named([(scale * cost, effect) for cost, effect in pairs])))
    assert [one.strategy.name for one in plain] == [one.strategy.name for one in scaled]
    for one, other in zip(plain[1:], scaled[1:], strict=True):
        assert one.icer is not None
        assert other.icer == scale * one.icer


@given(SOME)
def test_the_ratio_never_falls(pairs: list[tuple[int, int]]) -> None:
    ratios = [one.icer for one in kept(compare_strategies(named(pairs))) if one.icer is not None]
    assert ratios == sorted(ratios)


@pytest.mark.parametrize(
    ("strategies", "code"),
    [
        ([], "no_strategies"),
        ([Strategy(" ", 1, 1)], "no_strategies"),
        ([Strategy("A", 1, 1), Strategy("A", 2, 2)], "strategy_twice"),
        ([Strategy("A", float("nan"), 1)], "not_a_number"),
        ([Strategy("A", 1, float("inf"))], "not_a_number"),
    ],
)
def test_what_cannot_be_compared_is_refused(strategies: list[Strategy], code: str) -> None:
    with pytest.raises(Refused) as refused:
        compare_strategies(strategies)
    assert refused.value.code == code
