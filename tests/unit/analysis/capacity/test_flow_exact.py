"""The simulation against what can be known exactly: queues, networks, and blocking as a Markov chain."""

from datetime import date

import numpy as np
import pytest

from samspill.analysis.capacity import (
    Estimate,
    Exponential,
    Fixed,
    Flow,
    Group,
    LogNormal,
    Measure,
    Model,
    Step,
    Unit,
    WhenFull,
    erlang_b,
    erlang_c,
    mean_in_bed,
    simulate,
    waiting,
)

STARTS = date(2026, 1, 5)  # a Monday


def model(units: tuple[Unit, ...], *groups: Group) -> Model:
    return Model("test", STARTS, units, groups)


def one_unit(stay, arrivals: float, beds: int, when_full: WhenFull) -> Model:
    unit = Unit("ward", beds, when_full=when_full)
    return model((unit,), Group("all", "ward", arrivals, (Step("ward", stay),)))


def run(one: Model, *, days: int = 2000, replications: int = 8) -> Flow:
    return simulate(one, days=days, warm_up_days=100, replications=replications, seed=11)


def check(found: Estimate, expected: float) -> None:
    """Within four standard errors (the interval is about two), which chance breaks once in 10,000 tests."""
    assert found.low is not None and found.high is not None
    assert abs(found.mean - expected) <= 2 * (found.high - found.low) / 2 + 1e-12


def test_a_ward_with_a_queue_is_erlang_c() -> None:
    flow = run(one_unit(Exponential(1.5), 6.0, 11, WhenFull.WAIT))
    exact = waiting(6.0, 1.5, 11)
    check(flow.estimate(Measure.WAITING, "ward"), exact.mean_waiting)
    check(flow.estimate(Measure.IN_USE, "ward"), 9.0)
    check(flow.estimate(Measure.DELAYED, "ward"), 6.0 * erlang_c(9.0, 11))
    (ward,) = flow.results()
    assert ward.mean_wait_days == pytest.approx(exact.mean_wait_days, rel=0.15)


@pytest.mark.parametrize("stay", [Exponential(1.5), Fixed(1.5), LogNormal(1.5, 1.4)])
def test_a_ward_without_a_queue_is_erlang_b_whatever_the_stays(stay) -> None:
    flow = run(one_unit(stay, 6.0, 9, WhenFull.REFUSE))
    check(flow.estimate(Measure.REFUSED, "ward"), 6.0 * erlang_b(9.0, 9))
    check(flow.estimate(Measure.IN_USE, "ward"), 9.0 * (1 - erlang_b(9.0, 9)))


def test_a_network_without_scarcity_is_jackson() -> None:
    """Jackson 1957: each unit is a queue of its own with the traffic that flows through it."""
    units = (Unit("a", 8), Unit("b", None), Unit("c", 12, when_full=WhenFull.OVERFLOW))
    group = Group(
        "all",
        "a",
        5.0,
        (
            Step("a", Exponential(1.0), (("b", 0.6), ("c", 0.3))),
            Step("b", Exponential(2.0), (("c", 0.5),)),
            Step("c", Exponential(3.0), (("b", 0.2),)),
        ),
    )
    flow = run(model(units, group))
    # the traffic: b = 3 + 0.2 c, c = 1.5 + 0.5 b
    b = (3 + 0.2 * 1.5) / (1 - 0.1)
    c = 1.5 + 0.5 * b
    check(flow.estimate(Measure.WAITING, "a"), waiting(5.0, 1.0, 8).mean_waiting)
    check(flow.estimate(Measure.IN_USE, "b"), 2 * b)
    check(flow.estimate(Measure.IN_USE, "c"), 3 * c)
    poisson = np.cumprod([1.0, *(3 * c / k for k in range(1, 80))])
    over = (poisson / poisson.sum()) @ np.maximum(np.arange(80) - 12, 0)
    check(flow.estimate(Measure.OVERFLOW, "c"), over)


def tandem_exact(rate: float, beds: tuple[int, int], stays: tuple[float, float]) -> dict[Measure, float]:
    """Hospital (refuses) then nursing home: states (treated, blocked, in the home), solved as a whole."""
    states = [
        (i, k, j)
        for i in range(beds[0] + 1)
        for k in range(beds[0] + 1 - i)
        for j in range(beds[1] + 1)
        if k == 0 or j == beds[1]
    ]
    place = {state: number for number, state in enumerate(states)}
    moves = np.zeros((len(states), len(states)))
    for (i, k, j), number in place.items():
        if i + k < beds[0]:
            moves[number, place[i + 1, k, j]] += rate
        if i:
            moves[number, place[(i - 1, k, j + 1) if j < beds[1] else (i - 1, k + 1, j)]] += i / stays[0]
        if j:
            moves[number, place[(i, k - 1, j) if k else (i, k, j - 1)]] += j / stays[1]
    balance = (moves - np.diag(moves.sum(axis=1))).T
    balance[0] = 1
    shares = np.linalg.solve(balance, np.eye(len(states))[0])
    i, k, j = np.array(states).T
    return {
        Measure.IN_USE: shares @ (i + k),
        Measure.READY: shares @ k,
        Measure.REFUSED: rate * (shares @ (i + k == beds[0])),
        Measure.AWAITED: shares @ j,
    }


