"""When a measurement is expected: times on the wall clock, on some days, with some time to spare."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta

from samspill.refusal import Refused
from samspill.rulebook.wall_clock import OSLO, check_zoned, find_zone, instant, shown

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The days of the week as FHIR writes them (Timing.repeat.dayOfWeek)."""
GRACE = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A time on a day is one due time; each is one instant, also when the clocks change (`wall_clock`).

    times      on the wall clock of `zone`
    first_day  and `last_day`, both included; None goes on until it is changed
    weekdays   of `DAYS`; all when it is empty
    every_days 1 each day, 2 every other day counted from `first_day`
    grace      how long after a due time a measurement may still come without being missed; time that passes
    early      how long before a due time a measurement counts for it; as long as `grace` when it is None
    by_whom    who measures, as the plan names them
    """

    times: tuple[time, ...]
    first_day: date
    last_day: date | None = None
    weekdays: tuple[str, ...] = ()
    every_days: int = 1
    grace: timedelta = GRACE
    early: timedelta | None = None
    by_whom: str = ""
    zone: str = OSLO


def as_schedule(given: object) -> Schedule:
    """`given` as a checked schedule: one already, or a mapping with the same names, as it is stored.

    In a mapping, times may be text ("08:00"), days ISO text, weekdays numbers from 1 for Monday, and `grace`
    and `early` minutes. Refuses as `check_schedule`, and (`schedule.unknown`) other names.
    """
    schedule = given if isinstance(given, Schedule) else _read(given)
    check_schedule(schedule)
    return schedule


def check_schedule(schedule: Schedule) -> None:
    """Refuses a schedule that cannot be.

    Codes: `schedule.times`, `schedule.days`, `schedule.weekdays`, `schedule.every`, `schedule.grace`,
    `unknown_zone`.
    """
    find_zone(schedule.zone)
    for code, wrong, sentence in _FAULTS:
        if wrong(schedule):
            raise Refused(f"schedule.{code}", sentence, field=code)


def due_between(schedule: Schedule, after: datetime | None, until: datetime) -> list[datetime]:
    """The due instants in UTC from `after` (from the first day when it is None) up to `until`, both included.

    In order, each once: two due times that the clocks move to the same instant are one.
    """
    start = schedule.first_day
    if after is not None:
        # the day before too, since a change of clocks may move a time past midnight
        start = max(start, shown(after, zone=schedule.zone).date() - timedelta(days=1))
    end = shown(until, zone=schedule.zone).date()
    if schedule.last_day is not None:
        end = min(end, schedule.last_day)
    lowest = datetime.min.replace(tzinfo=UTC) if after is None else check_zoned(after)
    found = {
        instant(day, at, zone=schedule.zone) for day in _days(schedule, start, end) for at in schedule.times
    }
    return sorted(due for due in found if lowest <= due <= until)


def _days(schedule: Schedule, start: date, end: date) -> Iterator[date]:
    wanted = schedule.weekdays or DAYS
    skipped = -(start - schedule.first_day).days % schedule.every_days
    for number in range(start.toordinal() + skipped, end.toordinal() + 1, schedule.every_days):
        day = date.fromordinal(number)
        if DAYS[day.weekday()] in wanted:
            yield day


_LONGEST = timedelta(days=31)
_FAULTS: tuple[tuple[str, Callable[[Schedule], bool], str], ...] = (
    (
        "times",
        lambda one: (
            not isinstance(one.times, Collection)
            or not one.times
            or not all(isinstance(at, time) and at.tzinfo is None for at in one.times)
            or len(set(one.times)) < len(one.times)
        ),
        "A schedule needs at least one time of day, each once, as shown on the wall clock: 08:00.",
    ),
    (
        "days",
        lambda one: (
            type(one.first_day) is not date or (one.last_day is not None and type(one.last_day) is not date)
        ),
        "The first and the last day of a schedule are days, as 2026-11-23.",
    ),
    (
        "days",
        lambda one: one.last_day is not None and one.last_day < one.first_day,
        "The last day of a schedule is before its first. Let them change places.",
    ),
    (
        "weekdays",
        lambda one: not set(one.weekdays or ()) <= set(DAYS),
        f"The weekdays of a schedule are some of {', '.join(DAYS)}.",
    ),
    (
        "every",
        lambda one: (
            not isinstance(one.every_days, int) or isinstance(one.every_days, bool) or one.every_days < 1
        ),
        "A schedule is for every day (1), every other day (2) and so on: a whole number from 1.",
    ),
    (
        "grace",
        lambda one: any(
            not isinstance(span, timedelta) or not timedelta() <= span <= _LONGEST
            for span in (one.grace, one.grace if one.early is None else one.early)
        ),
        "Grace, and how early a measurement may come, are lengths of time from 0 to 31 days.",
    ),
)


def _read(given: object) -> Schedule:
    if not isinstance(given, Mapping):
        raise Refused("schedule.unknown", f"{given!r} is no schedule. Give times and a first day.")
    known = {field.name for field in fields(Schedule)}
    unknown = sorted(str(name) for name in given.keys() - known)
    lacks = sorted({"times", "first_day"} - given.keys())
    if unknown or lacks:
        told = f"has {', '.join(unknown)}, which is unknown" if unknown else f"lacks {', '.join(lacks)}"
        raise Refused("schedule.unknown", f"The schedule {told}. Known: {', '.join(sorted(known))}.")
    try:
        return Schedule(**{name: _READ.get(name, _same)(value) for name, value in given.items()})
    except (TypeError, ValueError, OverflowError, IndexError) as problem:
        raise Refused("schedule.unknown", f"The schedule cannot be read: {problem}.") from problem


def _same(value: object) -> object:
    return value


def _times(given: object) -> tuple[object, ...]:
    many = given if isinstance(given, Collection) and not isinstance(given, str) else (given,)
    return tuple(time.fromisoformat(one) if isinstance(one, str) else one for one in many)


def _day(given: object) -> object:
    return date.fromisoformat(given) if isinstance(given, str) else given


def _weekdays(given: Collection[object] | None) -> tuple[str, ...]:
    named = dict(enumerate(DAYS, 1))
    return tuple(str(named.get(one, one)) if isinstance(one, int) else str(one) for one in given or ())


def _span(given: object) -> object:
    is_number = isinstance(given, int | float) and not isinstance(given, bool)
    return timedelta(minutes=given) if is_number else given  # type: ignore[arg-type]


_READ: Mapping[str, Callable] = {
    "times": _times,
    "first_day": _day,
    "last_day": _day,
    "weekdays": _weekdays,
    "grace": _span,
    "early": _span,
}
