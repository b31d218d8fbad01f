"""`samspill staff` as a shell sees it: tables, JSON, exit codes, one sentence on stderr."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from samspill.analysis.workforce import levers, ostfold, project_staff, uncertainty
from samspill.config.main import main

Capture = pytest.CaptureFixture[str]
SMALL = {
    "year": 2026,
    "stock": {"nurse": {"municipality": {"fte": 100, "assumption": False, "source": "counted"}}},
    "flows": {"nurse": {"places": 8, "assumption": True, "source": "guessed"}},
}


def run(*arguments: str | int | Path) -> int:
    return main(["staff", *map(str, arguments)])


def answer(capsys: Capture) -> Any:
    return json.loads(capsys.readouterr().out)


def written(folder: Path, what: object) -> Path:
    path = folder / "region.yaml"
    path.write_text(yaml.safe_dump(what), "utf-8")
    return path


def test_project_prints_what_the_library_says(capsys: Capture) -> None:
    assert run("project", "--to", 2028, "--draws", 20, "--seed", 3, "--json") == 0
    found = answer(capsys)
    expected = project_staff(ostfold(), uncertainty(), to=2028, draws=20, seed=3)
    (row,) = [
        one
        for one in found["rows"]
        if (one["year"], one["profession"], one["sector"]) == (2028, "nurse", "hospital")
    ]
    middle = sorted(expected.of("nurse", "hospital")[-1])[9:11]
    assert row["p50"] == pytest.approx(sum(middle) / 2, abs=0.06)
    assert found["assumptions"] and found["unit"] == "FTE on 1 January"


def test_the_same_seed_prints_the_same_and_another_does_not(capsys: Capture) -> None:
    told = []
    for seed in (1, 1, 2):
        assert run("gap", "--to", 2028, "--draws", 8, "--seed", seed) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1] != told[2]


def test_entrants_who_come_at_the_end_of_the_year_are_more(capsys: Capture) -> None:
    heads = []
    for way in ("even", "end"):
        assert run("project", "--to", 2030, "--draws", 4, "--entrants", way, "--json") == 0
        heads.append(sum(one["p50"] for one in answer(capsys)["rows"] if one["year"] == 2030))
    assert heads[0] < heads[1] < 1.01 * heads[0]


def test_a_lever_lowers_the_gap(capsys: Capture) -> None:
    gaps = []
    for lever in ("retention=0", "retention=0.3:nurse"):
        assert run("gap", "--to", 2030, "--draws", 8, "--lever", lever, "--json") == 0
        rows = answer(capsys)["rows"]
        gaps.append(sum(one["p50"] for one in rows if (one["year"], one["profession"]) == (2030, "nurse")))
    assert gaps[1] < gaps[0]


def test_close_tells_of_every_lever_what_it_takes_or_that_it_cannot(capsys: Capture) -> None:
    assert run("gap", "--to", 2032, "--draws", 8, "--close", "nurse") == 0
    told = capsys.readouterr().out
    assert all(code in told for code in levers())
    assert "cannot by itself" in told


def test_a_region_of_ones_own_is_read(tmp_path: Path, capsys: Capture) -> None:
    assert run("project", "--stock", written(tmp_path, SMALL), "--to", 2027, "--draws", 4, "--json") == 0
    found = answer(capsys)
    who = {"year": 2026, "profession": "nurse", "sector": "municipality"}
    assert found["rows"][0] == {**who, "p10": 100.0, "p50": 100.0, "p90": 100.0}
    assert found["assumptions"] == ["nurse: guessed"]


def test_demand_that_was_reckoned_elsewhere_is_compared_with(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "demand.csv"
    lines = [f"{year},nurse,municipality,{2000 + year - 2026}" for year in range(2025, 2030)]
    path.write_text("\n".join(["year,profession,sector,fte", *lines]), "utf-8")
    assert run("gap", "--to", 2028, "--draws", 4, "--demand", path, "--json") == 0
    rows = answer(capsys)["rows"]
    assert {(one["profession"], one["sector"]) for one in rows} == {("nurse", "municipality")}
    assert rows[0]["p50"] == 60 and len(rows) == 3
    assert run("gap", "--to", 2031, "--draws", 4, "--demand", path) == 2
    assert "lacks 2030, 2031 for nurse, municipality" in capsys.readouterr().err
    for damage, says in (("2027,nurse,hospital,", "must be a number"), (lines[2], "come twice")):
        path.write_text("\n".join(["year,profession,sector,fte", *lines, damage]), "utf-8")
        assert run("gap", "--to", 2028, "--draws", 4, "--demand", path) == 2
        assert says in capsys.readouterr().err


def test_wisn_prints_the_steps(capsys: Capture) -> None:
    arguments = ("--activity", "birth,400,20", "--support", "records,0.2", "--additional", "lead,1,142")
    assert run("wisn", *arguments, "--present", 3, "--json") == 0
    found = answer(capsys)
    assert found["fte"] == pytest.approx(400 * 20 / 1420 / 0.8 + 0.1, abs=0.01)
    assert found["ratio"] == pytest.approx(3 / found["fte"], abs=0.01)


def test_shorter_lists_leave_more_without_a_gp(capsys: Capture) -> None:
    without = []
    for change in (0, -2):
        assert run("gp", "--to", 2030, "--draws", 8, "--length-change", change, "--json") == 0
        without.append(answer(capsys)["rows"][-1]["p50"])
    assert without[0] < without[1]


def test_backtest_of_real_nurses(data_pack: Path, capsys: Capture) -> None:
    if not list(data_pack.glob("care_users_*")):
        pytest.skip(f"NOT TESTED: published FTE; there is no data pack with staff at {data_pack}")
    assert run("backtest", "--data", data_pack, "--horizon", 5) == 0
    assert "no change" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("project", "--lever", "retention"), "is not NAME=VALUE"),
        (("project", "--lever", "magic=1"), "no lever «magic»"),
        (("project", "--lever", "retention=2"), "must be 0 or more and at most 1"),
        (("project", "--to", "2020"), "before the first"),
        (("project", "--stock", "/nowhere.yaml"), "There is no file"),
        (("gap", "--to", "2028", "--close", "baker"), "no profession «baker»"),
        (("gap", "--to", "2028", "--growth-low", "3"), "low to high in order"),
        (("wisn", "--activity", "birth,400"), "2 number(s)"),
        (("wisn", "--activity", "a,1,1", "--support", "all,1"), "100 per cent of the time"),
        (("backtest", "--data", "/nowhere"), "has no file called"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    arguments: tuple[str, ...], says: str, capsys: Capture
) -> None:
    assert run(*arguments) == 2
    told = capsys.readouterr()
    assert says in told.err
    assert len(told.err.strip().splitlines()) == 1 and not told.out


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"year": "soon"}, "must hold year, stock and flows"),
        ({"stock": {"nurse": {"municipality": {"fte": 1}}}}, "lacks assumption, source"),
        ({"stock": {"baker": SMALL["stock"]["nurse"]}, "flows": {}}, "no profession «baker»"),  # type: ignore[index]
        ({"flows": {"nurse": {"places": 1}}}, "lack assumption or source"),
        ({"flows": {"nurse": {"plases": 1, "assumption": True, "source": "x"}}}, "hold plases"),
    ],
)
def test_a_region_that_is_not_whole_is_refused(
    tmp_path: Path, change: dict[str, object], says: str, capsys: Capture
) -> None:
    assert run("project", "--stock", written(tmp_path, {**SMALL, **change}), "--to", 2027) == 2
    assert says in capsys.readouterr().err
