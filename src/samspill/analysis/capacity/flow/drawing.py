"""Draw, before anything happens, who comes when, which way and for how long.

Each group and each step on the way has random numbers of its own, by name: the k-th patient of a group
stays as long in the same unit in every scenario of the same seed, whatever other units and groups there are
(common random numbers).
"""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.capacity.flow.model import Group, Model, Unit
from samspill.refusal import Refused

HOME = -1
LONGEST_WAY = 200  # units that one patient passes; more is a circle without a way home
MOST_VISITS = 6_000_000  # in one replication: below 2 GB
Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Ways:
    """All visits of one replication, patient by patient; after a patient's last visit stands `HOME`.

    `unit`, `stay` (days), `luck` (uniform, for the day of leaving), `instead` (the visit that is tried when
    this one is refused, or -1), `priority` and `inner` (True when the patient comes from the visit before)
    are all (visits,). `comes` (patients,) is when, rising, and `first` (patients,) the first visit.
    """

    unit: Places
    stay: Floats
    luck: Floats
    instead: Places
    priority: Places
    inner: NDArray[np.bool_]
    comes: Floats
    first: Places


def draw_ways(model: Model, *, days: int, seed: int, replication: int) -> Ways:
    """Everybody who comes within `days`. Refuses more than fit in memory, and ways without end."""
    expected = days * sum(group.arrivals_per_day * (1 + len(group.steps)) for group in model.groups)
    if expected > MOST_VISITS:
        raise Refused(
            "too_many_patients",
            f"About {expected:.0f} visits in one replication do not fit in memory. Simulate at most "
            f"{int(days * MOST_VISITS / expected)} days at a time, or fewer units.",
            field="days",
        )
    parts, offset = [], 0
    for group in model.groups:
        part = _group(model, group, days, (str(seed), str(replication), group.name), offset)
        offset += len(part.unit)
        parts.append(part)
    whole = Ways(*(np.concatenate([getattr(part, name) for part in parts]) for name in Ways.__annotations__))
    order = np.argsort(whole.comes, kind="stable")
    return Ways(**{**vars(whole), "comes": whole.comes[order], "first": whole.first[order]})


def _stream(*names: str) -> np.random.Generator:
    digest = hashlib.sha256("\0".join(names).encode()).digest()
    return np.random.default_rng(np.frombuffer(digest, dtype="<u4"))


def _group(model: Model, group: Group, days: int, names: tuple[str, ...], offset: int) -> Ways:
    comes = arrivals(model, group, days, _stream(*names, "comes"))
    uniforms: list[Floats] = []
    entries, entry = [], group.enters
    while entry and group.step_in(entry) is not None:
        entries.append(_paths(model, group, entry, len(comes), names, uniforms))
        entry = model.units[model.places[entry]].refused_to
    unit, stay, luck = (np.concatenate([path[part] for path in entries]) for part in range(3))
    starts, at = [], offset
    for path in entries:
        starts.append(path[3].astype(np.int64) + at)
        at += len(path[0])
    instead = np.full(len(unit), -1, dtype=np.int64)
    for before, after in pairwise(starts):
        instead[before - offset] = after
    inner = np.ones(len(unit), dtype=bool)
    for start in starts:
        inner[start - offset] = False
    priority = np.full(len(unit), group.priority, dtype=np.int64)
    return Ways(unit, stay, luck, instead, priority, inner, comes, starts[0])


def arrivals(model: Model, group: Group, days: int, chance: np.random.Generator) -> Floats:
    """When they come (patients,), rising: unit steps of chance, run through the expected number so far."""
    expected = np.concatenate([[0.0], np.cumsum(hourly_rates(model, group, days) / 24)])
    if expected[-1] == 0:
        return np.empty(0)
    enough = int(expected[-1] + 10 * np.sqrt(expected[-1]) + 50)
    reached = np.cumsum(chance.standard_exponential(enough))
    reached = reached[reached < expected[-1]]
    return np.interp(reached, expected, np.arange(len(expected)) / 24)


def hourly_rates(model: Model, group: Group, days: int) -> Floats:
    """Expected arrivals per day in each hour (24 * days,), with weekday, month and hour each of mean 1."""
    weekday, month, hour = (
        np.asarray(row) / np.mean(row) for row in (group.weekday, group.month, group.hour)
    )
    months = [(model.starts + timedelta(day)).month for day in range(days)]
    daily = [weekday[model.weekday_on(day)] * month[one - 1] for day, one in enumerate(months)]
    return group.arrivals_per_day * np.outer(daily, hour).ravel()


def _paths(
    model: Model, group: Group, entry: str, patients: int, names: tuple[str, ...], uniforms: list[Floats]
) -> tuple[Places, Floats, Floats, Places]:
    """Units, stays and luck, patient by patient with `HOME` after each, and where each patient begins."""
    now = np.full(patients, model.places[entry])
    units: list[Places] = []
    stays: list[Floats] = []
    lucks: list[Floats] = []
    while (now != HOME).any():
        if len(units) == LONGEST_WAY:
            raise Refused("endless_way", f"Patients of {group.name} go from unit to unit and never home.")
        if len(uniforms) == len(units):
            uniforms.append(_stream(*names, str(len(units))).random((patients, 3)))
        chance = uniforms[len(units)]
        stay, later = np.zeros(patients), np.full(patients, HOME)
        for step in group.steps:
            here = now == model.places[step.unit]
            stay[here] = step.stay.quantile(chance[here, 0])
            later[here] = _next(model, step.then, chance[here, 1])
        units.append(now)
        stays.append(stay)
        lucks.append(chance[:, 2])
        now = later
    return _laid_out(units, stays, lucks, patients)


def _next(model: Model, then: tuple[tuple[str, float], ...], chance: Floats) -> Places:
    targets = np.array([*(model.places[unit] for unit, _ in then), HOME])
    reached = np.cumsum([share for _, share in then])
    return targets[np.searchsorted(reached, chance, side="right")] if then else np.full(len(chance), HOME)


def _laid_out(
    units: list[Places], stays: list[Floats], lucks: list[Floats], patients: int
) -> tuple[Places, Floats, Floats, Places]:
    """From one array per step to one row of visits, each patient's after each other."""
    if not patients:
        return np.empty(0, np.int64), np.empty(0), np.empty(0), np.empty(0, np.int64)
    unit = np.column_stack([*units, np.full(patients, HOME)])
    kept = np.ones(unit.shape, dtype=bool)
    kept[:, 1:] = unit[:, :-1] != HOME  # one HOME after the last visit, no more
    lengths = kept.sum(axis=1)
    begins = np.cumsum(lengths) - lengths
    zero = np.zeros(patients)
    return (
        unit[kept],
        np.column_stack([*stays, zero])[kept],
        np.column_stack([*lucks, zero])[kept],
        begins,
    )


def beds_on(unit: Unit, day: date) -> int | None:
    """The beds a unit has on a day, or None when it has as many as are needed."""
    if unit.beds is None:
        return None
    return unit.beds_by_month[day.month - 1] if unit.beds_by_month else unit.beds
