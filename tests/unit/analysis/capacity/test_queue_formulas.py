"""Erlang's formulas and their kin, against exact fractions, published tables and slow obvious versions."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate

from samspill.analysis.capacity import (
    engset,
    erlang_b,
    erlang_b_continuous,
    erlang_c,
    finite_population,
    load_for_blocking,
    load_for_delay,
    servers_for_blocking,
    servers_for_delay,
    servers_for_wait,
    waiting,
)
from samspill.refusal import Refused

# Offered traffic in erlang for (servers, blocking), printed with these digits. 2 %: Lucent's capacity table
# (garywagoner.tripod.com/traffic/ERLANG.HTML); 1 %: the example of erlang.com's calculator manual.
PRINTED = [
    (1, 0.02, 0.020),
    (3, 0.02, 0.602),
    (5, 0.02, 1.657),
    (9, 0.02, 4.345),
    (15, 0.02, 9.010),
    (25, 0.02, 17.505),
    (43, 0.02, 33.758),
    (57, 0.02, 46.816),
    (89, 0.02, 77.342),
    (15, 0.01, 8.108),
]


def exact_b(load: Fraction, servers: int) -> Fraction:
    terms = [load**k / math.factorial(k) for k in range(servers + 1)]
    return terms[-1] / sum(terms)


@pytest.mark.parametrize(("servers", "blocking", "load"), PRINTED)
def test_the_published_erlang_b_table_is_met_to_its_last_digit(
    servers: int, blocking: float, load: float
) -> None:
    assert load_for_blocking(servers, blocking) == pytest.approx(load, abs=0.00051)


@pytest.mark.parametrize("load", [Fraction(1, 10), Fraction(9, 2), Fraction(30), Fraction(85)])
@pytest.mark.parametrize("servers", [0, 1, 7, 40, 100])
def test_erlang_b_equals_the_exact_fraction(load: Fraction, servers: int) -> None:
    assert erlang_b(float(load), servers) == pytest.approx(
        float(exact_b(load, servers)), rel=1e-12, abs=1e-300
    )


@pytest.mark.parametrize(("load", "servers"), [(Fraction(4), 5), (Fraction(17, 2), 10), (Fraction(90), 100)])
def test_erlang_c_equals_the_exact_fraction(load: Fraction, servers: int) -> None:
    last = load**servers / math.factorial(servers) * servers / (servers - load)
    head = sum(load**k / math.factorial(k) for k in range(servers))
    assert erlang_c(float(load), servers) == pytest.approx(float(last / (head + last)), rel=1e-12)


def test_the_textbook_eye_clinic_has_its_printed_waits() -> None:
    """Gross, Shortle, Thompson & Harris 2008, M/M/c, City Hospital: 3 doctors, 6 an hour, 20 minutes each."""
    queue = waiting(6.0, 1 / 3, 3)
    assert queue.mean_waiting == pytest.approx(8 / 9, rel=1e-12)
    assert queue.waits == pytest.approx(4 / 9, rel=1e-12)
    assert queue.longer_than(1.0) == pytest.approx(4 / 9 * math.exp(-3), rel=1e-12)


@given(st.floats(0.01, 200), st.integers(1, 250))
def test_more_beds_turn_fewer_away_and_waiting_is_likelier_than_refusal(load: float, servers: int) -> None:
    blocked = erlang_b(load, servers)
    assert erlang_b(load, servers + 1) <= blocked <= 1
    if load < servers:
        assert erlang_c(load, servers) >= blocked


@given(st.floats(0.05, 150), st.floats(1e-6, 0.9))
def test_the_inverses_are_the_fewest_that_suffice(load: float, target: float) -> None:
    servers = servers_for_blocking(load, target)
    assert erlang_b(load, servers) <= target * (1 + 1e-12)
    assert erlang_b(load, servers - 1) > target * (1 - 1e-12)
    servers = servers_for_delay(load, target)
    assert erlang_c(load, servers) <= target * (1 + 1e-12)
    if servers - 1 > load:
        assert erlang_c(load, servers - 1) > target * (1 - 1e-12)


@given(st.integers(1, 150), st.floats(1e-6, 0.95))
def test_the_load_for_a_target_gives_the_target_back(servers: int, target: float) -> None:
    assert erlang_b(load_for_blocking(servers, target), servers) == pytest.approx(target, rel=1e-9)
    assert erlang_c(load_for_delay(servers, target), servers) == pytest.approx(target, rel=1e-8)


@pytest.mark.parametrize(("load", "servers"), [(0.4, 0.3), (3.7, 4.5), (60.0, 55.25), (900.0, 3.75)])
def test_continuous_erlang_b_is_the_integral(load: float, servers: float) -> None:
    inverse, _ = integrate.quad(
        lambda s: math.exp(-s) * (1 + s / load) ** servers, 0, 700, epsabs=0, epsrel=1e-12, limit=500
    )
    assert erlang_b_continuous(load, servers) == pytest.approx(1 / inverse, rel=1e-10)


@given(st.floats(0.05, 200), st.integers(0, 200))
def test_continuous_erlang_b_meets_the_whole_numbers(load: float, servers: int) -> None:
    assert erlang_b_continuous(load, servers) == pytest.approx(erlang_b(load, servers), rel=1e-9, abs=1e-290)


def test_little_holds_and_one_bed_is_pollaczek_khinchine() -> None:
    for scv in (0.0, 0.5, 1.0, 4.0):
        queue = waiting(0.8, 1.0, 1, scv=scv)
        assert queue.mean_wait_days == pytest.approx(0.8 / 0.2 * (1 + scv) / 2, rel=1e-12)
        assert queue.mean_waiting == pytest.approx(0.8 * queue.mean_wait_days, rel=1e-12)


@pytest.mark.parametrize(("servers", "utilisation"), [(2, 0.5), (2, 0.9), (5, 0.8), (20, 0.9)])
def test_fixed_stays_wait_as_long_as_the_exact_chain_says(servers: int, utilisation: float) -> None:
    """Crommelin 1932: from one fixed stay to the next, those in bed leave and the Poisson arrivals come."""
    queue = waiting(utilisation * servers, 1.0, servers, scv=0.0)
    assert queue.mean_waiting == pytest.approx(crommelin(servers, utilisation), rel=0.03)


def crommelin(servers: int, utilisation: float) -> float:
    """The mean number waiting in M/D/c, by stepping the embedded chain until it stands still."""
    most, load = 400, utilisation * servers
    arrivals = np.exp(np.arange(most + 1) * math.log(load) - load - np.cumsum(np.log(np.r_[1, 1 : most + 1])))
    state = np.zeros(most + 1)
    state[0] = 1
    for _ in range(3000):
        left = np.zeros(most + 1)
        left[: most + 1 - servers] = state[servers:]
        left[0] += state[:servers].sum()
        state = np.convolve(left, arrivals)[: most + 1]
        state /= state.sum()
    return float(state @ np.maximum(np.arange(most + 1) - servers, 0))


def test_few_sources_lose_less_than_erlang_and_many_the_same() -> None:
    few, many = engset(12, 0.5, 8), engset(400_000, 8 / 400_000, 10)
    slow = [math.comb(12, k) * 0.5**k for k in range(9)]
    assert few.all_taken == pytest.approx(slow[-1] / sum(slow), rel=1e-12)
    assert few.turned_away < few.all_taken
    assert many.turned_away == pytest.approx(erlang_b(8.0, 10), rel=1e-4)
    assert engset(5, 0.5, 5).turned_away == 0


def test_a_finite_population_solves_its_own_balance() -> None:
    population, rate, stay, servers = 9, 0.3, 1.7, 3
    found = finite_population(population, rate, stay, servers)
    moves = np.zeros((population + 1, population + 1))
    for ill in range(population):
        moves[ill, ill + 1] = (population - ill) * rate
        moves[ill + 1, ill] = min(ill + 1, servers) / stay
    moves -= np.diag(moves.sum(axis=1))
    assert np.abs(found.shares @ moves).max() < 1e-14
    served = found.in_use / stay
    assert found.mean_waiting == pytest.approx(served * found.mean_wait_days, rel=1e-12)


def test_beds_for_a_wait_are_the_fewest() -> None:
    beds = servers_for_wait(20.0, 1.0, within_days=0.1, share=0.95)
    assert waiting(20.0, 1.0, beds).longer_than(0.1) <= 0.05
    assert waiting(20.0, 1.0, beds - 1).longer_than(0.1) > 0.05


def test_a_queue_without_end_is_refused_in_a_sentence() -> None:
    with pytest.raises(Refused, match=r"queue would grow without end\. Give at least 11 beds") as refused:
        erlang_c(10.0, 10)
    assert refused.value.code == "unstable_queue"


@pytest.mark.parametrize("load", [-1.0, math.nan, math.inf, True])
def test_a_load_that_is_no_load_is_refused(load: float) -> None:
    with pytest.raises(Refused, match="load is"):
        erlang_b(load, 5)
    with pytest.raises(Refused, match="whole number"):
        erlang_b(3.0, 2.5)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="between 0 and 1"):
        servers_for_blocking(3.0, 1.0)
