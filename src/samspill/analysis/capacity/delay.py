"""Beds with a waiting room: who comes when all are taken waits (Erlang C and what builds upon it).

Units: days. `load` is arrivals per day times mean stay, in erlang; it must be below the number of beds, or
the queue grows without end and is refused in a sentence.
"""

import math
from dataclasses import dataclass

import numpy as np
import scipy

from samspill.analysis.capacity.checks import check_number, check_positive, check_share, check_whole
from samspill.analysis.capacity.loss import MOST, erlang_b
from samspill.refusal import Refused


def check_stable(load: float, servers: int) -> None:
    """Refuses a queue that would never end (`unstable_queue`)."""
    if load >= servers:
        raise Refused(
            "unstable_queue",
            f"{load:g} beds are needed on average and there are {servers}, so the queue would grow without "
            f"end. Give at least {math.floor(load) + 1} beds, or fewer or shorter stays.",
            field="servers",
            facts={"load": load, "beds": servers, "least": math.floor(load) + 1},
        )


def erlang_c(load: float, servers: int) -> float:
    """The probability that who comes must wait: c B / (c - load (1 - B)) with B of Erlang B."""
    check_number(load, "load")
    check_whole(servers, "servers", least=1)
    check_stable(load, servers)
    blocked = erlang_b(load, servers)
    return servers * blocked / (servers - load * (1.0 - blocked))


def servers_for_delay(load: float, target: float) -> int:
    """The fewest beds with which at most the share `target` must wait."""
    check_number(load, "load", most=MOST)
    check_share(target, "target")
    if load == 0:
        return 1
    inverse, servers = 1.0, 0
    while True:
        servers += 1
        inverse = 1.0 + inverse * servers / load
        blocked = 1.0 / inverse
        if servers > load and servers * blocked <= target * (servers - load * (1.0 - blocked)):
            return servers


def load_for_delay(servers: int, target: float) -> float:
    """The load (erlang) at which exactly the share `target` must wait for one of `servers` beds."""
    check_whole(servers, "servers", least=1, most=MOST)
    check_share(target, "target")
    almost = servers * (1.0 - 1e-12)
    return float(
        scipy.optimize.brentq(
            lambda load: erlang_c(load, servers) - target, 0.0, almost, xtol=1e-14, rtol=1e-14
        )
    )


@dataclass(frozen=True)
class Waiting:
    """What a queue for beds looks like in the long run.

    `waits` is the probability of waiting, `mean_wait_days` is over all (those who do not wait count 0),
    `mean_waiting` the mean number in the queue, `utilisation` the share of the beds in use.
    """

    arrivals_per_day: float
    mean_stay_days: float
    servers: int
    waits: float
    mean_wait_days: float
    mean_waiting: float
    utilisation: float

    def longer_than(self, days: float) -> float:
        """P(wait > days) = C exp(-(c mu - lambda) days); exact for exponential stays only."""
        check_number(days, "days")
        spare_per_day = self.servers / self.mean_stay_days - self.arrivals_per_day
        return self.waits * math.exp(-spare_per_day * days)


def waiting(arrivals_per_day: float, mean_stay_days: float, servers: int, *, scv: float = 1.0) -> Waiting:
    """The queue M/G/c: random arrivals, stays with squared coefficient of variation `scv`, `servers` beds.

    `scv` 1 is exponential and exact (M/M/c); one bed is exact for any (Pollaczek-Khinchine). Otherwise
    Kimura's interpolation of the mean wait (1986, Management Science 32; 1994, Queueing Systems 17)
    (1 + scv) / (2 scv / W(M/M/c) + (1 - scv) / W(M/D/c)), with W(M/D/c) after Cosmetatos (1976, Oper.
    Res. Q. 27). `waits` is Erlang C, which for other stays is close, not exact.
    """
    check_positive(arrivals_per_day, "arrivals_per_day")
    check_positive(mean_stay_days, "mean_stay_days")
    check_number(scv, "scv")
    load = arrivals_per_day * mean_stay_days
    waits = erlang_c(load, servers)
    exponential = waits * mean_stay_days / (servers - load)
    wait = exponential * _kimura(load / servers, servers, scv)
    return Waiting(
        arrivals_per_day=arrivals_per_day,
        mean_stay_days=mean_stay_days,
        servers=servers,
        waits=waits,
        mean_wait_days=wait,
        mean_waiting=arrivals_per_day * wait,
        utilisation=load / servers,
    )


def _kimura(utilisation: float, servers: int, scv: float) -> float:
    """The mean wait relative to M/M/c."""
    crowding = (1 - utilisation) * (servers - 1) * (math.sqrt(4 + 5 * servers) - 2)
    fixed = 0.5 * (1 + crowding / (16 * utilisation * servers))  # W(M/D/c) / W(M/M/c)
    return (1 + scv) / (2 * scv + (1 - scv) / min(fixed, 1.0))


def servers_for_wait(
    arrivals_per_day: float, mean_stay_days: float, *, within_days: float, share: float
) -> int:
    """The fewest beds with which the share `share` has one within `within_days` (exponential stays)."""
    check_number(within_days, "within_days")
    check_share(share, "share")
    check_number(arrivals_per_day * mean_stay_days, "load", most=MOST)
    servers = math.floor(arrivals_per_day * mean_stay_days) + 1
    while waiting(arrivals_per_day, mean_stay_days, servers).longer_than(within_days) > 1 - share:
        servers += 1
    return servers


@dataclass(frozen=True, eq=False)
class FinitePopulation:
    """A queue of known people: `shares` (population + 1,) is the probability of n asking or in a bed.

    `waits` is the share of those who come that must wait, `mean_wait_days` is over all that come.
    """

    shares: np.ndarray
    in_use: float
    mean_waiting: float
    waits: float
    mean_wait_days: float


def finite_population(
    population: int, rate_per_day: float, mean_stay_days: float, servers: int
) -> FinitePopulation:
    """M/M/c//N, the machine repair model: N people of whom each, while well, needs a bed `rate_per_day`.

    Stable whatever the rate. Source: Gross, Shortle, Thompson & Harris 2008, Fundamentals of Queueing
    Theory, section 2.8 (finite source queues).
    """
    check_whole(population, "population", least=1, most=MOST)
    check_positive(rate_per_day, "rate_per_day")
    check_positive(mean_stay_days, "mean_stay_days")
    check_whole(servers, "servers", least=1)
    ill = np.arange(population + 1)
    steps = (population - ill[:-1]) * rate_per_day * mean_stay_days / np.minimum(ill[1:], servers)
    logs = np.concatenate([[0.0], np.cumsum(np.log(steps))])
    shares = np.exp(logs - logs.max())
    shares /= shares.sum()
    coming = shares * (population - ill) * rate_per_day
    queue = float(shares @ np.maximum(ill - servers, 0))
    return FinitePopulation(
        shares=shares,
        in_use=float(shares @ np.minimum(ill, servers)),
        mean_waiting=queue,
        waits=float(coming[servers:].sum() / coming.sum()),
        mean_wait_days=queue / float(coming.sum()),
    )
