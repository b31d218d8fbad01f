"""Which expected measurements are missing at an instant, and which came that nobody expected.

A measurement counts for the due time nearest to it, when it came from `early` before that to `grace` after
it; of two as near, for the earlier. A due time is missing when its grace is over and nothing counts for it.
While a pause holds nothing is due: a due time is excused when the pause touches any of the time there was to
measure, and a measurement taken in the pause is unexpected.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from samspill.refusal import Refused
from samspill.rulebook.triage.schedules import Schedule, as_schedule, due_between
from samspill.rulebook.wall_clock import check_zoned

_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Pause:
    """From `start` up to `end`, which is no longer of it; None has no end yet, as an admission."""

    start: datetime
    end: datetime | None = None
    why: str = ""


class Missing(tuple[datetime, ...]):
    """The due instants, in UTC and in order, that are missing; nothing missing is empty, and so false.

    unexpected  when measurements were taken that count for no due time
    late        by due instant, of the missing: the first measurement after the grace and before the next due
                time. It stays among the unexpected too: what was missed was missed
    met         by due instant, when it was first measured
    pending     due instants that have begun, with grace left
    excused     due instants that a pause takes away
    """

    unexpected: tuple[datetime, ...]
    late: Mapping[datetime, datetime]
    met: Mapping[datetime, datetime]
    pending: tuple[datetime, ...]
    excused: tuple[datetime, ...]

    @classmethod
    def of(cls, missing: Iterable[datetime], **more: object) -> Self:
        made = cls(missing)
        made.__dict__.update(more)
        return made

    @property
    def missing(self) -> tuple[datetime, ...]:
        return tuple(self)


def missing_at(
    schedule: object,
    received: Iterable[object] = (),
    pauses: Iterable[object] = (),
    now: datetime | None = None,
    *,
    since: datetime | None = None,
) -> Missing:
    """What is missing at `now`, and what came unexpected.

    schedule  `Schedule`, or a mapping with its names
    received  when the measurements were taken, with zones: instants, pairs of (instant, value), or objects or
              mappings with `effective`; what is taken after `now` is not known yet
    pauses    `Pause`s, pairs of (start, end), or mappings with these names; an end of None is open
    since     leave out what is before this instant, such as what has been answered for already

    Refuses (code): `time.no_zone`, `time.not_a_time`, `pause.order`, `pause.unknown`, and as
    `check_schedule`.
    """
    at, wanted = check_zoned(now, what="Now"), as_schedule(schedule)
    breaks = [_span(as_pause(one)) for one in pauses]
    taken = sorted(moment for one in received if (moment := _taken(one)) <= at)
    early = wanted.grace if wanted.early is None else wanted.early
    first = None if since is None else check_zoned(since, what="Since") - early
    # a measurement may count for a due time that is ahead, and one before `since` for a due time after it
    dues = due_between(wanted, first and first - wanted.grace, at + early)
    taken = [moment for moment in taken if first is None or moment >= first]
    found = _sorted_out(wanted, dues, taken, breaks, at, early)
    return found if since is None else _from(found, check_zoned(since))


def as_pause(given: object) -> Pause:
    """`given` as a checked pause. Refuses (`pause.order`) one that ends before it starts."""
    match given:
        case Pause():
            pause = given
        case Mapping() if "start" in given and given.keys() <= {"start", "end", "why"}:
            pause = Pause(**given)
        case Sequence() if not isinstance(given, str) and 1 <= len(given) <= 3:
            pause = Pause(*given)
        case _:
            raise Refused(
                "pause.unknown", f"{given!r} is no pause. Give when it starts, and when it ends or None."
            )
    start, end = _span(pause)
    if end < start:
        raise Refused("pause.order", "The pause ends before it starts. Let the two change places.")
    return pause


def _taken(one: object) -> datetime:
    match one:
        case datetime():
            when: object = one
        case Mapping():
            when = one.get("effective")
        case [first, *_]:
            when = first
        case _:
            when = getattr(one, "effective", one)
    return check_zoned(when, what="A measurement")


def _span(pause: Pause) -> tuple[datetime, datetime]:
    start = check_zoned(pause.start, what="The start of the pause")
    return start, _EVER if pause.end is None else check_zoned(pause.end, what="The end of the pause")


def _from(found: Missing, since: datetime) -> Missing:
    return Missing.of(
        (due for due in found if due >= since),
        unexpected=tuple(moment for moment in found.unexpected if moment >= since),
        late={due: moment for due, moment in found.late.items() if due >= since},
        met={due: moment for due, moment in found.met.items() if due >= since},
        pending=tuple(due for due in found.pending if due >= since),
        excused=tuple(due for due in found.excused if due >= since),
    )


def _sorted_out(
    schedule: Schedule,
    dues: Sequence[datetime],
    taken: Sequence[datetime],
    breaks: Sequence[tuple[datetime, datetime]],
    at: datetime,
    early: timedelta,
) -> Missing:
    grace = schedule.grace
    excused = {due for due in dues if any(start <= due + grace and end > due for start, end in breaks)}
    met: dict[datetime, datetime] = {}
    unexpected = []
    for moment in taken:
        due = _nearest(dues, moment, early, grace)
        if due is None or (due in excused and any(start <= moment < end for start, end in breaks)):
            unexpected.append(moment)
        else:
            met.setdefault(due, moment)
    waits = [due for due in dues if due <= at and due not in met and due not in excused]
    missing = [due for due in waits if due + grace < at]
    return Missing.of(
        missing,
        unexpected=tuple(unexpected),
        late=_late(dues, missing, unexpected, early),
        met=met,
        pending=tuple(due for due in waits if due + grace >= at),
        excused=tuple(sorted(due for due in excused if due <= at and due not in met)),
    )


def _nearest(
    dues: Sequence[datetime], moment: datetime, early: timedelta, grace: timedelta
) -> datetime | None:
    """Of those whose time `moment` is in; the nearest, and of two the earlier."""
    first, end = bisect_left(dues, moment - grace), bisect_left(dues, moment + early)
    around = dues[first : end + 1]
    fits = [due for due in around if due - early <= moment <= due + grace]
    return min(fits, key=lambda due: (abs(moment - due), due), default=None)


def _late(
    dues: Sequence[datetime], missing: Iterable[datetime], unexpected: Sequence[datetime], early: timedelta
) -> dict[datetime, datetime]:
    found = {}
    for due in missing:
        place = bisect_left(dues, due) + 1
        until = dues[place] - early if place < len(dues) else _EVER
        first = bisect_right(unexpected, due)
        if first < len(unexpected) and unexpected[first] < until:
            found[due] = unexpected[first]
    return found
