"""Invariant 29: every page, form, refusal and mail of governance is in the målform it is read in.

Somebody opens every page of the demonstration in both; in nynorsk, which is not what Samspill falls back to,
they also send each form they meet, first empty and then filled in. What each answers with, and the mails it
makes, are read the same way, and all is taken back again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from factories.people import TODAY
from integration.demo import addresses_governance as governance
from integration.demo.test_every_page import BACKEND, SECRETARIAT, address
from integration.demo.tongues import OTHER, Page, slips, strange, words_of
from samspill.demo.public import Demonstration
from samspill.directory.public import Account, Actor, Community, machine, scope
from samspill.worklist.actions.chase import remind
from samspill.worklist.models import Notice

pytestmark = pytest.mark.django_db
OTHERS = (
    "Kommunedirektør i Halden, Østfold",
    "Observatør for brukerne i strategisk samarbeidsutvalg, Østfold",
)
ALSO_THEIRS = (
    "meeting",
    "case",
    "minutes",
    "statements",
    "anchoring",
    "follow-up",
    "carrying",
    "meeting-list",
)
"""Pages on which others than the secretariat meet other texts and forms."""
LATER = (0, 7)
"""Days from today on which reminders are made, so that something is due, late and soon."""
KINDS = {"meeting", "minutes", "anchor", "statement", "governance.chase", "governance.round"}
"""Some of the mails that leave on the way, so that a test which meets none does not pass."""
MOST_DEEP = 3
MANY = 80
"""Forms that are sent at least, empty and filled in."""


class Reader:
    """Reads on as one person; `found` is place -> the texts there that are in another language."""

    def __init__(self, form: str, stored: str, *, sends: bool) -> None:
        self.form, self.stored, self.sends = form, stored, sends
        self.sent: set[tuple[str, bool]] = set()
        self.mails: set[str] = set()
        self.found: dict[str, list[str]] = {}
        self.client = Client()
        with in_ostfold():
            self.newest = Notice.objects.latest("pk").pk

    def be(self, world: Demonstration, role: str) -> None:
        person = next(one for one in world.accounts if one.role == role)
        self.client = Client(raise_request_exception=False)
        self.client.cookies["samspill_language"] = self.form
        self.client.force_login(Account.objects.get(email=person.email), backend=BACKEND)

    def read(self, place: str, texts: set[str]) -> None:
        new = [
            text for text, run in slips(texts, self.form) if f" {' '.join(words_of(run))} " not in self.stored
        ]
        if new:
            self.found[f"{self.form}: {place}"] = new

    def open(self, place: str, path: str) -> None:
        self._look(place, path, self.client.get(path), 1)

    def _look(self, place: str, path: str, answer: HttpResponse, deep: int) -> None:
        assert answer.status_code < 500, place
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            return
        page = Page.read(answer.content.decode())
        self.read(place, page.texts)
        if not self.sends or deep > MOST_DEEP:
            return
        for action, form in page.forms.items():
            for is_filled in (False, True)[form.hidden == form.filled :]:
                fields = form.filled if is_filled else form.hidden
                self._send((action or path).split("#")[0], fields, is_filled, deep)

    def _send(self, path: str, fields: dict[str, str], is_filled: bool, deep: int) -> None:
        try:
            name = resolve(path.split("?")[0]).view_name
        except Resolver404:
            return
        if not name.startswith("governance:") or (name, is_filled) in self.sent:
            return
        self.sent.add((name, is_filled))
        before = transaction.savepoint()
        answer = self.client.post(path, fields, follow=True)
        self.open_letters(name)
        self._look(f"POST {name}", answer.request["PATH_INFO"], answer, deep + 1)
        transaction.savepoint_rollback(before)

    def open_letters(self, why: str) -> None:
        """What somebody was told since the test began, each in the written form all have here."""
        with in_ostfold():
            for one in Notice.objects.filter(pk__gt=self.newest):
                self.mails.add(one.key.split(":")[0])
                self.read(f"mail {one.key.split(':')[0]} ({why})", {one.title, *one.text.splitlines()})


@contextmanager
def in_ostfold(day: date = TODAY) -> Iterator[Actor]:
    here = machine(Community.objects.get(slug="ostfold").pk, day)
    with scope(here):
        yield here


def stored_words() -> str:
    """All that people have written in Østfold: it carries its own language."""
    tables = [
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.app_label in {"directory", "governance", "plans"}
        and not hasattr(model, "pgh_tracked_model")
    ]
    with in_ostfold(), connection.cursor() as cursor:
        found = []
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} t")  # noqa: S608  our own table names
            found += [row for (row,) in cursor.fetchall()]
    return f" {' '.join(words_of(chr(10).join(found)))} "


@pytest.mark.slow
@pytest.mark.parametrize("form", OTHER)
def test_every_page_form_and_mail_is_in_the_written_form_it_is_read_in(
    world: Demonstration, form: str
) -> None:
    Account.objects.update(written_form=form)
    reader = Reader(form, stored_words(), sends=form == "nn")
    reader.be(world, SECRETARIAT)
    for route, arguments in governance.PAGES.items():
        reader.open(route, address(route, arguments))
    for role in OTHERS:
        reader.be(world, role)
        for name in ALSO_THEIRS:
            route = f"governance:{name}"
            reader.open(f"{route} ({role})", address(route, governance.PAGES[route]))
    for days in LATER if reader.sends else ():
        with in_ostfold(TODAY + timedelta(days=days)) as by:
            remind(by=by)
        reader.open_letters(f"reminders after {days} days")
    assert reader.found == {}
    if reader.sends:
        assert reader.mails >= KINDS
        assert len(reader.sent) > MANY


def test_a_text_in_another_language_is_noticed() -> None:
    assert strange("Ett punkt per linje: hvem gjør hva innen når.", "nn")
    assert strange("Eitt punkt per linje: kven gjer kva innan når.", "nb")
    assert strange("Send the notice", "nb")
    assert not strange("Send innkalling", "nb")
    page = Page.read(
        '<html lang="nn"><p>Kven</p><p lang="nb">Hvem</p><form method="post" action="/a/"></form>'
    )
    assert (page.texts, list(page.forms)) == ({"Kven"}, ["/a/"])
