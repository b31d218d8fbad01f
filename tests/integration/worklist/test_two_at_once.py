"""Two clicks at the same moment, on two connections."""

import threading
import time

import pytest
from django.db import connection, transaction
from django.utils import timezone

from factories.people import actor
from samspill.directory.public import Account, AuditEvent, machine, nobody, scope
from samspill.refusal import Refused
from samspill.worklist import public as worklist

pytestmark = pytest.mark.usefixtures("committed")

PATIENCE_SECONDS = 10


def _wait_until_somebody_waits() -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone() != (0,):
                return
            time.sleep(0.02)
    pytest.fail("The second click never came to wait for the first.")


def test_of_two_who_use_a_link_at_once_one_does_it_and_the_other_is_told() -> None:
    now, today = timezone.now(), timezone.localdate()
    with transaction.atomic():
        randi = actor("ostfold", "secretariat", name="Randi Høgåsen")
        with scope(randi):
            task = worklist.add_task(by=randi, title="Svar Halden")
        with scope(machine(randi.community_id, today)):
            account = Account.objects.get(pk=randi.account_id)
            token = worklist.make_link(
                worklist.Ask("worklist.finish", task.pk),
                account=account,
                community_id=task.community_id,
                now=now,
            )
    refusals: list[str] = []

    def second_click() -> None:
        try:
            worklist.use_link(token, visitor=nobody(today), now=now)
        except Refused as refused:
            refusals.append(refused.code)
        finally:
            connection.close()

    second = threading.Thread(target=second_click)
    with transaction.atomic():
        worklist.use_link(token, visitor=nobody(today), now=now)
        second.start()
        _wait_until_somebody_waits()
    second.join(PATIENCE_SECONDS)
    assert refusals == ["link.used"]
    with transaction.atomic(), scope(randi):
        assert AuditEvent.objects.filter(act="task.finish").count() == 1
