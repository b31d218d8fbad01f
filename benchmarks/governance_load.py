"""Many who open one page at once, in the server people use: `samspill serve`, a process for each core.

Read two ways: within ten seconds of the mail, which the limit is for; and all in the same instant, when the
last one waits for two hundred pages on two cores and half a second would ask for a page of five milliseconds,
so that there the limit is that nobody is refused.
"""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from benchmarks.start import STOP_SECONDS, answers, free_port

if TYPE_CHECKING:
    from samspill.config.main import Installation

WORKERS, PATIENCE_SECONDS, START_SECONDS, OK = 2, 60.0, 120.0, 200


@dataclass(frozen=True)
class Opened:
    """Seconds until each had the page, the quickest first, and how many did not get it."""

    seconds: list[float]
    failed: int

    def at(self, part: float) -> float:
        return (
            self.seconds[min(int(part * len(self.seconds)), len(self.seconds) - 1)] if self.seconds else 0.0
        )


def opened_at_once(runtime: "Installation", address: str, *, members: int, within_seconds: float) -> Opened:
    """Each member with a session and a connection of their own; they come evenly within the time."""
    cookies = _sessions(members)
    with _serving(runtime) as port:
        for cookie in cookies[:8]:
            _open(port, address, cookie)  # every thread has drawn a page before it is measured
        found: list[float | None] = []
        threads = [
            threading.Thread(target=lambda cookie=cookie: found.append(_open(port, address, cookie)))  # type: ignore[misc]
            for cookie in cookies
        ]
        for thread in threads:
            thread.start()
            time.sleep(within_seconds / members)
        for thread in threads:
            thread.join(PATIENCE_SECONDS)
    had = sorted(one for one in found if one is not None)
    return Opened(had, members - len(had))


def _sessions(members: int) -> list[str]:
    """The cookies of those who are called to the meeting, and of others of the same community."""
    from django.conf import settings
    from django.test import Client

    from samspill.directory.public import Account

    made = []
    for account in Account.objects.filter(pk__in=range(2_000_000, 2_000_000 + members)).order_by("pk"):
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        made.append(f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}")
    return made


def _open(port: int, address: str, cookie: str) -> float | None:
    """Seconds until the whole page was there; None when it was not."""
    caller = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    began = time.perf_counter()
    try:
        caller.request("GET", address, headers={"Cookie": cookie})
        answer = caller.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        caller.close()
    return time.perf_counter() - began if answer.status == OK else None


@contextmanager
def _serving(runtime: "Installation") -> Iterator[int]:
    """`samspill serve` on the database that the connection has now. Gives its port."""
    from django.db import connection

    port = free_port()
    environ = {name: value for name, value in os.environ.items() if name != "SAMSPILL_DB_POOL"}
    environ["DATABASE_URL"] = _url({**runtime.dsn("app"), "dbname": connection.settings_dict["NAME"]})
    command = [
        sys.executable,
        "-m",
        "samspill.config.main",
        "serve",
        "--port",
        str(port),
        "--workers",
        str(WORKERS),
    ]
    server = subprocess.Popen(
        command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        deadline = time.monotonic() + START_SECONDS
        while not answers(f"http://127.0.0.1:{port}/apent/"):
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("samspill serve did not come up")
            time.sleep(0.2)
        yield port
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGINT)
            server.wait(STOP_SECONDS)


def _url(dsn: dict[str, str]) -> str:
    user = f"{quote(dsn['user'])}:{quote(dsn['password'], safe='')}"
    place = urlencode({"host": dsn["host"], "port": dsn.get("port", "")})
    return f"postgresql://{user}@/{dsn['dbname']}?{place}"
