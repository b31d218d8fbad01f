"""Tasks that are derived from rows: sources say which rows they need, and all of them are read in one query.

A page that asks every part of the house what waits would otherwise ask the database once for each kind of
thing. What cannot be said as rows with facts has an ordinary source with queries of its own.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject

from samspill.directory.actor import Actor
from samspill.directory.registries import Due, TaskSource
from samspill.directory.statements import KEPT, Asker, Statement, statement_for


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
Wants = Callable[[Actor], Mapping[str, Wanted]]
"""Who asks -> the rows that are wanted for them, by name."""


@dataclass(frozen=True)
class FactSource:
    """A source of tasks that reads nothing itself.

    wants  the rows it needs for an actor, by names of its own. It is asked once for all with the same roles
           (`statements`): it reads nothing, and of who they are it puts only numbers into what it wants
    tells  the tasks that follow from what was found
    """

    wants: Wants
    tells: Callable[[FoundFacts, Actor], Iterable[Due]]

    def __call__(self, actor: Actor) -> list[Due]:
        """The tasks of this source alone. 1 query."""
        return dues_of([self], actor)


def dues_of(sources: Iterable[TaskSource], actor: Actor) -> list[Due]:
    """What sources derive, in their order. 1 query for all that tell from facts, and the others' own."""
    asked = list(sources)
    found = iter(_found_by(tuple(one.wants for one in asked if isinstance(one, FactSource)), actor))
    return [
        due
        for source in asked
        for due in (source.tells(next(found), actor) if isinstance(source, FactSource) else source(actor))
    ]


def read_for(wants: Wants, actor: Actor) -> FoundFacts:
    """What `wants` asks for of an actor; under the same terms as those of a `FactSource`. 1 query."""
    return _found_by((wants,), actor)[0]


def _found_by(asked: tuple[Wants, ...], actor: Actor) -> list[FoundFacts]:
    """What each of them wants for the actor. 1 query."""
    composed = _composed(asked, Asker.of(actor))
    found: list[dict[str, list[Facts]]] = [{name: [] for name in names} for names in composed.names]
    for label, pk, facts in composed.statement.rows(actor):
        number, _colon, name = label.partition(":")
        found[int(number)][name].append(Facts(pk, json.loads(facts)))
    for one in found:
        for rows in one.values():
            rows.sort(key=lambda row: row.pk)
    return [*found]


@dataclass(frozen=True)
class Composed:
    """One statement for what several sources want; `names` are what each of them asks for."""

    statement: Statement
    names: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=KEPT)
def _composed(asked: tuple[Wants, ...], asker: Asker) -> Composed:
    who = asker.stand_in()
    wanted = [wants(who) for wants in asked]
    labelled = {f"{number}:{name}": one for number, names in enumerate(wanted) for name, one in names.items()}
    return Composed(statement_for(_together(labelled), asker), tuple(map(tuple, wanted)))


def read(wanted: Mapping[str, Wanted]) -> dict[str, list[Facts]]:
    """What is wanted by its name, each by number. 1 query, none when nothing is wanted."""
    found: dict[str, list[Facts]] = {name: [] for name in wanted}
    for name, pk, facts in _together(wanted) or ():
        found[name].append(Facts(pk, facts))
    for rows in found.values():
        rows.sort(key=lambda one: one.pk)
    return found


def _together(wanted: Mapping[str, Wanted]) -> QuerySet[Any] | None:
    """All of it in one query; None when nothing is wanted."""
    if not wanted:
        return None
    first, *rest = (one.read_as(name) for name, one in wanted.items())
    return first.union(*rest, all=True) if rest else first
