"""From a fresh clone to a page one can see, and the second start: `make run`, as a newcomer meets it.

The stated work: at most 120 s with warm package caches on 2 cores, then at most 8 s. What is committed is
cloned. It installs everything once more, so it runs only when asked for.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import Case

ONLY_WHEN_ASKED = True
ROOT = Path(__file__).resolve().parents[1]
FIRST_SECONDS, SECOND_SECONDS = 120.0, 8.0
PATIENCE_SECONDS, STOP_SECONDS = 900.0, 60.0
# What a newcomer's shell does not have.
OURS = ("DATABASE_", "DJANGO_", "SAMSPILL_", "VIRTUAL_ENV", "MAKE", "MFLAGS")
OPENED = re.compile(r"open at (http://\S+)")
OK = 200


def cases() -> Iterator[Case]:
    """The first start and the second of the same clone, once each. Stopping it is not in the time."""
    folder = Path(tempfile.mkdtemp(prefix="samspill-bench-"))
    folder.chmod(0o711)  # the database's own account must reach it
    clone = Clone(folder)
    try:
        yield _case("fresh clone to serving", clone.make_and_start, FIRST_SECONDS)
        clone.stop()
        yield _case("second start", clone.start, SECOND_SECONDS)
    finally:
        clone.stop()
        shutil.rmtree(folder)


def _case(name: str, run: Callable[[], None], most: float) -> Case:
    return {
        "name": name,
        "run": run,
        "baseline": None,
        "work": f"make run, until a page is had; at most {most:.0f} s",
        "runs": 1,
        "most_seconds": most,
    }


class Clone:
    """What a newcomer has in `folder`: the repository, and the home of its database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "make.log"
        self.making: subprocess.Popen[bytes] | None = None

    def make_and_start(self) -> None:
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(self.folder / "samspill")], check=True)
        self.start()

    def start(self) -> None:
        """Return when a page has been had."""
        environ = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        environ |= {"SAMSPILL_HOME": str(self.folder / "home"), "PYTHONUNBUFFERED": "1"}
        with self.log.open("w", encoding="utf-8") as output:
            self.making = subprocess.Popen(
                ["make", "run", f"ARGS=--port {free_port()}"],
                cwd=self.folder / "samspill",
                env=environ,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        _wait_for_a_page(self.making, self.log)

    def stop(self) -> None:
        if self.making is not None and self.making.poll() is None:
            os.killpg(self.making.pid, signal.SIGINT)
            self.making.wait(STOP_SECONDS)
        self.making = None


def _wait_for_a_page(making: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and making.poll() is None:
        opened = OPENED.search(log.read_text("utf-8"))
        if opened and answers(opened[1]):
            return
        time.sleep(0.1)
    raise RuntimeError(f"make run did not come up:\n{log.read_text('utf-8')[-2000:]}")


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as page:  # noqa: S310
            return page.status == OK
    except urllib.error.URLError:
        return False


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
