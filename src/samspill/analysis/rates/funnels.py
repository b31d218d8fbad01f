"""Funnels: which areas differ from the average more than their size explains.

Spiegelhalter 2005 (Statistics in Medicine 24:1185); over-dispersion by a random effect, Spiegelhalter,
Sherlaw-Johnson, Bardsley, Blunt, Wood & Grigg 2012 (JRSS A 175:1). Without a transformation the limits are
those of OHID's guidance: for shares where Wilson's limits just reach the average, for counts where the exact
Poisson limits do (`calculate_funnel_limits`, `assign_funnel_significance`). `funnel_scales` has the
transformations.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samspill.analysis.rates.checks import (
    Floats,
    check_above_zero,
    check_confidence,
    counts,
    refuse_events_of_nobody,
    refuse_numerator_above,
    refuse_where,
    same_groups,
    word,
)
from samspill.analysis.rates.crude import divided
from samspill.analysis.rates.direct import FEWEST_EVENTS
from samspill.analysis.rates.dispersion import Overdispersion, dispersion
from samspill.analysis.rates.estimates import Note
from samspill.analysis.rates.funnel_scales import OF_KIND, Kind, Points, Scale, limits_at
from samspill.refusal import Refused

LEVELS = (0.95, 0.998)


class Signal(StrEnum):
    """Where an area stands against the funnel's limits, the outermost it passes."""

    NONE = "none"
    LOW = "low"
    LOW_OUTER = "low_outer"
    HIGH = "high"
    HIGH_OUTER = "high_outer"


@dataclass(frozen=True)
class Funnel:
    """Areas in a funnel. Values, target and limits are times the multiplier.

    value, denominator  (areas,); NaN where there is no figure, and `note` says why
    lower, upper        (levels, areas), from the innermost level
    signal              (areas,) how many levels the area is outside of: -2, -1, 0, 1, 2; see `words`
    z                   (areas,) deviation from the target on the transformed scale, over-dispersion included
    phi, tau2           mean of the squared deviations after trimming, and the variance between areas
    """

    kind: Kind
    scale: Scale
    value: Floats
    target: float
    denominator: Floats
    lower: Floats
    upper: Floats
    signal: NDArray[np.int64]
    z: Floats
    phi: float
    tau2: float
    levels: tuple[float, ...]
    multiplier: float
    note: NDArray[np.str_]

    def words(self) -> tuple[Signal, ...]:
        """`signal` in words; more than two levels are told as the outer one."""
        low, high = (Signal.LOW, Signal.LOW_OUTER), (Signal.HIGH, Signal.HIGH_OUTER)
        return tuple(
            Signal.NONE if not many else (high if many > 0 else low)[min(abs(int(many)), 2) - 1]
            for many in self.signal
        )

    def curve(self, denominators: ArrayLike) -> tuple[Floats, Floats]:
        """(lower, upper), each (levels, points): the funnel's lines for areas of any size."""
        return funnel_limits(
            self.kind,
            self.target / self.multiplier,
            denominators,
            levels=self.levels,
            scale=self.scale,
            tau2=self.tau2,
            multiplier=self.multiplier,
        )


def funnel(
    count: ArrayLike,
    denominator: ArrayLike,
    *,
    kind: Kind | str,
    target: float | None = None,
    standardised: ArrayLike | None = None,
    overdispersion: Overdispersion | str | bool = Overdispersion.NONE,
    trim: float = 0.1,
    scale: Scale | str | None = None,
    levels: Sequence[float] = LEVELS,
    multiplier: float = 1,
) -> Funnel:
    """The funnel of areas: `count` (areas,) of `denominator` (areas,).

    kind            "proportion": part of whole; "rate": events of persons; "ratio": observed of expected;
                    "counts": events of one sort against events of another
    target          the middle, before the multiplier. Default: all areas together; 1 for ratios
    standardised    directly standardised rates (areas,), already times the multiplier; the denominators are
                    then those at which the counts give these rates. Fewer than ten events: no figure
    overdispersion  "winsorise" (or True) draws extreme deviations in, "truncate" leaves them out, `trim` of
                    them at each end; limits are wider when areas differ more than by chance
    scale           None: untransformed, and over-dispersed the usual one: log, for shares arcsine

    Refuses what `rate` and `proportion` refuse, a kind or scale that is not (`unknown_word`), and a trim that
    is not from 0 to below a half.
    """
    form = word(Kind, kind, "kind")
    per = check_above_zero(multiplier, "multiplier")
    events, base, note = _areas(count, denominator, form, standardised, per)
    shown = np.isfinite(base) & (base > 0)
    middle = _middle(target, form, events[shown], base[shown])
    points = Points(form, _scale(scale, form) or OF_KIND[form], middle, events, np.where(shown, base, 1.0))
    deviation, error = points.deviation()
    phi, tau2 = dispersion(deviation[shown], error[shown], _wanted(overdispersion), trim)
    used = _scale(scale, form) or (OF_KIND[form] if tau2 > 0 or form is Kind.COUNTS else Scale.NONE)
    lower, upper = _limits(form, used, middle, np.where(shown, base, np.nan), levels, tau2, events)
    value = np.where(shown, divided(events, np.where(shown, base, 1.0)), np.nan)
    passed = (value > upper).sum(axis=0) - (value < lower).sum(axis=0)
    return Funnel(
        kind=form,
        scale=used,
        value=value * per,
        target=middle * per,
        denominator=base,
        lower=lower * per,
        upper=upper * per,
        signal=passed.astype(np.int64),
        z=np.where(shown, deviation * error / np.sqrt(error**2 + tau2), np.nan),
        phi=phi,
        tau2=tau2,
        levels=tuple(map(float, levels)),
        multiplier=per,
        note=note,
    )


