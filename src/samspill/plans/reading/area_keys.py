"""What each area of a reading is known by: its number or its title, and more where another has the same.

Numbering starts over in each part of some plans, and «Kompetanse» may stand below every area. Where an area
is told apart by more than that, it is by what a newer edition has as well (its title, the area above),
before what shifts when something is put in above it (how many have the same).
"""

from collections.abc import Iterator, Set
from itertools import count

UNDER = " / "
"""Between the key of an area and the title of the one below it."""


def free_key(number: str, title: str, parent: str, taken: Set[str]) -> str:
    """The shortest key that is not taken; `parent` is the key of the area above, or ""."""
    return next(key for key in _possible(number, title, parent) if key not in taken)


def _possible(number: str, title: str, parent: str) -> Iterator[str]:
    name = f"{number} {title}".strip()
    yield number or title
    yield name
    if parent:
        name = f"{parent}{UNDER}{name}"
        yield name
    yield from (f"{name} ({place})" for place in count(2))
