"""Whether an object has what a slice asks for: paths and expected values, made into one function."""

from collections.abc import Callable, Mapping
from typing import Any

Expected = tuple[object, ...]
Fits = Callable[[Any], bool]


def matcher(where: Mapping[tuple[str, ...], Expected]) -> Fits:
    """A function that says whether every path of an object leads to one of its values.

    A value that begins with * is the end of the text that is asked for. True is not 1.
    """
    parts = [_along(path, _one_of(expected)) for path, expected in where.items()]
    if len(parts) == 1:
        return parts[0]

    def fits(value: Any) -> bool:
        for part in parts:  # noqa: SIM110 - all() with a generator takes twice the time here
            if not part(value):
                return False
        return True

    return fits


def _one_of(expected: Expected) -> Fits:
    texts = frozenset(one for one in expected if isinstance(one, str) and one[:1] != "*")
    ends = tuple(one[1:] for one in expected if isinstance(one, str) and one[:1] == "*")
    others = [one for one in expected if not isinstance(one, str)]

    def fits(value: Any) -> bool:
        if type(value) is str:
            return value in texts or bool(ends and value.endswith(ends))
        return any(value == one and isinstance(value, bool) == isinstance(one, bool) for one in others)

    return fits


def _along(path: tuple[str, ...], leaf: Fits) -> Fits:
    fits = leaf
    for name in reversed(path):
        fits = _step(name, fits)
    return fits


def _step(name: str, inner: Fits) -> Fits:
    def fits(value: Any) -> bool:
        below = value.get(name) if type(value) is dict else None
        if type(below) is list:
            for one in below:  # noqa: SIM110 - as above
                if inner(one):
                    return True
            return False
        return below is not None and inner(below)

    return fits
