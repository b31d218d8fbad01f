"""Shared beds: the exact chain reduces to Erlang where it must, and Little's law holds everywhere."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.analysis.capacity import (
    Demand,
    Exponential,
    Group,
    Measure,
    Model,
    Prices,
    Step,
    Unit,
    WhenFull,
    cost_of,
    erlang_b,
    shared_beds,
    shared_table,
    simulate,
)
from samspill.refusal import Refused

rates = st.floats(0.05, 12)
lengths = st.floats(0.2, 15)
demands = st.builds(Demand, rates, lengths, rates, lengths)


@given(st.floats(0.05, 6), st.floats(0.05, 6), st.floats(0.3, 8), st.integers(1, 40))
@settings(max_examples=30)
def test_no_reservation_and_equal_stays_is_erlang_b(
    acute: float, ready: float, stay: float, beds: int
) -> None:
    """C5."""
    found = shared_beds(Demand(acute, stay, ready, stay), beds, 0)
    expected = erlang_b((acute + ready) * stay, beds)
    assert found.acute_refused == pytest.approx(expected, rel=1e-9, abs=1e-14)
    assert found.ready_refused == pytest.approx(expected, rel=1e-9, abs=1e-14)


@given(demands, st.integers(1, 25))
@settings(max_examples=30)
def test_without_reservation_only_the_sum_of_the_loads_counts(demand: Demand, beds: int) -> None:
    """Erlang's formula does not ask how stays are distributed, so neither for a mixture of two kinds."""
    load = demand.acute_per_day * demand.acute_stay_days + demand.ready_per_day * demand.ready_stay_days
    assert shared_beds(demand, beds, 0).acute_refused == pytest.approx(
        erlang_b(load, beds), rel=1e-9, abs=1e-14
    )


@given(demands, st.integers(1, 25), st.data())
@settings(max_examples=80)
def test_little_holds_for_both_kinds(demand: Demand, beds: int, data: st.DataObject) -> None:
    """C4: in bed = taken per day x stay; and acute patients are never refused more than the others."""
    found = shared_beds(demand, beds, data.draw(st.integers(0, beds)))
    assert found.shares.sum() == pytest.approx(1, rel=1e-12)
    taken = demand.acute_per_day * (1 - found.acute_refused)
    assert found.acute_in_use == pytest.approx(taken * demand.acute_stay_days, rel=1e-8)
    taken = demand.ready_per_day * (1 - found.ready_refused)
    assert found.ready_in_use == pytest.approx(taken * demand.ready_stay_days, rel=1e-8, abs=1e-12)
    assert found.acute_refused <= found.ready_refused + 1e-12


@pytest.mark.parametrize("reserved", [0, 1, 4, 12])
def test_equal_stays_are_one_row_of_states(reserved: int) -> None:
    """p(n+1)/p(n) = (l1 + l2 [n < c - r]) / ((n + 1) mu)."""
    beds, acute, ready, stay = 12, 1.5, 2.5, 2.0
    steps = [(acute + ready * (n < beds - reserved)) * stay / (n + 1) for n in range(beds)]
    exact = np.cumprod([1.0, *steps])
    exact /= exact.sum()
    found = shared_beds(Demand(acute, stay, ready, stay), beds, reserved)
    taken = np.add.outer(np.arange(beds + 1), np.arange(beds + 1))
    assert np.bincount(taken.ravel(), found.shares.ravel())[: beds + 1] == pytest.approx(exact, abs=1e-13)
    assert found.ready_refused == pytest.approx(exact[beds - reserved :].sum(), rel=1e-10)


