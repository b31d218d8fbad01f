"""What one knows before a forecast: stays by the ward's clock, or a count of those who are there now.

known_at(came, left, group, groups, at=…) -> (Stays, moment)   from clock times
ages_now(stay, 40) -> (40,)                                    when only their number is known
example_stays(at, weeks=30, seed=1)                            an invented ward, to try with
"""

from datetime import datetime, timedelta

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samspill.analysis.capacity.checks import check_whole
from samspill.analysis.capacity.clock import DAY, OSLO, Moments, Twice, to_utc
from samspill.analysis.capacity.forecast_history import Stays
from samspill.analysis.capacity.stays import LogNormal, Stay

Floats = NDArray[np.float64]
HALVINGS = 60
EXAMPLE_GROUPS = ("acute", "planned")
EXAMPLE_STAYS = (LogNormal(4.1, 1.1), LogNormal(2.6, 0.7))
EXAMPLE_ARRIVALS = ((9.5, 8.6, 8.2, 8.0, 8.3, 6.6, 6.4), (6.0, 6.2, 5.8, 4.5, 1.5, 0.2, 0.8))
"""Patients a day of each group, Monday first."""
MORNING, EVENING = 8.0, 22.0  # o'clock, between which they come
HOME_FROM, HOME_UNTIL = 10.0, 16.0
SUNDAY_SHARE = (1.0, 1.0, 1.0, 1.0, 1.0, 0.55, 0.4)  # of those who could go home that day


def known_at(
    came: ArrayLike,
    left: ArrayLike,
    group: NDArray[np.int64],
    groups: tuple[str, ...],
    *,
    at: datetime,
    twice: Twice = Twice.REFUSE,
    zone: str = OSLO,
) -> tuple[Stays, float]:
    """Stays and the moment `at` in days since the midnight before it (days of 24 hours), from clock times.

    `came` and `left` (n,) are local; NaT in `left` is somebody who is still there. Refuses what `to_utc` and
    `Stays` refuse.
    """
    moment = np.array([np.datetime64(at, "s")])
    zero = to_utc(moment.astype("datetime64[D]"), zone=zone, twice=twice)[0]
    begun, ended = (to_utc(times, zone=zone, twice=twice) for times in (came, left))
    stays = Stays(
        (begun - zero).astype(np.float64) / DAY,
        np.where(np.isnat(ended), np.nan, (ended - zero).astype(np.float64) / DAY),
        group,
        groups,
        weekday_of_day_0=at.weekday(),
    )
    return stays, float((to_utc(moment, zone=zone, twice=twice)[0] - zero).astype(np.float64) / DAY)


def ages_now(stay: Stay, number: int) -> Floats:
    """How long each of `number` patients has been there, (number,), when nothing but their number is known.

    In a ward that is as usual, the time somebody has been there has the density S(t) / mean: its quantiles,
    evenly spread. Found by halving.
    """
    check_whole(number, "number")
    wanted = (np.arange(number) + 0.5) / max(number, 1) * stay.mean
    low, high = np.zeros(number), np.full(number, float(stay.quantile(1 - 1e-9)))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        below = stay.mean_within(middle) < wanted
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.asarray((low + high) / 2, dtype=np.float64)


def example_stays(
    at: datetime, *, weeks: int, seed: int
) -> tuple[Moments, Moments, NDArray[np.int64], tuple[str, ...]]:
    """Came, left, group and groups of an invented ward over the `weeks` before `at`, by its clock.

    Nobody comes or leaves at night, so no time is one the clock shows twice.
    """
    check_whole(weeks, "weeks", least=1)
    rng = np.random.default_rng(seed)
    first = np.datetime64((at - timedelta(weeks=weeks)).date(), "s")
    days = np.arange(7 * weeks + 1)
    weekdays = ((at - timedelta(weeks=weeks)).weekday() + days) % 7
    came, left, groups = [], [], []
    for place, (stay, rates) in enumerate(zip(EXAMPLE_STAYS, EXAMPLE_ARRIVALS, strict=True)):
        day = np.repeat(days, rng.poisson(np.asarray(rates)[weekdays]))
        begun = day + rng.uniform(MORNING, EVENING, len(day)) / 24
        ended = np.floor(begun + stay.quantile(rng.uniform(size=len(day))))
        ended += rng.uniform(HOME_FROM, HOME_UNTIL, len(day)) / 24
        ended = _to_weekdays(np.where(ended <= begun, ended + 1, ended), int(weekdays[0]), rng)
        came.append(begun)
        left.append(ended)
        groups.append(np.full(len(day), place))
    begun, ended, group = (np.concatenate(one) for one in (came, left, groups))
    order = np.argsort(begun, kind="stable")
    begun, ended, group = begun[order], ended[order], group[order]
    starts, ends = ((first + (one * DAY / 60).astype(np.int64) * 60) for one in (begun, ended))
    known = starts < np.datetime64(at, "s")
    ends = np.where(ends > np.datetime64(at, "s"), np.datetime64("NaT", "s"), ends)
    return starts[known], ends[known], group[known], EXAMPLE_GROUPS


def _to_weekdays(ended: Floats, first_weekday: int, rng: np.random.Generator) -> Floats:
    """Some of those who could go home at a weekend wait until Monday."""
    weekday = (np.floor(ended).astype(np.int64) + first_weekday) % 7
    waits = rng.uniform(size=len(ended)) > np.asarray(SUNDAY_SHARE)[weekday]
    return np.where(waits, ended + (7 - weekday), ended)
