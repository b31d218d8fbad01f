"""The measures of each plan as they are searched: read once, and remembered by this process.

Every row must pass the database's wall between communities before anything else is asked of it, so that no
text index can be used for reading; and an index of stems knows neither compounds nor the other målform. So
the texts are fetched and cut into tokens here – but only those of plans that are new or changed.

What is remembered of a plan is known by its *version*: a digest of all that a reader may see of it. The
database is asked for the versions in every search, behind its wall. So nobody is given anything they could
not have read themselves in that moment, and nothing that has been changed since.
"""

from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain
from threading import Lock
from typing import NamedTuple

from django.contrib.postgres.aggregates import BitXor
from django.db.models import (
    BigIntegerField,
    BooleanField,
    ExpressionWrapper,
    Func,
    Model,
    Q,
    QuerySet,
    Value,
    Window,
)
from django.utils import timezone

from samspill.directory.public import Actor, neutral, stems
from samspill.directory.register.themes import Said, themes_of
from samspill.plans.models import FocusArea, Measure, PlanDocument, StatusReport
from samspill.plans.queries.comparing import Statuses
from samspill.plans.rules.finding import Vocabulary, token_of, words_in
from samspill.plans.rules.weighing import Postings
from samspill.plans.states import MeasureState, Precision, ShownStatus

# All that is read of a plan, and so all that its version is a digest of.
READ: dict[type[Model], tuple[str, ...]] = {
    Measure: (
        "pk", "community_id", "title", "text", "area_id", "state", "deadline", "deadline_precision",
        "document_id", "is_searched",
    ),
    FocusArea: ("pk", "title"),
    PlanDocument: ("pk", "read_at"),
    StatusReport: ("measure_id", "word", "at", "pk"),
}  # fmt: skip
# An installation has some ten thousand measures.
MOST_MEASURES = 60_000
# Whoever belongs to one of the 19 communities sees its own plans and all open ones.
_VOCABULARIES = 24

Version = tuple[int | None, ...]
"""A digest of the rows one may see in each table of `READ`; None where there are none."""


class SearchedMeasure(NamedTuple):
    """A measure as it is searched. `since` is the day its document was read."""

    text: str
    area: str
    state: str
    deadline: date | None
    is_dated: bool
    since: date


@dataclass(eq=False)
class SearchedPlan:
    """The measures of a plan by id, and what they say. The rest is worked out when it is first asked for."""

    id: int
    community_id: int
    version: Version
    measures: dict[int, SearchedMeasure] = field(default_factory=dict)
    postings: Postings = field(default_factory=Postings)
    words: dict[int, tuple[str, date]] = field(default_factory=dict)
    _themes: dict[int, tuple[Said, ...]] | None = None
    _statuses: tuple[date, dict[int, ShownStatus]] | None = None

    def themes(self) -> Mapping[int, tuple[Said, ...]]:
        """What each measure speaks of."""
        if self._themes is None:
            self._themes = {pk: themes_of(one.text, one.area) for pk, one in self.measures.items()}
        return self._themes

    def statuses(self, today: date) -> Mapping[int, ShownStatus]:
        """What is shown of each measure on that day."""
        if self._statuses is None or self._statuses[0] != today:
            known = Statuses(self.words, today=today)
            rows = self.measures.items()
            found = {pk: known.of(pk, one.state, one.deadline, one.since) for pk, one in rows}
            self._statuses = (today, found)
            return found
        return self._statuses[1]


