"""Tasks that are derived from rows: sources say which rows they need, and all of them are read in one query.

A page that asks every part of the house what waits would otherwise ask the database once for each kind of
thing. What cannot be said as rows with facts has an ordinary source with queries of its own.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject

from samspill.directory.actor import Actor
from samspill.directory.registries import Due, TaskSource


@dataclass(frozen=True)
class Facts:
    """A row that was asked for: its number and what its sentence needs, as JSON."""

    pk: int
    facts: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.facts[name]

    def day(self, name: str) -> date | None:
        return date.fromisoformat(self.facts[name]) if self.facts[name] else None

    def at(self, name: str) -> datetime | None:
        return datetime.fromisoformat(self.facts[name]) if self.facts[name] else None


@dataclass(frozen=True)
class Wanted:
    """Rows, and what is wanted of each: name -> field or expression."""

    rows: QuerySet[Any]
    facts: Mapping[str, str | Combinable]

    def read_as(self, name: str) -> QuerySet[Any]:
        """In the shape that all have: name, number and facts."""
        facts = {key: F(path) if isinstance(path, str) else path for key, path in self.facts.items()}
        return self.rows.order_by().values_list(Value(name), "pk", JSONObject(**facts))


FoundFacts = Mapping[str, Sequence[Facts]]
"""What was asked for by its name, each by number; every name that was asked for is there."""


@dataclass(frozen=True)
class FactSource:
    """A source of tasks that reads nothing itself.

    wants  the rows it needs for an actor, by names of its own
    tells  the tasks that follow from what was found
    """

    wants: Callable[[Actor], Mapping[str, Wanted]]
    tells: Callable[[FoundFacts, Actor], Iterable[Due]]

    def __call__(self, actor: Actor) -> list[Due]:
        """The tasks of this source alone. 1 query."""
        return dues_of([self], actor)


def dues_of(sources: Iterable[TaskSource], actor: Actor) -> list[Due]:
    """What sources derive, in their order. 1 query for all that tell from facts, and the others' own."""
    asked = list(enumerate(sources))
    wants = {
        f"{number}:{name}": one
        for number, source in asked
        if isinstance(source, FactSource)
        for name, one in source.wants(actor).items()
    }
    found: dict[int, dict[str, list[Facts]]] = defaultdict(dict)
    for label, rows in read(wants).items():
        number, _colon, name = label.partition(":")
        found[int(number)][name] = rows
    return [
        due
        for number, source in asked
        for due in (source.tells(found[number], actor) if isinstance(source, FactSource) else source(actor))
    ]


def read(wanted: Mapping[str, Wanted]) -> dict[str, list[Facts]]:
    """What is wanted by its name, each by number. 1 query, none when nothing is wanted."""
    found: dict[str, list[Facts]] = {name: [] for name in wanted}
    if not wanted:
        return found
    first, *rest = (one.read_as(name) for name, one in wanted.items())
    for name, pk, facts in first.union(*rest, all=True) if rest else first:
        found[name].append(Facts(pk, facts))
    for rows in found.values():
        rows.sort(key=lambda one: one.pk)
    return found
