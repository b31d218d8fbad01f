"""What is asked many times a second: Django writes its SQL once, and PostgreSQL plans it once a connection.

A queryset costs Django some 0.3 ms to compile each time, and PostgreSQL some 0.2 ms to plan under row-level
security; for one measurement that comes in, a dozen of them are most of the work. What is found and kept is
what the queryset and `save` would have found and kept, by the same policies.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorDebugWrapper
from django.db.models import Model, QuerySet
from django.db.models.expressions import DatabaseDefault
from django.db.models.query import ModelIterable
from pghistory import runtime

M = TypeVar("M", bound=Model)
_CURSOR: Any = ServerBindingCursor
_HISTORY = (
    "SELECT set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true)"
)
_MARKS: dict[type, Callable[[int], Any]] = {
    int: lambda place: 2_000_000_011 + place,
    str: lambda place: f"\ue000{place}",
    date: lambda place: date(1907, 1, 1 + place),
    datetime: lambda place: datetime(1907, 1, 1 + place, 7, tzinfo=UTC),
}
"""What stands for a value while the SQL is written: of its type, and like no value there is."""
_KINDS = {int: "bigint", str: "text", date: "date", timedelta: "interval"}


@dataclass(frozen=True)
class _Ready:
    """`constants` are all parameters as they were written; `places` are those that are given each time."""

    sql: str
    constants: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]
    compiler: Any

    def with_given(self, given: Sequence[Any]) -> list[Any]:
        parameters = list(self.constants)
        for at, place in self.places:
            is_whole = isinstance(parameters[at], int)  # psycopg's own kinds of int, by the column's width
            parameters[at] = type(parameters[at])(given[place]) if is_whole else given[place]
        return parameters


class Prepared(Generic[M]):
    """A queryset with values left open: `build` is called once, with marks, to learn its SQL.

    The values are given by place, always of the same types (int, str, date or datetime, never None), and may
    not decide which conditions there are. Refuses (TypeError, LookupError) what breaks this.
    """

    def __init__(self, build: Callable[..., QuerySet[M]]) -> None:
        self._build = build
        self._ready: _Ready | None = None

    def __call__(self, *given: Any) -> list[M]:
        """The models it finds now. 1 query."""
        ready = self._ready = self._ready or self._made_ready(given)
        rows = _run(ready.sql, ready.with_given(given))
        return list(_instances(ready.compiler, rows)) if rows else []

    def first(self, *given: Any) -> M | None:
        return next(iter(self(*given)), None)

    def _made_ready(self, given: Sequence[Any]) -> _Ready:
        if unknown := [type(one).__name__ for one in given if type(one) not in _MARKS]:
            raise TypeError(f"A prepared query takes no {unknown[0]}.")
        marks = [_MARKS[type(one)](place) for place, one in enumerate(given)]
        compiler = self._build(*marks).query.get_compiler(using="default")
        sql, constants = compiler.as_sql()
        found = [(at, marks.index(one)) for at, one in enumerate(constants) if one in marks]
        if {place for _at, place in found} != set(range(len(given))):
            raise LookupError("A value that a prepared query is given is none of its parameters.")
        return _Ready(sql, tuple(constants), tuple(found), compiler)


def _instances(compiler: Any, rows: list[Any]) -> Any:
    """Django's own way from rows to models, with the rows that are here already."""
    done = SimpleNamespace(
        execute_sql=lambda **_how: [rows],
        results_iter=compiler.results_iter,
        select=compiler.select,
        klass_info=compiler.klass_info,
        annotation_col_map=compiler.annotation_col_map,
    )
    query = SimpleNamespace(get_compiler=lambda **_using: done)
    queryset: Any = SimpleNamespace(db="default", query=query, _known_related_objects={})
    return ModelIterable(queryset)


def keep_row(row: Model, *, or_nothing: bool = False) -> bool:
    """Keep a new row, as `save` does. False when it is there already and `or_nothing`: then it has no key."""
    return _kept(row, (), "", or_nothing=or_nothing)


def keep_together(row: Model, *others: Model, by: str) -> bool:
    """Keep a new row, and others whose key `by` is to it, in one statement.

    False, and nothing is kept, when the row is there already. Of the others, which get no key of their own
    here, those that are there already are left as they are.
    """
    return _kept(row, others, by, or_nothing=True)


