"""A baseline for a page: what it asks PostgreSQL, asked again as it stands, with nothing composed or drawn.

The ratio tells how much of a page's time is ours and how much the database's. No set of benchmarks itself.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

Asked = list[tuple[str, Any]]


def own_statements(client: Any, address: str) -> Callable[[], object]:
    """Fetches `address` once to hear what it asks; what is returned asks the same in one transaction."""
    from django.db import connection

    asked: Asked = []

    def listen(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SELECT") and not many:
            asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        client.get(address)
    return partial(_ask, asked)


def _ask(asked: Asked) -> int:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        for sql, params in asked:
            cursor.execute(sql, params)
            cursor.fetchall()
    return len(asked)
