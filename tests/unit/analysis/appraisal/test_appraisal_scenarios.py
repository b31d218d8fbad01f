"""Scenarios on common random numbers, and what contributes how much."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.analysis.appraisal import (
    Baseline,
    Formula,
    Formulas,
    Parameter,
    Scenario,
    attribute,
    compare,
    cost,
    fingerprint,
    main_groups,
    normal,
    ratio,
    share,
    split,
    with_hazard_ratio,
)
from samspill.refusal import Refused

DRAWS = 400
BASE = Baseline(
    "Østfold",
    (
        Parameter("stays", cost(5000, 300), "stays per year"),
        Parameter("days", cost(4.2, 0.3), "days per stay"),
        Parameter("effect", ratio(1, 0), "rate ratio"),
        Parameter("price", cost(12_000, 2_000), "kr per day", data="prices-1"),
        Parameter("place", split({"ward": 0.8, "home": 0.2}, 500)),
    ),
    data_version="pack-1",
    seed=7,
    horizon=(2026, 2035),
)


def beds(values: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    days = values["stays"] * values["effect"] * values["days"] * values["place_ward"]
    return {"days": days, "cost": days * values["price"]}


TODAY = Scenario("today")
TEAM = Scenario("team", {"effect": ratio(0.9, 0.04), "days": cost(4.0, 0.3)})


def test_identical_scenarios_differ_by_exactly_nothing_in_every_draw() -> None:
    copy = Scenario("copy", {"days": cost(4.2, 0.3), "stays": BASE.parameters[0].distribution})
    found = compare(BASE, [TODAY, copy], beds, draws=DRAWS)
    assert not found.difference("cost").any()


def test_an_effect_of_no_size_gives_the_identical_number() -> None:
    """Trap: two models behind one switch gave a jump at an effect of zero."""
    none = Scenario("no effect", {"effect": 1})
    also = Scenario("no effect, no spread", {"effect": ratio(1, 0)})
    found = compare(BASE, [TODAY, none, also], beds, draws=DRAWS)
    assert not found.difference("cost").any()
    risk = share(0.2, 0.01).quantile(np.linspace(0.01, 0.99, 99))
    assert np.array_equal(with_hazard_ratio(risk, 1.0), risk)


def test_what_is_not_changed_is_the_same_in_every_draw() -> None:
    """The difference is of the change alone: far narrower than the outcomes themselves."""
    found = compare(BASE, [TODAY, Scenario("less", {"effect": 0.9})], beds, draws=DRAWS)
    today, less = found.values["cost"].T
    assert less / today == pytest.approx(np.full(DRAWS, 0.9), rel=1e-12)
    low, middle, high = found.difference_band("cost")[1]
    assert low < middle < high < 0
    assert high - low < 0.2 * np.diff(found.band("cost")[0][[0, 2]])[0]


def test_percentiles_of_a_difference_are_not_differences_of_percentiles() -> None:
    found = compare(BASE, [TODAY, TEAM], beds, draws=DRAWS)
    within = np.percentile(found.difference("days")[:, 1], (10, 90))
    assert found.difference_band("days")[1][[0, 2]] == pytest.approx(within)
    assert not np.allclose(within, (found.band("days")[1] - found.band("days")[0])[[0, 2]], rtol=0.05)


def test_the_others_in_the_comparison_do_not_matter() -> None:
    alone = compare(BASE, [TEAM], beds, draws=DRAWS).values["cost"][:, 0]
    among = compare(BASE, [TODAY, Scenario("x", {"price": 1.0}), TEAM], beds, draws=DRAWS)
    assert np.array_equal(among.values["cost"][:, 2], alone)
    back = replace(BASE, parameters=BASE.parameters[::-1])
    assert np.array_equal(compare(back, [TEAM], beds, draws=DRAWS).values["cost"][:, 0], alone)


def test_the_fingerprint_tells_figures_apart() -> None:
    ours = fingerprint(BASE, [TODAY, TEAM], DRAWS)
    assert ours == fingerprint(replace(BASE, parameters=BASE.parameters[::-1]), [TODAY, TEAM], DRAWS)
    assert ours == fingerprint(BASE, [TODAY, replace(TEAM, says="in other words")], DRAWS)
    others = [
        fingerprint(replace(BASE, seed=8), [TODAY, TEAM], DRAWS),
        fingerprint(replace(BASE, data_version="pack-2"), [TODAY, TEAM], DRAWS),
        fingerprint(BASE, [TODAY, TEAM], DRAWS + 1),
        fingerprint(BASE, [TODAY, Scenario("team", {"effect": ratio(0.9, 0.05)})], DRAWS),
    ]
    assert len({ours, *others}) == 5


def test_another_formula_has_another_fingerprint() -> None:
    found = [
        compare(BASE, [TODAY], Formulas({"beds": Formula(text)}), draws=2)
        for text in ("stays * days", "stays * days / 365")
    ]
    assert found[0].fingerprint != found[1].fingerprint


@given(st.integers(0, 1000))
def test_contributions_sum_to_the_total_in_every_draw(seed: int) -> None:
    found = attribute(replace(BASE, seed=seed), TEAM, beds, "cost", draws=20)
    assert found.steps.sum(axis=1) == pytest.approx(found.total, rel=1e-9)
    assert found.shapley.sum(axis=1) == pytest.approx(found.total, rel=1e-9)


def test_shapley_by_hand() -> None:
    """x·y from 1·1 to 3·5: first x gives 2 and then y 12; first y 4 and then x 10; the means are 6 and 8."""
    base = Baseline("two", (Parameter("x", normal(1, 0)), Parameter("y", normal(1, 0))), "", 1, (1, 1))
    change = Scenario("both", {"x": 3, "y": 5})
    found = attribute(base, change, lambda v: {"area": v["x"] * v["y"]}, "area", draws=1)
    assert found.steps.tolist() == [[2, 12]]
    assert found.shapley.tolist() == [[6, 8]]
    assert found.order_matters
    assert found.shown is found.shapley


def test_the_order_of_changes_that_only_add_does_not_matter() -> None:
    base = Baseline("two", (Parameter("x", normal(1, 0)), Parameter("y", normal(1, 0))), "", 1, (1, 1))
    change = Scenario("both", {"x": 3, "y": 5})
    found = attribute(base, change, lambda v: {"sum": v["x"] + v["y"]}, "sum", draws=1)
    assert not found.order_matters
    assert found.shown.tolist() == [[2, 4]]


def test_of_many_changes_the_largest_stand_alone_and_the_others_together() -> None:
    base = Baseline("ten", tuple(Parameter(f"p{n}", normal(0, 0)) for n in range(10)), "", 1, (1, 1))
    change = Scenario("all", {f"p{n}": float(n) for n in range(10)})
    groups = main_groups(base, change, lambda values: {"sum": sum(values.values())}, "sum", draws=2)
    assert list(groups) == [*(f"p{n}" for n in range(3, 10)), "others"]
    assert groups["others"] == ("p0", "p1", "p2")


def test_changes_can_be_gathered_in_groups() -> None:
    found = attribute(BASE, TEAM, beds, "days", draws=5, groups={"all": ["days", "effect"]})
    assert found.shown[:, 0] == pytest.approx(found.total)


@pytest.mark.parametrize(
    ("do", "code"),
    [
        (lambda: compare(BASE, [], beds, draws=1), "scenarios"),
        (lambda: compare(BASE, [Scenario(str(n)) for n in range(6)], beds, draws=1), "scenarios"),
        (lambda: compare(BASE, [TODAY, TODAY], beds, draws=1), "scenarios"),
        (lambda: compare(BASE, [TODAY], beds, draws=1, withdrawn={"pack-1"}), "withdrawn_data"),
        (lambda: compare(BASE, [TODAY], beds, draws=1, withdrawn={"prices-1"}), "withdrawn_data"),
        (lambda: compare(BASE, [Scenario("a", {"wage": 1})], beds, draws=1), "unknown_parameter"),
        (lambda: compare(BASE, [Scenario("a", {"place": 1})], beds, draws=1), "split"),
        (lambda: compare(BASE, [TODAY], lambda v: {"a": v["days"] / 0}, draws=1), "not_a_number"),
        (lambda: compare(BASE, [TODAY], beds, draws=1).band("joy"), "unknown_outcome"),
        (lambda: compare(BASE, [TODAY], beds, draws=1).difference("cost", "x"), "unknown_scenario"),
        (lambda: attribute(BASE, TODAY, beds, "cost", draws=1), "groups"),
        (lambda: attribute(BASE, TEAM, beds, "cost", draws=1, groups={"a": ["days"]}), "groups"),
        (lambda: attribute(BASE, TEAM, beds, "joy", draws=1), "unknown_outcome"),
        (lambda: replace(BASE, horizon=(2030, 2026)), "horizon"),
    ],
)
@pytest.mark.filterwarnings("ignore:divide by zero")
def test_comparisons_that_cannot_be_are_refused(do: object, code: str) -> None:
    assert callable(do)
    with pytest.raises(Refused) as refused:
        do()
    assert refused.value.code == code


def test_formulas_compute_what_is_written() -> None:
    steps = Formulas({"a": Formula("2 * x ** 2 - -y / 4"), "b": Formula("max(a, 10, x) + exp(log(sqrt(4)))")})
    steps.check(["x", "y"])
    found = steps({"x": np.array([1.0, 3.0]), "y": np.array([8.0, 4.0])})
    assert found["a"].tolist() == [4, 19]
    assert found["b"] == pytest.approx([12, 21])


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "x.real",
        "x[0]",
        "[x]",
        "x if x else 1",
        "lambda: 1",
        "'a'",
        "True",
        "x and y",
        "open(x)",
        "exp(x, y)",
        "max()",
        "1 +",
        "x // 2",
        "exp(x=1)",
        "(" * 100 + "x" + ")" * 100 + "+" * 3000,
        "-" * 80 + "x",
        "9" * 5000,
        "",
    ],
)
def test_a_formula_is_arithmetic_alone(text: str) -> None:
    with pytest.raises(Refused) as refused:
        Formula(text)
    assert refused.value.code == "formula"


def test_formulas_know_their_names_and_say_when_there_is_no_number() -> None:
    with pytest.raises(Refused, match="uses z"):
        Formulas({"a": Formula("x + z")}).check(["x"])
    with pytest.raises(Refused, match="both a parameter"):
        Formulas({"x": Formula("1")}).check(["x"])
    with pytest.raises(Refused, match="division by 0"):
        Formulas({"a": Formula("1 / x")})({"x": np.zeros(2)})
