"""Rates of each area from what happened there, held to the nation's the more the fewer people there are.

    estimate_rates(history, rates, events, jump_off=2026, to=2050) -> ComponentRates

Only what had happened by 1 January of the jump-off is read. Where moves were not counted, net migration is
what is left of the change when births and deaths are taken out: see `residual`.
"""

from dataclasses import dataclass

import numpy as np

from samspill.analysis.components.events import ComponentEvents, check_same_areas
from samspill.analysis.components.mortality import dying
from samspill.analysis.components.rates import WOMEN, ComponentRates, Floats, Migration, Pool
from samspill.analysis.components.residual import net_migration, of_nation, to_flows
from samspill.analysis.components.shrinking import around, calmed, shrunk_level, shrunk_rate
from samspill.analysis.components.step import FERTILE, exposed, grown
from samspill.analysis.population import NationalRates, PopulationHistory
from samspill.refusal import Refused

NOBODY = 1e-9  # keeps a quotient defined where nobody is
HIGHEST_RISK = 0.9  # among the very oldest, where the line is drawn on from younger ages


@dataclass(frozen=True)
class ComponentParameters:
    """How much history is used and how hard it is dampened.

    `rate_weight` is persons of exposure in one sex and year of age (about 50 works on the 357
    municipalities); `level_weight` expected events; `share_weight` movers of one sex and age in the nation.
    """

    migration_years: int = 8
    national_years: int = 15
    mortality_years: int = 8
    birth_years: int = 5
    rate_weight: float = 50.0
    level_weight: float = 50.0
    death_weight: float = 150.0
    birth_weight: float = 150.0
    share_weight: float = 200.0
    spike: float = 3.0  # median absolute deviations


def estimate_rates(
    history: PopulationHistory,
    rates: NationalRates,
    events: ComponentEvents,
    *,
    jump_off: int,
    to: int,
    parameters: ComponentParameters | None = None,
    net_nation: Floats | None = None,
) -> ComponentRates:
    """Rates for the calendar years `jump_off`..`to` - 1, as known on 1 January `jump_off`.

    `net_nation` (2, 106), used when moves were not counted, is the nation's net immigration in a year; by
    default the nation's mean of `national_years` or, where its population is not at hand, what the areas had
    together. Refuses `areas_differ`, `year_missing`, `mortality_too_short`, `fertility_missing`.
    """
    parameters = parameters or ComponentParameters()
    history, rates, events = history.until(jump_off), rates.until(jump_off), events.before(jump_off)
    check_same_areas(history, events)
    if not rates.fertility.last:
        raise Refused(
            "fertility_missing",
            f"There are no birth rates from before {jump_off}. Add an earlier year of them.",
        )
    years = max(to - jump_off, 0)
    begun = beginnings(history, events)
    mortality, level = _mortality(begun, rates, events, jump_off, years, parameters)
    fertility, children = _fertility(history, rates, events, years, parameters)
    if events.moves:
        migration = _moves(begun, events, years, parameters)
    else:
        net = net_migration(history, events, begun, parameters.migration_years, parameters.spike)
        at_risk = begun[-parameters.migration_years :].mean(axis=0)
        if net_nation is None:
            net_nation = of_nation(history, rates, parameters.national_years)
        migration = to_flows(net, at_risk, years, parameters.rate_weight, net_nation)
    return ComponentRates(mortality, level, fertility, children, *migration)


def beginnings(history: PopulationHistory, events: ComponentEvents) -> Floats:
    """Those at risk of each age reached, before deaths and moves; shape (years, areas, 2, 106)."""
    begun = np.stack([grown(history.on(year)) for year in events.years])
    begun[..., 0] = events.births
    return begun