def test_blocking_is_the_exact_chain() -> None:
    rate, beds, stays = 4.0, (7, 5), (1.0, 1.1)
    exact = tandem_exact(rate, beds, stays)
    units = (Unit("hospital", beds[0], when_full=WhenFull.REFUSE), Unit("home", beds[1]))
    steps = (Step("hospital", Exponential(stays[0]), (("home", 1.0),)), Step("home", Exponential(stays[1])))
    flow = run(model(units, Group("all", "hospital", rate, steps)))
    check(flow.estimate(Measure.IN_USE, "hospital"), exact[Measure.IN_USE])
    check(flow.estimate(Measure.READY, "hospital"), exact[Measure.READY])
    check(flow.estimate(Measure.REFUSED, "hospital"), exact[Measure.REFUSED])
    check(flow.estimate(Measure.IN_USE, "home"), exact[Measure.AWAITED])
    ready, awaited = flow.daily(Measure.READY), flow.daily(Measure.AWAITED)
    assert ready[..., 0] == pytest.approx(awaited[..., 1])


def test_arrivals_by_the_clock_fill_beds_as_the_integral_says() -> None:
    weekday = (1.4, 1.2, 1.1, 1.0, 1.0, 0.7, 0.6)
    hour = (0.2,) * 8 + (1.8,) * 12 + (0.6,) * 4
    one = model(
        (Unit("ward", None),),
        Group("all", "ward", 20.0, (Step("ward", LogNormal(3.0, 1.0)),), 1, weekday, hour=hour),
    )
    flow = simulate(one, days=700, warm_up_days=98, replications=12, seed=5)
    rates = 20 * np.outer(np.array(weekday) * 7 / sum(weekday), np.array(hour) * 24 / sum(hour)).ravel()
    edges = mean_in_bed(rates, LogNormal(3.0, 1.0), step_days=1 / 24)
    exact = ((edges + np.roll(edges, 1)) / 2).reshape(7, 24).mean(axis=1)
    assert flow.by_weekday(Measure.IN_USE)[:, 0] == pytest.approx(exact, rel=0.02)


def test_who_comes_first_in_the_queue_waits_as_cobham_says() -> None:
    """Cobham 1954: non-preemptive priorities in M/M/c; W_k = W0 / ((1 - s_{k-1}) (1 - s_k))."""
    steps = (Step("ward", Exponential(1.0)),)
    one = model(
        (Unit("ward", 5),),
        Group("acute", "ward", 1.5, steps, priority=0),
        Group("other", "ward", 3.0, steps, priority=1),
    )
    w0 = erlang_c(4.5, 5) / 5
    acute, other = w0 / (1 - 0.3), w0 / ((1 - 0.3) * (1 - 0.9))
    check(run(one, days=3000).estimate(Measure.WAITING, "ward"), 1.5 * acute + 3.0 * other)


@pytest.mark.slow
def test_ciw_finds_the_same_means() -> None:
    ciw = pytest.importorskip("ciw", reason="NOT TESTED: Ciw, the peer of the simulation, is not here")
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(6.0), None],
        service_distributions=[ciw.dists.Exponential(1.0), ciw.dists.Exponential(0.5)],
        number_of_servers=[11, 6],
        queue_capacities=[float("inf"), 0],
        routing=[[0.0, 0.45], [0.0, 0.0]],
    )
    blocked, waits = [], []
    for seed in range(6):
        ciw.seed(seed)
        theirs = ciw.Simulation(network)
        theirs.simulate_until_max_time(1100)
        records = [one for one in theirs.get_all_records() if one.node == 1 and one.arrival_date > 100]
        blocked.append(np.mean([one.time_blocked for one in records]))
        waits.append(np.mean([one.waiting_time for one in records]))
    steps = (Step("h", Exponential(1.0), (("n", 0.45),)), Step("n", Exponential(2.0)))
    flow = run(model((Unit("h", 11), Unit("n", 6)), Group("all", "h", 6.0, steps)))
    ours = flow.results()[0]
    assert ours.ready.mean / 6.0 == pytest.approx(np.mean(blocked), abs=4 * np.std(blocked) / 5**0.5)
    assert ours.mean_wait_days == pytest.approx(np.mean(waits), abs=4 * np.std(waits) / 5**0.5)
