"""What a transaction carries for the database to see: its decisions, and whom a decision is being made about.

Both are settings of the transaction, put back when an inner block ends (as `directory.isolation.scope`).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.transaction import TransactionManagementError

DECISIONS, DECIDING = "samspill.decisions", "samspill.deciding"


@contextmanager
def carrying(*decisions: int) -> Iterator[None]:
    """Rows that these decisions open, and those carried already, are there inside."""
    before = _setting(DECISIONS)
    held = {one for one in before.strip("{}").split(",") if one} | {str(one) for one in decisions}
    with _set(DECISIONS, f"{{{','.join(sorted(held, key=int))}}}", before):
        yield


@contextmanager
def deciding(patient_id: int) -> Iterator[None]:
    """The facts that a decision about the patient rests on can be read inside, by the one who decides."""
    with _set(DECIDING, str(patient_id), _setting(DECIDING)):
        yield


@contextmanager
def _set(name: str, value: str, before: str) -> Iterator[None]:
    if not connection.in_atomic_block:
        raise TransactionManagementError("What a transaction carries is lost outside transaction.atomic().")
    _put(name, value)
    try:
        yield
    except BaseException:
        # A transaction in error takes no commands; its rollback drops the setting by itself.
        if not connection.needs_rollback and connection.is_usable():
            _put(name, before)
        raise
    _put(name, before)


def _setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [name])
        return str(cursor.fetchone()[0])


def _put(name: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
