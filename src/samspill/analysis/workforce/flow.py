"""One year of a work force: who dies, retires, leaves, moves between sectors, qualifies and comes.

HELSEMOD's step (SSB Rapporter 2002/18, 2009/9, 2023/2): H[x,t+1] = H[x-1,t](1-d[x])(1-exit[x]) + entrants[x];
with sectors between which persons move and are conserved. The slow obvious version stays in the tests.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from samspill.analysis.workforce.baseline import Baseline, Rates
from samspill.analysis.workforce.shocks import Shocks
from samspill.analysis.workforce.terms import Floats
from samspill.refusal import Refused


class Convention(StrEnum):
    """When entrants come: half of them at the start of the year (`EVEN`), or all at its end (`END`)."""

    EVEN = "even"
    END = "end"


@dataclass(frozen=True, eq=False)
class Flows:
    """A year, each (P, S, A, K, D) in persons, by the age reached and the sector they were in before.

    `aged` is the stock of 1 January a year older; those past the oldest age are in `outgrown` (P, S, K, D).
    In every cell: end = aged + entered - died - retired - left - moved_out + moved_in - qualified, where
    `qualified` leave for the profession they trained for (they are among its `entered`).
    """

    aged: Floats
    entered: Floats
    died: Floats
    retired: Floats
    left: Floats
    moved_out: Floats
    moved_in: Floats
    qualified: Floats
    outgrown: Floats
    end: Floats


NAMES = ("entered", "died", "retired", "left", "moved_out", "moved_in", "qualified")


def step(
    baseline: Baseline,
    persons: Floats,
    rates: Rates,
    intake: Floats,
    shocks: Shocks,
    year: int,
    convention: Convention = Convention.EVEN,
) -> Flows:
    """From `persons` (P, S, A, K, D) on 1 January to the next, by `rates` and the shocks of `year` (0 first).

    `intake` (P,) are the places from which somebody may be done this year. Refuses more students than
    there are in the profession they are drawn from (`too_many_students`).
    """
    aged = np.zeros_like(persons)
    aged[:, :, 1:] = persons[:, :, :-1]
    graduates, entered = _entrants(baseline, rates, intake, shocks, year)
    at_start = 0.5 if convention is Convention.EVEN else 0.0
    exposed = aged + at_start * entered
    died = exposed * rates.deaths[None, :, :, None, None]
    rest = exposed - died
    retired = rest * _scaled(rates.retiring, shocks.of("retiring", year))[:, None, :, None]
    rest = rest - retired
    left = rest * _scaled(rates.leaving, shocks.of("leaving", year))[:, None]
    rest -= left
    moved_out, moved_in = _moves(rest, rates.mobility, shocks.of("mobility", year))
    end = rest
    end -= moved_out
    end += moved_in
    end += (1 - at_start) * entered
    qualified = _qualified(baseline, graduates, end)
    end -= qualified
    outgrown = persons[:, :, -1]
    return Flows(aged, entered, died, retired, left, moved_out, moved_in, qualified, outgrown, end)


def completion(rates: Rates, factor: Floats) -> Floats:
    """(P, D) with the odds of each times `factor`; exactly as it is where the factor is 1."""
    share = rates.completion[:, None]
    return share * factor / (1 + share * (factor - 1))


def _entrants(
    baseline: Baseline, rates: Rates, intake: Floats, shocks: Shocks, year: int
) -> tuple[Floats, Floats]:
    """Graduates (P, D), and all who come (P, S, A, K, D)."""
    graduates = intake[:, None] * completion(rates, shocks.of("completion", year))
    abroad = rates.international[:, None] * shocks.of("international", year)
    recruits = rates.recruits[..., None] * shocks.of("recruits", year)[:, None]
    sector = baseline.first_sector[..., None]
    young = (graduates[:, None] * sector)[:, None, None] * baseline.graduates[..., None, None]
    joiners = recruits + abroad[:, None] * sector
    return graduates, young + joiners[:, None, None] * baseline.joiners[..., None, None]


def _scaled(share: Floats, factor: Floats) -> Floats:
    """Shares (P, ...) with their hazard times `factor` (P, D): (P, ..., D), never above 1."""
    middle = factor.reshape(len(factor), *([1] * (share.ndim - 1)), -1)
    scaled = share[..., None] * np.ones_like(middle)
    changed = np.broadcast_to(middle != 1, scaled.shape)
    if changed.any():
        with np.errstate(divide="ignore"):
            hazard = np.log1p(-share)[..., None] * middle
        scaled = np.where(changed, -np.expm1(hazard), scaled)
    return scaled


def _moves(stayed: Floats, mobility: Floats, factor: Floats) -> tuple[Floats, Floats]:
    """Who goes from and comes to each sector; what goes out comes in, in every sex, age and draw."""
    sectors = mobility.shape[-1]
    out, into = np.zeros_like(stayed), np.zeros_like(stayed)
    for origin in range(sectors):
        away = np.delete(mobility[:, origin], origin, axis=1).sum(axis=1)
        most = np.divide(1.0, away, out=np.full_like(away, np.inf), where=away > 0)
        scale = np.minimum(factor, most[:, None])
        for target in range(sectors):
            if target != origin and mobility[:, origin, target].any():
                share = mobility[:, origin, target, None] * scale
                moved = stayed[:, :, :, origin] * share[:, None, None]
                out[:, :, :, origin] += moved
                into[:, :, :, target] += moved
    return out, into


def _qualified(baseline: Baseline, graduates: Floats, stock: Floats) -> Floats:
    """Those whom graduates of other professions were before: same sex and age, sectors as in the stock."""
    gone = np.zeros_like(stock)
    for place, source in enumerate(baseline.drawn_from):
        if source is None or not graduates[place].any():
            continue
        origin = baseline.professions.index(source)
        taken = graduates[place] * baseline.graduates[place, ..., None]  # (S, A, D)
        there = (stock[origin] - gone[origin]).sum(axis=2)
        if (taken > there * (1 + 1e-12)).any():
            raise Refused(
                "too_many_students",
                f"More become {baseline.professions[place]} at some age than there are {source}s of it. "
                "Lower the training places, or let them start at other ages.",
                field="places",
            )
        share = np.divide(taken, there, out=np.zeros_like(taken), where=there > 0)
        gone[origin] += (stock[origin] - gone[origin]) * share[:, :, None]
    return gone
