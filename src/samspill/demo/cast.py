"""What the people of the demonstration are called: drawn from ordinary names by a seed, the same every time.

Nobody in it exists: given and family names are put together by chance, no two share a family name, and
every address ends in `.example`, which leads nowhere (RFC 2606).
"""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from samspill.demo.world import PersonFact, World, read_names

ASCII = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})
PASSWORD = "samspill-{key}"  # noqa: S105  shown to everybody on the demonstration's own sign-in page


@dataclass(frozen=True)
class Player:
    """An invented person: `password` is "" for those who are not listed on the sign-in page."""

    name: str
    email: str
    password: str
    account: str


Cast = Mapping[str, Player]


def cast(worlds: Iterable[World], seed: int) -> dict[str, Player]:
    """Every person of the worlds by key, those around patients last. The same seed gives the same names."""
    rng = random.Random(f"samspill {seed}")  # noqa: S311  a draw of names, not a secret
    given, family = read_names()
    rng.shuffle(given)
    rng.shuffle(family)
    worlds = tuple(worlds)
    people = [(world, person) for world in worlds for person in world.people]
    people += [(world, person) for world in worlds for person in world.carers]
    if len(people) > len(family):
        raise ValueError(f"{len(people)} people need as many family names, but there are {len(family)}.")
    return {
        person.key: _player(person, world, given[place % len(given)], family[place])
        for place, (world, person) in enumerate(people)
    }


def _player(person: PersonFact, world: World, given: str, family: str) -> Player:
    given = person.given or given
    address = f"{given}.{family}".lower().translate(ASCII)
    return Player(
        name=f"{given} {family}",
        email=f"{address}@{world.community}.example",
        password=PASSWORD.format(key=person.key) if person.account else "",
        account=person.account,
    )
