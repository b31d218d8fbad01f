"""«Hva ble bestemt?»: what is open, found by words in both målformer and by what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import Count, F, Q, QuerySet

from samspill.directory.public import spellings
from samspill.governance.models import OpenEntry
from samspill.governance.states import CarriedOut, OpenKind

CONFIG = "norwegian"
MOST_WORDS = 8
RANKED = 1000
"""So many of the newest hits are weighed against each other; a word that half of all has says little."""
ON_PAGE = 20
NEWEST, BEST = "nyeste", "beste"


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. Empty values ask for nothing in particular."""

    words: str = ""
    community_id: int | None = None
    body_id: int | None = None
    case_id: int | None = None
    year: int | None = None
    kind: str = ""
    party_id: int | None = None
    carried: str = ""
    sort: str = NEWEST

    @property
    def is_empty(self) -> bool:
        return self == Wanted(sort=self.sort)


@dataclass(frozen=True)
class Answer:
    """Hits of one page; `counts` are of every kind, as if no kind was chosen."""

    hits: list[OpenEntry]
    total: int
    counts: Mapping[str, int] = field(default_factory=dict)


def search_open(wanted: Wanted, day: date, *, offset: int = 0, limit: int = ON_PAGE) -> Answer:
    """What matches, from place `offset`. 3 queries."""
    everything = matching(replace(wanted, kind=""), day)
    counts = dict(everything.order_by().values_list("kind").annotate(Count("pk")))
    total = counts.get(wanted.kind, 0) if wanted.kind else sum(counts.values())
    rows = ordered(matching(wanted, day), wanted) if total else OpenEntry.objects.none()
    # Excerpts are slow to make, and a database makes them for the pages before this one as well.
    place = {pk: at for at, pk in enumerate(rows.values_list("pk", flat=True)[offset : offset + limit])}
    shown = with_snippets(OpenEntry.objects.filter(pk__in=place), wanted)
    hits = shown.select_related("community", "body").defer("vector", "text")
    return Answer(sorted(hits, key=lambda one: place[one.pk]), total, counts)


def matching(wanted: Wanted, day: date) -> QuerySet[OpenEntry]:
    """Open things that fit, in no order. `day` decides what is late."""
    rows = OpenEntry.objects.filter(OpenEntry.open_rows())
    equal = {
        "community_id": wanted.community_id,
        "body_id": wanted.body_id,
        "case_id": wanted.case_id,
        "day__year": wanted.year,
        "kind": wanted.kind,
    }
    rows = rows.filter(**{name: value for name, value in equal.items() if value})
    if wanted.party_id:
        rows = rows.filter(parties__contains=[wanted.party_id])
    if wanted.carried:
        rows = rows.filter(_carried(wanted.carried, day))
    query = words_query(wanted.words)
    return rows.filter(vector=query) if query is not None else rows


def _carried(carried: str, day: date) -> Q:
    late = Q(due__lt=day)
    if carried == CarriedOut.LATE:
        return late
    return (
        Q(carried=carried) & ~late
        if carried in {CarriedOut.NOT_BEGUN, CarriedOut.UNDER_WAY}
        else Q(carried=carried)
    )


def words_query(words: str) -> SearchQuery | None:
    """Every word in either målform; None when nothing was written."""
    combined: SearchQuery | None = None
    for word in words.split()[:MOST_WORDS]:
        either: SearchQuery | None = None
        for form in sorted(spellings(word)):
            one = SearchQuery(form, config=CONFIG, search_type="plain")
            either = one if either is None else either | one
        combined = either if combined is None else combined & either  # type: ignore[operator]
    return combined


def ordered(rows: QuerySet[OpenEntry], wanted: Wanted) -> QuerySet[OpenEntry]:
    query = words_query(wanted.words)
    if wanted.sort != BEST or query is None:
        return rows.order_by("-day", "-pk")
    newest = rows.order_by("-day", "-pk").values("pk")[:RANKED]
    return (
        OpenEntry.objects.filter(pk__in=newest)
        .annotate(rank=SearchRank(F("vector"), query))
        .order_by("-rank", "-day", "-pk")
    )


def with_snippets(rows: QuerySet[OpenEntry], wanted: Wanted) -> QuerySet[OpenEntry]:
    """With `snippet`: the words around what was looked for, the matches between \\x02 and \\x03."""
    query = words_query(wanted.words)
    if query is None:
        return rows
    return rows.annotate(
        snippet=SearchHeadline(
            "text", query, config=CONFIG, start_sel="\x02", stop_sel="\x03", max_words=28, min_words=12
        )
    )


def fragments(snippet: str) -> str:
    """The lines of an excerpt that hold a match, as one; those from different places are told apart."""
    lines = [" ".join(line.split()) for line in snippet.splitlines() if line.strip()]
    held = [line for line in lines if "\x02" in line] or lines
    return " … ".join(held)


def newest_decisions(*, limit: int, community_id: int | None = None) -> list[OpenEntry]:
    rows = OpenEntry.objects.filter(kind=OpenKind.DECISION)
    rows = rows.filter(community_id=community_id) if community_id else rows
    return list(
        rows.order_by("-day", "-pk").select_related("community", "body").defer("vector", "text")[:limit]
    )


def news_since(wanted: Wanted, since: datetime, day: date, *, limit: int) -> list[OpenEntry]:
    """What fits and has come or changed after `since`, newest first. 1 query."""
    rows = matching(wanted, day).filter(changed__gt=since).order_by("-changed", "-pk")
    return list(rows.select_related("community", "body").defer("vector", "text")[:limit])
