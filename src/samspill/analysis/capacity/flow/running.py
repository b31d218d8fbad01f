"""Replications: the same model again and again with other chance, kept one by one so that a run can go on.

    simulate(model, days=365, replications=50, seed=1) -> Flow

Replication k draws from (seed, k) alone: the result does not depend on how many run at once, nor in which
order. What is not whole is not read: `Flow` refuses until every replication is there.
Memory: replications x 11 measures x days x units x 8 bytes, and about 250 bytes per visit of one replication
for each that runs at once.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import partial
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.capacity.checks import check_whole
from samspill.analysis.capacity.flow.counting import MEASURES, count
from samspill.analysis.capacity.flow.drawing import draw_ways
from samspill.analysis.capacity.flow.events import play
from samspill.analysis.capacity.flow.model import Model
from samspill.analysis.capacity.flow.results import Flow, Run
from samspill.refusal import Refused

METHOD = "samspill.flow"
VERSION = "1"
MEMORY = 2_000_000_000  # bytes of results kept at most
LONGEST = 36_525  # days: a century
NOTE = "run.json"
Floats = NDArray[np.float64]
Each = Callable[[Callable[[int], tuple[Floats, int]], Iterable[int]], Iterable[tuple[Floats, int]]]


def simulate(
    model: Model,
    *,
    days: int,
    warm_up_days: int = 90,
    replications: int = 20,
    seed: int = 1,
    at_most: int | None = None,
    keep: Path | None = None,
    each: Each = map,
    progress: Callable[[int, int], None] | None = None,
) -> Flow:
    """`replications` of `days` days after a warm-up that is thrown away (it starts with empty beds).

    `keep` is a folder in which each replication is put when it is done; a later call with the same arguments
    goes on from there. `at_most` stops after that many new ones. `each` maps a function over numbers
    in order, like `map`; give a process pool's to use several processes. `progress` hears (done, wanted).
    Refuses (code): `other_run` (the folder holds another), `too_many_results`, `too_many_patients`, values.
    """
    for value, name, least in ((days, "days", 1), (warm_up_days, "warm_up_days", 0)):
        check_whole(value, name, least=least, most=LONGEST)
    check_whole(replications, "replications", least=1)
    check_whole(seed, "seed")
    _check_memory(model, days, replications)
    run = Run(METHOD, VERSION, fingerprint(model), days, warm_up_days, replications, seed)
    shape = (len(MEASURES), days, len(model.units))
    found = _kept(keep, run, shape) if keep is not None else {}
    wanted = [number for number in range(replications) if number not in found][:at_most]
    work = partial(replicate, model, days=days, warm_up_days=warm_up_days, seed=seed)
    for number, (daily, events) in zip(wanted, each(work, wanted), strict=True):
        found[number] = (daily, events)
        if keep is not None:
            _put(keep, number, daily, events)
        if progress is not None:
            progress(len(found), replications)
    done = tuple(sorted(found))
    daily = np.stack([found[number][0] for number in done]) if done else np.empty((0, *shape))
    return Flow(model, run, done, daily, sum(found[number][1] for number in done))


def replicate(model: Model, number: int, *, days: int, warm_up_days: int, seed: int) -> tuple[Floats, int]:
    """One replication: its measures (measures, days, units) and how many events it took."""
    whole = days + warm_up_days
    ways = draw_ways(model, days=whole, seed=seed, replication=number)
    visits = play(model, ways, days=whole)
    return count(model, ways, visits, warm_up_days=warm_up_days, days=days), visits.events


def fingerprint(model: Model) -> str:
    """sha256 over every value of the model: the same fingerprint means the same model."""
    digest = hashlib.sha256()
    for word in _words(model):
        digest.update(word + b"\0")
    return digest.hexdigest()


def _words(value: object) -> Iterator[bytes]:
    if isinstance(value, np.ndarray):
        yield np.ascontiguousarray(value).tobytes()
    elif is_dataclass(value):
        yield type(value).__name__.encode()
        for one in fields(value):
            if one.init:
                yield from _words(getattr(value, one.name))
    elif isinstance(value, tuple):
        yield str(len(value)).encode()
        for part in value:
            yield from _words(part)
    else:
        yield repr(value).encode()


def _put(keep: Path, number: int, daily: Floats, events: int) -> None:
    """Write one replication whole or not at all."""
    target = keep / f"{number:05}.npz"
    part = target.with_suffix(".part")
    with part.open("wb") as file:
        np.savez(file, daily=daily, events=events)
    part.replace(target)


def _kept(keep: Path, run: Run, shape: tuple[int, ...]) -> dict[int, tuple[Floats, int]]:
    """What an earlier call left in the folder; notes in it whose run this is."""
    note, told = keep / NOTE, json.dumps(vars(run), indent=2)
    try:
        keep.mkdir(parents=True, exist_ok=True)
        if not note.exists():
            note.write_text(told, "utf-8")
        same = note.read_text("utf-8") == told
    except OSError as problem:
        raise Refused("cannot_write", f"The folder {keep} cannot be used: {problem.strerror}.") from problem
    if not same:
        raise Refused(
            "other_run",
            f"The folder {keep} holds another simulation: other model, days, replications or seed. "
            "Choose another folder.",
            field="keep",
        )
    paths = {number: keep / f"{number:05}.npz" for number in range(run.replications)}
    return {number: _stored(path, shape) for number, path in paths.items() if path.exists()}


def _stored(path: Path, shape: tuple[int, ...]) -> tuple[Floats, int]:
    try:
        with np.load(path) as stored:
            daily, events = stored["daily"], int(stored["events"])
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as problem:
        raise Refused("unreadable_file", f"{path} cannot be read. Take it away and run again.") from problem
    if daily.shape != shape:
        raise Refused("other_run", f"{path} does not belong to this simulation. Take it away.")
    return daily, events


def _check_memory(model: Model, days: int, replications: int) -> None:
    one = len(MEASURES) * days * len(model.units) * 8
    if one * replications > MEMORY:
        raise Refused(
            "too_many_results",
            f"{replications} replications of {days} days in {len(model.units)} units do not fit in memory. "
            f"Ask for at most {MEMORY // one} replications.",
            field="replications",
        )
