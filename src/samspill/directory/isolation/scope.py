"""Whose transaction this is: two settings that live and die with the transaction.

`set_config(…, true)` ends with the transaction, but not with an inner `with` block, so the former
values are put back by hand when an inner scope ends.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.transaction import TransactionManagementError
from psycopg.pq import TransactionStatus

from samspill.directory.actor import Actor

_NOBODY = ("", "")


def current() -> tuple[str, str]:
    """(community id, account id) of this connection's transaction, "" where there is none."""
    return getattr(connection, "samspill_scope", _NOBODY)


@contextmanager
def scope(actor: Actor) -> Iterator[Callable[[Actor], None]]:
    """Everything inside reads and writes as `actor` in `actor.community_id`.

    Gives a function by which it goes on as another actor: the door does not know who acts until it has asked.
    Must be inside `transaction.atomic()`; outside a transaction the settings would be lost at once.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("A scope needs a transaction: put it inside transaction.atomic().")
    before = current()
    _become(actor)
    try:
        yield _become
    finally:
        # A transaction in error takes no commands; its rollback drops the settings by itself.
        if current() == before:
            pass  # a visitor's own scope, and every inner one has put it back
        elif _takes_commands():
            _set(*before)
        else:
            connection.samspill_scope = before  # type: ignore[attr-defined]


def _become(actor: Actor) -> None:
    _set(str(actor.community_id or ""), str(actor.account_id or ""))


def _set(community: str, account: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('samspill.community', %s, true), set_config('samspill.account', %s, true), "
            "set_config('plan_cache_mode', 'force_generic_plan', true)",
            [community, account],
        )
    connection.samspill_scope = (community, account)  # type: ignore[attr-defined]


def _takes_commands() -> bool:
    raw = connection.connection
    return (
        raw is not None
        and not connection.needs_rollback
        and raw.info.transaction_status != TransactionStatus.INERROR
    )
