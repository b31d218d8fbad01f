"""How fast beds are reckoned: Erlang, occupancy, the simulation against Ciw, shared beds, forecast.

An event is somebody who comes from outside, or a treatment that is over; it is counted alike for both
simulations, over the same model and the same days.
"""

import importlib
import importlib.util
import warnings
from datetime import date

import numpy as np
from scipy import stats

from benchmarks import Case
from samspill.analysis.capacity import (
    Demand,
    Exponential,
    Group,
    LogNormal,
    Model,
    Patients,
    Step,
    Unit,
    forecast,
    occupancy,
    servers_for_blocking,
    shared_beds,
    shared_table,
    simulate,
)

STAYS, YEARS = 1_000_000, (date(2024, 1, 1), date(2026, 1, 1))
DAYS, ARRIVALS, BEDS, PLACES = 1000, 18.0, 25, 20
SHARED = 40


def cases() -> list[Case]:
    """Five cases; the simulation needs Ciw beside it and says so when it is not there."""
    return [_erlang(), _occupancy(), *_simulation(), _shared(), _forecast()]


def _erlang() -> Case:
    loads = np.linspace(1, 400, 400)

    def run() -> None:
        for load in loads:
            servers_for_blocking(float(load), 0.01)

    def by_poisson() -> None:
        for load in loads:

            def excess(beds: float, load: float = load) -> float:
                return float(stats.poisson.pmf(beds, load) / stats.poisson.cdf(beds, load)) - 0.01

            low, high = 0, int(2 * load + 20)
            while low < high:
                middle = (low + high) // 2
                low, high = (low, middle) if excess(middle) <= 0 else (middle + 1, high)

    return {
        "name": "capacity: beds for 1 % turned away",
        "run": run,
        "baseline": by_poisson,
        "work": "400 loads, 1 to 400 erlang; baseline: halving with SciPy's Poisson",
    }


def _occupancy() -> Case:
    chance = np.random.default_rng(1)
    came = np.datetime64("2024-01-01T00:00:00") + chance.integers(0, 730 * 86_400, STAYS)
    left = came + chance.exponential(1.5 * 86_400, STAYS).astype(np.int64)

    def run() -> None:
        occupancy(came, left, start=YEARS[0], end=YEARS[1]).profile()

    def hour_by_hour() -> None:
        zero = np.datetime64("2023-12-31T23:00:00")
        begin, end = ((moments - zero).astype(np.int64) for moments in (came, left))
        first, hours = begin // 3600, (end - 1) // 3600 - begin // 3600 + 1
        stay = np.repeat(np.arange(STAYS), hours)
        hour = first[stay] + np.arange(len(stay)) - np.repeat(np.cumsum(hours) - hours, hours)
        spent = np.minimum(end[stay], 3600 * (hour + 1)) - np.maximum(begin[stay], 3600 * hour)
        np.bincount(hour, weights=spent / 3600)

    return {
        "name": "capacity: occupancy of a million stays",
        "run": run,
        "baseline": hour_by_hour,
        "work": "two years, with the profile of the week; baseline: one row per stay and hour in NumPy",
        "runs": 5,
        "most_seconds": 2.0,
    }


def _simulation() -> list[Case]:
    if importlib.util.find_spec("ciw") is None:
        warnings.warn("NOT MEASURED: the simulation against Ciw; it is not installed", stacklevel=2)
        return []
    ciw = importlib.import_module("ciw")
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(ARRIVALS), None],
        service_distributions=[ciw.dists.Exponential(1.0), ciw.dists.Exponential(0.5)],
        number_of_servers=[BEDS, PLACES],
        queue_capacities=[float("inf"), 0],
        routing=[[0.0, 0.5], [0.0, 0.0]],
    )
    steps = (Step("ward", Exponential(1.0), (("home", 0.5),)), Step("home", Exponential(2.0)))
    model = Model(
        "tandem",
        date(2026, 1, 5),
        (Unit("ward", BEDS), Unit("home", PLACES)),
        (Group("all", "ward", ARRIVALS, steps),),
    )

    def run() -> int:
        return simulate(model, days=DAYS, warm_up_days=0, replications=1).events

    def with_ciw() -> int:
        ciw.seed(1)
        theirs = ciw.Simulation(network)
        theirs.simulate_until_max_time(DAYS)
        return theirs.nodes[0].number_of_individuals + len(theirs.get_all_records())

    return [
        {
            "name": "capacity: simulation with blocking",
            "run": run,
            "baseline": with_ciw,
            "work": f"{DAYS} days, {run()} events, drawn, played and counted; "
            f"baseline: Ciw {ciw.__version__}, {with_ciw()} events",
            "most_ratio": 0.2,
        }
    ]


def _shared() -> Case:
    demand = Demand(4.0, 2.5, 2.0, 8.0)

    def run() -> None:
        shared_table(demand, SHARED)

    def least_squares() -> None:
        """The chain without reservation alone, as a full table of moves."""
        states = [(i, j) for i in range(SHARED + 1) for j in range(SHARED + 1 - i)]
        place = {state: number for number, state in enumerate(states)}
        moves = np.zeros((len(states), len(states)))
        for (i, j), here in place.items():
            for to, rate in (
                ((i + 1, j), 4.0),
                ((i, j + 1), 2.0),
                ((i - 1, j), i / 2.5),
                ((i, j - 1), j / 8.0),
            ):
                if to in place and rate:
                    moves[here, place[to]] += rate
                    moves[here, here] -= rate
        moves[:, 0] = 1
        shares = np.linalg.solve(moves.T, np.eye(len(states))[0])
        full = sum(share for (i, j), share in zip(states, shares, strict=True) if i + j == SHARED)
        if not np.isclose(full, shared_beds(demand, SHARED, 0).acute_refused):
            raise AssertionError("the two solutions differ")

    return {
        "name": f"capacity: shared beds, all of 0..{SHARED} reserved",
        "run": run,
        "baseline": least_squares,
        "work": f"{SHARED + 1} exact chains of up to 861 states; baseline: one, solved as a full matrix",
        "runs": 7,
        "most_seconds": 1.0,
    }


def _forecast() -> Case:
    chance = np.random.default_rng(3)
    stay = LogNormal(4.0, 1.1)
    groups = [
        Patients(str(number), stay, chance.exponential(3, 60), np.full(14, 12.0)) for number in range(8)
    ]

    def run() -> None:
        forecast(groups, days=14)

    def by_drawing() -> None:
        elapsed = np.concatenate([group.elapsed_days for group in groups])
        chances = stay.survival(elapsed + 14) / stay.survival(elapsed)
        (chance.random((10_000, len(chances))) < chances).sum(axis=1)

    return {
        "name": "capacity: 14 days ahead for 480 patients",
        "run": run,
        "baseline": by_drawing,
        "work": "the exact distribution of each day; baseline: 10,000 draws of the last day's patients alone",
    }
