"""«Who has solved this?»: measures of all plans one may see, by words, in both målformer at once.

Every row must pass the database's wall between communities before anything else is asked of it, so that no
text index can be used for reading; and an index of stems knows neither compounds nor the other målform. So
the texts are fetched, cut into tokens once per process, and weighed here (`rules.finding` says how). The
stemmer is PostgreSQL's. `benchmarks/solved.py` measures it on ten thousand measures.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import chain
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from samspill.directory.public import Actor, Community, alphabetical, neutral, stems
from samspill.plans.models import FocusArea, Measure, MeasureResponsible, Plan, PlanDocument, StatusReport
from samspill.plans.queries.comparing import Statuses
from samspill.plans.rules.finding import (
    Concept,
    Synonyms,
    Vocabulary,
    concepts_of,
    means_something,
    read_synonyms,
    synonym_rows,
    token_of,
    words_in,
)
from samspill.plans.rules.themes import Said, themes_of
from samspill.plans.states import Answers, MeasureState, Precision, ShownStatus
from samspill.plans.states.transfer import Way

# Of the weight of what was typed: less is not an answer. Chosen on the labelled queries of the tests.
ENOUGH = 0.34
# A word that stands only in the name of the area says less of the measure.
IN_AREA = 0.6
MOST_TEXTS = 60_000
FEW = 1500  # measures that are asked for by their numbers

_tokens: dict[str, frozenset[str]] = {}


@dataclass(frozen=True)
class Wanted:
    """What is asked for. `theme` and `group` are codes of themes, `has` holds "owner" and "deadline"."""

    words: str = ""
    group: str = ""
    theme: str = ""
    community_id: int | None = None
    status: ShownStatus | None = None
    has: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.group or self.theme or self.community_id or self.status or self.has)


@dataclass(slots=True)
class Hit:
    """A measure that was found. `score` is 0 to 1; `said` the themes of the filters that it speaks of."""

    id: int
    plan_id: int
    community_id: int
    score: float
    said: tuple[Said, ...] = ()
    status: ShownStatus = ShownStatus.UNKNOWN


@dataclass
class Answer:
    """All hits, best first, and how many of them there are of each status and in each community.

    `statuses` counts before the filter of status, so that it can be the filter's key. `near` are themes, with
    how many measures, that hold something when nothing was found.
    """

    wanted: Wanted
    hits: list[Hit] = field(default_factory=list)
    concepts: list[Concept] = field(default_factory=list)
    statuses: Counter[ShownStatus] = field(default_factory=Counter)
    communities: list[Community] = field(default_factory=list)
    near: list[tuple[str, int]] = field(default_factory=list)
    searched: int = 0


class _Text(NamedTuple):
    """A measure as it is searched."""

    id: int
    plan_id: int
    community_id: int
    text: str
    area: str
    state: str
    deadline: date | None
    document_id: int


def solved(wanted: Wanted, actor: Actor) -> Answer:
    """Measures of visible plans that answer `wanted`. 7 queries or fewer; 1 more for words not met before."""
    plans = list(
        Plan.objects.visible_to(actor)
        .select_related("community")
        .only("pk", "community__name", "community__slug")
    )
    communities = {plan.community_id: plan.community for plan in plans}
    answer = Answer(wanted, communities=sorted(communities.values(), key=lambda one: alphabetical(one.name)))
    if not plans or wanted.is_empty:
        return answer
    texts = _texts([plan.pk for plan in plans], wanted, actor)
    answer.searched = len(texts)
    hits = _found(texts, wanted, answer)
    hits = _with_all(hits, wanted, actor)
    _say_status(hits, texts, [plan.pk for plan in plans], actor)
    answer.statuses = Counter(hit.status for hit in hits)
    answer.hits = [hit for hit in hits if not wanted.status or hit.status == wanted.status]
    answer.hits.sort(key=lambda hit: (-round(hit.score, 2), hit.status != ShownStatus.DONE, hit.id))
    if not answer.hits:
        answer.near = _near(texts)
    return answer


def _texts(plans: list[int], wanted: Wanted, actor: Actor) -> list[_Text]:
    measures = Measure.objects.visible_to(actor).filter(Measure.in_plan(), plan__in=plans)
    if wanted.community_id:
        measures = measures.filter(community_id=wanted.community_id)
    areas = dict(FocusArea.objects.visible_to(actor).filter(plan__in=plans).values_list("pk", "title"))
    rows = (
        measures.exclude(state=MeasureState.CARRIED_FORWARD)
        .order_by()
        .values_list(
            "pk", "plan_id", "community_id", "title", "text", "area_id", "state", "deadline", "document_id"
        )
    )
    return [
        _Text(
            pk,
            plan,
            who,
            f"{title} {text}" if title else text,
            areas.get(area or 0, ""),
            state,
            day,
            document,
        )
        for pk, plan, who, title, text, area, state, day, document in rows
    ]


def cut(texts: Iterable[str]) -> None:
    """Cut texts into tokens, so that `_tokens` has them all. 1 query when there are words not met before."""
    new = {text for text in texts if text not in _tokens}
    if not new:
        return
    if len(_tokens) + len(new) > MOST_TEXTS:
        _tokens.clear()
    words = {text: [neutral(word) for word in words_in(text)] for text in new}
    known = stems(set(chain.from_iterable(words.values())))
    _tokens.update(
        {text: frozenset(token_of(word, known[word]) for word in said) for text, said in words.items()}
    )


def _token_list(text: str) -> list[str]:
    words = [neutral(word) for word in words_in(text)]
    known = stems(words)
    return [token_of(word, known[word]) for word in words]


@cache
def _synonyms() -> tuple[Synonyms, ...]:
    """Read in the first search: their stems are PostgreSQL's."""
    rows = synonym_rows()
    stems({neutral(word) for row in rows for said in row["words"] for word in words_in(said)})
    return tuple(read_synonyms(rows, _token_list))


