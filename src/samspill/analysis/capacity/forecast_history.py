"""A forecast learned from past stays alone, and how good it would have been.

Times are days (floats) since some midnight that is day 0; `weekday_of_day_0` says which weekday that was (0:
Monday). Stays are [came, left), `left` not a number for those still there. A forecast made at `at` reads
nothing that happened later: who left after `at` was still there then.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samspill.analysis.capacity.checks import check_number
from samspill.analysis.capacity.forecasting import Floats, Forecast, Patients, forecast
from samspill.analysis.capacity.stays import from_stays
from samspill.refusal import Refused

LEARN_DAYS = 364  # 52 whole weeks
LEAST_DAYS = 28
BAND = (0.1, 0.5, 0.9)


@dataclass(frozen=True, eq=False)
class Stays:
    """Past stays: `came`, `left` and `group` (place among `groups`) are (n,)."""

    came: Floats
    left: Floats
    group: NDArray[np.int64]
    groups: tuple[str, ...]
    weekday_of_day_0: int = 0

    def __post_init__(self) -> None:
        came, left = np.asarray(self.came, dtype=np.float64), np.asarray(self.left, dtype=np.float64)
        group = np.asarray(self.group, dtype=np.int64)
        if came.shape != left.shape or came.shape != group.shape or not np.isfinite(came).all():
            raise Refused(
                "stay_shape", "Each stay needs a time of coming, one of leaving (or none) and a group."
            )
        if (left < came).any():
            row = int(np.flatnonzero(left < came)[0])
            raise Refused(
                "stay_backwards",
                f"Row {row + 1} leaves before it comes. Mend one of the times.",
                facts={"row": row + 1},
            )
        if ((group < 0) | (group >= len(self.groups))).any():
            raise Refused(
                "unknown_group", f"A stay is in a group that is not among the {len(self.groups)} named."
            )
        for name, values in (
            ("came", came),
            ("left", np.where(np.isnan(left), np.inf, left)),
            ("group", group),
        ):
            object.__setattr__(self, name, values)

    def in_bed(self, moment: float) -> int:
        """How many are there at a moment."""
        return int(((self.came <= moment) & (self.left > moment)).sum())


@dataclass(frozen=True)
class ForecastScore:
    """How it went, `ahead` days ahead, over `origins` forecasts.

    `error` and `no_change` are mean absolute errors (beds) of the median and of «as many as now»; `bias`
    is of the mean; `covered` the share of true figures from p10 to p90 (80 % or somewhat more: whole beds).
    """

    ahead: int
    origins: int
    error: float
    no_change: float
    bias: float
    covered: float


def forecast_from_stays(
    stays: Stays, at: float, *, days: int, learn_days: int = LEARN_DAYS, rate_cv: float = 0.0
) -> Forecast:
    """Forecast at `at` with curves by group, arrivals by weekday and leaving by weekday of the days before.

    Refuses (code) `history_too_short` under 28 days, and what `from_stays` refuses.
    """
    check_number(at, "at", least=-np.inf)
    patients, weekly = learned(stays, at, learn_days=learn_days, days=days)
    leaving = weekly[_weekdays(stays, at + np.arange(days))]
    return forecast(patients, days=days, leaving=leaving, rate_cv=rate_cv)


def learned(stays: Stays, at: float, *, learn_days: int, days: int) -> tuple[list[Patients], Floats]:
    """Groups with their curves and expected arrivals, and relative leaving by weekday (7,)."""
    start = max(at - learn_days, float(np.floor(stays.came.min())))
    start = at - np.floor((at - start) / 7) * 7  # whole weeks, so that weekdays count alike
    if at - start < LEAST_DAYS:
        raise Refused(
            "history_too_short",
            f"There are {at - start:.0f} days of stays before; {LEAST_DAYS} are needed.",
            facts={"days": max(round(at - start), 0), "least": LEAST_DAYS},
        )
    known = (stays.came < at) & (stays.came >= start)
    ahead = _weekdays(stays, at + np.arange(days))
    weeks = (at - start) / 7
    patients = []
    for place, name in enumerate(stays.groups):
        of_group = stays.group == place
        recent = known & of_group
        until = np.minimum(stays.left, at)
        curve = from_stays((until - stays.came)[recent], ended=stays.left[recent] <= at)
        arrivals = np.bincount(_weekdays(stays, stays.came[recent]), minlength=7) / weeks
        here = of_group & (stays.came < at) & (stays.left > at)
        patients.append(Patients(name, curve, at - stays.came[here], arrivals[ahead]))
    return patients, _leaving(stays, start, at)


def forecast_backtest(
    stays: Stays, origins: Sequence[float], *, days: int, learn_days: int = LEARN_DAYS, rate_cv: float = 0.0
) -> tuple[ForecastScore, ...]:
    """One score per day ahead, of forecasts made at `origins` from what was known then."""
    true = np.array([[stays.in_bed(at + ahead) for ahead in range(1, days + 1)] for at in origins])
    now = np.array([[stays.in_bed(at)] for at in origins])
    made = [
        forecast_from_stays(stays, at, days=days, learn_days=learn_days, rate_cv=rate_cv) for at in origins
    ]
    low, middle, high = np.moveaxis(np.stack([one.percentiles(BAND) for one in made]), -1, 0)
    mean = np.stack([one.mean for one in made])
    inside = (low <= true) & (true <= high)
    return tuple(
        ForecastScore(
            ahead=ahead + 1,
            origins=len(origins),
            error=float(np.abs(middle - true)[:, ahead].mean()),
            no_change=float(np.abs(now - true)[:, ahead].mean()),
            bias=float((mean - true)[:, ahead].mean()),
            covered=float(inside[:, ahead].mean()),
        )
        for ahead in range(days)
    )


def weekly_origins(stays: Stays, at: float, *, weeks: int, days: int) -> tuple[float, ...]:
    """Moments to try a forecast of `days` days on, each whole weeks before `at`, the earliest first.

    At most `weeks`; only such that all their days were over by `at`, and with enough of stays before them.
    """
    latest = -(-days // 7)
    tried = (at - 7 * week for week in range(latest + weeks - 1, latest - 1, -1))
    return tuple(moment for moment in tried if moment - np.floor(stays.came.min()) >= LEAST_DAYS)


def _weekdays(stays: Stays, moments: ArrayLike) -> NDArray[np.int64]:
    return (np.floor(moments).astype(np.int64) + stays.weekday_of_day_0) % 7


def _leaving(stays: Stays, start: float, at: float) -> Floats:
    """Leavings per bed-day by weekday, relative to the whole week (7,); 1 on all days when nobody left."""
    left = stays.left[(stays.left >= start) & (stays.left < at)]
    count = np.bincount(_weekdays(stays, left), minlength=7)
    noons = np.arange(start, at) + 0.5
    came, gone = np.sort(stays.came), np.sort(stays.left)
    there = np.searchsorted(came, noons, side="right") - np.searchsorted(gone, noons, side="right")
    bed_days = np.bincount(_weekdays(stays, noons), weights=there, minlength=7)
    if not count.sum() or not bed_days.all():
        return np.ones(7)
    return np.asarray((count / bed_days) / (count.sum() / bed_days.sum()))
