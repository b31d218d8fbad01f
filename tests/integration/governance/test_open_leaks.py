"""Nobody outside learns more of what is closed than its public title: every address, and the database."""

import html
import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone
from psycopg import sql

from factories.bodies import Bodies, make_bodies
from factories.open_world import MARKERS, PUBLIC_TITLE, OpenWorld, open_world
from factories.people import TODAY, member
from samspill.directory.public import Account, nobody, scope
from samspill.governance.actions.indexing_open import refresh_open

BACKEND = "django.contrib.auth.backends.ModelBackend"
MOST = 600
LINK = re.compile(r'(?:href|action|src)="([^"#]+)|<loc>([^<]+)</loc>|"(https?://[^"]+|/[a-z][^"\s]*)"')
ELSEWHERE = ("/static/", "/planer/", "/tall/", "/kommuner/", "/logg-inn/", "/logg-ut/", "/prosjekter/")
STARTS = ("/apent/", "/api/v1/", "/sitemap.xml", "/", "/sok/?q=kveldspatrulje")
FOLLOWED = ("text/html", "json", "xml")
# Of a closed thing and of one that has never been, each address answers the same.
ADDRESSES = (
    ("/saker/{}/", "case"),
    ("/vedtak/{}/", "decision"),
    ("/apent/vedlegg/{}/", "paper"),
    ("/apent/vedlegg/{}/", "paper beside"),
    ("/apent/vedlegg/{}/", "paper waiting"),
    ("/api/v1/cases/{}/", "case"),
    ("/api/v1/cases/{}/", "unreleased"),
    ("/api/v1/decisions/{}/", "decision"),
    ("/api/v1/papers/{}/", "paper"),
    ("/horinger/{}/", "hearing"),
    ("/horinger/{}/svar.pdf", "hearing"),
    ("/horinger/{}/svar.docx", "hearing"),
    ("/api/v1/consultations/{}/", "hearing"),
    ("/apent/folg/?sak={}", "case"),
    ("/apent/innsyn/?sak={}", "case"),
    ("/apent/?sak={}", "case"),
    ("/apent/nytt.atom?sak={}", "case"),
    ("/api/v1/points/?decision={}", "decision"),
    ("/api/v1/papers/?case={}", "case"),
    ("/api/v1/decisions/?case={}", "case"),
)
NEVER = 987_654_321


def make_world(bodies: Bodies) -> OpenWorld:
    made = open_world(bodies)
    refresh_open(bodies.community.pk, now=timezone.now())
    return made


@pytest.fixture(params=["visitor", pytest.param("member of another helsefellesskap", marks=pytest.mark.slow)])
def outside(request: pytest.FixtureRequest, world: OpenWorld) -> Client:
    client = Client()
    if request.param != "visitor":
        account = member("vestfold", "secretariat", email="nabo@example.no")
        client.force_login(Account.objects.get(pk=account.pk), backend=BACKEND)
    return client


def without_arguments(resolver: URLResolver) -> Iterator[str]:
    """Addresses of the shell and of governance that need no number."""
    for part in resolver.url_patterns:
        for pattern in part.url_patterns if part.namespace in {"web", "governance"} else ():
            if not pattern.pattern.regex.groups:
                yield reverse(f"{part.namespace}:{pattern.name}")


def links_in(text: str, base: str) -> Iterator[str]:
    for found in LINK.findall(text):
        address = urlsplit(urljoin(base, html.unescape(next(filter(None, found)))))
        path = address.path + (f"?{address.query}" if address.query else "")
        if address.scheme in {"", "http", "https"} and not path.startswith(ELSEWHERE):
            yield path


def whole(answer: object) -> str:
    """The body and the headers of an answer, as text."""
    streamed = getattr(answer, "streaming", False)
    body = b"".join(answer.streaming_content) if streamed else answer.content  # type: ignore[attr-defined]
    return body.decode("utf-8", "replace") + str(dict(answer.headers))  # type: ignore[attr-defined]


