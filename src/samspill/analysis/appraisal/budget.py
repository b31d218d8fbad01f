"""What a measure costs each payer each year: budget impact, undiscounted, one-off costs apart.

eligible × uptake × (cost new - cost old), by payer and year (ISPOR: Sullivan et al. 2014, Value in Health
17). Money is kept in whole øre, so that sums over payers, years and parts are exact in whatever order;
percentiles are taken last and are never summed. Prices are fixed; payments between payers (a daily fee) are
a cost of one and an income, a negative cost, of the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samspill.analysis.appraisal.outcomes import MEMORY, Floats
from samspill.refusal import Refused

ORE = 100
MOST = 9e16  # øre: sums of a hundred such still fit in 64 bits
PERCENTILES = (10, 50, 90)


class Payer(StrEnum):
    """Whose budget it is."""

    HOSPITAL = "hospital"
    MUNICIPALITY = "municipality"
    STATE = "state"
    PATIENT = "patient"


class Bearing(StrEnum):
    """What a payer is left with: surely less or more to pay, neither, or not sure which."""

    GAINS = "gains"
    PAYS = "pays"
    UNTOUCHED = "untouched"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Side:
    """All years and one-off costs of a payer, in kroner: mean and 10-90 % over the draws; + is more to
    pay.
    """

    payer: Payer
    mean: float
    low: float
    high: float
    bearing: Bearing


@dataclass(frozen=True)
class BudgetImpact:
    """Extra costs in whole øre, both (draws, payers, years); one draw when nothing is uncertain."""

    payers: tuple[Payer, ...]
    years: tuple[int, ...]
    running: NDArray[np.int64]
    one_off: NDArray[np.int64]

    @property
    def amounts(self) -> NDArray[np.int64]:
        """Running and one-off together, øre, (draws, payers, years)."""
        return np.asarray(self.running + self.one_off)

    def total(self) -> NDArray[np.int64]:
        """Øre over all payers and years, (draws,); exactly the sum of the cells."""
        return np.asarray(self.amounts.sum(axis=(1, 2)))

    def band(self, percentiles: Sequence[float] = PERCENTILES) -> Floats:
        """Kroner by payer and year, (percentiles, payers + 1, years): the last row is that of all payers.

        It is computed from sums within each draw; the rows above must not be added up to it.
        """
        cells = self.amounts
        rows = np.concatenate([cells, cells.sum(axis=1, keepdims=True)], axis=1)
        return np.asarray(np.percentile(rows, percentiles, axis=0) / ORE)

    def sides(self) -> tuple[Side, ...]:
        """Who gains and who pays over all years; surely means in more than nine of ten draws."""
        sums = self.amounts.sum(axis=2)
        return tuple(_side(payer, sums[:, row]) for row, payer in enumerate(self.payers))


def budget_impact(
    years: Sequence[int],
    *,
    eligible: ArrayLike,
    uptake: ArrayLike,
    old: Mapping[Payer, ArrayLike],
    new: Mapping[Payer, ArrayLike],
    one_off: Mapping[Payer, ArrayLike] | None = None,
) -> BudgetImpact:
    """The extra cost when a share `uptake` of `eligible` persons goes from the old to the new.

    Everything is a number, (years,), or (draws, 1 or years); persons, shares of 0 to 1, kroner per person and
    year, one-off kroner. A payer that is missing in one of `old`, `new` and `one_off` has no cost there. No
    difference in cost gives exactly 0. Peak memory: four arrays of (draws, payers, years).
    """
    spans = tuple(years)
    if not spans or any(later != year + 1 for year, later in pairwise(spans)):
        raise Refused("years", "The years of a budget follow each other, each once.", field="years")
    payers = tuple(payer for payer in Payer if payer in {*old, *new, *(one_off or {})})
    if not payers:
        raise Refused("no_payer", "Say who pays: give a cost for at least one payer.", field="new")
    persons = _table(eligible, len(spans), "eligible")
    shares = _table(uptake, len(spans), "uptake")
    if np.any(persons < 0):
        raise Refused("negative", "There cannot be fewer than 0 eligible persons.", field="eligible")
    if np.any((shares < 0) | (shares > 1)):
        raise Refused("share", "Uptake is a share: a number from 0 to 1.", field="uptake")
    users = persons * shares
    per_payer = [
        (
            users * (_cost(new, payer, len(spans)) - _cost(old, payer, len(spans))),
            _cost(one_off or {}, payer, len(spans)),
        )
        for payer in payers
    ]
    draws = max(len(table) for pair in per_payer for table in pair)
    if draws * len(payers) * len(spans) * 8 > MEMORY:
        raise Refused("too_many_draws", f"{draws} draws do not fit in memory. Give fewer.", field="draws")
    running = _in_ore([pair[0] for pair in per_payer], draws)
    return BudgetImpact(payers, spans, running, _in_ore([pair[1] for pair in per_payer], draws))


def _cost(costs: Mapping[Payer, ArrayLike], payer: Payer, years: int) -> Floats:
    return _table(costs.get(payer, 0.0), years, str(payer))


def _table(values: ArrayLike, years: int, field: str) -> Floats:
    """(draws or 1, years)."""
    found = np.asarray(values, dtype=np.float64)
    if found.ndim > 2 or (found.ndim and found.shape[-1] not in (1, years)):
        raise Refused(
            "years_differ", f"{field} has shape {found.shape}; it must have {years} years.", field=field
        )
    if not np.all(np.isfinite(found)):
        raise Refused("not_a_number", f"A figure of {field} is missing. A missing one is not 0.", field=field)
    return np.asarray(np.broadcast_to(np.atleast_2d(found), (len(np.atleast_2d(found)), years)))


def _in_ore(tables: Sequence[Floats], draws: int) -> NDArray[np.int64]:
    """(draws, payers, years), rounded to whole øre cell by cell."""
    uneven = {len(table) for table in tables} - {1, draws}
    if uneven:
        raise Refused("draws_differ", f"Some figures have {uneven.pop()} draws and others {draws}.")
    kroner = np.stack([np.broadcast_to(table, (draws, table.shape[1])) for table in tables], axis=1)
    if np.abs(kroner).max() * ORE > MOST:
        raise Refused("too_large", "The amounts are too large to be kroner. Look at the units.")
    return np.rint(kroner * ORE).astype(np.int64)


def _side(payer: Payer, ore: NDArray[np.int64]) -> Side:
    low, high = (float(value) / ORE for value in np.percentile(ore, (PERCENTILES[0], PERCENTILES[-1])))
    if not ore.any():
        bearing = Bearing.UNTOUCHED
    elif high < 0:
        bearing = Bearing.GAINS
    elif low > 0:
        bearing = Bearing.PAYS
    else:
        bearing = Bearing.UNSURE
    return Side(payer, float(ore.mean()) / ORE, low, high, bearing)
