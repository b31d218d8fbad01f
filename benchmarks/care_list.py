"""The list of a shared nurse service: how long the page takes, and how soon a measurement stands on it.

The page is asked for as a nurse's browser does it, with the decision, the log and the wall, in this process;
its baseline is the same page of a team nothing waits for. How soon is read in the server people use, from the
commit until a page that listened has been told, has waited as long as a page does (`frontend/…/live.js`), has
fetched the list and finds the patient there.
"""

import http.client
import re
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from benchmarks import Case
from benchmarks.care_world import ALERTS, EMPTY, PATIENTS, SHARED, fill, next_episodes, weigh
from benchmarks.compare import visitor
from benchmarks.governance_load import _serving
from benchmarks.installation import database_copy, installation
from benchmarks.isolation import TODAY

if TYPE_CHECKING:
    from samspill.config.main import Installation

DATABASE = "samspill_care_list"
MOST_SECONDS, SOON_SECONDS = 0.150, 2.0
PAGES, COMING, LISTENING = 60, 100, 5
TOGETHER_SECONDS = 0.15
BACKEND = "django.contrib.auth.backends.ModelBackend"
OK = 200


def cases() -> Iterator[Case]:
    """In a database of their own; the installation's own is back when the last has run."""
    from django.db import connection

    runtime = installation()
    database_copy(runtime, DATABASE)
    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = DATABASE
    try:
        yield from _cases(runtime)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def _cases(runtime: "Installation") -> Iterator[Case]:
    client, teams = _filled()
    full, empty = _turns(_page(client, teams[SHARED]), _page(client, teams[EMPTY]))
    work = f"{PATIENTS} patients of 13 municipalities, {ALERTS} open alerts"
    ratio = _at(full, 0.95) / _at(empty, 0.95)
    yield {
        "name": "nurse list, the page, p95",
        "run": lambda: None,
        "baseline": None,
        "work": f"{work}; {PAGES} pages; {ratio:.2f} × the same page of a team nothing waits for, "
        f"{_at(empty, 0.95) * 1000:.0f} ms; median {statistics.median(full) * 1000:.0f} ms",
        "measured": _at(full, 0.95),
        "most_seconds": MOST_SECONDS,
    }
    seen = _soon(runtime, client, teams[SHARED])
    yield {
        "name": "nurse list, committed to visible, p99",
        "run": lambda: None,
        "baseline": None,
        "work": f"{work}; {len(seen)} of {COMING} measurements seen, {LISTENING} pages listen; "
        f"median {statistics.median(seen) * 1000:.0f} ms",
        "measured": _at(seen, 0.99) if len(seen) == COMING else float("inf"),
        "most_seconds": SOON_SECONDS,
    }


def _filled() -> tuple[Any, dict[str, int]]:
    """The nurse's browser, and the numbers of the two teams."""
    from django.db import transaction

    from samspill.care.models import CareTeam
    from samspill.directory.public import Community, machine, scope, sync_register

    with transaction.atomic():
        sync_register(today=TODAY)
        community = Community.objects.get(slug="ostfold")
        nurse = fill(community)
        with scope(machine(community.pk, date.today())):
            teams = dict(CareTeam.objects.values_list("name", "pk"))
    client = visitor()
    client.force_login(nurse, backend=BACKEND)
    session = client.session
    session["oidc_level"] = 4
    session.save()
    return client, teams


def _page(client: Any, team: int) -> Callable[[], None]:
    def ask() -> None:
        answer = client.get(f"/pasienter/?team={team}")
        if answer.status_code != OK:
            raise RuntimeError(f"The list answered {answer.status_code}")

    return ask


def _turns(*works: Callable[[], None]) -> list[list[float]]:
    """Seconds of each, in order of size. They take turns, so that a busy machine is busy for all."""
    times: list[list[float]] = [[] for _ in works]
    for number in range(PAGES + 1):
        for work, spent in zip(works, times, strict=True):
            began = time.perf_counter()
            work()
            if number:
                spent.append(time.perf_counter() - began)
    return [sorted(spent) for spent in times]


def _at(seconds: list[float], part: float) -> float:
    return seconds[min(int(part * len(seconds)), len(seconds) - 1)]


def _soon(runtime: "Installation", client: Any, team: int) -> list[float]:
    """Seconds from each commit until the list a page fetched had it, the quickest first."""
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    with _serving(runtime) as port:
        pages = [Page(port, team, cookie) for _number in range(LISTENING)]
        for page in pages:
            page.start()
        for page in pages:
            page.ready.wait(30)
        seen = list(_committed(team, pages[0]))
        for page in pages:
            page.stop()
    return sorted(seen)


def _committed(team: int, page: "Page") -> Iterator[float]:
    from django.db import transaction

    from samspill.care.actions.opening import opening_by_duty
    from samspill.care.models import CareTeam
    from samspill.directory.public import Community, machine, scope

    by = machine(Community.objects.get(slug="ostfold").pk, date.today())
    with transaction.atomic(), scope(by), opening_by_duty(by=by):
        shared = CareTeam.objects.get(pk=team)
        coming = [one for one, _number in zip(next_episodes(shared, ALERTS), range(COMING), strict=False)]
    for episode in coming:
        with transaction.atomic(), scope(by), opening_by_duty(by=by):
            weigh(episode, "75", by)
        began = time.perf_counter()
        if page.waits_for(episode.patient_id, SOON_SECONDS * 5):
            yield time.perf_counter() - began


class Page:
    """A page that is open: it listens, and fetches the list when it is told."""

    def __init__(self, port: int, team: int, cookie: str) -> None:
        self._port, self._team, self._cookie = port, team, cookie
        self._shown: set[int] = set()
        self._has_news = threading.Condition()
        self._over = False
        self.ready = threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._listen, daemon=True).start()

    def stop(self) -> None:
        self._over = True

    def waits_for(self, patient: int, seconds: float) -> bool:
        with self._has_news:
            return self._has_news.wait_for(lambda: patient in self._shown, seconds)

    def _listen(self) -> None:
        try:
            self._follow()
        except (OSError, http.client.HTTPException):
            if not self._over:  # a server that is stopped when all is measured leaves its listeners
                raise

    def _follow(self) -> None:
        stream = self._ask(f"/pasienter/endringer/{self._team}/")
        self.ready.set()
        while not self._over:
            if stream.readline().startswith(b"event: changed"):
                time.sleep(TOGETHER_SECONDS)
                self._fetch()

    def _fetch(self) -> None:
        page = self._ask(f"/pasienter/?team={self._team}").read().decode()
        with self._has_news:
            self._shown = {int(one) for one in re.findall(r'data-patient="(\d+)"', page)}
            self._has_news.notify_all()

    def _ask(self, address: str) -> http.client.HTTPResponse:
        caller = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        caller.request("GET", address, headers={"Cookie": self._cookie})
        answer = caller.getresponse()
        if answer.status != OK:
            raise RuntimeError(f"{address} answered {answer.status}")
        return answer
