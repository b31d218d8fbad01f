"""Whether the server of a data folder runs: its pid file and its socket.

A server runs when its socket answers. The number in the pid file proves nothing: after a crash another
program may have it, and another container sees other numbers.
"""

import os
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

from samspill.config.embedded.folders import SOCKET_NAME

# Lines of postmaster.pid, counted from 0: src/include/utils/pidfile.h of PostgreSQL.
PID_LINE, SOCKET_LINE, STATUS_LINE = 0, 4, 7
SECONDS_BETWEEN_LOOKS = 0.05
FAST_STOP_SECONDS, HARD_STOP_SECONDS = 30, 10


def listening_folder(data: Path) -> Path | None:
    """The folder of the socket that the pid file names; None when there is no pid file."""
    lines = _pid_lines(data)
    return Path(lines[SOCKET_LINE]) if len(lines) > SOCKET_LINE and lines[SOCKET_LINE] else None


def answers(data: Path) -> bool:
    """Whether somebody listens at the socket of this data folder."""
    folder = listening_folder(data)
    if folder is None:
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller:
        try:
            caller.connect(str(folder / SOCKET_NAME))
        except OSError:
            return False
    return True


def is_ready(data: Path) -> bool:
    """Whether the server takes connections: it answers, and has finished recovering from a crash."""
    lines = _pid_lines(data)
    return len(lines) > STATUS_LINE and lines[STATUS_LINE].strip() == "ready" and answers(data)


def stop_server(data: Path) -> None:
    """End the sessions and stop, as `pg_ctl stop -m fast`; harder if that takes too long.

    Either way every acknowledged commit is on disk.
    """
    lines = _pid_lines(data)
    if not lines:
        return
    pid = int(lines[PID_LINE])
    for order, seconds in ((signal.SIGINT, FAST_STOP_SECONDS), (signal.SIGQUIT, HARD_STOP_SECONDS)):
        try:
            os.kill(pid, order)
        except ProcessLookupError:
            return
        if wait_until(lambda: not (data / "postmaster.pid").exists(), seconds):
            return


def forget_reused_pid(data: Path) -> None:
    """Remove the lock files whose number now belongs to another program, or to a process nobody has buried.

    PostgreSQL handles a number that is free, but takes any living process for its own server. To be called
    only when the socket is dead and nobody else uses the folder. Should processes of the old server be left,
    the shared memory they hold still keeps a new one out.
    """
    folder = listening_folder(data)
    if folder is not None:
        (folder / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)
    (data / "postmaster.pid").unlink(missing_ok=True)


def wait_until(true: Callable[[], bool], seconds: float) -> bool:
    """Look until `true` says so, at most `seconds`; the last answer."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(SECONDS_BETWEEN_LOOKS)
    return True


def _pid_lines(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return []
