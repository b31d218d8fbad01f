"""Alarms about the last point: seldom by chance, and counted."""

import numpy as np
import pytest

from samspill.analysis.effects import Rule, alarm_of, by_chance, false_alarms

QUIET = [10.0, 11, 10, 9, 10, 11, 9, 10, 11, 10]


@pytest.mark.parametrize(
    ("values", "better", "rule", "kind"),
    [
        ([*QUIET, 22], "decrease", Rule.OUTSIDE, "concern"),
        ([*QUIET, 22], "increase", Rule.OUTSIDE, "improvement"),
        ([*QUIET, 0], "neutral", Rule.OUTSIDE, "low"),
        (
            [10, 8, 12, 9, 8, 10, 8, 9, 12.5, 12, 13, 12.1, 12.2, 12.4, 12.6],
            "decrease",
            Rule.SHIFT,
            "concern",
        ),
    ],
)
def test_what_seldom_happens_by_chance_is_told(
    values: list[float], better: str, rule: Rule, kind: str
) -> None:
    found = alarm_of(values, better)
    assert found is not None
    assert (found.rule, found.kind) == (rule, kind)


@pytest.mark.parametrize(
    "values",
    [
        [*QUIET, 11],
        [*QUIET, float("nan")],
        [10, 10.5, 30],
        [],
        [10, 8, 12, 9, 8, 10, 8, 9, 12.5, 12, 13, 12.1, 12.2, 12.4, 12.6, 12.3],  # the eighth is old news
    ],
)
def test_what_is_quiet_missing_short_or_told_before_is_not(values: list[float]) -> None:
    assert alarm_of(values) is None


def test_hidden_points_before_are_left_out() -> None:
    assert alarm_of([*QUIET[:4], float("nan"), *QUIET[4:], 22]) == alarm_of([*QUIET, 22])


@pytest.mark.parametrize("points", [8, 10, 12, 24, 48])
def test_a_chart_in_which_nothing_happens_seldom_alarms(points: int) -> None:
    chance = np.random.default_rng(9)
    rows = chance.normal(50, 5, size=(20_000, points))
    alarms = np.mean([alarm_of(row) is not None for row in rows[:4000]])
    assert alarms < 0.011
    assert false_alarms(points) == pytest.approx(alarms, abs=4 * np.sqrt(0.01 / 4000))


def test_eighty_indicators_in_nineteen_communities_alarm_some_few_times_by_chance() -> None:
    assert 2 < by_chance([10] * 80 * 19) < 7


def test_the_usual_limits_would_have_alarmed_ten_times_as_often() -> None:
    chance = np.random.default_rng(9)
    rows = chance.normal(size=(20_000, 10))
    before = rows[:, :-1]
    usual = 2.66 * np.abs(np.diff(before, axis=1)).mean(axis=1)
    assert np.mean(np.abs(rows[:, -1] - before.mean(axis=1)) > usual) > 0.02
