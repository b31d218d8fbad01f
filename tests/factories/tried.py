"""Rows of one test that tell much the same: a few are tried each time, the others in `make test-slow`."""

from collections.abc import Iterable
from typing import Any

import pytest

ALL = 10_000


def a_few(names: str | tuple[str, ...], rows: Iterable[Any], every: int = 1, most: int = ALL) -> Any:
    """`parametrize` with these; all but each `every`-th, and all after `most` of those, are slow."""
    kept = range(0, every * most, every)
    several = not isinstance(names, str)
    return pytest.mark.parametrize(
        names,
        [
            row if place in kept else pytest.param(*(row if several else (row,)), marks=pytest.mark.slow)
            for place, row in enumerate(rows)
        ],
    )
