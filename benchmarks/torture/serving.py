"""The processes that serve, as `samspill serve` starts them, each with a group that is killed whole."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from samspill.cli.serve import at_once, web_server
from samspill.cli.supervise import Child

if TYPE_CHECKING:
    from samspill.config.main import Installation

THREADS = 4
LAST_BYTES = 4000


def children(runtime: "Installation", ports: tuple[int, ...], origin: int) -> dict[str, Child]:
    """By name: a web server for each port, all known to the world by one address, and the worker."""
    environment = runtime.environment("app") | at_once(THREADS, 0)
    environment |= {"SAMSPILL_ORIGIN": f"http://127.0.0.1:{origin}", "PYTHONWARNINGS": "ignore"}
    environment.pop("SAMSPILL_DB_POOL", None)  # as it is in an installation
    worker = [sys.executable, "-m", "django", "procrastinate", "--skip-checks", "worker"]
    webs = {
        f"web {port}": Child(f"web {port}", web_server("127.0.0.1", port, 1, THREADS), environment)
        for port in ports
    }
    return webs | {"worker": Child("worker", worker, environment)}


def kill(child: Child) -> None:
    """The whole group at once, without a word."""
    child.kill_group()
    if child.process is not None:
        child.process.wait()


def defer_jobs(community: int) -> None:
    """What falls due by the minute, without waiting for it: one of each in the queue, however many run."""
    from contextlib import suppress

    from procrastinate.exceptions import AlreadyEnqueued

    from samspill.care.jobs import escalate_in, miss_in
    from samspill.fhir.jobs import send_in

    for job in (escalate_in, miss_in, send_in):
        with suppress(AlreadyEnqueued):
            job.configure(queueing_lock=f"torture:{job.name}").defer(community_id=community)


@contextmanager
def unheard() -> Iterator[BinaryIO]:
    """What the killed complain of goes into a file, and its end is shown when something went wrong here."""
    stderr = sys.stderr.fileno()
    before = os.dup(stderr)
    with tempfile.TemporaryFile() as kept:
        os.dup2(kept.fileno(), stderr)
        try:
            yield kept
        finally:
            os.dup2(before, stderr)
            os.close(before)


def end_of(kept: BinaryIO) -> str:
    kept.seek(max(0, kept.seek(0, os.SEEK_END) - LAST_BYTES))
    return kept.read().decode(errors="replace")
