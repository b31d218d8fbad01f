"""`samspill appraise` as a shell sees it: tables, JSON, exit codes, one sentence on stderr."""

import json
from pathlib import Path

import pytest

from samspill.config.main import main

Capture = pytest.CaptureFixture[str]

STRATEGIES = "strategy,cost,effect\ntoday,0,0\nmiddle,10000,0.5\nall,20000,1.5\n"
DRAWS = "draw,strategy,cost,effect\n" + "".join(
    f"{draw},{name},{-benefit},0\n"
    for draw, pair in enumerate([(9, 12), (12, 10), (14, 20), (11, 10), (14, 13)])
    for name, benefit in zip("AB", pair, strict=True)
)
MODEL = """
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
  SCENARIO: {change: {stays: STAYS}}
judge: {outcome: spent, best: lowest}
"""


def run(*arguments: object) -> int:
    return main(["appraise", *map(str, arguments)])


def written(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder / name


def model(folder: Path, scenario: str, stays: int) -> Path:
    text = MODEL.replace("SCENARIO", scenario).replace("STAYS", str(stays))
    return written(folder, f"{scenario}.yaml", text)


def test_a_table_of_strategies_gives_ratios_and_reasons(tmp_path: Path, capsys: Capture) -> None:
    path = written(tmp_path, "table.csv", STRATEGIES)
    assert run("icer", path) == 0
    told = capsys.readouterr().out
    assert "13 333" in told
    assert "Extended dominance: a mix of today and all" in told
    assert run("icer", path, "--json") == 0
    found = json.loads(capsys.readouterr().out)["strategies"]
    assert [one["status"] for one in found] == ["kept", "extended", "kept"]
    assert found[2]["icer"] == pytest.approx(20000 / 1.5, rel=1e-12)


def test_a_table_of_draws_gives_the_curve_and_what_knowing_is_worth(tmp_path: Path, capsys: Capture) -> None:
    """The five draws worked by hand in the tests of acceptability."""
    path = written(tmp_path, "draws.csv", DRAWS)
    assert run("ceac", path, "--threshold", 0, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["probability"] == [pytest.approx([0.6, 0.4])]
    assert found["evpi"] == pytest.approx([0.8])
    assert run("ceac", path) == 0
    assert "40% *" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["midwifery", "integrated_team"])
@pytest.mark.parametrize("command", ["icer", "ceac", "budget", "compare"])
def test_the_examples_are_shown(name: str, command: str, capsys: Capture) -> None:
    assert run(command, name, "--draws", 100) == 0
    assert "today" in capsys.readouterr().out
    assert run(command, name, "--draws", 100, "--json") == 0
    assert json.loads(capsys.readouterr().out)["method"] == "appraisal 1"


def test_the_tornado_tells_what_would_flip_the_ranking(capsys: Capture) -> None:
    assert run("tornado", "integrated_team") == 0
    told = capsys.readouterr().out
    assert "stays_ratio [team]: team leads below 0.82 and today above" in told
    assert "do not move it" in told
    assert "This is an example, not advice." in told
    assert run("tornado", "integrated_team", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["bars"][0]["name"] == "stays_ratio [team]"
    assert found["flips"][0]["value"] == pytest.approx(0.82, rel=0.01)


@pytest.mark.parametrize("name", ["midwifery", "integrated_team"])
def test_the_waterfall_adds_up(name: str, capsys: Capture) -> None:
    assert run("waterfall", name, "--draws", 50, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert sum(found["contributions"].values()) == pytest.approx(found["total"])
    assert run("waterfall", name, "--draws", 50) == 0
    assert "all together" in capsys.readouterr().out


def test_what_is_worth_measuring_comes_first(capsys: Capture) -> None:
    assert run("worth", "midwifery", "--threshold", 5000, "--draws", 1000, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    values = [one["value"] for one in found["figures"]]
    assert values == sorted(values, reverse=True)
    assert 0 < values[0] < found["evpi"]
    assert run("worth", "midwifery", "--threshold", 5000, "--draws", 1000) == 0
    assert "everything" in capsys.readouterr().out


def test_the_budget_adds_up_in_what_is_printed_for_machines(capsys: Capture) -> None:
    assert run("budget", "integrated_team", "--scenario", "team", "--draws", 200, "--json") == 0
    found = json.loads(capsys.readouterr().out)["team"]
    assert found["payers"] == ["hospital", "municipality", "state", "all"]
    assert found["sides"][2] == {
        "payer": "state",
        "mean": 1_500_000,
        "p10": 1_500_000,
        "p90": 1_500_000,
        "bearing": "pays",
    }


def test_scenarios_of_several_files_stand_together(tmp_path: Path, capsys: Capture) -> None:
    files = [model(tmp_path, "today", 100), model(tmp_path, "less", 90), model(tmp_path, "same", 100)]
    assert run("compare", *files, "--draws", 10, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["scenarios"] == ["today", "less", "same"]
    assert found["outcomes"]["spent"]["differences"] == [[0, 0, 0], [-100, -100, -100], [0, 0, 0]]


def test_the_same_command_prints_the_same_figures(capsys: Capture) -> None:
    told = []
    for _ in range(2):
        assert run("compare", "midwifery", "--draws", 50) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("icer", "nothing.yaml"), "There is no file nothing.yaml."),
        (("icer", "nothing.csv"), "There is no table nothing.csv"),
        (("compare", "midwifery", "--outcome", "joy"), "There is no outcome joy."),
        (("compare", "midwifery", "--withdrawn", "ssb-07459-2026-01-01"), "which was withdrawn"),
        (("compare", "midwifery", "integrated_team"), "cannot be compared draw by draw"),
        (("budget", "midwifery", "--scenario", "x"), "There is no scenario x."),
        (("tornado", "midwifery", "--scenario", "x"), "There is no scenario x."),
        (("ceac", "midwifery", "--draws", "1"), "See samspill appraise ceac --help."),
        (("waterfall", "midwifery", "--scenario", "x"), "There is no scenario x."),
        (("waterfall", "midwifery", "--outcome", "joy"), "There is no outcome joy."),
        (("waterfall", "midwifery", "--scenario", "today"), "today changes nothing"),
        (("compare",), "See samspill appraise compare --help."),
    ],
)
def test_what_cannot_be_answered_is_one_sentence_and_exit_code_2(
    arguments: tuple[str, ...], says: str, capsys: Capture
) -> None:
    assert run(*arguments) == 2
    told = capsys.readouterr()
    assert says in told.err
    assert told.err.count("\n") == 1


@pytest.mark.parametrize(
    ("command", "text", "says"),
    [
        ("icer", "strategy,cost\na,1\n", "lacks the column effect"),
        ("icer", "strategy,cost,effect\na,1,\n", "line 2: a cell is empty"),
        ("icer", "strategy,cost,effect\na,1 000,1\n", "«1 000» is not a number"),
        ("icer", "strategy,cost,effect\n", "has no rows"),
        ("icer", "", "lacks the column strategy"),
        ("ceac", DRAWS + "0,A,1,1\n", "draw 0 of A is there twice"),
        ("ceac", DRAWS + "9,A,1,1\n", "A missing draw is not 0"),
    ],
)
def test_tables_that_cannot_be_read_are_told_with_the_line(
    command: str, text: str, says: str, tmp_path: Path, capsys: Capture
) -> None:
    assert run(command, written(tmp_path, "table.csv", text)) == 2
    assert says in capsys.readouterr().err


def test_a_table_that_is_not_text_is_told(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "table.csv").write_bytes(b"\xff\xfe\x00\x01")
    assert run("icer", tmp_path / "table.csv") == 2
    assert "not a table in UTF-8" in capsys.readouterr().err


def test_a_model_alone_cannot_have_a_tornado(tmp_path: Path, capsys: Capture) -> None:
    assert run("tornado", model(tmp_path, "today", 100)) == 2
    assert "only one scenario" in capsys.readouterr().err
