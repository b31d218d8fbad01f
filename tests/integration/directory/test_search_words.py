"""A misspelt word finds its neighbours, and none that only stands in what the reader may not see."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client

from factories.people import actor
from samspill.directory.models import OpenSearchWord, SearchWord
from samspill.directory.public import (
    THINGS,
    Account,
    Actor,
    Ref,
    Resolved,
    SearchEntry,
    ThingKind,
    forget,
    put,
    renew_words,
    scope,
)
from samspill.directory.search import put_many
from samspill.worklist.jobs_words import renew_words as nightly

pytestmark = pytest.mark.django_db

NOTE = "test.note"
HIDDEN = 900
"""Notes from this number on are kept from everybody, as a closed case is."""


@pytest.fixture
def randi() -> Actor:
    return actor("ostfold", "secretariat", name="Randi Høgåsen")


@pytest.fixture(autouse=True)
def notes() -> Iterator[None]:
    def resolve(ids: Iterable[int], _who: Actor) -> dict[int, Resolved]:
        return {one: Resolved(f"Notat {one}", f"/notat/{one}/", "") for one in ids if one < HIDDEN}

    THINGS.register(NOTE, ThingKind(NOTE, "Notat", resolve))
    yield
    del THINGS._entries[NOTE]


def note(number: int, who: Actor, title: str, **more: object) -> None:
    with scope(who):
        put(Ref(NOTE, number), community_id=who.community_id or 0, title=title, **more)  # type: ignore[arg-type]


def page_of(words: str, who: Actor | None = None, kind: str = "") -> tuple[str, list[str]]:
    """The heading, and the titles of the hits."""
    client = Client()
    if who:
        account = Account.objects.get(pk=who.account_id)
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/sok/", {"q": words, "slag": kind}).content.decode()
    heading = re.search(r"<h1>(.*?)</h1>", page)
    assert heading
    return heading[1], re.findall(r'<h2 class="s-hit"><a href="[^"]*">(.*?)</a>', page)


def own_words(who: Actor) -> set[str]:
    with scope(who):
        return set(SearchWord.objects.visible_to(who).values_list("word", flat=True))


def open_words() -> set[str]:
    return set(OpenSearchWord.objects.values_list("word", flat=True))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kveldspatrulge", "kveldspatruljen"),
        ("kvedspatruljen", "kveldspatruljen"),
        ("patrulje", "kveldspatruljen"),
        ("kveldspatr", "kveldspatruljen"),
        ("skropelige", "skrøpelige"),
        ("SKROPELIGE", "skrøpelige"),
        ("sjukeheimslegge", "sykehjemslege"),
    ],
)
def test_a_misspelt_word_a_part_and_plain_letters_find_the_word(randi: Actor, typed: str, meant: str) -> None:
    note(1, randi, "Kveldspatruljen for skrøpelige eldre, med en sykehjemslege")
    assert page_of(typed, randi) == (f"Ett treff på «{meant}»", ["Notat 1"])


def test_the_page_says_that_nothing_has_the_word_itself(randi: Actor) -> None:
    note(1, randi, "Kveldspatruljen")
    client = Client()
    client.force_login(Account.objects.get(pk=randi.account_id))
    page = client.get("/sok/", {"q": "kveldspatrulge"}).content.decode()
    assert "Vi fant ingenting på «kveldspatrulge», så dette er det som ligner mest." in page
    assert "ligner mest" not in client.get("/sok/", {"q": "kveldspatruljen"}).content.decode()


def test_a_word_that_something_has_is_not_mended(randi: Actor) -> None:
    note(1, randi, "Kveldspatrulje")
    note(2, randi, "Kveldspatrulge")
    assert page_of("kveldspatrulge", randi) == ("Ett treff på «kveldspatrulge»", ["Notat 2"])


def test_one_of_two_words_may_be_misspelt(randi: Actor) -> None:
    note(1, randi, "Kveldspatrulje på sykehjemmet")
    note(2, randi, "Kveldspatrulje")
    heading, hits = page_of("kveldspatrulje sykehjemet", randi)
    assert (heading, hits) == ("Ett treff på «kveldspatrulje», «sykehjemmet»", ["Notat 1"])


def test_words_that_nothing_has_together_show_what_has_most_of_them(randi: Actor) -> None:
    note(1, randi, "Kveldspatrulje")
    note(2, randi, "Ambulanse til fjells")
    note(3, randi, "Ambulanse")
    assert page_of("ambulanse kveldspatrulje fjells", randi) == (
        "Ett treff på «ambulanse», «fjells»",
        ["Notat 2"],
    )


def test_less_than_half_of_the_words_is_nothing(randi: Actor) -> None:
    note(1, randi, "Kveldspatrulje")
    assert page_of("kveldspatrulje qqxxw zzwwq", randi)[1] == []


def test_the_nearest_word_comes_first(randi: Actor) -> None:
    note(1, randi, "Kveldspatrulje")
    note(2, randi, "Kveldspatruljeleder")
    assert page_of("kveldspatrulge", randi)[1][0] == "Notat 1"


def test_a_kind_without_hits_stays_without(randi: Actor) -> None:
    note(1, randi, "Kveldspatrulje")
    assert page_of("kveldspatrulge", randi, kind="directory.body")[1] == []
    assert page_of("kveldspatrulge", randi, kind=NOTE)[1] == ["Notat 1"]


def test_the_words_of_another_helsefellesskap_are_not_said(randi: Actor) -> None:
    note(1, randi, "Ordføreravtalen")
    neighbour = actor("vestfold", "secretariat")
    assert page_of("ordforeravtale", randi)[1] == ["Notat 1"]
    for who in (neighbour, None):
        heading, hits = page_of("ordforeravtale", who)
        assert "ordføreravtalen" not in heading.lower()
        assert hits == []
    assert "ordføreravtalen" in own_words(randi)
    assert "ordføreravtalen" not in own_words(neighbour) | open_words()


@pytest.mark.parametrize("is_open", [False, True])
def test_the_words_of_a_hidden_thing_are_not_said(randi: Actor, is_open: bool) -> None:
    note(HIDDEN, randi, "Varslingssaken", is_open=is_open)
    assert page_of("varslingsaken", randi) == ("Vi fant ingenting på «varslingsaken»", [])
    note(1, randi, "Varslingsplakaten")
    heading, hits = page_of("varslingssaken", randi)
    assert hits in ([], ["Notat 1"])
    assert "«varslingssaken»" not in heading or not hits


def test_what_is_opened_and_closed_again_is_found_by_those_who_may(randi: Actor) -> None:
    note(1, randi, "Beredskapsrommet")
    note(1, randi, "Beredskapsrommet", is_open=True)
    assert page_of("beredskapsromet")[1] == ["Notat 1"]
    note(1, randi, "Beredskapsrommet")
    assert page_of("beredskapsromet")[1] == []
    assert page_of("beredskapsromet", randi)[1] == ["Notat 1"]
    renew_words(today=date(2026, 11, 1))
    assert "beredskapsrommet" not in open_words()
    assert page_of("beredskapsromet", randi)[1] == ["Notat 1"]


def test_many_entries_at_once_leave_their_words_once(randi: Actor) -> None:
    with scope(randi):
        put_many(
            SearchEntry(kind=NOTE, thing_id=one, community_id=randi.community_id, title="Vikarpoolen i øst")
            for one in range(1, 4)
        )
        found = SearchWord.objects.filter(word="vikarpoolen")
        assert [(one.word, one.plain) for one in found] == [("vikarpoolen", "vikarpoolen")]
        assert SearchWord.objects.get(word="øst").plain == "ost"


def test_the_night_forgets_words_that_no_title_has(randi: Actor) -> None:
    note(1, randi, "Kari Nordlie Bruvik")
    note(2, randi, "Kveldsåpent Bruvik", is_open=True)
    note(2, randi, "Stengt", is_open=True)
    with scope(randi):
        forget(Ref(NOTE, 1))
        OpenSearchWord.objects.create(word="stengt", plain="stengt")  # two wrote it at the same moment
    nightly(int(datetime(2026, 11, 1, 3, 20, tzinfo=UTC).timestamp()))
    assert {"nordlie", "bruvik"} & own_words(randi) == set()
    assert "kveldsåpent" not in open_words()
    assert OpenSearchWord.objects.filter(word="stengt").count() == 1


def test_the_night_finds_the_words_anew(randi: Actor) -> None:
    note(1, randi, "Kveldspatrulje")
    before = own_words(randi), open_words()
    with scope(randi):
        SearchWord.objects.all().delete()
        OpenSearchWord.objects.all().delete()
    renew_words(today=date(2026, 11, 1))
    assert (own_words(randi), open_words()) == before
    assert "kveldspatrulje" in before[0]
    assert "halden" in before[1]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Øyeblikkelig hjelp (ØHD) 2026", {"øyeblikkelig", "hjelp", "øhd"}),
        ("e-helse, e-helse og IKT", {"helse", "ikt"}),
        ("12/26", set()),
        ("x" * 61, set()),
    ],
)
def test_words_are_letters_three_to_sixty_of_them(title: str, words: set[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM search_words(%s)", [title])
        assert {word for (word,) in cursor.fetchall()} - {"og"} == words


def test_a_search_that_finds_neighbours_takes_few_queries(
    randi: Actor, django_assert_max_num_queries: Callable
) -> None:
    for number in range(1, 30):
        note(number, randi, f"Kveldspatrulje {number}")
    client = Client()
    client.force_login(Account.objects.get(pk=randi.account_id))
    client.get("/sok/", {"q": "kveldspatrulge"})
    with django_assert_max_num_queries(25):
        assert client.get("/sok/", {"q": "kveldspatrulge"}).status_code == 200
