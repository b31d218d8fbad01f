"""A statement composed once for all who ask alike, and asked with the numbers of the one who asks.

Composing what twenty sources want takes Django longer than PostgreSQL takes to answer it. What is wanted
depends on roles and on the day; account, community, parties and bodies of the one who asks are numbers in it.
So it is composed for a stand-in with numbers that nobody has, and kept; whoever asks gets their own in place.

PostgreSQL keeps its plan in the same way, for each connection: planning takes it longer than reading does.

Here: statements. Neither rows nor anybody's numbers are kept. Not here: which rows are wanted (`facts`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from psycopg.sql import Literal
from psycopg.types.numeric import Int4, Int8

from samspill.directory.actor import Actor

KEPT = 128
"""So many statements are kept, of some tens of kilobytes: one for each set of roles in use on a day."""
NOBODY_HAS = 2_104_739_581
"""The first number of a stand-in: one that fits every column, and that identities, from 1 up, never reach."""
_PLACE = re.compile("%.")


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
    """SQL with places for the asker's numbers and all else written out; "" when there is nothing to find."""

    sql: str
    numbers: tuple[Number, ...] = ()

    def values_for(self, actor: Actor) -> list[int]:
        own = numbers_of(actor)
        return [one.kind(own[one.place]) for one in self.numbers]

    def rows(self, actor: Actor) -> Sequence[tuple[Any, ...]]:
        """The rows that `actor` finds, as they come. 1 query, none when there is nothing to find."""
        if not self.sql:
            return []
        with _cursor() as cursor:
            cursor.execute(self.sql, self.values_for(actor))
            return cursor.fetchall()


def _cursor() -> Any:
    """A cursor of Django's with its guards around it, that lets PostgreSQL keep the plan of what it is asked.

    Behind a pooler that gives each transaction another connection no plan can be kept; Django's setting for
    that says so.
    """
    if connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
        return connection.cursor()
    connection.ensure_connection()
    connection.connection.prepare_threshold = 0  # Django's own cursors prepare nothing whatever stands here
    plain: Any = ServerBindingCursor(connection.connection)  # type: ignore[call-arg]
    return connection.make_debug_cursor(plain) if connection.queries_logged else connection.make_cursor(plain)


def statement_for(rows: QuerySet[Any] | None, asker: Asker) -> Statement:
    """The statement of what the stand-in of `asker` wants; None wants nothing."""
    if rows is None:
        return Statement("")
    try:
        sql, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return Statement("")
    numbers = list(filter(None, numbers_of(asker.stand_in())))
    _check_without(numbers, sql)
    waiting, places = iter(values), []

    def written(found: re.Match[str]) -> str:
        if found[0] != "%s":
            return found[0]
        value = next(waiting)
        if isinstance(value, int) and value in numbers:
            places.append(Number(value - NOBODY_HAS, Int4 if isinstance(value, Int4) else Int8))
            return "%s"
        literal = Literal(value).as_string(connection.connection)
        _check_without(numbers, literal)
        return literal.replace("%", "%%")

    # History adds its own command to all that does not begin as a question, and two cannot be prepared.
    asked = f"SELECT * FROM ({_PLACE.sub(written, sql)}) AS wanted"  # noqa: S608  Django's own statement
    return Statement(asked, tuple(places))


def _check_without(numbers: Sequence[int], text: str) -> None:
    if any(str(number) in text for number in numbers):
        raise RuntimeError("A number of the one who asks stands where another's cannot take its place.")
