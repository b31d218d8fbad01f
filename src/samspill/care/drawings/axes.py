"""Axes: even numbers that people count in, and days on the clock of Norway."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

NORWAY = ZoneInfo("Europe/Oslo")
STEPS = (1, 2, 5, 10)
DAYS_APART = (1, 2, 3, 4, 5, 7, 14, 28, 56, 91, 182, 365, 730)
ROOM = 0.08  # of the height, over and under what is shown
LEAST_SHARE = 0.02  # of the highest value: what is nearly flat is not drawn as mountains


@dataclass(frozen=True, slots=True)
class Axis:
    """From `low` to `high` over `length` pixels from `start`; `is_upward` counts from the bottom."""

    low: float
    high: float
    start: float
    length: float
    is_upward: bool = False

    def at(self, value: float) -> float:
        """The place of a value, kept on the sheet."""
        share = (value - self.low) / ((self.high - self.low) or 1)
        share = min(max(share, 0.0), 1.0)
        return self.start + self.length * (1 - share if self.is_upward else share)


def range_of(values: Sequence[float]) -> tuple[float, float]:
    """What an axis must reach over to show all of `values` with some room; 0 to 1 for none."""
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    least = max(abs(high), abs(low)) * LEAST_SHARE or 1.0
    room = max((high - low) * ROOM, (least - (high - low)) / 2, 0.0)
    return low - room, high + room


def even_ticks(low: float, high: float, most: int) -> list[float]:
    """At most `most` numbers, evenly apart by 1, 2 or 5 of some size, all between `low` and `high`."""
    span = high - low
    size = 10.0 ** math.floor(math.log10(span / most)) if span > 0 else 1.0
    for step in (size * one for one in STEPS):
        first, last = math.ceil(low / step), math.floor(high / step)
        if last - first < most:
            return [number * step for number in range(first, last + 1)]
    return [low]


def days_shown(first: date, last: date, most: int) -> list[date]:
    """At most `most` days, evenly apart, the last one among them."""
    whole = (last - first).days + 1
    apart = next((one for one in DAYS_APART if math.ceil(whole / one) <= most), whole)
    return [last - timedelta(days=back) for back in range(0, whole, apart)][::-1]


def midday(day: date) -> datetime:
    return datetime.combine(day, time(12), NORWAY)


def day_of(moment: datetime) -> date:
    return moment.astimezone(NORWAY).date()


def begins(day: date) -> datetime:
    return datetime.combine(day, time(0), NORWAY)


def spread(wanted: Sequence[float], apart: float, first: float, last: float) -> list[float]:
    """Places as near `wanted` as fits, in the same order, each `apart` from the next, from `first` to `last`.

    Where there is no room for all they go on below `last`.
    """
    order = sorted(range(len(wanted)), key=lambda one: wanted[one])
    placed, under = [0.0] * len(wanted), first - apart
    for one in order:
        under = placed[one] = max(wanted[one], under + apart)
    over = max(last, first + apart * (len(wanted) - 1)) + apart
    for one in reversed(order):
        over = placed[one] = min(placed[one], over - apart)
    return placed
