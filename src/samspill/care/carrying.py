"""What a transaction carries for the database to see: its decisions, and whom a decision is being made about.

All are settings of the transaction, put back when an inner block ends (as `directory.isolation.scope`).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.transaction import TransactionManagementError

DECISIONS, DECIDING = "samspill.decisions", "samspill.deciding"
CONTROLLING, SEALING = "samspill.controlling", "samspill.sealing"
PUT = "SELECT set_config(%s, %s, true)"


@contextmanager
def carrying(*decisions: int) -> Iterator[None]:
    """Rows that these decisions open, and those carried already, are there inside."""
    added = ",".join(map(str, sorted(set(decisions))))
    with _set(
        DECISIONS, "(coalesce(nullif(before, ''), '{}')::bigint[] || %s::bigint[])::text", f"{{{added}}}"
    ):
        yield


@contextmanager
def deciding(patient_id: int) -> Iterator[None]:
    """The facts that a decision about the patient rests on can be read inside, by the one who decides."""
    with _set(DECIDING, "%s", str(patient_id)):
        yield


@contextmanager
def controlling(tenant_id: int) -> Iterator[None]:
    """The log of the organisation is there inside, for its privacy officer and its head alone."""
    with _set(CONTROLLING, "%s", str(tenant_id)):
        yield


@contextmanager
def sealing() -> Iterator[None]:
    """The whole log of the community is there inside, for Samspill itself, to be sealed and held against."""
    with _set(SEALING, "%s", "on"):
        yield


@contextmanager
def _set(name: str, value: str, given: str) -> Iterator[None]:
    """`value` is what is set, as SQL that may name what was set `before`; read and set in one statement."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("What a transaction carries is lost outside transaction.atomic().")
    # OFFSET 0 has what was before read before it is set anew
    held = "(SELECT coalesce(current_setting(%s, true), '') AS before OFFSET 0) AS held"
    before = _ask(f"SELECT before, set_config(%s, {value}, true) FROM {held}", name, given, name)  # noqa: S608
    try:
        yield
    except BaseException:
        # A transaction in error takes no commands; its rollback drops the setting by itself.
        if not connection.needs_rollback and connection.is_usable():
            _ask(PUT, name, before)
        raise
    _ask(PUT, name, before)


def _ask(statement: str, *given: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return str(cursor.fetchone()[0])