def funnel_limits(
    kind: Kind | str,
    target: float,
    denominators: ArrayLike,
    *,
    levels: Sequence[float] = LEVELS,
    scale: Scale | str | None = None,
    tau2: float = 0.0,
    multiplier: float = 1,
) -> tuple[Floats, Floats]:
    """(lower, upper), each (levels, points): the limits round `target` for areas of these denominators."""
    form = word(Kind, kind, "kind")
    used = _scale(scale, form) or (OF_KIND[form] if tau2 > 0 or form is Kind.COUNTS else Scale.NONE)
    if used is Scale.NONE and tau2 > 0:
        raise Refused(
            "unknown_word",
            "Over-dispersed limits need a transformation: log, root or arcsine.",
            field="scale",
            facts={"where": "scale"},
        )
    base = np.atleast_1d(counts(denominators, "denominators"))
    lower, upper = _limits(form, used, target, np.where(base > 0, base, np.nan), levels, tau2, None)
    return lower * multiplier, upper * multiplier


def _limits(
    kind: Kind,
    scale: Scale,
    target: float,
    base: Floats,
    levels: Sequence[float],
    tau2: float,
    events: Floats | None,
) -> tuple[Floats, Floats]:
    found = [limits_at(kind, scale, target, base, check_confidence(level), tau2, events) for level in levels]
    return np.stack([lower for lower, _upper in found]), np.stack([upper for _lower, upper in found])


def _areas(
    count: ArrayLike, denominator: ArrayLike, kind: Kind, standardised: ArrayLike | None, per: float
) -> tuple[Floats, Floats, NDArray[np.str_]]:
    events, base = same_groups(
        ("count", np.atleast_1d(counts(count, "count"))),
        ("denominator", np.atleast_1d(counts(denominator, "denominator"))),
    )
    if kind is not Kind.COUNTS:
        refuse_events_of_nobody(events, base, "count")
    if kind is Kind.PROPORTION:
        refuse_numerator_above(events, base, "count")
    missing = Note.NOTHING_EXPECTED if kind is Kind.RATIO else Note.NO_POPULATION
    note = np.where(base > 0, str(Note.NOTHING), str(missing))
    if standardised is None:
        return events, base, note
    return (
        events,
        _derived(events, standardised, kind, per),
        np.where(events < FEWEST_EVENTS, str(Note.FEW_EVENTS), note),
    )


def _derived(events: Floats, standardised: ArrayLike, kind: Kind, per: float) -> Floats:
    """The population at which so many events are this rate; a rate of fewer than ten events is none."""
    if kind is not Kind.RATE:
        raise Refused(
            "unknown_word",
            "Standardised rates have a funnel of the kind rate.",
            field="kind",
            facts={"where": "standardised"},
        )
    rates = np.atleast_1d(np.asarray(standardised, dtype=np.float64))
    rates, _events = same_groups(("standardised", rates), ("count", events))
    enough = events >= FEWEST_EVENTS
    refuse_where(
        enough & ~(rates > 0),
        "value_out_of_range",
        rates,
        "standardised",
        "with ten events the rate is above 0",
    )
    return np.where(enough, events * per / np.where(enough, rates, 1.0), np.nan)


def _middle(target: float | None, kind: Kind, events: Floats, base: Floats) -> float:
    if target is not None:
        return check_above_zero(target, "target")
    if kind is Kind.RATIO:
        return 1.0
    if base.sum() <= 0 or events.sum() <= 0:
        raise Refused(
            "nothing_to_count",
            "There are no events in any area, so there is no average to compare with.",
            field="count",
            facts={"where": "count"},
        )
    return float(events.sum() / base.sum())


def _wanted(given: Overdispersion | str | bool) -> Overdispersion:
    if isinstance(given, bool):
        return Overdispersion.WINSORISE if given else Overdispersion.NONE
    return word(Overdispersion, given, "overdispersion")


def _scale(scale: Scale | str | None, kind: Kind) -> Scale | None:
    found = None if scale is None else word(Scale, scale, "scale")
    fits = {Kind.PROPORTION: (Scale.NONE, Scale.ARCSINE), Kind.COUNTS: (Scale.LOG,)}
    if found and found not in fits.get(kind, (Scale.NONE, Scale.LOG, Scale.ROOT)):
        raise Refused(
            "unknown_word",
            f"A funnel of the kind {kind} has no scale {found}.",
            field="scale",
            facts={"where": "scale"},
        )
    return found
