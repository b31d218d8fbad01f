"""Measurements by FHIR over HTTP: one blood pressure at a time by 8 connections, and batches of 50.

The stated work: validation against the profile, token and proof, row-level security, decision, audit, triage
and outbox, in one transaction. The baseline, in the same server and on the same database, takes turns with
it: a bare Django view that validates with fhir.resources and does the same inserts (`fhir_bare`).
"""

import http.client
import json
import os
import signal
import statistics
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from benchmarks import Case
from benchmarks.fhir_calls import Send, sender, synthetic_numbers
from benchmarks.governance_load import _url as url_of
from benchmarks.installation import database_copy, installation
from benchmarks.start import STOP_SECONDS, free_port

if TYPE_CHECKING:
    from samspill.config.main import Installation

ONLY_WHEN_ASKED = True
DATABASE = "samspill_fhir"
CONNECTIONS, REQUESTS, ROUNDS, BATCH, BATCHES = 8, 160, 3, 50, 8
PATIENTS, OF_A_BATCH = 40, 5  # patients; and those whose values stand in one batch
LEAST_RATE, MOST_P95, LEAST_BATCH = 0.8, 1.5, 3.0
PROFILE = "http://hl7.no/fhir/vkpobservation/StructureDefinition/vkp-Observation-Bloodpressure"
LONG_AGO = date(2025, 1, 1)


@dataclass(frozen=True)
class Took:
    """Seconds of each request, of all together, and how many failed."""

    each: list[float]
    whole: float
    failed: int


def cases() -> list[Case]:
    """Rates and p95 of both, taken in turns; then the batch against the single."""
    runtime = installation()
    database_copy(runtime, DATABASE)
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = DATABASE
    world = _world()
    ports = free_port(), free_port()
    with (
        _serving(runtime, ports[0], "samspill.config.wsgi", ports[0], {}),
        _serving(
            runtime, ports[1], "benchmarks.fhir_bare", ports[0], {"BENCH_FHIR": json.dumps(world["bare"])}
        ),
    ):
        return _taken(world, ports)


def _taken(world: dict[str, Any], ports: tuple[int, int]) -> list[Case]:
    send = sender(world["key"], ports[0], client_id="bench")
    for port in ports:
        _load(port, [send("/Observation", _pressure(world)) for _ in range(CONNECTIONS * 4)])
    ours, bare = [], []
    for _ in range(ROUNDS):
        ours.append(_load(ports[0], [send("/Observation", _pressure(world)) for _ in range(REQUESTS)]))
        bare.append(_load(ports[1], [send("/Observation", _pressure(world)) for _ in range(REQUESTS)]))
    batches = _load(ports[0], [send("", _batch(world, number)) for number in range(BATCHES)])
    mine, theirs = _rate(ours), _rate(bare)
    failed = sum(one.failed for one in (*ours, *bare, batches))
    of_batch = BATCH * len(batches.each) / batches.whole
    work = f"{CONNECTIONS} connections, {ROUNDS} × {REQUESTS}, {failed} errors"
    rates = f"{mine:.0f}/s, bare {theirs:.0f}/s: {mine / theirs:.2f} ×"
    slow = f"bare {_p95(bare) * 1000:.1f} ms: {_p95(ours) / _p95(bare):.2f} ×"
    rate = f"{of_batch:.0f}/s, {of_batch / mine:.2f} × the single rate"
    batch = f"{BATCHES} at once, each about {OF_A_BATCH} patients of its own; {rate}"
    return [
        _case("one blood pressure, time of each", 1 / mine, 1 / theirs / LEAST_RATE, f"{work}; {rates}"),
        _case("one blood pressure, p95", _p95(ours), _p95(bare) * MOST_P95, slow),
        _case("in a batch of 50, time of each", 1 / of_batch, 1 / (mine * LEAST_BATCH), batch),
    ]


