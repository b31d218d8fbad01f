"""Benchmarks: medians, and ratios against a named baseline of the same run. Never an assertion in tests.

A module here with a function `cases` is a set of benchmarks; `python -m benchmarks` runs them.
"""

from collections.abc import Callable
from typing import NotRequired, TypedDict


class Case(TypedDict):
    """`run` does the work once; `baseline` does what it is compared with; `work` says what the work is.

    `most_seconds` and `most_ratio` are the goals; a line that misses one is marked. `runs` is how many are
    made at most. `measured` is a time that was taken before, otherwise than by `run`; it is shown as it is.
    """

    name: str
    run: Callable[[], object]
    baseline: Callable[[], object] | None
    work: str
    runs: NotRequired[int]
    measured: NotRequired[float]
    most_seconds: NotRequired[float]
    most_ratio: NotRequired[float]
