"""What a plan of due times means on the days when the clocks change."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from samspill.rulebook.wall_clock import OSLO, find_zone, instant, shown
from samspill.worklist.public import long_day

AHEAD = timedelta(days=366)


def told_of_clocks(times: Iterable[str], first: date, last: date | None, today: date) -> list[str]:
    """A sentence for each time of day that a clock leaves out, or shows twice, within a year of `first`."""
    hours = sorted(time.fromisoformat(one) for one in times)
    end = min(last or date.max, first + AHEAD)
    return [said for day in _changes(first, end) for at in hours if (said := _told(day, at, today))]


def _changes(first: date, last: date) -> Iterator[date]:
    """Days on which the clock is moved."""
    zone = find_zone(OSLO)
    for number in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(number)
        start, end = (datetime.combine(one, time(0), zone) for one in (day, day + timedelta(days=1)))
        if start.utcoffset() != end.utcoffset():
            yield day


def _told(day: date, at: time, today: date) -> str:
    meant = shown(instant(day, at))
    said = {"day": long_day(day, today), "time": f"{at:%H.%M}", "shown": f"{meant:%H.%M}"}
    if meant.time() != at:
        return _("On %(day)s there is no %(time)s: the clock is moved. It is then due at %(shown)s.") % said
    if meant.replace(fold=0).utcoffset() != meant.replace(fold=1).utcoffset():
        return _("On %(day)s it is %(time)s twice: the clock is moved. It is due the first time.") % said
    return ""