class Memory:
    """Plans by id and version, with so many measures at most; those not asked for the longest go first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._plans: OrderedDict[tuple[int, Version], SearchedPlan] = OrderedDict()
        self._measures = 0
        self._lock = Lock()

    def get(self, pk: int, version: Version) -> SearchedPlan | None:
        with self._lock:
            if (plan := self._plans.get((pk, version))) is not None:
                self._plans.move_to_end((pk, version))
            return plan

    def forget(self, plans: int | None = None) -> None:
        """Those not asked for the longest: so many, or all."""
        with self._lock:
            for _ in range(min(len(self._plans), len(self._plans) if plans is None else plans)):
                self._drop(self._plans.popitem(last=False)[1])

    def put(self, plan: SearchedPlan) -> None:
        with self._lock:
            self._drop(self._plans.pop((plan.id, plan.version), None))
            self._plans[plan.id, plan.version] = plan
            self._measures += len(plan.measures)
            while self._measures > self._most:
                self._drop(self._plans.popitem(last=False)[1])

    def _drop(self, plan: SearchedPlan | None) -> None:
        self._measures -= len(plan.measures) if plan else 0


memory = Memory(MOST_MEASURES)


def searched_plans(plans: Sequence[int], actor: Actor) -> list[SearchedPlan]:
    """Those of these plans that have measures the actor may see. 1 query; 4 more when one is new or changed,
    and 1 for words not met before.
    """
    versions = _versions(plans, actor)
    remembered = (memory.get(pk, version) for pk, version in versions.items())
    known = {plan.id: plan for plan in remembered if plan}
    if new := [pk for pk in versions if pk not in known]:
        known |= _read(new, actor)
    return [known[pk] for pk in sorted(known)]


def vocabulary_of(plans: Sequence[SearchedPlan]) -> Vocabulary:
    """All tokens of these plans."""
    return _vocabulary(tuple(plans))


@lru_cache(maxsize=_VOCABULARIES)
def _vocabulary(plans: tuple[SearchedPlan, ...]) -> Vocabulary:
    """Known by the very plans it is made of: whoever is given it has been given them."""
    return Vocabulary(chain.from_iterable((*one.postings.own, *one.postings.area) for one in plans))


class _Row(Func):
    """A number made of columns of a row."""

    template = "hash_record_extended(ROW(%(expressions)s), 0)"
    output_field = BigIntegerField()


def _rows(model: type[Model], plans: Sequence[int], actor: Actor) -> QuerySet:
    rows = model.objects.visible_to(actor).filter(plan__in=plans).order_by()  # type: ignore[attr-defined]
    if model is not Measure:
        return rows
    is_searched = Measure.in_plan() & ~Q(state=MeasureState.CARRIED_FORWARD)
    return rows.annotate(is_searched=ExpressionWrapper(is_searched, output_field=BooleanField()))


def _versions(plans: Sequence[int], actor: Actor) -> dict[int, Version]:
    """Of the plans that have measures. 1 query."""
    first, *others = (
        _rows(model, plans, actor)
        .values("plan_id")
        .annotate(place=Value(place), digest=BitXor(_Row(*columns)))
        for place, (model, columns) in enumerate(READ.items())
    )
    found: dict[int, list[int | None]] = {}
    for row in first.union(*others, all=True):
        found.setdefault(row["plan_id"], [None] * len(READ))[row["place"]] = row["digest"]
    return {pk: tuple(version) for pk, version in found.items() if version[0] is not None}


def _tables(plans: Sequence[int], actor: Actor) -> Iterator[list[tuple]]:
    """The rows of each table of `READ`, newest report of each measure: the plan, its version there, columns.

    The version is what the same statement saw, for a plan may be closed or changed between two of them.
    """
    for model, columns in READ.items():
        rows = _rows(model, plans, actor).annotate(
            seen=Window(BitXor(_Row(*columns)), partition_by="plan_id")
        )
        if model is StatusReport:
            rows = rows.order_by("measure_id", "-at", "-pk").distinct("measure_id")
        yield list(rows.values_list("plan_id", "seen", *columns))


def _read(plans: Sequence[int], actor: Actor) -> dict[int, SearchedPlan]:
    """Read and remember these plans; one that is gone by now is left out. 5 queries or fewer."""
    tables = list(_tables(plans, actor))
    measures, areas, documents, reports = tables
    seen = [{plan: digest for plan, digest, *_rest in rows} for rows in tables]
    titles = {pk: title for _plan, _seen, pk, title in areas}
    read_on = {pk: timezone.localdate(at) for _plan, _seen, pk, at in documents}
    found: dict[int, SearchedPlan] = {}
    for plan, _seen, pk, who, title, text, area, state, day, precision, document, is_searched in measures:
        if plan not in found:
            found[plan] = SearchedPlan(plan, who, tuple(one.get(plan) for one in seen))
        if is_searched and document in read_on:
            found[plan].measures[pk] = SearchedMeasure(
                text=f"{title} {text}" if title else text,
                area=titles.get(area, ""),
                state=state,
                deadline=day,
                is_dated=day is not None or precision == Precision.ONGOING,
                since=read_on[document],
            )
    for plan, _seen, pk, word, at, _pk in reports:
        if plan in found:
            found[plan].words[pk] = (word, timezone.localdate(at))
    _cut(list(found.values()))
    for one in found.values():
        memory.put(one)
    return found


def _cut(plans: Sequence[SearchedPlan]) -> None:
    """Cut their texts into tokens. 1 query when there are words not met before."""
    rows = [(one.postings, pk, measure) for one in plans for pk, measure in one.measures.items()]
    tokens = tokens_of({text for _to, _pk, one in rows for text in (one.text, one.area)})
    for postings, pk, one in rows:
        postings.add(pk, tokens[one.text], tokens[one.area])


def tokens_of(texts: Collection[str]) -> dict[str, frozenset[str]]:
    """The different tokens of each text. 1 query when there are words not met before."""
    words = {text: words_in(text) for text in texts}
    spelt = {word: neutral(word) for word in set(chain.from_iterable(words.values()))}
    stem = stems(spelt.values())
    token = {word: token_of(one, stem[one]) for word, one in spelt.items()}
    return {text: frozenset(map(token.__getitem__, said)) for text, said in words.items()}
