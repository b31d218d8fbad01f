"""Model files: the two worked examples run and say what they assume; what cannot be run is told."""

from pathlib import Path

import numpy as np
import pytest

from samspill.analysis.appraisal import (
    EXAMPLES,
    Payer,
    acceptability,
    example,
    flips,
    model_from,
    read_model,
    tornado,
)
from samspill.analysis.figures import embedded, names
from samspill.refusal import Refused

SMALL = """
name: small
data_version: pack-1
seed: 1
horizon: [2026, 2026]
parameters:
  stays: {cost: {mean: 100, se: 10}, unit: stays, source: counted}
  price: {fixed: 10, unit: kr, source: list}
outcomes:
  spent: {formula: stays * price, unit: kr}
scenarios:
  today: {}
  less: {change: {stays: 90}}
judge: {outcome: spent, best: lowest}
"""
BUDGET = """
budget: {{years: [2026], uptake: 1, eligible: stays, old: {}, per_person: {{{}: spent}}}}
judge:"""


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_runs_through_everything(name: str) -> None:
    model = example(name)
    found = model.compare(draws=300)
    assert found.scenarios[0] == "today"
    assert all(np.isfinite(values).all() for values in found.values.values())
    ours = acceptability(model.outcomes(draws=300), [0, 1e5])
    assert ours.probability.sum(axis=1) == pytest.approx([1, 1])
    contest = model.contest()
    assert tornado(contest.assumptions(), contest.gap(found.scenarios[1], "today")).bars
    flips(contest)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_budget_sums_over_payers_and_nothing_changes_when_nothing_is_changed(name: str) -> None:
    model = example(name)
    assert not model.impact("today", draws=50).amounts.any()
    for scenario in model.scenarios[1:]:
        ours = model.impact(scenario.name, draws=50)
        assert ours.total().tolist() == [int(sum(draw.ravel().tolist())) for draw in ours.amounts]


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_assumption_of_an_example_has_a_source_and_a_name_in_both_written_forms(name: str) -> None:
    model = example(name)
    assert model.example
    assert all(one.source and one.unit for one in model.baseline.parameters)
    assert all(set(labels) == {"nb", "nn"} for labels in model.labels.values())
    assert all(set(model.units[key]) == {"nb", "nn"} for key in model.formulas.steps)
    assert all(model.reasons[one.name]["nn"] for one in model.scenarios[1:])
    assert model.name["nn"] and model.says["nn"]


def test_figures_of_the_examples_are_those_of_the_embedded_population() -> None:
    history, _, _ = embedded()
    last = history.persons[history.years.index(2026)]
    called = {names()[code]: row for row, code in enumerate(history.areas)}
    towns = [called["Sarpsborg"], called["Fredrikstad"]]
    parameters = {one.name: one for one in example("integrated_team").baseline.parameters}
    assert parameters["persons_75"].distribution.mean == last[towns, :, 75:].sum()
    assert int(last[:, :, 0].sum()) == 2976  # said in the source of births


def test_the_grant_is_paid_by_the_state_and_taken_in_by_the_municipality() -> None:
    ours = example("integrated_team").impact("team", draws=20)
    state = ours.one_off[:, ours.payers.index(Payer.STATE), 0]
    both = ours.one_off[:, [ours.payers.index(Payer.HOSPITAL), ours.payers.index(Payer.MUNICIPALITY)], 0]
    assert np.all(state == 150_000_000)
    assert both[:, 0] - both[:, 1] == pytest.approx(state)


def test_midwives_are_births_times_hours_by_hand() -> None:
    """At the means: births 3 050 and the hours of the file, over the hours of a post."""
    model = example("midwifery")
    means = {name: mean for one in model.baseline.parameters for name, mean in one.means().items()}
    found = model.formulas({name: np.array(value) for name, value in means.items()})
    hours = means["antenatal_hospital"] + means["birth_hospital"] + means["postnatal_hospital"]
    assert float(found["hospital_midwives"]) == pytest.approx(3050 * hours / 1450)


