"""`samspill beds` as a shell sees it: tables, JSON, exit codes, one sentence on stderr."""

import json
import os
from pathlib import Path

import numpy as np
import pytest

from samspill.analysis.capacity import (
    Demand,
    LogNormal,
    each_on,
    erlang_b,
    erlang_c,
    shared_beds,
    to_local,
)
from samspill.analysis.cluster import Spread
from samspill.config.main import main
from samspill.refusal import Refused

Capture = pytest.CaptureFixture[str]
SHARED = ["--beds", 8, "--acute", 1.5, "--acute-stay", 3, "--ready", 0.6, "--ready-stay", 6]
PRICED = ["--wait-days", 3.5, "--hospital-days", 2, "--hospital-price", 12000, "--municipal-price", 6000]


def run(*arguments: object) -> int:
    return main(["beds", *map(str, arguments)])


def refused(capsys: Capture, *arguments: object) -> str:
    assert run(*arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.strip().splitlines()) == 1
    return told.err


def test_need_shows_the_price_of_each_utilisation_and_who_uses_it(capsys: Capture) -> None:
    assert run("need", "--bed-days", 14_600, "--stay", 4) == 0
    told = capsys.readouterr().out
    assert "On average 40.0 beds are in use; 10.0 patients come a day." in told
    assert "85.0 %          47.1    48" in told
    assert f"{100 * erlang_c(40, 45):.1f} %" in told
    assert "Kalnes" in told


def test_need_takes_a_utilisation_of_ones_own(capsys: Capture) -> None:
    assert run("need", "--bed-days", 14_600, "--stay", 4, "--utilisation", 0.8, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["beds"] for one in told["by_utilisation"]] == [50]
    assert {one["rule"]: one["beds"] for one in told["by_risk"]} == {"overflow": 51, "loss": 46, "delay": 52}


def test_queue_waits_or_loses(capsys: Capture) -> None:
    assert run("queue", "--arrivals", 10, "--stay", 4, "--beds", 46, "--json") == 0
    assert json.loads(capsys.readouterr().out)["waits"] == pytest.approx(erlang_c(40, 46))
    assert run("queue", "--arrivals", 10, "--stay", 4, "--beds", 30, "--loss") == 0
    assert f"{100 * erlang_b(40, 30):.1f} % are turned away" in capsys.readouterr().out


def test_a_queue_without_end_is_one_sentence(capsys: Capture) -> None:
    told = refused(capsys, "queue", "--arrivals", 10, "--stay", 4, "--beds", 39)
    assert "would grow without end. Give at least 41 beds" in told


def test_shared_shows_every_number_of_reserved_beds(capsys: Capture) -> None:
    assert run("shared", *SHARED) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 10
    exact = shared_beds(Demand(1.5, 3, 0.6, 6), 8, 2)
    assert f"{100 * exact.acute_refused:.1f} %" in lines[3]
    assert f"{100 * exact.ready_refused:.1f} %" in lines[3]


def test_shared_tells_what_both_sides_pay(capsys: Capture) -> None:
    assert run("shared", *SHARED, *PRICED, "--fee", 5000, "--reserved", 1, "--json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["total_nok"] == pytest.approx(row["hospital_nok"] + row["municipal_nok"])
    told = refused(capsys, "shared", *SHARED, *PRICED)
    assert "needs all five prices; --fee lacks" in told


@pytest.fixture
def model(tmp_path: Path, capsys: Capture) -> Path:
    assert run("flow", "--example") == 0
    path = tmp_path / "model.yaml"
    path.write_text(capsys.readouterr().out, "utf-8")
    return path


SHORT = ["--days", 60, "--warm-up", 30, "--replications", 3]


def test_the_example_model_can_be_simulated(model: Path, capsys: Capture) -> None:
    assert run("flow", model, *SHORT) == 0
    told = capsys.readouterr()
    assert "3 replications of 60 days after 30" in told.out
    assert "Storevik sykehjem" in told.out
    assert "3 of 3 replications" in told.err


def test_two_processes_and_a_folder_give_the_same_figures(
    model: Path, tmp_path: Path, capsys: Capture
) -> None:
    assert run("flow", model, *SHORT, "--json") == 0
    alone = json.loads(capsys.readouterr().out)
    assert run("flow", model, *SHORT, "--json", "--workers", 2, "--keep", tmp_path / "kept") == 0
    assert json.loads(capsys.readouterr().out) == alone
    assert run("flow", model, *SHORT, "--json", "--keep", tmp_path / "kept") == 0
    assert json.loads(capsys.readouterr().out) == alone
    told = refused(capsys, "flow", model, *SHORT, "--json", "--seed", 1, "--keep", tmp_path / "kept")
    assert "holds another simulation" in told


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("beds: 6", "bedz: 6", "unknown word bedz"),
        (
            "{Storevik sykehjem: 0.3}",
            "{Storevik sykehjem: 1.3}",
            "share from hospital to Storevik sykehjem is 1.3",
        ),
        ("units:", "units: [", "is not YAML"),
        ("starts: 2026-01-05", "starts: today", "starts must be a date"),
    ],
)
def test_a_model_that_is_wrong_is_one_sentence(
    model: Path, capsys: Capture, before: str, after: str, sentence: str
) -> None:
    model.write_text(model.read_text("utf-8").replace(before, after, 1), "utf-8")
    assert sentence in refused(capsys, "flow", model, *SHORT)


