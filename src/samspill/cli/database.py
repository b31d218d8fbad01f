"""Connect to the database of an installation from a command."""

from collections.abc import Sequence
from typing import Any

import psycopg

from samspill.refusal import Refused

PATIENCE_SECONDS = "10"


def connect(dsn: dict[str, str], *, database: str = "") -> psycopg.Connection:
    """A connection where each statement is its own transaction. Raises Refused (`database.unreachable`)."""
    keywords = {"connect_timeout": PATIENCE_SECONDS, **dsn}
    if database:
        keywords["dbname"] = database
    try:
        return psycopg.Connection.connect(**keywords, autocommit=True)  # type: ignore[arg-type]
    except psycopg.OperationalError as error:
        where = f"{keywords['dbname']} at {keywords.get('host', 'this machine')}"
        raise Refused(
            "database.unreachable",
            f"The database {where} does not let {keywords.get('user', 'us')} in: {first_line(error)}."
            " See that the server runs and that DATABASE_URL is right.",
        ) from error


def value_of(database: psycopg.Connection, query: str, values: Sequence[str] = ()) -> Any:
    """The first column of the first row; None when there is no row."""
    row = database.execute(query, values).fetchone()
    return row[0] if row else None


def first_line(error: psycopg.Error) -> str:
    """What the server says, without the details on the lines below."""
    return str(error).strip().partition("\n")[0].rstrip(".")
