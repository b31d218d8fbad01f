"""Two bundles about the same patients, on two connections and in two orders: one waits for the other."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from factories.care import HALDEN, CareWorld, care_world, follow, patient
from factories.fhir_resources import FNR, quantity
from factories.machines import System, said, system
from factories.measuring import watch
from factories.observations import observation
from samspill.care.actions.listing import hold
from samspill.care.actions.opening import opening_by_duty
from samspill.care.models import Alert, Measurement
from samspill.config.embedded import connection_settings
from samspill.directory.public import scope

PATIENCE_SECONDS = 20
NUMBERS = {
    "Astrid Lunde": "04834140077",
    "Odd Nilsen": "05834140006",
    "Ola Vik": "04834140158",
}
NAMES = list(NUMBERS)
Json = dict[str, Any]


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """What is written can be seen by other connections; afterwards the owner takes it away."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield
        _clear()
        connection.close()


def _clear() -> None:
    here = owner = connection.settings_dict
    if not os.environ.get("DATABASE_URL"):
        owner = connection_settings(Path(os.environ["SAMSPILL_HOME"]), "owner")
    with psycopg.connect(
        host=here["HOST"], port=here["PORT"] or None, dbname=here["NAME"],
        user=owner["USER"], password=owner["PASSWORD"],
    ) as link:  # fmt: skip
        link.execute("TRUNCATE directory_account, directory_person, care_patient, care_careteam CASCADE")


@pytest.fixture
def three(committed: None) -> tuple[CareWorld, System]:
    """Three patients whom one service follows, with limits for the weight."""
    with transaction.atomic():
        world = care_world()
        patient(world, "Ola Vik", NUMBERS["Ola Vik"], HALDEN)
        for name in NAMES[1:]:
            follow(world, name, "Service", tenant=HALDEN)
        for name in NAMES:
            watch(world, name)
        return world, system(world)


def weighed(name: str, hours_ago: float) -> Json:
    subject = {"identifier": {"system": FNR, "value": NUMBERS[name]}}
    return observation(value=quantity(90, "kg"), hours_ago=hours_ago, subject=subject)


def bundle(kind: str, order: list[str], entry: Callable[[str], Json]) -> Json:
    return {"resourceType": "Bundle", "type": kind, "entry": [entry(name) for name in order]}


def new(name: str, hours_ago: float) -> Json:
    return {
        "fullUrl": f"urn:uuid:c757873d-ec9a-4326-a141-{NAMES.index(name):012}",
        "resource": weighed(name, hours_ago),
        "request": {"method": "POST", "url": "Observation"},
    }


def step(task: Json, status: str, version: int) -> Json:
    return {
        "fullUrl": f"http://testserver/fhir/Task/{task['id']}",
        "resource": task | {"status": status, "note": [{"text": "Ringt."}]},
        "request": {"method": "PUT", "url": f"Task/{task['id']}", "ifMatch": f'W/"{version}"'},
    }


def at_once(nimble: System, world: CareWorld, middle: str, bodies: list[Json]) -> list[HttpResponse]:
    """The answers to two that are sent while the one in the middle of both is held by somebody else.

    Each has then come as far as it can: one that has its first patient, and waits for the next.
    """
    answers: list[HttpResponse] = []

    def send(body: Json) -> None:
        try:
            own = replace(nimble, http=Client(raise_request_exception=False))
            answers.append(own.ask("POST", "", body))
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[body]) for body in bodies]
    with transaction.atomic():
        hold(world.patients[middle].pk)
        for count, thread in enumerate(threads, 1):
            thread.start()
            _wait_until_so_many_wait(count)
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert not any(thread.is_alive() for thread in threads)
    return answers


def _wait_until_so_many_wait(count: int) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0] >= count:
                return
            time.sleep(0.02)
    pytest.fail("It never came to wait.")


def statuses(answer: HttpResponse) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [one["response"]["status"] for one in said(answer)["entry"]]


def test_two_bundles_in_opposite_orders_do_not_wait_for_each_other(three: tuple[CareWorld, System]) -> None:
    """Each kind in turn, on one world: of a batch, of a transaction, and of steps with what it raised."""
    world, nimble = three
    first, middle, last = NAMES
    orders = [[first, middle, last], [last, middle, first]]
    for place, kind in enumerate(("batch", "transaction")):
        ages = (4 * place + 1, 4 * place + 2)
        bodies = [
            bundle(kind, order, lambda name, age=age: new(name, age))  # type: ignore[misc]
            for order, age in zip(orders, ages, strict=True)
        ]
        answers = at_once(nimble, world, middle, bodies)
        assert [statuses(one) for one in answers] == [["201"] * 3] * 2
    with transaction.atomic(), scope(world.machine), opening_by_duty(by=world.machine):
        assert Measurement.objects.count() == 12
        alerts = {one.patient_id: one for one in Alert.objects.prefetch_related("steps")}
    assert len(alerts) == 3
    tasks = {name: _task(nimble, alerts[world.patients[name].pk]) for name in NAMES}
    bodies = [
        bundle("batch", order, lambda name, to=to: step(tasks[name], to, 4))  # type: ignore[misc]
        for order, to in zip(orders, ("accepted", "in-progress"), strict=True)
    ]
    answered = sorted(statuses(one) for one in at_once(nimble, world, middle, bodies))
    assert answered == [["200"] * 3, ["412"] * 3], "the later one is told that each has changed"


def _task(nimble: System, alert: Alert) -> Json:
    found = said(nimble.ask("GET", f"/Task/{alert.patient_id}-{alert.pk}"))
    assert found["meta"]["versionId"] == "4", found
    return found
