"""What is said in the end, and above all when nothing can be said."""

from dataclasses import replace

import numpy as np
import pytest

from samspill.analysis.effects import Asked, Basis, Expected, Verdict, assess
from unit.analysis.effects.worlds import series, world

BIG = {"reached": 1, "others": 18, "events": 4000, "spread": 0.015}


def told(seed: int = 21, **made: object) -> Verdict:
    return assess(world(np.random.default_rng(seed), **{**BIG, **made})).verdict  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("made", "verdict"),
    [
        ({"effect": 0.87}, Verdict.MOVED_AS_EXPECTED),
        ({"effect": 0.70}, Verdict.MOVED_AS_EXPECTED),
        ({"effect": 0.96, "expected": 0.6, "spread": 0.003, "events": 40_000}, Verdict.MOVED_LESS),
        ({"effect": 1.2}, Verdict.MOVED_WRONG_WAY),
        ({"effect": 1.0, "expected": 0.7}, Verdict.NO_SIGN),
        ({"everywhere": 0.8}, Verdict.MOVED_ALSO_ELSEWHERE),
        ({"apart": 0.96}, Verdict.PRE_TREND),
        ({"events": 60, "spread": 0.1, "effect": 0.95}, Verdict.TOO_SMALL_TO_TELL),
        ({"after": 0}, Verdict.TOO_EARLY),
        ({"effect": 0.87, "expected": None}, Verdict.MOVED_AS_EXPECTED),
    ],
)
def test_each_verdict_in_its_world(made: dict[str, object], verdict: Verdict) -> None:
    assert told(**made) is verdict


def test_before_its_day_what_cannot_be_told_is_too_early() -> None:
    asked = world(np.random.default_rng(21), **{**BIG, "events": 60, "spread": 0.1})
    late = replace(asked, expected=Expected(asked.periods[-1] + 3, ratio=0.87))
    found = assess(late)
    assert (found.verdict, found.is_due) == (Verdict.TOO_EARLY, False)


def test_a_yearly_series_with_two_points_after_tells_almost_nothing() -> None:
    """Ten years of one area without others to compare with, and a true fall of a tenth."""
    chance = np.random.default_rng(8)
    seen = []
    for _round in range(200):
        made = world(chance, reached=1, others=1, before=8, after=2, effect=0.9, expected=0.9)
        seen.append(assess(replace(made, others=())).verdict)
    cannot = {Verdict.TOO_SMALL_TO_TELL, Verdict.TOO_EARLY, Verdict.TOO_FEW_PERIODS}
    assert np.mean([one in cannot for one in seen]) > 0.85


def test_without_others_and_with_few_years_it_says_so() -> None:
    few = Asked(
        tuple(range(2018, 2024)), [series([17, 18, 17, 16, 14, 14])], 3, 4, better="decrease",
        expected=Expected(2023, ratio=0.9),
    )  # fmt: skip
    found = assess(few)
    assert (found.verdict, found.basis, found.smallest) == (Verdict.TOO_FEW_PERIODS, Basis.NOTHING, None)


def test_when_counting_changed_at_the_start_only_others_can_tell() -> None:
    asked = world(np.random.default_rng(21), **{**BIG, "effect": 0.87})
    broken = replace(asked, breaks=(asked.periods[asked.after],))
    assert assess(broken).verdict is Verdict.MOVED_AS_EXPECTED
    assert assess(replace(broken, others=())).verdict is Verdict.TOO_FEW_PERIODS


def test_the_expectation_is_a_line_from_the_level_before() -> None:
    asked = Asked(
        tuple(range(2016, 2024)), [series([20, 20, 20, 20, 20, 18, 17, 17])], 4, 5, better="decrease",
        expected=Expected(2023, value=16.0),
    )  # fmt: skip
    found = assess(asked)
    assert found.expected[3:] == pytest.approx([20, 19, 18, 17, 16])
    assert found.expected_ratio == pytest.approx(17 / 20)


def test_turned_upside_down_the_verdict_is_the_same() -> None:
    """What is wanted up and goes up is told like what is wanted down and goes down."""
    down = told(effect=0.8, expected=0.8)
    asked = world(np.random.default_rng(21), **{**BIG, "effect": 1 / 0.8, "expected": 1 / 0.8})
    assert assess(replace(asked, better="increase")).verdict is down
