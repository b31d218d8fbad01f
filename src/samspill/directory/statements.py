"""A statement composed once for all who ask alike, and asked with the numbers of the one who asks.

Composing what twenty sources want takes Django longer than PostgreSQL takes to answer it. What is wanted
depends on roles and on the day; account, community, parties and bodies of the one who asks are numbers in it.
So it is composed for a stand-in with numbers that nobody has, and kept; whoever asks gets their own in place.

Here: statements. Neither rows nor anybody's numbers are kept. Not here: which rows are wanted (`facts`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from samspill.directory.actor import Actor

KEPT = 128
"""So many statements are kept, of some tens of kilobytes: one for each set of roles in use on a day."""
NOBODY_HAS = 2_104_739_581
"""The first number of a stand-in: one that fits every column, and that identities, from 1 up, never reach."""


@dataclass(frozen=True)
class Asker:
    """All that a statement may depend on, of the one who asks: everything but their numbers."""

    today: date
    is_known: bool
    has_community: bool
    roles: frozenset[str]
    parties: int
    bodies: int
    language: str | None
    timezone: str

    @classmethod
    def of(cls, actor: Actor) -> "Asker":
        return cls(
            today=actor.today,
            is_known=actor.account_id is not None,
            has_community=actor.community_id is not None,
            roles=actor.roles,
            parties=len(actor.party_ids),
            bodies=len(actor.body_ids),
            language=get_language(),
            timezone=timezone.get_current_timezone_name(),
        )

    def stand_in(self) -> Actor:
        """An actor that asks the same; its numbers are `NOBODY_HAS` and on, in the order of `numbers_of`."""
        parties = range(NOBODY_HAS + 2, NOBODY_HAS + 2 + self.parties)
        return Actor(
            today=self.today,
            account_id=NOBODY_HAS if self.is_known else None,
            community_id=NOBODY_HAS + 1 if self.has_community else None,
            roles=self.roles,
            party_ids=frozenset(parties),
            body_ids=frozenset(range(parties.stop, parties.stop + self.bodies)),
        )


def numbers_of(actor: Actor) -> list[int]:
    """The actor's numbers, 0 for one that is lacking; a stand-in's in this order count up from the first."""
    own = [actor.account_id or 0, actor.community_id or 0]
    return [*own, *sorted(actor.party_ids), *sorted(actor.body_ids)]


@dataclass(frozen=True)
class Number:
    """A place in a statement for one of the asker's numbers, and the type the database is to see there."""

    place: int
    kind: type[int]


@dataclass(frozen=True)
class Statement:
    """SQL and its values, some of them places for the asker's numbers; no SQL when nothing can be found."""

    sql: str | None
    values: tuple[object, ...] = ()

    def values_for(self, actor: Actor) -> list[Any]:
        numbers = numbers_of(actor)
        return [one.kind(numbers[one.place]) if isinstance(one, Number) else one for one in self.values]

    def rows(self, actor: Actor) -> Sequence[tuple[Any, ...]]:
        """The rows that `actor` finds, as they come. 1 query, none when there is nothing to find."""
        if self.sql is None:
            return []
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.values_for(actor))
            return cursor.fetchall()


def statement_for(rows: QuerySet[Any] | None, asker: Asker) -> Statement:
    """The statement of what the stand-in of `asker` wants; None wants nothing."""
    if rows is None:
        return Statement(None)
    try:
        sql, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return Statement(None)
    numbers = list(filter(None, numbers_of(asker.stand_in())))
    _check_without(numbers, sql)
    return Statement(sql, tuple(_value(value, numbers) for value in values))


def _value(value: object, numbers: Sequence[int]) -> object:
    """A number of a stand-in as its place; everything else as it is."""
    if isinstance(value, int) and value in numbers:
        return Number(value - NOBODY_HAS, type(value))
    _check_without(numbers, str(value))
    return value


def _check_without(numbers: Sequence[int], text: str) -> None:
    if any(str(number) in text for number in numbers):
        raise RuntimeError("A number of the one who asks stands where another's cannot take its place.")
