"""Commands whose work is spread: the same file whoever computes it, gone on with where it stopped."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from distributed import LocalCluster

from factories.tried import a_few
from samspill.config.main import main
from unit.cli.small_packs import small_pack

RUN = ("--jump-off", 2026, "--to", 2028, "--draws", 6, "--keep-draws")
FLOW = ("--days", 30, "--replications", 4, "--json")
Capture = pytest.CaptureFixture[str]


def run(*arguments: object) -> int:
    return main([str(one) for one in arguments])


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """A scheduler and two workers, each a process, on loopback."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=":0"
    ) as running:
        yield running.scheduler_address


def test_one_process_two_and_a_cluster_write_the_same_file(tmp_path: Path, cluster: str) -> None:
    spread = {"one": ("--workers", 1), "two": ("--workers", 2), "cluster": ("--cluster", cluster)}
    for name, options in spread.items():
        assert run("population", "project", *RUN, *options, "--out", tmp_path / f"{name}.csv") == 0
    written = {(tmp_path / f"{name}.csv").read_bytes() for name in spread}
    assert len(written) == 1


@pytest.mark.slow
def test_spreading_changes_no_figure(tmp_path: Path) -> None:
    plain, spread = tmp_path / "plain.csv", tmp_path / "spread.csv"
    assert run("population", "project", *RUN, "--out", plain) == 0
    assert run("population", "project", *RUN, "--workers", 2, "--out", spread) == 0
    assert sorted(plain.read_text("utf-8").splitlines()) == sorted(spread.read_text("utf-8").splitlines())


def test_a_run_goes_on_from_its_finished_parts(tmp_path: Path, capsys: Capture) -> None:
    parts, first, again = tmp_path / "parts", tmp_path / "first.csv", tmp_path / "again.csv"
    assert run("population", "project", *RUN, "--parts", parts, "--out", first) == 0
    kept = sorted(parts.iterdir())
    kept[0].unlink()
    capsys.readouterr()
    assert run("population", "project", *RUN, "--parts", parts, "--out", again) == 0
    assert f"{len(kept) - 1} of {len(kept)} parts" in capsys.readouterr().err
    assert first.read_bytes() == again.read_bytes()


@pytest.mark.slow
def test_a_cluster_that_does_not_answer_is_one_sentence_and_no_file(tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "run.csv"
    assert run("population", "project", *RUN, "--cluster", "tcp://127.0.0.1:9", "--out", out) == 2
    assert "No Dask scheduler answers at tcp://127.0.0.1:9" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_a_simulation_is_the_same_on_a_cluster(tmp_path: Path, cluster: str, capsys: Capture) -> None:
    model = tmp_path / "model.yaml"
    run("beds", "flow", "--example")
    model.write_text(capsys.readouterr().out, "utf-8")
    told = []
    for options in ((), ("--workers", 2), ("--cluster", cluster)):
        assert run("beds", "flow", model, *FLOW, *options) == 0
        told.append(capsys.readouterr().out)
    assert len(set(told)) == 1


def test_components_project_a_whole_pack_on_two_processes(tmp_path: Path, capsys: Capture) -> None:
    out, pack = tmp_path / "components.csv", small_pack(tmp_path / "pack")
    years = ("--data", pack, "--jump-off", 2018, "--to", 2020, "--method", "components")
    assert run("population", "project", *years, "--draws", 4, "--workers", 2, "--out", out) == 0
    assert "Method samspill.cohort-component 1." in capsys.readouterr().out
    alone = tmp_path / "alone.csv"
    assert run("population", "project", *years, "--draws", 4, "--out", alone) == 0
    assert out.read_bytes() == alone.read_bytes()
    assert np.genfromtxt(out, delimiter=",", skip_header=1, usecols=4).sum() > 0


def test_components_of_a_choice_of_areas_are_refused(tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "run.csv"
    asked = ("--jump-off", 2026, "--to", 2028, "--method", "components", "--out", out)
    assert run("population", "project", *asked) == 2
    assert "components need all the municipalities of a data pack" in capsys.readouterr().err
    assert not out.exists()


HALF_ØSTFOLD = ("--areas", "3101,3103,3105,3107,3110,3112", "--services", "home_care_users,kad_days")
DEMAND = ("demand", "project", "--jump-off", 2026, "--to", 2029, "--draws", 12, *HALF_ØSTFOLD)


@pytest.mark.slow
def test_demand_is_the_same_file_alone_in_processes_and_on_a_cluster(tmp_path: Path, cluster: str) -> None:
    spread = {
        "alone": (),
        "one": ("--workers", 1),
        "two": ("--workers", 2),
        "cluster": ("--cluster", cluster),
    }
    for name, options in spread.items():
        assert run(*DEMAND, *options, "--out", tmp_path / f"{name}.csv") == 0
    written = {(tmp_path / f"{name}.csv").read_bytes() for name in spread}
    assert len(written) == 1


def test_demand_goes_on_from_its_finished_parts(tmp_path: Path, capsys: Capture) -> None:
    parts, first, again = tmp_path / "parts", tmp_path / "first.csv", tmp_path / "again.csv"
    assert run(*DEMAND, "--parts", parts, "--workers", 1, "--out", first) == 0
    kept = sorted(parts.iterdir())
    kept[0].unlink()
    capsys.readouterr()
    assert run(*DEMAND, "--parts", parts, "--workers", 1, "--out", again) == 0
    assert f"{len(kept) - 1} of {len(kept)} parts of the areas" in capsys.readouterr().err
    assert first.read_bytes() == again.read_bytes()


@pytest.mark.slow
def test_demand_without_its_cluster_is_one_sentence_and_no_file(tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "demand.csv"
    assert run(*DEMAND, "--cluster", "tcp://127.0.0.1:9", "--out", out) == 2
    assert "No Dask scheduler answers at tcp://127.0.0.1:9" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


STAFF = {
    "project": ("--lever", "retention=0.2:nurse"),
    "gap": ("--growth-high", 2, "--lever", "retention=0.2:nurse"),
    "gp": ("--people-growth", 1),
}


@a_few("command", STAFF, most=1)
@a_few("form", [(), ("--json",)], most=1)
def test_staff_is_the_same_alone_in_processes_and_on_a_cluster(
    command: str, form: tuple[str, ...], cluster: str, capsys: Capture
) -> None:
    told = []
    for options in ((), ("--workers", 2), ("--cluster", cluster)):
        asked = ("staff", command, "--to", 2029, "--draws", 150, *STAFF[command], *form, *options)
        assert run(*asked) == 0
        told.append(capsys.readouterr().out)
    assert len(set(told)) == 1


def test_staff_goes_on_from_its_finished_parts(tmp_path: Path, capsys: Capture) -> None:
    parts = tmp_path / "parts"
    asked = ("staff", "gap", "--to", 2029, "--draws", 150, "--parts", parts, "--workers", 1)
    assert run(*asked) == 0
    first = capsys.readouterr().out
    kept = sorted(parts.iterdir())
    kept[0].unlink()
    assert run(*asked) == 0
    told = capsys.readouterr()
    assert f"{len(kept) - 1} of {len(kept)} parts of the draws" in told.err
    assert told.out == first


def test_more_staff_draws_than_fit_are_refused(capsys: Capture) -> None:
    assert run("staff", "project", "--to", 2029, "--draws", 10_000_000) == 2
    assert "draws do not fit in memory. Ask for at most" in capsys.readouterr().err
