"""Net migration as what is left of the change: the people at the end, less those who should be there.

Where births and deaths are known and moves are not (Smith, Tayman & Swanson 2013, A Practitioner's Guide to
State and Local Population Projections, ch. 6): net = end − beginning + deaths, by sex and age reached. Each
area's net rate is smoothed by age, held to the nation's, and all rates are moved by the same amount so that
they sum to the nation's net immigration. A positive rate becomes immigration and a negative one emigration,
so that the same step of a year serves; a move within the nation cannot be told from one across its border.
"""

import numpy as np

from samspill.analysis.components.events import ComponentEvents
from samspill.analysis.components.mortality import dying
from samspill.analysis.components.rates import Floats, Migration, Pool
from samspill.analysis.components.shrinking import MAD_TO_SD, around, shrunk_rate
from samspill.analysis.components.step import grown
from samspill.analysis.population import NationalRates, PopulationHistory

CHURN = 1e-4  # comes and goes everywhere, so that a flow of the nation has someone to be scaled on
SAME_NATION = 0.001  # re-mapped municipalities are rounded, so sums are a few persons off


def expected_events(history: PopulationHistory, rates: NationalRates) -> ComponentEvents:
    """Births and deaths worked out from population alone, for a history that holds every year.

    Deaths are those expected at the nation's rates; births the children aged 0 a year later, and those of
    them who should have died.
    """
    years = history.years[:-1]
    risk = dying(rates.mortality, years[0], len(years))
    children = np.stack([history.on(year + 1)[:, :, 0] for year in years])
    begun = np.stack([grown(history.on(year)) for year in years])
    begun[..., 0] = children / (1 - risk[:, None, :, 0])
    return ComponentEvents(years, history.areas, begun[..., 0], begun * risk[:, None], counted=False)


def net_migration(
    history: PopulationHistory, events: ComponentEvents, begun: Floats, years: int, spike: float
) -> Floats:
    """Mean net migration of a year, over the last `years`, jumps dampened; persons, (areas, 2, 106)."""
    ended = np.stack([history.on(year + 1) for year in events.years])
    net = (ended - begun + events.deaths)[-years:]
    return np.asarray(dampened(net, spike).mean(axis=0))


def dampened(net: Floats, mads: float) -> Floats:
    """`net` (years, areas, 2, 106) with the years that jump brought near the usual of their area.

    A year whose sum lies more than `mads` median absolute deviations from the area's median is moved towards
    the mean of its ordinary years, every cell by the same share, until it lies at that limit.
    """
    sums = net.sum(axis=(2, 3))
    middle = np.median(sums, axis=0)
    turnover = np.abs(net).sum(axis=(2, 3)).mean(axis=0)  # comings and goings, whose sum has chance in it
    spread = np.maximum(
        MAD_TO_SD * np.median(np.abs(sums - middle), axis=0), np.sqrt(np.maximum(turnover, 1))
    )
    usual = np.abs(sums - middle) <= mads * spread
    weight = usual / usual.sum(axis=0)
    mean = (net * weight[..., None, None]).sum(axis=0)
    away = np.abs(sums - mean.sum(axis=(1, 2)))
    limit = mads * spread
    share = np.where(usual, 1.0, np.minimum(1.0, limit / np.where(away > 0, away, 1.0)))
    return np.asarray(mean + (net - mean) * share[..., None, None])


def of_nation(history: PopulationHistory, rates: NationalRates, years: int) -> Floats | None:
    """Net immigration of a year to the nation, mean of its last `years`, in persons (2, 106).

    A longer past than an area's own, since the nation's comes and goes in waves. None when its population is
    not at hand for two years, or is another than that of the areas together.
    """
    last = history.years[-1]
    if rates.population is None or not {last - 1, last} <= set(rates.population.years):
        return None
    there, here = rates.population.on(last).sum(), history.on(last).sum()
    if abs(here - there) > SAME_NATION * there:
        return None
    first = last
    while first - 1 in rates.population.years and last - first < years:
        first -= 1
    kept = [rates.population.years.index(year) for year in range(first, last + 1)]
    whole = PopulationHistory(tuple(range(first, last + 1)), ("",), rates.population.persons[kept])
    events = expected_events(whole, rates)
    begun = np.stack([grown(whole.on(year)) for year in events.years])
    begun[..., 0] = events.births
    ended = whole.persons[1:]
    return np.asarray((ended - begun + events.deaths).mean(axis=(0, 1)))


def to_flows(
    net: Floats, at_risk: Floats, years: int, weight: float, nation: Floats | None = None
) -> Migration:
    """Net migration of a year as flows: who comes is a number of persons, who leaves a rate.

    `net` and `at_risk` (areas, 2, 106) are of a year; `nation` (2, 106), by default the sum of `net`, is what
    comes to the nation net.
    """
    whole = net.sum(axis=0) if nation is None else nation
    people = np.maximum(at_risk.sum(axis=0), 1.0)
    overall = around(net.sum(axis=0)) / np.maximum(around(at_risk.sum(axis=0)), 1.0)
    rate = shrunk_rate(around(net), around(at_risk), overall, weight)
    rate = rate + (whole - (rate * at_risk).sum(axis=0)) / people
    leaving = np.clip(np.maximum(-rate, 0.0) + CHURN, 0.0, 1.0)
    coming = (np.maximum(rate, 0.0) + CHURN) * at_risk
    together = coming.sum(axis=0)
    share = np.where(together > 0, coming / np.where(together > 0, together, 1.0), 1.0 / len(net))
    return Migration(
        out=np.zeros_like(net),
        moves=Pool(np.full_like(net, 1.0 / len(net))),
        emigration=leaving,
        emigration_nation=(leaving * at_risk).sum(axis=0) / people,
        immigration=np.tile(together, (years, 1, 1)),
        immigration_share=share,
    )
