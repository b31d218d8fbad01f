"""Did it work: difference in differences of rates, with the trends before it began.

Before and after among patients alone mostly shows regression to the mean; the comparison group takes that out
if both would have moved alike. The event study shows whether they did before the start (Angrist & Pischke
2009, Mostly Harmless Econometrics, ch. 5). All treated start at the same time; a stepped start needs
another method.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import ArrayLike, NDArray

from samspill.analysis.appraisal.counts import CountFit, fit_counts
from samspill.analysis.appraisal.outcomes import Floats
from samspill.refusal import Refused

REFERENCE = -1  # the last period before the start


@dataclass(frozen=True)
class Panel:
    """One row per unit (person, municipality) and period; all arrays (rows,).

    `period` counts from the start: negative before, 0 and up after. `events` are whole numbers, `person_time`
    in years above 0. `unit` is who is followed: errors are robust to what belongs to the same unit.
    """

    unit: Sequence[Hashable]
    treated: NDArray[np.bool_]
    period: NDArray[np.int64]
    events: Floats
    person_time: Floats

    def __post_init__(self) -> None:
        treated, period = np.asarray(self.treated, dtype=bool), np.asarray(self.period, dtype=np.int64)
        object.__setattr__(self, "treated", treated)
        object.__setattr__(self, "period", period)
        sizes = {len(self.unit), len(treated), len(period), len(self.events), len(self.person_time)}
        if len(sizes) != 1:
            raise Refused("shape", "Every row needs a unit, a group, a period, events and person-time.")
        for group, name in ((treated, "that got it"), (~treated, "to compare with")):
            for when, word in ((period < 0, "before"), (period >= 0, "after")):
                if not np.any(group & when):
                    raise Refused("no_rows", f"There are no rows of those {name} {word} the start.")
        mixed = {unit for unit, on in zip(self.unit, treated, strict=True) if on} & {
            unit for unit, on in zip(self.unit, treated, strict=True) if not on
        }
        if mixed:
            raise Refused("unit_in_both", f"{next(iter(mixed))!s} is in both groups. A unit is in one.")


@dataclass(frozen=True)
class RateRatio:
    """An estimate with its 95 % interval."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True)
class Effect:
    """What became of it.

    `ratio` is the rate after the start against what it would have been had the treated moved as the others.
    `study` has one ratio per period against the last before the start (itself 1 without interval).
    `pretrend` is the p value of all periods before being 1; None with a single period before. A small one
    says that the groups moved apart already before, and the ratio must not be read as an effect.
    """

    ratio: RateRatio
    study: dict[int, RateRatio]
    pretrend: float | None
    dispersion: float
    units: int
    fit: CountFit


def difference_in_differences(panel: Panel, *, dispersion: float | None = None) -> Effect:
    """The rate ratio of the measure, from a negative binomial with a level per group and period."""
    periods = sorted(set(panel.period.tolist()))
    if REFERENCE not in periods:
        raise Refused("no_rows", "The last period before the start is missing. Number it -1.", field="period")
    fit = _fit(panel, {"effect": panel.treated & (panel.period >= 0)}, periods, dispersion)
    others = [period for period in periods if period != REFERENCE]
    single = {_name(period): panel.treated & (panel.period == period) for period in others}
    event = _fit(panel, single, periods, dispersion)
    study = {period: RateRatio(*event.ratio(_name(period))) for period in others}
    study[REFERENCE] = RateRatio(1.0, 1.0, 1.0)
    return Effect(
        RateRatio(*fit.ratio("effect")),
        dict(sorted(study.items())),
        _joint(event, [_name(period) for period in others if period < 0]),
        fit.dispersion,
        fit.clusters,
        fit,
    )


def _fit(
    panel: Panel, wanted: dict[str, NDArray[np.bool_]], periods: Sequence[int], dispersion: float | None
) -> CountFit:
    levels = {f"level {period}": panel.period == period for period in periods}
    columns = {**levels, "treated": panel.treated, **wanted}
    design = np.column_stack(list(columns.values())).astype(np.float64)
    return fit_counts(
        panel.events,
        design,
        panel.person_time,
        names=tuple(columns),
        clusters=np.unique([str(unit) for unit in panel.unit], return_inverse=True)[1],
        dispersion=dispersion,
    )


def _name(period: int) -> str:
    return f"treated in {period}"


def _joint(fit: CountFit, names: Sequence[str]) -> float | None:
    """The p value of a Wald test that all of `names` are 0."""
    if not names:
        return None
    places = [fit.names.index(name) for name in names]
    values = fit.coefficients[places]
    part = fit.covariance[np.ix_(places, places)]
    return float(scipy.stats.chi2.sf(values @ np.linalg.solve(part, values), len(places)))


def ratio_of_ratios(events: ArrayLike, person_time: ArrayLike) -> float:
    """(after/before of the treated) / (after/before of the others), from sums (2 groups, before and after).

    The rows are the others and the treated. What `difference_in_differences` gives without covariates when
    all rows of a cell have the same person-time.
    """
    rates = np.asarray(events, dtype=np.float64) / np.asarray(person_time, dtype=np.float64)
    if rates.shape != (2, 2) or not np.all(rates > 0):
        raise Refused("shape", "Give events and person-time of two groups before and after, all above 0.")
    return float(rates[1, 1] / rates[1, 0] / (rates[0, 1] / rates[0, 0]))
