"""The front of what is open: from the front page to a decision with its papers; feeds, calendar and maps."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from factories.bodies import Bodies
from factories.open_world import OpenWorld, open_case, open_world
from factories.people import member
from factories.tried import a_few
from samspill.governance.actions.indexing_open import refresh_open
from samspill.governance.models import OpenEntry
from samspill.governance.states import MeetingState, OpenKind
from samspill.governance.views.open_pages import ON_PAGE

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PAGES = (
    "/apent/",
    "/apent/?sok=kveldspatrulje",
    "/apent/?sok=finnesikke",
    "/apent/kalender/",
    "/apent/folg/",
    "/apent/folg/sendt/",
    "/apent/innsyn/",
    "/apent/innsyn/?hos=ostfold",
    "/apent/data/",
)
LISTS = ("/apent/", "/apent/treff.csv", "/apent/nytt.atom", "/apent/kalender/", "/apent/kalender/moter.ics")
NONSENSE = (
    *("hos=ukjent", "organ=x", "organ=99999999999999999999", "aar=0", "aar=abcd", "kommune=0000"),
    *("tilstand=fin", "slag=hemmelig", "side=-1", "side=abc", "sak=5.5", "sok=%00", "sok=%27%3B--"),
    "sok=%28%29%26%7C",
)


def make_world(bodies: Bodies) -> OpenWorld:
    made = open_world(bodies)
    refresh_open(bodies.community.pk, now=datetime(2026, 11, 20, tzinfo=UTC))
    return made


def text(address: str, **headers: str) -> str:
    return Client().get(address, headers=headers).content.decode()


def test_two_clicks_lead_from_the_front_page_to_a_decision_with_its_papers(world: OpenWorld) -> None:
    """J11."""
    assert 'href="/apent/"' in text("/")
    front = text("/apent/")
    assert f'href="/vedtak/{world.decision.pk}/"' in front
    assert "Kveldspatruljen begynner 1. februar." in front
    assert "I gang" in front
    found = text("/apent/?sok=kveldspatrulje")
    assert f'href="/apent/vedlegg/{world.paper.pk}/"' in found


@a_few("language", ("nb", "nn", "en"), most=1)
@pytest.mark.parametrize("page", PAGES)
def test_every_open_page_is_short_of_questions_and_in_the_language_one_chose(
    world: OpenWorld, page: str, language: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client()
    client.cookies["samspill_language"] = language
    with django_assert_max_num_queries(20):
        said = client.get(page)
    assert (said.status_code, said.headers["Content-Language"]) == (200, language)


def test_results_come_in_pages_with_counts_and_the_filters_are_kept(world: OpenWorld) -> None:
    for number in range(100, 100 + ON_PAGE + 5):
        open_case(world.bodies, world.bodies.ssu, title=f"Legevakt nummer {number}", number=number)
    refresh_open(world.bodies.community.pk, now=datetime(2026, 11, 21, tzinfo=UTC))
    first = text("/apent/?sok=legevakt&slag=case&hos=ostfold")
    assert first.count('class="s-hit"') == ON_PAGE
    assert "25 treff" in first
    assert "sok=legevakt&amp;hos=ostfold&amp;slag=case&amp;side=2" in first
    assert text("/apent/?sok=legevakt&slag=case&side=2").count('class="s-hit"') == 5
    assert text("/apent/?sok=legevakt&slag=case&side=99").count('class="s-hit"') == 5
    assert len(text("/apent/treff.csv?sok=legevakt").strip().splitlines()) == 26


@pytest.mark.parametrize("query", NONSENSE)
def test_an_address_with_nonsense_in_it_is_answered(world: OpenWorld, query: str) -> None:
    for page in LISTS:
        assert Client().get(f"{page}?{query}").status_code == 200


def test_a_spreadsheet_works_nothing_out(world: OpenWorld) -> None:
    open_case(world.bodies, world.bodies.ssu, title="=HYPERLINK(1)", number=50)
    refresh_open(world.bodies.community.pk, now=datetime(2026, 11, 21, tzinfo=UTC))
    assert ";'=HYPERLINK(1);" in text("/apent/treff.csv?slag=case")


def test_the_feed_is_atom_with_ids_that_stay(world: OpenWorld) -> None:
    """RFC 4287: a feed and each entry have one id, title and updated; the feed has an author and a self."""
    feed = ElementTree.fromstring(text("/apent/nytt.atom?sok=kveldspatrulje"))  # noqa: S314  our own feed
    for part in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(part.findall(f"{ATOM}{name}")) == 1
        moment = part.find(f"{ATOM}updated").text
        assert datetime.fromisoformat(moment).tzinfo
    assert feed.find(f"{ATOM}author/{ATOM}name").text == "Samspill"
    assert feed.find(f"{ATOM}link[@rel='self']").get("href").endswith("/apent/nytt.atom?sok=kveldspatrulje")
    ids = {one.find(f"{ATOM}id").text for one in feed.findall(f"{ATOM}entry")}
    assert f"tag:127.0.0.1,2026:decision:{world.decision.pk}" in ids
    OpenEntry.objects.all().delete()
    refresh_open(world.bodies.community.pk, now=datetime(2026, 11, 25, tzinfo=UTC))
    again = ElementTree.fromstring(text("/apent/nytt.atom?sok=kveldspatrulje"))  # noqa: S314  our own feed
    assert {one.find(f"{ATOM}id").text for one in again.findall(f"{ATOM}entry")} == ids
    empty = ElementTree.fromstring(text("/apent/nytt.atom?sok=finnesikke"))  # noqa: S314  our own feed
    assert empty.findall(f"{ATOM}entry") == []


def test_the_calendar_says_that_a_body_meets_and_not_what_about_before_the_notice(world: OpenWorld) -> None:
    called = world.draft
    page, feed = text("/apent/kalender/"), text("/apent/kalender/moter.ics?hos=ostfold")
    assert "Strategisk samarbeidsutvalg for prøver" in page
    title = called.working_title.title
    assert title not in page + feed
    assert called.place not in page
    events = {str(one["UID"]).partition("@")[0]: one for one in Calendar.from_ical(feed).walk("VEVENT")}
    assert str(events[f"governance.meeting:{called.pk}"]["STATUS"]) == "TENTATIVE"
    type(called).objects.filter(pk=called.pk).update(state=MeetingState.CALLED, title=title)
    assert title in text("/apent/kalender/")
    type(called).objects.filter(pk=called.pk).update(
        state=MeetingState.CANCELLED, cancelled_because="Uvær", sequence=1
    )
    assert "CANCELLED" in text("/apent/kalender/moter.ics")
    assert title not in text("/apent/kalender/")


def test_a_paper_is_handed_out_under_one_address_and_only_when_it_is_new(world: OpenWorld) -> None:
    client, address = Client(), f"/apent/vedlegg/{world.paper.pk}/"
    said = client.get(address)
    assert b"".join(said.streaming_content) == b"%PDF-1.7 kart"
    assert "sandbox" in said.headers["Content-Security-Policy"]
    assert client.get(address, headers={"If-None-Match": said.headers["ETag"]}).status_code == 304
    version = world.paper.versions.get()
    assert default_storage.exists(f"papers/{version.sha256[:2]}/{version.sha256}")
    version.scan = "infected"
    version.save(update_fields=["scan"])
    assert client.get(address).status_code == 404


def test_machines_find_everything_that_is_open(world: OpenWorld) -> None:
    robots = text("/robots.txt")
    assert "Sitemap: " in robots
    assert "Disallow: /apent/folg/" in robots
    index = ElementTree.fromstring(text("/sitemap.xml"))  # noqa: S314  our own map
    assert len(index.findall(f"{MAP}sitemap")) == 1
    part = ElementTree.fromstring(text("/sitemap-1.xml"))  # noqa: S314  our own map
    found = {one.text.partition("//")[2].partition("/")[2] for one in part.iter(f"{MAP}loc")}
    assert {f"vedtak/{world.decision.pk}/", f"saker/{world.case.pk}/", "apent/"} <= found
    assert Client().get("/sitemap-99.xml").status_code == 404
    assert '<link rel="canonical" href="http://testserver/apent/">' in text("/apent/")
    assert 'type="application/atom+xml"' in text("/apent/")


def test_a_decision_that_becomes_late_is_told_of_as_late(world: OpenWorld) -> None:
    long_ago = datetime.now(tz=UTC).date() - timedelta(days=400)
    OpenEntry.objects.filter(kind=OpenKind.DECISION).update(due=long_ago)
    assert "Forsinket" in text("/apent/")


def test_how_to_ask_for_access_leads_to_the_secretariat(world: OpenWorld) -> None:
    member("ostfold", "secretariat", email="sekretariat.ostfold@example.no")
    page = text(f"/apent/innsyn/?hos=ostfold&sak={world.case.pk}")
    assert "mailto:sekretariat.ostfold@example.no?subject=" in page
    assert "offentleglova § 13" in page
    assert "mailto:" not in text("/apent/innsyn/?hos=vestfold")
