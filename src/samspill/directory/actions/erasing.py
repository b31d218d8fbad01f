"""Erase personal data beyond name and role when its period is over, also from history.

Here: doing it and recording it. Not here: what (`registries.ERASURES`), how long (`retention`), and the
functions of the database that alone may change history (`isolation.erasing`).
"""

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from samspill.directory.actor import Actor, machine
from samspill.directory.audit import record
from samspill.directory.isolation import scope
from samspill.directory.models import Community
from samspill.directory.registries import ERASURES, Erasure
from samspill.directory.retention import Period, periods


@dataclass(frozen=True)
class Erased:
    """How many rows were past their period, and how many rows of history held the same."""

    key: str
    rows: int
    history: int


def erase_due(*, by: Actor) -> list[Erased]:
    """What is past its period in the actor's community."""
    with transaction.atomic(), scope(by):
        return [_erase(one, by) for one in ERASURES.all()]


def erase_everywhere(*, today: date, is_rehearsal: bool = False) -> list[Erased]:
    """The same in every community, summed up. A rehearsal counts, and puts all back."""
    places = Community.objects.order_by("pk").values_list("pk", flat=True)
    with transaction.atomic():
        found = [one for place in places for one in erase_due(by=machine(place, today))]
        transaction.set_rollback(is_rehearsal)
    return [_sum(one.key, found) for one in ERASURES.all()]


def _sum(key: str, found: list[Erased]) -> Erased:
    mine = [one for one in found if one.key == key]
    return Erased(key, sum(one.rows for one in mine), sum(one.history for one in mine))


def _erase(erasure: Erasure, by: Actor) -> Erased:
    period = periods()[erasure.key]
    if erasure.erase:
        rows, history = erasure.erase(by), 0
    else:
        rows, history = _by_the_database(erasure, by, period)
    if rows or history:
        record(
            by=by, act="retention.erase", on=erasure.model(), title=erasure.key,
            columns=[*erasure.columns], rows=rows, history=history,
        )  # fmt: skip
    return Erased(erasure.key, rows, history)


def _by_the_database(erasure: Erasure, by: Actor, period: Period) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.callproc(f"erase_{erasure.model._meta.db_table}", [period.months, by.today])
        rows, history = cursor.fetchone()
    return rows, history
