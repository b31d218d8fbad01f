"""The world outside, in a process that nobody kills: systems that send, and the one that is sent to.

A sender that has no answer sends the same again, to the other server; of some it gives up. All that is heard
is told to who kills.
"""

import http.client
import json
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from typing import Any

from benchmarks.fhir_calls import Send, sender
from benchmarks.torture.patients import CLIENT, SYSTEM, UNIT, WEIGHT, World, measured_at, value_of

SINGLES, SHARED = 4, 3
"""Patients who have a sender of their own, and those whose values come in bundles by two senders."""
PATIENTS = SINGLES + SHARED
GIVEN_UP_EVERY = 5
PAUSE, PATIENCE = 0.02, 90.0
LOINC, VITAL = "http://loinc.org", "http://terminology.hl7.org/CodeSystem/observation-category"
FNR, UCUM = "urn:oid:2.16.578.1.12.4.1.4.1", "http://unitsofmeasure.org"
YES = (200, 201)


@dataclass(frozen=True)
class Told:
    """`what`: yes, away, silence, failed, refused, given_up, letter or done; away is who was never reached.

    `measured` are pairs of the patient's row and the number of the measurement; `is_again` tells of a yes to
    what was there already when it was sent again.
    """

    what: str
    port: int = 0
    measured: tuple[tuple[int, int], ...] = ()
    is_again: bool = False
    said: str = ""


@dataclass
class Outside:
    world: World
    ports: tuple[int, ...]
    origin: int
    tells: Connection
    ends: Event
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, receiver: int) -> None:
        """Send until `ends` is set and all is answered or given up; receive until killed."""
        self._receive(receiver)
        numbers = list(self.world.patients)
        alone = [[one] for one in numbers[:SINGLES]]
        shared = numbers[SINGLES:]
        senders = [
            *(threading.Thread(target=self._send_on, args=(mine, 0, 1)) for mine in alone),
            *(
                threading.Thread(target=self._send_on, args=(order, place, 2))
                for place, order in enumerate((shared, shared[::-1]))
            ),
        ]
        for one in senders:
            one.start()
        for one in senders:
            one.join()
        self.tell(Told("done"))
        while True:  # the receiver is there as long as anybody sends to it
            time.sleep(PATIENCE)

    def tell(self, told: Told) -> None:
        with self.lock:
            self.tells.send(told)

    def _receive(self, port: int) -> None:
        server = ThreadingHTTPServer(("127.0.0.1", port), _receiver(self))
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def _send_on(self, patients: list[str], first: int, step: int) -> None:
        """One after the other: of one patient alone, of several in bundles."""
        caller = Caller(self.ports)
        signed = sender(self.world.key, self.origin, client_id=CLIENT)
        silences = count(1)
        for number in count(first, step):
            if self.ends.is_set():
                return
            path, body, more = _request(self.world, patients, number)
            about = tuple((self.world.patients[one], number) for one in patients)
            for tries in count():
                path_, raw, headers = signed(path, body)
                told = caller.ask(number + tries, (path_, raw, headers | more), about, is_again=tries > 0)
                if told.what == "silence" and not next(silences) % GIVEN_UP_EVERY:
                    told = Told("given_up", told.port, about)
                self.tell(told)
                if told.what in ("yes", "refused", "given_up"):
                    break
                time.sleep(PAUSE)


class Caller:
    """One connection to each server, made anew when it broke."""

    def __init__(self, ports: tuple[int, ...]) -> None:
        self.ports = ports
        self.open: dict[int, http.client.HTTPConnection] = {}

    def ask(self, turn: int, send: Send, about: tuple[tuple[int, int], ...], *, is_again: bool) -> Told:
        port = self.ports[turn % len(self.ports)]
        path, body, headers = send
        try:
            connection = self.open.setdefault(
                port, http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            )
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            said = answer.read()
        except ConnectionRefusedError:
            self.open.pop(port).close()
            return Told("away", port)
        except (OSError, http.client.HTTPException):
            self.open.pop(port).close()
            return Told("silence", port)
        statuses = [answer.status, *_statuses(said)]
        if all(one in YES for one in statuses):
            return Told("yes", port, about, is_again and 201 not in statuses)
        worst = max(statuses)
        what = "failed" if worst >= 500 else "refused"
        return Told(what, port, about, said=f"{worst} {said[:2000].decode(errors='replace')}")


def _statuses(said: bytes) -> Iterator[int]:
    """Those of the entries of a bundle that answers."""
    try:
        entries = json.loads(said).get("entry") or []
    except ValueError:
        entries = []
    for one in entries:
        if "response" in one:
            yield int(one["response"]["status"])


def _request(world: World, patients: list[str], number: int) -> tuple[str, dict[str, Any], dict[str, str]]:
    """Path, body and headers: by turns with an identifier, on condition, and known by its value alone."""
    if len(patients) > 1:
        kind = ("transaction", "batch")[number // 2 % 2]
        entries = [_entry(_observation(world, one, number, is_named=number % 3 > 0)) for one in patients]
        return "", {"resourceType": "Bundle", "type": kind, "entry": entries}, {}
    (one,) = patients
    way = number // 3 % 3
    condition = {"If-None-Exist": f"identifier={SYSTEM}|{_name(world, one, number)}"} if way == 1 else {}
    return "/Observation", _observation(world, one, number, is_named=way < 2), condition


def _entry(resource: dict[str, Any]) -> dict[str, Any]:
    return {
        "fullUrl": f"urn:uuid:{uuid.uuid4()}",
        "resource": resource,
        "request": {"method": "POST", "url": "Observation"},
    }


def _name(world: World, patient: str, number: int) -> str:
    return f"{world.patients[patient]}-{number}"


def _observation(world: World, patient: str, number: int, *, is_named: bool) -> dict[str, Any]:
    named = [{"system": SYSTEM, "value": _name(world, patient, number)}]
    return {
        "resourceType": "Observation",
        **({"identifier": named} if is_named else {}),
        "status": "final",
        "category": [{"coding": [{"system": VITAL, "code": "vital-signs"}]}],
        "code": {"coding": [{"system": LOINC, "code": WEIGHT}]},
        "subject": {"identifier": {"system": FNR, "value": patient}},
        "effectiveDateTime": measured_at(world.start, number).isoformat(timespec="seconds"),
        "valueQuantity": {
            "value": int(value_of(number)), "unit": UNIT, "system": UCUM, "code": UNIT,
        },
    }  # fmt: skip


def _receiver(outside: Outside) -> type[BaseHTTPRequestHandler]:
    class Receiver(BaseHTTPRequestHandler):
        """Takes every message, and tells its number before it says yes."""

        def do_POST(self) -> None:
            bundle = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            for entry in bundle["entry"]:
                outside.tell(Told("letter", said=entry["fullUrl"].removeprefix("urn:uuid:")))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *said: object) -> None:
            """Nobody reads it."""

    return Receiver
