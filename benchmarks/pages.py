"""Every page of the demonstration as its secretariat sees it: server time, and how many queries it takes.

Served in this process on the embedded database, without a network. Pages are found as people find them, by
following links from the start page; of the addresses of one page the one with most queries is measured. Then
the named addresses that take no arguments are tried. What is not reached is said.
"""

import logging
import warnings
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html.parser import HTMLParser
from importlib.util import find_spec
from typing import Any
from urllib.parse import urljoin, urlsplit

from benchmarks import Case
from benchmarks.installation import installation

MOST_SECONDS, MOST_QUERIES = 0.060, 25
SEED = 2026
ADDRESSES = 4  # of one page that are looked at
HTML, OK, WRONG_METHOD = "text/html", 200, 405
# What a path may ask for, when only the method is asked about.
ANY = {"int": 1, "slug": "x", "str": "x", "uuid": "00000000-0000-0000-0000-000000000000"}


@dataclass(frozen=True)
class Page:
    name: str
    address: str
    queries: int
    size: int
    is_html: bool


class Links(HTMLParser):
    """The addresses that a page leads to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "hx-get") and value]


def cases() -> list[Case]:
    """One per page; none, with a warning, while there is no demonstration."""
    if find_spec("samspill.demo.public") is None:
        warnings.warn("NOT MEASURED: there is no demonstration to measure the pages of", stacklevel=2)
        return []
    client = secretariat()
    pages = reached(client)
    left = _not_reached(client, {page.name for page in pages})
    if left:
        warnings.warn(f"NOT MEASURED, no link leads there: {', '.join(left)}", stacklevel=2)
    return [_case(client, page) for page in pages]


def _case(client: Any, page: Page) -> Case:
    over = f", MORE THAN {MOST_QUERIES}" if page.queries > MOST_QUERIES else ""
    case: Case = {
        "name": page.name,
        "run": partial(client.get, page.address),
        "baseline": None,
        "work": f"{page.queries} queries{over}, {page.size / 1000:.0f} kB  {page.address}",
    }
    if page.is_html:  # a file to keep is waited for otherwise than a page
        case["most_seconds"] = MOST_SECONDS
    return case


def secretariat() -> Any:
    """A browser signed in as the first account of the demonstration: Østfold's secretariat."""
    world = installation().load_demonstration(SEED, lambda _line: None)
    return browser(world.accounts[0].email)


def browser(email: str) -> Any:
    """A browser in this process that somebody has signed in to."""
    from django.conf import settings
    from django.test import Client

    from samspill.directory.public import Account

    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        warnings.warn("the front end is not built: pages are drawn without fingerprints", stacklevel=3)
        _without_fingerprints()
    client = Client(SERVER_NAME=urlsplit(settings.ORIGIN).hostname)
    account = Account.objects.get(email=email)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _without_fingerprints() -> None:
    from django.conf import settings
    from django.test import override_settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}).enable()


def reached(client: Any, *, first: Sequence[str] = (), within: tuple[str, ...] = ("",)) -> list[Page]:
    """The heaviest of each page's addresses, by name; `first` are looked at before any that is found."""
    pages: dict[str, list[Page]] = defaultdict(list)
    waiting, seen = [*first, "/", *_addresses_without_arguments()], set()
    while waiting:
        address = waiting.pop(0)
        name = _name_of(address)
        if address in seen or not name.startswith(within) or not name or len(pages[name]) >= ADDRESSES:
            continue
        seen.add(address)
        page, links = _visit(client, name, address)
        pages[name] += [page] if page else []
        waiting += links
    heaviest = (max(found, key=lambda page: (page.queries, page.size)) for found in pages.values() if found)
    return sorted(heaviest, key=lambda page: page.name)


def _visit(client: Any, name: str, address: str) -> tuple[Page | None, list[str]]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    if answer.status_code != OK:
        return None, [_inside(address, answer.headers["Location"])] if "Location" in answer.headers else []
    content = b"".join(answer) if answer.streaming else answer.content
    is_html = answer.headers["Content-Type"].startswith(HTML)
    links = Links(content.decode()).found if is_html else []
    page = Page(name, address, len(queries), len(content), is_html)
    return page, [_inside(address, link) for link in links]


def _inside(page: str, link: str) -> str:
    """The address of a link within this site, without its fragment; "" for one that leads away."""
    parts = urlsplit(urljoin(page, link))
    if parts.scheme or parts.netloc:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _name_of(address: str) -> str:
    from django.urls import Resolver404, resolve

    try:
        return resolve(urlsplit(address).path).view_name if address else ""
    except Resolver404:
        return ""


def _named_paths() -> list[tuple[str, dict[str, object]]]:
    """(name, arguments that would do) of every named address."""
    from django.urls import URLPattern, get_resolver

    found: list[tuple[str, dict[str, object]]] = []
    for group in get_resolver().url_patterns:
        for pattern in getattr(group, "url_patterns", []):
            if isinstance(pattern, URLPattern) and pattern.name:
                name = ":".join(filter(None, [group.app_name, pattern.name]))
                converters = pattern.pattern.converters
                found.append((name, {key: ANY[_kind(one)] for key, one in converters.items()}))
    return found


def _kind(converter: object) -> str:
    return type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")


def _addresses_without_arguments() -> list[str]:
    from django.urls import NoReverseMatch, reverse

    found = []
    for name, arguments in _named_paths():
        try:
            found += [] if arguments else [reverse(name)]
        except NoReverseMatch:
            continue  # a pattern of the regular kind, whose arguments are not listed
    return found


def _not_reached(client: Any, reached: set[str]) -> list[str]:
    """Pages nobody was led to. Addresses that only take what is sent to them are no pages."""
    from django.urls import NoReverseMatch, reverse

    logging.getLogger("django.request").setLevel(logging.ERROR)  # it warns of every wrong method
    left = []
    for name, arguments in _named_paths():
        if name in reached:
            continue
        try:
            answer = client.get(reverse(name, kwargs=arguments))
        except NoReverseMatch:
            left.append(name)
            continue
        if answer.status_code != WRONG_METHOD and not answer.headers.get("Location"):
            left.append(name)
    return left