def _found(texts: list[_Text], wanted: Wanted, answer: Answer) -> list[Hit]:
    """Those that speak of enough of the words, and of the themes of the filters."""
    codes = {code for code in (wanted.group, wanted.theme) if code}
    hits = []
    for one, score in _weighed(texts, wanted.words, answer):
        said = tuple(said for said in themes_of(one.text, one.area) if said.code in codes) if codes else ()
        if len(said) == len(codes):
            hits.append(Hit(one.id, one.plan_id, one.community_id, score, said))
    return hits


def _weighed(texts: list[_Text], words: str, answer: Answer) -> Iterable[tuple[_Text, float]]:
    said = [one.text for one in texts]
    areas = [one.area for one in texts]
    answer.concepts = find_concepts(words, {*said, *areas}) if words else []
    if not answer.concepts:
        # What was typed is only words of a question: the filters alone decide.
        return ((one, 1.0) for one in texts)
    scores = weigh(said, areas, answer.concepts)
    return ((one, score) for one, score in zip(texts, scores, strict=True) if score >= ENOUGH)


def find_concepts(words: str, texts: Collection[str]) -> list[Concept]:
    """What is looked for with these words in these texts."""
    cut(texts)
    typed = [word for word in words_in(words) if means_something(word)]
    pairs = list(zip(typed, _token_list(" ".join(typed)), strict=True))
    vocabulary = Vocabulary(frozenset[str]().union(*(_tokens[text] for text in texts)))
    return concepts_of(pairs, vocabulary, _synonyms())


def weigh(texts: Sequence[str], areas: Sequence[str], concepts: Sequence[Concept]) -> list[float]:
    """How well each measure answers, 0 to 1: the rarer a word is among them, the more it counts.

    `cut` must have seen the texts. Thousands have the same of the words in them, or none: each such case is
    weighed once.
    """
    looked_for = frozenset[str]().union(*(concept.ways() for concept in concepts))
    in_area = {area: _tokens[area] & looked_for for area in set(areas)}
    cases = [(_tokens[text] & looked_for, in_area[area]) for text, area in zip(texts, areas, strict=True)]
    count = Counter(cases)
    worth = {case: [_worth(concept, *case) for concept in concepts] for case in count}
    for place, concept in enumerate(concepts):
        among = sum(times for case, times in count.items() if worth[case][place])
        concept.rarity = math.log(1 + len(cases) / (1 + among))
    whole = sum(concept.rarity for concept in concepts) or 1.0
    score = {
        case: sum(concept.rarity * one for concept, one in zip(concepts, found, strict=True)) / whole
        for case, found in worth.items()
    }
    return [score[case] for case in cases]


