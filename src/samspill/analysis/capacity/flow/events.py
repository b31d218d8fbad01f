"""The simulation itself: one arrival or one end of treatment after the other, in order of time.

Two events only: somebody comes from outside, or somebody's treatment is over. All chance is drawn before
(`drawing`), all counting is done after (`counting`), so that an event costs a microsecond or two. A patient
whose next unit has no bed keeps the bed; when a bed comes free the first in the queue takes it, and the bed
that he or she leaves goes to the next in that queue, and so on, at the same moment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.capacity.flow.drawing import Ways, beds_on
from samspill.analysis.capacity.flow.model import Model, Unit, WhenFull

NO_LIMIT = 1 << 60
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Visits:
    """What happened to each visit of `Ways`, in days; not a number where it has not (all (visits,)).

    `asked` for a bed, `admitted` to it, `ready` to leave (treatment over and a day of leaving), `left`.
    `refused` tells who was turned away. `events` counts arrivals and ends of treatment.
    """

    asked: Floats
    admitted: Floats
    ready: Floats
    left: Floats
    refused: NDArray[np.bool_]
    events: int


def play(model: Model, ways: Ways, *, days: int) -> Visits:  # noqa: C901 (the loop is one on purpose)
    """Let everything happen until the end of the last day. Deterministic."""
    unit, stay, luck = ways.unit.tolist(), ways.stay.tolist(), ways.luck.tolist()
    priority, inner, instead = ways.priority.tolist(), ways.inner.tolist(), ways.instead.tolist()
    nothing = float("nan")
    asked, admitted, ready, left = ([nothing] * len(unit) for _ in range(4))
    refused: list[int] = []
    in_use, room = [0] * len(model.units), [NO_LIMIT] * len(model.units)
    reserved = [one.reserved for one in model.units]
    refuses = [one.when_full is WhenFull.REFUSE for one in model.units]
    holds = [_leaving(model, one, days) for one in model.units]
    queues: list[list[tuple[int, float, int]]] = [[] for _ in model.units]
    changes = _changes_of_room(model, days)
    heap: list[tuple[float, int]] = [(change[0], -1 - place) for place, change in enumerate(changes)]
    heapify(heap)
    events = 0

    def take(now: float, visit: int, place: int) -> None:
        """Put a patient in a bed of the unit `place`, and set the time at which he or she is ready."""
        in_use[place] += 1
        admitted[visit] = now
        end = now + stay[visit]
        if holds[place]:
            end += _held(holds[place], end, luck[visit])
        heappush(heap, (end, visit))

    def fill(now: float, place: int) -> None:
        """Give the free beds of a unit to its queue, and the beds they leave to the next queues."""
        freed = [place]
        while freed:
            here = freed.pop()
            queue = queues[here]
            while queue and in_use[here] < room[here] - (reserved[here] if queue[0][0] else 0):
                visit = heappop(queue)[2]
                take(now, visit, here)
                if inner[visit]:
                    left[visit - 1] = now
                    before = unit[visit - 1]
                    in_use[before] -= 1
                    freed.append(before)

    comes = zip([*ways.comes.tolist(), float(days)], [*ways.first.tolist(), -1], strict=True)
    arrival, first = next(comes)
    while True:
        if heap and heap[0][0] <= arrival:
            now, visit = heappop(heap)
            if visit < 0:
                _, place, beds = changes[-1 - visit]
                room[place] = beds
                fill(now, place)
                continue
            events += 1
            ready[visit] = now
            here, after = unit[visit], unit[visit + 1]
            if after >= 0:
                asked[visit + 1] = now
                free = room[after] - (reserved[after] if priority[visit] else 0)
                if in_use[after] >= free:
                    heappush(queues[after], (priority[visit], now, visit + 1))
                    continue
                take(now, visit + 1, after)
            left[visit] = now
            in_use[here] -= 1
            if queues[here]:
                fill(now, here)
        elif first < 0:
            break
        else:
            events += 1
            visit, tried = first, True
            while tried:
                tried, place = False, unit[visit]
                asked[visit] = arrival
                if in_use[place] < room[place] - (reserved[place] if priority[visit] else 0):
                    take(arrival, visit, place)
                elif refuses[place]:
                    refused.append(visit)
                    visit = instead[visit]
                    tried = visit >= 0
                else:
                    heappush(queues[place], (priority[visit], arrival, visit))
            arrival, first = next(comes)
    turned = np.zeros(len(unit), dtype=bool)
    turned[refused] = True
    return Visits(np.array(asked), np.array(admitted), np.array(ready), np.array(left), turned, events)


def _changes_of_room(model: Model, days: int) -> list[tuple[float, int, int]]:
    """(day, unit, beds that may be filled from then on), whenever that changes; the start is a change."""
    changes = []
    for place, unit in enumerate(model.units):
        before = -1
        for day in range(days):
            beds = _room_on(model, unit, day)
            if beds != before:
                changes.append((float(day), place, beds))
            before = beds
    return changes


def _room_on(model: Model, unit: Unit, day: int) -> int:
    today = model.starts + timedelta(day)
    if not unit.admits[model.weekday_on(day)]:
        return 0
    beds = beds_on(unit, today)
    return NO_LIMIT if beds is None or unit.when_full is WhenFull.OVERFLOW else beds


def _leaving(model: Model, unit: Unit, days: int) -> list[float]:
    """The share of those ready who may leave on each day; empty if all may every day."""
    if min(unit.leaves) >= 1:
        return []
    return [unit.leaves[model.weekday_on(day)] for day in range(days)]


def _held(leaves: Sequence[float], end: float, luck: float) -> int:
    """Days from the end of treatment until the day on which the patient may leave, or the simulation ends."""
    still, first = 1.0, int(end)
    for day in range(first, len(leaves)):
        still *= 1 - leaves[day]
        if luck < 1 - still:
            return day - first
    return max(len(leaves) - first, 0)
