"""A real server with the demonstration world and a real Chromium, as a newcomer would have them."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from samspill.config.embedded import Cluster

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
OWN_PLAN = "2026–"  # in the name of the demonstration's own plans, beside those that tests read in
START_SECONDS = 600  # a whole demonstration is made first, on a machine that may be busy
SIGN_INS = 2  # what an open page fetches by itself may be given another token between the two requests
# A page is waited for as long as a busy machine needs; what never comes still fails.
expect.set_options(timeout=20_000)


@dataclass
class Server:
    """The running demonstration: where, and who may sign in."""

    url: str
    home: Path
    accounts: dict[str, dict[str, str]] = field(default_factory=dict)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """`samspill demo` in a home with tables and nothing in them; stopped and thrown away at the end."""
    home = Path(tempfile.mkdtemp(prefix="samspill-test-"))
    _bring_tables(home)
    port = free_port()
    environ = {
        name: value for name, value in os.environ.items() if not name.startswith(("SAMSPILL_", "DATABASE_"))
    }
    environ |= {
        "SAMSPILL_HOME": str(home),
        "SAMSPILL_ORIGIN": f"http://127.0.0.1:{port}",
        "SAMSPILL_DB_POOL": "4",
    }
    log = (home.parent / f"{home.name}.log").open("w+b")
    process = subprocess.Popen(
        [str(Path(sys.executable).with_name("samspill")), "demo", "--port", str(port)],
        env=environ,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        _wait_until_it_answers(f"http://127.0.0.1:{port}/", process, Path(log.name))
        listed = json.loads((home / "demo-accounts.json").read_text("utf-8"))
        yield Server(f"http://127.0.0.1:{port}", home, {row["email"]: row for row in listed})
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        log.close()
        shutil.rmtree(home, ignore_errors=True)


def _bring_tables(home: Path) -> None:
    """Copy the tests' migrated database, where there is one: making the tables anew takes half a minute."""
    given = Path(os.environ["SAMSPILL_HOME"])
    if not (given / "postgres").exists():
        return
    subprocess.run(["cp", "-a", f"{given}/.", str(home)], check=True)
    cluster = Cluster(home)
    cluster.start()
    aside = cluster.connection("owner").to_libpq() | {"dbname": "postgres"}
    with psycopg.connect(**aside, autocommit=True) as database:
        database.execute("DROP DATABASE samspill")
        database.execute("ALTER DATABASE test_samspill RENAME TO samspill")
    cluster.release()


def _wait_until_it_answers(url: str, process: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            pytest.fail(
                f"The demonstration stopped at once:\n{log.read_text('utf-8', errors='replace')[-3000:]}"
            )
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310  our own address
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"No answer in {START_SECONDS} s:\n{log.read_text('utf-8', errors='replace')[-3000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = os.environ.get("SAMSPILL_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        pytest.fail("The browser tests need Chromium: run `make test`, which finds or installs it.")
    with sync_playwright() as playwright:
        flags = [*CHROMIUM_FLAGS, *os.environ.get("SAMSPILL_CHROMIUM_FLAGS", "").split()]
        running = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield running
        running.close()


@contextmanager
def visit(browser: Browser, server: Server) -> Iterator[tuple[Page, list[str]]]:
    """A fresh visitor's page at 1280 px, and what the browser complains of there (CSP, script error)."""
    context = browser.new_context(
        base_url=server.url, viewport={"width": 1280, "height": 900}, locale="nb-NO"
    )
    complaints: list[str] = []
    shown = context.new_page()

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    shown.on("console", listen)
    shown.on("pageerror", lambda error: complaints.append(str(error)))
    yield shown, complaints
    context.close()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A fresh visitor. A complaint fails the test that caused it."""
    with visit(browser, server) as (shown, complaints):
        yield shown
    assert complaints == []


@pytest.fixture(scope="module")
def _looking_around(browser: Browser, server: Server) -> Iterator[tuple[Page, list[str]]]:
    with visit(browser, server) as (shown, complaints):
        yield shown, complaints
    assert complaints == []


@pytest.fixture
def onlooker(_looking_around: tuple[Page, list[str]]) -> Iterator[Page]:
    """A visitor who goes from page to page, signs in nowhere and writes nothing.

    A browser that has drawn a page draws the next with a fifth less work. A complaint fails the test it came
    in, or the one after.
    """
    shown, complaints = _looking_around
    yield shown
    found = complaints.copy()
    complaints.clear()
    assert found == []


def let_in(page: Page, server: Server, email: str) -> None:
    """Sign in as one of the demonstration's people, in a session of its own, and stand nowhere yet.

    The form is sent as the browser sends it, without drawing it and the page it leads to. How it is filled in
    is tried in `test_signing_in_and_out`.
    """
    for _ in range(SIGN_INS):
        if _sent(page, email, server.accounts[email]["password"]) == HTTPStatus.SEE_OTHER:
            return
    pytest.fail(f"{email} could not sign in.")


def _sent(page: Page, email: str, password: str) -> int:
    """The status the form was answered with."""
    visitor = page.context.request
    visitor.get("/logg-inn/").dispose()
    token = next(one["value"] for one in page.context.cookies() if one["name"] == "csrftoken")
    form = {"email": email, "password": password, "csrfmiddlewaretoken": token}
    answer = visitor.post("/logg-inn/", form=form, max_redirects=0)
    answer.dispose()
    return answer.status


def sign_in(page: Page, server: Server, email: str) -> None:
    """Sign in as one of the demonstration's people, and stand on the start page."""
    let_in(page, server, email)
    page.goto("/")


def secretariat_of(server: Server, community: str) -> str:
    """The e-mail address of a community's secretariat in the demonstration."""
    for email, row in server.accounts.items():
        said = " ".join([email, *map(str, row.values())]).casefold()
        if "sekretariat" in said and community.casefold() in said:
            return email
    pytest.fail(f"The demonstration has no secretariat of {community}.")
