"""How full it was, hour by hour and by hour of the week, from when people came and left.

A stay is [came, left): who leaves at 12:00 is not counted from 12:00 on, and first and last hour count by the
part of it that was spent. Bed-hours in are bed-hours out. Memory: about ten arrays of 8 bytes per stay,
and units x hours x 8 bytes for what is found (a million stays over two years in 40 units: 90 MB).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samspill.analysis.capacity.clock import (
    OSLO,
    Moments,
    Seconds,
    hour_of_week,
    midnight,
    seconds_of,
    to_local,
)
from samspill.refusal import Refused

HOUR = 3600
HOURS_OF_WEEK = 168
PERCENTILES = (50.0, 75.0, 90.0, 95.0)
NEVER = np.iinfo(np.int64).min  # NaT as an integer
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Profile:
    """A week as it usually is, by hour of the local week (Monday 00:00 first).

    `mean` (units, 168) and `percentiles` (units, 168, len(shares)) are of the hourly means of people in bed;
    `weeks` (168,) is how many hours each is made of (the double hour of autumn counts as two).
    """

    units: tuple[str, ...]
    shares: tuple[float, ...]
    mean: Floats
    percentiles: Floats
    weeks: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Occupancy:
    """People in bed in each hour that passed: `in_bed` (units, hours), mean over the hour.

    `starts` (hours,) is when each hour began, in UTC; `of_week` (hours,) its hour of the local week. A day in
    March has 23 of them and one in October 25.
    """

    units: tuple[str, ...]
    starts: Moments
    of_week: NDArray[np.int64]
    in_bed: Floats

    @property
    def bed_hours(self) -> Floats:
        """Bed-hours spent within the window, by unit (units,)."""
        return self.in_bed.sum(axis=1)

    def profile(self, shares: Sequence[float] = PERCENTILES) -> Profile:
        """Mean and percentiles by hour of the week. Refuses a window without every hour of a week."""
        weeks = np.bincount(self.of_week, minlength=HOURS_OF_WEEK)
        if not weeks.all():
            raise Refused("window_too_short", "The window must hold every hour of a week. Make it longer.")
        order = np.argsort(self.of_week, kind="stable")
        parts = np.split(self.in_bed[:, order], np.cumsum(weeks)[:-1], axis=1)
        return Profile(
            units=self.units,
            shares=tuple(shares),
            mean=np.stack([part.mean(axis=1) for part in parts], axis=1),
            percentiles=np.stack([np.percentile(part, shares, axis=1).T for part in parts], axis=1),
            weeks=weeks,
        )


def occupancy(
    came: ArrayLike,
    left: ArrayLike,
    *,
    start: date,
    end: date,
    zone: str = OSLO,
    unit: ArrayLike | None = None,
    units: Sequence[str] = ("",),
) -> Occupancy:
    """People in bed from the start of `start` to the start of `end`, local days, of stays in UTC.

    `came` and `left` (n,) are UTC `datetime64`; NaT in `left` is somebody who is still there. `unit` (n,) is
    the place of each stay in `units`. What is outside the window does not count. Clock times are
    made UTC with `to_utc`. Refuses (code): `backwards`, `stay_shape`, `missing_time`,
    `stay_backwards`, `unknown_unit`.
    """
    if end <= start:
        raise Refused("backwards", f"The window ends on {end}, not after its start {start}.", field="end")
    first, last = (int(midnight(day, zone=zone).astype(np.int64)) for day in (start, end))
    begins, ends = seconds_of(came), seconds_of(left)
    place = np.zeros(len(begins), np.int64) if unit is None else np.asarray(unit, dtype=np.int64)
    _check_stays(begins, ends, place, len(units))
    ends = np.where(ends == NEVER, last, ends)
    begins, ends = np.clip(begins, first, last) - first, np.clip(ends, first, last) - first
    hours = -(-(last - first) // HOUR)
    cells = len(units) * (hours + 2)
    row = place * (hours + 2)
    change = _entering(begins, row, cells) - _entering(ends, row, cells)
    in_bed = np.cumsum(change.reshape(len(units), -1), axis=1)[:, :hours]
    starts = (first + HOUR * np.arange(hours)).astype("datetime64[s]")
    of_week = hour_of_week(to_local(starts, zone=zone))
    return Occupancy(tuple(units), starts, of_week, np.maximum(in_bed, 0.0))


def _entering(seconds: Seconds, row: Seconds, cells: int) -> Floats:
    """What entering at `seconds` adds, to be summed along the hours: the rest of that hour, then all."""
    hour = seconds // HOUR
    part = (seconds - hour * HOUR) / HOUR
    late = np.bincount(row + hour, weights=part, minlength=cells)
    change = np.bincount(row + hour, minlength=cells).astype(np.float64) - late
    change[1:] += late[:-1]
    return change


def _check_stays(begins: Seconds, ends: Seconds, place: Seconds, units: int) -> None:
    if begins.ndim != 1 or begins.shape != ends.shape or begins.shape != place.shape:
        raise Refused(
            "stay_shape",
            f"There are {begins.size} times of coming, {ends.size} of leaving and {place.size} units; "
            "there must be one of each for every stay.",
        )
    if (begins == NEVER).any():
        row = int(np.flatnonzero(begins == NEVER)[0])
        raise Refused("missing_time", f"Row {row + 1} has no time of coming. Add it, or leave the row out.")
    wrong = (ends != NEVER) & (ends < begins)
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise Refused(
            "stay_backwards",
            f"Row {row + 1} leaves before it comes. Mend one of the times.",
            facts={"row": row + 1},
        )
    if ((place < 0) | (place >= units)).any():
        raise Refused(
            "unknown_unit", f"A stay is in a unit that is not among the {units} named.", field="unit"
        )
