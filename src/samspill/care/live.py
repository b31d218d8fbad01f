"""Who listens to the lists of teams in this process: one connection to the database for all of them.

The database tells (NOTIFY, in the transaction that changes a row) that the list of a team has changed: the
team's number, and nothing of whom it is about. Whoever listens fetches the list again, by a decision of its
own. A listener holds a thread of the web server, so there is a bound; who comes after it asks now and then.
Not here: who may listen, and what is sent (`views.live`).
"""

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection

CHANNEL = "care_list"
LOOKS_SECONDS = 5.0
MOST_PAUSE_SECONDS = 30.0
_log = logging.getLogger(__name__)


class Listener:
    """Somebody who waits for one team's list to change."""

    def __init__(self) -> None:
        self._changed = threading.Event()

    def tell(self) -> None:
        self._changed.set()

    def wait(self, seconds: float) -> bool:
        """Whether the list has changed since the last time, or changes within `seconds`."""
        has_changed = self._changed.wait(seconds)
        self._changed.clear()
        return has_changed


class Hub:
    """The listeners of this process, and the thread that tells them.

    `connect` opens the connection, and every `looks` seconds it is seen whether anybody still listens.
    """

    def __init__(self, connect: Callable[[], psycopg.Connection], *, looks: float = LOOKS_SECONDS) -> None:
        self._connect, self._looks = connect, looks
        self._lock = threading.Lock()
        self._by_team: dict[int, set[Listener]] = defaultdict(set)
        self._thread: threading.Thread | None = None

    @property
    def listening(self) -> int:
        with self._lock:
            return sum(map(len, self._by_team.values()))

    @contextmanager
    def listener(self, team: int, *, most: int) -> Iterator[Listener | None]:
        """A listener for as long as the block runs; None when `most` listen already."""
        one = self._added(team, most)
        try:
            yield one
        finally:
            if one is not None:
                self._remove(team, one)

    def _added(self, team: int, most: int) -> Listener | None:
        with self._lock:
            if sum(map(len, self._by_team.values())) >= most:
                return None
            one = Listener()
            self._by_team[team].add(one)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="care-lists", daemon=True)
                self._thread.start()
            return one

    def _remove(self, team: int, one: Listener) -> None:
        with self._lock:
            self._by_team[team].discard(one)
            if not self._by_team[team]:
                del self._by_team[team]

    def _is_done(self) -> bool:
        """Nobody listens: the thread ends, and the next listener starts another."""
        with self._lock:
            if not self._by_team:
                self._thread = None
            return self._thread is None

    def _run(self) -> None:
        pause = 1.0
        while not self._is_done():
            try:
                with self._connect() as told:
                    told.execute(f"LISTEN {CHANNEL}")
                    pause = 1.0
                    self._tell_everybody()  # what changed while nobody listened to the database
                    self._pass_on(told)
            except psycopg.Error as error:
                _log.warning("The lists are not told of changes, and it is tried again: %s", error)
                time.sleep(pause)
                pause = min(2 * pause, MOST_PAUSE_SECONDS)

    def _pass_on(self, told: psycopg.Connection) -> None:
        while not self._is_done():
            for notice in told.notifies(timeout=self._looks):
                if notice.payload.isdecimal():
                    self._tell(int(notice.payload))

    def _tell(self, team: int) -> None:
        with self._lock:
            listeners = list(self._by_team.get(team, ()))
        for one in listeners:
            one.tell()

    def _tell_everybody(self) -> None:
        with self._lock:
            listeners = [one for every in self._by_team.values() for one in every]
        for one in listeners:
            one.tell()


def _own_connection() -> psycopg.Connection:
    """Beside the pool: it waits for as long as somebody listens."""
    parameters = dict(connection.get_connection_params())
    for name in ("cursor_factory", "context", "prepare_threshold", "pool"):
        parameters.pop(name, None)
    return psycopg.connect(**parameters, autocommit=True)


HUB = Hub(_own_connection)