def _worth(concept: Concept, own: frozenset[str], area: frozenset[str]) -> float:
    worth = concept.worth_in(own)
    if worth < IN_AREA and area:
        worth = max(worth, IN_AREA * concept.worth_in(own | area))
    return worth


def _say_status(hits: list[Hit], texts: list[_Text], plans: list[int], actor: Actor) -> None:
    """What is shown of each; 2 queries. A long list of numbers costs more than all that the plans have."""
    ids = [hit.id for hit in hits]
    reports = StatusReport.objects.visible_to(actor)
    newest = (
        (reports.filter(measure__in=ids) if len(ids) <= FEW else reports.filter(plan__in=plans))
        .order_by("measure_id", "-at", "-pk")
        .distinct("measure_id")
        .values_list("measure_id", "word", "at")
    )
    documents = PlanDocument.objects.visible_to(actor).filter(plan__in=plans).values_list("pk", "read_at")
    read_on = {pk: timezone.localdate(at) for pk, at in documents}
    statuses = Statuses({pk: (word, timezone.localdate(at)) for pk, word, at in newest}, today=actor.today)
    known = {one.id: (one.state, one.deadline, read_on[one.document_id]) for one in texts}
    for hit in hits:
        hit.status = statuses.of(hit.id, *known[hit.id])


def _with_all(hits: list[Hit], wanted: Wanted, actor: Actor) -> list[Hit]:
    """Those that have an owner or a deadline, when that is asked for."""
    ids = [hit.id for hit in hits]
    if "owner" in wanted.has:
        owned = set(
            MeasureResponsible.objects.visible_to(actor)
            .filter(measure__in=ids)
            .values_list("measure_id", flat=True)
        )
        hits = [hit for hit in hits if hit.id in owned]
    if "deadline" in wanted.has:
        dated = set(_dated(Measure.objects.visible_to(actor).filter(pk__in=ids)).values_list("pk", flat=True))
        hits = [hit for hit in hits if hit.id in dated]
    return hits


def _dated(measures: QuerySet[Measure]) -> QuerySet[Measure]:
    return measures.filter(deadline__isnull=False) | measures.filter(deadline_precision=Precision.ONGOING)


def _near(texts: list[_Text]) -> list[tuple[str, int]]:
    """Themes that measures speak of, most first; at most eight."""
    count = Counter(said.code for one in texts for said in themes_of(one.text, one.area))
    return count.most_common(8)


@dataclass(frozen=True)
class Shown:
    """A hit with what its line shows. `found` are (word in the text, what was typed, how)."""

    measure: Measure
    status: ShownStatus
    responsible: str
    said: tuple[Said, ...]
    found: tuple[tuple[str, str, Way], ...]


def show(hits: Sequence[Hit], concepts: Sequence[Concept], actor: Actor) -> list[Shown]:
    """These hits with plan, words in the document, and who answers. 2 queries."""
    measures = (
        Measure.objects.visible_to(actor)
        .select_related("plan", "community", "area", "document")
        .defer("document__content", "document__lines")
        .in_bulk([hit.id for hit in hits])
    )
    owners = dict(
        MeasureResponsible.objects.visible_to(actor)
        .filter(measure__in=list(measures), role=Answers.ACCOUNTABLE)
        .values_list("measure_id", "raw")
    )
    return [
        Shown(
            measures[hit.id], hit.status, owners.get(hit.id, ""), hit.said, _why(measures[hit.id], concepts)
        )
        for hit in hits
    ]


def _why(measure: Measure, concepts: Sequence[Concept]) -> tuple[tuple[str, str, Way], ...]:
    """The words of the measure, its line in the document and its area that were found, in their order."""
    text = f"{measure.title} {measure.text} {measure.verbatim} {measure.area.title if measure.area else ''}"
    ways = [(concept.typed, concept.ways()) for concept in concepts]
    found: dict[str, tuple[str, str, Way]] = {}
    for word, token in zip(words_in(text), _token_list(text), strict=True):
        for typed, by_token in ways:
            if token in by_token:
                found.setdefault(word, (word, typed, by_token[token]))
    return tuple(found.values())
