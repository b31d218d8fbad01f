"""Which municipalities the tables have: a sum over an area is one only where all of it is counted.

Registers may cover the country where another table covers one helsefellesskap. What rests on tables of the
same municipalities is published together; its «all» is then the same for all of it.
"""

from collections.abc import Iterable, Mapping, Sequence

from samspill.analysis.indicators.definitions import Definition
from samspill.analysis.indicators.engines import Engine

Covered = frozenset[str]


def covered(engine: Engine, names: Iterable[str]) -> dict[str, Covered]:
    """The municipalities of each table with that name."""
    return {
        name: frozenset(engine.fetch(engine.tables[name].select("area").distinct())["area"].to_pylist())
        for name in names
    }


def by_coverage(engine: Engine, wanted: Sequence[Definition]) -> Mapping[Covered, list[Definition]]:
    """Definitions by the municipalities that all their tables have, in their order."""
    of_table = covered(engine, sorted({name for one in wanted for name in one.files}))
    found: dict[Covered, list[Definition]] = {}
    for one in wanted:
        there = frozenset.intersection(*(of_table[name] for name in one.files))
        found.setdefault(there, []).append(one)
    return found
