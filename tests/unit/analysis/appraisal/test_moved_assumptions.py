"""An assumption is moved: its mean is what one says, its uncertainty follows, and nothing else changes."""

import numpy as np
import pytest

from samspill.analysis.appraisal import example, movable, moved, run
from samspill.analysis.appraisal.attribution import attribute
from samspill.analysis.appraisal.scenario import Scenario, partly
from samspill.refusal import Refused

MIDWIFERY = example("midwifery")


def test_nothing_moved_is_the_model_itself() -> None:
    assert moved(MIDWIFERY, {}) is MIDWIFERY
    means = {key: one.mean for key, one in movable(MIDWIFERY).items()}
    assert moved(MIDWIFERY, means) == MIDWIFERY


@pytest.mark.parametrize("key", list(movable(MIDWIFERY)))
def test_every_assumption_gets_the_mean_one_says(key: str) -> None:
    before = movable(MIDWIFERY)[key].mean
    wanted = before * 0.9 if before else 1.0
    after = movable(moved(MIDWIFERY, {key: wanted}))
    assert after[key].mean == pytest.approx(wanted, rel=1e-9)
    assert {name for name, one in after.items() if one != movable(MIDWIFERY)[name]} == {key}


def test_the_draws_of_a_moved_cost_are_scaled_and_those_of_others_are_the_same() -> None:
    higher = moved(MIDWIFERY, {"day_cost": 2 * movable(MIDWIFERY)["day_cost"].mean})
    before, after = MIDWIFERY.compare(draws=50), higher.compare(draws=50)
    np.testing.assert_array_equal(before.values["hospital_hours"], after.values["hospital_hours"])
    beds = before.values["postnatal_bed_days"]
    extra = after.values["hospital_cost"] - before.values["hospital_cost"]
    drawn = extra / beds
    assert np.allclose(drawn, drawn[:, :1])


@pytest.mark.parametrize(
    ("means", "code"),
    [
        ({"nothing": 1.0}, "unknown_parameter"),
        ({"day_cost": 0.0}, "moved_too_far"),
        ({"caesarean_share": 1.0}, "moved_too_far"),
        ({"caesarean_ratio [known_midwife_team]": -1.0}, "moved_too_far"),
        ({"births": float("nan")}, "not_a_number"),
    ],
)
def test_what_an_assumption_cannot_be_is_refused(means: dict[str, float], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        moved(MIDWIFERY, means)
    assert refusal.value.code == code


def test_some_of_a_scenarios_changes_give_what_a_run_with_those_alone_gives() -> None:
    scenario = MIDWIFERY.scenarios[-1]
    some = tuple(scenario.overrides)[:3]
    outcomes = partly(MIDWIFERY.baseline, scenario, MIDWIFERY.formulas, draws=40)(some)
    alone = Scenario(scenario.name, {name: scenario.overrides[name] for name in some})
    expected = run(MIDWIFERY.baseline, alone, MIDWIFERY.formulas, draws=40)
    for name, values in expected.items():
        np.testing.assert_array_equal(outcomes[name], values)


def test_what_a_moved_scenario_differs_by_is_still_attributed_to_the_last_krone() -> None:
    model = moved(MIDWIFERY, {"day_cost": 9000.0})
    found = attribute(
        model.baseline,
        model.scenarios[2],
        model.formulas,
        "cost",
        draws=30,
        groups={"all": tuple(model.scenarios[2].overrides)},
    )
    np.testing.assert_allclose(found.steps.sum(axis=1), found.total)