def _case(name: str, measured: float, most: float, work: str) -> Case:
    return {
        "name": name, "run": lambda: None, "baseline": None, "work": work, "measured": measured,
        "most_seconds": most,
    }  # fmt: skip


def _rate(rounds: list[Took]) -> float:
    """Requests a second: the median of the rounds."""
    return statistics.median(len(one.each) / one.whole for one in rounds)


def _p95(rounds: list[Took]) -> float:
    return statistics.median(sorted(one.each)[int(0.95 * len(one.each))] for one in rounds)


def _load(port: int, sends: list[Send]) -> Took:
    """All of them over the connections, each connection one at a time."""
    waiting, took, failed, lock = list(sends), list[float](), [0], threading.Lock()

    def work() -> None:
        caller = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            with lock:
                if not waiting:
                    break
                path, body, headers = waiting.pop()
            began = time.perf_counter()
            caller.request("POST", path, body, headers)
            answer = caller.getresponse()
            answer.read()
            with lock:
                took.append(time.perf_counter() - began)
                failed[0] += answer.status not in (200, 201)
        caller.close()

    threads = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    began = time.perf_counter()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return Took(took, time.perf_counter() - began, failed[0])


@contextmanager
def _serving(
    runtime: "Installation", port: int, module: str, origin: int, more: dict[str, str]
) -> Iterator[None]:
    """The web server that `samspill serve` starts, two processes; another application is the baseline."""
    from django.db import connection

    environ = {name: value for name, value in os.environ.items() if name != "SAMSPILL_DB_POOL"}
    environ["DATABASE_URL"] = url_of({**runtime.dsn("app"), "dbname": connection.settings_dict["NAME"]})
    environ |= {"SAMSPILL_ORIGIN": f"http://127.0.0.1:{origin}", **more}
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning"),
        *("--host", "127.0.0.1", "--port", str(port), "--workers", "2", "--blocking-threads", "4"),
        *("--workers-kill-timeout", "5"),
        f"{module}:application",
    ]
    server = subprocess.Popen(command, env=environ, start_new_session=True)
    try:
        _wait(port)
        yield
    finally:
        os.killpg(server.pid, signal.SIGINT)
        server.wait(STOP_SECONDS)


