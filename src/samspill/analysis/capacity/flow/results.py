"""What a simulation found, and how sure that is. Read only when every replication is there."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import scipy
from numpy.typing import NDArray

from samspill.analysis.capacity.flow.counting import MEASURES, Measure
from samspill.analysis.capacity.flow.model import Model
from samspill.refusal import Refused

Floats = NDArray[np.float64]
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Run:
    """All that is needed to compute a simulation again, beside the model whose fingerprint is `model`."""

    method: str
    version: str
    model: str
    days: int
    warm_up_days: int
    replications: int
    seed: int


@dataclass(frozen=True)
class Estimate:
    """A long-run mean with its 95 % confidence interval over replications (Student's t); None with one."""

    mean: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class UnitResult:
    """A unit's usual day. Bed-days per day are mean numbers of people.

    `in_use` and `peak_percentiles` (p50, p90, p95 of the daily peaks); `overflow_days`, the share of days
    with anybody in the corridor; `ready`, `awaited`, `held`, `overflow`, `waiting` in mean people; `came` and
    `refused` per day; `mean_wait_days` of those from outside who were not refused.
    """

    unit: str
    beds: int | None
    in_use: Estimate
    peak_percentiles: tuple[float, float, float]
    overflow: Estimate
    overflow_days: float
    ready: Estimate
    awaited: Estimate
    held: Estimate
    waiting: Estimate
    came: Estimate
    refused: Estimate
    delayed: Estimate
    mean_wait_days: float


@dataclass(frozen=True, eq=False)
class Flow:
    """`run` says how; `done` which replications are there; `events` how many events they took.

    `daily()` has shape (replications, days, units). Everything that reads refuses with `not_whole` while a
    replication lacks.
    """

    model: Model
    run: Run
    done: tuple[int, ...]
    _daily: Floats = field(repr=False)
    events: int

    @property
    def whole(self) -> bool:
        return len(self.done) == self.run.replications

    def daily(self, measure: Measure) -> Floats:
        """A measure per replication, day and unit (replications, days, units)."""
        if not self.whole:
            raise Refused(
                "not_whole",
                f"{len(self.done)} of {self.run.replications} replications are done. "
                "Run the rest before reading the figures.",
            )
        return self._daily[:, MEASURES.index(measure)]

    def estimate(self, measure: Measure, unit: str) -> Estimate:
        """The mean per day of a measure in a unit, with its interval."""
        return estimate(self.daily(measure)[:, :, self._place(unit)].mean(axis=1))

    def by_weekday(self, measure: Measure) -> Floats:
        """Means by weekday, Monday first; shape (7, units)."""
        values = self.daily(measure).mean(axis=0)
        first = (self.model.starts.weekday() + self.run.warm_up_days) % 7
        weekdays = (first + np.arange(len(values))) % 7
        if len(values) < 7:
            raise Refused("window_too_short", "Simulate at least 7 days to see every weekday.", field="days")
        return np.stack([values[weekdays == day].mean(axis=0) for day in range(7)])

    def percentiles(self, measure: Measure, shares: Sequence[float] = (10, 50, 90)) -> Floats:
        """Percentiles over replications of each day, shape (days, units, shares)."""
        return np.moveaxis(np.percentile(self.daily(measure), shares, axis=0), 0, -1)

    def results(self) -> tuple[UnitResult, ...]:
        """One for each unit, in the order of the model."""
        return tuple(self._result(unit.name) for unit in self.model.units)

    def _result(self, unit: str) -> UnitResult:
        place = self._place(unit)
        of = {measure: self.estimate(measure, unit) for measure in MEASURES}
        served = of[Measure.CAME].mean - of[Measure.REFUSED].mean
        p50, p90, p95 = np.percentile(self.daily(Measure.PEAK)[:, :, place], (50, 90, 95))
        return UnitResult(
            unit=unit,
            beds=self.model.units[place].beds,
            in_use=of[Measure.IN_USE],
            peak_percentiles=(float(p50), float(p90), float(p95)),
            overflow=of[Measure.OVERFLOW],
            overflow_days=float((self.daily(Measure.OVERFLOW)[:, :, place] > 0).mean()),
            ready=of[Measure.READY],
            awaited=of[Measure.AWAITED],
            held=of[Measure.HELD],
            waiting=of[Measure.WAITING],
            came=of[Measure.CAME],
            refused=of[Measure.REFUSED],
            delayed=of[Measure.DELAYED],
            mean_wait_days=of[Measure.WAITING].mean / served if served > 0 else 0.0,
        )

    def _place(self, unit: str) -> int:
        if unit not in self.model.places:
            raise Refused("unknown_unit", f"The simulation has no unit {unit}.", field="unit")
        return self.model.places[unit]


def difference(other: Flow, base: Flow, measure: Measure, unit: str) -> Estimate:
    """`other` minus `base` per day, replication by replication: the same patients in both (same seed).

    Refuses runs of different seed, days, warm-up or replications (`not_comparable`).
    """
    alike = [
        (flow.run.seed, flow.run.days, flow.run.warm_up_days, flow.run.replications) for flow in (other, base)
    ]
    if alike[0] != alike[1]:
        raise Refused(
            "not_comparable", "The two simulations have not the same seed, days, warm-up and replications."
        )
    sides = [flow.daily(measure)[:, :, flow._place(unit)].mean(axis=1) for flow in (other, base)]
    return estimate(sides[0] - sides[1])


def estimate(values: Floats) -> Estimate:
    """The mean of one value per replication (replications,), and its interval."""
    mean = float(values.mean())
    if len(values) < 2:
        return Estimate(mean, None, None)
    half = float(
        scipy.stats.t.ppf((1 + CONFIDENCE) / 2, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values))
    )
    return Estimate(mean, mean - half, mean + half)
