"""Keep child processes running, and stop them all together.

Here: starting, watching, restarting with a growing pause, stopping. Not here: what the children are.
"""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import click

SECONDS_BETWEEN_LOOKS = 0.2
SECONDS_BETWEEN_QUESTIONS = 5.0  # to the database
MOST_RESTARTS = 3
# A child that has run this long is well again: its next end counts as the first.
STEADY_SECONDS = 60.0
# Longer than a request or a job's step should take.
STOP_SECONDS = 10.0
Say = Callable[[str], None]
Ask = Callable[[], bool]
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(slots=True)
class Child:
    """A process to keep running. It leads a process group, so that Ctrl-C reaches it only through us."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    first_pause_seconds: float = 1.0
    process: subprocess.Popen[bytes] | None = None
    restarts: int = 0
    changed_at: float = 0.0

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, env=self.environment, start_new_session=True)
        self.changed_at = time.monotonic()

    def look_after(self, say: Say, database_answers: Ask) -> None:
        """Notice an end, and start again after a pause. Raises click.ClickException after too many."""
        seconds = time.monotonic() - self.changed_at
        if self.process is None:
            if seconds >= self.first_pause_seconds * 2 ** (self.restarts - 1):
                self._start_when(database_answers)
        elif self.process.poll() is not None and database_answers():
            self._has_ended(self.process.returncode, steady=seconds > STEADY_SECONDS, say=say)
        elif self.process.poll() is not None:
            self._waits(self.process.returncode, say)

    def _start_when(self, database_answers: Ask) -> None:
        if database_answers():
            self.start()
        else:
            self.changed_at = time.monotonic()

    def _waits(self, code: int, say: Say) -> None:
        """Its end says nothing of itself: nobody gives it up for that the database is away."""
        self.kill_group()
        say(
            f"The {self.name} ended with code {code}, and the database does not answer. It is started again "
            "when the database does."
        )
        self.restarts, self.process, self.changed_at = 1, None, time.monotonic()

    def _has_ended(self, code: int, *, steady: bool, say: Say) -> None:
        self.kill_group()
        self.restarts = 1 if steady else self.restarts + 1
        if self.restarts > MOST_RESTARTS:
            what = f"ended {self.restarts} times, last with code {code}. The lines above say why."
            raise click.ClickException(f"The {self.name} {what}")
        say(f"The {self.name} ended with code {code}. Starting it again, {self.restarts} of {MOST_RESTARTS}.")
        self.process, self.changed_at = None, time.monotonic()

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def see_stopped(self, seconds: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(seconds, 0))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.kill_group()

    def kill_group(self) -> None:
        """End what the child may have left behind: workers of a web server that was killed."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return  # nobody is left; macOS says the latter when only a zombie is


def supervise(
    children: Sequence[Child], *, say: Say, opened: Ask = lambda: True, database_answers: Ask = lambda: True
) -> None:
    """Run `children` until a stop signal. `opened` is asked again and again until it says yes.

    `database_answers` is asked every few seconds, which brings up an embedded one that was lost, and when a
    child has ended: without the database it waits. Raises click.ClickException when a child keeps ending; all
    are stopped then too.
    """
    is_open, looked_at = False, time.monotonic()
    with stop_signals() as stop:
        try:
            for child in children:
                child.start()
            while not stop.wait(SECONDS_BETWEEN_LOOKS):
                for child in children:
                    child.look_after(say, database_answers)
                is_open = is_open or opened()
                if time.monotonic() - looked_at > SECONDS_BETWEEN_QUESTIONS:
                    database_answers()
                    looked_at = time.monotonic()
        finally:
            stop_all(children)


def stop_all(children: Sequence[Child]) -> None:
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.see_stopped(deadline - time.monotonic())


@contextmanager
def stop_signals() -> Iterator[threading.Event]:
    """An event that Ctrl-C, SIGTERM and a closed terminal set, for as long as the block runs."""
    stop = threading.Event()
    before = {order: signal.signal(order, lambda *_: stop.set()) for order in STOP_SIGNALS}
    try:
        yield stop
    finally:
        for order, handler in before.items():
            signal.signal(order, handler)
