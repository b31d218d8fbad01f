"""Kill one of them at a random moment, start it again, and so on; then count."""

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from benchmarks.installation import installation
from benchmarks.torture.counting import Found
from samspill.config.embedded.folders import data_folder

WRITERS = 4
SHORTEST, LONGEST = 0.02, 0.35
"""Seconds between two points: from the middle of a transaction to some of them."""
WEIGHTS = {"writer": 12, "watcher": 3, "database": 1}
_FORK = multiprocessing.get_context("fork")


@dataclass
class Crowd:
    """Who runs now, and what the writers were told yes to."""

    episodes: list[int]
    start: datetime
    running: dict[str, BaseProcess] = field(default_factory=dict)
    ears: dict[str, list[Connection]] = field(default_factory=dict)
    yes: dict[str, list[int]] = field(default_factory=dict)


def torture(*, points: int, seed: int, say: Callable[[str], object]) -> Found:
    """Kill `points` times while measurements come in, and tell what is there then."""
    runtime = installation()
    chance = random.Random(seed)  # noqa: S311  no secret
    from django.db import connection
    from django.utils import timezone

    from benchmarks.torture.patients import fill

    crowd = Crowd(fill(WRITERS), timezone.now().replace(microsecond=0))
    connection.close()  # a child must not inherit it
    killed: Counter[str] = Counter()
    for point in range(points):
        _start_missing(crowd)
        time.sleep(chance.uniform(SHORTEST, LONGEST))
        kind = chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        killed[kind] += 1
        if kind == "database":
            _kill(_postmaster(Path(os.environ["SAMSPILL_HOME"])))
            runtime.start_database()
        else:
            names = [name for name in crowd.running if name.startswith(kind)]
            _kill(crowd.running[chance.choice(names)].pid or 0)
        _hear(crowd)
        if point % 50 == 49:
            say(f"{point + 1} of {points} …")
    return _counted(crowd, killed)


def _start_missing(crowd: Crowd) -> None:
    """Whoever is dead begins where nothing was said: that may be there already, and is sent again."""
    from benchmarks.torture.writing import watch, write

    for episode in crowd.episodes:
        name = f"writer {episode}"
        if name not in crowd.running or not crowd.running[name].is_alive():
            hears, tells = _FORK.Pipe(duplex=False)
            first = max(crowd.yes.get(name, [-1])) + 1
            crowd.ears.setdefault(name, []).append(hears)
            crowd.running[name] = _FORK.Process(
                target=write, args=(episode, crowd.start, first, tells), daemon=True
            )
            crowd.running[name].start()
            tells.close()
    if "watcher" not in crowd.running or not crowd.running["watcher"].is_alive():
        crowd.running["watcher"] = _FORK.Process(target=watch, args=(crowd.start,), daemon=True)
        crowd.running["watcher"].start()


def _hear(crowd: Crowd) -> None:
    """Every number that was told and not heard yet. Half a number, of one killed telling it, is none."""
    for name, ears in crowd.ears.items():
        for ear in ears:
            try:
                while ear.poll():
                    crowd.yes.setdefault(name, []).append(ear.recv())
            except (EOFError, OSError):
                continue


def _counted(crowd: Crowd, killed: Counter[str]) -> Found:
    from benchmarks.torture.counting import count

    for process in crowd.running.values():
        _kill(process.pid or 0)
        process.join()
    _hear(crowd)
    yes = [f"{name.split()[1]}-{number}" for name, numbers in crowd.yes.items() for number in numbers]
    return count(killed, yes)


def _postmaster(home: Path) -> int:
    return int((data_folder(home) / "postmaster.pid").read_text().split()[0])


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):  # the database went, and it with it
        os.kill(pid, signal.SIGKILL)