def test_unequal_stays_solve_the_whole_chain_written_out() -> None:
    demand, beds, reserved = Demand(2.0, 1.5, 0.7, 6.0), 7, 2
    states = [(i, j) for i in range(beds + 1) for j in range(beds + 1 - i)]
    moves = np.zeros((len(states), len(states)))
    for here, (i, j) in enumerate(states):
        ways = [
            ((i + 1, j), 2.0 if i + j < beds else 0),
            ((i, j + 1), 0.7 if i + j < beds - reserved else 0),
            ((i - 1, j), i / 1.5),
            ((i, j - 1), j / 6.0),
        ]
        for to, rate in ways:
            if rate:
                moves[here, states.index(to)] += rate
                moves[here, here] -= rate
    whole = np.vstack([moves.T, np.ones(len(states))])
    exact = np.linalg.lstsq(whole, np.r_[np.zeros(len(states)), 1.0], rcond=None)[0]
    found = shared_beds(demand, beds, reserved)
    assert [found.shares[state] for state in states] == pytest.approx(exact, abs=1e-12)


def test_states_that_hardly_ever_happen_do_not_spoil_the_rest() -> None:
    """Crowded by the acute: the ready come in only when all 17 beds are empty but one."""
    demand = Demand(8.0, 7.0, 1.0, 4.0)
    found = shared_beds(demand, 17, 16)
    assert found.acute_refused == pytest.approx(erlang_b(56.0, 17), rel=1e-9)
    assert found.acute_in_use == pytest.approx(56 * (1 - found.acute_refused), rel=1e-10)


def test_all_beds_reserved_leave_the_ready_outside() -> None:
    found = shared_beds(Demand(3.0, 2.0, 1.0, 5.0), 10, 10)
    assert found.ready_refused == pytest.approx(1.0)
    assert found.acute_refused == pytest.approx(erlang_b(6.0, 10), rel=1e-10)


def test_the_table_moves_refusals_from_the_acute_to_the_ready() -> None:
    table = shared_table(Demand(4.0, 2.5, 2.0, 8.0), 40)
    assert [row.reserved for row in table] == list(range(41))
    assert (np.diff([row.acute_refused for row in table]) < 1e-15).all()
    assert (np.diff([row.ready_refused for row in table]) > -1e-15).all()


def test_the_simulation_agrees() -> None:
    demand = Demand(2.0, 2.0, 1.0, 5.0)
    exact = shared_beds(demand, 9, 2)
    unit = Unit("kad", 9, when_full=WhenFull.REFUSE, reserved=2)
    groups = (
        Group("acute", "kad", 2.0, (Step("kad", Exponential(2.0)),), priority=0),
        Group("ready", "kad", 1.0, (Step("kad", Exponential(5.0)),)),
    )
    flow = simulate(Model("m", date(2026, 1, 5), (unit,), groups), days=3000, replications=8, seed=2)
    refused = flow.estimate(Measure.REFUSED, "kad")
    assert refused.low is not None and refused.high is not None
    expected = 2.0 * exact.acute_refused + exact.ready_refused
    assert abs(refused.mean - expected) < refused.high - refused.low


def test_waiting_in_hospital_is_refused_times_wait_and_the_fee_only_moves_money() -> None:
    found = shared_beds(Demand(2.0, 2.0, 1.0, 5.0), 8, 1)
    prices = Prices(3.5, 2.0, 10_000, 6_000, 0)
    free, paid = cost_of(found, prices), cost_of(found, Prices(3.5, 2.0, 10_000, 6_000, 5_000))
    assert free.waiting_days == pytest.approx(365 * found.ready_refused * 3.5)
    assert paid.hospital_nok == pytest.approx(free.hospital_nok - 5_000 * free.waiting_days)
    assert paid.total_nok == pytest.approx(free.total_nok)


def test_more_reserved_than_there_are_is_refused() -> None:
    with pytest.raises(Refused, match="reserved is 9; it must be a whole number, from 0 to 8"):
        shared_beds(Demand(1.0, 1.0, 1.0, 1.0), 8, 9)
    with pytest.raises(Refused, match="ready_stay_days is 0"):
        Demand(1.0, 1.0, 1.0, 0.0)
