"""No window ever holds more calls than the source allows."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.clocks import Clock
from samspill.insight.connectors import Bucket


@given(
    st.integers(1, 5),
    st.integers(1, 20),
    st.lists(st.floats(0, 10), min_size=1, max_size=40),
)
def test_no_window_holds_more_calls_than_allowed(calls: int, seconds: int, pauses: list[float]) -> None:
    clock = Clock()
    bucket = Bucket(calls, seconds, clock=clock, sleep=clock.sleep)
    taken = []
    for pause in pauses:
        clock.time += pause
        bucket.take()
        taken.append(clock())
    for start in taken:
        assert sum(start <= one < start + seconds - 1e-6 for one in taken) <= calls


def test_a_call_waits_for_the_oldest_of_the_window_to_leave_it() -> None:
    clock = Clock()
    bucket = Bucket(2, 60, clock=clock, sleep=clock.sleep)
    assert [bucket.take(), bucket.take()] == [0, 0]
    clock.time += 10
    assert bucket.take() == pytest.approx(50)


def test_the_limit_of_an_answer_is_kept_to_and_a_zero_is_no_limit() -> None:
    bucket = Bucket(30, 60)
    bucket.adapt(0, 0)
    assert (bucket.calls, bucket.seconds) == (30, 60)
    bucket.read({"x-ratelimit-policy": "40;w=60s"})
    assert (bucket.calls, bucket.seconds) == (40, 60)
    bucket.read({})
    assert bucket.calls == 40


def test_a_stricter_limit_holds_for_calls_made_before_it() -> None:
    clock = Clock()
    bucket = Bucket(10, 60, clock=clock, sleep=clock.sleep)
    for _ in range(5):
        bucket.take()
        clock.time += random.Random(1).random()
    bucket.adapt(2, 60)
    before = clock()
    bucket.take()
    assert clock() - before > 50