def walked(client: Client) -> dict[str, str]:
    """Every address that can be reached, with what it says."""
    waiting, said = [*STARTS, *without_arguments(get_resolver())], {}
    while waiting and len(said) < MOST:
        address = waiting.pop(0)
        if address in said or address.startswith(("/logg-ut", "/lenke")):
            continue
        answer = client.get(address)
        assert answer.status_code < 500, address
        said[address] = whole(answer)
        if any(kind in answer.headers["Content-Type"] for kind in FOLLOWED):
            waiting += [one for one in links_in(said[address], address) if one not in said]
    return said


def test_no_open_address_tells_of_what_is_closed(outside: Client, world: OpenWorld) -> None:
    """Invariants 19 and 20: what is released is reached by links; what is closed has no word anywhere."""
    said = walked(outside)
    assert len(said) < MOST, "the walk did not come to its end"
    assert [(address, word) for address, text in said.items() for word in MARKERS if word in text] == []
    everything = " ".join(said.values())
    opened = (
        ("saker", world.case),
        ("vedtak", world.decision),
        ("vedlegg", world.paper),
        ("horinger", world.hearing),
    )
    assert [path for path, one in opened if f"/{path}/{one.pk}/" not in everything] == []
    closed = (
        ("saker", "case"),
        ("saker", "unreleased"),
        ("vedtak", "decision"),
        ("vedlegg", "paper"),
        ("horinger", "hearing"),
    )
    assert [kind for path, kind in closed if f"/{path}/{world.closed[kind]}/" in everything] == []
    assert PUBLIC_TITLE in everything, "no state is silent"


@pytest.mark.parametrize("word", MARKERS)
def test_searching_for_a_closed_word_is_as_searching_for_one_that_is_nowhere(
    outside: Client, world: OpenWorld, word: str
) -> None:
    nowhere = "Kråkebollemerke"
    for address in ("/apent/?sok={}", "/apent/treff.csv?sok={}", "/apent/nytt.atom?sok={}", "/sok/?q={}"):
        here, there = (comparable(outside.get(address.format(one)), one) for one in (word, nowhere))
        assert here == there, address


@pytest.mark.parametrize(("address", "kind"), ADDRESSES)
def test_a_closed_thing_answers_as_one_that_has_never_been(
    outside: Client, world: OpenWorld, address: str, kind: str
) -> None:
    closed, never = world.closed[kind], NEVER
    here, there = (outside.get(address.format(one)) for one in (closed, never))
    assert here.status_code == there.status_code
    assert comparable(here, str(closed)) == comparable(there, str(never))


def comparable(answer: object, word: str) -> str:
    """What is said, without the word one asked with and what is new on every page."""
    text = re.sub(r'csrfmiddlewaretoken" value="\w+"|X-CSRFToken[^}]*}|csrftoken=\w+', "", whole(answer))
    for one in (f"/{word}/", f"={word}") if word.isdecimal() else (word, word.lower()):
        text = text.replace(one, "…")
    text = re.sub(r"%[0-9A-F]{2}", "", re.sub(r"(?:sok|q)=[^\s\"&<']+", "sok=…", text))
    return re.sub(r"'(?:ETag|Content-Length|Set-Cookie|Expires)': '[^']*'", "", text)


def rows_of(table: str) -> str:
    """All that the connection may read of a table, as text."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT to_jsonb(t)::text FROM {} t").format(sql.Identifier(table)))
        return " ".join(text for (text,) in cursor.fetchall())


def test_the_database_says_nothing_of_what_is_closed_to_one_without_a_community(world: OpenWorld) -> None:
    """Not even a page that forgets to ask can tell of it: every table of governance, history too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE tablename LIKE 'governance_%'")
        tables = [name for (name,) in cursor.fetchall()]
    assert len(tables) > 60
    with scope(nobody(TODAY)):
        leaks = [(table, word) for table in tables for word in MARKERS if word in rows_of(table)]
    assert leaks == []


def test_another_helsefellesskap_reads_no_more_in_the_database_than_a_visitor(world: OpenWorld) -> None:
    other = make_bodies("vestfold")
    with scope(other.by):
        for table in ("case", "casebrief", "casetext", "paper", "privatenote", "decision", "minutesversion"):
            text = rows_of(f"governance_{table}")
            assert not [word for word in MARKERS if word in text], table
