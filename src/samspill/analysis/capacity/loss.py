"""Beds without a waiting room: who comes when all are taken goes elsewhere (Erlang 1917; Engset 1918).

Units: `load` is arrivals per day times mean stay in days, in erlang: the mean number of beds in use were
there always a free one. `servers` is beds. The Erlang B formula holds for any distribution of stays.
"""

import math
from dataclasses import dataclass

import numpy as np
import scipy
from scipy import special

from samspill.analysis.capacity.checks import check_number, check_positive, check_share, check_whole

NODES = 100  # of Gauss-Laguerre, enough for 1e-13 where it is used
LAGUERRE_FROM = 50.0  # erlang; below, the incomplete gamma function is as good and never underflows
MOST = 1_000_000  # beds or erlang; more than any health service has, and no search is endless


def erlang_b(load: float, servers: int) -> float:
    """The probability that all beds are taken, and so the share that is turned away.

    By the recursion 1/B(c) = 1 + c / (load * B(c - 1)), B(0) = 1 (stable; Jagerman 1974, BSTJ 53).
    """
    check_number(load, "load")
    check_whole(servers, "servers", most=MOST)
    if load == 0:
        return 1.0 if servers == 0 else 0.0
    inverse = 1.0
    for server in range(1, servers + 1):
        inverse = 1.0 + inverse * server / load
        if math.isinf(inverse):
            return 0.0
    return 1.0 / inverse


def erlang_b_continuous(load: float, servers: float) -> float:
    """Erlang B for a number of beds that need not be whole (Jagerman 1974, theorem 3).

    1/B = integral over t > 0 of load * exp(-load t) * (1 + t)^servers. Starts at the fraction of
    `servers` and goes on with the recursion, which holds for it too.
    """
    check_positive(load, "load")
    check_number(servers, "servers", most=MOST)
    fraction = servers - math.floor(servers)
    inverse = _inverse_of_fraction(load, fraction)
    for step in range(1, math.floor(servers) + 1):
        inverse = 1.0 + inverse * (fraction + step) / load
        if math.isinf(inverse):
            return 0.0
    return 1.0 / inverse


def _inverse_of_fraction(load: float, fraction: float) -> float:
    if load >= LAGUERRE_FROM:
        nodes, weights = np.polynomial.laguerre.laggauss(NODES)
        return float(weights @ (1 + nodes / load) ** fraction)
    upper = float(special.gammaincc(fraction + 1, load)) * math.gamma(fraction + 1)
    return upper * math.exp(load - fraction * math.log(load))


def servers_for_blocking(load: float, target: float) -> int:
    """The fewest beds with which at most the share `target` is turned away."""
    check_number(load, "load", most=MOST)
    check_share(target, "target")
    if load == 0:
        return 1
    inverse, servers = 1.0, 0
    while inverse * target < 1.0:
        servers += 1
        inverse = 1.0 + inverse * servers / load
    return servers


def load_for_blocking(servers: int, target: float) -> float:
    """The load (erlang) at which exactly the share `target` is turned away from `servers` beds."""
    check_whole(servers, "servers", least=1, most=MOST)
    check_share(target, "target")
    highest = (servers + 1.0) / (1.0 - target)  # carried load never exceeds the beds
    lowest = target  # with one bed already B(load) < load, with more it is lower still
    return float(
        scipy.optimize.brentq(
            lambda load: erlang_b(load, servers) - target, lowest / 2, highest, xtol=1e-14, rtol=1e-14
        )
    )


@dataclass(frozen=True)
class Engset:
    """A loss system with few sources.

    `all_taken` is the share of time with no free bed, `turned_away` the share of the arrivals that meet it
    (lower: those in the beds do not arrive), `in_use` the mean number of beds in use.
    """

    all_taken: float
    turned_away: float
    in_use: float


def engset(sources: int, load_per_source: float, servers: int) -> Engset:
    """`sources` people of whom each, while not in a bed, asks for one; no waiting room.

    `load_per_source` is the asking rate of one who is not in a bed times the mean stay. Source: Engset
    1918; Iversen, Teletraffic Engineering Handbook (ITU-D 2010), ch. 5.
    """
    check_whole(sources, "sources", least=1, most=MOST)
    check_positive(load_per_source, "load_per_source")
    check_whole(servers, "servers", least=1)
    beds = min(servers, sources)
    shares = _binomial(sources, load_per_source, beds)
    in_use = float(shares @ np.arange(beds + 1))
    turned_away = 0.0 if servers >= sources else float(_binomial(sources - 1, load_per_source, beds)[-1])
    return Engset(float(shares[-1]) if servers <= sources else 0.0, turned_away, in_use)


def _binomial(sources: int, load: float, beds: int) -> np.ndarray:
    """Truncated binomial probabilities of 0..beds in use; by logarithms, for many sources overflow."""
    taken = np.arange(beds + 1)
    logs = special.gammaln(sources + 1) - special.gammaln(taken + 1) - special.gammaln(sources - taken + 1)
    logs = logs + taken * math.log(load)
    shares = np.exp(logs - logs.max())
    return np.asarray(shares / shares.sum())
