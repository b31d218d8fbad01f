"""`samspill migrate` and `samspill serve` as processes: they start everything, and leave nothing behind."""

import http.client
import os
import signal
import socket
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from samspill.config.embedded import Cluster
from samspill.config.embedded.postmaster import wait_until

SECONDS_TO_OPEN = 240.0  # on a machine that may be busy; what never comes still fails
Samspill = Callable[..., subprocess.Popen[str]]


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def lines_until(process: subprocess.Popen[str], words: str) -> str:
    """What the process writes up to a line with `words`; all of it, if there is no such line in time."""
    assert process.stdout is not None
    watchdog = threading.Timer(SECONDS_TO_OPEN, process.kill)
    watchdog.start()
    written = ""
    for line in process.stdout:
        written += line
        if words in line:
            break
    watchdog.cancel()
    return written


def processes_of(home: Path) -> list[str]:
    """Command lines of what runs with this home in its environment (the database's own not counted)."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environ = (folder / "environ").read_bytes().split(b"\0")
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue  # it has ended, or is another user's
        if f"SAMSPILL_HOME={home}".encode() in environ and "postgres" not in command:
            found.append(command)
    return found


@pytest.mark.slow
def test_a_database_that_is_not_up_to_date_is_not_served(samspill: Samspill, home: Path) -> None:
    served = samspill("serve", "--port", str(free_port()))
    said = served.communicate(timeout=SECONDS_TO_OPEN)[0]
    assert served.returncode == 2
    assert "Run samspill migrate." in said
    assert "Traceback" not in said
    assert not Cluster(home).is_running()


@pytest.mark.slow
def test_serve_opens_web_and_worker_and_stops_them_all(samspill: Samspill, home: Path) -> None:
    migrated = samspill("migrate")
    said = migrated.communicate(timeout=SECONDS_TO_OPEN)[0]
    assert migrated.returncode == 0, said
    assert "parties now follow the register" in said
    port = free_port()
    served = samspill("serve", "--port", str(port))
    written = lines_until(served, "is open at")
    assert f"Samspill is open at http://127.0.0.1:{port}" in written
    caller = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    caller.request("GET", "/")
    assert caller.getresponse().status < 600
    caller.close()
    if Path("/proc/self/environ").exists():
        running = " ".join(processes_of(home))
        assert "granian" in running
        assert "django procrastinate" in running

    again = samspill("serve", "--port", str(port))
    assert f"Port {port} on 127.0.0.1 is in use" in again.communicate(timeout=SECONDS_TO_OPEN)[0]
    assert again.returncode == 2
    assert Cluster(home).is_running()

    served.send_signal(signal.SIGTERM)
    written += served.communicate(timeout=30)[0]
    assert served.returncode == 0, written
    assert "assword" not in written
    assert processes_of(home) == []
    assert not Cluster(home).is_running()


@pytest.mark.slow
def test_a_database_that_is_killed_comes_back_and_the_pages_with_it(samspill: Samspill, home: Path) -> None:
    assert samspill("migrate").wait(SECONDS_TO_OPEN) == 0
    port = free_port()
    served = samspill("serve", "--port", str(port))
    lines_until(served, "is open at")
    for _time in range(2):
        os.kill(int((home / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        assert wait_until(lambda: status_of(port, "/logg-inn/") == 200, SECONDS_TO_OPEN)
        assert wait_until(Cluster(home).is_running, SECONDS_TO_OPEN)
        assert wait_until(lambda: "procrastinate" in " ".join(processes_of(home)), SECONDS_TO_OPEN)
    served.send_signal(signal.SIGTERM)
    assert "Traceback" not in served.communicate(timeout=30)[0].rpartition("is open at")[0]
    assert served.returncode == 0


def status_of(port: int, path: str) -> int:
    caller = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        caller.request("GET", path)
        return caller.getresponse().status
    except OSError:
        return 0
    finally:
        caller.close()
