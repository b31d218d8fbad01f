"""A work force year by year: stock, flows and FTE by profession and sector, in every draw.

Sums are taken within each draw, percentiles last. `analysis.workforce.flow` has the single year.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from samspill.analysis.workforce.baseline import Baseline, Rates
from samspill.analysis.workforce.flow import NAMES, Convention, Flows, step
from samspill.analysis.workforce.measures import Measure, rates_in
from samspill.analysis.workforce.shocks import Shocks, Uncertainty, check_memory, draw_shocks
from samspill.analysis.workforce.terms import SECTORS, WORKING, YOUNGEST, Floats, place_of
from samspill.refusal import Refused

METHOD, VERSION = "stock-and-flow", "1"


@dataclass(frozen=True, eq=False)
class Staffing:
    """A projected work force. T years after the first, P professions, K sectors, D draws (1 without draws).

    persons  (T+1, P, K, D) on 1 January
    agreed   (T+1, P, K, D) agreed FTE: persons by participation and hours
    supply   (T+1, P, K, D) agreed FTE where they are worked, with combined posts and rotation, and more of it
             if sickness falls below the baseline's: what demand is compared with
    flows    by name (T, P, K, D) persons in the year: `NAMES` of `flow`, and `outgrown`
    rates    for each 1 January those that were in force before it
    by_age   (T+1, P, S, A, K) mean over draws
    """

    years: tuple[int, ...]
    professions: tuple[str, ...]
    draws: int
    seed: int
    convention: Convention
    persons: Floats
    agreed: Floats
    supply: Floats
    flows: dict[str, Floats]
    rates: tuple[Rates, ...]
    by_age: Floats

    def of(self, profession: str, sector: str | None = None) -> Floats:
        """(T+1, D) supply in FTE of a profession; both working sectors when none is named."""
        place = place_of(profession, self.professions, "profession")
        if sector is None:
            return self.supply[:, place, [SECTORS.index(one) for one in WORKING]].sum(axis=1)
        return self.supply[:, place, place_of(sector, SECTORS, "sector")]

    def share_over(self, age: int) -> Floats:
        """(T+1, P, K) mean share of persons who are `age` or older; nan where there is nobody."""
        whole = self.by_age.sum(axis=(2, 3))
        older = self.by_age[:, :, :, age - YOUNGEST :].sum(axis=(2, 3))
        return np.divide(older, whole, out=np.full_like(whole, np.nan), where=whole > 0)


def project_staff(
    baseline: Baseline,
    uncertainty: Uncertainty,
    *,
    to: int,
    draws: int = 0,
    seed: int = 0,
    measures: Sequence[Measure] = (),
    convention: Convention = Convention.EVEN,
) -> Staffing:
    """From 1 January of the baseline's year to 1 January of `to`. Without draws: the middle path, D = 1.

    The same seed gives the same draws whatever the measures and whichever professions are run with it.
    At its peak 180 bytes per cell and draw: 93 MB for six professions and 256 draws, 0.4 GB for 1 000.
    """
    check_memory(baseline.persons.size, draws)  # before they are drawn, which takes seconds
    shocks = draw_shocks(uncertainty, baseline.professions, years=to - baseline.year, draws=draws, seed=seed)
    return follow(baseline, shocks, seed=seed, measures=measures, convention=convention)


def follow(
    baseline: Baseline,
    shocks: Shocks,
    *,
    seed: int = 0,
    measures: Sequence[Measure] = (),
    convention: Convention = Convention.EVEN,
) -> Staffing:
    """The same on shocks that were drawn before."""
    horizon = next(iter(shocks.factors.values())).shape[1]
    check_memory(baseline.persons.size, shocks.width)
    in_year = [rates_in(baseline, measures, baseline.year + year) for year in range(horizon)]
    in_force = (baseline.rates, *in_year)
    persons = np.repeat(baseline.persons[..., None], shocks.width, axis=-1)
    stock, worked, ages, flows = [], [], [], []
    for year in range(horizon + 1):
        stock.append(persons.sum(axis=(1, 2)))
        worked.append(_worked(persons, in_force[year], baseline.rates, shocks, year))
        ages.append(persons.mean(axis=-1))
        if year < horizon:
            made = step(
                baseline,
                persons,
                in_year[year],
                _intake(baseline, in_year, year),
                shocks,
                year,
                Convention(convention),
            )
            flows.append(_summed(made))
            persons = made.end
    return Staffing(
        tuple(range(baseline.year, baseline.year + horizon + 1)),
        baseline.professions,
        shocks.draws,
        seed,
        Convention(convention),
        np.stack(stock),
        np.stack([agreed for agreed, _ in worked]),
        np.stack([supply for _, supply in worked]),
        {name: np.stack([one[name] for one in flows]) for name in flows[0]} if flows else {},
        in_force,
        np.stack(ages),
    )


def _intake(baseline: Baseline, in_year: Sequence[Rates], year: int) -> Floats:
    """(P,) places begun `delay` years ago: before the baseline as they were, since as the measures say."""
    longest = baseline.begun.shape[1]
    places = np.empty(len(baseline.professions))
    for place, delay in enumerate(baseline.delay):
        begun = year - delay
        places[place] = in_year[begun].places[place] if begun >= 0 else baseline.begun[place, longest + begun]
    return places


def _summed(made: Flows) -> dict[str, Floats]:
    flows = {name: getattr(made, name).sum(axis=(1, 2)) for name in NAMES}
    flows["outgrown"] = made.outgrown.sum(axis=1)
    return flows


def _worked(persons: Floats, rates: Rates, before: Rates, shocks: Shocks, year: int) -> tuple[Floats, Floats]:
    """Agreed FTE and supply, (P, K, D). The first 1 January is known; later hours are uncertain."""
    at_work = rates.participation[..., None]
    full = np.einsum("psakd,psak->pkd", persons, np.broadcast_to(at_work, rates.hours.shape))
    missing = np.einsum("psakd,psak->pkd", persons, at_work * (1 - rates.hours))
    if year:
        most = np.divide(full, missing, out=np.ones_like(full), where=missing > 0)
        missing = missing * np.minimum(shocks.of("part_time", year - 1)[:, None], most)
    agreed = full - missing
    supply = _where_worked(agreed, missing, rates)
    if rates.sickness is not before.sickness:
        supply = supply * _less_sickness(rates.sickness, before.sickness, shocks, year)
    return agreed, supply


def _where_worked(agreed: Floats, missing: Floats, rates: Rates) -> Floats:
    supply = agreed
    if rates.combined.any():
        supply = supply + np.einsum("pjd,pjk->pkd", missing, rates.combined)
    if (rates.exchange != np.eye(len(SECTORS))).any():
        supply = np.einsum("pjd,pjk->pkd", supply, rates.exchange)
    return supply


def _less_sickness(now: Floats, before: Floats, shocks: Shocks, year: int) -> Floats:
    """(P, K, D) present time per agreed, against what it was: above 1 if fewer are away sick."""
    factor = shocks.of("sickness", year - 1)[:, None] if year else 1.0
    present, was = (1 - np.minimum(0.99, share[..., None] * factor) for share in (now, before))
    return np.asarray(present / was)


def percentiles(values: Floats, at: Sequence[float] = (10, 50, 90)) -> Floats:
    """Percentiles over the draws (the last axis), which becomes the first. Refuses a single future."""
    if values.shape[-1] < 2:
        raise Refused(
            "no_draws", "One future has no interval. Ask for draws; 256 give a steady one.", field="draws"
        )
    return np.asarray(np.percentile(values, at, axis=-1))
