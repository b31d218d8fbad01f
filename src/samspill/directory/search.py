"""One search index for everything: words in both målformer, parts of words, and the tenant's wall.

PostgreSQL's Norwegian stemmer folds endings but not *sjukehus* to *sykehus*; a small table of word pairs
does that at query time. Misspelt titles are found by trigrams when no word matches.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank, TrigramWordSimilarity
from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.functions import Upper

from samspill.directory.actor import Actor
from samspill.directory.links import Ref, resolve
from samspill.directory.models import SearchEntry
from samspill.directory.registries import THINGS
from samspill.directory.word_pairs import both_forms

CONFIG = "norwegian"
LIKENESS = 0.45
SHOWN = 50
# The words of a whole installation, some ten thousand, and room for what is typed.
_MOST_STEMS = 200_000
_stems: dict[str, str] = {}


@dataclass(frozen=True)
class Found:
    """One hit, the thing with the number `id`. `snippet` has the matching words between \\x02 and \\x03."""

    kind: str
    label: str
    title: str
    url: str
    state: str
    snippet: str
    community: str
    id: int = 0


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


def search(words: str, actor: Actor, *, kind: str = "") -> list[Found]:
    """The best hits for `words`, those of the actor's own community first among equals; at most 50."""
    words = words.strip()[:200]
    if not words:
        return []
    hits = list(_by_words(words, actor, kind)[:SHOWN]) or list(_by_likeness(words, actor, kind)[:SHOWN])
    seen = resolve({Ref(hit.kind, hit.thing_id) for hit in hits}, actor)
    return [_found(hit, seen) for hit in hits if Ref(hit.kind, hit.thing_id) in seen]


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
        community=hit.community.name,
        id=hit.thing_id,
    )


def _scope(actor: Actor, kind: str) -> QuerySet[SearchEntry]:
    rows = SearchEntry.objects.visible_to(actor).select_related("community")
    return rows.filter(kind=kind) if kind else rows


def _by_words(words: str, actor: Actor, kind: str) -> QuerySet[SearchEntry]:
    query = _query(words)
    return (
        _scope(actor, kind)
        .filter(vector=query)
        .annotate(
            rank=SearchRank(F("vector"), query),
            snippet=SearchHeadline(
                "text", query, config=CONFIG, start_sel="\x02", stop_sel="\x03", max_words=28, min_words=12
            ),
        )
        .order_by("-rank", "title")
    )


def _query(words: str) -> SearchQuery:
    combined: SearchQuery | None = None
    for word in words.split():
        either: SearchQuery | None = None
        for form in both_forms(word):
            one = SearchQuery(form, config=CONFIG, search_type="plain")
            either = one if either is None else either | one
        combined = either if combined is None else combined & either  # type: ignore[operator]
    assert combined is not None  # noqa: S101  words is never empty here
    return combined


def _by_likeness(words: str, actor: Actor, kind: str) -> QuerySet[SearchEntry]:
    likeness = TrigramWordSimilarity(words.upper(), Upper("title"))
    return _scope(actor, kind).annotate(rank=likeness).filter(rank__gte=LIKENESS).order_by("-rank", "title")


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
