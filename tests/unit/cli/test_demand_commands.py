"""`samspill demand`: what a planner asks for at the command line."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from samspill.cli.demand import demand
from samspill.refusal import Refused


def run(*words: object) -> Result:
    return CliRunner().invoke(demand, [str(word) for word in words])


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def short(out: Path, *more: object) -> Result:
    return run(
        *("project", "--jump-off", 2026, "--to", 2030, "--areas", "3101,3103", "--draws", 16),
        *("--services", "home_care_users,hospital_bed_days,kad_days", "--out", out, *more),
    )


def test_demand_is_written_with_its_interval_and_what_it_rests_on(tmp_path: Path) -> None:
    result = short(tmp_path / "demand.csv")
    assert result.exit_code == 0, result.output
    rows = rows_of(tmp_path / "demand.csv")
    assert len(rows) == 3 * 3 * 5  # services, the sum and two municipalities, years
    assert {row["area"] for row in rows} == {"all", "3101", "3103"}
    assert all(float(row["p10"]) <= float(row["p50"]) <= float(row["p90"]) for row in rows)
    assert all(float(row["difference_p50"]) == 0 for row in rows)
    assert "not tested. Assumed." in result.output
    assert "better than no change" in result.output


def test_assumptions_make_a_difference_on_both_sides(tmp_path: Path) -> None:
    tried = tmp_path / "tried.yaml"
    tried.write_text("municipal_acute_beds: {size: 1, factor: [0.9, 0.9], years: 1}\n", "utf-8")
    result = short(tmp_path / "demand.csv", "--assumptions", tried)
    assert result.exit_code == 0, result.output
    last = {row["service"]: row for row in rows_of(tmp_path / "demand.csv") if row["year"] == "2030"}
    assert float(last["hospital_bed_days"]["difference_p50"]) < 0 < float(last["kad_days"]["difference_p50"])
    assert "found again" in result.output


def test_the_same_seed_writes_the_same_file(tmp_path: Path) -> None:
    for name in ("one.csv", "two.csv"):
        assert short(tmp_path / name, "--seed", 5).exit_code == 0
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_parquet_and_json_work_too(tmp_path: Path) -> None:
    result = short(tmp_path / "demand.parquet", "--json")
    found = json.loads(result.output)
    assert found["rows"] == 45
    assert found["services"]["kad_days"]["verdict"] == "untested"
    assert found["services"]["home_care_users"]["verdict"] == "better"
    assert {level["area"] for level in found["levels"]} == {"3101", "3103"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--services", "spa"), "spa"),
        (("--areas", "9999"), "9999"),
        (("--jump-off", "2020"), "2020"),
        (("--to", "2020"), "2020"),
    ],
)
def test_what_there_is_not_is_refused_in_one_sentence(tmp_path: Path, words: tuple, says: str) -> None:
    base = ["--jump-off", "2026", "--to", "2030", "--out", str(tmp_path / "d.csv"), "--draws", "4"]
    result = run("project", *base, *words)
    assert isinstance(result.exception, Refused)
    assert says in result.exception.sentence
    assert not (tmp_path / "d.csv").exists()


def test_assumptions_that_cannot_be_read_are_refused_before_the_work(tmp_path: Path) -> None:
    result = short(tmp_path / "demand.csv", "--assumptions", tmp_path / "none.yaml")
    assert isinstance(result.exception, Refused)
    assert result.exception.code == "unreadable_file"


def test_the_back_test_stands_beside_no_change() -> None:
    output = run("backtest").output
    assert "no change" in output
    assert "no skill: the flat line is drawn" in output
    skills = json.loads(run("backtest", "--json").output)["skills"]
    methods = {score["method"] for score in skills["nurse_fte"]["scores"]}
    assert methods == {"ours", "no_change", "per_resident", "constant_use", "change_in_use"}


def test_the_back_test_of_a_pack_can_start_where_one_wants(data_pack: Path) -> None:
    words = ("--data", data_pack, "--jump-off", 2020, "--services", "nurse_fte", "--json")
    skill = json.loads(run("backtest", *words).output)["skills"]["nurse_fte"]
    assert skill["jump_offs"] == [2020]
    assert skill["units"] == 19


def test_a_jump_off_without_figures_to_test_on_is_refused() -> None:
    result = run("backtest", "--jump-off", 2020)
    assert isinstance(result.exception, Refused)
    assert result.exception.code == "needs_data"


def test_services_and_mitigators_are_listed_with_their_sources() -> None:
    assert "SSB" in run("services").output
    assert all(row["source"] for row in json.loads(run("services", "--json").output))
    assert "Evidence" in run("mitigators").output
    assert all(row["source"] for row in json.loads(run("mitigators", "--json").output))
