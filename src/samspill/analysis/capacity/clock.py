"""From what the ward's clock showed to the moments it was, and back: summer time told honestly.

Once a year the clock shows one hour twice, and once it leaves one out. A stay is as long as the time that
passed, so all reckoning is in UTC. Moments are numpy `datetime64[s]` without a zone; which they are, local
or UTC, the names say.
"""

from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samspill.refusal import Refused

OSLO = "Europe/Oslo"
DAY, WEEK = 86_400, 604_800
MONDAY = 4 * DAY  # 1 January 1970 was a Thursday; the first Monday came four days later
Seconds = NDArray[np.int64]
Moments = NDArray[np.datetime64]


class Twice(StrEnum):
    """What to take the hour for that the clock shows twice."""

    REFUSE = "refuse"
    FIRST = "first"
    SECOND = "second"


def seconds_of(moments: ArrayLike) -> Seconds:
    """Seconds since 1970; NaT stays the smallest integer."""
    return np.asarray(moments, dtype="datetime64[s]").astype(np.int64)


def to_utc(local: ArrayLike, *, zone: str = OSLO, twice: Twice = Twice.REFUSE) -> Moments:
    """UTC of what the clock showed, (n,) as `datetime64[s]`; NaT stays NaT.

    Refuses (code): `clock_twice`, a time in the hour that comes twice, unless `twice` says which;
    `clock_never`, a time that the clock left out; `unknown_zone`.
    """
    shown = np.asarray(local, dtype="datetime64[s]")
    there = ~np.isnat(shown)
    if not there.any():
        return shown.copy()
    wall = shown.astype(np.int64)
    known = wall[there]
    moments, offsets = _offsets(zone, int(known.min()), int(known.max()))
    # the offset before and after the nearest change: one of them is right, both in the double hour
    earlier = wall - _offset_at(moments, offsets, wall - DAY // 2)
    later = wall - _offset_at(moments, offsets, wall + DAY // 2)
    early = there & (earlier + _offset_at(moments, offsets, earlier) == wall)
    late = there & (later + _offset_at(moments, offsets, later) == wall)
    _check_shown(shown, there & ~early & ~late, early & late & (earlier != later), zone, twice)
    first, second = np.minimum(earlier, later), np.maximum(earlier, later)
    both = second if twice is Twice.SECOND else first
    utc = np.where(early & late, both, np.where(early, earlier, later))
    return np.where(there, utc, wall).astype("datetime64[s]")


def to_local(utc: ArrayLike, *, zone: str = OSLO) -> Moments:
    """What the clock shows at UTC moments (n,); the double hour comes out twice."""
    moments = seconds_of(utc)
    if not moments.size:
        return moments.astype("datetime64[s]")
    changes, offsets = _offsets(zone, int(moments.min()), int(moments.max()))
    return (moments + _offset_at(changes, offsets, moments)).astype("datetime64[s]")


def midnight(day: date, *, zone: str = OSLO) -> np.datetime64:
    """The UTC moment at which `day` begins."""
    return np.datetime64(int(datetime(day.year, day.month, day.day, tzinfo=_zone(zone)).timestamp()), "s")


def hour_of_week(local: ArrayLike) -> NDArray[np.int64]:
    """0 for the hour from Monday 00:00 to 167 for that to Sunday 24:00."""
    return (seconds_of(local) - MONDAY) % WEEK // 3600


def _check_shown(shown: Moments, never: NDArray, double: NDArray, zone: str, twice: Twice) -> None:
    if never.any():
        row = int(np.flatnonzero(never)[0])
        raise Refused(
            "clock_never",
            f"Row {row + 1} says {shown[row]}, which the clock in {zone} left out that night. Mend the time.",
            facts={"row": row + 1, "time": str(shown[row])},
        )
    if double.any() and twice is Twice.REFUSE:
        row = int(np.flatnonzero(double)[0])
        raise Refused(
            "clock_twice",
            f"Row {row + 1} says {shown[row]}, which the clock in {zone} showed twice that night. "
            "Give the time in UTC, or say whether the first or the second is meant.",
            facts={"row": row + 1, "time": str(shown[row])},
        )


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as problem:
        raise Refused("unknown_zone", f"There is no time zone {name}. Norway's is {OSLO}.") from problem


def _offset_at(moments: Seconds, offsets: Seconds, at: Seconds) -> Seconds:
    return offsets[np.searchsorted(moments, at, side="right") - 1]


def _offsets(zone: str, first: int, last: int) -> tuple[Seconds, Seconds]:
    """Moments (UTC) from which an offset holds, and the offsets, covering `first`..`last` with margin."""
    years = [datetime.fromtimestamp(moment, UTC).year for moment in (first - 2 * DAY, last + 2 * DAY)]
    found = [change for year in range(years[0], years[1] + 1) for change in _changes(zone, year)]
    return np.array([moment for moment, _ in found]), np.array([offset for _, offset in found])


@lru_cache(maxsize=512)
def _changes(zone: str, year: int) -> tuple[tuple[int, int], ...]:
    """(moment, offset from then) in the UTC year, its start included."""
    known = _zone(zone)

    def offset(moment: int) -> int:
        shift = datetime.fromtimestamp(moment, known).utcoffset()
        return int(shift.total_seconds()) if shift is not None else 0

    start, end = (int(datetime(one, 1, 1, tzinfo=UTC).timestamp()) for one in (year, year + 1))
    changes = [(start, offset(start))]
    for day in range(start, end, DAY):
        low, high = day, day + DAY
        if offset(low) == offset(high):
            continue
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if offset(middle) == offset(low) else (low, middle)
        if high < end:
            changes.append((high, offset(high)))
    return tuple(changes)