def test_to_know_the_only_thing_that_matters_is_to_know_everything() -> None:
    """Cost of the new way is 100 ± 10 against 100; only that varies, so its worth is the EVPI: 10 · φ(0)."""
    text = SMALL.replace(
        "less: {change: {stays: 90}}", "less: {change: {stays: {normal: {mean: 100, se: 10}, source: x}}}"
    )
    text = text.replace("stays: {cost: {mean: 100, se: 10}", "stays: {fixed: 100").replace(
        "fixed: 10,", "fixed: 1,"
    )
    text = text.replace("outcomes:", "outcomes:\n  effect: {formula: 0, unit: x}")
    model = model_from(text + "effectiveness: {cost: spent, effect: effect}\n", "one.yaml")
    (found,) = model.information(0, draws=20_000)
    assert found.parameters == ("stays",)
    assert found.share == pytest.approx(1, abs=1e-6)
    assert found.value == pytest.approx(3.989, rel=0.05)


def test_the_file_in_the_documentation_runs() -> None:
    page = Path(__file__).resolve().parents[4] / "docs" / "how-to" / "compare-ways-to-do-it.md"
    text = page.read_text("utf-8").split("```yaml\n")[1].split("```")[0]
    model = model_from(text, page.name)
    assert model.outcomes(draws=20).strategies == ("today", "home")
    assert model.impact("home", draws=20).payers == (Payer.HOSPITAL, Payer.MUNICIPALITY)


def test_a_small_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, "utf-8")
    found = read_model(path).compare(draws=10)
    assert found.values["spent"][:, 1].tolist() == [900.0] * 10


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("name: small", "name: small\nname: big", "key_twice"),
        ("name: small", "title: small", "unknown_key"),
        ("seed: 1", "seed: one", "not_a_number"),
        ("seed: 1", "seed: 1.5", "file_shape"),
        ("mean: 100, se: 10", "mean: 100", "not_a_number"),
        ("mean: 100, se: 10", "mean: 100, se: .nan", "not_a_number"),
        ("cost: {mean: 100, se: 10}", "gauss: {mean: 100, se: 10}", "unknown_key"),
        ("cost: {mean: 100, se: 10}, ", "", "file_shape"),
        ("source: counted", "note: counted", "unknown_key"),
        (", source: list", "", "missing"),
        ("unit: kr, source: list", "source: list", "missing"),
        ("formula: stays * price", "formula: stays * wage", "unknown_parameter"),
        ("formula: stays * price", "formula: stays.real", "formula"),
        ("change: {stays: 90}", "change: {days: 90}", "unknown_parameter"),
        ("change: {stays: 90}", "change: {stays: {fixed: 90}}", "missing"),
        ("change: {stays: 90}", "change: {stays: many}", "not_a_number"),
        ("outcome: spent", "outcome: saved", "unknown_parameter"),
        ("fixed: 10", "fixed: .inf", "not_a_number"),
        ("best: lowest", "best: cheapest", "file_shape"),
        ("horizon: [2026, 2026]", "horizon: [2026]", "missing"),
        ("unit: stays,", "unit: stays, nb: Opphold,", "missing"),
        ("unit: stays,", "unit: {nb: opphold},", "missing"),
        ("scenarios:", "effectiveness: {cost: spent, effect: joy}\nscenarios:", "unknown_parameter"),
        ("judge:", BUDGET.format("then", "hospital"), "unknown_parameter"),
        ("judge:", BUDGET.format("today", "king"), "unknown_key"),
        (SMALL, "- a list", "file_shape"),
        (SMALL, "a: [", "not_yaml"),
        (SMALL, "a: !!python/object/apply:os.getcwd []", "not_yaml"),
        (SMALL, "", "file_shape"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_run_is_told_where(old: str, new: str, code: str) -> None:
    assert old in SMALL
    with pytest.raises(Refused) as refused:
        model_from(SMALL.replace(old, new, 1), "small.yaml")
    assert refused.value.code == code


def test_a_file_that_is_not_there_or_not_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no file"):
        read_model(tmp_path / "none.yaml")
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Refused, match="UTF-8"):
        read_model(tmp_path / "bytes.yaml")
    with pytest.raises(Refused, match="integrated_team"):
        example("nothing")


def test_a_file_without_effect_or_budget_says_so() -> None:
    model = model_from(SMALL, "small.yaml")
    for ask, code in [
        (lambda: model.outcomes(draws=5), "no_effect"),
        (lambda: model.impact("less", draws=5), "no_budget"),
    ]:
        with pytest.raises(Refused) as refused:
            ask()
        assert refused.value.code == code