def test_a_model_must_be_named(tmp_path: Path, capsys: Capture) -> None:
    assert "Name a file with a model" in refused(capsys, "flow")
    assert "There is no file" in refused(capsys, "flow", tmp_path / "nothing.yaml")


@pytest.fixture(scope="module")
def stays(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year and a half of an invented ward, as its clock showed it, until 20 November 2026 at 8."""
    chance = np.random.default_rng(7)
    start, end = np.datetime64("2025-06-02T00:00:00"), np.datetime64("2026-11-20T07:00:00")
    came = start + np.sort(chance.integers(0, int((end - start).astype(int)), 4200))
    left = came + (86400 * LogNormal(4.0, 1.0).quantile(chance.random(4200))).astype(int)
    shown = [np.datetime_as_string(to_local(times)) for times in (came, left)]
    path = tmp_path_factory.mktemp("ward") / "stays.csv"
    rows = [
        f"{begun},{'' if gone > end else told},{'acute' if place % 3 else 'planned'}"
        for place, (begun, told, gone) in enumerate(zip(*shown, left, strict=True))
        if not {begun[:13], told[:13]} & {"2025-10-26T02", "2026-10-25T02"}
    ]
    path.write_text("came,left,group\n" + "\n".join(rows) + "\n", "utf-8")
    return path


def test_the_forecast_stands_beside_its_backtest(stays: Path, capsys: Capture) -> None:
    assert run("forecast", stays, "--at", "2026-11-20T08:00", "--days", 7, "--beds", 40) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("are in bed now.")
    assert "more than 40" in lines[2] and "error before" in lines[2]
    assert len([line for line in lines if line[:1].isdigit()]) == 8
    assert "Tried 12 times, a week apart" in lines[-1]


def test_the_forecast_as_json(stays: Path, capsys: Capture) -> None:
    arguments = ("forecast", stays, "--at", "2026-11-20T08:00", "--backtest", 0, "--json")
    assert run(*arguments) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told["p50"]) == 14 and told["backtest"] == []
    assert all(
        low <= middle <= high for low, middle, high in zip(told["p10"], told["p50"], told["p90"], strict=True)
    )
    assert told["mean"][0] == pytest.approx(told["p50"][0], abs=2)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("2026-11-01 10:00,soon,acute", "row 2: came is 2026-11-01 10:00, left soon"),
        (",2026-11-01 10:00,acute", "row 2: came is empty"),
        ("2026-10-25 02:30,,acute", "showed twice that night"),
        ("2026-11-02 10:00,2026-11-01 10:00,acute", "Row 2 leaves before it comes"),
    ],
)
def test_a_row_that_is_wrong_is_named(tmp_path: Path, capsys: Capture, row: str, sentence: str) -> None:
    path = tmp_path / "stays.csv"
    path.write_text(f"came,left,group\n2026-10-01 10:00,2026-10-04 10:00,acute\n{row}\n", "utf-8")
    assert sentence in refused(capsys, "forecast", path, "--at", "2026-11-20T08:00")


def test_a_file_without_its_columns_or_without_past_is_refused(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "stays.csv"
    path.write_text("in,out\n1,2\n", "utf-8")
    assert "lacks the column came, left" in refused(capsys, "forecast", path, "--at", "2026-11-20T08:00")
    path.write_text("came,left\n2026-11-18 10:00,\n", "utf-8")
    assert "28 are needed" in refused(capsys, "forecast", path, "--at", "2026-11-20T08:00")
    assert "There is no file" in refused(capsys, "forecast", tmp_path / "no.csv", "--at", "2026-11-20")


def test_occupancy_is_shown_by_hour_of_the_week(stays: Path, capsys: Capture) -> None:
    window = ("--start", "2026-01-05", "--end", "2026-06-29")
    assert run("occupancy", stays, *window, "--show", "mean") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["hour", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert len(lines) == 27
    assert lines[-1].startswith("mean of 25 weeks. Mean over all hours: ")
    assert run("occupancy", stays, *window, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    mean = np.sum([group["mean"] for group in told["groups"].values()], axis=0)
    assert f"{mean[0]:.1f}" == lines[1].split()[1]
    assert len(told["groups"]["acute"]["p95"]) == 168
    assert "not after its start" in refused(
        capsys, "occupancy", stays, "--start", "2026-01-05", "--end", "2026-01-05"
    )


def test_a_kept_replication_that_is_damaged_is_named(model: Path, tmp_path: Path, capsys: Capture) -> None:
    kept = tmp_path / "kept"
    assert run("flow", model, *SHORT, "--json", "--keep", kept) == 0
    capsys.readouterr()
    (kept / "00001.npz").write_bytes(b"no longer whole")
    told = refused(capsys, "flow", model, *SHORT, "--json", "--keep", kept)
    assert "00001.npz cannot be read. Take it away" in told
    assert "cannot be used" in refused(capsys, "flow", model, *SHORT, "--json", "--keep", model)


def test_a_process_that_is_stopped_from_outside_is_one_sentence() -> None:
    each = each_on(Spread(workers=2))
    with pytest.raises(Refused, match="were stopped on the way") as refusal:
        list(each(os._exit, [1, 2]))  # type: ignore[arg-type]
    assert refusal.value.code == "worker_lost"
