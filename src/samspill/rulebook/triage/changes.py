"""Limits that depend on the person: from a baseline, and on how much a value has changed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from samspill.refusal import Refused
from samspill.rulebook.exact_numbers import exact
from samspill.rulebook.triage.limits import Limits, check_limits, numbers_of
from samspill.rulebook.wall_clock import check_zoned


def limits_from(baseline: object, offsets: Limits, *, per_cent: bool = False) -> Limits:
    """Limits around what is usual for the person.

    offsets   how far each limit is from the baseline, in its unit: yellow_high 2 is two above, red_low -3
              three below; with `per_cent`, in hundredths of the baseline
    Refuses (code) as `check_limits`; `limits.baseline` a per cent of a baseline that is not above 0.
    """
    start = exact(baseline, what="The baseline")
    check_limits(offsets)
    if per_cent and start <= 0:
        raise Refused("limits.baseline", f"The baseline is {start}. Per cent need one above 0.")
    step = start / 100 if per_cent else Decimal(1)
    return Limits(**{name: start + step * offset for name, offset in numbers_of(offsets).items()})


def change(
    series: Iterable[tuple[datetime, object]], at: datetime, within: timedelta
) -> tuple[Decimal, Decimal] | None:
    """How far the last value up to `at` is above the lowest, and below the highest, of the time `within`
    before it.

    Both are 0 or more; a weight that rose from 70 to 72.5 gives (2.5, 0). Values after `at` are not known
    yet. None when there are not two values to compare. `series` is (when measured, value) in any order.
    """
    now = check_zoned(at)
    known = [(check_zoned(when), exact(value)) for when, value in series]
    known = sorted((when, value) for when, value in known if when <= now)
    if not known:
        return None
    when, last = known[-1]
    before = [value for moment, value in known[:-1] if when - moment <= within]
    if not before:
        return None
    return max(last - min(before), Decimal(0)), max(max(before) - last, Decimal(0))
