"""The search page: what is found, how it is shown, and what is not shown to whom."""

import re
from collections.abc import Iterable, Iterator

import pytest
from django.test import Client

from factories.people import actor
from samspill.directory.public import (
    INDEXERS,
    THINGS,
    Account,
    Actor,
    Community,
    Ref,
    Resolved,
    SearchEntry,
    ThingKind,
    add_body,
    put,
    scope,
)
from samspill.directory.word_pairs import both_forms

pytestmark = pytest.mark.django_db

NOTE = "test.note"


@pytest.fixture
def randi() -> Actor:
    return actor("ostfold", "secretariat", name="Randi Høgåsen")


def resolve_notes(ids: Iterable[int], who: Actor) -> dict[int, Resolved]:
    return {one: Resolved(f"Notat {one}", f"/notat/{one}/", "åpent") for one in ids}


@pytest.fixture
def notes() -> Iterator[None]:
    """A kind of thing of an app above: every number exists."""
    THINGS.register(NOTE, ThingKind(NOTE, "Notat", resolve_notes))
    yield
    del THINGS._entries[NOTE]


def note(number: int, who: Actor, **entry: object) -> None:
    with scope(who):
        put(Ref(NOTE, number), community_id=who.community_id or 0, **entry)  # type: ignore[arg-type]


def hits(page: object) -> list[str]:
    return re.findall(r'<h2 class="s-hit"><a href="[^"]*">(.*?)</a>', page.content.decode())  # type: ignore[attr-defined]


def text_of(page: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))  # type: ignore[attr-defined]


def signed_in(who: Actor) -> Client:
    client = Client()
    account = Account.objects.get(pk=who.account_id)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_municipality_is_found_with_the_helsefellesskap_it_is_in(client: Client) -> None:
    page = client.get("/sok/", {"q": "halden"})
    assert hits(page) == ["Halden kommune", "Helsefellesskapet Østfold"]
    halden = re.search(r'href="(/helsefellesskap/ostfold/#part-\d+)"', page.content.decode())
    assert halden
    assert "<mark>Halden</mark>" in page.content.decode()
    assert "2 treff på «halden»" in text_of(page)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("helsefellesskapet i vestfold", "Helsefellesskapet i Vestfold"),
        ("sjukehuset østfold", "Sykehuset Østfold HF"),
        ("983971768", "Sykehuset Østfold HF"),
        ("sunfjord", "Sunnfjord kommune"),
    ],
)
def test_it_is_found_in_the_other_form_by_its_number_and_misspelt(
    client: Client, words: str, found: str
) -> None:
    assert found in hits(client.get("/sok/", {"q": words}))


def test_a_new_body_is_found_at_once(client: Client, randi: Actor) -> None:
    with scope(randi):
        add_body(
            community=Community.objects.get(slug="ostfold"), kind="strategic",
            name="Strategisk samarbeidsutvalg Østfold", short_name="SSU", by=randi,
        )  # fmt: skip
    assert hits(client.get("/sok/", {"q": "SSU"})) == ["Strategisk samarbeidsutvalg Østfold"]


def test_a_hit_says_what_it_is_where_and_how_it_stands(randi: Actor, notes: None) -> None:
    note(1, randi, title="Kveldspatrulje", text="Felles kveldspatrulje fra februar")
    page = signed_in(randi).get("/sok/", {"q": "kveldspatrulje"})
    assert "Notat 1 Notat · Østfold · åpent Felles kveldspatrulje fra februar" in text_of(page)


def test_a_document_cannot_put_tags_on_the_page(randi: Actor, notes: None) -> None:
    note(1, randi, title="Kveld", text="<script>alert(1)</script> kveldspatrulje \x02<b>")
    page = signed_in(randi).get("/sok/", {"q": "kveldspatrulje"}).content.decode()
    assert "<script>alert" not in page
    assert "<mark>kveldspatrulje</mark>" in page


def test_what_is_not_open_is_found_in_its_own_helsefellesskap_only(
    client: Client, randi: Actor, notes: None
) -> None:
    note(1, randi, title="Kveldspatrulje")
    note(2, randi, title="Kveldspatrulje for alle", is_open=True)
    neighbour = signed_in(actor("vestfold", "secretariat"))
    assert set(hits(signed_in(randi).get("/sok/", {"q": "kveldspatrulje"}))) == {"Notat 1", "Notat 2"}
    assert hits(neighbour.get("/sok/", {"q": "kveldspatrulje"})) == ["Notat 2"]
    assert hits(client.get("/sok/", {"q": "kveldspatrulje"})) == ["Notat 2"]


def test_the_kinds_among_the_hits_are_links_that_keep_the_words(
    client: Client, randi: Actor, notes: None
) -> None:
    note(1, randi, title="Halden & Aremark", is_open=True)
    page = client.get("/sok/", {"q": "halden"}).content.decode()
    assert 'href="/sok/?q=halden&amp;slag=test.note"' in page
    only = client.get("/sok/", {"q": "halden", "slag": NOTE})
    assert hits(only) == ["Notat 1"]
    assert re.search(r'slag=test.note" aria-current="true"', only.content.decode())
    assert 'href="/sok/?q=halden"' in only.content.decode()


def test_a_kind_that_is_none_is_all_kinds(client: Client) -> None:
    assert len(hits(client.get("/sok/", {"q": "halden", "slag": "no.such"}))) == 2


def test_more_than_fifty_hits_are_the_fifty_best(randi: Actor, notes: None) -> None:
    for number in range(60):
        note(number + 1, randi, title=f"Samhandling {number}")
    page = signed_in(randi).get("/sok/", {"q": "samhandling"})
    assert len(hits(page)) == 50
    assert "De 50 beste treffene på «samhandling»" in text_of(page)
    assert "Legg til et ord" in text_of(page)


def test_nothing_found_says_what_to_try(client: Client, randi: Actor) -> None:
    page = text_of(client.get("/sok/", {"q": "xyzzyx"}))
    assert "Vi fant ingenting på «xyzzyx»" in page
    assert "Færre ord" in page
    assert "Logg inn, hvis det ikke er åpent for alle." in page
    assert "Logg inn, hvis" not in text_of(signed_in(randi).get("/sok/", {"q": "xyzzyx"}))


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "...",
        "og",
        "\x00",
        "a\x00b",
        "'; DROP TABLE",
        "<b>",
        "\x02a\x03",
        "x" * 5000,
        "& | ! ( )",
        "🙂",
    ],
    ids=ascii,
)
def test_whatever_is_typed_gives_a_page(client: Client, words: str) -> None:
    page = client.get("/sok/", {"q": words})
    assert page.status_code == 200
    heading = re.search(r"<h1>(.*?)</h1>", page.content.decode())
    assert heading
    assert "<" not in heading[1]


def test_frivillig_is_frivillig_in_both_forms() -> None:
    assert both_forms("frivillige") == ("frivillige",)


def test_the_community_entries_are_made_anew_without_doubling(randi: Actor) -> None:
    with scope(randi):
        before = SearchEntry.objects.filter(community_id=randi.community_id).count()
        assert INDEXERS["directory"](randi.community_id or 0) == before == 15
        assert SearchEntry.objects.filter(community_id=randi.community_id).count() == before


def test_nynorsk_words_on_a_nynorsk_page(client: Client) -> None:
    client.cookies["samspill_language"] = "nn"
    assert "Vi fann ingenting på «xyzzyx»" in text_of(client.get("/sok/", {"q": "xyzzyx"}))
