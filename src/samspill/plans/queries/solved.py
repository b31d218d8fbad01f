"""«Who has solved this?»: measures of all plans one may see, by words, in both målformer at once.

`searched` says what is searched, `rules.finding` what a word finds, and `rules.weighing` how well that
answers. The stemmer is PostgreSQL's. `benchmarks/solved.py` measures it on ten thousand measures.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import chain

from samspill.directory.public import Actor, Community, alphabetical, neutral, stems
from samspill.directory.register.themes import Said
from samspill.plans.models import Measure, MeasureResponsible, Plan
from samspill.plans.queries.searched import SearchedPlan, searched_plans, vocabulary_of
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
from samspill.plans.rules.weighing import weigh
from samspill.plans.states import Answers, ShownStatus
from samspill.plans.states.transfer import Way

# Of the weight of what was typed: less is not an answer. Chosen on the labelled queries of the tests.
ENOUGH = 0.34
FEW = 1500  # measures that are asked for by their numbers


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


def solved(wanted: Wanted, actor: Actor) -> Answer:
    """Measures of visible plans that answer `wanted`. 2 queries; 1 more for their owners, 4 for plans that
    are new or changed, and 2 for words not met before.
    """
    plans = list(
        Plan.objects.visible_to(actor)
        .filter(Plan.in_use())
        .select_related("community")
        .only("pk", "community__name", "community__slug")
    )
    communities = {plan.community_id: plan.community for plan in plans}
    answer = Answer(wanted, communities=sorted(communities.values(), key=lambda one: alphabetical(one.name)))
    if not plans or wanted.is_empty:
        return answer
    among = [plan.pk for plan in plans if wanted.community_id in (None, plan.community_id)]
    searched = searched_plans(among, actor)
    answer.searched = sum(len(plan.measures) for plan in searched)
    hits = _with_all(list(_found(searched, wanted, answer, actor.today)), searched, wanted, actor)
    answer.statuses = Counter(hit.status for hit in hits)
    answer.hits = [hit for hit in hits if not wanted.status or hit.status == wanted.status]
    answer.hits.sort(key=lambda hit: (-round(hit.score, 2), hit.status != ShownStatus.DONE, hit.id))
    if not answer.hits:
        answer.near = _near(searched)
    return answer


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


def _found(plans: Sequence[SearchedPlan], wanted: Wanted, answer: Answer, today: date) -> Iterator[Hit]:
    """Those that speak of enough of the words, and of the themes of the filters."""
    codes = {code for code in (wanted.group, wanted.theme) if code}
    answer.concepts = find_concepts(wanted.words, vocabulary_of(plans)) if wanted.words else []
    scores = weigh(answer.concepts, [plan.postings for plan in plans], answer.searched)
    for plan in plans:
        # What was typed may be only words of a question: then the filters alone decide.
        found = {pk: scores.get(pk, 0.0) for pk in plan.measures} if answer.concepts else {}
        statuses = plan.statuses(today)
        for pk in plan.measures:
            score = found.get(pk, 1.0)
            if score < ENOUGH:
                continue
            said = tuple(said for said in plan.themes()[pk] if said.code in codes) if codes else ()
            if len(said) == len(codes):
                yield Hit(pk, plan.id, plan.community_id, score, said, statuses[pk])


def find_concepts(words: str, vocabulary: Vocabulary) -> list[Concept]:
    """What is looked for with these words in texts with these tokens."""
    typed = [word for word in words_in(words) if means_something(word)]
    pairs = list(zip(typed, _token_list(" ".join(typed)), strict=True))
    return concepts_of(pairs, vocabulary, _synonyms())


def _with_all(hits: list[Hit], plans: Sequence[SearchedPlan], wanted: Wanted, actor: Actor) -> list[Hit]:
    """Those that have an owner or a deadline, when that is asked for. 1 query for owners."""
    if "deadline" in wanted.has:
        dated = {pk for plan in plans for pk, one in plan.measures.items() if one.is_dated}
        hits = [hit for hit in hits if hit.id in dated]
    if "owner" in wanted.has:
        owners = MeasureResponsible.objects.visible_to(actor)
        # A long list of numbers costs more than all that the plans have.
        few = {"measure__in": [hit.id for hit in hits]}
        asked = few if len(hits) <= FEW else {"plan__in": [plan.id for plan in plans]}
        owned = set(owners.filter(**asked).values_list("measure_id", flat=True))
        hits = [hit for hit in hits if hit.id in owned]
    return hits


def _near(plans: Sequence[SearchedPlan]) -> list[tuple[str, int]]:
    """Themes that measures speak of, most first; at most eight."""
    every = chain.from_iterable(plan.themes().values() for plan in plans)
    return Counter(said.code for one in every for said in one).most_common(8)


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
        if hit.id in measures  # its plan may have been closed since
    ]


def _why(measure: Measure, concepts: Sequence[Concept]) -> tuple[tuple[str, str, Way], ...]:
    """The words of the measure, its line in the document and its area that were found, in their order."""
    text = f"{measure.title} {measure.text} {measure.verbatim} {measure.area.title if measure.area else ''}"
    tokens = _token_list(text)
    ways = [(concept.typed, concept.ways_in(frozenset(tokens))) for concept in concepts]
    found: dict[str, tuple[str, str, Way]] = {}
    for word, token in zip(words_in(text), tokens, strict=True):
        for typed, by_token in ways:
            if token in by_token:
                found.setdefault(word, (word, typed, by_token[token]))
    return tuple(found.values())
