"""From visits to what planners ask, day by day: beds in use, waiting, refused, discharge-ready, overflow."""

from datetime import timedelta
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.capacity.flow.drawing import Ways, beds_on
from samspill.analysis.capacity.flow.events import Visits
from samspill.analysis.capacity.flow.model import Model

Floats = NDArray[np.float64]


class Measure(StrEnum):
    """What is counted per day and unit. Bed-days within a day are also mean numbers of that day."""

    IN_USE = "in_use"  # bed-days
    PEAK = "peak"  # most in bed at once
    OVERFLOW = "overflow"  # bed-days above the beds there are
    READY = "ready"  # discharge-ready days: bed-days of those who wait here for another unit
    HELD = "held"  # bed-days from the end of treatment to a day of leaving
    AWAITED = "awaited"  # the same discharge-ready days, by the unit that is waited for
    WAITING = "waiting"  # days that those from outside wait for a bed here
    CAME = "came"  # asked for a bed here from outside
    DELAYED = "delayed"  # of those, had to wait
    REFUSED = "refused"  # of those, turned away
    ADMITTED = "admitted"  # got a bed here, wherever from


MEASURES = tuple(Measure)


def count(model: Model, ways: Ways, visits: Visits, *, warm_up_days: int, days: int) -> Floats:
    """Measures of `days` days after the warm-up, shape (measures, days, units), as `MEASURES`."""
    units = len(model.units)
    real = ways.unit >= 0
    unit = np.where(real, ways.unit, 0)
    asked, admitted, ready, left = (
        times - warm_up_days for times in (visits.asked, visits.admitted, visits.ready, visits.left)
    )
    treated = admitted + ways.stay
    outside = real & ~ways.inner
    before = np.roll(unit, 1)  # where an inner visit comes from

    def spent(begin: Floats, end: Floats, which: NDArray[np.bool_], place: NDArray = unit) -> Floats:
        chosen = which & ~np.isnan(begin)
        return _days_spent(begin[chosen], np.nan_to_num(end[chosen], nan=days), place[chosen], days, units)

    def number(moment: Floats, which: NDArray[np.bool_]) -> Floats:
        chosen = which & (moment >= 0) & (moment < days)
        cells = unit[chosen] * days + moment[chosen].astype(np.int64)
        return np.bincount(cells, minlength=units * days).reshape(units, days).T.astype(np.float64)

    waits = outside & ~visits.refused
    in_use, peak, overflow = _steps(model, unit, admitted, left, real, warm_up_days, days)
    found = {
        Measure.IN_USE: in_use,
        Measure.PEAK: peak,
        Measure.OVERFLOW: overflow,
        Measure.READY: spent(asked, admitted, real & ways.inner, before),
        Measure.HELD: spent(treated, ready, real),
        Measure.AWAITED: spent(asked, admitted, real & ways.inner),
        Measure.WAITING: spent(asked, admitted, waits),
        Measure.CAME: number(asked, outside),
        Measure.DELAYED: number(asked, waits & ~(admitted <= asked)),
        Measure.REFUSED: number(asked, outside & visits.refused),
        Measure.ADMITTED: number(admitted, real),
    }
    return np.stack([found[measure] for measure in MEASURES])


def _days_spent(begin: Floats, end: Floats, unit: NDArray, days: int, units: int) -> Floats:
    """Time between `begin` and `end` that falls in each day, summed by unit; shape (days, units)."""
    cells = units * (days + 2)
    change = np.zeros(cells)
    for moment, sign in ((begin, 1.0), (end, -1.0)):
        clipped = np.clip(moment, 0.0, days)
        day = clipped.astype(np.int64)
        late = np.bincount(unit * (days + 2) + day, weights=clipped - day, minlength=cells)
        entering = np.bincount(unit * (days + 2) + day, minlength=cells) - late
        entering[1:] += late[:-1]
        change += sign * entering
    found = np.cumsum(change.reshape(units, -1), axis=1)[:, :days].T
    return np.where(np.abs(found) < 1e-9, 0.0, found)


def _steps(
    model: Model,
    unit: NDArray,
    admitted: Floats,
    left: Floats,
    real: NDArray[np.bool_],
    warm_up_days: int,
    days: int,
) -> tuple[Floats, Floats, Floats]:
    """Bed-days, peak and bed-days above the beds, from the steps of the number in bed; each (days, units)."""
    in_use, peak, overflow = (np.zeros((days, len(model.units))) for _ in range(3))
    there = real & ~np.isnan(admitted)
    order = np.argsort(unit[there], kind="stable")
    bounds = np.searchsorted(unit[there][order], np.arange(len(model.units) + 1))
    comes, goes = admitted[there][order], np.nan_to_num(left[there][order], nan=np.inf)
    calendar = [model.starts + timedelta(warm_up_days + day) for day in range(days)]
    for place, one in enumerate(model.units):
        chosen = slice(bounds[place], bounds[place + 1])
        begin, end = comes[chosen], goes[chosen]
        edges = np.arange(days + 1, dtype=np.float64)
        inside = np.sort(
            np.concatenate([begin[(begin > 0) & (begin < days)], end[(end > 0) & (end < days)], edges])
        )
        # a difference of two sorted rows is the number in bed from each moment on
        level = np.searchsorted(np.sort(begin), inside, side="right") - np.searchsorted(
            np.sort(end), inside, side="right"
        )
        level, lasts = level[:-1], np.diff(inside)
        day = np.minimum(inside[:-1].astype(np.int64), days - 1)
        in_use[:, place] = np.bincount(day, weights=level * lasts, minlength=days)
        starts = np.searchsorted(inside[:-1], edges[:-1], side="left")
        peak[:, place] = np.maximum.reduceat(level, starts)
        if one.beds is not None:
            beds = np.array([beds_on(one, today) for today in calendar])
            over = np.maximum(level - beds[day], 0) * lasts
            overflow[:, place] = np.bincount(day, weights=over, minlength=days)
    return in_use, peak, overflow
