"""Beds for two purposes at once: acute patients (KAD) and discharge-ready ones, some beds kept for the acute.

Nobody waits here: who finds no bed is refused. The acute go to hospital instead, the discharge-ready stay in
it. Of `beds`, `reserved` are kept: acute patients are taken while any bed is free, discharge-ready ones
only while more than `reserved` are. The number of each kind in bed is a Markov chain on at most (beds + 1)
(beds + 2) / 2 states, solved exactly (stays exponential; a mean per kind). Rates per day, stays in days.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.capacity.beds import DAYS_PER_YEAR
from samspill.analysis.capacity.checks import check_number, check_positive, check_whole

MOST_BEDS = 60  # 1,891 states, 29 MB of moves
RESCALE = 1e200  # before a share relative to the first overflows
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Demand:
    """Those who ask for the beds: arrivals per day and mean stay in days, of the acute and of the ready."""

    acute_per_day: float
    acute_stay_days: float
    ready_per_day: float
    ready_stay_days: float

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            (check_positive if name.endswith("days") else check_number)(value, name)


@dataclass(frozen=True)
class Prices:
    """What refusal leads to, and what a day costs each side. No defaults: the planner answers for them.

    `wait_days` a refused discharge-ready patient stays in hospital; `hospital_days` a refused acute patient
    is there. `hospital_nok_per_day` and `municipal_nok_per_day` are the cost of a bed for a day (municipal
    beds cost whether in use or not); `fee_nok_per_day` is paid by the municipality for each day of waiting.
    """

    wait_days: float
    hospital_days: float
    hospital_nok_per_day: float
    municipal_nok_per_day: float
    fee_nok_per_day: float

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            check_number(value, name)


@dataclass(frozen=True, eq=False)
class SharedBeds:
    """In the long run. `shares` (beds + 1, beds + 1): probability of i acute and j ready in bed.

    `acute_refused` and `ready_refused` are shares of those who come; `acute_in_use` and `ready_in_use` mean
    numbers in bed.
    """

    beds: int
    reserved: int
    demand: Demand
    shares: Floats
    acute_refused: float
    ready_refused: float
    acute_in_use: float
    ready_in_use: float

    @property
    def utilisation(self) -> float:
        return (self.acute_in_use + self.ready_in_use) / self.beds

    @property
    def acute_refused_per_year(self) -> float:
        return DAYS_PER_YEAR * self.demand.acute_per_day * self.acute_refused

    @property
    def ready_refused_per_year(self) -> float:
        return DAYS_PER_YEAR * self.demand.ready_per_day * self.ready_refused


@dataclass(frozen=True)
class SharedCost:
    """A year's bed-days in hospital because of refusals, and what both sides pay, in kroner.

    The fee moves money from municipality to hospital: it is in both and not in their sum.
    """

    waiting_days: float
    acute_days: float
    hospital_nok: float
    municipal_nok: float

    @property
    def total_nok(self) -> float:
        return self.hospital_nok + self.municipal_nok


def shared_beds(demand: Demand, beds: int, reserved: int) -> SharedBeds:
    """Who is refused and how many are in bed, exactly. Refuses values out of range."""
    check_whole(beds, "beds", least=1, most=MOST_BEDS)
    check_whole(reserved, "reserved", most=beds)
    acute, ready = _states(beds, reserved)
    solved = _stationary(demand, beds, reserved, acute, ready)
    taken = acute + ready
    shares = np.zeros((beds + 1, beds + 1))
    shares[acute, ready] = solved
    return SharedBeds(
        beds=beds,
        reserved=reserved,
        demand=demand,
        shares=shares,
        acute_refused=float(solved[taken == beds].sum()),
        ready_refused=float(solved[taken >= beds - reserved].sum()),
        acute_in_use=float(solved @ acute),
        ready_in_use=float(solved @ ready),
    )


def shared_table(demand: Demand, beds: int, reserved: Sequence[int] | None = None) -> tuple[SharedBeds, ...]:
    """The same for each number of reserved beds (all of 0..beds when None): the planner's table."""
    check_whole(beds, "beds", least=1, most=MOST_BEDS)
    return tuple(
        shared_beds(demand, beds, kept) for kept in (range(beds + 1) if reserved is None else reserved)
    )


def cost_of(found: SharedBeds, prices: Prices) -> SharedCost:
    """Days waiting in hospital = refused x mean wait; the cost of both sides in a year."""
    waiting_days = found.ready_refused_per_year * prices.wait_days
    acute_days = found.acute_refused_per_year * prices.hospital_days
    fee = waiting_days * prices.fee_nok_per_day
    hospital = (waiting_days + acute_days) * prices.hospital_nok_per_day - fee
    municipal = found.beds * DAYS_PER_YEAR * prices.municipal_nok_per_day + fee
    return SharedCost(waiting_days, acute_days, hospital, municipal)


def _states(beds: int, reserved: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All (acute, ready) that can be: together at most `beds`, and ready at most those not reserved."""
    acute, ready = np.indices((beds + 1, beds - reserved + 1))
    possible = acute + ready <= beds
    return acute[possible], ready[possible]


def _stationary(
    demand: Demand, beds: int, reserved: int, acute: NDArray[np.int64], ready: NDArray[np.int64]
) -> Floats:
    """The chain's stationary shares (states,), each to its own last digits however small it is.

    States are eliminated one by one, the highest number of acute first, without a subtraction (Grassmann,
    Taksar & Heyman 1985, Operations Research 33). Each reaches only the `width` states next to it.
    """
    rates = _rates(demand, beds, reserved, acute, ready)
    width = beds - reserved + 1
    down = np.zeros(len(acute))
    for state in range(len(acute) - 1, 0, -1):
        near = slice(max(state - width, 0), state)
        down[state] = rates[state, near].sum()
        rates[near, near] += np.outer(rates[near, state] / down[state], rates[state, near])
    shares = np.zeros(len(acute))
    shares[0] = 1.0
    for state in range(1, len(acute)):
        near = slice(max(state - width, 0), state)
        shares[state] = shares[near] @ rates[near, state] / down[state]
        if shares[state] > RESCALE:
            shares /= RESCALE
    return shares / shares.sum()


def _rates(
    demand: Demand, beds: int, reserved: int, acute: NDArray[np.int64], ready: NDArray[np.int64]
) -> Floats:
    """Moves per day from each state to each, (states, states)."""
    number = np.full((beds + 2, beds + 2), -1)
    number[acute, ready] = np.arange(len(acute))
    taken = acute + ready
    moves = (
        (1, 0, demand.acute_per_day * (taken < beds)),
        (0, 1, demand.ready_per_day * (taken < beds - reserved)),
        (-1, 0, acute / demand.acute_stay_days),
        (0, -1, ready / demand.ready_stay_days),
    )
    rates = np.zeros((len(acute), len(acute)))
    for more_acute, more_ready, rate in moves:
        goes = np.flatnonzero(rate > 0)
        rates[goes, number[acute[goes] + more_acute, ready[goes] + more_ready]] = rate[goes]
    return rates