def _wait(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        caller = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            caller.request("GET", "/fhir/metadata")
            caller.getresponse().read()
            caller.close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the server did not come up")


def _pressure(world: dict[str, Any], first: int = 0, patients: int = PATIENTS) -> dict[str, Any]:
    """One of its own each time: another second, and one of so many patients from the `first`."""
    world["count"] = count = world["count"] + 1
    at = world["now"] - timedelta(seconds=count)
    number = world["numbers"][(first + count % patients) % PATIENTS]
    unit = {"unit": "mmHg", "system": "http://unitsofmeasure.org", "code": "mm[Hg]"}
    vital = "http://terminology.hl7.org/CodeSystem/observation-category"
    return {
        "resourceType": "Observation", "meta": {"profile": [PROFILE]}, "status": "final",
        "category": [{"coding": [{"system": vital, "code": "vital-signs"}]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": "85354-9"}]},
        "subject": {"identifier": {"system": "urn:oid:2.16.578.1.12.4.1.4.1", "value": number}},
        "effectiveDateTime": at.isoformat(timespec="seconds"),
        "performer": [{"type": "Organization", "identifier": {
            "system": "urn:oid:2.16.578.1.12.4.1.4.101", "value": "974760673"}}],
        "component": [
            {"code": {"coding": [{"system": "http://loinc.org", "code": code}]}, "valueQuantity": {
                "value": value, **unit}} for code, value in (("8480-6", 128), ("8462-4", 82))],
    }  # fmt: skip


def _batch(world: dict[str, Any], number: int) -> dict[str, Any]:
    entries = [
        {"fullUrl": f"urn:uuid:{uuid.uuid4()}", "resource": _pressure(world, number * OF_A_BATCH, OF_A_BATCH),
         "request": {"method": "POST", "url": "Observation"}}
        for _ in range(BATCH)
    ]  # fmt: skip
    return {"resourceType": "Bundle", "type": "batch", "entry": entries}


def _world() -> dict[str, Any]:
    """Patients of one team with limits for the blood pressure, a registered system and a receiver."""
    from django.db import transaction
    from jwskate import Jwk

    from samspill.care import models
    from samspill.care.actions.clients import NewClient, as_actor, register_client
    from samspill.directory.public import Community, Party, machine, scope, sync_register

    today, now = datetime.now(UTC).date(), datetime.now(UTC)
    with transaction.atomic():
        sync_register(today=today)
    community = Community.objects.get(slug="ostfold")
    by = machine(community.pk, today)
    key = Jwk(dict(Jwk.generate(alg="ES256")) | {"alg": "ES256", "use": "sig", "kid": "bench"})
    with transaction.atomic(), scope(by):
        party = Party.objects.filter(community=community, kind="municipality").order_by("pk")[0]
        Party.objects.filter(pk=party.pk).update(orgnr="974760673")
        team = models.CareTeam.objects.create(
            community=community, tenant=party, kind="nurse_service", name="Bench", starts=LONG_AGO
        )
        new = NewClient("bench", "Bench", {"keys": [dict(key.public_jwk())]}, "system/*.cruds", 10_000_000)
        client = register_client(new, team=team, by=by)
        receiver = models.Receiver.objects.create(
            community=community, tenant=party, team=team, name="PMD", sends="measurements",
            address="https://pmd.example",
        )  # fmt: skip
    people = [_patient(community, party, team, by, index) for index in range(PATIENTS)]
    with transaction.atomic(), scope(as_actor(client, today)):
        found = [_decided(one, as_actor(client, today)) for one in people]
    bare = {
        "community": str(community.pk), "account": str(client.account_id), "tenant": party.pk,
        "receiver": receiver.pk, "team": team.pk, "patients": {one["number"]: one for one in found},
    }  # fmt: skip
    numbers = [one["number"] for one in found]
    return {"bare": bare, "numbers": numbers, "key": key, "count": 0, "now": now - timedelta(minutes=1)}


def _patient(community: Any, party: Any, team: Any, by: Any, index: int) -> dict[str, Any]:
    from django.db import connection, transaction

    from samspill.care import models
    from samspill.care.actions.measuring import set_limits
    from samspill.care.actions.opening import opening_by_duty
    from samspill.care.carrying import deciding
    from samspill.directory.public import scope

    number = synthetic_numbers(PATIENTS)[index]
    with transaction.atomic(), scope(by):
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval(pg_get_serial_sequence('care_patient', 'id'))")
            pk = int(cursor.fetchone()[0])
        with deciding(pk):
            models.Patient.objects.create(
                pk=pk, community=community, given_name="Astrid", family_name=f"Lunde {index}",
                national_number=number, municipality=party,
            )  # fmt: skip
            episode = models.CareEpisode.objects.create(
                community=community, tenant=party, patient_id=pk, team=team, reason="KOLS", from_day=LONG_AGO
            )
        with opening_by_duty(by=by):
            indicator = models.PatientIndicator.objects.create(
                community=community, tenant=party, patient_id=pk, episode=episode, kind="measured",
                code="85354-9", name="Blodtrykk", unit="mm[Hg]",
            )  # fmt: skip
            limits = {"red_low": "80", "yellow_low": "90", "yellow_high": "150", "red_high": "180"}
            rule = {"8480-6": limits, "8462-4": {"yellow_high": "95", "red_high": "110"}}
            set_limits(indicator, rule, valid_from=datetime(2025, 1, 1, tzinfo=UTC), why="Avtalt", by=by)
    return {"id": pk, "number": number, "indicator": indicator.pk}


def _decided(one: dict[str, Any], actor: Any) -> dict[str, Any]:
    from samspill.care.actions.deciding import decide

    return one | {"decision": decide(one["id"], by=actor)[0].pk}
