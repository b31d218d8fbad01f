"""The HTTP server in a thread: what it has seen, and the faults it is told to commit."""

import json
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from statistics_server.expressions import Problem
from statistics_server.protocols import answer_to
from statistics_server.tables import ALONE, PEOPLE, InventedTable


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one answer. `half` sends half of it; `honest` tells how long it should be."""

    status: int = 0
    retry_after: str = ""
    half: bool = False
    honest: bool = True
    hangs_up: bool = False
    silent_seconds: float = 0


@dataclass(frozen=True)
class Seen:
    method: str
    path: str
    body: dict[str, Any] | None
    status: int
    at: float

    @property
    def is_data(self) -> bool:
        return "/data" in self.path or (self.method == "POST" and "/table/" in self.path)


@dataclass
class StatisticsServer:
    """Start with `with`. `faults` are committed by the next answers with figures, one each."""

    tables: dict[str, InventedTable] = field(default_factory=lambda: {one.id: one for one in (PEOPLE, ALONE)})
    max_cells: int = 800_000
    max_values: int = 50_000
    calls: int = 1000  # allowed in a window, and told in /config
    window: float = 60
    tells_policy: bool = False  # SSB: zeros in /config, and the limit in a header
    clock: Callable[[], float] = time.monotonic
    faults: deque[Fault] = field(default_factory=deque)
    seen: list[Seen] = field(default_factory=list)
    klass_codes: list[dict[str, str]] = field(default_factory=list)
    klass_changes: list[dict[str, str]] = field(default_factory=list)
    instead: dict[str, Any] = field(default_factory=dict)  # other answers, by what an address holds
    seed: str = ""  # changes the figures
    changes_after: dict[int, str] = field(default_factory=dict)  # after so many data answers: a new `updated`

    def __enter__(self) -> "StatisticsServer":
        handler = type("Handler", (_Handler,), {"world": self})
        self._http = _Quiet(("127.0.0.1", 0), handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    @property
    def v2(self) -> str:
        return f"{self.address}/api/pxwebapi/v2"

    @property
    def v1(self) -> str:
        return f"{self.address}/api/v0/no"

    @property
    def fhi(self) -> str:
        return f"{self.address}/api/open/v1"

    @property
    def klass(self) -> str:
        return f"{self.address}/api/klass/v1"

    @property
    def data_calls(self) -> list[Seen]:
        return [one for one in self.seen if one.is_data]

    def change(self, updated: str, **more: Any) -> None:
        """A new version of every table: other figures, another time."""
        self.tables = {name: replace(one, updated=updated, **more) for name, one in self.tables.items()}
        self.seed = updated

    def is_too_fast(self) -> bool:
        now = self.clock()
        return sum(now - one.at < self.window for one in self.seen if one.status != 429) >= self.calls


class _Quiet(ThreadingHTTPServer):
    """Says nothing of those who did not wait for their answer."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    world: StatisticsServer
    protocol_version = "HTTP/1.0"

    def do_GET(self) -> None:
        self._answer(None)

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self._answer(json.loads(self.rfile.read(length)))

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def _answer(self, body: dict[str, Any] | None) -> None:
        world = self.world
        asked = Seen(self.command, self.path, body, 0, world.clock())
        fault = world.faults.popleft() if asked.is_data and world.faults else Fault()
        status, answer = self._status_and_answer(asked, fault)
        world.seen.append(replace(asked, status=status))
        answered = sum(one.is_data and one.status == 200 for one in world.seen)
        if asked.is_data and status == 200 and answered in world.changes_after:
            world.change(world.changes_after.pop(answered))
        time.sleep(fault.silent_seconds)
        if fault.hangs_up:
            return
        self._send(status, json.dumps(answer, ensure_ascii=False).encode(), fault)

    def _status_and_answer(self, asked: Seen, fault: Fault) -> tuple[int, Any]:
        if self.world.is_too_fast():
            return 429, {"title": "Too many requests", "status": 429}
        if fault.status:
            return fault.status, {"title": "Fault", "status": fault.status}
        for part, answer in self.world.instead.items():
            if part in asked.path:
                return 200, answer
        try:
            return 200, answer_to(self.world, asked.method, asked.path, asked.body)
        except Problem as problem:
            told = {"type": "Parameter error", "title": problem.title, "status": problem.status}
            return problem.status, {**told, "error": problem.title}

    def _send(self, status: int, content: bytes, fault: Fault) -> None:
        sent = content[: len(content) // 2] if fault.half else content
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        if fault.honest:
            self.send_header("Content-Length", str(len(content)))
        if fault.retry_after:
            self.send_header("Retry-After", fault.retry_after)
        if self.world.tells_policy:
            self.send_header("x-ratelimit-policy", f"{self.world.calls};w={self.world.window:.0f}s")
        self.end_headers()
        self.wfile.write(sent)
