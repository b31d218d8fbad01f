"""What the embedded server said yes to is kept when all is killed, and the next start finds its way."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
import pytest

from samspill.config.embedded import Cluster

WRITERS = 3
SECONDS_OF_WRITING = 0.5


class Writer(threading.Thread):
    """Commits numbers one by one, and notes each that the server has said yes to."""

    def __init__(self, cluster: Cluster, number: int) -> None:
        super().__init__(daemon=True)
        self.database = psycopg.connect(**cluster.connection("owner").to_libpq(), autocommit=True)
        self.number = number
        self.acknowledged: list[int] = []

    def run(self) -> None:
        try:
            for value in range(1_000_000):
                self.database.execute("INSERT INTO kept VALUES (%s, %s)", [self.number, value])
                self.acknowledged.append(value)
        except psycopg.OperationalError:
            return


def pids(cluster: Cluster) -> tuple[int, list[int]]:
    """The server's own process, and those of everybody connected."""
    postmaster = int((cluster.data / "postmaster.pid").read_text().split()[0])
    with psycopg.connect(**cluster.connection("manager").to_libpq()) as database:
        return postmaster, [pid for (pid,) in database.execute("SELECT pid FROM pg_stat_activity")]


def kill_while_writing(cluster: Cluster, *, everything: bool) -> dict[int, list[int]]:
    """What was acknowledged to each writer before `kill -9` of the server (and of its sessions)."""
    writers = [Writer(cluster, number) for number in range(WRITERS)]
    postmaster, sessions = pids(cluster)
    for writer in writers:
        writer.start()
    time.sleep(SECONDS_OF_WRITING)
    for pid in (postmaster, *(sessions if everything else [])):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue  # the session that asked for the numbers has left already
    for writer in writers:
        writer.join(timeout=30)
        writer.database.close()
    return {writer.number: writer.acknowledged for writer in writers}


def stored(cluster: Cluster) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {number: set() for number in range(WRITERS)}
    with psycopg.connect(**cluster.connection("owner").to_libpq()) as database:
        for number, value in database.execute("SELECT number, value FROM kept"):
            found[number].add(value)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("everything", [False, True], ids=["the-server", "server-and-sessions"])
def test_kill_9_loses_no_acknowledged_commit(cluster: Cluster, everything: bool) -> None:
    with psycopg.connect(**cluster.connection("owner").to_libpq()) as database:
        database.execute("CREATE TABLE kept (number int, value int)")
    acknowledged = kill_while_writing(cluster, everything=everything)
    assert all(len(values) > 20 for values in acknowledged.values())
    cluster.start()
    after = stored(cluster)
    assert {number: set(values) - after[number] for number, values in acknowledged.items()} == {
        number: set() for number in range(WRITERS)
    }


def crashed(cluster: Cluster) -> Path:
    """Kill the server and wait until its processes have left; the pid file stays."""
    postmaster, sessions = pids(cluster)
    for pid in (postmaster, *sessions):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    time.sleep(0.5)
    return cluster.data / "postmaster.pid"


def test_a_pid_file_whose_number_is_free_is_passed_over(cluster: Cluster) -> None:
    pid_file = crashed(cluster)
    lines = pid_file.read_text().splitlines()
    free = int(Path("/proc/sys/kernel/pid_max").read_text()) - 1 if Path("/proc/sys").exists() else 99_998
    pid_file.write_text("\n".join([str(free), *lines[1:]]) + "\n")
    cluster.start()
    assert cluster.is_running()


@pytest.mark.slow
def test_a_pid_file_whose_number_another_program_has_got_is_passed_over(cluster: Cluster) -> None:
    pid_file = crashed(cluster)
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as stranger:
        lines = pid_file.read_text().splitlines()
        pid_file.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
        cluster.start()
        assert cluster.is_running()
        assert stranger.poll() is None
        stranger.kill()


def test_a_start_waits_for_a_server_that_is_about_to_stop(cluster: Cluster) -> None:
    stopping, _ = pids(cluster)
    with psycopg.connect(**cluster.connection("app").to_libpq()):
        os.kill(stopping, signal.SIGTERM)  # it stops when the last session has ended
        starts = threading.Thread(target=cluster.start)
        starts.start()
        time.sleep(0.5)
        assert starts.is_alive()
    starts.join(timeout=30)
    assert cluster.is_running()
    assert pids(cluster)[0] != stopping


def test_a_pid_file_that_was_half_written_is_no_running_server(cluster: Cluster) -> None:
    pid_file = crashed(cluster)
    pid_file.write_text("123")
    assert not cluster.is_running()
