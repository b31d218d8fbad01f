"""`record`: the one way something that was done gets into the log, in the act's own transaction."""

from typing import Protocol

from django.db import connection
from django.db.transaction import TransactionManagementError

from samspill.directory.actor import Actor
from samspill.directory.models import AuditEvent, Party


class Recordable(Protocol):
    @property
    def pk(self) -> int | None: ...


def record(
    *,
    by: Actor,
    act: str,
    on: Recordable,
    on_behalf_of: Party | None = None,
    title: str = "",
    **details: object,
) -> AuditEvent:
    """Write that `by` did `act` (a stable code, "plan.import") to the model instance `on`.

    The log calls the thing `title`, or what it calls itself; `details` must be JSON values. Raises
    TransactionManagementError outside a transaction: an act and its record stand or fall together.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("An act is recorded in its own transaction.")
    return AuditEvent.objects.create(
        community_id=by.community_id,
        by_id=by.account_id,
        by_name=by.name,
        act=act,
        on_kind=on._meta.label_lower,  # type: ignore[attr-defined]
        on_id=on.pk,
        on_title=(title or str(on))[:300],
        on_behalf_of=on_behalf_of,
        details=details,
    )