def _kept(row: Model, others: Sequence[Model], by: str, *, or_nothing: bool) -> bool:
    if hasattr(type(row), "pgh_event_models") and (said := _untold_history()):
        _run(_HISTORY, said)
    back = [one for one in row._meta.local_concrete_fields if one.primary_key or one.has_db_default()]
    columns, places, values = _given(row)
    sql = f"INSERT INTO {_table(row)} ({columns}) VALUES ({places})"  # noqa: S608
    sql += " ON CONFLICT DO NOTHING" if or_nothing else ""
    sql += f" RETURNING {', '.join(_quoted(one.column) for one in back)}"
    if others:
        sql, values = _with_others(sql, values, row, others, by)
    found = _run(sql, values)
    for field, value in zip(back, found[0] if found else (), strict=False):
        setattr(row, field.attname, value)
    if not found:  # then nothing was made of what was told with it, and it is to be told again
        connection.samspill_history = ()  # type: ignore[attr-defined]
    row._state.adding, row._state.db = not found, "default"
    return bool(found)


def _with_others(
    sql: str, values: list[Any], row: Model, others: Sequence[Model], by: str
) -> tuple[str, list[Any]]:
    parts, pk = [f"WITH kept AS ({sql})"], _quoted(row._meta.pk.column if row._meta.pk else None)
    has_history = any(hasattr(type(one), "pgh_event_models") for one in others)
    if said := _untold_history() if has_history else []:
        parts.append(
            f"told AS ({_HISTORY})"
        )  # done when a row is made from it, before its history is written
        values = [*values, *said]
    for number, one in enumerate(others):
        columns, places, more = _given(one)
        key: Any = one._meta.get_field(by)
        parts.append(
            f"also_{number} AS (INSERT INTO {_table(one)} ({columns}, {_quoted(key.column)}) "  # noqa: S608
            f"SELECT {places}, kept.{pk} FROM kept{', told' if said else ''} ON CONFLICT DO NOTHING)"
        )
        values = [*values, *more]
    return f"{', '.join(parts)} SELECT * FROM kept", values  # noqa: S608


def _given(row: Model) -> tuple[str, str, list[Any]]:
    """Columns, places and values of all that is given; what the database itself gives is left to it."""
    names, values = [], []
    for field in row._meta.local_concrete_fields:
        value = field.pre_save(row, add=True)
        if value is not None and not isinstance(value, DatabaseDefault):
            names.append(field.name)
            values.append(field.get_db_prep_save(value, connection))
    return *_columns(type(row), tuple(names)), values


@cache
def _columns(model: type[Model], names: tuple[str, ...]) -> tuple[str, str]:
    fields: list[Any] = [model._meta.get_field(one) for one in names]
    return ", ".join(_quoted(one.column) for one in fields), ", ".join(map(_place, fields))


def _place(field: Any) -> str:
    """A list says of what it is; all else PostgreSQL sees by itself."""
    return f"%s::{field.db_type(connection)}" if isinstance(field, ArrayField) else "%s"


def _table(row: Model) -> str:
    return _quoted(row._meta.db_table)


@cache
def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(name or "")


def from_row(model: type[M], said: Mapping[str, Any], **read_along: Model | None) -> M:
    """A model from what PostgreSQL's `to_jsonb` says of its row; what it leaves out is read when asked for.

    `read_along` are rows that its foreign keys lead to, read with it.
    """
    fields: list[Any] = [one for one in model._meta.concrete_fields if one.column in said]
    values = [one.to_python(said[one.column]) for one in fields]
    made = model.from_db("default", [one.attname for one in fields], values)
    for name, other in read_along.items():
        setattr(made, name, other)
    return made


def call(function: str, *given: Any) -> Any:
    """What a function of the database answers: JSON as plain values. 1 query."""
    places = ", ".join(f"%s::{_KINDS[type(one)]}" for one in given)
    answer = _run(f"SELECT {function}({places})", given)[0][0]
    return json.loads(answer) if isinstance(answer, str) else answer


def _untold_history() -> list[str]:
    """Who acts, as it is still to be told for the history that the database writes: values of `_HISTORY`.

    pghistory itself puts it before each statement. Once is enough until the block is left in which it was
    told: a rollback takes it back.
    """
    if not hasattr(runtime._tracker, "value"):
        return []
    with pghistory.context() as held:
        now = (held.id, *connection.atomic_blocks)
        before = getattr(connection, "samspill_history", ())
        if before and before == now[: len(before)]:
            return []
        connection.samspill_history = now  # type: ignore[attr-defined]
        return [str(held.id), json.dumps(held.metadata, cls=pghistory.config.json_encoder())]


def _run(sql: str, parameters: Sequence[Any]) -> list[Any]:
    """On the transaction's own connection, bound and prepared there, and counted as other statements are."""
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    raw = _CURSOR(connection.connection)
    told = CursorDebugWrapper(raw, connection).debug_sql if connection.queries_logged else _untold
    with connection.wrap_database_errors, raw, told(sql, parameters):
        raw.execute(sql, parameters)
        return raw.fetchall()


def _untold(_sql: str, _parameters: Sequence[Any]) -> AbstractContextManager[None]:
    return nullcontext()
