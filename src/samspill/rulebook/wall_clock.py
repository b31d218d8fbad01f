"""From what a clock on a Norwegian wall shows to the instant it is: one instant for every time of every day.

An hour that the clock leaves out in March is counted on from before the change: 02:30 is then the instant at
which the clock shows 03:30. An hour that it shows twice in October is the first of the two. Both are what
calendars do (RFC 5545, 3.3.5). Two times of a day may thus fall on one instant, never one time on two.
Not here: arrays of stays (`samspill.analysis.capacity.clock`), which refuse such hours instead.
"""

from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from samspill.refusal import Refused

OSLO = "Europe/Oslo"


def instant(day: date, at: time, *, zone: str = OSLO) -> datetime:
    """The instant, in UTC, at which the wall clock in `zone` shows `at` on `day`."""
    return datetime.combine(day, at.replace(tzinfo=None, fold=0), find_zone(zone)).astimezone(UTC)


def shown(moment: datetime, *, zone: str = OSLO) -> datetime:
    """What the wall clock shows at `moment`. Refuses (`time.no_zone`) one without a zone."""
    return check_zoned(moment).astimezone(find_zone(zone))


def check_zoned(moment: object, *, what: str = "The time") -> datetime:
    """`moment` itself, in UTC. Refuses (code): `time.not_a_time`, `time.no_zone`."""
    if not isinstance(moment, datetime):
        raise Refused("time.not_a_time", f"{what} is {moment!r}, but must be a day and time with a zone.")
    if moment.utcoffset() is None:
        raise Refused(
            "time.no_zone",
            f"{what} is {moment:%Y-%m-%d %H:%M}, without a time zone. Say which, as in +01:00 or Z.",
        )
    return moment.astimezone(UTC)


@cache
def find_zone(name: str) -> ZoneInfo:
    """Refuses (`unknown_zone`) a name that is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError) as problem:
        raise Refused("unknown_zone", f"There is no time zone {name}. Norway's is {OSLO}.") from problem
