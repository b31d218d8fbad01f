"""Mitigators at work on draws: what is taken away, what comes back, and where the rest has gone.

Thinning is done on what is expected: Poisson thinning is closed, so single stays need not be drawn. All is
done in place and within the draw, in the order of `mitigators.yaml`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from samspill.analysis.demand.baseline import BANDS, EIGHTY, Baseline, Draws, stream
from samspill.analysis.demand.mitigation import Mitigator, mitigators
from samspill.analysis.demand.use import Floats
from samspill.refusal import Refused

NURSES = "nurse_fte"  # whom what comes back needs


@dataclass(frozen=True)
class Assumptions:
    """What is tried: `sizes` by mitigator, 0 = not at all, 1 = as its range says, at most 2.

    `ranges` replaces the 80 % interval of a factor; `years` the years until it works in full.
    """

    sizes: Mapping[str, float] = field(default_factory=dict)
    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    years: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Moved:
    """Where the units that a mitigator takes away have gone, per year and draw (years, draws).

    `avoided` in units of `counts`; `found` by service, in its own units; `saved` of `avoided`, `because`.
    The shares of `avoided` that come back and are saved sum to it.
    """

    mitigator: str
    counts: str
    avoided: Floats
    share: Mapping[str, Floats]
    found: Mapping[str, Floats]
    saved: Floats
    because: str


@dataclass(frozen=True, eq=False)
class Working:
    """A mitigator at work: what it leaves in full (draws,), and how far it has come by year (years,)."""

    one: Mitigator
    left: Floats
    ramp: Floats


def working(baseline: Baseline, assumptions: Assumptions) -> list[Working]:
    """The mitigators that are tried, in the order they work. Refuses as `what_if`."""
    known = mitigators()
    for code in {*assumptions.sizes, *assumptions.ranges, *assumptions.years}:
        if code not in known:
            raise Refused(
                "unknown_mitigator",
                f"There is no mitigator {code}. There are {', '.join(known)}.",
                field="assumptions",
            )
    found = []
    for code, one in known.items():
        size = assumptions.sizes.get(code, 0.0)
        if not 0 <= size <= 2:
            raise Refused("size", f"The size of {code} is {size}; give 0 (nothing) to 2 (twice).", field=code)
        if size:
            found.append(_oneworking(baseline, one, size, assumptions))
    return found


def _oneworking(baseline: Baseline, one: Mitigator, size: float, assumptions: Assumptions) -> Working:
    low, high = assumptions.ranges.get(one.code, one.factor)
    years = assumptions.years.get(one.code, one.years)
    if not 0 <= low <= high or years < 0:
        raise Refused(
            "interval",
            f"{one.code}: a range is two factors, not negative, the lower first; years are 0 or more.",
            field=one.code,
        )
    draws = baseline.draws.shape[-1]
    width = stream(baseline.seed, "mitigator", one.code).standard_normal(draws) / EIGHTY
    left = np.maximum((low + high) / 2 + (high - low) * width, 0)
    ahead = np.arange(len(baseline.years))
    ramp = np.minimum(ahead / years, 1.0) if years else (ahead > 0).astype(np.float64)
    return Working(one, np.maximum(1 + size * (left - 1), 0), ramp)


def _places(baseline: Baseline, one: Mitigator) -> list[int]:
    parts = set(one.parts)
    return [
        place
        for place, (service, part) in enumerate(baseline.items)
        if service in one.services and (not parts or not part or part in parts)
    ]


def apply(baseline: Baseline, draws: Draws, at_work: Working, years: slice) -> Moved:
    """Take away and give back in `draws` (years, areas, items, draws), in place."""
    one = at_work.one
    counted = [place for place, (service, _) in enumerate(baseline.items) if service == one.counts]
    band = BANDS.index(max(start for start in BANDS if start <= one.ages))
    change = (at_work.ramp[years, None] * (at_work.left - 1)).astype(np.float32)
    taken = np.zeros((*draws.shape[:2], draws.shape[-1]))
    for place in _places(baseline, one):
        share = baseline.ages[years, :, place, band:].sum(axis=-1).astype(np.float32)
        if not baseline.items[place][1] and one.parts:
            share = share * _part_share(baseline, place, one, years)
        delta = draws[:, :, place] * (share[..., None] * change[:, None])
        draws[:, :, place] += delta
        if place in counted:
            taken -= delta
    avoided = taken.sum(axis=1)
    found: dict[str, Floats] = {}
    for back in one.returns:
        given = taken * (back.share * back.amount)
        for code, units in ((back.service, given), (NURSES, given * back.nurses)):
            if units.any():
                _give(baseline, draws, code, units)
                found[code] = found.get(code, 0) + units.sum(axis=1)
    shares = {back.service: avoided * back.share for back in one.returns}
    return Moved(one.code, one.counts, avoided, shares, found, avoided * one.saved, one.because)


def _give(baseline: Baseline, draws: Draws, code: str, units: Floats) -> None:
    for place in _receiving(baseline, code):
        draws[:, :, place] += units.astype(np.float32)


def _receiving(baseline: Baseline, code: str) -> list[int]:
    """The items that grow when `code` does: its first, and those of services that are sums with it."""
    sums = {one.code for one in baseline.services if len(one.series) > 1 and code in one.series}
    first = {service: place for place, (service, _) in reversed(list(enumerate(baseline.items)))}
    return [first[service] for service in first if service == code or service in sums]


def _part_share(baseline: Baseline, place: int, one: Mitigator, years: slice) -> np.ndarray:
    """Of a service without chapters (emergency admissions): the share of the stays that the parts make."""
    every = [row for row, (service, _) in enumerate(baseline.items) if service == "hospital_stays"]
    chosen = [row for row in every if baseline.items[row][1] in one.parts]
    if not every:
        return np.ones(1, dtype=np.float32)
    stays = baseline.draws[years].mean(axis=-1, dtype=np.float64)
    whole = stays[:, :, every].sum(axis=-1)
    part = stays[:, :, chosen].sum(axis=-1)
    return np.asarray(part / np.maximum(whole, 1e-9), dtype=np.float32)
