"""One at a time, two at a time, and where the ranking flips: closed forms and hand calculation."""

from collections.abc import Mapping

import numpy as np
import pytest
from scipy.stats import norm

from samspill.analysis.appraisal import (
    Baseline,
    Contest,
    Parameter,
    Scenario,
    flips,
    normal,
    share,
    split,
    thresholds,
    tornado,
    two_way,
)
from samspill.refusal import Refused

BASE = Baseline(
    "team",
    (
        Parameter("stays", normal(100, 10)),
        Parameter("saved", normal(0.2, 0.05)),
        Parameter("price", normal(1000, 50)),
        Parameter("wages", normal(0, 0)),
        Parameter("place", split({"ward": 0.5, "home": 0.3, "none": 0.2}, 100)),
    ),
    "pack-1",
    1,
    (2026, 2026),
)
TODAY = Scenario("today", {"saved": 0})
TEAM = Scenario("team", {"wages": normal(15_000, 1_100)})


def costs(values: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    cost = values["stays"] * (1 - values["saved"]) * values["price"] + values["wages"]
    return {"cost": cost, "ward": values["place_ward"], "home": values["place_home"]}


CONTEST = Contest(BASE, (TODAY, TEAM), costs, "cost", lowest=True)
Z = norm.ppf(0.9)


def test_bars_are_sorted_by_width_and_have_the_ends_of_the_closed_form() -> None:
    """Team minus today is wages - stays · saved · price: 15 000 - 20 000 at the means."""
    found = tornado(CONTEST.assumptions(), CONTEST.gap("team", "today"))
    assert found.base == pytest.approx(-5000)
    assert [bar.name for bar in found.bars][:4] == ["saved", "stays", "wages [team]", "price"]
    widest = found.bars[0]
    assert (widest.low, widest.high) == pytest.approx((0.2 - Z * 0.05, 0.2 + Z * 0.05))
    assert (widest.outcome_low, widest.outcome_high) == pytest.approx(
        (15_000 - 1e5 * widest.low, 15_000 - 1e5 * widest.high)
    )
    assert all(bar.width == pytest.approx(0, abs=1e-9) for bar in found.bars[4:])  # places cost nothing


def test_what_is_known_for_sure_has_no_bar() -> None:
    names = [bar.name for bar in tornado(CONTEST.assumptions(), CONTEST.gap("team", "today")).bars]
    assert "saved [today]" not in names
    assert "wages" not in names


def test_a_part_of_a_split_moves_the_others_in_proportion() -> None:
    home = Contest(BASE, (TODAY,), costs, "home")
    found = tornado(home.assumptions(), lambda values: home(values)[:, 0])
    bars = {bar.name: bar for bar in found.bars}
    ward = bars["place_ward"]
    assert ward.outcome_low == pytest.approx((1 - ward.low) * 0.3 / 0.5)
    assert bars["place_home"].outcome_high == pytest.approx(bars["place_home"].high)


def test_two_at_a_time() -> None:
    found = two_way(CONTEST.assumptions(), CONTEST.gap("team", "today"), "saved", "price", steps=5)
    expected = 15_000 - 100 * found.first_values[:, None] * found.second_values[None, :]
    assert found.outcome == pytest.approx(expected)


def test_the_assumption_that_would_flip_the_ranking() -> None:
    """Today leads when saved < 0.15: one standard deviation below its mean, so with probability 0.1587."""
    found = flips(CONTEST)
    first = found[0]
    assert (first.name, first.before, first.after) == ("saved", "today", "team")
    assert first.value == pytest.approx(0.15, rel=1e-9)
    assert first.likely == pytest.approx(norm.cdf(-1), abs=1e-9)
    others = {one.name: one for one in found}
    assert others["stays"].value == pytest.approx(75, rel=1e-9)
    assert others["stays"].likely == pytest.approx(norm.cdf(-2.5), abs=1e-6)
    assert set(others) == {"saved", "stays"}  # wages would have to rise by more than four standard deviations


def test_how_bad_it_would_have_to_be() -> None:
    (found,) = thresholds(CONTEST, "wages [team]", 0, 100_000)
    assert (found.value, found.before, found.after) == (pytest.approx(20_000, rel=1e-9), "team", "today")
    assert found.likely is None
    assert thresholds(CONTEST, "wages [team]", 0, 19_999) == ()


def test_every_change_of_the_lead_is_found() -> None:
    """Three straight lines: low, middle and high take the lead in turn at 1 and 3, within one step too."""
    lines = [
        Scenario("low", {"a": 0, "b": 0}),
        Scenario("middle", {"a": 1, "b": -1}),
        Scenario("high", {"a": 2, "b": -4}),
    ]
    base = Baseline("x", tuple(Parameter(name, normal(0, 0)) for name in "abx"), "", 1, (1, 1))
    contest = Contest(base, tuple(lines), lambda v: {"y": v["a"] * v["x"] + v["b"]}, "y")
    for span in ((0, 4), (0, 600)):
        found = thresholds(contest, "x", *span)
        assert [one.value for one in found] == pytest.approx([1, 3], rel=1e-9)
        assert [one.after for one in found] == ["middle", "high"]


@pytest.mark.parametrize(
    ("do", "code"),
    [
        (lambda: tornado({}, lambda v: np.zeros(1), bounds=(90, 10)), "bounds"),
        (
            lambda: two_way(CONTEST.assumptions(), CONTEST.gap("team", "today"), "saved", "x"),
            "unknown_parameter",
        ),
        (lambda: two_way(CONTEST.assumptions(), CONTEST.gap("team", "today"), "saved", "saved"), "grid"),
        (lambda: thresholds(CONTEST, "x", 0, 1), "unknown_parameter"),
        (lambda: thresholds(CONTEST, "saved", 1, 0), "bounds"),
        (lambda: CONTEST.gap("team", "nobody"), "unknown_scenario"),
        (lambda: Contest(BASE, (TODAY,), costs, "joy")({}), "unknown_outcome"),
    ],
)
def test_questions_that_cannot_be_answered_are_refused(do: object, code: str) -> None:
    assert callable(do)
    with pytest.raises(Refused) as refused:
        do()
    assert refused.value.code == code


def test_a_share_near_its_end_keeps_within_it() -> None:
    found = tornado({"p": share(0.98, 0.015)}, lambda values: values.get("p", np.array([0.98])))
    assert found.bars[0].high <= 1
