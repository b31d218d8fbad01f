"""Governance at full size, as those who use it see it.

Nineteen communities, ten years, a thousand bodies, twenty thousand decided cases with three points each,
beside the demonstration. The pages of Østfold's secretariat, the heaviest address of each; search; the start
page of a committee member; a notice to sixty people; and two hundred members who open the same meeting in a
real server. The baseline of a page is what it asks the database, asked alone.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from benchmarks import Case
from benchmarks.governance_load import PATIENCE_SECONDS, opened_at_once
from benchmarks.governance_world import CALLED, filled
from benchmarks.installation import installation
from benchmarks.isolation import TODAY
from benchmarks.own_statements import own_statements
from benchmarks.pages import SEED, Page, browser, reached

if TYPE_CHECKING:
    from samspill.config.main import Installation

PAGE_SECONDS, TASKS_SECONDS, SEARCH_SECONDS, NOTICE_SECONDS, OPENED_SECONDS = 0.100, 0.060, 0.150, 1.0, 0.500
RUNS = 7
WITHIN = ("governance:", "web:start", "web:search", "start", "search")
MEMBERS = 200
OVER_SECONDS = (10.0, 0.0)  # within which they all open it
SEARCHES = {
    "a word of every tenth": "kveldspatrulje",
    "a word of many": "kommunene",
    "two words, nynorsk": "sjukeheimslege kommunane",
    "one number of 60,000": "30170001",
    "a misspelt word": "kveldspatrulge",
    "two words, one misspelt": "kveldspatrulje komunene",
    "no word of ours": "legevaktsdistrktsmote",
}


class _Undone(Exception):
    """Takes back what a run wrote, so that the next one meets the same."""


def cases() -> Iterator[Case]:
    """Run in a database of their own; the installation's own is back when the last has run."""
    runtime = installation()
    began = time.perf_counter()
    with filled(runtime, SEED, TODAY):
        yield _taken("laying the world in", time.perf_counter() - began, "19 communities, 10 years", 180.0)
        yield from measures(runtime)


def measures(runtime: "Installation") -> Iterator[Case]:
    """What is measured, in the database the connection has now."""
    from samspill.directory.public import Community

    community = Community.objects.order_by("pk")[0]
    mine = 1_000_000 + 1  # the first body of the first community
    client = browser("anders.furuseth@ostfold.example")
    yield from _pages(client, mine)
    member = browser(f"p{2_000_000 + 1}@bench.example")
    yield _fetched("start page of a deputy chair", member, "/", "with «Mine oppgaver»", TASKS_SECONDS)
    for name, words in SEARCHES.items():
        inside, outside = f"/sok/?q={words}", f"/apent/?sok={words}"
        yield _fetched(f"search, {name}", client, inside, inside, SEARCH_SECONDS)
        yield _fetched(f"open search, {name}", browserless(), outside, outside, SEARCH_SECONDS)
    yield from _notice(community.pk, mine)
    for seconds in OVER_SECONDS:
        yield from _load(runtime, f"/moter/{mine * 100 + 2}/", seconds)


def browserless() -> Any:
    from benchmarks.compare import visitor

    return visitor()


def _taken(name: str, seconds: float, work: str, most: float | None = None) -> Case:
    case: Case = {"name": name, "run": lambda: None, "baseline": None, "work": work, "measured": seconds}
    return case if most is None else {**case, "most_seconds": most}


def _timed(name: str, run: Callable[[], object], work: str, most: float) -> Case:
    return {"name": name, "run": run, "baseline": None, "work": work, "most_seconds": most, "runs": RUNS}


def _fetched(name: str, client: Any, address: str, work: str, most: float) -> Case:
    """A page beside its own statements, asked without it."""
    case = _timed(name, partial(_get, client, address), work, most)
    return {**case, "baseline": own_statements(client, address)}


def _pages(client: Any, body: int) -> Iterator[Case]:
    """The body of sixty seats, its meetings, and cases of every state come before what links find."""
    meeting, first = body * 100, 3_000_000
    heavy = [
        f"/moter/{meeting + 2}/", f"/moter/{meeting + 3}/", f"/moter/{meeting + 1}/", f"/organer/{body}/",
        f"/moter/{meeting + 2}/rom/", f"/moter/{meeting + 3}/referat/", f"/moter/{meeting + 4}/referat/",
        f"/moter/{meeting + 4}/arkiv/", f"/moter/bok/{body}/{TODAY.year}/", f"/moter/{meeting + 2}/flytt/",
        *(f"/saker/{first + place}/" for place in (0, 10, 1_000_030, 1_000_070)),
        f"/saker/{first + 1_000_030}/saksframlegg/", f"/saker/{first + 1_000_030}/behandling/",
        f"/saker/{first + 1_000_030}/forankring/", f"/saker/{first + 1_000_020}/uttalelser/",
        f"/vedtak/{first}/", f"/vedtak/{first}/innforing/", f"/oppfolging/{first * 10 + 1}/",
    ]  # fmt: skip
    found = reached(client, first=heavy, within=WITHIN)
    for page in found:
        yield _page(client, page)


def _page(client: Any, page: Page) -> Case:
    work = f"{page.queries} queries, {page.size / 1000:.0f} kB  {page.address}"
    most = TASKS_SECONDS if page.address == "/" else PAGE_SECONDS
    if page.is_html:
        return _fetched(page.name, client, page.address, work, most)
    case = _timed(page.name, partial(client.get, page.address), work, most)
    del case["most_seconds"]  # a file to keep is waited for otherwise than a page
    return case


def _get(client: Any, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")


def _notice(community: int, body: int) -> Iterator[Case]:
    """A planned meeting of the body, filled; sent, and taken back."""
    from django.db import transaction
    from django.utils import timezone

    from samspill.directory.public import Account, acting_as, scope
    from samspill.governance.public import From, Meeting, fill_agenda, send_notice
    from samspill.worklist.models import Notice

    with transaction.atomic():
        account = Account.objects.get(email="anders.furuseth@ostfold.example")
        by = acting_as(account, today=TODAY, community_id=community)
        with scope(by):
            meeting = Meeting.objects.get(pk=body * 100 + 1)
            fill_agenda(meeting, by=by)
    sent = From("https://samspill.example", "mote@samspill.example", timezone.now())

    def send() -> None:
        with suppress(_Undone), transaction.atomic(), scope(by):
            before = Notice.objects.count()
            send_notice(meeting, by=by, sent=sent)
            if Notice.objects.count() - before != CALLED:
                raise RuntimeError(f"{Notice.objects.count() - before} are told, not {CALLED}")
            raise _Undone

    yield _timed(
        f"notice to {CALLED} people, queued", send, "the act, with its mails in the queue", NOTICE_SECONDS
    )


def _load(runtime: "Installation", address: str, seconds: float) -> Iterator[Case]:
    found = opened_at_once(runtime, address, members=MEMBERS, within_seconds=seconds)
    how = f"within {seconds:.0f} s" if seconds else "in the same instant"
    work = f"{MEMBERS} members {how}, 2 processes, {found.failed} errors"
    name = f"a meeting, opened {how}"
    yield _taken(f"{name}, p50", found.at(0.5), work)
    most = OPENED_SECONDS if seconds else PATIENCE_SECONDS
    yield _taken(f"{name}, p95", found.at(0.95), work, most if found.failed == 0 else 0.0)
