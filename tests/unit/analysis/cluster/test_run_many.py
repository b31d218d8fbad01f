"""Work in many parts: the same whoever computes it, resumed where it stopped, whole or not at all."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cluster_parts as parts
import numpy as np
import pytest
from distributed import Client, LocalCluster

from samspill.analysis.cluster import Job, remote, run_many
from samspill.analysis.cluster.jobs import carry_out, versions
from samspill.analysis.cluster.remote import away
from samspill.refusal import Refused


def dice(count: int = 6) -> list[Job]:
    return [Job(f"throw {number}", parts.throws, (7, number)) for number in range(count)]


def squares(work: object, folder: Path, count: int = 6) -> list[Job]:
    return [Job(f"square {number}", work, (folder, number)) for number in range(count)]  # type: ignore[arg-type]


def found(results: tuple[object, ...], name: str = "square") -> list[int]:
    return [int(result[name]) for result in results]  # type: ignore[index]


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """A scheduler and two workers, each a process, on loopback."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=":0"
    ) as running:
        yield running.scheduler_address


def wait_until_open(port: int) -> None:
    """On a busy machine a scheduler takes its time to start."""
    for _ in range(600):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)


@contextmanager
def commanded(folder: Path, knows: str) -> Iterator[tuple[str, subprocess.Popen]]:
    """A cluster by the plain commands, whose scheduler may be ended; `knows` is its PYTHONPATH."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    commands = (
        ["scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"],
        ["worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--death-timeout", "60"],
    )
    scheduler, worker = (
        subprocess.Popen(
            [sys.executable, "-m", "dask", *command],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=os.environ | {"PYTHONPATH": knows},
        )
        for command in commands
    )
    try:
        wait_until_open(port)
        yield address, scheduler
    finally:
        for process in (worker, scheduler):
            process.kill()
            process.wait()


def test_one_worker_two_workers_and_a_cluster_give_the_same_in_the_order_asked(cluster: str) -> None:
    alone = run_many(dice(), workers=1)
    assert len({tuple(result["dice"]) for result in alone}) == 6
    for other in (run_many(dice(), workers=2), run_many(dice(), cluster=cluster)):
        assert all(np.array_equal(one["dice"], two["dice"]) for one, two in zip(alone, other, strict=True))


def test_progress_is_told_from_none_to_all() -> None:
    told: list[tuple[int, int]] = []
    run_many(dice(3), workers=1, progress=lambda finished, all_of_them: told.append((finished, all_of_them)))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_finished_parts_are_kept_and_not_computed_again(tmp_path: Path) -> None:
    notes, shelf = tmp_path / "notes", tmp_path / "shelf"
    notes.mkdir()
    run_many(squares(parts.noted, notes, 3), workers=1, keep=shelf)
    again = run_many(squares(parts.noted, notes, 5), workers=1, keep=shelf)
    assert found(again) == [0, 1, 4, 9, 16]
    assert len(list(notes.iterdir())) == 5


def test_a_kept_part_of_other_arguments_or_half_written_is_computed_anew(tmp_path: Path) -> None:
    run_many([Job("throw", parts.throws, (1, 1))], keep=tmp_path)
    (other,) = run_many([Job("throw", parts.throws, (2, 1))], keep=tmp_path)
    assert len(list(tmp_path.iterdir())) == 2
    for path in tmp_path.iterdir():
        path.write_bytes(path.read_bytes()[:100])
    (again,) = run_many([Job("throw", parts.throws, (2, 1))], keep=tmp_path)
    assert np.array_equal(other["dice"], again["dice"])


def test_a_process_that_dies_ends_the_run_with_a_sentence_and_it_can_be_resumed(tmp_path: Path) -> None:
    notes, shelf = tmp_path / "notes", tmp_path / "shelf"
    notes.mkdir()
    with pytest.raises(
        Refused, match=r"of 6 parts are finished and kept in .*shelf. Run it again"
    ) as refused:
        run_many(squares(parts.falls_once, notes), workers=2, keep=shelf)
    assert refused.value.code == "run_interrupted"
    assert found(run_many(squares(parts.falls_once, notes), workers=2, keep=shelf)) == [0, 1, 4, 9, 16, 25]


def test_a_worker_of_the_cluster_that_dies_is_made_up_for_by_the_others(tmp_path: Path, cluster: str) -> None:
    results = run_many(squares(parts.falls_once, tmp_path), cluster=cluster)
    assert (tmp_path / "fallen").exists()
    assert found(results) == [0, 1, 4, 9, 16, 25]


@pytest.mark.slow
def test_a_scheduler_that_goes_away_ends_the_run_and_what_is_finished_is_kept(
    tmp_path: Path,
) -> None:
    notes, shelf = tmp_path / "notes", tmp_path / "shelf"
    notes.mkdir()

    def end_it(finished: int, _all: int) -> None:
        if finished == 2:
            scheduler.kill()
            scheduler.wait()

    with (
        commanded(tmp_path, knows=os.pathsep.join(sys.path)) as (address, scheduler),
        pytest.raises(Refused, match=r"The cluster has gone away\. \d+ of 20 parts") as refused,
    ):
        run_many(squares(parts.noted, notes, 20), cluster=address, keep=shelf, progress=end_it)
    assert refused.value.code == "run_interrupted"
    kept = len(list(shelf.iterdir()))
    assert 2 <= kept < 20
    told: list[int] = []
    results = run_many(
        squares(parts.noted, notes, 20), workers=1, keep=shelf, progress=lambda one, _: told.append(one)
    )
    assert told[0] == kept
    assert found(results) == [number**2 for number in range(20)]


@pytest.mark.slow
def test_workers_that_are_all_gone_end_the_run(tmp_path: Path) -> None:
    with LocalCluster(
        n_workers=1, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=":0"
    ) as running:
        finished = away(squares(parts.noted, tmp_path, 40), running.scheduler_address, patience=2.0)
        next(finished)
        running.scale(0)
        with pytest.raises(Exception, match="All workers of the cluster have gone away"):
            list(finished)


def test_what_a_worker_took_with_it_is_not_waited_for_without_end() -> None:
    with (
        LocalCluster(n_workers=0, processes=True, host="127.0.0.1", dashboard_address=":0") as empty,
        Client(empty) as client,
    ):
        assert remote._fetched(client.submit(abs, -1), 0.2) is None


@pytest.mark.slow
def test_a_cluster_that_does_not_answer_or_has_no_workers_is_refused() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(Refused, match="No Dask scheduler answers") as refused:
        list(away(dice(), address, patience=1.0))
    assert refused.value.code == "cluster_not_found"
    with (
        LocalCluster(n_workers=0, processes=True, host="127.0.0.1", dashboard_address=":0") as empty,
        pytest.raises(Refused, match="has no workers") as refused,
    ):
        list(away(dice(), empty.scheduler_address, patience=0.5))
    assert refused.value.code == "cluster_empty"


def test_a_worker_of_another_version_computes_nothing_and_says_so() -> None:
    result, refusal = carry_out(dice()[0], versions() | {"Samspill": "older"})
    assert result is None
    assert refusal is not None
    assert refusal[0] == "other_version"
    assert "older is asked for" in refusal[1]


def test_a_cluster_without_the_code_of_a_part_is_refused(tmp_path: Path) -> None:
    with (
        commanded(tmp_path, knows="") as (address, _),
        pytest.raises(Refused, match="Install the same version") as refused,
    ):
        run_many(dice(), cluster=address)
    assert refused.value.code == "other_version"


@pytest.mark.parametrize("workers", [1, 2])
def test_what_a_part_refuses_is_refused_to_the_one_who_asked(workers: int) -> None:
    with pytest.raises(Refused, match="3 is odd") as refused:
        run_many([Job("odd", parts.refuses, (3,)), *dice(2)], workers=workers)
    assert refused.value.code == "odd_number"


@pytest.mark.parametrize("workers", [1, 2])
def test_a_mistake_in_a_part_is_not_hidden(workers: int) -> None:
    with pytest.raises(ZeroDivisionError):
        run_many([Job("broken", parts.breaks, (3,)), *dice(2)], workers=workers)


def test_a_run_of_nothing_gives_nothing() -> None:
    assert run_many([]) == ()


def test_two_parts_of_one_name_and_no_workers_are_refused() -> None:
    with pytest.raises(Refused, match="called throw 0"):
        run_many([*dice(2), *dice(1)])
    with pytest.raises(Refused, match="0 workers"):
        run_many(dice(), workers=0)
