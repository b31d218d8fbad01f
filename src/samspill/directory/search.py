"""One search index for everything: words in both målformer, parts of words, and the tenant's wall.

PostgreSQL's Norwegian stemmer folds endings but not *sjukehus* to *sykehus*; a small table of word pairs
does that at query time. When nothing has the words, what has their neighbours is shown (`nearest_words`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add, and_, or_

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db import connection
from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.db.models.expressions import Combinable

from samspill.directory.actor import Actor
from samspill.directory.links import resolve
from samspill.directory.models import SearchEntry
from samspill.directory.nearest_words import MOST_WORDS, Near, nearest
from samspill.directory.registries import THINGS, Ref
from samspill.directory.word_pairs import both_forms

CONFIG = "norwegian"
SHOWN = 50
_MISSING = 100
"""Counts more than any place among the neighbours of a word, so the fewest missing come first."""
# The words of a whole installation, some ten thousand, and room for what is typed.
_MOST_STEMS = 200_000
_stems: dict[str, str] = {}


@dataclass(frozen=True)
class Found:
    """One hit, the thing with the number `id`. `snippet` has the matching words between \\x02 and \\x03.

    `community` is "" for what belongs to none.
    """

    kind: str
    label: str
    title: str
    url: str
    state: str
    snippet: str
    community: str
    id: int = 0


@dataclass(frozen=True)
class Searched:
    """The best hits. `instead` holds the words that they have, when none has the words that were typed."""

    hits: list[Found]
    instead: tuple[str, ...] = ()


def put(
    ref: Ref, *, community_id: int, title: str, text: str = "", language: str = "nb", is_open: bool = False
) -> None:
    """Make or renew a thing's entry; call it in the transaction that changed the thing."""
    SearchEntry.objects.update_or_create(
        kind=ref.kind,
        thing_id=ref.id,
        defaults={
            "community_id": community_id,
            "title": title[:500],
            "text": text,
            "language": language,
            "is_open": is_open,
        },
    )


def put_many(entries: Iterable[SearchEntry]) -> None:
    """`put` for many things of one transaction in one statement."""
    SearchEntry.objects.bulk_create(
        entries,
        update_conflicts=True,
        unique_fields=["kind", "thing_id"],
        update_fields=["community_id", "title", "text", "language", "is_open"],
    )


def forget(ref: Ref) -> None:
    SearchEntry.objects.filter(kind=ref.kind, thing_id=ref.id).delete()


def search(words: str, actor: Actor, *, kind: str = "") -> Searched:
    """The best hits for `words`; at most 50. When nothing has them all, those that have their neighbours."""
    typed = words.strip()[:200].split()
    if not typed:
        return Searched([])
    hits = _seen(_by_words(typed, actor, kind), actor)
    return Searched([found for _hit, found in hits]) if hits else _by_neighbours(typed, actor, kind)


def _seen(rows: QuerySet[SearchEntry], actor: Actor) -> list[tuple[SearchEntry, Found]]:
    hits = list(rows[:SHOWN])
    seen = resolve({Ref(hit.kind, hit.thing_id) for hit in hits}, actor)
    return [(hit, _found(hit, seen)) for hit in hits if Ref(hit.kind, hit.thing_id) in seen]


def _found(hit: SearchEntry, seen: dict) -> Found:
    ref = Ref(hit.kind, hit.thing_id)
    thing = seen[ref]
    return Found(
        kind=hit.kind,
        label=str(THINGS[hit.kind].label),
        title=thing.title,
        url=thing.url,
        state=thing.state,
        snippet=getattr(hit, "snippet", ""),
        community="" if THINGS[hit.kind].is_for_all else hit.community.name,
        id=hit.thing_id,
    )


def _scope(actor: Actor, kind: str) -> QuerySet[SearchEntry]:
    rows = SearchEntry.objects.visible_to(actor).select_related("community")
    return rows.filter(kind=kind) if kind else rows


def _by_words(typed: Sequence[str], actor: Actor, kind: str) -> QuerySet[SearchEntry]:
    query = reduce(and_, map(_either_form, typed))
    return _best(_scope(actor, kind).filter(vector=query), query)


def _best(rows: QuerySet[SearchEntry], query: SearchQuery, *first: Combinable) -> QuerySet[SearchEntry]:
    """In order of `first`, then of rank, each with the words around the matches."""
    return rows.annotate(
        rank=SearchRank(F("vector"), query),
        snippet=SearchHeadline(
            "text", query, config=CONFIG, start_sel="\x02", stop_sel="\x03", max_words=28, min_words=12
        ),
    ).order_by(*first, "-rank", "title")


def _either_form(word: str) -> SearchQuery:
    """The word in both målformer."""
    return reduce(or_, (SearchQuery(form, config=CONFIG, search_type="plain") for form in both_forms(word)))


def _by_neighbours(typed: Sequence[str], actor: Actor, kind: str) -> Searched:
    """What has as many as any of the typed words or their neighbours, and at least half of them."""
    groups = list(nearest(typed[:MOST_WORDS], actor).values())
    if sum(map(len, groups)) == 1:
        return Searched([])  # the word alone has been looked for
    every = reduce(or_, (_either_form(near.word) for group in groups for near in group))
    places = [_place(group) for group in groups]
    rows = _scope(actor, kind).filter(vector=every)
    placed = rows.annotate(**{f"place_{number}": place for number, place in enumerate(places)})
    hits = _seen(_best(placed, every, reduce(add, places)), actor)
    had = [[getattr(hit, f"place_{number}") for number in range(len(groups))] for hit, _found in hits]
    fewest = min((places.count(_MISSING) for places in had), default=len(groups))
    if fewest * 2 > len(groups):
        return Searched([])
    kept = [at for at, places in enumerate(had) if places.count(_MISSING) == fewest]
    return Searched([hits[at][1] for at in kept], tuple(_said(groups, [had[at] for at in kept])))


def _place(group: Sequence[Near]) -> Combinable:
    """Which of the group's words a thing has, the nearest first."""
    cases = (When(vector=_either_form(near.word), then=Value(at)) for at, near in enumerate(group))
    return Case(*cases, default=Value(_MISSING), output_field=IntegerField())


def _said(groups: Sequence[Sequence[Near]], had: Sequence[Sequence[int]]) -> Iterator[str]:
    """The words that the hits have, and none that only a hidden thing has."""
    for number, group in enumerate(groups):
        for at in sorted({places[number] for places in had} - {_MISSING}):
            yield group[at].word


def stems(words: Iterable[str]) -> dict[str, str]:
    """Each word and its stem as PostgreSQL's Norwegian stemmer has it; 1 query for words not met before.

    A stem depends on nothing but the word, so this process remembers it.
    """
    wanted = set(words)
    new = [word for word in wanted if word not in _stems]
    if new:
        if len(_stems) + len(new) > _MOST_STEMS:
            _stems.clear()
            new = list(wanted)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT word, (ts_lexize('norwegian_stem', word))[1] FROM unnest(%s::text[]) AS word", [new]
            )
            _stems.update({word: stem or word for word, stem in cursor.fetchall()})
    return {word: _stems[word] for word in wanted}
