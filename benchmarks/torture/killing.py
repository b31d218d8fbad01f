"""Kill one of them at a random moment, start it again, and so on; then let all come to rest, and count."""

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.installation import installation
from benchmarks.start import free_port
from benchmarks.torture.counting import Found, Heard
from samspill.config.embedded.folders import data_folder

if TYPE_CHECKING:
    from benchmarks.torture.outside import Told
    from benchmarks.torture.patients import World
    from samspill.cli.supervise import Child
    from samspill.config.main import Installation

SHORTEST, LONGEST = 0.02, 0.35
"""Seconds between two points: from the middle of a transaction to some of them."""
WEIGHTS = {"web": 6, "worker": 3, "database": 1}
LOOK, DEFER = 0.02, 0.4
WELL_WITHIN, DONE_WITHIN, CALM = 180.0, 180.0, 10.0
"""Seconds: until one that was started does its work, all is answered, and the database's end is over."""
WAITING_A_POINT = 3
AT_WORK = {"web": 10, "worker": 3}
"""Requests that are answered, and letters that are sent, by who may be killed."""
SERVERS, SHOWN = 2, 5
MIGRATED = Path(__file__).resolve().parents[2] / "build" / "migrated"
_FORK = multiprocessing.get_context("fork")


@dataclass
class Crowd:
    """Who runs now, how much each has done since it was started, and what was heard of the world outside."""

    runtime: "Installation"
    world: "World"
    children: dict[str, "Child"]
    ear: Connection
    heard: Heard = field(default_factory=Heard)
    done: Counter[str] = field(default_factory=Counter)
    is_done: bool = False
    restarted: float = 0.0
    deferred: float = 0.0


def torture(*, points: int, seed: int, say: Callable[[str], object]) -> Found:
    """Kill `points` times while measurements come in, and tell what is there then."""
    from benchmarks.torture.serving import end_of, kill, unheard

    runtime = installation(MIGRATED if MIGRATED.exists() else None)
    ports = tuple(free_port() for _ in range(SERVERS))
    with unheard() as kept:
        crowd, process, ends = _opened(runtime, points, ports)
        try:
            _kill_at_random(crowd, points, random.Random(seed), say)  # noqa: S311  no secret
            ends.set()
            _wait(crowd, DONE_WITHIN, lambda: crowd.is_done, "not everything that was sent is answered")
            for child in crowd.children.values():
                kill(child)
            found = _counted(crowd)
            if not found.is_whole:
                say("\n".join([*crowd.heard.refused[:SHOWN], end_of(kept)]))
            return found
        except BaseException:
            say(end_of(kept))
            raise
        finally:
            for child in crowd.children.values():
                kill(child)
            process.kill()


def _opened(
    runtime: "Installation", points: int, ports: tuple[int, ...]
) -> tuple[Crowd, multiprocessing.context.ForkProcess, "multiprocessing.synchronize.Event"]:
    from django.db import connection

    from benchmarks.torture.outside import PATIENTS, Outside
    from benchmarks.torture.patients import fill
    from benchmarks.torture.serving import children

    receiver = free_port()
    world = fill(PATIENTS, waiting=points * WAITING_A_POINT, receiver=f"http://127.0.0.1:{receiver}/")
    connection.close()  # a child must not inherit it
    ear, tells = _FORK.Pipe(duplex=False)
    ends = _FORK.Event()
    outside = Outside(world, ports, ports[0], tells, ends)
    process = _FORK.Process(target=outside.run, args=(receiver,), daemon=True)
    process.start()
    tells.close()
    crowd = Crowd(runtime, world, children(runtime, ports, ports[0]), ear)
    for child in crowd.children.values():
        child.start()
    return crowd, process, ends


def _kill_at_random(crowd: Crowd, points: int, chance: random.Random, say: Callable[[str], object]) -> None:
    """Only who has done its work since it was started, and so is in the middle of it."""
    for point in range(points):
        pause = time.monotonic() + chance.uniform(SHORTEST, LONGEST)
        _wait(crowd, LONGEST + 1, lambda until=pause: time.monotonic() > until, "")
        kind = chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        if kind == "database":
            _kill_database(crowd)
        else:
            _wait(crowd, WELL_WITHIN, lambda kind=kind: _well(crowd, kind), f"no {kind} came to work again")
            _kill_one(crowd, chance.choice(_well(crowd, kind)))
        crowd.heard.killed[kind] += 1
        if point % 50 == 49:
            say(f"{point + 1} of {points} …")


def _well(crowd: Crowd, kind: str) -> list[str]:
    return sorted(
        name for name in crowd.children if name.startswith(kind) and crowd.done[name] >= AT_WORK[kind]
    )


def _kill_one(crowd: Crowd, name: str) -> None:
    from benchmarks.torture.serving import kill

    kill(crowd.children[name])
    _hear(crowd)  # what it said before it was killed
    crowd.done.pop(name, None)
    crowd.children[name].start()


def _start_ended(crowd: Crowd) -> None:
    """Who ended because the database went is started again, as `samspill serve` does (`cli.supervise`)."""
    for name, child in crowd.children.items():
        if child.process is not None and child.process.poll() is not None:
            child.kill_group()
            crowd.heard.ended[name.split()[0]] += 1
            crowd.done.pop(name, None)
            child.start()


def _kill_database(crowd: Crowd) -> None:
    from django.db import connection

    connection.close()
    with suppress(ProcessLookupError):
        os.kill(_postmaster(Path(os.environ["SAMSPILL_HOME"])), signal.SIGKILL)
    crowd.runtime.start_database()
    crowd.restarted = time.monotonic()


def _wait(crowd: Crowd, seconds: float, is_over: Callable[[], object], else_say: str) -> None:
    """Listen, and have the worker find its work, until it is over. RuntimeError when it never is."""
    from benchmarks.torture.serving import defer_jobs

    deadline = time.monotonic() + seconds
    while not is_over():
        _start_ended(crowd)
        if time.monotonic() > deadline:
            raise RuntimeError(else_say)
        if time.monotonic() - crowd.deferred > DEFER:
            defer_jobs(crowd.world.community)
            crowd.deferred = time.monotonic()
        crowd.ear.poll(LOOK)
        _hear(crowd)


def _hear(crowd: Crowd) -> None:
    """All that is told and not heard yet; who does its work is well."""
    while crowd.ear.poll():
        told: Told = crowd.ear.recv()
        crowd.is_done |= told.what == "done"
        crowd.heard.take(told, is_calm=time.monotonic() - crowd.restarted > CALM)
        if told.what == "yes":
            crowd.done[f"web {told.port}"] += 1
        if told.what == "letter":
            crowd.done["worker"] += 1


def _counted(crowd: Crowd) -> Found:
    from benchmarks.torture.counting import come_to_rest, count

    come_to_rest(crowd.world)
    _hear(crowd)
    return count(crowd.world, crowd.heard)


def _postmaster(home: Path) -> int:
    return int((data_folder(home) / "postmaster.pid").read_text().split()[0])
