"""Children are kept running, and stopped together. Real processes, small ones."""

import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path

import click
import pytest

from samspill.cli import supervise as supervision
from samspill.cli.serve import check_port_is_free
from samspill.cli.supervise import Child, supervise
from samspill.refusal import Refused

ENDS_AT_ONCE = "import sys; sys.exit(7)"
ENDS_WHILE_AWAY = (
    "import pathlib, sys, time; pathlib.Path(sys.argv[1]).exists() and sys.exit(7); time.sleep(60)"
)
WAITS = "import time; time.sleep(60)"
IGNORES = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
)
LEAVES_A_CHILD = """
import pathlib, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path(sys.argv[1]).write_text(str(child.pid))
sys.exit(3)
"""


def python(program: str, *arguments: str) -> Child:
    return Child(
        "child", [sys.executable, "-c", program, *arguments], dict(os.environ), first_pause_seconds=0.01
    )


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_a_child_that_keeps_ending_is_started_again_three_times_and_then_given_up() -> None:
    said: list[str] = []
    with pytest.raises(click.ClickException, match="ended 4 times, last with code 7"):
        supervise([python(ENDS_AT_ONCE)], say=said.append)
    assert [line.rpartition("again, ")[2] for line in said] == ["1 of 3.", "2 of 3.", "3 of 3."]


def test_while_the_database_is_away_a_child_that_ended_waits_and_is_not_given_up(tmp_path: Path) -> None:
    away = tmp_path / "away"
    away.touch()
    child, said, asked = python(ENDS_WHILE_AWAY, str(away)), [], []

    def database_answers() -> bool:
        asked.append(True)
        if len(asked) > 2 * supervision.MOST_RESTARTS:
            away.unlink(missing_ok=True)
        return not away.exists()

    def is_back() -> bool:
        if runs := not away.exists() and child.process is not None:
            os.kill(os.getpid(), signal.SIGTERM)
        return runs

    supervise([child], say=said.append, opened=is_back, database_answers=database_answers)
    assert len(said) == 1
    assert "the database does not answer" in said[0]
    assert child.process is not None
    assert child.process.returncode == -signal.SIGTERM


def test_when_one_child_is_given_up_the_others_are_stopped() -> None:
    other = python(WAITS)
    with pytest.raises(click.ClickException):
        supervise([python(ENDS_AT_ONCE), other], say=lambda line: None)
    assert other.process is not None
    assert other.process.returncode == -signal.SIGTERM


@pytest.mark.parametrize("order", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_signal_stops_all_children_and_gives_the_signals_back(order: signal.Signals) -> None:
    children = [python(WAITS), python(WAITS)]
    before = signal.getsignal(order)
    opened: list[bool] = []

    def open_once() -> bool:
        opened.append(True)
        os.kill(os.getpid(), order)
        return True

    supervise(children, say=lambda line: None, opened=open_once)
    assert [child.process.returncode for child in children if child.process] == [-signal.SIGTERM] * 2
    assert signal.getsignal(order) == before
    assert opened == [True]


def test_a_child_that_does_not_listen_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "STOP_SECONDS", 0.3)
    child = python(IGNORES)
    threading.Timer(0.7, os.kill, (os.getpid(), signal.SIGTERM)).start()
    supervise([child], say=lambda line: None)
    assert child.process is not None
    assert child.process.returncode == -signal.SIGKILL


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="NOT TESTED: needs /proc to see processes")
def test_what_a_child_leaves_behind_is_ended_with_it(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    with pytest.raises(click.ClickException):
        supervise([python(LEAVES_A_CHILD, str(note))], say=lambda line: None)
    left_behind = int(note.read_text())
    deadline = time.monotonic() + 3
    while is_alive(left_behind) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_alive(left_behind)


def test_a_port_in_use_is_refused_and_a_free_one_is_not() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Refused) as refusal:
            check_port_is_free("127.0.0.1", port)
    assert refusal.value.code == "serve.port"
    assert f"Port {port} on 127.0.0.1 is in use" in refusal.value.sentence
    check_port_is_free("127.0.0.1", port)


def test_an_address_this_machine_does_not_have_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        check_port_is_free("192.0.2.1", 8000)
    assert refusal.value.code == "serve.address"