def _mortality(
    begun: Floats,
    rates: NationalRates,
    events: ComponentEvents,
    jump_off: int,
    years: int,
    parameters: ComponentParameters,
) -> tuple[Floats, Floats]:
    """The nation's risk in each projected year, and each area's level (areas, 2)."""
    recent = slice(-parameters.mortality_years, None)
    first, count = events.years[recent][0], len(events.years[recent])
    at_risk = _at_risk(begun, events)[recent]
    expected = (at_risk * dying(rates.mortality, first, count)[:, None]).sum(axis=(0, 3))
    found = events.deaths[recent].sum(axis=(0, 3))
    # the line of the death rates meets the deaths that were counted since
    nation = found.sum(axis=0) / np.maximum(expected.sum(axis=0), NOBODY)
    risks = np.minimum(dying(rates.mortality, jump_off, years) * nation[:, None], HIGHEST_RISK)
    return risks, shrunk_level(found, expected * nation, parameters.death_weight)


def _at_risk(begun: Floats, events: ComponentEvents) -> Floats:
    """Persons exposed to die in the area; without counts of moves, those who were there at the beginning."""
    if not events.moves:
        return begun
    out, into, emigration, immigration = events.moves
    return exposed(begun, out + emigration, into + immigration)


def _fertility(
    history: PopulationHistory,
    rates: NationalRates,
    events: ComponentEvents,
    years: int,
    parameters: ComponentParameters,
) -> tuple[Floats, Floats]:
    """The nation's births per woman-year in each projected year, and each area's level (areas,)."""
    by_age = rates.fertility.values[int(np.argmax(rates.fertility.last))]
    expected = np.zeros(len(events.areas))
    recent = events.years[-parameters.birth_years :]
    for year in recent:
        women = (history.on(year)[:, WOMEN] + history.on(year + 1)[:, WOMEN]) / 2
        expected += (women * by_age)[:, FERTILE].sum(axis=-1)
    found = events.births[-parameters.birth_years :].sum(axis=(0, 2))
    nation = found.sum() / max(float(expected.sum()), NOBODY)
    level = shrunk_level(found, expected * nation, parameters.birth_weight)
    return np.tile(np.minimum(by_age * nation, 1.0), (years, 1)), level


def _moves(begun: Floats, events: ComponentEvents, years: int, parameters: ComponentParameters) -> Migration:
    recent = slice(-parameters.migration_years, None)
    at_risk = begun[recent].sum(axis=0)
    out, into, emigration, immigration = (calmed(flow[recent], parameters.spike) for flow in events.moves)
    leaving, _ = _out_rates(out.sum(axis=0), at_risk, parameters)
    abroad, nation = _out_rates(emigration.sum(axis=0), at_risk, parameters)
    coming = immigration.mean(axis=0).sum(axis=0)
    return Migration(
        out=leaving,
        moves=Pool(_shares(into.sum(axis=0), parameters)),
        emigration=abroad,
        emigration_nation=nation,
        immigration=np.tile(coming, (years, 1, 1)),
        immigration_share=_shares(immigration.sum(axis=0), parameters),
    )


def _out_rates(events: Floats, at_risk: Floats, parameters: ComponentParameters) -> tuple[Floats, Floats]:
    """The rates of each area (areas, 2, 106) and of the nation (2, 106), smooth by age."""
    events, at_risk = around(events), around(at_risk)
    nation = events.sum(axis=0) / np.maximum(at_risk.sum(axis=0), NOBODY)
    expected = at_risk * nation
    level = shrunk_level(events.sum(axis=(1, 2)), expected.sum(axis=(1, 2)), parameters.level_weight)
    prior = np.minimum(level[:, None, None] * nation, 1.0)
    return np.minimum(shrunk_rate(events, at_risk, prior, parameters.rate_weight), 1.0), nation


def _shares(arrived: Floats, parameters: ComponentParameters) -> Floats:
    """Shares over the areas for each sex and age, held to the area's share of all who arrive."""
    arrived = around(arrived)
    overall = arrived.sum(axis=(1, 2)) / max(float(arrived.sum()), NOBODY)
    if not arrived.any():
        overall = np.full(len(arrived), 1 / len(arrived))
    weighted = arrived + parameters.share_weight * overall[:, None, None]
    return np.asarray(weighted / weighted.sum(axis=0))
